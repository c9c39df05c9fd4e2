"""What happened, what it means for the persons, and who must hear of it (AVG 33, 34)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from privacy.access import require
from privacy.actor import Actor
from privacy.audit import record
from privacy.breaches.files import lock
from privacy.models import Breach, BreachRisk, TellAP, TellPersons

AP_MUST = (
    "Bij een risico moet u het aan de AP melden (AVG 33, lid 1). Kies melden, of pas uw oordeel over het risico aan."
)
PERSONS_MUST = "Bij een hoog risico vertelt u het de betrokkenen, of u kiest een uitzondering (AVG 34, lid 3)."
NOT_LATER = "Het lek werd niet later ontdekt dan al is vastgelegd: de termijnen lopen sinds toen."
TOLD_ALREADY = "Het is al aan de AP gemeld. Het besluit om te melden blijft daarom staan."


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of it so far."""

    summary: str
    for_ap: str
    discovered_at: datetime
    began_at: datetime | None
    ended_at: datetime | None
    confidentiality: bool
    integrity: bool
    availability: bool
    categories: tuple[str, ...]
    persons_count: int | None


@dataclass(frozen=True, slots=True)
class Judgement:
    """The risk with a reason per factor, and the three decisions with theirs."""

    risk: str
    weighing: Mapping[str, str]
    ap: str
    persons: str
    partners: str
    reasons: Mapping[str, str]


def describe(breach: Breach, facts: Facts, *, seen: int, by: Actor) -> None:
    """Writes down what is known; raises Refused when a colleague was first."""
    row = lock(breach, seen, by=by)
    require(facts.discovered_at <= row.discovered_at, NOT_LATER)
    names = Facts.__slots__
    changed = [name for name in names if name not in ("summary", "for_ap") and _differs(row, facts, name)]
    for name in names:
        value = getattr(facts, name)
        setattr(row, name, list(value) if isinstance(value, tuple) else value)
    row.save(force_update=True)
    record.change("breach.described", dossier=row.dossier, obj=row, fields=[*changed, "summary"], by=by)


def _differs(row: Breach, facts: Facts, name: str) -> bool:
    value = getattr(facts, name)
    return bool(getattr(row, name) != (list(value) if isinstance(value, tuple) else value))


def assess(breach: Breach, given: Judgement, *, seen: int, now: datetime, by: Actor) -> None:
    """Judges the risk and decides who hears of it; a decision not to tell is kept as well as one to tell."""
    row = lock(breach, seen, by=by)
    require(not (given.risk in (BreachRisk.RISK, BreachRisk.HIGH) and given.ap == TellAP.NO), AP_MUST)
    require(not (given.risk == BreachRisk.HIGH and given.persons == TellPersons.NO), PERSONS_MUST)
    require(not (row.ap_at and given.ap in ("", TellAP.NO)), TOLD_ALREADY)
    if given.ap != row.ap:
        row.ap_decided_at = now if given.ap else None
    row.risk, row.ap, row.persons, row.partners = given.risk, given.ap, given.persons, given.partners
    row.weighing, row.reasons, row.assessed_at = dict(given.weighing), dict(given.reasons), now
    row.save(force_update=True)
    fields = ["risk", "weighing", *(name for name in ("ap", "persons", "partners") if getattr(given, name))]
    record.change("breach.assessed", dossier=row.dossier, obj=row, fields=fields, by=by)

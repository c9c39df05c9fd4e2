"""Which texts of a dossier are about its people: one line of `TEXTS` per table, in the order in which they are read.

A table of an app above this one is added with `register`. What stands for another member of the household alone is no
text about the person. Where something came from (`origin`) stays behind: it names who told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils import timezone

from casework.models import (
    Action,
    AgendaItem,
    AgendaWish,
    Assessment,
    Attachment,
    CaseAdmission,
    CaseFace,
    Contribution,
    Evaluation,
    FamilyContact,
    Goal,
    HouseholdDecision,
    HouseholdFace,
    ItemDecision,
    ItemQuestion,
    MinutesPiece,
    PlanConsent,
    Priority,
    SafetyAgreement,
    SignalAnswers,
    SignalItem,
    SignalPlace,
    TableAction,
    TriageDecision,
)
from privacy.access import opened
from privacy.models import DossierRow

Mine = Callable[[Any, frozenset[UUID]], bool]


@dataclass(frozen=True, slots=True)
class Found:
    """A text about the person, as it stands in a dossier. Without an organisation it is of who directs the dossier."""

    dossier_id: UUID
    reference: str
    source: str
    row_id: UUID
    text: str
    organisation_id: UUID | None = None
    kind: str = ""
    category: str = ""
    day: date | None = None
    shielded: bool = False


def _everybody(row: Any, own: frozenset[UUID]) -> bool:
    return True


def _not_of_another(row: Any, own: frozenset[UUID]) -> bool:
    """Of the person, or of the household as a whole."""
    return row.member_id is None or row.member_id in own


def _goal_not_of_another(row: Any, own: frozenset[UUID]) -> bool:
    return row.goal is None or _not_of_another(row.goal, own)


@dataclass(frozen=True, slots=True)
class Text:
    """A table with texts: which fields, whose they are, which day, and which rows are about the person."""

    model: type[DossierRow]
    source: str
    fields: tuple[str, ...]
    organisation: str = ""
    day: str = ""
    mine: Mine = _everybody
    also: tuple[str, ...] = ()
    shielded: bool = False


TEXTS: list[Text] = [
    Text(SignalPlace, "Plek in een melding", ("street", "number", "postcode", "city", "description"),
         "signal.source_id", "signal.observed_on", also=("signal",), shielded=True),
    Text(SignalItem, "Melding", ("text",), "signal.source_id", "occurred_on", also=("signal",), shielded=True),
    Text(SignalAnswers, "Antwoorden bij een melding", ("body",), "signal.source_id", also=("signal",), shielded=True),
    Text(TriageDecision, "Besluit over een melding", ("reason",), "", "decided_at"),
    Text(CaseFace, "Naam en samenvatting van de casus", ("short_name", "summary")),
    Text(CaseAdmission, "Besluit over de casus", ("reason",), "", "decided_at"),
    Text(Priority, "Waarom de casus voorrang kreeg", ("reason",), "", "since"),
    Text(Contribution, "Inbreng in de casus", ("text",), "organisation_id", "occurred_on"),
    Text(Attachment, "Bijlage (alleen de naam)", ("name",), "organisation_id", "at"),
    Text(AgendaItem, "Punt op de agenda", ("goal",), "", "added_at"),
    Text(AgendaWish, "Wens om te bespreken", ("reason", "answer")),
    Text(ItemQuestion, "Vraag vooraf aan een partner", ("text",)),
    Text(ItemDecision, "Besluit in een overleg", ("text",), "", "added_at"),
    Text(TableAction, "Actie uit een overleg", ("text", "result"), "organisation_id", "due_on"),
    Text(MinutesPiece, "Verslag van een overleg", ("body",)),
    Text(HouseholdFace, "Naam en adres van het gezin", ("name", "address")),
    Text(Goal, "Doel in het plan", ("title", "baseline", "wished", "result", "family_text"), "", "added_at",
         mine=_not_of_another),
    Text(Action, "Actie in het plan", ("text", "result", "family_text"), "organisation_id", "due_on",
         mine=_goal_not_of_another, also=("goal",)),
    Text(SafetyAgreement, "Afspraak over veiligheid", ("text", "watches", "ended_because"), "", "since"),
    Text(FamilyContact, "Contact met het gezin", ("whom", "note"), "", "held_on"),
    Text(Assessment, "Meting", ("scores", "note"), "organisation_id", "assessed_on", mine=_not_of_another),
    Text(Evaluation, "Evaluatie van het plan", ("goal_words", "nuisance_words", "worked", "not_worked",
         "family_words")),
    Text(HouseholdDecision, "Besluit over het gezin", ("reason",), "", "decided_at"),
    Text(PlanConsent, "Opmerking bij het plan", ("remark",), "organisation_id", "at"),
]  # fmt: skip


def register(text: Text) -> None:
    """Adds a table of an app above this one."""
    TEXTS.append(text)


def _value(row: Any, path: str) -> Any:
    for name in path.split(".") if path else ():
        row = getattr(row, name)
    return row if path else None


def _lines(value: Any) -> Iterator[str]:
    """A value as lines of text; of a structure its texts and levels, and no names of its fields but of levels."""
    if isinstance(value, dict):
        for name, part in value.items():
            if name not in ("case", "outcome", "present", "absent", "consents", "owner"):
                yield from (f"{name}: {part}",) if isinstance(part, int) else _lines(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _lines(part)
    elif isinstance(value, str) and value.strip():
        yield value.strip()


def _day(value: Any) -> date | None:
    return timezone.localdate(value) if isinstance(value, datetime) else value


def of_dossiers(dossiers: frozenset[UUID], own: frozenset[UUID]) -> Iterator[Found]:
    """Every text about the person in dossiers that were opened; what was taken back is not there."""
    for kind in TEXTS:
        rows = opened(kind.model).filter(dossier__in=dossiers).select_related("dossier", "compartment", *kind.also)
        for row in rows:
            text = "\n".join(line for name in kind.fields for line in _lines(getattr(row, name)))
            if text and kind.mine(row, own):
                yield Found(
                    row.dossier_id,
                    row.dossier.reference,
                    kind.source,
                    row.pk,
                    text,
                    _value(row, kind.organisation),
                    str(getattr(row, "kind", "") or "") if kind.model in (SignalItem, Contribution) else "",
                    str(getattr(row, "category", "") or ""),
                    _day(_value(row, kind.day)),
                    kind.shielded or row.compartment.kind == "liaison",
                )

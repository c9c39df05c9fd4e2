"""Keys and back-ups in words: what was done when, whether that is too long ago, and what to run. No key, no content."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone

from privacy.models import OperationKind
from privacy.upkeep import facts

MANAGE = "python manage.py "


@dataclass(frozen=True, slots=True)
class Rule:
    """How often something must be done, why, and how."""

    kind: OperationKind
    what: str
    within: timedelta
    every: str
    why: str
    command: str


@dataclass(frozen=True, slots=True)
class Line:
    """One fact with what to do about it."""

    what: str
    when: str
    late: bool
    label: str
    advice: str
    command: str = ""


RULES = (
    Rule(
        OperationKind.BACKUP,
        "Back-up",
        timedelta(hours=24),
        "elke dag",
        "Zonder back-up is na een storing alles weg. Zet de sleutels in een andere map dan de gegevens.",
        "backup MAP --keys ANDERE_MAP",
    ),
    Rule(
        OperationKind.RESTORE_TEST,
        "Proef met terugzetten",
        timedelta(days=92),
        "elk kwartaal",
        "Zet de back-up terug op een andere plek. Gelukt? Noteer het hier met note_restore_test.",
        "restore MAP --keys ANDERE_MAP",
    ),
    Rule(
        OperationKind.ROTATE_KEK,
        "Sleutels vernieuwen",
        timedelta(days=31),
        "elke maand",
        "Zo blijft een oude sleutel niet bruikbaar. Er kan worden doorgewerkt.",
        "rotate_kek",
    ),
    Rule(
        OperationKind.ROTATE_INDEX,
        "Zoeksleutel vernieuwen",
        timedelta(days=366),
        "elk jaar",
        "Met deze sleutel worden gelijke signalen gevonden. Wie een signaal instuurt, wacht een paar tellen.",
        "rotate_index",
    ),
)
DRILL = Rule(
    OperationKind.ESCROW_DRILL,
    "Oefening met de delen van de hoofdsleutel",
    timedelta(days=366),
    "elk jaar",
    "Twee van de drie mensen met een deel typen het in. Zijn er nog geen delen? Maak ze eerst met escrow_split.",
    "escrow_drill",
)


def lines(now: datetime) -> list[Line]:
    """Everything that must be done now and then, with how it stands."""
    every = facts.epochs()
    since = every[-1].made_at if every else None
    rules = [*RULES, DRILL] if settings.CASUSTAFEL_ROOT_PROVIDER == "file" else list(RULES)
    found = []
    for rule in rules:
        tried = facts.last(rule.kind)
        # A key that was never renewed is as old as the first one; before the first there is nothing to renew.
        key = rule.kind in (OperationKind.ROTATE_KEK, OperationKind.ROTATE_INDEX)
        found.append(_line(rule, tried, since if key else None, now, nothing_yet=key and not every))
    return [*found, *_old_epochs(every, now), _shred_list(now)]


def _line(rule: Rule, tried: facts.Tried, since: datetime | None, now: datetime, *, nothing_yet: bool) -> Line:
    at = tried.ended_at or since
    too_old = not nothing_yet and (at is None or now - at > rule.within)
    when = ago(at, now) if at else "nog niet nodig" if nothing_yet else "nog nooit"
    label = "Op tijd" if not too_old else "Te laat" if at else "Nog doen"
    advice = f"Hoort {rule.every}. {rule.why}"
    if tried.interrupted:
        label, advice = (
            "Onderbroken",
            "Dit is niet afgemaakt. Voer de opdracht opnieuw uit; alles bleef leesbaar.",
        )
    elif tried.failed:
        label, advice = "Mislukt", f"De laatste poging is mislukt. {advice}"
    return Line(rule.what, when, too_old or tried.interrupted or tried.failed, label, advice, MANAGE + rule.command)


def _old_epochs(every: list[facts.Epoch], now: datetime) -> list[Line]:
    """Epochs that may be destroyed; no line when there are none."""
    horizon = timedelta(days=settings.KEYS_BACKUP_DAYS)
    ready = [epoch for epoch in every if epoch.retired_at and now - epoch.retired_at > horizon and not epoch.keys]
    if not ready:
        return []
    when = "1 kan weg" if len(ready) == 1 else f"{len(ready)} kunnen weg"
    advice = "Wat vernietigd is, blijft anders leesbaar in een oude back-up van de sleutels."
    return [Line("Oude sleutels", when, True, "Te laat", advice, f"{MANAGE}destroy_epochs")]


def _shred_list(now: datetime) -> Line:
    shreds = facts.shreds(now)
    when = "1 dossier" if shreds.count == 1 else f"{shreds.count} dossiers"
    if not shreds.kept:
        advice = "Zet SHRED_LIST op een bestand buiten de database. Anders komt na terugzetten alles terug."
        return Line("Vernietigingslijst", when, True, "Niet ingesteld", advice)
    if shreds.waiting:
        advice = f"{shreds.waiting} staan nog niet in het bestand. Kijk of de worker draait en mag schrijven."
        return Line("Vernietigingslijst", when, True, "Loopt achter", advice)
    return Line("Vernietigingslijst", when, False, "Bijgewerkt", "Bewaar dit bestand apart van de back-ups.")


def ago(at: datetime, now: datetime) -> str:
    """How long ago, in words."""
    hours = int((now - at).total_seconds() // 3600)
    if hours < 1:
        return "minder dan een uur geleden"
    if hours < 48:
        return f"{hours} uur geleden"
    return f"{hours // 24} dagen geleden, op {timezone.localtime(at):%d-%m-%Y}"


PROVIDERS = {
    "file": "een bestand op de server",
    "vault": "Vault of OpenBao",
    "pkcs11": "een HSM",
}


def provider() -> tuple[str, str]:
    """Who keeps the root key, in words, and what is wrong with it."""
    name, wrong = facts.provider()
    return PROVIDERS[name], wrong

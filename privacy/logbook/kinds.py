"""Kinds of entries that somebody asks the log for."""

from __future__ import annotations

from django.db.models import Q

from privacy.audit.events import EVENTS
from privacy.models import AuditEntry

LOOKED = Q(action=AuditEntry.Action.ACCESS)
EXPORTS = ("export", "log.proof", "log.anchor", "log.export", "file.opened")
_LOGGING_IN = ("login", "login.failed", "login.locked", "logout", "stepup", "stepup.failed", "password.set")
_OF_LOG = tuple(event for event in EVENTS if event.startswith("log."))


def _named(*starts: str) -> tuple[str, ...]:
    return tuple(event for event in EVENTS if event.startswith(starts))


KINDS: dict[str, tuple[str, Q]] = {
    "looked": ("Kijken in dossiers", LOOKED & ~Q(dossiers=[]) & ~Q(event__in=(*EXPORTS, *_OF_LOG))),
    "changed": ("Wijzigen", ~LOOKED),
    "exported": ("Meenemen: uitdraai, bijlage, bewijs", Q(event__in=EXPORTS)),
    "access": ("Toegang geven en beëindigen", Q(event__in=_named("grant.", "exclusion.", "access.", "seat."))),
    "emergency": ("Noodtoegang", Q(event__in=_named("emergency."))),
    "known": ("Navragen of iemand bekend is", Q(event__in=_named("known."))),
    "login": ("Inloggen", Q(event__in=(*_LOGGING_IN, *_named("factor.", "session.", "identity.")))),
    "log": ("Gebruik van het logboek", Q(event__in=_OF_LOG)),
}

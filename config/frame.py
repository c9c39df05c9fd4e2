"""What stands around every page: the municipality, and the doors this person has."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from escalation.queries.decisions import has_inbox
from partners.login import clock
from privacy.actor import Actor
from privacy.roles import Verb

DOORS: tuple[tuple[str, str, Verb], ...] = (
    ("home", "Werkvoorraad", Verb.WORKLIST),
    ("signal-list", "Signalen", Verb.SIGNAL_FOLLOW),
    ("triage-inbox", "Beoordelen", Verb.SIGNAL_TRIAGE),
    ("case-list", "Casussen", Verb.CASE_READ),
    ("household-list", "Gezinnen", Verb.HOUSEHOLD_READ),
    ("meeting-list", "Overleggen", Verb.MEETING_ATTEND),
    ("decision-list", "Besluiten", Verb.DECIDE),
    ("rights-board", "Verzoeken", Verb.RIGHTS_HANDLE),
    ("privacy-home", "Privacy", Verb.LOG_REVIEW),
    ("accounting", "Verantwoording", Verb.ACCOUNT_READ),
    ("officers-review", "Controle", Verb.OFFICERS_REVIEW),
    ("beheer-home", "Beheer", Verb.MANAGE),
    ("import-list", "Inlezen", Verb.SIGNAL_IMPORT),
)


def _doors(request: HttpRequest, actor: Actor) -> list[tuple[str, str, bool]]:
    doors = []
    for name, label, verb in DOORS:
        if actor.may(verb) and (verb is not Verb.DECIDE or has_inbox(actor)):
            url = reverse(name)
            active = request.path == url if name == "home" else request.path.startswith(url)
            doors.append((url, label, active))
    return doors


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context of every template; without an actor (log-in, errors) only the municipality."""
    context: dict[str, Any] = {
        "demo": settings.DEMO,
        "municipality_name": settings.MUNICIPALITY_NAME,
        "contact_name": settings.CONTACT_NAME,
        "contact_reach": settings.CONTACT_REACH,
    }
    actor: Actor | None = getattr(request, "actor", None)
    if actor is None:
        return context
    context |= {
        "user_name": actor.name,
        "organisation_name": actor.organisation_name,
        "session_who": clock.who(request),
        "session_seconds": clock.seconds_left(request.session, timezone.now()),
    }
    if getattr(request, "confined", False):  # no doors that would not open
        return context
    return context | {
        "doors": _doors(request, actor),
        "can_search": actor.may(Verb.SEARCH),
        "can_ask": actor.may(Verb.ACCESS_ASK),
        "actor": actor,
    }

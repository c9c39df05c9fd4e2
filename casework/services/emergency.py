"""Emergency access to a case or signal: what the law and the profile ask on top of what the database checks."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from casework.models import Case, Signal
from casework.services.asking import has_access
from partners.notices import tell
from partners.profiling import profile_of, profile_version
from privacy import dossiers, emergency, uses
from privacy.access import require
from privacy.actor import Actor
from privacy.models import Dossier, DossierKind, EmergencyAccess
from privacy.roles import Role

WORKS = frozenset({Role.PROFESSIONAL, Role.CASUSREGISSEUR, Role.PROCESREGISSEUR})
NO_SEAT = "Noodtoegang is er alleen voor wie als professional of regisseur aan een tafel zit."
HAS_ACCESS = "U hebt al toegang tot dit dossier. U vindt het onder Casussen of Signalen."
ENDED = "Uw noodtoegang tot dit dossier is beëindigd. Bel de regisseur."


def open_in_emergency(number: str, reason: str, *, now: datetime, by: Actor) -> tuple[Dossier, datetime]:
    """Four hours in one dossier; twice is once. Regisseurs and privacy officers hear of it at once.

    Raises Refused with the same sentence for every number that the actor may not open like this.
    """
    require(any(seat.role in WORKS for seat in by.seats), NO_SEAT)
    require(not has_access(number, by=by), HAS_ACCESS)
    dossiers.one_at_a_time(by.user_id)
    running = uses.running_of(number, now, by=by)
    if running is not None:
        about = None if running.ended_at else Dossier.objects.filter(pk=running.about_id).first()
        # Also for a dossier that was closed, or from which the person is kept away since: that is not to be noticed.
        require(about is not None, ENDED)
        assert about is not None
        return about, running.until
    opened = emergency.break_glass(number, reason, now=now, by=by)
    require(_may_sit(opened.about, by), emergency.NOT_GIVEN)
    tell([*opened.regisseurs, *opened.officers], about=opened.about.pk)
    return opened.about, opened.until


def _may_sit(about: Dossier, by: Actor) -> bool:
    """Whether the legal profile admits the actor's kind of organisation; asked of a file, so after the database."""
    if about.kind == DossierKind.CASE:
        case = Case.objects.get(dossier=about)
        return profile_version(case.profile, case.profile_version).may_sit(by.organisation_kind)
    return profile_of(Signal.objects.select_related("table").get(dossier=about).table).may_sit(by.organisation_kind)


def place_of(about: Dossier) -> tuple[str, UUID]:
    """The page of a dossier that who acts may read."""
    if about.kind == DossierKind.CASE:
        return "case-detail", Case.objects.get(dossier=about).pk
    return "signal-detail", Signal.objects.get(dossier=about).pk


def end(use: EmergencyAccess, *, by: Actor) -> None:
    """Ends a use early; the person hears of it when another did it."""
    emergency.end(use, by=by)
    if use.person_id != by.user_id:
        tell([use.person_id], about=use.about_id)


def answer(use: EmergencyAccess, text: str, *, now: datetime, by: Actor) -> None:
    """The person answers the privacy officer, who hears of it."""
    asked_by = use.reviewed_by
    emergency.answer(use, text, now=now, by=by)
    tell([asked_by], about=use.about_id)

"""What keeps a dossier from being destroyed: a request of a person, an objection of its regisseur, a hold."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Literal
from uuid import UUID, uuid4

from django.db.models import QuerySet
from django.utils import timezone

from privacy import desks, dossiers, grants
from privacy.access import require, visible
from privacy.actor import Actor
from privacy.audit import record
from privacy.calling import column_of
from privacy.models import AuditEntry, Because, Compartment, CompartmentKind, Desk, Dossier, Hold, HoldText

UNKNOWN = "Wij vinden geen dossier met dit nummer. Het kan al vernietigd zijn. Controleer het nummer."
OVER = "Dit is al opgeheven. Misschien was een collega u voor."
JUDGE_IN = timedelta(days=14)
MOST_AHEAD = timedelta(days=366)


def block(dossier_ids: Iterable[UUID], *, because: Literal["request", "objection"], source_id: UUID, by: Actor) -> None:
    """Nothing of these dossiers is destroyed as long as this stands: an open request of a person, or an objection.

    Twice is once; what is destroyed already is passed over. The database lets only the contact point (`request`) and
    who directs each of them (`objection`).
    """
    for one in column_of("privacy_block", list(dossier_ids), because, source_id):
        record.change("retention.blocked", dossier_id=one, fields=[because], by=by)


def unblock(source_id: UUID, *, by: Actor) -> None:
    """What followed from this request, objection or hold keeps no dossier any longer. Twice is once.

    The database lets only the contact point (a request), an officer (a hold, an objection) and who objected.
    """
    for one in column_of("privacy_unblock", source_id):
        record.change("retention.unblocked", dossier_id=one, fields=["block"], by=by)


def _file(because: Because, about: UUID, reference: str, review_on: date, made: UUID, now: datetime, by: Actor) -> Hold:
    """The file at the desk of the officers; the number of the dossier is copied."""
    dossier = desks.found(Desk.RETENTION, now=now, today=timezone.localdate(now), by=by)
    hold = Hold(
        id=made,
        dossier=dossier,
        compartment=dossiers.part(dossier, CompartmentKind.COVER),
        because=because,
        about_id=about,
        reference=reference,
        set_by_id=by.user_id,
        set_at=now,
        review_on=review_on,
    )
    hold.save(force_insert=True)
    return hold


def _write(hold: Hold, kind: HoldText.Kind, text: str, now: datetime, by: Actor) -> None:
    HoldText(
        dossier=hold.dossier,
        compartment=dossiers.part(hold.dossier, CompartmentKind.TABLE),
        hold=hold,
        kind=kind,
        author_id=by.user_id,
        at=now,
        text=text,
    ).save(force_insert=True)


def _in_time(review_on: date, now: datetime) -> None:
    today = timezone.localdate(now)
    require(today < review_on <= today + MOST_AHEAD, "Kies een dag na vandaag, en binnen een jaar.")


def set_hold(number: str, reason: str, review_on: date, *, now: datetime, by: Actor) -> Hold:
    """Keeps the dossier with this number until an officer lifts it; raises Refused for a number that is not there."""
    _in_time(review_on, now)
    made = uuid4()
    about = column_of("privacy_block_numbered", number, made)[0]
    require(about is not None, UNKNOWN)
    hold = _file(Because.HOLD, about, number, review_on, made, now, by)
    _write(hold, HoldText.Kind.REASON, reason, now, by)
    record.change("retention.held", dossier_id=about, obj=hold, action=AuditEntry.Action.CREATE, by=by)
    return hold


def object_to(about: Dossier, reason: str, *, now: datetime, by: Actor) -> Hold:
    """A regisseur says that a dossier must stay; the officers answer, and until then it stays. Twice is once."""
    standing = visible(Hold, by=by).filter(about_id=about.pk, set_by=by.user_id, lifted_at__isnull=True).first()
    if standing is not None:
        return standing
    made = uuid4()
    block([about.pk], because="objection", source_id=made, by=by)
    hold = _file(Because.OBJECTION, about.pk, about.reference, timezone.localdate(now) + JUDGE_IN, made, now, by)
    _write(hold, HoldText.Kind.REASON, reason, now, by)
    parts = Compartment.objects.filter(dossier=hold.dossier, kind__in=[CompartmentKind.COVER, CompartmentKind.TABLE])
    because = grants.Because("eigen bezwaar", f"objection:{made}")
    grants.give(list(parts), to=[by.user_id], level="view", because=because, by=by)
    record.change("retention.held", dossier_id=about.pk, obj=hold, action=AuditEntry.Action.CREATE, by=by)
    return hold


def _still(hold: Hold) -> Hold:
    fresh = Hold.objects.select_for_update().filter(pk=hold.pk, lifted_at__isnull=True).first()
    require(fresh is not None, OVER)
    assert fresh is not None
    return fresh


def review(hold: Hold, text: str, review_on: date, *, now: datetime, by: Actor) -> None:
    """It stays, until an officer looks again on that day. The one who asked reads why."""
    _in_time(review_on, now)
    hold = _still(hold)
    _write(hold, HoldText.Kind.REVIEW, text, now, by)
    hold.review_on, hold.reviewed_at = review_on, now
    hold.save(update_fields=["review_on", "reviewed_at"])
    record.change("retention.reviewed", dossier_id=hold.about_id, obj=hold, fields=["review_on"], by=by)


def lift(hold: Hold, text: str, *, now: datetime, by: Actor) -> None:
    """It keeps the dossier no longer. The one who asked reads why."""
    hold = _still(hold)
    unblock(hold.pk, by=by)
    _write(hold, HoldText.Kind.END, text, now, by)
    hold.lifted_at, hold.lifted_by = now, by.user_id
    hold.save(update_fields=["lifted_at", "lifted_by"])
    record.change("retention.reviewed", dossier_id=hold.about_id, obj=hold, fields=["lifted_at"], by=by)


def standing_holds(*, by: Actor) -> QuerySet[Hold]:
    """Holds and objections that count now, the one that is first to be looked at again first."""
    return visible(Hold, by=by).filter(lifted_at__isnull=True).select_related("set_by", "dossier")

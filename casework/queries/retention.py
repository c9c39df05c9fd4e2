"""What goes within 90 days of what somebody directs, soonest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import BooleanField, F, Func, QuerySet

from casework.models import Case, CaseStatus
from privacy import grants
from privacy.access import visible
from privacy.actor import Actor
from privacy.audit import record
from privacy.errors import NotKnown
from privacy.models import Block, CompartmentKind, Dossier, DossierKind, Extension, Hold, HoldText
from privacy.retention.terms import SOON
from privacy.unlock import unlock

MOST = 200
KINDS = (DossierKind.CASE, DossierKind.SIGNAL, DossierKind.HOUSEHOLD)


@dataclass(frozen=True, slots=True)
class Soon:
    """One dossier, the day on which it goes, and what keeps it."""

    pk: UUID
    reference: str
    kind: str
    goes_on: date
    gone_by: bool
    blocked: str
    open_case: UUID | None
    is_case: bool
    asked: bool


def _directed(today: date, by: Actor) -> QuerySet[Dossier]:
    covers = grants.valid(by).filter(part=CompartmentKind.COVER, kind__in=KINDS)
    found = Dossier.objects.filter(pk__in=covers.values("content_object"), retain_until__lte=today + SOON)
    mine = Func(F("pk"), function="privacy_regisseur_of", output_field=BooleanField())
    return found.alias(mine=mine).filter(mine=True)


def goes_soon(today: date, *, by: Actor) -> list[Soon]:
    """What goes within 90 days, soonest first; which dossiers are shown is logged before."""
    rows = list(_directed(today, by).order_by("retain_until", "reference")[:MOST])
    record.look("list", seen=record.Seen(tuple(row.pk for row in rows), tuple(row.reference for row in rows)), by=by)
    kept = {
        block.dossier_id: block.get_because_display()
        for block in Block.objects.filter(dossier_id__in=[row.pk for row in rows], ended_at__isnull=True)
    }
    running = dict(
        visible(Case, by=by).filter(dossier__in=rows, status=CaseStatus.OPEN).values_list("dossier_id", "pk")
    )
    waiting = Extension.objects.waiting(today).filter(dossier_id__in=[row.pk for row in rows])
    asked = set(waiting.values_list("dossier_id", flat=True))
    return [_soon(row, today, kept.get(row.pk, ""), running.get(row.pk), row.pk in asked) for row in rows]


def _soon(row: Dossier, today: date, blocked: str, open_case: UUID | None, asked: bool) -> Soon:
    assert row.retain_until is not None
    return Soon(
        row.pk,
        row.reference,
        DossierKind(row.kind).label,
        row.retain_until,
        row.retain_until <= today,
        blocked,
        open_case,
        row.kind == DossierKind.CASE,
        asked,
    )


def one_going(pk: UUID, today: date, *, by: Actor) -> Dossier:
    """One of them; raises NotKnown."""
    found = _directed(today, by).filter(pk=pk).first()
    if found is None:
        raise NotKnown
    record.look("list", seen=record.Seen((found.pk,), (found.reference,)), by=by)
    return found


def said_of(about: Dossier, *, by: Actor) -> list[HoldText]:
    """The actor's own objections to it, with what the officers answered."""
    own = visible(Hold, by=by).filter(about_id=about.pk, set_by=by.user_id)
    files = list(own.values_list("dossier_id", flat=True))
    if not files:
        return []
    unlock(files, event="retention.read", by=by)
    return list(visible(HoldText, by=by).filter(hold__in=own).select_related("author"))

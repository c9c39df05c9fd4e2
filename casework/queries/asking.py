"""Requests for access: one's own, and those that reached the cases one directs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet

from casework.models import AccessRequest, RequestArrival, RequestState
from casework.theming import active_theme
from privacy import grants
from privacy.access import open_one, visible
from privacy.actor import Actor
from privacy.unlock import unlock

EXPIRED = "Verlopen"


@dataclass(frozen=True, slots=True)
class OwnRequest:
    """A request as its asker sees it: the same for a number that does not exist."""

    pk: UUID
    number: str
    from_case: str
    asked_at: datetime
    needed_until: date
    expires_at: datetime
    reason: str
    answer: str
    state: str
    label: str
    open: bool


@dataclass(frozen=True, slots=True)
class AskedFor:
    """A request as the regisseur of the case reads it."""

    pk: UUID
    name: str
    function: str
    organisation: str
    asked_at: datetime
    needed_until: date
    reason: str
    from_case: str = ""
    theme: str = ""
    table: str = ""


def own_requests(now: datetime, *, by: Actor) -> list[OwnRequest]:
    """What the actor asked, newest first."""
    rows = list(visible(AccessRequest, by=by).filter(asker=by.user_id).select_related("dossier")[:50])
    unlock([row.dossier_id for row in rows], event="list", by=by)
    return [_own(row, now) for row in rows]


def _label(row: AccessRequest) -> str:
    joined = row.from_case and row.state == RequestState.GIVEN
    return "Aangesloten" if joined else RequestState(row.state).label


def _own(row: AccessRequest, now: datetime) -> OwnRequest:
    over = row.state == RequestState.SENT and not row.open_at(now)
    return OwnRequest(
        pk=row.pk,
        number=row.number,
        from_case=row.from_case,
        asked_at=row.asked_at,
        needed_until=row.needed_until,
        expires_at=row.expires_at,
        reason=row.reason,
        answer=row.answer or "",
        state="expired" if over else row.state,
        label=EXPIRED if over else _label(row),
        open=row.open_at(now),
    )


def _waiting(now: datetime, by: Actor) -> QuerySet[RequestArrival]:
    directed = grants.valid(by).filter(directs=True)
    return visible(RequestArrival, by=by).filter(
        about__in=directed.values("content_object"),
        decided_at__isnull=True,
        request__state=RequestState.SENT,
        request__expires_at__gt=now,
    )


def waiting_for(now: datetime, *, by: Actor) -> list[UUID]:
    """The dossiers directed by the actor to which somebody asks access; nothing is opened."""
    return list(_waiting(now, by).values_list("about", flat=True))


def asked_for(dossier_id: UUID, now: datetime, *, by: Actor) -> list[AskedFor]:
    """The requests for one case that wait for an answer."""
    arrivals = _waiting(now, by).filter(about=dossier_id)
    rows = list(
        visible(AccessRequest, by=by)
        .filter(pk__in=arrivals.values("request"))
        .select_related("asker__organisation", "arrival__table")
        .order_by("asked_at")
    )
    if rows:
        unlock([row.dossier_id for row in rows], by=by)
    return [_asked(row) for row in rows]


def _asked(row: AccessRequest) -> AskedFor:
    person, arrival = row.asker, row.arrival
    return AskedFor(
        pk=row.pk,
        name=person.name,
        function=person.function,
        organisation=person.organisation.name,
        asked_at=row.asked_at,
        needed_until=row.needed_until,
        reason=row.reason,
        from_case=row.from_case,
        theme=active_theme(arrival.theme).name if arrival.theme else "",
        table=arrival.table.name if arrival.table else "",
    )


def one_request(pk: UUID, *, by: Actor) -> AccessRequest:
    """One request, opened and logged; raises NotKnown."""
    return open_one(AccessRequest, pk, by=by)

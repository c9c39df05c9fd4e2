"""A request comes in: who asks what, about whom, and when it was received. The term runs from that day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from casework import known
from casework.models import RightsMark, RightsPerson, RightsRequest
from privacy import desks, dossiers
from privacy.access import require
from privacy.actor import Actor
from privacy.audit import record
from privacy.models import AuditEntry, CompartmentKind, Desk, Dossier


@dataclass(frozen=True, slots=True)
class RegisterInput:
    """What somebody asks, as it was received."""

    kind: str
    about: str
    channel: str
    received_on: date
    name: str
    birth_date: date
    bsn: str = ""
    address: str = ""
    asker_name: str = ""
    asker_address: str = ""
    mandate: str = ""
    wish: str = ""


def register(given: RegisterInput, *, now: datetime, by: Actor) -> RightsRequest:
    """Lays a request at the desk. What will be searched for is fixed here, with it."""
    today = timezone.localdate(now)
    require(given.received_on <= today, "De dag van ontvangst ligt in de toekomst.")
    dossier = desks.found(Desk.RIGHTS, now=now, today=today, by=by)
    request = RightsRequest(
        dossier=dossier,
        compartment=dossiers.part(dossier, CompartmentKind.COVER),
        reference=dossier.reference,
        kind=given.kind,
        about=given.about,
        channel=given.channel,
        received_on=given.received_on,
        handled_by_id=by.user_id,
    )
    request.save(force_insert=True)
    _person(request, dossier, given)
    record.change("rights.registered", dossier=dossier, obj=request, action=AuditEntry.Action.CREATE, by=by)
    return request


def _person(request: RightsRequest, dossier: Dossier, given: RegisterInput) -> None:
    regie = dossiers.part(dossier, CompartmentKind.REGIE)
    RightsPerson(
        dossier=dossier,
        compartment=regie,
        request=request,
        name=given.name,
        birth_date=given.birth_date,
        bsn=given.bsn or None,
        address=given.address or None,
        asker_name=given.asker_name or None,
        asker_address=given.asker_address or None,
        mandate=given.mandate or None,
        wish=given.wish or None,
    ).save(force_insert=True)
    kinds, digests = known.digests(known.own_keys(given.name, given.birth_date, given.bsn))
    for kind, digest in zip(kinds, digests, strict=True):
        RightsMark(dossier=dossier, compartment=regie, request=request, kind=kind, digest=digest).save(
            force_insert=True
        )

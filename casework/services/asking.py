"""Asking for access by number, and the regisseur's answer. Who asks can't find out which numbers exist."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import connection

from casework.models import AccessRequest, Case, RequestArrival, RequestState
from casework.models.asking import EXPIRES
from casework.references import private_reference
from casework.services.locking import GONE
from casework.services.participants import invite
from partners.notices import tell
from privacy import dossiers, exclusions, grants, jobs
from privacy.access import require, require_regie, visible
from privacy.actor import SYSTEM_ID, Actor
from privacy.audit import record
from privacy.models import AuditEntry, CompartmentKind, Dossier, DossierKind
from privacy.rls.breakglass import GROUND as EMERGENCY

ARRIVES = "request.arrives"
JOINS = "request.joins"
DELIVERS = {
    False: "SELECT * FROM casework_request_arrives(%s, %s)",
    True: "SELECT * FROM casework_joining_arrives(%s, %s)",
}
GROUND = "eigen verzoek"
PER_DAY = 10
KEPT = timedelta(days=90)
TOO_MANY = "U hebt vandaag al tien verzoeken verstuurd. Probeer het morgen, of bel de regisseur."
HAS_ACCESS = "U hebt al toegang tot deze casus. U vindt haar onder Casussen."
DECIDED = "Dit verzoek is al afgehandeld. Misschien was een collega u voor."


def has_access(number: str, *, by: Actor) -> bool:
    """Whether the actor reads the dossier of this number already: said only of what is the actor's own.

    Emergency access does not count: it is no reason not to ask.
    """
    own = grants.valid(by).filter(part=CompartmentKind.COVER).exclude(ground=EMERGENCY)
    return Dossier.objects.filter(reference=number, pk__in=own.values("content_object")).exists()


def ask(
    number: str, reason: str, needed_until: date, *, from_case: str = "", now: datetime, by: Actor
) -> AccessRequest:
    """Keeps a request; asked twice is asked once. Everything here is the same whatever the number is.

    With `from_case` it asks whether that case may join the plan of a household (services/joining.py).

    Raises Refused for who sits at no table, asks too often, or has access already.
    """
    require(bool(by.seats), "U hebt geen zetel aan een tafel. Vraag de beheerder van de gemeente.")
    require(bool(from_case) or not has_access(number, by=by), HAS_ACCESS)
    dossiers.one_at_a_time(by.user_id)
    own = visible(AccessRequest, by=by).filter(asker=by.user_id)
    sent = own.filter(number=number, from_case=from_case, state=RequestState.SENT)
    waiting = sent.filter(expires_at__gt=now).first()
    if waiting is not None:
        return waiting
    require(own.filter(asked_at__gt=now - timedelta(days=1)).count() < PER_DAY, TOO_MANY)
    request = _keep(number, reason, needed_until, from_case, now=now, by=by)
    record.change("access.asked", dossier=request.dossier, action=AuditEntry.Action.CREATE, by=by)
    jobs.enqueue(JOINS if from_case else ARRIVES, request.pk)
    return request


def _keep(number: str, reason: str, needed_until: date, from_case: str, *, now: datetime, by: Actor) -> AccessRequest:
    today = now.date()
    birth = dossiers.Birth(DossierKind.REQUEST, private_reference("V"), today, now, retain_until=today + EXPIRES + KEPT)
    dossier = dossiers.found(birth, by=by)
    part = dossiers.add_compartment(dossier, CompartmentKind.TABLE, by=by)
    dossiers.add_compartment(dossier, CompartmentKind.REGIE, by=by)
    request = AccessRequest(
        dossier=dossier,
        compartment=part,
        asker_id=by.user_id,
        number=number,
        from_case=from_case,
        reason=reason,
        needed_until=needed_until,
        asked_at=now,
        expires_at=now + EXPIRES,
    )
    request.save(force_insert=True)
    grants.give(
        [part], to=[by.user_id], level="contribute", because=grants.Because(GROUND, f"request:{request.pk}"), by=by
    )
    return request


def arrives(request_id: UUID, *, joining: bool = False, by: Actor) -> None:
    """Brings a request to the regisseurs of the case or household, when there is one that the asker may ask for."""
    with connection.cursor() as cursor:
        cursor.execute(DELIVERS[joining], [request_id, SYSTEM_ID])
        reached = dict(cursor.fetchall())
    if reached:
        record.change("access.arrived", obj=AccessRequest(pk=request_id), fields=["arrival"], by=by)
    for regisseur, about in reached.items():
        tell([regisseur], about=about)


def hold(request: AccessRequest, now: datetime) -> AccessRequest:
    """The request, locked, as it is now; raises Refused when it is over."""
    dossiers.one_at_a_time(request.dossier_id)
    fresh = AccessRequest.objects.select_related("dossier", "asker").filter(pk=request.pk).first()
    require(fresh is not None, GONE)
    assert fresh is not None
    require(fresh.open_at(now), DECIDED)
    return fresh


def withdraw(request: AccessRequest, *, now: datetime, by: Actor) -> None:
    """The asker takes the request back."""
    fresh = hold(request, now)
    require(fresh.asker_id == by.user_id, "Alleen wie het verzoek deed, kan het intrekken.")
    fresh.state = RequestState.WITHDRAWN
    fresh.save(update_fields=["state"])
    record.change("access.withdrawn", dossier=fresh.dossier, fields=["state"], by=by)


def _arrival(request: AccessRequest, case: Case, by: Actor) -> RequestArrival:
    """Its arrival at this case, not yet decided."""
    require_regie(case, by=by)
    arrival = visible(RequestArrival, by=by).filter(request=request, about=case.dossier_id).first()
    require(arrival is not None and arrival.decided_at is None, DECIDED)
    assert arrival is not None
    return arrival


def answer(
    request: AccessRequest, arrival: RequestArrival, state: RequestState, said: str, *, now: datetime, by: Actor
) -> None:
    """Writes the decision; whoever is kept away from the case meanwhile hears nothing, and the regisseur neither."""
    arrival.decided_at, arrival.decided_by = now, by.user_id
    arrival.save(update_fields=["decided_at", "decided_by"])
    if exclusions.reachable([request.asker_id], arrival.about_id):
        request.state, request.answer = state, said or None
        request.save(update_fields=["state", "answer"])
        tell([request.asker_id], about=arrival.about_id)


def give(
    request: AccessRequest, case: Case, *, ground: str, until: datetime, hidden: bool, now: datetime, by: Actor
) -> None:
    """Lets the asker take part, on a ground, until a date; raises Refused when seat or covenant ended meanwhile."""
    fresh = hold(request, now)
    arrival = _arrival(fresh, case, by)
    invite(case, fresh.asker, ground=ground, until=until, hidden=hidden, now=now, by=by)
    answer(fresh, arrival, RequestState.GIVEN, "", now=now, by=by)
    record.change("access.given", dossier=case.dossier, obj=fresh, fields=["state"], ground=ground, by=by)


def refuse(request: AccessRequest, case: Case, reason: str, *, now: datetime, by: Actor) -> None:
    """Says no, with a reason that the asker reads."""
    fresh = hold(request, now)
    arrival = _arrival(fresh, case, by)
    answer(fresh, arrival, RequestState.REFUSED, reason, now=now, by=by)
    record.change("access.refused", dossier=case.dossier, obj=fresh, fields=["answer", "state"], by=by)

"""Before anything is collected: who is this, may this person ask it, and how long does it take."""

from __future__ import annotations

from datetime import date, datetime

from casework import rights_rules as rules
from casework.models import RightsKind, RightsObjection, RightsPerson, RightsQuestion, RightsRequest, RightsState
from casework.services.rights import collecting
from casework.services.rights.holding import hold, note
from privacy import grants
from privacy.access import require
from privacy.actor import Actor
from privacy.audit import record
from privacy.retention import holds

NOT_A_WAY = "Kies hoe u de identiteit hebt gecontroleerd."
ALREADY = "De identiteit is al vastgelegd. Laad de pagina opnieuw."


def why_refused(request: RightsRequest, person: RightsPerson) -> rules.Refusal | None:
    """Whether the law refuses it because of age or representation, on the day of receipt."""
    return rules.why_refused(request.about, person.birth_date, mandate=bool(person.mandate), on=request.received_on)


def identify(request: RightsRequest, how: str, said: str, doubt: str, *, now: datetime, by: Actor) -> None:
    """Notes how, by whom and when it was checked. A doubt waits for a decision before anything is collected."""
    request = hold(request, RightsState.NEW, by=by)
    require(how in rules.IDENTITY_WAYS, NOT_A_WAY)
    require(request.identity_at is None, ALREADY)
    refusal = why_refused(request, RightsPerson.objects.get(request=request))
    require(refusal is None, refusal.sentence if refusal else "")
    request.identity_how, request.identity_by_id, request.identity_at = how, by.user_id, now
    request.doubt = doubt
    request.state = RightsState.NEW if doubt else RightsState.COLLECTING
    request.save(update_fields=["identity_how", "identity_by", "identity_at", "doubt", "state"])
    note(request, "identity", said, now=now, by=by)
    record.change("rights.identified", dossier=request.dossier, obj=request, fields=["identity", "state"], by=by)
    _begin(request, by)


def settle(request: RightsRequest, why: str, *, now: datetime, by: Actor) -> None:
    """Somebody decides that it goes on in spite of the doubt, and says why. Otherwise it is refused."""
    request = hold(request, RightsState.NEW, by=by)
    require(bool(request.doubt and request.identity_at), "Er is geen twijfel vastgelegd.")
    request.doubt_settled_at, request.state = now, RightsState.COLLECTING
    request.save(update_fields=["doubt_settled_at", "state"])
    note(request, "doubt", why, now=now, by=by)
    record.change("rights.settled", dossier=request.dossier, obj=request, fields=["state"], by=by)
    _begin(request, by)


def _begin(request: RightsRequest, by: Actor) -> None:
    """An objection does not wait: what it is about is to be restricted (AVG 18(1)(d)), so it is looked for at once."""
    if request.kind == RightsKind.OBJECT and request.state == RightsState.COLLECTING:
        collecting.search(request, by=by)


def extend(request: RightsRequest, why: str, *, today: date, now: datetime, by: Actor) -> None:
    """Two months more; the person was told so today, within the first month, with the reason (AVG 12(3))."""
    request = hold(request, by=by)
    reason = rules.why_not_extend(request.received_on, extended=request.extended_on is not None, today=today)
    require(not reason, reason)
    request.extended_on = today
    request.save(update_fields=["extended_on"])
    note(request, "extend", why, now=now, by=by)
    record.change("rights.extended", dossier=request.dossier, obj=request, fields=["extended_on"], by=by)


def end(request: RightsRequest, state: RightsState, *, now: datetime, by: Actor, also: tuple[str, ...] = ()) -> None:
    """It is over: access of who was asked ends with it, and then what it kept from destruction."""
    keys = [question.key for question in RightsQuestion.objects.filter(request=request)]
    keys += [objection.key for objection in RightsObjection.objects.filter(request=request)]
    for key in keys:
        grants.end(key, dossier_id=request.dossier_id, by=by)
    request.state, request.ended_at, request.ended_by_id = state, now, by.user_id
    request.save(update_fields=["state", "ended_at", "ended_by", *also])
    holds.unblock(request.pk, by=by)

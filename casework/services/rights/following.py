"""What an upheld objection asks further: its data are erased through a request to erase, about the same person."""

from __future__ import annotations

from datetime import date, datetime

from casework.models import RightsKind, RightsPerson, RightsRequest, RightsWeighing, Weighed
from casework.services.rights import admitting, registering
from casework.services.rights.registering import RegisterInput
from privacy.actor import Actor

WISH = "Dit volgt uit het gegronde bezwaar {reference} (artikel 17, lid 1, onder c, AVG)."


def follow_up(request: RightsRequest, *, now: datetime, today: date, by: Actor) -> RightsRequest | None:
    """Registers the erasure that was decided, received today, with the identity that was checked; None without one."""
    erased = RightsWeighing.objects.filter(objection__request=request, outcome=Weighed.ERASE)
    if request.kind != RightsKind.OBJECT or not erased.exists():
        return None
    person = RightsPerson.objects.get(request=request)
    made = registering.register(_as_asked(request, person, today), now=now, by=by)
    admitting.identify(made, request.identity_how, "", "", now=now, by=by)
    return made


def _as_asked(request: RightsRequest, person: RightsPerson, today: date) -> RegisterInput:
    return RegisterInput(
        kind=RightsKind.ERASE,
        about=request.about,
        channel=request.channel,
        received_on=today,
        name=person.name,
        birth_date=person.birth_date,
        bsn=person.bsn or "",
        address=person.address or "",
        asker_name=person.asker_name or "",
        asker_address=person.asker_address or "",
        mandate=person.mandate or "",
        wish=WISH.format(reference=request.reference),
    )

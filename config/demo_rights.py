"""Requests of persons concerned in Voorbeeldstad: one in the middle of its work, one that just came in."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from casework.models import CaseSubject, RightsCandidate, RightsPassage, RightsRequest
from casework.services.rights import admitting, answering, collecting, registering
from casework.services.rights.answering import AnswerInput
from casework.services.rights.registering import RegisterInput
from config.demo_town import Town

DESK, DIRECTS, CASE = "contactpunt", "regisseur_wonen_jeugd", "lindelaan-14"
WISH = "Ik wil weten wat de gemeente, de politie en de verhuurder over mij hebben opgeschreven."


def load_rights(town: Town) -> None:
    """The father of a household asks for his data: sources are asked, one has answered. A mother asks for a child."""
    given = _asked_by_the_father(town)
    if given is None:
        return
    request = _collected(town, given)
    _one_answers(town, request)
    child = RegisterInput(
        kind="inzage",
        about="child",
        channel="balie",
        received_on=town.today - timedelta(days=2),
        name="Noor Bedenksel",
        birth_date=(town.today - timedelta(days=365 * 9)),
        asker_name="Ilse Bedenksel",
        mandate="Moeder met gezag, gezagsregister ingezien.",
    )
    with town.doing(DESK) as by:
        registering.register(child, now=timezone.now(), by=by)


def _asked_by_the_father(town: Town) -> RegisterInput | None:
    """What he wrote, as he stands in the case."""
    case = town.cases[CASE]
    with town.doing(DIRECTS, case.dossier_id):
        father = next((one for one in CaseSubject.objects.filter(case=case, kind="person") if one.birth_date), None)
        if father is None or father.birth_date is None:
            return None
        return RegisterInput(
            kind="inzage",
            about="self",
            channel="brief",
            received_on=town.today - timedelta(days=12),
            name=father.name,
            birth_date=father.birth_date,
            address=father.address or "",
            wish=WISH,
        )


def _collected(town: Town, given: RegisterInput) -> RightsRequest:
    now = timezone.now()
    with town.doing(DESK) as by:
        request = registering.register(given, now=now, by=by)
        admitting.identify(request, "balie", "Paspoort gezien.", "", now=now, by=by)
        collecting.search(request, by=by)
        found = RightsCandidate.objects.filter(request=request)
        collecting.confirm(request, {one.pk: True for one in found}, now=now, by=by)
        collecting.collect(request, now=now, today=town.today, by=by)
    return request


def _one_answers(town: Town, request: RightsRequest) -> None:
    with town.doing("woonconsulent", request.dossier_id) as by:
        for passage in RightsPassage.objects.filter(organisation=by.home, own=False):
            answering.answer(passage, AnswerInput("may"), now=timezone.now(), by=by)

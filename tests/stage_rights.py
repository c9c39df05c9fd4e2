"""What persons asked of the contact point, so that what follows has a link: a correction, a restriction."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from casework.models import Goal, Household, RightsPassage, SubjectKind
from casework.services.plans import concerns
from casework.services.plans.concerns import ConcernInput
from casework.services.rights import restricting, saying
from casework.values import SubjectInput
from privacy.unlock import unlock
from tests import world
from tests.rights.scene import a_home, collected, identified, registered, searched
from tests.world import Cast, as_

WHO, BORN, BSN = "Ria Bedacht", date(1971, 8, 20), "999990044"


def asked_of_the_contact_point(cast: Cast) -> None:
    """The newest household has a goal that a partner sees; its mother says what is not right; another is left alone."""
    _seen_by_a_partner(cast, a_home(cast).household)
    _not_right(cast)
    _left_alone(cast)


def _seen_by_a_partner(cast: Cast, household: Household) -> None:
    with as_(cast.carla) as (by, _):
        unlock([household.dossier_id], by=by)
        goal = Goal.objects.filter(household=household).first()
        assert goal is not None
        concerns.concern(goal, ConcernInput(cast.corporatie.pk, world.GROUND), now=timezone.now(), by=by)


def _not_right(cast: Cast) -> None:
    """A statement beside what Wilma's corporation brought in, for her to answer; other passages may still get one."""
    request = collected(cast, registered(cast, kind="rectificatie"))
    with as_(cast.conny) as (by, _):
        unlock([request.dossier_id], by=by)
        passages = RightsPassage.objects.select_related("request", "question")
        of_wilma = passages.filter(request=request, organisation=cast.corporatie, own=False)
        passage = next(one for one in of_wilma if saying.can_be_said(one))
        saying.say(passage, "Ik kwam mijn afspraken wel na.", now=timezone.now(), by=by)


def _left_alone(cast: Cast) -> None:
    """Somebody of whom a case is kept and not used."""
    about = SubjectInput(SubjectKind.PERSON, WHO, BORN, BSN)
    world.a_case(cast.rosa, world.a_signal(cast.pieter, cast.overlast, subjects=(about,)), short_name="Mevr. B.")
    asked = registered(cast, kind="beperking", name=WHO, birth_date=BORN, bsn=BSN, address="Iepenweg 1, Proefstad")
    searched(cast, identified(cast, asked))
    with as_(cast.conny) as (by, _):
        unlock([asked.dossier_id], by=by)
        restricting.restrict(asked, by=by)

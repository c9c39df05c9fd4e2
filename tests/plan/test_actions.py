"""Actions: one owner, in the line of the owner's organisation; they tell nothing of a goal that is kept from it."""

from __future__ import annotations

import pytest
from django.core import mail
from django.db import DatabaseError, transaction
from django.utils import timezone

from casework.models import Action, ActionStatus, Goal, Household
from casework.services.plans import actions
from casework.services.plans.actions import ActionInput
from privacy import jobs
from privacy.dossiers import part
from privacy.errors import Refused
from privacy.models import CompartmentKind, Job
from tests.plan.scene import SOON, a_goal, an_action, at_the_plan, reads
from tests.world import Cast


def of(household: Household, action: Action) -> Action:
    return Action.objects.select_related("household__dossier").get(pk=action.pk)


def test_an_action_is_read_by_its_organisation_and_the_regie(cast: Cast, household: Household) -> None:
    goal = a_goal(household, cast.carla, "Geen ruzie in de nacht")
    an_action(household, cast.carla, cast.wilma, "Langsgaan", goal)
    assert reads(cast.wilma, household) == {"Langsgaan"}
    assert reads(cast.rosa, household) == {"Langsgaan", "Geen ruzie in de nacht"}
    assert reads(cast.pieter, household) == reads(cast.greet, household) == set()


@pytest.mark.parametrize("name", ["wout", "otto", "rosa", "greet"])
def test_who_does_not_take_part_in_the_open_gets_no_action(cast: Cast, household: Household, name: str) -> None:
    with pytest.raises(Refused, match="Kies iemand die nu meedoet"):
        an_action(household, cast.carla, cast.people[name], "Langsgaan")


def test_the_procesregisseur_gives_one_to_who_takes_part_unseen(cast: Cast, household: Household) -> None:
    an_action(household, cast.rosa, cast.greet, "Langsgaan")
    assert reads(cast.greet, household) == {"Langsgaan"}
    assert reads(cast.wilma, household) == set()


def test_an_action_does_not_quote_a_goal_that_is_kept_from_its_owner(cast: Cast, household: Household) -> None:
    a_goal(household, cast.carla, "Kim krijgt hulp van GGZ")
    with pytest.raises(Refused, match="dat deze organisatie niet ziet"):
        an_action(household, cast.carla, cast.wilma, "Bel, want Kim krijgt hulp van GGZ.")
    a_goal(household, cast.carla, "De huur is betaald", cast.corporatie)
    an_action(household, cast.carla, cast.wilma, "Zorg dat de huur is betaald")


def test_a_partner_gives_no_action_to_another(cast: Cast, household: Household) -> None:
    goal = a_goal(household, cast.carla, "De huur is betaald", cast.corporatie)
    with pytest.raises(Refused, match="voor uzelf"):
        an_action(household, cast.wilma, cast.pieter, "Langsgaan", goal)
    with pytest.raises(Refused, match="Kies bij welk doel"):
        an_action(household, cast.wilma, cast.wilma, "Langsgaan")


def test_an_action_stays_with_its_organisation(cast: Cast, household: Household) -> None:
    action = an_action(household, cast.carla, cast.wilma, "Langsgaan")
    with at_the_plan(cast.carla, household) as by, pytest.raises(Refused, match="blijft bij dezelfde organisatie"):
        given = ActionInput("Langsgaan", cast.pieter.pk, SOON)
        actions.change_action(of(household, action), given, seen=action.version, now=timezone.now(), by=by)


def test_another_partner_reports_nothing(cast: Cast, household: Household) -> None:
    action = an_action(household, cast.carla, cast.wilma, "Langsgaan")
    with at_the_plan(cast.pieter, household):
        assert not Action.objects.exists()
        assert Action.objects.filter(pk=action.pk).update(status=ActionStatus.DONE) == 0


def test_a_partner_writes_no_action_in_anothers_name(cast: Cast, household: Household) -> None:
    line = part(household.dossier, CompartmentKind.LIAISON, cast.corporatie.pk)
    for organisation, user in ((cast.politie, cast.pieter), (cast.corporatie, cast.wout)):
        with at_the_plan(cast.wilma, household), pytest.raises(DatabaseError), transaction.atomic():
            Action(
                dossier=household.dossier, compartment=line, household=household, organisation=organisation,
                user=user, text="Verzonnen", due_on=SOON,
            ).save(force_insert=True)  # fmt: skip


def test_who_gets_an_action_gets_a_mail_that_tells_nothing(cast: Cast, household: Household) -> None:
    goal = a_goal(household, cast.carla, "De huur is betaald")
    Job.objects.all().delete()
    an_action(household, cast.carla, cast.wilma, "Langsgaan", goal)
    waiting = list(Job.objects.all())
    assert [job.subject_id for job in waiting] == [cast.wilma.pk]
    for job in waiting:
        jobs.perform(job.pk, now=timezone.now())
    said = "".join(f"{one.subject} {one.body}" for one in mail.outbox)
    assert said
    for word in ("Langsgaan", "huur", household.dossier.reference, "Voorbeeld", "gezin"):
        assert word not in said


def test_no_action_on_a_goal_that_is_over(cast: Cast, household: Household) -> None:
    goal = a_goal(household, cast.carla, "De huur is betaald")
    with at_the_plan(cast.carla, household):
        row = Goal.objects.get(pk=goal.pk)
        row.status, row.ended_at = "reached", timezone.now()
        row.save()
    with pytest.raises(Refused, match="al afgerond"):
        an_action(household, cast.carla, cast.wilma, "Langsgaan", row)

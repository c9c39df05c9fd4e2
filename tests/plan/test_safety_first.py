"""Safety first: agreements, and recovery that waits for direct safety unless a regisseur decides otherwise."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.utils import timezone

from casework.models import Goal, GoalStatus, Household, Phase, PhaseDecision, SafetyAgreement
from casework.services.plans import goals, safety
from casework.services.plans.goals import WAITS, GoalInput
from partners.models import CaseTable, Seat, SecrecyStatement, User
from privacy.errors import Refused
from privacy.roles import Role
from tests.plan.scene import a_goal, an_agreement, at_the_plan, reads
from tests.world import Cast, a_case, a_household, a_signal, invited

Login = Callable[[User], Client]


@pytest.fixture
def home(cast: Cast) -> Household:
    """A household on a case about violence at home: its plan goes by phases."""
    table = CaseTable.objects.create(
        name="Casustafel HG/KM", code="hgkm", theme="hgkm", area="Proefstad", profile="gemeentelijk"
    )
    roles = {"rosa": Role.PROCESREGISSEUR, "carla": Role.CASUSREGISSEUR, "pieter": Role.PROFESSIONAL}
    for name, role in roles.items():
        begun = timezone.now() - timedelta(days=3)
        Seat.objects.create(table=table, user=cast.people[name], role=role, valid_from=begun)
        SecrecyStatement.objects.create(table=table, user=cast.people[name], profile_version="proef")
    case = a_case(cast.rosa, a_signal(cast.pieter, table))
    invited(case, cast.rosa, cast.pieter, cast.carla)
    return a_household(case, cast.rosa, cast.carla)


def safe(household: Household, person: User, title: str, phase: Phase, **more: Any) -> Goal:
    return a_goal(household, person, title, domain="veiligheid", phase=phase, **more)


def test_a_goal_for_safety_says_its_phase(cast: Cast, home: Household) -> None:
    with pytest.raises(Refused, match="Kies de fase"):
        a_goal(home, cast.carla, "Niemand wordt geslagen", domain="veiligheid")


def test_a_plan_of_another_theme_has_no_phases(cast: Cast, household: Household) -> None:
    with pytest.raises(Refused, match="niet in fasen"):
        safe(household, cast.carla, "Herstel", Phase.RECOVERY)


def test_recovery_waits_for_direct_safety(cast: Cast, home: Household) -> None:
    safe(home, cast.carla, "Niemand wordt geslagen", Phase.DIRECT)
    with pytest.raises(Refused, match="kan nog niet beginnen"):
        safe(home, cast.carla, "Vertrouwen komt terug", Phase.RECOVERY)
    with at_the_plan(cast.rosa, home):
        assert Goal.objects.count() == 1


def test_recovery_may_stand_ready(cast: Cast, home: Household) -> None:
    safe(home, cast.carla, "Niemand wordt geslagen", Phase.DIRECT)
    later = safe(home, cast.carla, "Vertrouwen komt terug", Phase.RECOVERY, begun=False)
    given = GoalInput(title=later.title, domain="veiligheid", phase=Phase.RECOVERY)
    with at_the_plan(cast.carla, home) as by, pytest.raises(Refused, match="kan nog niet beginnen"):
        goal = Goal.objects.select_related("household__dossier").get(pk=later.pk)
        goals.change_goal(goal, given, seen=goal.version, now=timezone.now(), by=by)


def test_a_regisseur_decides_with_a_reason(cast: Cast, home: Household) -> None:
    safe(home, cast.carla, "Niemand wordt geslagen", Phase.DIRECT)
    reason = "Kim kan niet wachten met therapie."
    made = safe(home, cast.carla, "Vertrouwen komt terug", Phase.RECOVERY, why_now=reason)
    with at_the_plan(cast.rosa, home):
        decision = PhaseDecision.objects.get()
        assert (decision.goal_id, decision.reason, decision.decided_by_id) == (made.pk, reason, cast.carla.pk)
    with at_the_plan(cast.pieter, home):
        assert not PhaseDecision.objects.exists()


def test_recovery_begins_when_direct_safety_is_reached(cast: Cast, home: Household) -> None:
    first = safe(home, cast.carla, "Niemand wordt geslagen", Phase.DIRECT)
    with at_the_plan(cast.carla, home) as by:
        goal = Goal.objects.select_related("household__dossier").get(pk=first.pk)
        goals.end_goal(goal, GoalStatus.REACHED, "Het is rustig.", seen=goal.version, now=timezone.now(), by=by)
    assert safe(home, cast.carla, "Vertrouwen komt terug", Phase.RECOVERY).status == GoalStatus.OPEN


def test_the_database_refuses_it_too(cast: Cast, home: Household) -> None:
    safe(home, cast.carla, "Niemand wordt geslagen", Phase.DIRECT)
    later = safe(home, cast.carla, "Vertrouwen komt terug", Phase.RECOVERY, begun=False)
    with at_the_plan(cast.rosa, home), pytest.raises(DatabaseError, match="recovery waits"), transaction.atomic():
        Goal.objects.filter(pk=later.pk).update(status=GoalStatus.OPEN)


def test_the_page_shows_the_phase_and_asks_why(cast: Cast, home: Household, login: Login) -> None:
    safe(home, cast.carla, "Niemand wordt geslagen", Phase.DIRECT)
    client, url = login(cast.carla), f"/gezinnen/{home.pk}/plan/"
    assert 'aria-current="step">Directe veiligheid' in client.get(url).content.decode()
    body = {"title": "Vertrouwen komt terug", "domain": "veiligheid", "phase": "recovery"}
    answer = client.post(url + "doelen/nieuw/", body)
    assert answer.status_code == 409
    assert WAITS in answer.content.decode()
    assert client.post(url + "doelen/nieuw/", body | {"why_now": "Kim kan niet wachten."}).status_code == 302


def test_everybody_admitted_reads_the_agreements_and_only_the_regie_makes_them(
    cast: Cast, household: Household
) -> None:
    an_agreement(household, cast.carla, "Bij ruzie gaat Kim naar oma.")
    for person in (cast.rosa, cast.carla, cast.wilma, cast.pieter, cast.greet):
        with at_the_plan(person, household):
            assert SafetyAgreement.objects.get().text == "Bij ruzie gaat Kim naar oma."
    assert reads(cast.wilma, household) == set()
    with pytest.raises(Refused, match="casusregisseur"):
        an_agreement(household, cast.wilma, "Van een partner")


def test_an_agreement_ends_once_with_a_reason(cast: Cast, household: Household) -> None:
    made = an_agreement(household, cast.carla, "Bij ruzie gaat Kim naar oma.")
    with at_the_plan(cast.rosa, household) as by:
        row = SafetyAgreement.objects.select_related("household__dossier").get(pk=made.pk)
        safety.end_agreement(row, "Niet meer nodig.", now=timezone.now(), by=by)
        with pytest.raises(Refused, match="al beëindigd"):
            safety.end_agreement(row, "Nog eens.", now=timezone.now(), by=by)

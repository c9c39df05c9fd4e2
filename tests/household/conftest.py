"""What these tests share: a household that two tables know, and goals in its plan."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from django.utils import timezone

from casework.circles import goal_part, household_line
from casework.models import (
    AccessRequest,
    Action,
    Case,
    Goal,
    GoalPartner,
    Household,
    HouseholdFace,
    Member,
    SafetyAgreement,
)
from casework.services import asking, joining
from partners.models import CaseTable, Seat, SecrecyStatement, User
from privacy.access import visible
from privacy.acting import acting
from privacy.actor import system_actor
from privacy.grants import Because, give
from privacy.models import Job
from privacy.roles import Role
from privacy.unlock import unlock
from tests.casework.conftest import Browser, Login
from tests.world import GROUND, Cast, a_case, a_household, a_signal, as_, invited

TODAY = date.today()
WHY = "Er speelt hetzelfde gezin bij ons."


@pytest.fixture
def browser(login: Login) -> Callable[[User], Browser]:
    """The browser of this person."""
    return lambda user: Browser(login(user))


def sits(person: User, table: CaseTable, role: Role = Role.PROFESSIONAL) -> None:
    """A seat for this person, signed for."""
    Seat.objects.create(table=table, user=person, role=role, valid_from=timezone.now() - timedelta(days=30))
    SecrecyStatement.objects.create(table=table, user=person, profile_version="proef")


@dataclass
class Home:
    """A household of Rosa's table with Carla as casusregisseur, and a case of Victor's about the same people."""

    cast: Cast
    case: Case
    other: Case
    household: Household

    def open(self, person: User, *more: Household) -> list[Household]:
        """What this person reads of these households."""
        with as_(person) as (by, _):
            return list(visible(Household, by=by).filter(pk__in=[self.household.pk, *(one.pk for one in more)]))


@pytest.fixture
def home(cast: Cast) -> Home:
    """Wilma, Pieter and Carla take part here; Petra and Wout there."""
    case = a_case(cast.rosa, a_signal(cast.wilma, cast.overlast))
    invited(case, cast.rosa, cast.wilma, cast.pieter, cast.carla)
    for person in (cast.petra, cast.wout):
        sits(person, cast.jeugd)
    other = a_case(cast.victor, a_signal(cast.petra, cast.jeugd))
    invited(other, cast.victor, cast.petra, cast.wout)
    household = a_household(case, cast.rosa, cast.carla)
    Job.objects.all().delete()
    return Home(cast, case, other, household)


def asked(home: Home, number: str = "") -> AccessRequest:
    """Victor asks whether his case may join the plan, and the question was delivered."""
    with as_(home.cast.victor) as (by, _):
        wanted = number or home.household.dossier.reference
        request = joining.ask(wanted, home.other, WHY, now=timezone.now(), by=by)
    by = system_actor("proef")
    with acting(by):
        asking.arrives(request.pk, joining=True, by=by)
    return request


def accepted(home: Home, request: AccessRequest) -> None:
    with as_(home.cast.rosa) as (by, _):
        unlock([home.household.dossier_id, request.dossier_id], by=by)
        joining.accept(request, home.household, "Eén plan is beter.", now=timezone.now(), by=by)


@pytest.fixture
def joined(home: Home) -> Home:
    """The same household, with Victor's case in it too."""
    accepted(home, asked(home))
    return home


def member(home: Home, name: str, household: Household | None = None) -> Member:
    """Somebody of the household, by name."""
    at = household or home.household
    with as_(home.cast.rosa) as (by, _):
        unlock([at.dossier_id], by=by)
        return next(row for row in Member.objects.filter(household=at) if row.name == name)


def a_goal(home: Home, text: str, *people: User, about: Member | None = None) -> Goal:
    """A goal that concerns these people, each with an action of their own."""
    household, now = home.household, timezone.now()
    with as_(home.cast.rosa) as (by, _):
        unlock([household.dossier_id], by=by)
        part = goal_part(household, home.cast.gemeente.pk, now=now, by=by)
        goal = Goal(dossier=household.dossier, compartment=part, household=household, member=about,
                    domain="huisvesting", title=text, wished=f"{text} is gehaald")  # fmt: skip
        goal.save(force_insert=True)
        for person in people:
            via = home.case.dossier if person.pk != home.cast.petra.pk else home.other.dossier
            give([part], to=[person.pk], level="view", because=Because(GROUND, goal.key), via=via, by=by)
            line = household_line(household, person.organisation_id, now=now, by=by)
            GoalPartner(dossier=household.dossier, compartment=line, goal=goal, organisation=person.organisation,
                        ground=GROUND).save(force_insert=True)  # fmt: skip
            Action(dossier=household.dossier, compartment=line, household=household, goal=goal,
                   organisation=person.organisation, user=person, text=f"{text}, door {person.name}",
                   due_on=TODAY).save(force_insert=True)  # fmt: skip
    return goal


def an_agreement(home: Home, text: str) -> None:
    with as_(home.cast.rosa) as (by, _):
        unlock([home.household.dossier_id], by=by)
        SafetyAgreement(
            dossier=home.household.dossier, compartment=HouseholdFace.objects.get(household=home.household).compartment,
            household=home.household, text=text,
        ).save(force_insert=True)  # fmt: skip


def reads(person: User, *households: Household) -> set[str]:
    """Every text of these households that this person can open."""
    with as_(person) as (by, _):
        unlock([one.dossier_id for one in households], by=by)
        found = {row.name for row in visible(Member, by=by).filter(household__in=households)}
        found |= {row.title for row in visible(Goal, by=by).filter(household__in=households)}
        found |= {row.text for row in visible(Action, by=by).filter(household__in=households)}
        return found | {row.text for row in visible(SafetyAgreement, by=by).filter(household__in=households)}

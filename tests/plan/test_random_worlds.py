"""Random plans against an oracle that knows only what happened: who may read which goal, action, piece and answer.

The oracle is written from the design (ADR 24); it knows no grant, compartment or policy. What the database gives is
read without any filter of ours.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from uuid import UUID

import pytest
from django.utils import timezone

from casework.models import (
    Action,
    Case,
    Goal,
    GoalPartner,
    Household,
    Participation,
    PlanConsent,
    PlanPiece,
    SafetyAgreement,
)
from casework.services import participants
from casework.services.plans import concerns, versions
from partners.models import User
from privacy.errors import Refused
from tests.plan.scene import a_goal, about, an_action, an_agreement, at_the_plan
from tests.world import Cast, as_, invited

REGIE = ("rosa", "rachid", "carla")
PARTNERS = ("wilma", "wout", "pieter", "petra", "greet")
OTHERS = ("victor", "bram", "otto", "fatima", "beheer")
MODELS = (Goal, Action, GoalPartner, PlanPiece, PlanConsent, SafetyAgreement)


@dataclass
class World:
    """What happened, in plain words."""

    there: set[str] = field(default_factory=set)
    goals: dict[UUID, set[UUID]] = field(default_factory=dict)  # goal: organisations it concerns
    lines: dict[UUID, UUID] = field(default_factory=dict)  # action, answer or concern: the organisation it is of
    pieces: dict[UUID, UUID] = field(default_factory=dict)  # piece: what it is of
    agreements: set[UUID] = field(default_factory=set)

    def may_read(self, name: str, organisation: UUID, pk: UUID) -> bool:
        """Whether this person may read this row, by the rules as they are written."""
        if name in REGIE:
            return True
        pk = self.pieces.get(pk, pk)
        if name not in self.there:
            return False
        if pk in self.agreements:
            return True
        return organisation in self.goals[pk] if pk in self.goals else self.lines[pk] == organisation

    def rows(self) -> set[UUID]:
        return set(self.goals) | set(self.lines) | set(self.pieces) | self.agreements


class Acting:
    """People at work on one plan, chosen by chance."""

    def __init__(self, cast: Cast, case: Case, household: Household, seed: int) -> None:
        self.cast, self.case, self.household = cast, case, household
        self.chance, self.world = random.Random(seed), World({"wilma", "pieter", "greet"})

    def someone(self, *names: str) -> User:
        return self.cast.people[self.chance.choice(names)]

    def goal(self) -> None:
        there = {self.cast.people[name].organisation for name in self.world.there if name != "greet"}
        chosen = [one for one in sorted(there, key=lambda one: one.name) if self.chance.random() < 0.4]
        made = a_goal(self.household, self.someone("rosa", "carla"), f"Doel {self.chance.random()}", *chosen)
        self.world.goals[made.pk] = {one.pk for one in chosen}
        self._note_concerns(made.pk)

    def _note_concerns(self, goal: UUID) -> None:
        with as_(self.cast.rosa):
            rows = GoalPartner.objects.filter(goal=goal).values_list("pk", "organisation_id")
            self.world.lines |= dict(rows)

    def action(self) -> None:
        owner = self.cast.people[self.chance.choice(sorted(self.world.there))]
        made = an_action(self.household, self.cast.rosa, owner, f"Actie {self.chance.random()}")
        self.world.lines[made.pk] = owner.organisation_id

    def concern(self) -> None:
        if not self.world.goals or not self.world.there:
            return
        pk, name = self.chance.choice(sorted(self.world.goals)), self.chance.choice(sorted(self.world.there))
        organisation = self.cast.people[name].organisation
        if organisation.pk in self.world.goals[pk]:
            return
        with at_the_plan(self.cast.rosa, self.household) as by:
            goal = Goal.objects.select_related("household__dossier", "household__plan", "compartment__dossier").get(
                pk=pk
            )
            concerns.concern(goal, about(organisation)[0], now=timezone.now(), by=by)
        self.world.goals[pk].add(organisation.pk)
        self._note_concerns(pk)

    def end_concern(self) -> None:
        with at_the_plan(self.someone("rosa", "carla"), self.household) as by:
            rows = list(GoalPartner.objects.filter(until=None).select_related("goal__household__dossier"))
            if rows:
                row = self.chance.choice(sorted(rows, key=lambda one: str(one.pk)))
                concerns.end_concern(row, now=timezone.now(), by=by)
                self.world.goals[row.goal_id].discard(row.organisation_id)

    def agreement(self) -> None:
        made = an_agreement(self.household, self.cast.carla, f"Afspraak {self.chance.random()}")
        self.world.agreements.add(made.pk)

    def version(self) -> None:
        with at_the_plan(self.someone("rosa", "carla"), self.household) as by:
            try:
                version = versions.freeze(self.household, now=timezone.now(), by=by)
            except Refused:
                return
            self.world.pieces |= dict(PlanPiece.objects.filter(plan_version=version).values_list("pk", "original"))

    def answer(self) -> None:
        if not self.world.there:
            return
        person = self.cast.people[self.chance.choice(sorted(self.world.there))]
        with at_the_plan(person, self.household) as by:
            version = versions.newest(self.household)
            if version is not None and by.home in versions.carriers(version):
                said = versions.consent(self.household, version.number, True, "", now=timezone.now(), by=by)
                self.world.lines[said.pk] = person.organisation_id

    def invite(self) -> None:
        absent = [name for name in PARTNERS if name not in self.world.there]
        if absent:
            name = self.chance.choice(absent)
            invited(self.case, self.cast.rosa, self.cast.people[name], hidden=name == "greet")
            self.world.there.add(name)

    def leave(self) -> None:
        if len(self.world.there) < 2:
            return
        name = self.chance.choice(sorted(self.world.there))
        with as_(self.cast.rosa) as (by, _):
            there = Participation.objects.select_related("case__dossier", "dossier").get(
                case=self.case, user=self.cast.people[name], ended_at=None
            )
            participants.end_participation(there, now=timezone.now(), by=by)
        self.world.there.discard(name)

    def run(self, steps: int) -> World:
        acts = (self.goal, self.goal, self.action, self.action, self.concern, self.end_concern, self.agreement)
        more = (self.version, self.answer, self.invite, self.leave)
        for _ in range(steps):
            self.chance.choice((*acts, *more))()
        return self.world


def given(person: User) -> set[UUID]:
    """All rows of plans that the database gives this person, without a filter of ours."""
    with as_(person):
        return {pk for model in MODELS for pk in model.objects.values_list("pk", flat=True)}


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_database_gives_what_the_rules_say(cast: Cast, case: Case, household: Household, seed: int) -> None:
    world = Acting(cast, case, household, seed).run(30)
    assert len(world.rows()) > 15
    for name in (*REGIE, *PARTNERS, *OTHERS):
        person = cast.people[name]
        allowed = {pk for pk in world.rows() if world.may_read(name, person.organisation_id, pk)}
        assert given(person) == allowed, name

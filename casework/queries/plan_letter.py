"""The plan as the family reads it: only what may be told. What stays out is named for the regisseur, with why."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from casework.models import ACTION_RUNS, GOAL_RUNS, Action, ActionStatus, Goal, Member, SafetyAgreement
from casework.normalise import fold
from casework.queries.households import HouseholdHead
from casework.queries.plans import domain_list
from casework.services.plans.people import partners_of
from partners.models import Organisation, User
from privacy.access import opened
from privacy.codes import ALPHABET

REFERENCE = re.compile(rf"\b(?:[SG]?\d{{2,4}}|[CIV])-[{ALPHABET}]{{5,10}}\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ToldAction:
    """What an organisation does, in the family's words."""

    text: str
    organisation: str
    due_on: date
    done: bool


@dataclass(frozen=True, slots=True)
class ToldGoal:
    """What should become different, in the family's words, with what is done for it."""

    text: str
    who: str
    due_on: date | None
    actions: tuple[ToldAction, ...]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What is not in the letter, and why: for the regisseur alone."""

    kind: str
    name: str
    why: str


@dataclass(frozen=True, slots=True)
class Letter:
    """Everything that the family reads."""

    name: str
    address: str
    day: date
    contact: str
    contact_organisation: str
    agreements: tuple[str, ...]
    goals: tuple[ToldGoal, ...]
    others: tuple[ToldAction, ...]
    evaluate_on: date | None


@dataclass
class _Sieve:
    """Lets through what may be told, and remembers what did not come through."""

    strangers: dict[str, str]  # folded name of whom the family's letter does not speak: why
    open_ones: set[UUID]  # organisations that take part for everybody to know
    left_out: list[LeftOut] = field(default_factory=list)

    def out(self, kind: str, name: str, why: str) -> None:
        self.left_out.append(LeftOut(kind, name, why))

    def speaks_of_others(self, text: str) -> str:
        """Why a text can't be told: it names somebody or something that is not the family's. Empty when it can."""
        if REFERENCE.search(text):
            return "In de tekst staat het nummer van een dossier."
        said = f" {fold(text)} "
        return next((why for name, why in self.strangers.items() if f" {name} " in said), "")

    def passes(self, kind: str, name: str, text: str | None, *reasons: str) -> bool:
        why = next((reason for reason in reasons if reason), "") or (
            self.speaks_of_others(text) if text else "Er is geen tekst voor het gezin."
        )
        if why:
            self.out(kind, name, why)
        return not why


def _sieve(head: HouseholdHead, actions: Iterable[Action]) -> _Sieve:
    there = partners_of(head.household)
    open_ones = {one.organisation_id for one in there if not one.hidden}
    told = {a.organisation_id for a in actions if a.family_text and a.organisation_id in open_ones}
    strangers = {
        fold(one.name): "In de tekst staat iemand die nu niet bij het gezin hoort."
        for one in opened(Member).filter(household=head.household, until__isnull=False)
    }
    known = {head.contact, head.contact_organisation, head.regisseur, head.regisseur_organisation}
    known |= {one.name for one in opened(Member).filter(household=head.household, until__isnull=True)}
    # Whoever it is: of who takes part unseen, this reader may not know more than of who does not take part.
    others = [
        *Organisation.objects.exclude(pk__in=told).values_list("name", flat=True),
        *User.objects.exclude(organisation__in=told).values_list("name", flat=True),
    ]
    for name in others:
        if name not in known:
            strangers[fold(name)] = "In de tekst staat een organisatie of persoon van wie het gezin niet weet."
    return _Sieve(strangers, open_ones)


def _told_actions(actions: Iterable[Action], sieve: _Sieve) -> Iterator[tuple[UUID | None, ToldAction]]:
    for action in actions:
        hidden = action.organisation_id not in sieve.open_ones
        passes = sieve.passes(
            "Actie",
            action.text,
            action.family_text,
            "De actie is vervallen." if action.status == ActionStatus.DROPPED else "",
            "Het gezin weet niet dat deze organisatie meedoet." if action.family_text and hidden else "",
        )
        if passes:
            done = action.status not in ACTION_RUNS
            yield action.goal_id, ToldAction(action.family_text or "", action.organisation.name, action.due_on, done)


def _told_goals(goals: Iterable[Goal], sieve: _Sieve) -> Iterator[Goal]:
    for goal in goals:
        gone = goal.member is not None and goal.member.until is not None
        if sieve.passes(
            "Doel",
            goal.title,
            goal.family_text,
            "Het doel is van iemand die nu niet bij het gezin hoort." if gone else "",
            "Het doel loopt niet meer." if goal.status not in GOAL_RUNS else "",
        ):
            yield goal


def _agreements(head: HouseholdHead, sieve: _Sieve) -> Iterator[str]:
    for row in opened(SafetyAgreement).filter(household=head.household, until__isnull=True):
        kept = "" if row.for_family else "U koos dat het gezin dit niet leest."
        if sieve.passes("Veiligheidsafspraak", row.text, row.text, kept):
            yield row.text


def letter(head: HouseholdHead, today: date) -> tuple[Letter, list[LeftOut]]:
    """The letter, and what is not in it; `head` was opened by somebody who reads the whole plan."""
    actions = list(opened(Action).filter(household=head.household).select_related("organisation"))
    sieve = _sieve(head, actions)
    agreements = tuple(_agreements(head, sieve))
    order = [domain.code for domain in domain_list(head).domains]
    rows = opened(Goal).filter(household=head.household).select_related("member")
    goals = list(_told_goals(sorted(rows, key=lambda goal: order.index(goal.domain)), sieve))
    told = list(_told_actions(actions, sieve))
    shown = {goal.pk for goal in goals}
    made = Letter(
        name=head.name,
        address=head.address,
        day=today,
        contact=head.contact,
        contact_organisation=head.contact_organisation,
        agreements=agreements,
        goals=tuple(_with_actions(goal, told) for goal in goals),
        others=tuple(action for goal_id, action in told if goal_id not in shown),
        evaluate_on=head.household.plan.evaluate_on,
    )
    return made, sieve.left_out


def _with_actions(goal: Goal, told: Iterable[tuple[UUID | None, ToldAction]]) -> ToldGoal:
    return ToldGoal(
        text=goal.family_text or "",
        who=goal.member.name if goal.member else "het hele gezin",
        due_on=goal.due_on,
        actions=tuple(action for goal_id, action in told if goal_id == goal.pk),
    )

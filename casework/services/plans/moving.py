"""A goal goes on in the plan of another household, when a family splits or two become one."""

from __future__ import annotations

from datetime import datetime

from casework.circles import goal_part
from casework.models import ACTION_RUNS, Action, ActionStatus, Goal, GoalPartner, GoalStatus, Household, Member, Phase
from casework.services.plans.actions import ActionInput, add_action
from casework.services.plans.concerns import ConcernInput, concern
from casework.services.plans.goals import direct_safety_runs
from casework.services.plans.holding import hold_whole
from casework.services.plans.people import organisations_among, partners_of
from privacy.actor import Actor
from privacy.audit import record
from privacy.errors import Refused

MOVED = "Gaat verder in een ander plan."
COPIED = ("domain", "phase", "title", "baseline", "wished", "result", "family_text", "due_on")


def continue_in(goal: Goal, household: Household, member: Member | None, *, now: datetime, by: Actor) -> Goal:
    """The same goal in the plan of another household, for a member of it; what stood here stays with its readers.

    Its circle goes along as far as those organisations take part there and the profile of the case there allows it;
    so do the actions that run. By who works on the whole of both plans, and after the first access there was given.
    """
    source, target = hold_whole(goal.household, by=by), hold_whole(household, by=by)
    new = Goal(
        dossier=target.dossier,
        compartment=goal_part(target, by.home, now=now, by=by),
        household=target,
        member=member,
        status=GoalStatus.PROPOSED if goal.status == GoalStatus.OPEN else goal.status,
        added_at=now,
        ended_at=goal.ended_at,
        follows=goal.pk,
        **{name: getattr(goal, name) for name in COPIED},
    )
    new.save(force_insert=True)
    if goal.status == GoalStatus.OPEN:
        _go_on(new)
    _circle(goal, new, now, by)
    _actions(goal, new, now, by)
    goal.status, goal.ended_at = GoalStatus.MOVED, now
    goal.save()
    for one, where in ((goal, source), (new, target)):
        record.change("plan.goal_moved", dossier=where.dossier, obj=one, fields=["goals"], by=by)
    return new


def _go_on(goal: Goal) -> None:
    """It was going already: only a recovery goal waits where somebody is in direct danger."""
    if goal.phase != Phase.RECOVERY or not direct_safety_runs(goal.household):
        goal.status = GoalStatus.OPEN
        goal.save()


def _circle(goal: Goal, new: Goal, now: datetime, by: Actor) -> None:
    there = organisations_among(partners_of(new.household))
    for row in GoalPartner.objects.filter(goal=goal, until__isnull=True, organisation__in=there):
        try:
            concern(new, ConcernInput(row.organisation_id, row.ground, row.decision_ref or ""), now=now, by=by)
        except Refused:
            continue


def _actions(goal: Goal, new: Goal, now: datetime, by: Actor) -> None:
    there = {person.user_id for person in partners_of(new.household)}
    for action in Action.objects.filter(goal=goal, status__in=ACTION_RUNS):
        if action.user_id in there:
            given = ActionInput(action.text, action.user_id, action.due_on, action.family_text or "")
            add_action(new.household, given, goal=new, now=now, by=by)
        action.status, action.result, action.ended_at = ActionStatus.DROPPED, MOVED, now
        action.save()

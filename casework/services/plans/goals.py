"""Goals: adding, changing, beginning and ending. Safety first: recovery waits, unless a regisseur decides otherwise."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from casework.circles import goal_part
from casework.models import (
    GOAL_RUNS,
    Action,
    Goal,
    GoalStatus,
    Household,
    HouseholdCase,
    Member,
    Phase,
    PhaseDecision,
)
from casework.plan_files import domains_of
from casework.services.disclosing import check_in_use
from casework.services.plans.actions import ActionInput, add_action
from casework.services.plans.concerns import ConcernInput, concern
from casework.services.plans.holding import fresh_row, hold_whole
from casework.theming import active_theme
from privacy import dossiers
from privacy.access import require
from privacy.actor import Actor
from privacy.audit import record
from privacy.models import AuditEntry, CompartmentKind

WAITS = (
    "Dit hersteldoel kan nog niet beginnen: er loopt een doel voor directe veiligheid. Rond dat eerst af. Kan het niet "
    "wachten? Schrijf dan op waarom."
)
ELSEWHERE = (
    "Het plan van deze persoon loopt in een ander gezin. Zet het doel daar. Klopt dat niet meer? Haal de persoon hier "
    "weg en voeg die opnieuw toe."
)
ENDINGS = (GoalStatus.REACHED, GoalStatus.PARTLY, GoalStatus.MISSED)


@dataclass(frozen=True, slots=True)
class GoalInput:
    """A goal as somebody writes it. `member` None: for the whole household. `why_now`: why recovery can't wait."""

    title: str
    domain: str
    member: UUID | None = None
    due_on: date | None = None
    phase: str = ""
    begun: bool = True
    baseline: str = ""
    wished: str = ""
    family_text: str = ""
    why_now: str = ""


def goes_by_phases(household: Household) -> bool:
    """Whether the goals of this household go by the phases of safety: a case about it has a theme that says so."""
    themes = HouseholdCase.objects.filter(household=household, until__isnull=True).values_list("theme", flat=True)
    return any(active_theme(theme).phased for theme in themes)


def _check(household: Household, given: GoalInput, *, had: str = "") -> None:
    """Raises Refused for what this plan does not know; a goal may keep the phase that it `had`."""
    plan = household.plan
    domains = domains_of(plan.domains, plan.domains_version)
    require(any(domain.code == given.domain for domain in domains.domains), "Kies een leefgebied uit de lijst.")
    phased = goes_by_phases(household)
    require(given.phase in ("", had) or phased, "Dit plan gaat niet in fasen.")
    needed = phased and domains.get(given.domain).phased
    require(bool(given.phase) or not needed, "Kies de fase: eerst directe veiligheid, dan risico's, dan herstel.")


def _member(household: Household, pk: UUID | None) -> Member | None:
    if pk is None:
        return None
    found = Member.objects.filter(household=household, pk=pk, until__isnull=True).first()
    require(found is not None, "Kies iemand die nu bij het gezin hoort, of het hele gezin.")
    require(found is None or found.planned_in_id is None, ELSEWHERE)
    return found


def direct_safety_runs(household: Household, *, but: UUID | None = None) -> bool:
    """Whether a goal for direct safety is not settled yet."""
    running = Goal.objects.filter(household=household, phase=Phase.DIRECT, status__in=GOAL_RUNS)
    return (running.exclude(pk=but) if but else running).exists()


def _check_new(household: Household, given: GoalInput) -> None:
    """A double click, or two people at once, make one goal."""
    check_in_use(household.dossier_id)
    same = Goal.objects.filter(household=household, status__in=GOAL_RUNS, domain=given.domain, member=given.member)
    require(all(goal.title != given.title for goal in same), "Dit doel staat al in het plan.")


def _write(goal: Goal, given: GoalInput) -> None:
    goal.domain, goal.phase, goal.due_on, goal.title = given.domain, given.phase, given.due_on, given.title
    goal.baseline, goal.wished = given.baseline or None, given.wished or None
    goal.family_text = given.family_text or None


def _begin(goal: Goal, household: Household, why_now: str, now: datetime, by: Actor) -> None:
    """Sets the goal going; a recovery goal only after direct safety, or with a decision that says why not."""
    if goal.phase == Phase.RECOVERY and direct_safety_runs(household, but=goal.pk):
        require(bool(why_now), WAITS)
        decision = PhaseDecision(
            dossier=household.dossier,
            compartment=dossiers.part(household.dossier, CompartmentKind.REGIE),
            goal=goal,
            reason=why_now,
            decided_by_id=by.user_id,
            decided_at=now,
        )
        decision.save(force_insert=True)
        record.change("plan.phase_decided", dossier=household.dossier, obj=decision, fields=["phase"], by=by)
    goal.status = GoalStatus.OPEN
    goal.save()


def add_goal(
    household: Household,
    given: GoalInput,
    *,
    concerns: tuple[ConcernInput, ...] = (),
    actions: tuple[ActionInput, ...] = (),
    now: datetime,
    by: Actor,
) -> Goal:
    """A new goal with whom it concerns and its first actions: all of it, or nothing."""
    household = hold_whole(household, by=by)
    _check(household, given)
    _check_new(household, given)
    goal = Goal(
        dossier=household.dossier,
        compartment=goal_part(household, by.home, now=now, by=by),
        household=household,
        member=_member(household, given.member),
        status=GoalStatus.PROPOSED,
        added_at=now,
    )
    _write(goal, given)
    goal.save(force_insert=True)
    if given.begun:
        _begin(goal, household, given.why_now, now, by)
    record.change(
        "plan.goal_added", dossier=household.dossier, obj=goal, fields=["goals"], action=AuditEntry.Action.CREATE, by=by
    )
    for one in concerns:
        concern(goal, one, now=now, by=by)
    for action in actions:
        add_action(household, action, goal=goal, now=now, by=by)
    return goal


def _running(goal: Goal, seen: int | None) -> Goal:
    locked = fresh_row(Goal.objects.select_related("dossier", "compartment__dossier"), goal, seen)
    require(locked.status in GOAL_RUNS, "Dit doel is al afgerond.")
    return locked


def change_goal(goal: Goal, given: GoalInput, *, seen: int, now: datetime, by: Actor) -> Goal:
    """Changes a running goal; raises Changed when a colleague did since it was shown."""
    household = hold_whole(goal.household, by=by)
    locked = _running(goal, seen)
    _check(household, given, had=locked.phase)
    was_going = locked.status == GoalStatus.OPEN and locked.phase == given.phase
    if locked.member_id != given.member:
        locked.member = _member(household, given.member)
    _write(locked, given)
    if given.begun and not was_going:
        _begin(locked, household, given.why_now, now, by)
    else:
        locked.status = GoalStatus.OPEN if given.begun else GoalStatus.PROPOSED
        locked.save()
    record.change("plan.goal_changed", dossier=household.dossier, obj=locked, fields=["goals"], by=by)
    return locked


def end_goal(goal: Goal, how: GoalStatus, result: str, *, seen: int, now: datetime, by: Actor) -> Goal:
    """Reached, partly reached or missed, with what came of it. Its actions must be settled first."""
    household = hold_whole(goal.household, by=by)
    require(how in ENDINGS, "Kies of het doel is gehaald.")
    locked = _running(goal, seen)
    open_ones = Action.objects.filter(goal=locked, ended_at__isnull=True).count()
    require(
        not open_ones,
        f"Er {'staat nog 1 actie' if open_ones == 1 else f'staan nog {open_ones} acties'} open bij dit doel. "
        "Meld die eerst klaar, of laat ze vervallen.",
    )
    locked.status, locked.result, locked.ended_at = how, result or None, now
    locked.save()
    record.change("plan.goal_ended", dossier=household.dossier, obj=locked, fields=["status"], by=by)
    return locked

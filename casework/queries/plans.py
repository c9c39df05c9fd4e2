"""What a reader sees of a plan: as far as its keys reach, and nothing that says there is more."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from casework.models import (
    ACTION_RUNS,
    GOAL_RUNS,
    Action,
    ActionStatus,
    Goal,
    GoalPartner,
    Phase,
    PhaseDecision,
    Plan,
    PlanLink,
    SafetyAgreement,
)
from casework.plan_files import DomainList, LifeDomain, domains_of
from casework.queries.households import HouseholdHead
from privacy.access import opened
from privacy.actor import Actor
from privacy.unlock import unlock

EVERYBODY = "Het hele gezin"


@dataclass(frozen=True, slots=True)
class ActionRow:
    """Who does what by when."""

    pk: UUID
    text: str
    owner: str
    organisation: str
    due_on: date
    late: bool
    status: str
    status_label: str
    result: str
    runs: bool
    reports: bool
    version: int


@dataclass(frozen=True, slots=True)
class GoalRow:
    """What should become different, and how it stands. `concerns`: for who works on the whole plan."""

    pk: UUID
    title: str
    who: str
    gone: bool
    baseline: str
    wished: str
    result: str
    due_on: date | None
    late: bool
    phase: str
    phase_label: str
    status: str
    status_label: str
    runs: bool
    told: bool
    concerns: tuple[str, ...]
    why_now: tuple[str, ...]
    actions: tuple[ActionRow, ...]


@dataclass(frozen=True, slots=True)
class DomainRow:
    """A life domain with its goals."""

    code: str
    label: str
    goals: tuple[GoalRow, ...]


@dataclass(frozen=True, slots=True)
class AgreementRow:
    """What is agreed for everybody's safety."""

    pk: UUID
    text: str
    watches: str
    check_on: date | None
    late: bool
    for_family: bool
    since: datetime
    until: datetime | None
    ended_because: str


@dataclass(frozen=True, slots=True)
class LinkRow:
    """A plan that is linked with this one: its number, and why."""

    pk: UUID
    reference: str
    circle: str
    depends: str
    needed: str
    since: datetime
    review_on: date | None
    until: datetime | None
    ended_because: str


@dataclass(frozen=True, slots=True)
class PlanPage:
    """The plan as far as this reader holds its keys. `phase` and `unused`: for who works on the whole."""

    agreements: tuple[AgreementRow, ...]
    ended_agreements: tuple[AgreementRow, ...]
    domains: tuple[DomainRow, ...]
    loose: tuple[ActionRow, ...]
    unused: tuple[LifeDomain, ...]
    phase: str
    phases: tuple[str, ...]
    evaluate_on: date | None
    evaluation_late: bool
    links: tuple[LinkRow, ...]

    @property
    def late(self) -> list[ActionRow]:
        """The actions that should have been done, the oldest first."""
        every = [action for domain in self.domains for goal in domain.goals for action in goal.actions]
        return sorted((one for one in (*every, *self.loose) if one.late), key=lambda one: one.due_on)

    @property
    def unchecked(self) -> list[AgreementRow]:
        """The safety agreements that nobody looked at in time."""
        return [one for one in self.agreements if one.late]


def domain_list(head: HouseholdHead) -> DomainList:
    """The life domains in the version that this plan began with."""
    plan = _plan(head)
    return domains_of(plan.domains, plan.domains_version)


def _plan(head: HouseholdHead) -> Plan:
    return opened(Plan).get(household=head.household)


def action_row(action: Action, head: HouseholdHead, today: date, by: Actor) -> ActionRow:
    """One action, and whether this reader says how it stands."""
    runs = action.status in ACTION_RUNS
    return ActionRow(
        pk=action.pk,
        text=action.text,
        owner=action.user.name,
        organisation=action.organisation.name,
        due_on=action.due_on,
        late=runs and action.due_on < today,
        status=action.status,
        status_label=ActionStatus(action.status).label,
        result=action.result or "",
        runs=runs,
        reports=runs and head.open and (head.whole or action.organisation_id == by.home),
        version=action.version,
    )


def _concerned(head: HouseholdHead) -> dict[UUID, list[str]]:
    """Whom each goal concerns; only for who works on the whole, so that no partner learns of another."""
    found: dict[UUID, list[str]] = defaultdict(list)
    if head.whole:
        rows = opened(GoalPartner).filter(dossier=head.dossier_id, until__isnull=True).select_related("organisation")
        for row in rows.order_by("organisation__name"):
            found[row.goal_id].append(row.organisation.name)
    return found


def _reasons(head: HouseholdHead) -> dict[UUID, list[str]]:
    found: dict[UUID, list[str]] = defaultdict(list)
    for row in opened(PhaseDecision).filter(dossier=head.dossier_id).order_by("decided_at"):
        found[row.goal_id].append(row.reason)
    return found


def _goal_row(
    goal: Goal, actions: Iterable[ActionRow], concerns: Iterable[str], why_now: Iterable[str], today: date
) -> GoalRow:
    runs = goal.status in GOAL_RUNS
    return GoalRow(
        pk=goal.pk,
        title=goal.title,
        who=goal.member.name if goal.member else EVERYBODY,
        gone=bool(goal.member and goal.member.until),
        baseline=goal.baseline or "",
        wished=goal.wished or "",
        result=goal.result or "",
        due_on=goal.due_on,
        late=bool(runs and goal.due_on and goal.due_on < today),
        phase=goal.phase,
        phase_label=goal.get_phase_display(),
        status=goal.status,
        status_label=goal.get_status_display(),
        runs=runs,
        told=bool(goal.family_text),
        concerns=tuple(concerns),
        why_now=tuple(why_now),
        actions=tuple(actions),
    )


def _step(goal: GoalRow) -> int:
    """Safety first: where the phase of a goal comes; goals without a phase after them."""
    return list(Phase.values).index(goal.phase) if goal.phase else len(Phase)


def goal_rows(head: HouseholdHead, today: date, by: Actor) -> tuple[list[tuple[str, GoalRow]], list[ActionRow]]:
    """The goals that this reader holds, each with its domain and actions; and the actions of no goal it holds."""
    goals = list(opened(Goal).filter(household=head.household).select_related("member"))
    under: dict[UUID | None, list[ActionRow]] = defaultdict(list)
    known = {goal.pk for goal in goals}
    for action in opened(Action).filter(household=head.household).select_related("user", "organisation"):
        under[action.goal_id if action.goal_id in known else None].append(action_row(action, head, today, by))
    concerns, reasons = _concerned(head), _reasons(head)
    rows = [(g.domain, _goal_row(g, under[g.pk], concerns[g.pk], reasons[g.pk], today)) for g in goals]
    return sorted(rows, key=lambda row: (not row[1].runs, _step(row[1]))), under[None]


def agreements_of(head: HouseholdHead, today: date) -> list[AgreementRow]:
    """All safety agreements, also the ended ones."""
    return [
        AgreementRow(
            pk=row.pk,
            text=row.text,
            watches=row.watches or "",
            check_on=row.check_on,
            late=bool(row.until is None and row.check_on and row.check_on < today),
            for_family=row.for_family,
            since=row.since,
            until=row.until,
            ended_because=row.ended_because or "",
        )
        for row in opened(SafetyAgreement).filter(household=head.household)
    ]


def links_of(head: HouseholdHead, *, by: Actor) -> list[LinkRow]:
    """The plans that are linked with this one, named in the log; empty for who does not read the whole."""
    rows = list(opened(PlanLink).filter(household=head.household))
    if rows:
        unlock([], event="list", also_seen=[(row.other_id, row.reference) for row in rows], by=by)
    return [
        LinkRow(
            row.pk, row.reference, row.circle, row.depends, row.needed, row.since, row.review_on, row.until,
            row.ended_because or "",
        )
        for row in rows
    ]  # fmt: skip


def _phase(goals: Iterable[GoalRow]) -> tuple[str, tuple[str, ...]]:
    """The first phase in which a goal still runs, and the phases in order; nothing where no goal has one."""
    phased = [goal for goal in goals if goal.phase]
    if not phased:
        return "", ()
    running = {goal.phase for goal in phased if goal.runs}
    now = next((phase for phase in Phase if phase.value in running), Phase.RECOVERY)
    return now.label, tuple(phase.label for phase in Phase)


def plan_page(head: HouseholdHead, today: date, *, by: Actor) -> PlanPage:
    """The page of the plan; `head` was opened and logged."""
    plan = _plan(head)
    domains = domains_of(plan.domains, plan.domains_version).domains
    goals, loose = goal_rows(head, today, by)
    per_domain: dict[str, list[GoalRow]] = defaultdict(list)
    for code, goal in goals:
        per_domain[code].append(goal)
    agreements = agreements_of(head, today)
    phase, phases = _phase([goal for _, goal in goals]) if head.whole else ("", ())
    return PlanPage(
        agreements=tuple(row for row in agreements if row.until is None),
        ended_agreements=tuple(row for row in agreements if row.until is not None),
        domains=tuple(DomainRow(d.code, d.label, tuple(per_domain[d.code])) for d in domains if per_domain[d.code]),
        loose=tuple(loose),
        unused=tuple(d for d in domains if not per_domain[d.code]) if head.whole else (),
        phase=phase,
        phases=phases,
        evaluate_on=plan.evaluate_on,
        evaluation_late=bool(plan.evaluate_on and plan.evaluate_on < today),
        links=tuple(links_of(head, by=by)),
    )

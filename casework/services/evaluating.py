"""Evaluating the plan of a household, on the way and at its end, and what remains of the outcome as counts."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone

from casework.counting import count
from casework.models import (
    GOAL_RUNS,
    CaseSignal,
    Evaluation,
    Goal,
    GoalStatus,
    Household,
    HouseholdCase,
    HouseholdStatus,
    Outcome,
    Plan,
)
from casework.plan_files import domains_of
from casework.values import EvaluationInput
from privacy import dossiers, grants
from privacy.access import require
from privacy.actor import Actor
from privacy.audit import record
from privacy.models import AuditEntry, CompartmentKind, Dossier

OPEN = "open"  # what a goal counts as that has no end yet


@dataclass(frozen=True, slots=True)
class DomainCount:
    """What came of the goals of one life domain."""

    code: str
    label: str
    reached: int
    partly: int
    missed: int
    open: int


def _ended(household: Household) -> Counter[tuple[str, str]]:
    """How many goals of a life domain ended how; goals that moved count where they are."""
    rows = Goal.objects.filter(household=household).exclude(status=GoalStatus.MOVED)
    ended = rows.values_list("domain", "status")
    return Counter((domain, OPEN if status in GOAL_RUNS else status) for domain, status in ended)


def goal_counts(household: Household) -> list[DomainCount]:
    """What came of the goals by life domain, as far as the actor reads them."""
    found = _ended(household)
    plan = Plan.objects.get(household=household)
    listed = domains_of(plan.domains, plan.domains_version).domains
    used = {domain for domain, _ in found}
    return [
        DomainCount(
            domain.code,
            domain.label,
            found[domain.code, "reached"],
            found[domain.code, "partly"],
            found[domain.code, "missed"],
            found[domain.code, OPEN],
        )
        for domain in listed
        if domain.code in used
    ]


@dataclass(frozen=True, slots=True)
class SignalCount:
    """How many signals came before the plan began, and since."""

    before: int
    after: int


def signal_counts(household: Household, *, by: Actor) -> SignalCount | None:
    """Signals in the cases about this household before and after it was put on record.

    None for who does not direct all these cases: a part of the signals would be a wrong number.
    """
    links = HouseholdCase.objects.filter(household=household, until__isnull=True)
    cases = set(links.values_list("case_dossier", flat=True))
    directed = grants.valid(by).filter(content_object__in=cases, directs=True)
    if not cases or set(directed.values_list("content_object", flat=True)) != cases:
        return None
    bundled = CaseSignal.objects.filter(dossier__in=cases, compartment__kind=CompartmentKind.REGIE)
    came = list(Dossier.objects.filter(pk__in=bundled.values("signal_dossier")).values_list("sort_at", flat=True))
    before = sum(at < household.opened_at for at in came)
    return SignalCount(before, len(came) - before)


def evaluate(household: Household, given: EvaluationInput, *, now: datetime, by: Actor) -> Evaluation:
    """An evaluation on the way; it says when the next one is due. One a day."""
    dossiers.one_at_a_time(household.dossier_id)
    status = Household.objects.filter(pk=household.pk).values_list("status", flat=True).first()
    require(status == HouseholdStatus.ACTIVE, "Dit plan is afgesloten en afgeschermd.")
    today = timezone.localdate(now)
    require(
        given.next_on is not None and given.next_on > today, "Kies een datum na vandaag voor de volgende evaluatie."
    )
    there = Evaluation.objects.filter(household=household, evaluated_on=today)
    require(
        not there.exists(), "Vandaag is dit plan al geëvalueerd, misschien door een collega. Lees die evaluatie eerst."
    )
    made = keep(household, given, closing=False, now=now, by=by)
    plan = Plan.objects.get(household=household)
    plan.evaluate_on = given.next_on
    plan.save(update_fields=["evaluate_on"])
    return made


def keep(household: Household, given: EvaluationInput, *, closing: bool, now: datetime, by: Actor) -> Evaluation:
    """Keeps what was judged beside what is counted at this moment. Part of the act that evaluates or closes."""
    signals = signal_counts(household, by=by)
    made = Evaluation(
        dossier=household.dossier,
        compartment=dossiers.part(household.dossier, CompartmentKind.REGIE),
        household=household,
        closing=closing,
        evaluated_on=timezone.localdate(now),
        made_by_id=by.user_id,
        at=now,
        goals=[
            {"domain": row.code, "reached": row.reached, "partly": row.partly, "missed": row.missed, OPEN: row.open}
            for row in goal_counts(household)
        ],
        goal_words=given.goal_words or None,
        nuisance={
            "months": given.months,
            "before": given.before,
            "after": given.after,
            "signals_before": signals.before if signals else None,
            "signals_after": signals.after if signals else None,
        },
        nuisance_words=given.nuisance_words or None,
        worked=given.worked,
        not_worked=given.not_worked or None,
        family=given.family,
        family_words=given.family_words or None,
    )
    made.save(force_insert=True)
    record.change("household.evaluated", dossier=household.dossier, obj=made, action=AuditEntry.Action.CREATE, by=by)
    return made


def count_outcomes(household: Household, theme: str, on: date) -> None:
    """What came of each goal goes to the counts that stay when the household is shielded."""
    for (domain, outcome), goals in _ended(household).items():
        count(Outcome, goals, theme=theme, domain=domain, outcome=outcome, month=on.replace(day=1))


def closes_with(household: Household, case_dossier_id: UUID) -> bool:
    """Whether no other open case is about this household: it ends with this one."""
    others = HouseholdCase.objects.filter(household=household, until__isnull=True)
    return not others.exclude(case_dossier=case_dossier_id).exists()

"""A second case about the same household comes to the one plan: by who directs both, or by asking for it."""

from __future__ import annotations

from datetime import datetime, timedelta

from casework.models import (
    AccessRequest,
    Case,
    Household,
    HouseholdCase,
    HouseholdStep,
    RequestArrival,
    RequestState,
)
from casework.services import asking
from casework.services.households import admit_all, admit_through, decide, link, tie
from casework.services.members import hold
from casework.services.moving import hold_cases, people_hear
from privacy.access import require, require_regie, visible
from privacy.actor import Actor
from privacy.audit import record
from privacy.models import AuditEntry, Dossier

CLOSED = "De casus die wilde aansluiten, is intussen gesloten."
LINKED = "Deze casus hoort al bij dit gezin."
LASTS = timedelta(days=30)


def join(household: Household, case: Case, reason: str, *, now: datetime, by: Actor) -> None:
    """Ties a case to a plan, by who directs both. `case` was locked by `cases.lock_open`.

    A casusregisseur of the case itself makes way for the one of the household.
    """
    require_regie(case, by=by)
    household = hold(household)
    require_regie(household, by=by)
    there = HouseholdCase.objects.filter(household=household, case_dossier=case.dossier_id, until__isnull=True)
    require(not there.exists(), LINKED)
    link(household, case, now=now, by=by)
    admit_all(household, case, now=now, by=by)
    _linked(household, case.dossier, reason, now=now, by=by)


def _linked(household: Household, of_case: Dossier, reason: str, *, now: datetime, by: Actor) -> None:
    decide(household, HouseholdStep.LINKED, reason, about=of_case.pk, now=now, by=by)
    record.change(
        "household.linked",
        dossier=household.dossier,
        obj=household,
        fields=["cases"],
        action=AuditEntry.Action.UPDATE,
        by=by,
    )
    people_hear(household, now=now, by=by)


def ask(number: str, case: Case, reason: str, *, now: datetime, by: Actor) -> AccessRequest:
    """Asks whether a case may join a household's plan; the same whatever the number is: who asks learns of none."""
    require_regie(case, by=by)
    until = (now + LASTS).date()
    return asking.ask(number, reason, until, from_case=case.dossier.reference, now=now, by=by)


def _arrival(request: AccessRequest, household: Household, by: Actor) -> RequestArrival:
    require_regie(household, by=by)
    rows = visible(RequestArrival, by=by).filter(request=request, about=household.dossier_id, joining__isnull=False)
    arrival = rows.first()
    require(arrival is not None and arrival.decided_at is None, asking.DECIDED)
    assert arrival is not None
    return arrival


def accept(request: AccessRequest, household: Household, reason: str, *, now: datetime, by: Actor) -> None:
    """Yes: the case comes to the plan with who directs its table and who takes part; the casusregisseur stays."""
    fresh = asking.hold(request, now)
    running = hold_cases(household)
    household = hold(household)
    arrival = _arrival(fresh, household, by)
    require(arrival.joining_id in running, CLOSED)
    via = Dossier(id=arrival.joining_id, table_id=arrival.table_id, theme=arrival.theme)
    assert via.table_id is not None
    asking.answer(fresh, arrival, RequestState.GIVEN, reason, now=now, by=by)
    require(fresh.state == RequestState.GIVEN, asking.DECIDED)  # who asked may be kept away meanwhile
    tie(household, via, now=now, by=by)
    admit_through(household, via.pk, now=now, by=by)
    _linked(household, via, reason, now=now, by=by)


def refuse(request: AccessRequest, household: Household, reason: str, *, now: datetime, by: Actor) -> None:
    """No, with a reason that who asked reads."""
    fresh = asking.hold(request, now)
    arrival = _arrival(fresh, household, by)
    asking.answer(fresh, arrival, RequestState.REFUSED, reason, now=now, by=by)
    record.change("access.refused", dossier=household.dossier, obj=fresh, fields=["answer", "state"], by=by)

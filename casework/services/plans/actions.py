"""Actions: one owner each, in the line of the owner's organisation, where no other partner reads."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from casework.circles import works_on_whole
from casework.models import ACTION_RUNS, Action, ActionStatus, Goal, GoalPartner, GoalStatus, Household
from casework.normalise import fold
from casework.services.disclosing import check_in_use
from casework.services.plans.holding import fresh_row, hold, hold_whole
from casework.services.plans.people import line_for, partners_of
from partners.notices import tell
from privacy import dossiers, grants
from privacy.access import require
from privacy.actor import Actor
from privacy.audit import record
from privacy.models import AuditEntry, Compartment, CompartmentKind

OVER = "Deze actie is al afgerond."
QUOTE = 3  # words: shorter titles are everyday speech


@dataclass(frozen=True, slots=True)
class ActionInput:
    """Who does what by when. `family_text` is how the family reads it; empty: not told."""

    text: str
    user: UUID
    due_on: date
    family_text: str = ""


def _own(household: Household, goal: Goal | None, by: Actor) -> Compartment:
    """A partner takes an action of its own upon itself, at a goal that concerns it."""
    line = dossiers.part(household.dossier, CompartmentKind.LIAISON, by.home)
    require(
        grants.valid(by).filter(compartment=line.pk, may_write=True).exists(),
        "Alleen wie meedoet aan een casus over dit gezin, kan een actie toevoegen.",
    )
    require(goal is not None, "Kies bij welk doel deze actie hoort.")
    return line


def _line_of(
    household: Household, user: UUID, *, organisation: UUID | None = None, now: datetime, by: Actor
) -> Compartment:
    """The line of the person who gets an action; raises Refused for who does not take part."""
    there = [person for person in partners_of(household) if person.user_id == user]
    require(bool(there), "Kies iemand die nu meedoet aan een casus over dit gezin.")
    require(
        organisation in (None, there[0].organisation_id),
        "Een actie blijft bij dezelfde organisatie. Laat deze vervallen en maak een nieuwe voor de andere organisatie.",
    )
    return line_for(household, there, now=now, by=by)


def _check_quotes(household: Household, text: str, organisation_id: UUID) -> None:
    """An action is read by the whole organisation that does it: it must not tell of a goal that is kept from it."""
    concerned = GoalPartner.objects.filter(organisation=organisation_id, until__isnull=True).values("goal")
    said = f" {fold(text)} "
    for goal in Goal.objects.filter(household=household).exclude(pk__in=concerned):
        title = fold(goal.title)
        require(
            len(title.split()) < QUOTE or f" {title} " not in said,
            "In de actie staat de tekst van een doel dat deze organisatie niet ziet. Schrijf alleen op wat er moet "
            "gebeuren, of laat eerst zien dat het doel deze organisatie aangaat.",
        )


def _check_new(household: Household, goal: Goal | None, given: ActionInput) -> None:
    """A double click, or two people at once, make one action."""
    check_in_use(household.dossier_id)
    same = Action.objects.filter(
        household=household, goal=goal, user=given.user, due_on=given.due_on, status__in=ACTION_RUNS
    )
    require(all(action.text != given.text for action in same), "Deze actie staat al in het plan.")


def add_action(
    household: Household, given: ActionInput, *, goal: Goal | None = None, now: datetime, by: Actor
) -> Action:
    """A new action. The regie gives one to any participant; a partner only to itself, at a goal that it reads."""
    household = hold(household)
    whole = works_on_whole(household, by=by)
    require(whole or given.user == by.user_id, "U kunt alleen een actie voor uzelf toevoegen.")
    line = _line_of(household, given.user, now=now, by=by) if whole else _own(household, goal, by)
    assert line.organisation_id is not None
    require(goal is None or goal.status in (GoalStatus.PROPOSED, GoalStatus.OPEN), "Dit doel is al afgerond.")
    if whole:
        _check_quotes(household, given.text, line.organisation_id)
    _check_new(household, goal, given)
    action = Action(
        dossier=household.dossier,
        compartment=line,
        household=household,
        goal=goal,
        organisation_id=line.organisation_id,
        user_id=given.user,
        text=given.text,
        family_text=given.family_text or None,
        due_on=given.due_on,
        added_at=now,
    )
    action.save(force_insert=True)
    record.change(
        "plan.action_added",
        dossier=household.dossier,
        obj=action,
        fields=["actions"],
        action=AuditEntry.Action.CREATE,
        by=by,
    )
    tell({given.user} - {by.user_id}, about=household.dossier_id)
    return action


def _running(action: Action, seen: int | None) -> Action:
    locked = fresh_row(Action.objects.select_related("dossier"), action, seen)
    require(locked.status in ACTION_RUNS, OVER)
    return locked


def change_action(action: Action, given: ActionInput, *, seen: int, now: datetime, by: Actor) -> Action:
    """The regie changes a running action; it stays with its organisation."""
    household = hold_whole(action.household, by=by)
    locked = _running(action, seen)
    _line_of(household, given.user, organisation=locked.organisation_id, now=now, by=by)
    _check_quotes(household, given.text, locked.organisation_id)
    told = {given.user} - {locked.user_id, by.user_id}
    locked.text, locked.family_text, locked.due_on = given.text, given.family_text or None, given.due_on
    locked.user_id = given.user
    locked.save()
    record.change("plan.action_changed", dossier=household.dossier, obj=locked, fields=["actions"], by=by)
    tell(told, about=household.dossier_id)
    return locked


def report(
    action: Action, status: ActionStatus, result: str, *, seen: int | None = None, now: datetime, by: Actor
) -> Action:
    """How it stands: busy or done by the owner's organisation or the regie; only the regie drops an action."""
    household = hold(action.household)
    locked = _running(action, seen)
    whole = works_on_whole(household, by=by)
    require(whole or locked.organisation_id == by.home, "Alleen wie de actie doet, kan dit melden.")
    require(whole or status != ActionStatus.DROPPED, "Alleen de regie laat een actie vervallen. Neem contact op.")
    require(status != ActionStatus.DROPPED or bool(result), "Schrijf op waarom de actie vervalt.")
    locked.status, locked.result = status, result or locked.result
    locked.ended_at = None if status in ACTION_RUNS else now
    locked.save()
    record.change("plan.action_reported", dossier=household.dossier, obj=locked, fields=["status"], by=by)
    return locked

"""Actions agreed at the table, afterwards: how they stand, handing on, dropping, and a case that closes."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from casework.models import ACTION_RUNS, ActionStatus, Case, ItemSeat, TableAction
from casework.services import cases
from casework.services.disclosing import taking_part
from casework.services.locking import GONE
from partners.models import Seat, User
from partners.notices import tell
from privacy import exclusions, grants
from privacy.access import require
from privacy.actor import Actor
from privacy.audit import record
from privacy.grants import Because
from privacy.models import CompartmentKind
from privacy.roles import Role

GROUND = "actie uit het overleg"
OVER = "Deze actie is al afgerond."
CASE_CLOSED = "De casus is gesloten."


def _running(action: TableAction) -> TableAction:
    rows = TableAction.objects.select_for_update(of=("self",)).select_related("dossier", "compartment__dossier")
    found = rows.filter(pk=action.pk).first()
    require(found is not None, GONE)
    assert found is not None
    require(found.status in ACTION_RUNS, OVER)
    return found


def _save(action: TableAction, status: ActionStatus, result: str, now: datetime) -> None:
    action.status, action.result, action.changed_at = status, result or action.result, now
    action.ended_at = None if status in ACTION_RUNS else now
    action.save(update_fields=["status", "result", "changed_at", "ended_at"])


def report(action: TableAction, status: ActionStatus, result: str, *, now: datetime, by: Actor) -> TableAction:
    """How it stands, by who does it: busy, or done with what came of it."""
    locked = _running(action)
    require(locked.user_id == by.user_id, "Alleen wie de actie doet, kan dit melden.")
    require(status != ActionStatus.DROPPED, "Alleen de regie laat een actie vervallen. Neem contact op.")
    require(status != ActionStatus.DONE or bool(result), "Schrijf kort op wat het resultaat is.")
    _save(locked, status, result, now)
    record.change("tableaction.reported", dossier=locked.dossier, obj=locked, fields=["status"], by=by)
    return locked


def drop(action: TableAction, reason: str, *, now: datetime, by: Actor) -> TableAction:
    """The regie decides that it is not done, and says why to who had it."""
    cases.lock_open(action.case, by=by)
    require(bool(reason.strip()), "Schrijf op waarom de actie vervalt.")
    locked = _running(action)
    _save(locked, ActionStatus.DROPPED, reason, now)
    record.change("tableaction.dropped", dossier=locked.dossier, obj=locked, fields=["status"], by=by)
    tell({locked.user_id} - {by.user_id}, about=locked.dossier_id)
    return locked


def may_have(action: TableAction, now: datetime) -> QuerySet[User]:
    """Who may get it: who takes part for everybody to know, who sat at the item, and who directs; with a seat now."""
    seats = Seat.objects.valid_at(now).filter(table=action.case.table_id)
    directing = seats.filter(role=Role.PROCESREGISSEUR).values("user_id")
    there = taking_part(action.case).filter(compartment__kind=CompartmentKind.TABLE).values("user_id")
    sat = ItemSeat.objects.filter(item=action.item_id, user__in=seats.values("user_id")).values("user_id")
    found = User.objects.filter(Q(pk__in=there) | Q(pk__in=sat) | Q(pk__in=directing), is_active=True)
    return found.exclude(pk__in=exclusions.standing(action.dossier_id).values("user")).select_related("organisation")


def hand_on(action: TableAction, to: UUID, due_on: date, *, now: datetime, by: Actor) -> TableAction:
    """Gives it to somebody else, or another day to the same person; who had it does not read it any more."""
    cases.lock_open(action.case, by=by)
    locked = _running(action)
    user = may_have(locked, now).filter(pk=to).first()
    require(user is not None, "Kies iemand die meedoet aan de casus of bij dit punt zat.")
    assert user is not None
    before = locked.user_id
    locked.user, locked.organisation, locked.due_on, locked.changed_at = user, user.organisation, due_on, now
    locked.save(update_fields=["user", "organisation", "due_on", "changed_at"])
    if before != to:
        grants.end(locked.key, dossier_id=locked.dossier_id, person=before, by=by)
        grants.give([locked.compartment], to=[to], level="contribute", because=Because(GROUND, locked.key), by=by)
    record.change("tableaction.handed_on", dossier=locked.dossier, obj=locked, fields=["due_on", "user"], by=by)
    tell({to, before} - {by.user_id}, about=locked.dossier_id)
    return locked


def case_closes(case: Case, *, now: datetime, by: Actor) -> None:
    """What was agreed at the table about a case that closes is not done any more: part of closing it."""
    running = TableAction.objects.select_for_update(of=("self",)).filter(case=case, status__in=ACTION_RUNS)
    for action in running.select_related("dossier"):
        _save(action, ActionStatus.DROPPED, CASE_CLOSED, now)
        record.change("tableaction.dropped", dossier=action.dossier, obj=action, fields=["status"], by=by)

"""The reader's own actions: what to do, for which household, by when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.dateformat import format as in_words
from django.utils.dateparse import parse_date

from casework.models import ACTION_RUNS, Action, ActionStatus, HouseholdFace
from casework.queries.worklists import Listed
from casework.worklists import PAGE, SOON, Wish
from partners.todo import in_days
from privacy import grants
from privacy.access import COUNTED, open_one, opened, visible
from privacy.actor import Actor
from privacy.models import CompartmentKind, DossierKind
from privacy.unlock import unlock

ENDED = (ActionStatus.DONE, ActionStatus.DROPPED)
NEAR = 3  # days


@dataclass(frozen=True, slots=True)
class ActionLine:
    """An action of the reader, with the household that it is for."""

    pk: UUID
    household: UUID
    reference: str
    name: str
    text: str
    result: str
    due: date
    when: str
    exact: str
    state: str
    status: str
    status_label: str
    runs: bool


def _own(by: Actor) -> QuerySet[Action]:
    return visible(Action, by=by).filter(user=by.user_id)


def _wanted(wish: Wish, today: date, by: Actor) -> QuerySet[Action]:
    states = {"klaar": ENDED, "todo": (ActionStatus.TODO,), "doing": (ActionStatus.DOING,)}
    rows = _own(by).filter(status__in=states.get(wish.get("stand"), ACTION_RUNS))
    terms = {
        "te_laat": Q(due_on__lt=today),
        "week": Q(due_on__gte=today, due_on__lte=today + SOON),
        "later": Q(due_on__gt=today + SOON),
    }
    if wish.get("termijn"):
        rows = rows.filter(terms[wish.get("termijn")])
    if wish.table_id or wish.get("thema"):
        held = grants.valid(by).filter(kind=DossierKind.HOUSEHOLD, part=CompartmentKind.COVER)
        held = held.filter(table_id=wish.table_id) if wish.table_id else held
        held = held.filter(theme=wish.get("thema")) if wish.get("thema") else held
        rows = rows.filter(dossier__in=held.values("content_object"))
    return rows


def _behind(rows: QuerySet[Action], after: str, *, last_first: bool) -> QuerySet[Action]:
    """What comes after the row where the page before ended: its day, then its key."""
    day, _, key = after.partition("_")
    found = _day(day)
    if found is None:
        return rows
    try:
        pk = UUID(key)
    except ValueError:
        return rows
    if last_first:
        return rows.filter(Q(due_on__lt=found) | Q(due_on=found, pk__lt=pk))
    return rows.filter(Q(due_on__gt=found) | Q(due_on=found, pk__gt=pk))


def _day(text: str) -> date | None:
    try:
        return parse_date(text)
    except ValueError:
        return None


def actions(wish: Wish, today: date, *, after: str = "", by: Actor) -> Listed:
    """The reader's own actions in order of their day; logged as a list before it is shown."""
    last_first = wish.order == "laatst"
    wanted = _wanted(wish, today, by)
    order = ("-due_on", "-pk") if last_first else ("due_on", "pk")
    rows = list(_behind(wanted, after, last_first=last_first).order_by(*order).select_related("dossier")[: PAGE + 1])
    shown = rows[:PAGE]
    seen = {row.dossier_id: row.dossier.reference for row in shown}
    parts = [CompartmentKind.TABLE, CompartmentKind.LIAISON]
    unlock(seen, event="list", parts=parts, also_seen=seen.items(), by=by)
    last = shown[-1] if len(rows) > PAGE else None
    older = f"{last.due_on.isoformat()}_{last.pk}" if last else ""
    return Listed(_lines(shown, today), wanted[: COUNTED + 1].count(), older)


def _lines(rows: Iterable[Action], today: date) -> list[ActionLine]:
    faces = {face.household_id: face.name for face in opened(HouseholdFace)}
    return [_line(row, faces.get(row.household_id, ""), today) for row in rows]


def _line(row: Action, name: str, today: date) -> ActionLine:
    days, runs = (row.due_on - today).days, row.status in ACTION_RUNS
    return ActionLine(
        pk=row.pk,
        household=row.household_id,
        reference=row.dossier.reference,
        name=name,
        text=row.text,
        result=row.result or "",
        due=row.due_on,
        when=in_days(days),
        exact=in_words(row.due_on, "l j F Y"),
        state="te_laat" if runs and days < 0 else "bijna" if runs and days <= NEAR else "ruim",
        status=row.status,
        status_label=row.get_status_display(),
        runs=runs,
    )


def open_action(pk: UUID, today: date, *, by: Actor) -> tuple[Action, ActionLine]:
    """One action of the reader, opened and logged; raises NotKnown for that of another."""
    row = open_one(Action, pk, parts=[CompartmentKind.TABLE, CompartmentKind.LIAISON], by=by)
    return row, _lines([row], today)[0]

"""The reader's own actions, from plans and from the table together: what to do, about what, by when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.dateformat import format as in_words
from django.utils.dateparse import parse_date

from casework.models import ACTION_RUNS, Action, ActionStatus, Case, CaseFace, HouseholdFace, TableAction
from casework.queries.worklists import Listed
from casework.worklists import PAGE, SOON, Wish
from partners.todo import in_days
from privacy import grants
from privacy.access import COUNTED, opened, visible
from privacy.actor import Actor
from privacy.dossiers import part
from privacy.errors import NotKnown
from privacy.models import CompartmentKind, DossierKind
from privacy.unlock import unlock

ENDED = (ActionStatus.DONE, ActionStatus.DROPPED)
NEAR = 3  # days
ON_HOME = 8
AnyAction = Action | TableAction
Rows = QuerySet[Any]  # of either


@dataclass(frozen=True, slots=True)
class ActionLine:
    """An action of the reader, with the household or case that it is for.

    `url_name` and `target` lead to that; empty for who has the action and reads nothing else of it.
    """

    pk: UUID
    about: str
    url_name: str
    target: UUID | None
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

    @property
    def late(self) -> bool:
        """Whether it should have been done by now."""
        return self.state == "te_laat"


def _own(by: Actor) -> tuple[Rows, Rows]:
    """The reader's actions of both kinds; what is asked of one is asked of the other."""
    plans = visible(Action, by=by).filter(user=by.user_id)
    return plans, visible(TableAction, by=by).filter(user=by.user_id, taken_back=False)


def _of_place(plans: Rows, tables: Rows, wish: Wish, by: Actor) -> tuple[Rows, Rows]:
    """What is about this table or theme: a household through the reader's own access, a case by itself."""
    held = grants.valid(by).filter(kind=DossierKind.HOUSEHOLD, part=CompartmentKind.COVER)
    chosen = {"table_id": wish.table_id, "theme": wish.get("thema")}
    chosen = {name: value for name, value in chosen.items() if value}
    if not chosen:
        return plans, tables
    of_case = {f"dossier__{name}": value for name, value in chosen.items()}
    return plans.filter(dossier__in=held.filter(**chosen).values("content_object")), tables.filter(**of_case)


def _wanted(wish: Wish, today: date, by: Actor) -> tuple[Rows, Rows]:
    states = {"klaar": ENDED, "todo": (ActionStatus.TODO,), "doing": (ActionStatus.DOING,)}
    terms = {
        "te_laat": Q(due_on__lt=today),
        "week": Q(due_on__gte=today, due_on__lte=today + SOON),
        "later": Q(due_on__gt=today + SOON),
    }
    asked = Q(status__in=states.get(wish.get("stand"), ACTION_RUNS))
    if wish.get("termijn"):
        asked &= terms[wish.get("termijn")]
    plans, tables = (rows.filter(asked) for rows in _own(by))
    return _of_place(plans, tables, wish, by)


def _first(kinds: Iterable[Rows], size: int, *, last_first: bool = False) -> list[AnyAction]:
    """The first so many of both together, in order of their day."""
    order = ("-due_on", "-pk") if last_first else ("due_on", "pk")
    found = [row for rows in kinds for row in rows.order_by(*order).select_related("dossier")[:size]]
    return sorted(found, key=lambda row: (row.due_on, row.pk), reverse=last_first)[:size]


def _behind(rows: Rows, after: str, *, last_first: bool) -> Rows:
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


def _look(rows: Iterable[AnyAction], *, event: str = "list", object_pk: str = "", by: Actor) -> None:
    """Opens actions, and what everybody of the household or case reads, as far as the reader does."""
    rows = list(rows)
    seen = {row.dossier_id: row.dossier.reference for row in rows}
    wanted = {pk for row in rows for pk in (row.compartment_id, part(row.dossier, CompartmentKind.TABLE).pk)}
    unlock(seen, event=event, only=wanted, also_seen=seen.items(), object_pk=object_pk, by=by)


def own_actions(today: date, *, by: Actor) -> tuple[ActionLine, ...]:
    """What is due first, for the home page; the log names the dossiers before anything is shown."""
    rows = _first([kind.filter(status__in=ACTION_RUNS) for kind in _own(by)], ON_HOME)
    if rows:
        _look(rows, by=by)
    return tuple(_lines(rows, today, by))


def actions(wish: Wish, today: date, *, after: str = "", by: Actor) -> Listed:
    """The reader's own actions in order of their day; logged as a list before it is shown."""
    last_first = wish.order == "laatst"
    wanted = _wanted(wish, today, by)
    behind = [_behind(rows, after, last_first=last_first) for rows in wanted]
    rows = _first(behind, PAGE + 1, last_first=last_first)
    shown = rows[:PAGE]
    _look(shown, by=by)
    last = shown[-1] if len(rows) > PAGE else None
    older = f"{last.due_on.isoformat()}_{last.pk}" if last else ""
    many = sum(kind[: COUNTED + 1].count() for kind in wanted)
    return Listed(_lines(shown, today, by), many, older)


def _lines(rows: Iterable[AnyAction], today: date, by: Actor) -> list[ActionLine]:
    rows = list(rows)
    of_cases = [row.case_id for row in rows if isinstance(row, TableAction)]
    names = {face.dossier_id: face.name for face in opened(HouseholdFace)}
    names |= {face.dossier_id: face.short_name for face in opened(CaseFace)}
    reads = set(visible(Case, by=by).filter(pk__in=of_cases).values_list("pk", flat=True)) if of_cases else set()
    return [_line(row, names.get(row.dossier_id, ""), reads, today) for row in rows]


def _place(row: AnyAction, reads: set[UUID]) -> tuple[str, str, UUID | None]:
    if isinstance(row, Action):
        return "Gezin", "household-detail", row.household_id
    return ("Casus", "case-detail", row.case_id) if row.case_id in reads else ("Casus", "", None)


def _line(row: AnyAction, name: str, reads: set[UUID], today: date) -> ActionLine:
    days, runs = (row.due_on - today).days, row.status in ACTION_RUNS
    about, url_name, target = _place(row, reads)
    return ActionLine(
        pk=row.pk,
        about=about,
        url_name=url_name,
        target=target,
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


def open_action(pk: UUID, today: date, *, by: Actor) -> tuple[AnyAction, ActionLine]:
    """One action of the reader, opened and logged; raises NotKnown for that of another."""
    kinds: tuple[Rows, Rows] = visible(Action, by=by), visible(TableAction, by=by)
    found = [row for kind in kinds for row in kind.select_related("dossier").filter(pk=pk)]
    if not found:
        raise NotKnown
    _look(found, event="read", object_pk=str(pk), by=by)
    return found[0], _lines(found, today, by)[0]

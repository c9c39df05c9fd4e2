"""The work lists as a reader sees them: rows with names, counts, and what may be chosen. Each is logged as a list."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar
from uuid import UUID

from django.db.models import Count, Min

from casework.models import (
    ACTION_RUNS,
    Action,
    Case,
    CaseFace,
    CaseSignal,
    Household,
    HouseholdCase,
    HouseholdFace,
    HouseholdStatus,
    RegieAssignment,
    RegieKind,
    Signal,
    TableAction,
)
from casework.queries.stagnation import Judged
from casework.stagnation import Stuck
from casework.theming import themes
from casework.worklists import KINDS, PAGE, STATES, TERMS, Choices, Listing, Wish, area_choices, code_of
from partners.models import Alarm
from privacy import grants
from privacy.access import COUNTED, beside, how_many, newest, opened, visible
from privacy.actor import Actor
from privacy.models import CompartmentKind, DossierKind
from privacy.unlock import unlock

Item = TypeVar("Item")
SHIELDED = {"": False, "afgesloten": True}


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme as a badge."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class HouseholdLine:
    """A household in the list of the reader's own."""

    pk: UUID
    reference: str
    name: str
    themes: tuple[Theme, ...]
    open: bool
    regisseur: str
    vacant: bool
    since: datetime
    actions: int
    next_due: date | None
    stuck: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StuckLine:
    """A household or case where nobody directs, or that is stuck."""

    dossier_id: UUID
    reference: str
    name: str
    household: bool
    target: UUID
    themes: tuple[Theme, ...]
    regisseur: str
    stuck: tuple[Stuck, ...]
    waits_until: date | None
    since: date


@dataclass(frozen=True, slots=True)
class Listed:
    """A page of a list: its rows, how many there are in all, and the key of the next page."""

    rows: Sequence[object]
    many: int
    older: str


def _names() -> dict[str, str]:
    return {theme.code: theme.name for theme in themes().active()}


def _badges(codes: Iterable[str]) -> tuple[Theme, ...]:
    names = _names()
    return tuple(Theme(code, names.get(code, code)) for code in sorted(codes))


def choices(listing: Listing, found: Iterable[Judged], *, by: Actor) -> dict[str, Choices]:
    """What this reader may choose in each filter of a list."""
    tables = {str(seat.table_id): seat.table_name for seat in by.seats}
    offered: dict[str, Choices] = {
        "thema": [(code, name) for code, name in _names().items() if code in by.themes],
        "tafel": sorted(tables.items(), key=lambda pair: pair[1]),
        "stand": STATES.get(listing, []),
        "termijn": TERMS,
        "soort": KINDS,
        "alarm": [(alarm.value, alarm.label) for alarm in Alarm],
    }
    if listing in (Listing.UNMANNED, Listing.STUCK):
        offered["wijk"] = area_choices(area for areas in areas_of(found, by=by).values() for area in areas)
    return offered


def areas_of(found: Iterable[Judged], *, by: Actor) -> dict[UUID, set[str]]:
    """The neighbourhoods of the signals behind households and cases, as far as the reader directs those."""
    dossiers = {one.place.dossier_id: one.place.dossier_id for one in found}
    links = HouseholdCase.objects.filter(dossier__in=dossiers, until__isnull=True)
    dossiers |= dict(links.values_list("case_dossier", "dossier"))
    bundled = CaseSignal.objects.filter(dossier__in=dossiers, compartment__kind=CompartmentKind.REGIE)
    pairs = list(bundled.values_list("dossier", "signal_dossier"))
    signals = visible(Signal, by=by).filter(dossier__in={signal for _, signal in pairs})
    named = dict(signals.values_list("dossier", "neighbourhood"))
    areas: dict[UUID, set[str]] = {}
    for case, signal in pairs:
        if named.get(signal):
            areas.setdefault(dossiers[case], set()).add(named[signal])
    return areas


# --- households ----------------------------------------------------------------------------------


def households(wish: Wish, found: Iterable[Judged], *, before: datetime | None = None, by: Actor) -> Listed:
    """The reader's households, read off the own grants; logged as a list before it is shown."""
    shielded = SHIELDED.get(wish.get("stand"))
    table_id, theme, oldest = wish.table_id, wish.get("thema"), wish.order == "oud"
    covers = newest(
        DossierKind.HOUSEHOLD, size=PAGE, before=before, table_id=table_id, theme=theme, shielded=shielded,
        oldest=oldest, by=by,
    )  # fmt: skip
    order = "dossier__sort_at" if oldest else "-dossier__sort_at"
    rows = list(Household.objects.filter(compartment_id__in=covers).select_related("dossier").order_by(order))
    stuck = {one.place.dossier_id: tuple(s.alarm.label for s in one.stuck) for one in found}
    older = rows[-1].dossier.sort_at.isoformat() if len(rows) == PAGE else ""
    many = how_many(DossierKind.HOUSEHOLD, table_id=table_id, theme=theme, shielded=shielded, by=by)
    return Listed(_household_lines(rows, stuck, by), many, older)


def _household_lines(rows: list[Household], stuck: dict[UUID, tuple[str, ...]], by: Actor) -> list[HouseholdLine]:
    seen = [(row.dossier_id, row.dossier.reference) for row in rows]
    unlock([pk for pk, _ in seen], event="list", parts=[CompartmentKind.TABLE], also_seen=seen, by=by)
    names = {face.household_id: face.name for face in opened(HouseholdFace).filter(household__in=rows)}
    held = beside(RegieAssignment, rows).filter(household__in=rows, until__isnull=True).select_related("user")
    holders = {one.household_id: one for one in held}
    about: dict[UUID, set[str]] = {}  # by the reader's own access: that there are cases of other themes is not told
    for pk, theme in (
        grants.valid(by).filter(content_object__in=[pk for pk, _ in seen]).values_list("content_object", "theme")
    ):
        about.setdefault(pk, set()).add(theme)
    mine = visible(Action, by=by).filter(household__in=rows, user=by.user_id, status__in=ACTION_RUNS)
    todo = {pk: (many, due) for pk, many, due in mine.values_list("household").annotate(Count("pk"), Min("due_on"))}
    return [
        HouseholdLine(
            pk=row.pk,
            reference=row.dossier.reference,
            name=names.get(row.pk, ""),
            themes=_badges(about.get(row.dossier_id, ())),
            open=row.status == HouseholdStatus.ACTIVE,
            regisseur=holders[row.pk].user.name if row.pk in holders else "",
            vacant=row.pk in holders and holders[row.pk].vacant_since is not None,
            since=row.opened_at,
            actions=todo.get(row.pk, (0, None))[0],
            next_due=todo.get(row.pk, (0, None))[1],
            stuck=stuck.get(row.dossier_id, ()),
        )
        for row in rows
    ]


# --- where nobody directs, and what is stuck --------------------------------------------------------


def _right_place(one: Judged, wish: Wish) -> bool:
    table, theme = wish.table_id, wish.get("thema")
    return (table is None or table in one.place.tables) and (not theme or theme in one.place.themes)


def _in_area(found: list[Judged], wish: Wish, by: Actor) -> list[Judged]:
    if not wish.get("wijk"):
        return found
    areas = areas_of(found, by=by)
    return [one for one in found if wish.get("wijk") in map(code_of, areas.get(one.place.dossier_id, ()))]


def page_of(rows: list[Item], after: str, key: Callable[[Item], UUID]) -> tuple[list[Item], str]:
    """The rows behind the one that the last page ended with; the first page when that row is gone."""
    keys = [str(key(row)) for row in rows]
    start = keys.index(after) + 1 if after in keys else 0
    part = rows[start : start + PAGE]
    return part, str(key(part[-1])) if len(rows) > start + PAGE else ""


def unmanned(wish: Wish, found: Iterable[Judged], *, after: str = "", by: Actor) -> Listed:
    """Households and cases that nobody directs; logged as a list before it is shown."""
    kind = {"gezin": True, "casus": False}.get(wish.get("soort"))
    rows = [
        one
        for one in found
        if one.unmanned and _right_place(one, wish) and (kind is None or one.facts.household is kind)
    ]
    return _listed(_in_area(rows, wish, by), wish, lambda one: one.unmanned, after, by)


def stuck(wish: Wish, found: Iterable[Judged], *, after: str = "", by: Actor) -> Listed:
    """Households and cases that are stuck; logged as a list before it is shown."""
    alarm = wish.get("alarm")

    def shown(one: Judged) -> tuple[Stuck, ...]:
        every = one.waiting if wish.get("stand") == "wacht" else one.stuck
        return tuple(s for s in every if not alarm or s.alarm == alarm)

    rows = [one for one in found if shown(one) and _right_place(one, wish)]
    return _listed(_in_area(rows, wish, by), wish, shown, after, by)


Shown = Callable[[Judged], tuple[Stuck, ...]]


def _since(one: Judged, shown: Shown) -> date:
    return min(s.since for s in shown(one))


def _listed(rows: list[Judged], wish: Wish, shown: Shown, after: str, by: Actor) -> Listed:
    def weight(one: Judged) -> tuple[int, int, str]:
        days = _since(one, shown).toordinal()
        first = -len(shown(one)) if wish.order == "meeste" else 0
        return first, -days if wish.order == "kortst" else days, str(one.place.dossier_id)

    part, older = page_of(sorted(rows, key=weight), after, lambda one: one.place.dossier_id)
    return Listed(_stuck_lines(part, shown, by), len(rows), older)


def _stuck_lines(rows: list[Judged], shown: Shown, by: Actor) -> list[StuckLine]:
    wanted = [one.place.dossier_id for one in rows]
    homes = visible(Household, by=by).filter(dossier__in=wanted)
    cases = visible(Case, by=by).filter(dossier__in=wanted)
    found: list[Household | Case] = [*homes, *cases]
    targets = {row.dossier_id: row for row in found}
    seen = [(one.place.dossier_id, one.reference) for one in rows]
    unlock(wanted, event="list", parts=[CompartmentKind.TABLE], also_seen=seen, by=by)
    faces = {face.dossier_id: face.name for face in opened(HouseholdFace).filter(dossier__in=wanted)}
    faces |= {face.dossier_id: face.short_name for face in opened(CaseFace).filter(dossier__in=wanted)}
    held = beside(RegieAssignment, targets.values()).filter(kind=RegieKind.CASE, until__isnull=True)
    holders = {one.dossier_id: one.user.name for one in held.select_related("user") if not one.vacant_since}
    return [
        StuckLine(
            dossier_id=one.place.dossier_id,
            reference=one.reference,
            name=faces.get(one.place.dossier_id, ""),
            household=one.facts.household,
            target=targets[one.place.dossier_id].pk,
            themes=_badges(one.place.themes),
            regisseur=holders.get(one.place.dossier_id, ""),
            stuck=shown(one),
            waits_until=max((one.facts.waits[s.alarm] for s in one.waiting), default=None),
            since=_since(one, shown),
        )
        for one in rows
        if one.place.dossier_id in targets
    ]


# --- counts ---------------------------------------------------------------------------------------


def counts(found: Sequence[Judged], *, by: Actor) -> dict[Listing, int]:
    """How much each list holds when nothing is filtered, up to one more than COUNTED."""
    mine = {"user": by.user_id, "status__in": ACTION_RUNS}
    of_plans = visible(Action, by=by).filter(**mine)[: COUNTED + 1].count()
    of_tables = visible(TableAction, by=by).filter(**mine)[: COUNTED + 1].count()
    return {
        Listing.HOUSEHOLDS: how_many(DossierKind.HOUSEHOLD, shielded=False, by=by),
        Listing.ACTIONS: of_plans + of_tables,
        Listing.UNMANNED: sum(1 for one in found if one.unmanned),
        Listing.STUCK: sum(1 for one in found if one.stuck),
    }

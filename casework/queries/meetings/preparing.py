"""What who prepares a meeting needs: the agenda as it stands, and which cases should be on it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from casework.models import (
    AgendaItem,
    AgendaPlace,
    AgendaWish,
    Case,
    CaseFace,
    CaseStatus,
    HouseholdCase,
    ItemOutcome,
    ItemReview,
    ItemSeat,
    Meeting,
    Participation,
    Why,
)
from casework.ordering import Placed
from casework.queries.meetings.asking import Asked, asked_of
from casework.queries.priority import priorities_at
from casework.queries.stagnation import judged
from casework.tabled import Need, needs_of
from partners.queries import seated_people
from privacy.access import opened, visible
from privacy.actor import Actor
from privacy.models import CompartmentKind
from privacy.unlock import unlock

# What is proposed at most: who clears it gets the rest.
MOST = 40
ORDER = list(Why)


@dataclass(frozen=True, slots=True)
class Line:
    """One item on the agenda, for who prepares it."""

    pk: UUID
    case: UUID
    reference: str
    name: str
    why: str
    minutes: int
    begins: datetime
    children: bool
    urgent: bool
    published: bool
    outcome: str
    outcome_label: str
    organisations: tuple[str, ...]
    asked: tuple[Asked, ...]

    @property
    def open(self) -> bool:
        """Whether it is still to be discussed."""
        return self.outcome == ItemOutcome.OPEN

    @property
    def answered(self) -> int:
        """How many organisations answered."""
        return sum(1 for one in self.asked if not one.open)


@dataclass(frozen=True, slots=True)
class Agenda:
    """The whole agenda of a meeting."""

    lines: tuple[Line, ...]
    minutes: int
    room: int

    @property
    def too_full(self) -> int:
        """How many minutes more than the meeting lasts."""
        return max(0, self.minutes - self.room)

    @property
    def unpublished(self) -> int:
        """How many items nobody but the regie sees yet."""
        return sum(1 for line in self.lines if line.open and not line.published)


def agenda_of(meeting: Meeting, now: datetime, *, by: Actor) -> Agenda:
    """The agenda in its order, with the names of the cases; logged as a list. A constant number of queries."""
    rows = list(_places(meeting, by).select_related("item__dossier"))
    seen = {row.item.dossier_id: row.item.dossier.reference for row in rows}
    unlock(seen, event="list", parts=[CompartmentKind.TABLE], also_seen=seen.items(), by=by)
    faces = {face.case_id: face.short_name for face in opened(CaseFace)}
    items = [row.item_id for row in rows]
    seats, asked = _seats(items, by), asked_of(meeting, by=by)
    lines, begins = [], meeting.starts_at
    for row in rows:
        pk, name = row.item_id, faces.get(row.item.case_id, "")
        lines.append(_line(row, name, begins, seats[pk], asked.get(pk, [])))
        begins += timedelta(minutes=row.minutes)
    room = int((meeting.ends_at - meeting.starts_at).total_seconds() // 60)
    return Agenda(tuple(lines), sum(row.minutes for row in rows), room)


def _places(meeting: Meeting, by: Actor) -> QuerySet[AgendaPlace]:
    return visible(AgendaPlace, by=by).filter(meeting=meeting).order_by("position", "id")


def placed(meeting: Meeting, *, by: Actor) -> list[Placed[UUID]]:
    """The items in their order, as far as a better order depends on them; nothing is opened."""
    rows = list(_places(meeting, by).values_list("item", "item__children"))
    seats = _seats([item for item, _ in rows], by)
    return [Placed(item, frozenset(user for user, _ in seats[item]), children) for item, children in rows]


def _seats(items: Sequence[UUID], by: Actor) -> dict[UUID, list[tuple[UUID, str]]]:
    found: dict[UUID, list[tuple[UUID, str]]] = defaultdict(list)
    rows = visible(ItemSeat, by=by).filter(item__in=items).order_by("organisation__name")
    for item, user, organisation in rows.values_list("item", "user", "organisation__name"):
        found[item].append((user, organisation))
    return found


def _line(
    place: AgendaPlace, name: str, begins: datetime, seats: Sequence[tuple[UUID, str]], asked: Sequence[Asked]
) -> Line:
    item = place.item
    return Line(
        pk=item.pk,
        case=item.case_id,
        reference=item.dossier.reference,
        name=name,
        why=item.get_why_display(),
        minutes=place.minutes,
        begins=begins,
        children=item.children,
        urgent=place.urgent,
        published=item.published_at is not None,
        outcome=item.outcome,
        outcome_label=item.get_outcome_display(),
        organisations=tuple(dict.fromkeys(organisation for _, organisation in seats)),
        asked=tuple(asked),
    )


@dataclass(frozen=True, slots=True)
class Proposal:
    """A case that should be discussed, with every reason."""

    case: UUID
    reference: str
    name: str
    reasons: tuple[str, ...]
    priority: str = ""


def needs(meeting: Meeting, *, every: bool = False, by: Actor) -> dict[UUID, list[Need]]:
    """By case that is not on this agenda, why the table should discuss it; nothing is opened.

    With `every` the other open cases of the table too, newest first.
    """
    on = timezone.localdate(meeting.starts_at)
    found: dict[UUID, list[Need]] = defaultdict(list)
    for need in (*_own_needs(meeting, on, by), *needs_of(meeting.table_id, on, by=by)):
        found[need.case].append(need)
    if every:
        rows = visible(Case, by=by).filter(table=meeting.table_id, status=CaseStatus.OPEN)
        for pk in rows.order_by("-opened_at").values_list("pk", flat=True)[:MOST]:
            found[pk] = found[pk] or [Need(pk, Why.OTHER, "Niets vraagt nu om bespreking.")]
    there = visible(AgendaItem, by=by).filter(meeting=meeting).exclude(outcome=ItemOutcome.WITHDRAWN)
    for pk in there.values_list("case", flat=True):
        found.pop(pk, None)
    return found


def first_reason(found: Iterable[Need]) -> Why:
    """The reason that counts most."""
    return min((need.why for need in found), key=ORDER.index)


def proposals(meeting: Meeting, *, every: bool = False, by: Actor) -> list[Proposal]:
    """Open cases of the table that need the table, but for those on this agenda; logged as a list."""
    found = needs(meeting, every=every, by=by)
    rows = visible(Case, by=by).filter(pk__in=found, table=meeting.table_id, status=CaseStatus.OPEN)
    first = priorities_at(meeting.table_id, by=by)
    ranked = sorted(
        rows.select_related("dossier"),
        key=lambda row: (row.pk not in first, ORDER.index(first_reason(found[row.pk])), row.opened_at),
    )[: 2 * MOST if every else MOST]
    seen = {row.dossier_id: row.dossier.reference for row in ranked}
    unlock(seen, event="list", parts=[CompartmentKind.TABLE], also_seen=seen.items(), by=by)
    names = {face.case_id: face.short_name for face in opened(CaseFace)}
    return [
        Proposal(
            row.pk,
            row.dossier.reference,
            names.get(row.pk, ""),
            tuple(dict.fromkeys(need.sentence for need in found[row.pk])),
            first.get(row.pk, ""),
        )
        for row in ranked
    ]


def _own_needs(meeting: Meeting, on: date, by: Actor) -> Iterable[Need]:
    table = meeting.table_id
    discussed = visible(AgendaItem, by=by).exclude(outcome=ItemOutcome.WITHDRAWN)
    new = visible(Case, by=by).filter(table=table, status=CaseStatus.OPEN).exclude(pk__in=discussed.values("case"))
    for pk in new.values_list("pk", flat=True):
        yield Need(pk, Why.NEW, "Nog niet aan tafel besproken.")
    carried = discussed.filter(meeting__table=table, outcome=ItemOutcome.CARRIED, carried_to__isnull=True)
    for pk in carried.values_list("case", flat=True):
        yield Need(pk, Why.CARRIED, "Vorige keer niet afgerond.")
    for pk in visible(AgendaWish, by=by).filter(case__table=table, answered_at=None).values_list("case", flat=True):
        yield Need(pk, Why.ASKED, "Een deelnemer vraagt om bespreking.")
    later = dict(discussed.filter(outcome=ItemOutcome.DISCUSSED).order_by("added_at").values_list("case", "pk"))
    back = visible(ItemReview, by=by).filter(item__case__table=table, review_on__lte=on)
    for case, item in back.values_list("item__case", "item"):
        if later.get(case) == item:
            yield Need(case, Why.REVIEW, "De tafel sprak af hierop terug te komen.")
    yield from _stuck(table, by)


def _stuck(table_id: UUID, by: Actor) -> Iterable[Need]:
    """Cases of the table that stand still, by themselves or through the household that they are about."""
    found = {one.place.dossier_id: one.stuck[0] for one in judged(timezone.localdate(), by=by) if one.stuck}
    links = visible(HouseholdCase, by=by).filter(dossier__in=found, until__isnull=True)
    for home, case in links.values_list("dossier", "case_dossier"):
        found.setdefault(case, found[home])
    rows = visible(Case, by=by).filter(table=table_id, dossier__in=found)
    for pk, dossier in rows.values_list("pk", "dossier"):
        yield Need(pk, Why.STUCK, found[dossier].sentence)


@dataclass(frozen=True, slots=True)
class Seatable:
    """Somebody who may sit at an item."""

    user: UUID
    name: str
    organisation: str
    takes_part: bool


def seatable(case: Case, now: datetime, *, by: Actor) -> list[Seatable]:
    """Who may sit at an item of this case: who takes part for everybody to know first, then the others at the table."""
    there = visible(Participation, by=by).filter(case=case, ended_at__isnull=True)
    openly = set(there.filter(compartment__kind=CompartmentKind.TABLE).values_list("user", flat=True))
    hidden = set(there.values_list("user", flat=True)) - openly
    people = [person for person in seated_people(case.table, now) if person.pk not in hidden]
    found = [Seatable(one.pk, one.name, one.organisation.name, one.pk in openly) for one in people]
    return sorted(found, key=lambda one: (not one.takes_part, one.organisation, one.name))

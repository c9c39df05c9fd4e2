"""One household or case that is stuck, opened: its alarms, what is waited for, and contact with the family."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone

from casework.models import AlarmPause, Case, CaseFace, FamilyContact, Household, HouseholdCase, HouseholdFace
from casework.queries.households import HouseholdHead
from casework.queries.stagnation import Place, facts_of, judge
from casework.stagnation import Stuck
from partners.models import Alarm
from partners.queries import limits_of
from privacy import grants
from privacy.access import open_one, opened, visible
from privacy.actor import Actor
from privacy.errors import NotKnown
from privacy.models import CompartmentKind, Dossier
from privacy.roles import Role


@dataclass(frozen=True, slots=True)
class Waiting:
    """That somebody decided to wait with an alarm."""

    alarm: str
    label: str
    until: date
    reason: str
    who: str
    at: datetime
    runs: bool


@dataclass(frozen=True, slots=True)
class Standstill:
    """What is the matter with one household or case, for who directs it."""

    dossier: Dossier
    target: UUID
    household: bool
    name: str
    stuck: tuple[Stuck, ...]
    waiting: tuple[Stuck, ...]
    decided: tuple[Waiting, ...]

    @property
    def every(self) -> tuple[Stuck, ...]:
        """All alarms, also the ones that wait."""
        return (*self.stuck, *self.waiting)

    def has(self, alarm: Alarm) -> bool:
        """Whether this is the matter now."""
        return any(one.alarm is alarm for one in self.every)


def _place(dossier_id: UUID, by: Actor) -> Place:
    """Through which of the own tables the reader directs it; raises NotKnown for who does not."""
    held = grants.valid(by).filter(
        content_object=dossier_id, part=CompartmentKind.REGIE, directs=True, shielded=False,
        table_id__in=by.tables_as(Role.PROCESREGISSEUR),
    )  # fmt: skip
    rows = list(held.values_list("table_id", "theme"))
    if not rows:
        raise NotKnown
    tables = frozenset(table for table, _ in rows if table is not None)
    return Place(dossier_id, tables, frozenset(theme for _, theme in rows))


def _target(dossier_id: UUID, household: bool, by: Actor) -> Household | Case:
    parts = [CompartmentKind.TABLE, CompartmentKind.REGIE]
    if household:
        home = visible(Household, by=by).get(dossier=dossier_id)
        return open_one(Household, home.pk, event="stagnation.read", parts=parts, by=by)
    case = visible(Case, by=by).get(dossier=dossier_id)
    return open_one(Case, case.pk, event="stagnation.read", parts=parts, by=by)


def open_stuck(dossier_id: UUID, today: date, *, by: Actor) -> Standstill:
    """What is stuck in one dossier that the reader directs, opened and logged; raises NotKnown for any other."""
    place = _place(dossier_id, by)
    known = facts_of([dossier_id]).get(dossier_id)
    if known is None:
        raise NotKnown
    found = judge(place, known, limits_of(place.tables), today)
    target = _target(dossier_id, found.facts.household, by)
    return Standstill(
        dossier=target.dossier,
        target=target.pk,
        household=found.facts.household,
        name=_name(target),
        stuck=found.stuck,
        waiting=found.waiting,
        decided=tuple(_decided(dossier_id, today)),
    )


def _name(target: Household | Case) -> str:
    if isinstance(target, Household):
        face = opened(HouseholdFace).filter(household=target).first()
        return face.name if face else ""
    of_case = opened(CaseFace).filter(case=target).first()
    return of_case.short_name if of_case else ""


def _decided(dossier_id: UUID, today: date) -> list[Waiting]:
    rows = opened(AlarmPause).filter(dossier=dossier_id).select_related("decided_by")
    return [
        Waiting(
            row.alarm,
            row.get_alarm_display(),
            row.until,
            row.reason,
            row.decided_by.name,
            row.decided_at,
            row.ended_at is None and row.until > today,
        )
        for row in rows
    ]


def standing_still(head: HouseholdHead, today: date) -> tuple[Stuck, ...]:
    """What is stuck by the limits of every table it comes to, for who reads the whole: it may be that one's turn."""
    links = opened(HouseholdCase).filter(household=head.household, until__isnull=True)
    place = Place(head.dossier_id, frozenset(links.values_list("table_id", flat=True)), frozenset())
    known = facts_of([head.dossier_id]).get(head.dossier_id)
    return judge(place, known, limits_of(place.tables), today).stuck if known else ()


@dataclass(frozen=True, slots=True)
class Contact:
    """That somebody spoke with the family."""

    held_on: date
    ago: int
    kind: str
    whom: str
    note: str
    by: str


def contacts(head: HouseholdHead, most: int = 50) -> list[Contact]:
    """Contact with the family, newest first; only who reads the whole has the key."""
    rows = opened(FamilyContact).filter(household=head.household).select_related("noted_by__organisation")[:most]
    today = timezone.localdate()
    return [
        Contact(
            held_on=row.held_on,
            ago=(today - row.held_on).days,
            kind=row.get_kind_display(),
            whom=row.whom or "",
            note=row.note or "",
            by=row.noted_by.name,
        )
        for row in rows
    ]

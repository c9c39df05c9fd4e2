"""What is stuck among what a procesregisseur directs: off the own grants, judged by the limits of the own tables."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils import timezone

from casework import stagnation
from casework.stagnation import Facts, Stuck
from partners.models import Alarm, StagnationSettings
from partners.queries import limits_of
from privacy import grants
from privacy.access import COUNTED
from privacy.actor import SYSTEM_ID, Actor
from privacy.models import CompartmentKind, DossierKind
from privacy.roles import Role

_FACTS = "household, opened, due, contact, regie_gone, process_gone, offered, evaluate_on, goals, actions, waits"


@dataclass(frozen=True, slots=True)
class Place:
    """A running household or case that the reader directs, and through which of the own tables."""

    dossier_id: UUID
    tables: frozenset[UUID]
    themes: frozenset[str]


@dataclass(frozen=True, slots=True)
class Judged:
    """What was found about one of them. `stuck` needs somebody now; with `waiting` somebody decided to wait."""

    place: Place
    reference: str
    facts: Facts
    stuck: tuple[Stuck, ...]
    waiting: tuple[Stuck, ...]

    @property
    def unmanned(self) -> tuple[Stuck, ...]:
        """That nobody directs, also when somebody decided to wait with it."""
        return tuple(one for one in (*self.stuck, *self.waiting) if one.alarm is Alarm.REGIE)


def _places(by: Actor) -> list[Place]:
    """Off the reader's own grants, oldest first: what has been there longest is what gets stuck."""
    held = grants.valid(by).filter(
        kind__in=(DossierKind.CASE, DossierKind.HOUSEHOLD),
        part=CompartmentKind.COVER,
        shielded=False,
        table_id__in=by.tables_as(Role.PROCESREGISSEUR),
    )
    rows = held.order_by("sort_at").values_list("content_object_id", "table_id", "theme").distinct()[: 2 * COUNTED]
    tables: dict[UUID, set[UUID]] = {}
    themes: dict[UUID, set[str]] = {}
    for dossier_id, table_id, theme in rows:
        if table_id is not None:
            tables.setdefault(dossier_id, set()).add(table_id)
            themes.setdefault(dossier_id, set()).add(theme)
    return [Place(pk, frozenset(tables[pk]), frozenset(themes[pk])) for pk in tables]


def as_facts(row: tuple[Any, ...]) -> Facts:
    """What the database's function says of one."""
    household, opened, due, contact, regie_gone, process_gone, offered, evaluate_on, goals, actions, waits = row
    until = {alarm: date.fromisoformat(day) for alarm, day in _loaded(waits).items()}
    return Facts(
        opened=opened,
        household=household,
        due=tuple(due),
        contact=contact,
        regie_gone=regie_gone,
        process_gone=process_gone,
        offered=offered,
        evaluate_on=evaluate_on,
        goals=goals,
        actions=actions,
        waits=until,
    )


def _loaded(waits: Any) -> dict[str, str]:
    return json.loads(waits) if isinstance(waits, str) else waits or {}


def facts_of(dossiers: Iterable[UUID]) -> dict[UUID, tuple[str, Facts]]:
    """Number and facts of households and cases of which the actor reads the whole; nothing of others."""
    wanted = list(dossiers)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT dossier_id, reference, {_FACTS} FROM casework_stagnation(%s, %s)",  # noqa: S608  # our own column names
            [wanted, timezone.get_current_timezone_name()],
        )
        return {row[0]: (row[1], as_facts(row[2:])) for row in cursor.fetchall()}


def judge(place: Place, known: tuple[str, Facts], limits: dict[UUID, StagnationSettings], today: date) -> Judged:
    """What is stuck by the limits of the tables through which the reader directs it."""
    reference, facts = known
    every = stagnation.strictest(facts, [limits[table] for table in place.tables], today)
    waiting = tuple(one for one in every if stagnation.waits(facts, one.alarm, today))
    return Judged(place, reference, facts, tuple(one for one in every if one not in waiting), waiting)


def judged(today: date, *, by: Actor) -> list[Judged]:
    """Every running household and case that the reader directs, with what is stuck in it; nothing is opened."""
    if not by.tables_as(Role.PROCESREGISSEUR):
        return []
    places = _places(by)
    facts = facts_of(place.dossier_id for place in places)
    limits = limits_of(by.tables_as(Role.PROCESREGISSEUR))
    return [judge(place, facts[place.dossier_id], limits, today) for place in places if place.dossier_id in facts]


@dataclass(frozen=True, slots=True)
class Counted:
    """What the system knows of one household or case of a regisseur: no dossier, a handle that leads nowhere."""

    person: UUID
    table_id: UUID
    handle: str
    facts: Facts


def counted() -> list[Counted]:
    """For the system alone: what each regisseur directs, as dates and states. The database refuses anybody else."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT person, table_id, handle, {_FACTS} "  # noqa: S608  # our own column names
            "FROM casework_stagnation_counted(%s, %s)",
            [SYSTEM_ID, timezone.get_current_timezone_name()],
        )
        return [Counted(row[0], row[1], row[2], as_facts(row[3:])) for row in cursor.fetchall()]

"""Who can see this, and why: the grants that count now, as far as the one who asks may know of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.auth import get_user_model
from django.db import connection

from privacy import words
from privacy.actor import Actor, Eyes
from privacy.audit import record
from privacy.models import CompartmentKind

# What a grant follows from, as a person reads it.
BECAUSE: dict[str, str] = {
    "seat": "is procesregisseur van de tafel",
    "participation": "doet mee",
    "report": "meldde dit signaal",
    "disclosure": "kreeg dit van de eigenaar",
    "contribution": "werkt bij de organisatie die dit inbracht",
    "draft": "schreef dit concept",
    "import": "las dit bestand in",
}


@dataclass(frozen=True, slots=True)
class Reading:
    """One grant that counts now: who reads which part, because of what, on which ground, since and until when."""

    dossier_id: UUID
    compartment_id: UUID
    part: CompartmentKind
    about: UUID | None
    user_id: UUID
    may_write: bool
    directs: bool
    ground_code: str
    given_by: UUID
    given_for: str
    since: datetime
    until: datetime | None

    @property
    def because(self) -> str:
        """What the access follows from."""
        return BECAUSE.get(self.given_for.partition(":")[0], "kreeg toegang")

    @property
    def ground(self) -> str:
        """The ground with its article."""
        return words.ground(self.ground_code)


@dataclass(frozen=True, slots=True)
class Reader:
    """One person who can read a part. `hindrance` says why that is not possible at this moment."""

    name: str
    organisation: str
    why: str
    ground: str
    given_by: str
    since: datetime
    until: datetime | None
    hindrance: str


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a dossier with its readers."""

    title: str
    readers: tuple[Reader, ...]


def who_reads(dossiers: Iterable[tuple[UUID, str]], *, by: Actor) -> list[Reading]:
    """Who can read these dossiers (ids with references) now; asking is logged first.

    Who directs, and the privacy officer, hear of everybody; a partner of the regie and of the own organisation.
    """
    named = dict(dossiers)
    seen = record.Seen(dossiers=tuple(named), references=tuple(named.values()))
    record.look("access.read", seen=seen, by=by)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM privacy_who_reads(%s)", [list(named)])
        rows = cursor.fetchall()
    return [Reading(row[0], row[1], CompartmentKind(row[2]), *row[3:]) for row in rows]


def parts_of(dossier_id: UUID, reference: str, *, by: Actor) -> list[Part]:
    """Who can read which part of a dossier, for the privacy officer: kinds of parts and people, never content."""
    readings = who_reads([(dossier_id, reference)], by=by)
    people = get_user_model()._default_manager.select_related("organisation").in_bulk([r.user_id for r in readings])
    found: dict[tuple[str, UUID], list[Reader]] = {}
    for reading in sorted(readings, key=lambda r: (list(CompartmentKind).index(r.part), r.compartment_id, r.since)):
        found.setdefault((reading.part.label, reading.compartment_id), []).append(_reader(reading, people))
    return [Part(label.capitalize(), tuple(readers)) for (label, _), readers in found.items()]


def _reader(reading: Reading, people: Mapping[UUID, Any]) -> Reader:
    user, giver = people[reading.user_id], people.get(reading.given_by)
    return Reader(
        name=user.name,
        organisation=user.organisation.name,
        why=reading.because,
        ground=reading.ground,
        given_by=giver.name if giver else "",
        since=reading.since,
        until=reading.until,
        hindrance="" if user.is_active else "kan niet inloggen",
    )


def eyes_of(user_id: UUID, organisation_id: UUID, readings: Iterable[Reading]) -> Eyes:
    """The eyes of one person: what that person reads of the dossiers that were asked about."""
    return Eyes(organisation_id, frozenset(r.compartment_id for r in readings if r.user_id == user_id))

"""Who can see this, and why: the grants that count now, as far as the one who asks may know of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
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
    "regie": "is casusregisseur van het gezin",
    "report": "meldde dit signaal",
    "disclosure": "kreeg dit van de eigenaar",
    "contribution": "werkt bij de organisatie die dit inbracht",
    "draft": "schreef dit concept",
    "import": "las dit bestand in",
    "emergency": "opende dit met noodtoegang",
    "goal": "werkt mee aan dit doel",
    "colleague": "werkt bij uw organisatie",
}
# What somebody reads, for who may not know more of a dossier than that its parts exist.
PARTS: dict[CompartmentKind, str] = {
    CompartmentKind.COVER: "dat het dossier bestaat, met stand en data",
    CompartmentKind.TABLE: "wat alle deelnemers lezen",
    CompartmentKind.REGIE: "wat alleen de regie leest",
    CompartmentKind.LIAISON: "wat één organisatie en de regie lezen",
    CompartmentKind.OWN: "wat alleen de eigen organisatie leest",
    CompartmentKind.ITEM: "wat alleen gekozen organisaties lezen",
}
ORDER = list(CompartmentKind)


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
    """One person with the parts that are read for one reason. `hindrance` says why that is not possible right now."""

    name: str
    organisation: str
    why: str
    ground: str
    given_by: str
    since: datetime
    until: datetime | None
    hindrance: str
    parts: tuple[str, ...] = ()

    @property
    def person(self) -> tuple[str, str, str]:
        """What stands once above all the reasons of one person."""
        return self.name, self.organisation, self.hindrance


def who_reads(dossiers: Iterable[tuple[UUID, str]], *, by: Actor) -> list[Reading]:
    """Who can read these dossiers (ids with references) now; asking is logged first.

    Who directs, and the privacy officer, hear of everybody; a partner of the regie and of the own organisation.
    """
    named = dict(dossiers)
    seen = record.Seen(dossiers=tuple(named), references=tuple(named.values()))
    record.look("access.read", seen=seen, by=by)
    with connection.cursor() as cursor:
        # In a fixed order: rows that a reader may not know of must not show by how the others are ordered.
        cursor.execute(WHO_READS, [list(named)])
        rows = cursor.fetchall()
    return [Reading(row[0], row[1], CompartmentKind(row[2]), *row[3:]) for row in rows]


WHO_READS = "SELECT * FROM privacy_who_reads(%s) ORDER BY user_id, dossier_id, compartment_id, given_for, ground"


def grouped(
    readings: Iterable[Reading],
    people: Mapping[UUID, Any],
    hindrance: Callable[[Any], str],
    title: Callable[[Reading], str],
) -> list[Reader]:
    """One line per person and reason, with the parts in a fixed order; by organisation and name.

    `people` holds users by id (with their organisation), `hindrance` says why a user reads nothing now, `title` names
    the part of a reading.
    """
    lines: dict[tuple[UUID, str, str, datetime | None], list[Reading]] = {}
    for reading in readings:
        lines.setdefault((reading.user_id, reading.because, reading.ground_code, reading.until), []).append(reading)
    found = []
    for (user_id, *_), same in lines.items():
        first, user = min(same, key=lambda r: r.since), people[user_id]
        giver = people.get(first.given_by)
        parts = tuple(dict.fromkeys(title(r) for r in sorted(same, key=lambda r: ORDER.index(r.part))))
        found.append(
            Reader(
                name=user.name,
                organisation=user.organisation.name,
                why=first.because,
                ground=first.ground,
                given_by=giver.name if giver and giver.pk != user_id else "",
                since=first.since,
                until=first.until,
                hindrance=hindrance(user),
                parts=parts,
            )
        )
    return sorted(found, key=lambda r: (r.organisation, r.name, r.why))


def readers_of(dossier_id: UUID, reference: str, *, by: Actor) -> list[Reader]:
    """Who can read which kinds of parts of a dossier, for the privacy officer: never content."""
    readings = who_reads([(dossier_id, reference)], by=by)
    ids = {r.user_id for r in readings} | {r.given_by for r in readings}
    people = get_user_model()._default_manager.select_related("organisation").in_bulk(list(ids))
    return grouped(
        readings, people, lambda user: "" if user.is_active else "kan niet inloggen", lambda r: PARTS[r.part]
    )


def eyes_of(user_id: UUID, organisation_id: UUID, readings: Iterable[Reading]) -> Eyes:
    """The eyes of one person: what that person reads of the dossiers that were asked about."""
    return Eyes(organisation_id, frozenset(r.compartment_id for r in readings if r.user_id == user_id))

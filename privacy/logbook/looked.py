"""Who looked at a person: per day and organisation, in plain words, without names of staff (AVG 15, Wpg 25(1)(c)).

Police organisations are told of for four years, others for as long as the log goes back. Who was there when somebody
was spoken of at a table looked too. The database counts, and says nothing to who may not ask.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import ProgrammingError, connection, transaction

from privacy import queries
from privacy.actor import Actor
from privacy.audit import record
from privacy.errors import Refused
from privacy.logbook import plain

NOT_YOURS = "U kunt dit overzicht niet maken: het verzoek loopt niet (meer), of een van de dossiers is niet voor u."


@dataclass(frozen=True, slots=True)
class LookedDay:
    """What one organisation did on one day."""

    day: date
    organisation: str
    roles: tuple[str, ...]
    people: int
    did: tuple[str, ...]
    basis: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Letter:
    """The days, and the numbers of dossiers that the log does not know."""

    days: list[LookedDay]
    unknown: tuple[str, ...]


def _plainly(row: tuple[date, str, list[str], int, list[str], list[str], list[str]]) -> LookedDay:
    day, organisation, roles, people, acts, grounds, purposes = row
    each = map(str.split, acts)
    said = {plain.done(event, channel, outcome, urgent == "t") for event, channel, outcome, urgent in each}
    basis = {plain.purpose(one) for one in purposes} | {plain.ground(one) for one in grounds}
    return LookedDay(
        day=day,
        organisation=plain.SYSTEM if organisation in ("", "systeem") else organisation,
        roles=tuple(sorted({word for role in roles for word in plain.roles(role)})),
        people=people,
        did=tuple(sorted(said)),
        basis=tuple(sorted(basis - {""})),
    )


def looked_at(dossier_ids: Iterable[UUID], *, since: datetime | None, until: datetime, by: Actor) -> list[LookedDay]:
    """Who looked at these dossiers, newest day first. Asking is logged first, and counts as a look itself.

    For the privacy officer, and for who handles a request as far as the database knows that request
    (`privacy_asks_for_person`); raises Refused for anybody else.
    """
    wanted = list(dossier_ids)
    record.look("log.looked", seen=record.Seen(dossiers=tuple(wanted)), by=by)
    return _looked(wanted, since, until)


def _looked(wanted: list[UUID], since: datetime | None, until: datetime) -> list[LookedDay]:
    asked = "SELECT * FROM privacy_looked_at(%s::uuid[], %s::timestamptz, %s::timestamptz)"
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(asked, [wanted, since, until])
            return [_plainly(row) for row in cursor.fetchall()]
    except ProgrammingError as refused:
        raise Refused(NOT_YOURS) from refused


def letter(references: Sequence[str], *, since: datetime | None, until: datetime, by: Actor) -> Letter:
    """The report over dossiers named by reference; those that the log does not know are said."""
    named = {reference: queries.dossiers_named(reference) for reference in references}
    found = {dossier: reference for reference, ids in named.items() for dossier in ids[:1]}
    seen = record.Seen(dossiers=tuple(found), references=tuple(found.values()))
    record.look("log.looked", seen=seen, by=by)
    days = _looked(list(found), since, until) if found else []
    return Letter(days, tuple(reference for reference, ids in named.items() if not ids))

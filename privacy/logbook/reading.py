"""A page of the log over dossiers. That it was read is in the log, with the dossiers it names, before it is shown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from privacy import queries
from privacy.actor import Actor
from privacy.audit import record
from privacy.logbook.asking import After, Question, entries
from privacy.models import AuditEntry
from privacy.queries import Line

PAGE = 50


@dataclass(frozen=True, slots=True)
class Page:
    """Lines, and where the next page begins; None on the last."""

    lines: list[Line]
    older: After | None


def seen(rows: Iterable[AuditEntry], most: int | None = None) -> record.Seen:
    """The dossiers that these entries name, at most so many of each: those whose reference is shown."""
    found: dict[UUID, str] = {}
    for row in rows:
        found |= dict(zip(row.dossiers[:most], row.references[:most], strict=False))
    return record.Seen(dossiers=tuple(found), references=tuple(found.values()))


def page(question: Question, after: After | None, *, by: Actor) -> Page:
    """What answers the question, from there on."""
    rows = list(entries(question, after)[: PAGE + 1])
    shown = rows[:PAGE]
    record.look("log.asked", seen=seen(shown, queries.SHOWN), by=by)
    older = After(shown[-1].timestamp, shown[-1].pk) if len(rows) > PAGE else None
    return Page(queries.lines_of(shown), older)

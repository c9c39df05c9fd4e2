"""Going over the log by rule, a week at a time: what is found and how far it came are kept together or not at all.

Each run begins at the start of the day on which the one before ended, with an hour of slack for what was written late.
What was found then is found again and kept once, so a run that was killed is simply done anew.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from privacy.acting import acting
from privacy.actor import Actor
from privacy.audit import record, watching
from privacy.audit.events import CASES, EVENTS, HOUSEHOLDS, SIGNALS
from privacy.calling import named_rows_of, value_of
from privacy.free_days import free_days
from privacy.models import Desk
from privacy.review.facts import Found, Look, Past, ReaderDay
from privacy.review.rules import RuleFunction, all_rules
from privacy.review.ruling import Rule, in_force
from privacy.rls.review import LISTS

BATCH = timedelta(days=7)
LATE = timedelta(hours=1)
BACK = timedelta(days=91)  # the most that a rule may ask, and a day
PURPOSE = "logboek controleren volgens de regels"
_NOTHING_OPENED = {*LISTS, "known.asked", "known.about", "known.nothing", "file.damaged"}


@dataclass(frozen=True, slots=True)
class Kept:
    """What one run did."""

    looks: int
    found: int


def contents() -> list[str]:
    """The events that open something of a signal, case or household."""
    ours = (SIGNALS, CASES, HOUSEHOLDS)
    return [name for name, one in EVENTS.items() if one.processing in ours and name not in _NOTHING_OPENED]


def midnight(day: date) -> datetime:
    """The moment at which this day begins here."""
    return timezone.make_aware(datetime.combine(day, time()))


def _look(row: Mapping[str, Any], at: datetime) -> Look:
    return Look(
        at=at,
        event=row["event"],
        ok=row["ok"],
        dossier=row["dossier_id"],
        reference=row["reference"],
        content=row["content"],
        many=row["many"],
        listed=tuple(row["listed"] or ()),
        trace=row["trace"],
        session=row["session"],
        address=row["address"],
        bsn=bool(row["bsn"]),
        emergency=row["emergency"],
        role=row["role"],
        directs=bool(row["directs"]),
        since=timezone.localtime(row["since"]) if row["since"] else None,
        flag=row["flag"] or "",
        tie=row["tie"],
        colleague=row["colleague"],
        left=row["gone"],
        closed_at=row["closed_at"],
        regie_part=row["regie_part"],
    )


def _past(begins: datetime, until: datetime) -> dict[UUID, Past]:
    """What every reader did since `begins`; the rules take of it what lies before their day."""
    found: dict[UUID, Past] = {}
    for row in named_rows_of("privacy_review_past", begins, until, contents(), timezone.get_current_timezone_name()):
        past, day = found.setdefault(row["actor_id"], Past()), row["day"]
        match row["what"]:
            case "act":
                past.acted.setdefault(row["dossier_id"], []).append(day)
            case "opened":
                past.per_day[day] = row["many"]
            case "place":
                past.places.setdefault(row["word"], []).append(day)
            case "session":
                past.sessions.setdefault(row["word"], []).append(day)
            case _:
                past.bsn_asked.append(timezone.localtime(row["at"]))
    return found


def _days(begins: datetime, until: datetime) -> tuple[list[ReaderDay], int]:
    """Every reader's days in this period, with how many looks there were."""
    past = _past(begins - BACK, until)
    days: dict[tuple[UUID, date], ReaderDay] = {}
    rows = named_rows_of("privacy_review_looks", begins, until, contents())
    for row in rows:
        at, reader = timezone.localtime(row["at"]), row["actor_id"]
        day = days.get((reader, at.date()))
        if day is None:
            roles = frozenset(row["actor_roles"].split(","))
            day = ReaderDay(
                reader, row["actor_name"], roles, row["organisation_id"], row["organisation_name"], at.date(),
                past=past.get(reader, Past()),
            )  # fmt: skip
            days[reader, at.date()] = day
        day.looks.append(_look(row, at))
    return list(days.values()), len(rows)


def findings(
    days: Iterable[ReaderDay], rules: Mapping[str, Rule], functions: Mapping[str, RuleFunction]
) -> Iterator[tuple[Rule, ReaderDay, Found]]:
    """What each rule that is on finds in these days; R14 alone looks at who watches for watching."""
    for day in days:
        for code, function in functions.items():
            rule = rules[code]
            if rule.on:
                for one in function(day, rule.values):
                    yield rule, day, one


def _row(rule: Rule, day: ReaderDay, one: Found) -> dict[str, Any]:
    return {
        "desk": Desk.OFFICERS if day.watches else Desk.REVIEW,
        "rule": rule.code,
        "numbers": rule.values,
        "reader_id": day.reader,
        "reader_name": day.name,
        "organisation_id": day.organisation,
        "organisation_name": day.organisation_name,
        "about_id": one.about or day.reader,
        "day": day.day,
        "dossiers": one.dossiers,
        "references": one.references,
        "times": one.times,
        "first_at": one.first_at,
        "last_at": one.last_at,
    }


def _json(value: Any) -> str:
    return json.dumps(value, default=str)


def _batch(begins: datetime, until: datetime, asked_by: UUID | None, now: datetime) -> Kept:
    """One period, within one transaction. Both the rules and the position are of this moment."""
    rules = in_force()
    days, looks = _days(begins, until)
    rows = [
        _row(rule, day, one) for rule, day, one in findings(days, rules, all_rules(free_days())) if not rule.elsewhere
    ]
    run = {"done_at": now, "asked_by": asked_by, "begins_at": begins, "until": until, "looks": looks}
    return Kept(looks, int(value_of("privacy_review_keep", _json(rows), _json(run))))


def _begin(position: datetime | None, now: datetime) -> datetime:
    if position is None:
        first = value_of("privacy_review_first")
        return midnight(timezone.localdate(first or now))
    return midnight(timezone.localdate(min(position, now) - LATE))


def evaluate(asked_by: UUID | None = None, *, now: datetime) -> Kept:
    """Goes over what came since the last time, until now; each week of it in a transaction of its own."""
    looks = found = 0
    while True:
        with acting(watching.watcher(PURPOSE), changing=True):
            begins = _begin(value_of("privacy_review_hold"), now)
            until = min(now, midnight(timezone.localdate(begins + BATCH)))
            kept = _batch(begins, until, asked_by, now)
            record.change("review.run", fields=["hits", "until"], by=watching.watcher(PURPOSE))
        looks, found = looks + kept.looks, found + kept.found
        if until >= now:
            return Kept(looks, found)


def asked(*, by: Actor) -> None:
    """Part of the act by which somebody lets the rules go over the log now."""
    record.change("review.run", fields=["asked"], by=by)

"""Each rule at its boundary: what is just allowed is not found, what is just over it is."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest

from privacy.datafiles import DataFileError
from privacy.free_days import free_days
from privacy.review.facts import Look, Past, ReaderDay
from privacy.review.rules import all_rules
from privacy.review.ruling import FILE, ORDER, SAMPLE, read_rules, shipped
from tests.review.scene import TUESDAY, at

CASE = uuid4()


def look(when: datetime | None = None, **more: Any) -> Look:
    """An ordinary look at a case, in working hours and with a role."""
    given: dict[str, Any] = {
        "at": when or at(10), "event": "read", "dossier": CASE, "reference": "2026-AAAAA", "content": True, "many": 1,
        "address": "10.0.0.1", "session": "s1", "since": at(9),
    }  # fmt: skip
    return Look(**(given | more))


def times(code: str, looks: Iterable[Look], past: Past | None = None, roles: str = "professional") -> int:
    """How much the rule finds: 0 for nothing."""
    rows = list(looks)
    day = ReaderDay(UUID(int=1), "Lezer", frozenset({roles}), UUID(int=2), "Partner", rows[0].at.date(), rows)
    day.past = past or Past()
    found = all_rules(free_days())[code](day, shipped()[code].values)
    return sum(one.times for one in found)


def ago(days: int) -> datetime:
    return at(9) - timedelta(days=days)


ELSEWHERE = Past(places={"10.0.0.9": [TUESDAY - timedelta(days=3)]})
LONG_IN = Past(places=ELSEWHERE.places, sessions={"s0": [TUESDAY - timedelta(days=1)]})
KNOWN = Past(places={"10.0.0.1": [TUESDAY - timedelta(days=30)]})
FORGOTTEN = Past(places={"10.0.0.1": [TUESDAY - timedelta(days=31)]})


def many(number: int, **more: Any) -> list[Look]:
    return [look(at(10) + timedelta(minutes=one), dossier=UUID(int=100 + one), **more) for one in range(number)]


def listed(number: int, *, minutes: float = 1, step: int = 1) -> list[Look]:
    """A list, and so many of it opened in its order."""
    order = tuple(UUID(int=100 + one) for one in range(60))
    opened = [look(at(10) + timedelta(minutes=minutes * one), dossier=order[one * step]) for one in range(number)]
    return [look(at(9.9), event="list", dossier=None, content=False, listed=order, many=60), *opened]


def usual(dossiers: int) -> Past:
    return Past(per_day={TUESDAY - timedelta(days=day): dossiers for day in range(1, 20)})


def asked(number: int) -> list[Look]:
    return [look(event="known.nothing", dossier=None, content=False, bsn=True) for _ in range(number)]


def refused(number: int, minutes: float) -> list[Look]:
    return [
        look(at(10) + timedelta(minutes=minutes * one), ok=False, event="refused", dossier=None)
        for one in range(number)
    ]


def exports(number: int, **more: Any) -> list[Look]:
    return [look(event="export", trace=str(one), **more) for one in range(number)]


NOT_FOUND: list[tuple[str, list[Look], Past]] = [
    ("R1", [look()], Past()),
    ("R1", [look(role=False, emergency=True)], Past()),
    ("R1", [look(role=False, ok=False)], Past()),
    ("R2", [look(since=ago(14))], Past()),
    ("R2", [look(since=ago(90))], Past(acted={CASE: [TUESDAY - timedelta(days=14)]})),
    ("R2", [look(since=ago(90), directs=True)], Past()),
    ("R3", [look()], Past()),
    ("R4", [look()], Past()),
    ("R4", [look(flag="bekend", directs=True)], Past()),
    ("R5", [look(colleague=True)], Past()),
    ("R6", [look(tie=True)], Past()),
    ("R7", [look(at(7)), look(at(18.99))], Past()),
    ("R8", many(9), usual(1)),
    ("R8", many(15), usual(5)),
    ("R9", exports(3), Past()),
    ("R9", [look(event="export", trace="a"), look(event="export", trace="a", many=4)], Past()),
    ("R10", asked(2), Past()),
    ("R10", asked(1), Past(bsn_asked=[at(10, TUESDAY) - timedelta(days=31)] * 5)),
    ("R11", refused(5, 1), Past()),
    ("R11", refused(12, 2.1), Past()),
    ("R12", [look()], Past()),
    ("R13", [look(regie_part=True)], KNOWN),
    ("R13", [look()], ELSEWHERE),
    ("R13", [look(regie_part=True)], Past()),
    ("R13", [look(regie_part=True, session="s0")], LONG_IN),
    ("R14", [look(event="log.read", content=False)], Past()),
    ("R15", [look(closed_at=ago(0))], Past()),
    ("R16", listed(8), Past()),
    ("R16", listed(20, step=2), Past()),
    ("R16", listed(20, minutes=5), Past()),
]  # fmt: skip
FOUND: list[tuple[str, list[Look], Past, int]] = [
    ("R1", [look(role=False)], Past(), 1),
    ("R2", [look(since=ago(15))], Past(), 1),
    ("R2", [look(since=ago(90))], Past(acted={CASE: [TUESDAY - timedelta(days=15)]}), 1),
    ("R3", [look(emergency=True)], Past(), 1),
    ("R4", [look(flag="bestuurder")], Past(), 1),
    ("R5", [look(tie=True)], Past(), 1),
    ("R6", [look(colleague=True)], Past(), 1),
    ("R7", [look(at(6.99)), look(at(19))], Past(), 2),
    ("R7", [look(at(10, TUESDAY - timedelta(days=2)))], Past(), 1),
    ("R7", [look(at(10, TUESDAY.replace(month=12, day=25)))], Past(), 1),
    ("R8", many(10), usual(1), 10),
    ("R8", many(16), usual(5), 16),
    ("R8", many(10), Past(), 10),
    ("R9", exports(4), Past(), 4),
    ("R9", exports(1, many=2), Past(), 1),
    ("R10", asked(3), Past(), 3),
    ("R10", asked(1), Past(bsn_asked=[at(10) - timedelta(days=30)] * 2), 3),
    ("R11", refused(6, 2), Past(), 6),
    ("R12", [look(left=True)], Past(), 1),
    ("R13", [look(regie_part=True)], ELSEWHERE, 1),
    ("R13", [look(regie_part=True)], FORGOTTEN, 1),
    ("R15", [look(closed_at=ago(2))], Past(), 1),
    ("R16", listed(9), Past(), 9),
]


@pytest.mark.parametrize(("code", "looks", "past"), NOT_FOUND)
def test_what_is_just_allowed_is_not_found(code: str, looks: list[Look], past: Past) -> None:
    assert times(code, looks, past) == 0


@pytest.mark.parametrize(("code", "looks", "past", "found"), FOUND)
def test_what_is_just_over_it_is_found(code: str, looks: list[Look], past: Past, found: int) -> None:
    assert times(code, looks, past) == found


@pytest.mark.parametrize("role", ["privacy_officer", "beheerder"])
def test_who_checks_or_manages_is_seen_looking(role: str) -> None:
    assert times("R14", [look(event="log.read", content=False)], roles=role) == 1


def test_every_rule_is_tested_on_both_sides() -> None:
    rules = set(ORDER) - {SAMPLE}
    assert {row[0] for row in FOUND} | {"R14"} == rules == {row[0] for row in NOT_FOUND}


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('code = "R16"', 'code = "R15"', "'R15' komt twee keer voor"),
        ('code = "R16"', 'code = "R17"', "'R17' is onbekend"),
        ("value = 14", "value = 91", "'value' mag hoogstens 90 zijn"),
        ("{days} dagen na het laatste", "{dagen} dagen na het laatste", "noemt iets tussen haken"),
    ],
)
def test_a_mistake_in_the_file_says_where(tmp_path: Path, old: str, new: str, said: str) -> None:
    file = tmp_path / "rules.toml"
    file.write_text(FILE.read_text().replace(old, new, 1))
    with pytest.raises(DataFileError, match=said):
        read_rules(file)

"""Facts as they are stored: plain words and dates in a sealed field, and back again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from escalation.facts import Born, Checked, Consent, Fact, Package, Paper, Urgent, Views

Stored = dict[str, Any]


def dump(fact: Fact) -> Stored:
    """The fact as JSON can hold it, with its kind."""
    match fact:
        case Checked(held):
            return {"kind": "checked", "held": held}
        case Paper(dated):
            return {"kind": "paper", "dated": dated.isoformat()}
        case Views(ends, given):
            return {"kind": "views", "ends": ends and ends.isoformat(), "given": given and given.isoformat()}
        case Urgent():
            return {"kind": "urgent"}
        case Consent(dated, members, agreed):
            return {"kind": "consent", "dated": dated.isoformat(), "members": sorted(members), "agreed": agreed}
        case Born(day):
            return {"kind": "born", "day": day.isoformat()}
        case Package(phase, categories, condition_met):
            return {"kind": "package", "phase": phase, "categories": sorted(categories), "condition_met": condition_met}


def load(stored: Mapping[str, Any]) -> Fact:
    """The fact again; raises ValueError for a kind that no version of this module wrote."""
    match stored:
        case {"kind": "checked", "held": held}:
            return Checked(bool(held))
        case {"kind": "paper", "dated": dated}:
            return Paper(date.fromisoformat(dated))
        case {"kind": "views", "ends": ends, "given": given}:
            return Views(ends and datetime.fromisoformat(ends), given and date.fromisoformat(given))
        case {"kind": "urgent"}:
            return Urgent()
        case {"kind": "consent", "dated": dated, "members": members, "agreed": agreed}:
            return Consent(date.fromisoformat(dated), frozenset(members), bool(agreed))
        case {"kind": "born", "day": day}:
            return Born(date.fromisoformat(day))
        case {"kind": "package", "phase": phase, "categories": categories, "condition_met": met}:
            return Package(int(phase), frozenset(categories), bool(met))
    raise ValueError(f"no fact: {stored.get('kind')}")

"""What of Voorbeeldstad has been made so far, and acting as one of its people."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from casework.models import Case, Household, Signal
from config import demo_data as demo
from partners.models import CaseTable, Organisation, User
from privacy.acting import acting
from privacy.actor import Actor
from privacy.unlock import unlock


@dataclass
class Town:
    """What has been made so far, by the keys of the demo's files."""

    data: demo.DemoData
    today: date
    organisations: dict[str, Organisation] = field(default_factory=dict)
    people: dict[str, User] = field(default_factory=dict)
    tables: dict[str, CaseTable] = field(default_factory=dict)
    signals: dict[str, Signal] = field(default_factory=dict)
    cases: dict[str, Case] = field(default_factory=dict)
    households: dict[str, Household] = field(default_factory=dict)

    @contextmanager
    def doing(self, person: str, *dossiers: UUID) -> Iterator[Actor]:
        """Acting as this person, with these dossiers opened."""
        actor = replace(self.people[person].as_actor(), purpose="demo laden")
        with acting(actor):
            if dossiers:
                unlock(dossiers, by=actor)
            yield actor

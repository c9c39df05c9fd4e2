"""The demo as one value, with its look-ups by key."""

from __future__ import annotations

from dataclasses import dataclass

from config.demo_data.cases import Case
from config.demo_data.signals import Signal
from config.demo_data.tables import CaseTable, Covenant, Neighbourhood, Organisation, Person


@dataclass(frozen=True)
class DemoData:
    """Everything of Voorbeeldstad; signals and cases run from old to new."""

    municipality: str
    organisations: tuple[Organisation, ...]
    people: tuple[Person, ...]
    neighbourhoods: tuple[Neighbourhood, ...]
    tables: tuple[CaseTable, ...]
    covenants: tuple[Covenant, ...]
    signals: tuple[Signal, ...]
    cases: tuple[Case, ...]

    def organisation(self, key: str) -> Organisation:
        """The organisation with this key, or KeyError."""
        return {one.key: one for one in self.organisations}[key]

    def person(self, key: str) -> Person:
        """The person with this key, or KeyError."""
        return {one.key: one for one in self.people}[key]

    def table(self, key: str) -> CaseTable:
        """The case table with this key, or KeyError."""
        return {one.key: one for one in self.tables}[key]

    def covenant(self, key: str) -> Covenant:
        """The covenant with this key, or KeyError."""
        return {one.key: one for one in self.covenants}[key]

    def signal(self, key: str) -> Signal:
        """The signal with this key, or KeyError."""
        return {one.key: one for one in self.signals}[key]

    def case(self, key: str) -> Case:
        """The case with this key, or KeyError."""
        return {one.key: one for one in self.cases}[key]

    @property
    def logins(self) -> tuple[Person, ...]:
        """Who stands in the printed list of demo log-ins."""
        return tuple(person for person in self.people if person.login)

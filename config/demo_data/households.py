"""A household out of a case: who belongs to it, who left, and how it parted."""

from __future__ import annotations

from dataclasses import dataclass

from config.demo_data.effect import Assessed, Evaluated
from config.demo_data.relative import Birth, Moment


@dataclass(frozen=True)
class Left:
    """Since when and why somebody is not there any more."""

    moment: Moment
    because: str
    reason: str


@dataclass(frozen=True)
class Member:
    """Somebody of the household. Who stands in the case too is named there with the same name and birth date."""

    name: str
    relation: str
    since: Moment
    birth: Birth | None = None
    left: Left | None = None


@dataclass(frozen=True)
class Split:
    """Some people go on in a household of their own."""

    key: str
    name: str
    address: str
    members: tuple[str, ...]
    moment: Moment
    because: str
    reason: str


@dataclass(frozen=True)
class Contact:
    """That somebody spoke with the family."""

    person: str
    moment: Moment
    kind: str
    whom: str
    note: str


@dataclass(frozen=True)
class HandOver:
    """The regie offered to somebody else; taken over on the day that the demo is loaded, or not answered yet."""

    person: str
    to: str
    moment: Moment
    reason: str
    accepted: bool


@dataclass(frozen=True)
class Household:
    key: str
    name: str
    address: str
    regisseur: str
    founded: Moment
    reason: str
    members: tuple[Member, ...]
    splits: tuple[Split, ...]
    assessments: tuple[Assessed, ...]
    evaluations: tuple[Evaluated, ...]
    contacts: tuple[Contact, ...]
    handovers: tuple[HandOver, ...]


@dataclass(frozen=True)
class Joins:
    """A case of another table that asked to join the plan of a household, and the answer."""

    household: str
    asked: Moment
    reason: str
    answered: Moment
    answered_by: str
    answer: str

"""A case of several partners: from signals to closing."""

from __future__ import annotations

from dataclasses import dataclass

from config.demo_data.households import Household, Joins
from config.demo_data.plans import Plan
from config.demo_data.relative import Birth, Moment
from config.demo_data.signals import Place


@dataclass(frozen=True)
class Criterion:
    """One admission criterion with the regisseur's answer."""

    key: str
    met: bool
    reason: str


@dataclass(frozen=True)
class GroupMember:
    """Somebody of a group: plus, min or mee, and since (and until) when."""

    name: str
    role: str
    since: Moment
    until: Moment | None = None
    birth: Birth | None = None


@dataclass(frozen=True)
class CaseSubject:
    """Whom the case is about, and in which role; a group has members."""

    kind: str
    name: str
    role: str
    birth: Birth | None = None
    bsn: str = ""
    place: Place | None = None
    members: tuple[GroupMember, ...] = ()


@dataclass(frozen=True)
class Participant:
    """An organisation in the case through the people it names. Hidden: the other partners do not see it."""

    organisation: str
    people: tuple[str, ...]
    ground: str
    joined: Moment
    until_days: int | None = None
    hidden: bool = False


@dataclass(frozen=True)
class Audience:
    """Who reads a contribution: `table`, `regie`, `own`, or the named `organisations`."""

    kind: str
    organisations: tuple[str, ...] = ()


@dataclass(frozen=True)
class Correction:
    """The better text by which the owner replaced a contribution, for the same circle (BGS 1.7)."""

    moment: Moment
    text: str


@dataclass(frozen=True)
class Contribution:
    organisation: str
    person: str
    moment: Moment
    category: str
    kind: str
    ground: str
    text: str
    audience: Audience
    source: str = ""
    conditions: str = ""
    decision_ref: str = ""
    withdrawn: Moment | None = None
    correction: Correction | None = None


@dataclass(frozen=True)
class SignalShare:
    """The content of a bundled signal shown to a participant: an act of its own, with its own ground."""

    signal: str
    organisation: str
    ground: str
    moment: Moment
    by: str
    decision_ref: str = ""


@dataclass(frozen=True)
class Closing:
    moment: Moment
    by: str
    outcome: str
    reason: str


@dataclass(frozen=True)
class Case:
    key: str
    theme: str
    table: str
    name: str
    summary: str
    opened: Moment
    opened_by: str
    casusregisseur: str
    casusregisseur_since: Moment | None
    criteria: tuple[Criterion, ...]
    subjects: tuple[CaseSubject, ...]
    signals: tuple[str, ...]
    participants: tuple[Participant, ...]
    contributions: tuple[Contribution, ...]
    signal_shares: tuple[SignalShare, ...]
    state: str
    attention: str = ""
    closing: Closing | None = None
    plan: Plan | None = None
    household: Household | None = None
    joins: Joins | None = None

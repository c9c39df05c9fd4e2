"""What a verb is given: plain values, made by a form, an import or the demo."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from casework.attaching import CleanFile
from casework.models import Agreed, Attachment, Audience, ItemAudience, ItemKind, Severity, SubjectKind, Told

# A file that was just taken in, or one that is kept already: with a draft, or with an older version.
File = CleanFile | Attachment


@dataclass(frozen=True, slots=True)
class Terms:
    """What the owner of an item asks: organisations that never get it, and to be asked before anybody new does."""

    not_to: frozenset[UUID] = frozenset()
    ask_first: bool = False

    def as_dict(self) -> dict[str, Any] | None:
        """As it is sealed with the item; nothing when nothing is asked."""
        if not (self.not_to or self.ask_first):
            return None
        return {"not_to": sorted(str(pk) for pk in self.not_to), "ask_first": self.ask_first}

    @classmethod
    def of(cls, sealed: Mapping[str, Any] | None) -> Terms:
        """From what was sealed."""
        given = sealed or {}
        return cls(frozenset(UUID(pk) for pk in given.get("not_to", [])), bool(given.get("ask_first")))


@dataclass(frozen=True, slots=True)
class PlaceInput:
    """Where; any part may be empty. `postcode` as '7899 AB', `number` with its addition as '14A'."""

    street: str = ""
    number: str = ""
    postcode: str = ""
    city: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True)
class SubjectInput:
    """Who or what it is about. `bsn` only as nine digits that pass the 11-test."""

    kind: SubjectKind
    name: str = ""
    birth_date: date | None = None
    bsn: str = ""


@dataclass(frozen=True, slots=True)
class ItemInput:
    """One piece of information with its circle of readers and its category of data."""

    kind: ItemKind
    text: str
    category: str
    audience: ItemAudience = ItemAudience.TABLE
    origin: str = ""
    occurred_on: date | None = None
    files: tuple[File, ...] = ()


@dataclass(frozen=True, slots=True)
class SignalInput:
    """A whole signal as it is handed in."""

    table_id: UUID
    source_id: UUID
    reporter_name: str
    items: tuple[ItemInput, ...]
    reporter_function: str = ""
    subjects: tuple[SubjectInput, ...] = ()
    place: PlaceInput = PlaceInput()
    severity: Severity | None = None
    neighbourhood: str = ""
    observed_on: date | None = None
    answers: Mapping[str, Any] = field(default_factory=dict)
    told: Told | None = None
    not_told_reason: str = ""


@dataclass(frozen=True, slots=True)
class CriterionAnswer:
    """One admission criterion: met or not, and why (BGS 2.20)."""

    key: str
    met: bool
    reason: str = ""

    def as_dict(self) -> dict[str, Any]:
        return {"key": self.key, "met": self.met, "reason": self.reason}


@dataclass(frozen=True, slots=True)
class CaseSubjectInput:
    """Who a case is about, in which role (a code of the theme)."""

    kind: SubjectKind
    name: str
    role: str = ""
    birth_date: date | None = None
    address: str = ""
    bsn: str = ""
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class CaseInput:
    """What opening a case needs."""

    short_name: str
    summary: str
    criteria: tuple[CriterionAnswer, ...]
    subjects: tuple[CaseSubjectInput, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ContributionInput:
    """One contribution with its category, ground and circle."""

    kind: ItemKind
    category: str
    ground: str
    text: str
    audience: Audience
    recipients: tuple[UUID, ...] = ()
    decision_ref: str = ""
    origin: str = ""
    conditions: str = ""
    terms: Terms = Terms()
    occurred_on: date | None = None
    files: tuple[File, ...] = ()


@dataclass(frozen=True, slots=True)
class AssessmentInput:
    """How one member fares: the level by domain; a domain that was not scored is absent."""

    assessed_on: date
    scores: Mapping[str, int]
    note: str = ""


@dataclass(frozen=True, slots=True)
class EvaluationInput:
    """What came of a plan, as the regie judges it."""

    worked: str
    family: Agreed
    not_worked: str = ""
    family_words: str = ""
    goal_words: str = ""
    months: int | None = None
    before: int | None = None
    after: int | None = None
    nuisance_words: str = ""
    next_on: date | None = None

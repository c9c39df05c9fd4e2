"""A ladder and its rungs: frozen values, read from files. What may happen on them is in `ladder.py`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from escalation.terms import Length, TermRule


class LadderKind(StrEnum):
    """Which measure, or who directs."""

    MEASURES = "maatregelen"
    REGIE = "regie"


class RequirementKind(StrEnum):
    """What kind of thing must be there before a rung is entered."""

    CHECK = "vaststelling"
    DOCUMENT = "document"
    VIEWS = "zienswijze"
    CONSENT = "instemming"
    AGE = "leeftijd"
    PHASE = "gegevensfase"
    CASUSREGISSEUR = "casusregisseur"


class TermRole(StrEnum):
    """What a term is for. `INFORMATION`: somebody else's term, shown and never enforced."""

    MEASURE = "maatregel"
    ACT = "handelen"
    VIEWS = "zienswijze"
    REVIEW = "herziening"
    INFORMATION = "informatie"


# From what moment a term counts, with the words for the screen.
SINCE: Mapping[str, str] = {
    "stap": "deze stap",
    "besluit": "het besluit",
    "oplegging": "het opleggen",
    "bekendmaking": "de bekendmaking aan betrokkene",
    "melding": "de ontvangst van de melding",
    "onderzoeksbesluit": "het besluit om te onderzoeken",
    "gegevens": "de ontvangst van de gegevens",
    "verzoek": "de indiening van het verzoek",
    "wens": "de wens die betrokkene uitsprak",
    "overdracht": "de overdracht",
}


@dataclass(frozen=True, slots=True)
class Criterion:
    """A reason to enter or leave a rung; a step names one."""

    key: str
    text: str
    source: str


@dataclass(frozen=True, slots=True)
class Requirement:
    """Something that must be there. The fields after `article` belong to some kinds only."""

    key: str
    kind: RequirementKind
    label: str
    article: str
    valid: Length | None = None
    who: str = ""
    least_age: int = 0
    below_age: int = 0
    urgent: str = ""


@dataclass(frozen=True, slots=True)
class Mandate:
    """Who may decide in the name of whom, when that mandate was given."""

    giver: str
    to: str
    article: str


@dataclass(frozen=True, slots=True)
class RungTerm:
    """A term of a rung: how it is counted (`rule`), from when, what for, and the lengths one may choose from."""

    key: str
    label: str
    role: TermRole
    since: str
    rule: TermRule
    least: int
    most: int
    remind: int
    within: Length | None
    reached: str
    extend_decides: tuple[str, ...]

    def chosen(self, number: int) -> TermRule:
        """The rule with the length that the decider chose; raises ValueError outside what the file allows."""
        if not self.least <= number <= self.most:
            raise ValueError(f"Kies {self.least} tot en met {self.most} {self.rule.length.unit} ({self.rule.article}).")
        return replace(self.rule, length=Length(number, self.rule.length.unit))


@dataclass(frozen=True, slots=True)
class Regie:
    """The four responsibilities of a level of AVE."""

    casusregie: str
    procesregie: str
    operationeel: str
    bestuurlijk: str


@dataclass(frozen=True, slots=True)
class Rung:
    """One rung: who decides, on what basis, what it asks, which terms it starts."""

    key: str
    number: int
    name: str
    part: str
    sentence: str
    measure: str
    decides: tuple[str, ...]
    leave_decides: tuple[str, ...]
    mandates: tuple[Mandate, ...]
    no_mandate: str
    basis: tuple[str, ...]
    enter: tuple[Criterion, ...]
    leave: tuple[Criterion, ...]
    requires: tuple[Requirement, ...]
    terms: tuple[RungTerm, ...]
    only_from: tuple[str, ...]
    aside: bool
    care: str
    reminder: str
    status_only: bool
    regie_level: int
    regie: Regie | None

    def term(self, key: str) -> RungTerm:
        """Raises KeyError."""
        return {term.key: term for term in self.terms}[key]


@dataclass(frozen=True, slots=True)
class Named:
    """A code with the words a person reads."""

    code: str
    label: str


@dataclass(frozen=True, slots=True)
class DataPhase:
    """A phase of data: what may be processed in it, and on what condition (WGS 2.22 and 2.23)."""

    number: int
    label: str
    categories: tuple[Named, ...]
    condition: str
    article: str


@dataclass(frozen=True, slots=True)
class Ladder:
    """One ladder in one version; a case keeps the version it began with."""

    code: str
    version: str
    name: str
    sentence: str
    kind: LadderKind
    themes: tuple[str, ...]
    order: int
    source: str
    start: str
    skip: str
    regie_source: str
    parts: tuple[Named, ...]
    data_phases: tuple[DataPhase, ...]
    rungs: tuple[Rung, ...]

    def get(self, key: str) -> Rung:
        """Raises KeyError for a rung that this version does not have."""
        return {rung.key: rung for rung in self.rungs}[key]

    def position(self, key: str) -> int:
        """How high a rung stands; raises KeyError."""
        return self.rungs.index(self.get(key))

    @property
    def main(self) -> tuple[Rung, ...]:
        """The rungs of the ladder itself, from low to high, without those beside it."""
        return tuple(rung for rung in self.rungs if not rung.aside)

    def leads(self, at: Rung, to: Rung) -> bool:
        """Whether the shape of the ladder lets one go from here to there, whatever else is asked.

        A rung beside the ladder is entered without leaving the rung where one stands, so nothing leads away from it: a
        measure of the municipality is no short cut to the RIEC.
        """
        if at.key == to.key or at.aside:
            return False
        if to.only_from:
            return at.key in to.only_from
        return bool(to.aside or self.skip) or self.main.index(to) <= self.main.index(at) + 1

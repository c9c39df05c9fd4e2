"""What a reader sees of assessments and evaluations: series per person with their drawings, and what they say."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from casework.drawing import Radar, Trend, radar, trend
from casework.instrument_files import Instrument, instrument_of
from casework.models import Assessment, Evaluation, Member, Plan
from casework.plan_files import domains_of
from casework.queries.households import HouseholdHead
from privacy.access import opened, visible
from privacy.actor import Actor
from privacy.errors import NotKnown


@dataclass(frozen=True, slots=True)
class Person:
    """A member to look at, now or before. `came_from` is the row of this person in the household before."""

    pk: UUID
    name: str
    since: date
    until: date | None
    came_from: UUID | None


@dataclass(frozen=True, slots=True)
class Said:
    """What one assessment says of one domain, in words."""

    number: int
    label: str
    level: str


@dataclass(frozen=True, slots=True)
class Measured:
    """One assessment."""

    pk: UUID
    member: UUID
    on: date
    who: str
    organisation_id: UUID
    organisation: str
    instrument: Instrument
    scores: dict[str, int]
    note: str
    corrected: bool
    corrects: UUID | None
    reason: str

    @property
    def key(self) -> str:
        """The series it belongs to: one organisation with one version of an instrument, so that like stands by like."""
        return f"{self.organisation_id}:{self.instrument.code}:{self.instrument.version}"

    def said(self) -> list[Said]:
        """Every domain with its level."""
        return [
            Said(number, domain.label, str(self.instrument.level(self.scores.get(domain.code)) or "Niet beoordeeld"))
            for number, domain in enumerate(self.instrument.domains, start=1)
        ]


@dataclass(frozen=True, slots=True)
class DomainRow:
    """One domain of a series: first and newest, how it went in between, and its drawing."""

    number: int
    label: str
    first: str
    newest: str
    change: str
    course: str
    drawing: Trend


@dataclass(frozen=True, slots=True)
class Series:
    """The assessments of one person by one organisation with one instrument, oldest first."""

    key: str
    organisation: str
    instrument: Instrument
    measured: tuple[Measured, ...]

    @property
    def label(self) -> str:
        return f"{self.organisation}: {self.instrument.name} {self.instrument.version}"

    @property
    def first(self) -> Measured:
        return self.measured[0]

    @property
    def newest(self) -> Measured:
        return self.measured[-1]

    def radar(self) -> Radar:
        """First and newest around one centre; one alone is the newest."""
        shown = [self.first, self.newest] if len(self.measured) > 1 else [self.newest]
        codes = [domain.code for domain in self.instrument.domains]
        return radar(len(self.instrument.levels), *([one.scores.get(code) for code in codes] for one in shown))

    def rows(self) -> list[DomainRow]:
        """Every domain that was ever scored in this series."""
        found = []
        for number, domain in enumerate(self.instrument.domains, start=1):
            scores = [(one.on, one.scores.get(domain.code)) for one in self.measured]
            if any(score is not None for _, score in scores):
                found.append(_row(number, domain.label, self.instrument, scores))
        return found


def _row(number: int, label: str, instrument: Instrument, scores: Sequence[tuple[date, int | None]]) -> DomainRow:
    first, newest = scores[0][1], scores[-1][1]
    return DomainRow(
        number=number,
        label=label,
        first=_shown(first),
        newest=_shown(newest),
        change=_change(first, newest) if len(scores) > 1 else "–",
        course=", ".join(_shown(score) for _, score in scores),
        drawing=trend(len(instrument.levels), scores),
    )


def _shown(score: int | None) -> str:
    return "–" if score is None else str(score)


def _change(first: int | None, newest: int | None) -> str:
    if first is None or newest is None:
        return "niet te vergelijken"
    if first == newest:
        return "gelijk"
    return f"{newest - first} hoger" if newest > first else f"{first - newest} lager"


def people(head: HouseholdHead) -> list[Person]:
    """Everybody of the household: who belongs to it now first, and of those who was assessed."""
    rows = opened(Member).filter(household=head.household)
    assessed = set(opened(Assessment).filter(household=head.household).values_list("member", flat=True))
    found = [Person(row.pk, row.name, row.since, row.until, row.came_from) for row in rows]
    return sorted(found, key=lambda one: (one.until is not None, one.pk not in assessed))


@dataclass(frozen=True, slots=True)
class Before:
    """Where this person was before a split or merger: the assessments of then stay there."""

    household: UUID
    member: UUID


def before(person: Person | None, *, by: Actor) -> Before | None:
    """The household before this one, for who may read that one too."""
    if person is None or person.came_from is None:
        return None
    there = visible(Member, by=by).filter(pk=person.came_from).values_list("household", flat=True).first()
    return Before(there, person.came_from) if there else None


def member_of(head: HouseholdHead, pk: UUID) -> Member:
    """One member; raises NotKnown."""
    found = opened(Member).filter(household=head.household, pk=pk).select_related("dossier").first()
    if found is None:
        raise NotKnown
    return found


def _measured(row: Assessment) -> Measured:
    return Measured(
        pk=row.pk,
        member=row.member_id,
        on=row.assessed_on,
        who=row.made_by.name,
        organisation_id=row.organisation_id,
        organisation=row.organisation.name,
        instrument=instrument_of(row.instrument, row.instrument_version),
        scores=row.scores,
        note=row.note or "",
        corrected=row.corrected_at is not None,
        corrects=row.corrects_id,
        reason=row.reason or "",
    )


def measured(head: HouseholdHead, member: UUID) -> list[Measured]:
    """All assessments of a member that this reader reads, newest first; also the ones that were replaced."""
    rows = opened(Assessment).filter(household=head.household, member=member)
    found = rows.select_related("made_by", "organisation").order_by("-assessed_on", "-at", "id")
    return [_measured(row) for row in found]


def one_measured(head: HouseholdHead, pk: UUID) -> tuple[Assessment, Measured]:
    """One assessment, as a row and as it reads; raises NotKnown."""
    rows = opened(Assessment).filter(household=head.household, pk=pk)
    row = rows.select_related("made_by", "organisation", "member", "dossier").first()
    if row is None:
        raise NotKnown
    return row, _measured(row)


def all_series(found: Iterable[Measured]) -> list[Series]:
    """The series that assessments (newest first) make, the one with the newest assessment first."""
    by_key: dict[str, list[Measured]] = {}
    for one in found:
        if not one.corrected:
            by_key.setdefault(one.key, []).insert(0, one)
    return [Series(key, rows[0].organisation, rows[0].instrument, tuple(rows)) for key, rows in by_key.items()]


@dataclass(frozen=True, slots=True)
class EvaluatedDomain:
    """What came of the goals of one life domain when it was evaluated."""

    label: str
    reached: int
    partly: int
    missed: int
    open: int


@dataclass(frozen=True, slots=True)
class Evaluated:
    """An evaluation of the plan."""

    pk: UUID
    on: date
    who: str
    closing: bool
    goals: list[EvaluatedDomain]
    goal_words: str
    nuisance: dict[str, int | None]
    nuisance_words: str
    worked: str
    not_worked: str
    family: str
    family_words: str


def evaluations(head: HouseholdHead) -> list[Evaluated]:
    """The evaluations of the plan, newest first; empty for who does not read the whole."""
    rows = list(opened(Evaluation).filter(household=head.household).select_related("made_by"))
    labels = _labels(head) if rows else {}
    return [
        Evaluated(
            pk=row.pk,
            on=row.evaluated_on,
            who=row.made_by.name,
            closing=row.closing,
            goals=[
                EvaluatedDomain(labels[goal["domain"]], goal["reached"], goal["partly"], goal["missed"], goal["open"])
                for goal in row.goals
            ],
            goal_words=row.goal_words or "",
            nuisance=row.nuisance,
            nuisance_words=row.nuisance_words or "",
            worked=row.worked,
            not_worked=row.not_worked or "",
            family=row.get_family_display(),
            family_words=row.family_words or "",
        )
        for row in rows
    ]


def _labels(head: HouseholdHead) -> dict[str, str]:
    plan = opened(Plan).get(household=head.household)
    return {domain.code: domain.label for domain in domains_of(plan.domains, plan.domains_version).domains}


def evaluate_on(head: HouseholdHead) -> date | None:
    """When the plan is to be evaluated."""
    return opened(Plan).filter(household=head.household).values_list("evaluate_on", flat=True).first()

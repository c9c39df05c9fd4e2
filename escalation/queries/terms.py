"""Terms and measures as a page shows them: where each stands, how its end was computed, and what can be done."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from escalation.authority_files import authorities
from escalation.dutch import day_of, spoken_day, spoken_moment
from escalation.laddering import ladder_version
from escalation.models import Breach, EndedBecause, Measure, Standing, Term
from escalation.rungs import SINCE, Rung, RungTerm, TermRole
from escalation.services.deciding import WITH_THE_DECISION
from escalation.services.terms import entry_of, why_not_begin
from escalation.situations import ladder_of
from escalation.terms import Deadline, Running, State, compute, latest_extension, state
from privacy import grants
from privacy.access import beside, opened
from privacy.actor import Actor
from privacy.free_days import free_days

ENDED = {
    EndedBecause.LEFT: "vervallen: de casus verliet de trede",
    EndedBecause.WITHDRAWN: "geëindigd: de maatregel is ingetrokken",
    EndedBecause.DONE: "gehaald",
    EndedBecause.CLOSED: "geëindigd: de casus is gesloten",
}
# How a badge is drawn; the words say it too.
MARK = {State.RUNNING: "ruim", State.SOON: "bijna", State.OVER: "te_laat"}


@dataclass(frozen=True, slots=True)
class TermRow:
    """One term. `todo` is what must be done when it is over; `latest` until when an extension may go, in words."""

    pk: UUID
    key: str
    label: str
    rung: str
    article: str
    measure_id: UUID | None
    end: str
    state: str
    mark: str
    ended: bool
    over: bool
    of_others: bool
    todo: str
    how: tuple[str, ...]
    latest: str
    latest_at: datetime | None
    extend_by: str
    may_end: bool


@dataclass(frozen=True, slots=True)
class BreachRow:
    """One breach, for who directs."""

    at: str
    note: str
    noted_by: str


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """One measure, with its own terms and who may end it before its time."""

    pk: UUID
    name: str
    since: str
    state: str
    mark: str
    running: bool
    terms: tuple[TermRow, ...]
    withdraw_by: str
    basis: str
    breaches: tuple[BreachRow, ...]


@dataclass(frozen=True, slots=True)
class ToBegin:
    """A term of a rung in force that begins when something happens, which nobody said yet."""

    rung: str
    rung_name: str
    key: str
    label: str
    since: str


@dataclass(frozen=True, slots=True)
class Terms:
    """All of one standing. Terms of a measure are among `terms` too."""

    terms: tuple[TermRow, ...]
    measures: tuple[MeasureRow, ...]
    to_begin: tuple[ToBegin, ...]

    @property
    def loose(self) -> tuple[TermRow, ...]:
        """Those that belong to no measure."""
        return tuple(row for row in self.terms if row.measure_id is None)


def terms_of(standing: Standing, now: datetime, *, by: Actor) -> Terms:
    """Terms and measures of a case that was opened, what still runs first; breaches only for who directs."""
    rows = list(beside(Term, [standing]).filter(standing=standing))
    shown = sorted((_term(row, now) for row in rows), key=lambda row: row.ended)
    return Terms(tuple(shown), tuple(_measures(standing, shown)), tuple(_to_begin(standing, by=by)))


def _rung_term(row: Term) -> tuple[Rung, RungTerm]:
    rung = ladder_of(row).get(row.rung)
    return rung, rung.term(row.key)


def _term(row: Term, now: datetime) -> TermRow:
    rung, term = _rung_term(row)
    days, running = free_days(), Running(row.since, row.ends, row.extended)
    ended, of_others = row.ended_at is not None, term.role is TermRole.INFORMATION
    stands = state(running, term.remind, now=now, days=days)
    latest = None if ended or not row.measure_id else latest_extension(term.chosen(row.number), running, days=days)
    extends = bool(row.measure_id and term.rule.extension) and not ended and stands is not State.OVER
    return TermRow(
        pk=row.pk,
        key=row.key,
        label=term.label,
        rung=rung.name,
        article=term.rule.article,
        measure_id=row.measure_id,
        end=_end(row, term),
        state=ENDED[EndedBecause(row.ended_because)] if ended else stands.value,
        mark="ruim" if ended or (of_others and stands is State.OVER) else MARK[stands],
        ended=ended,
        over=not ended and stands is State.OVER,
        of_others=of_others,
        todo=term.reached,
        how=(*compute(term.chosen(row.number), row.since, days=days).how, *_extended(row, term)),
        latest=str(latest) if latest and extends else "",
        latest_at=latest.ends if latest and extends else None,
        extend_by=authorities().named(term.extend_decides) if extends else "",
        may_end=not ended and term.role is not TermRole.MEASURE,
    )


def _end(row: Term, term: RungTerm) -> str:
    counts = compute(term.chosen(row.number), row.since, days=free_days()).counts
    return str(Deadline(row.since, row.ends, counts, ()))


def _extended(row: Term, term: RungTerm) -> list[str]:
    extension = term.rule.extension
    if not row.extended or extension is None:
        return []
    return [f"Daarna is de termijn {row.extended} keer verlengd, {_end(row, term)} ({extension.article})."]


def _measures(standing: Standing, terms: Iterable[TermRow]) -> list[MeasureRow]:
    of_measure: dict[UUID, list[TermRow]] = defaultdict(list)
    for term in terms:
        if term.measure_id:
            of_measure[term.measure_id].append(term)
    rows = list(beside(Measure, [standing]).filter(standing=standing))
    breaches: dict[UUID, list[BreachRow]] = defaultdict(list)
    for row in opened(Breach).filter(measure__in=rows).select_related("noted_by"):
        breaches[row.measure_id].append(BreachRow(spoken_moment(row.at), row.note, row.noted_by.name))
    return [_measure(row, of_measure[row.pk], breaches[row.pk]) for row in rows]


def _measure(row: Measure, terms: list[TermRow], breaches: list[BreachRow]) -> MeasureRow:
    rung = ladder_version(row.standing.ladder, row.ladder_version).get(row.rung)
    words, mark = _measure_state(row, terms)
    return MeasureRow(
        pk=row.pk,
        name=rung.name,
        since=spoken_moment(row.since),
        state=words,
        mark=mark,
        running=row.ended_at is None and not (terms and all(term.over or term.ended for term in terms)),
        terms=tuple(terms),
        withdraw_by=authorities().named(rung.leave_decides),
        basis=", ".join(rung.basis),
        breaches=tuple(breaches),
    )


def _measure_state(row: Measure, terms: list[TermRow]) -> tuple[str, str]:
    """Words for where a measure stands, by its term; without one it holds until it is withdrawn."""
    if row.ended_at is not None:
        return f"geëindigd op {spoken_day(day_of(row.ended_at))}", "ruim"
    if not terms:
        return "van kracht, nog zonder einddatum", "ruim"
    return terms[0].state, terms[0].mark


def _to_begin(standing: Standing, *, by: Actor) -> list[ToBegin]:
    """For who directs: what may begin on the rungs in force, and the views that may be asked for rungs from here."""
    if not grants.directs(standing.dossier_id, by=by):
        return []
    ladder = ladder_of(standing)
    return [
        ToBegin(rung.key, rung.name, term.key, term.label, SINCE[term.since])
        for rung in ladder.rungs
        for term in rung.terms
        if term.since not in WITH_THE_DECISION and not why_not_begin(standing, rung, term, entry_of(standing, rung))
    ]

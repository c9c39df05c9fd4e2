"""Terms that begin at another moment than the decision, terms that were kept, and breaches of measures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from casework.services import cases
from escalation.dutch import day_of, spoken_moment
from escalation.facts import Views
from escalation.ladder import destinations
from escalation.models import Breach, Decision, DecisionMove, EndedBecause, Measure, Standing, Term
from escalation.rungs import SINCE, Rung, RungTerm, TermRole
from escalation.services import findings, watching
from escalation.services.deciding import IN_TIME, ON_THE_LADDER, WITH_THE_DECISION
from escalation.situations import ladder_of, situation_of
from escalation.terms import compute
from privacy import dossiers
from privacy.access import opened, require
from privacy.actor import Actor
from privacy.audit import record
from privacy.errors import Refused
from privacy.free_days import free_days
from privacy.models import AuditEntry, CompartmentKind

# What happened before the case came on the rung: somebody was told, or decided to investigate.
BEFORE_THE_DECISION = ("melding", "onderzoeksbesluit")
NOT_YET = "Dit moment moet nog komen. Kies het moment waarop het gebeurde."
OVER = "Deze termijn loopt niet meer."


@dataclass(frozen=True, slots=True)
class Entry:
    """How a rung came into force: since when, and the lengths of terms that were decided."""

    since: datetime
    lengths: dict[str, int]


def entry_of(standing: Standing, rung: Rung) -> Entry | None:
    """How the case came on this rung, where it stands now; None when the rung is not in force.

    Somebody is asked for a view before the rung is entered that the view is about: such a rung counts as soon as the
    ladder leads there.
    """
    entered = Decision.objects.filter(standing=standing, to=rung.key, move__in=ON_THE_LADDER).exclude(
        move=DecisionMove.END
    )
    if rung.key == standing.at or rung.key in standing.beside:
        last = entered.select_related("proposal").first()
        return Entry(last.decided_at, last.proposal.lengths) if last else Entry(standing.since, {})
    near = {one.rung.key for one in destinations(ladder_of(standing), situation_of(standing, {}, ()))}
    return Entry(standing.since, {}) if rung.key in near else None


def why_not_begin(standing: Standing, rung: Rung, term: RungTerm, entry: Entry | None) -> str:
    """Why this term can't begin now, whatever the moment; empty when it can."""
    if term.since in WITH_THE_DECISION:
        return "Deze termijn begint met het besluit zelf."
    in_force = rung.key == standing.at or rung.key in standing.beside
    if entry is None or not (in_force or term.role is TermRole.VIEWS):
        return f"De casus staat niet op trede “{rung.name}”. Deze termijn kan nu niet beginnen."
    measure = running_measure(standing, rung.key)
    if term.role is TermRole.MEASURE and measure is None:
        return "Er loopt geen maatregel van deze trede."
    there = Term.objects.filter(standing=standing, rung=rung.key, key=term.key)
    if term.role is TermRole.MEASURE:
        there = there.filter(measure=measure)
    else:
        there = there.filter(Q(ended_at__isnull=True) | Q(ended_at__gt=entry.since))
    return "Deze termijn is al ingegaan." if there.exists() else ""


def running_measure(standing: Standing, rung: str) -> Measure | None:
    """The newest measure of this rung that was not ended."""
    return Measure.objects.filter(standing=standing, rung=rung, ended_at__isnull=True).first()


def start(
    standing: Standing, rung: Rung, key: str, since: datetime, *, number: int | None = None, now: datetime, by: Actor
) -> Term:
    """Lets a term begin that counts from another moment than the decision. By who directs, once per time on the rung.

    How long a measure lasts was decided; `number` counts for other terms. Raises Refused for a moment that must still
    come, or that lies before the decision.
    """
    cases.lock_open(standing.case, by=by)
    standing.refresh_from_db()
    rung_term, entry = rung.term(key), entry_of(standing, rung)
    why = why_not_begin(standing, rung, rung_term, entry)
    require(not why, why)
    assert entry is not None  # or there was a reason
    require(since <= now + IN_TIME, NOT_YET)
    early = "Dit moment ligt voor het besluit van {}. Kies het moment van {}."
    require(
        since >= entry.since or rung_term.since in BEFORE_THE_DECISION,
        early.format(spoken_moment(entry.since), SINCE[rung_term.since]),
    )
    term = _row(standing, rung, rung_term, since, chosen_number(rung_term, number, entry))
    term.save(force_insert=True)
    watching.watch_terms([term.pk])
    record.change("ladder.term_begun", dossier=term.dossier, obj=term, action=AuditEntry.Action.CREATE, by=by)
    if rung_term.role is TermRole.VIEWS:
        _note_views(term, Views(ends=term.ends), now=now, by=by)
    return term


def chosen_number(term: RungTerm, number: int | None, entry: Entry) -> int:
    """How long it lasts: as it was decided, else as chosen, else as the ladder says."""
    decided = entry.lengths.get(term.key)
    if term.role is TermRole.MEASURE and decided is not None:
        require(number in (None, decided), f"Het besluit noemt {decided} {term.rule.length.unit}.")
    return next(one for one in (number, decided, term.rule.length.number) if one is not None)


def _row(standing: Standing, rung: Rung, term: RungTerm, since: datetime, number: int) -> Term:
    try:
        deadline = compute(term.chosen(number), since, days=free_days())
    except ValueError as why:
        raise Refused(str(why)) from why
    return Term(
        dossier=standing.dossier,
        compartment=dossiers.part(standing.dossier, CompartmentKind.COVER),
        standing=standing,
        measure=running_measure(standing, rung.key) if term.role is TermRole.MEASURE else None,
        ladder=standing.ladder,
        ladder_version=standing.ladder_version,
        rung=rung.key,
        key=term.key,
        number=number,
        since=deadline.since,
        ends=deadline.ends,
    )


def _note_views(term: Term, fact: Views, *, now: datetime, by: Actor) -> None:
    """Lets the requirement with the key of this term wait for its end; what was found otherwise stands."""
    if findings.requirement_of(term.standing, term.key) is None:
        return
    known = findings.known(term.standing).get(term.key)
    waits = known is None or (known["fact"]["kind"] == "views" and not known["fact"]["given"])
    if fact.given or waits:
        findings.note(term.standing, term.key, fact, "", now=now, by=by)


def done(term: Term, *, now: datetime, by: Actor) -> None:
    """What the term was for has happened; a measure ends by its term or by a decision. By who directs the case."""
    cases.lock_open(term.standing.case, by=by)
    rung_term = ladder_of(term).get(term.rung).term(term.key)
    require(rung_term.role is not TermRole.MEASURE, "Een maatregel loopt af of wordt ingetrokken.")
    ended = Term.objects.filter(pk=term.pk, ended_at__isnull=True).update(ended_at=now, ended_because=EndedBecause.DONE)
    require(bool(ended), OVER)
    record.change("ladder.term_done", dossier=term.dossier, obj=term, fields=["ended_at"], by=by)
    if rung_term.role is TermRole.VIEWS:
        given = day_of(now)
        _note_views(term, Views(ends=term.ends, given=given), now=now, by=by)


def ends_of(measure: Measure) -> datetime | None:
    """When a measure ends or ended: withdrawn or left, or by its term; None when no term of it runs yet."""
    last = Term.objects.filter(measure=measure).order_by("-ends").values_list("ends", flat=True).first()
    return min((moment for moment in (measure.ended_at, last) if moment), default=None)


def note_breach(measure: Measure, at: datetime, text: str, *, now: datetime, by: Actor) -> Breach:
    """Records that somebody broke a measure while it was in force. By who directs the case."""
    standing = measure.standing
    cases.lock_open(standing.case, by=by)
    require(bool(text.strip()), "Schrijf op wat er gebeurde.")
    require(at <= now + IN_TIME, NOT_YET)
    until = ends_of(measure)
    inside = measure.since <= at and (until is None or at < until)
    require(inside, f"Toen gold deze maatregel niet. Zij ging in op {spoken_moment(measure.since)}.")
    twice = (row.note == text for row in opened(Breach).filter(measure=measure, at=at))
    require(not any(twice), "Deze overtreding is al vastgelegd.")
    row = Breach(
        dossier=standing.dossier,
        compartment=dossiers.part(standing.dossier, CompartmentKind.REGIE),
        measure=measure,
        at=at,
        note=text,
        noted_by_id=by.user_id,
        noted_at=now,
    )
    row.save(force_insert=True)
    action = AuditEntry.Action.CREATE
    record.change("ladder.breach_noted", dossier=standing.dossier, obj=row, fields=["note"], action=action, by=by)
    return row

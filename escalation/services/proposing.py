"""Putting a step to who decides it: in a part of its own, which they read, and nothing else of the case."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection

from casework.circles import give_regie
from casework.models import RegieAssignment, RegieKind
from casework.queries.households import households_of_case
from casework.services import cases
from casework.services.disclosing import check_in_use
from escalation.dutch import day_of
from escalation.ladder import Refusal, Step, deciding, move_of, why_not_adopt, why_not_step
from escalation.laddering import active_ladder, ladder_version
from escalation.models import DecisionMove, Measure, Outcome, Proposal, Standing, Term
from escalation.rungs import Rung
from escalation.services.findings import asked_of, known
from escalation.situations import ladder_of, situation_of
from escalation.terms import Running, why_not_extend
from escalation.values import StepInput
from escalation.world import world_at
from partners.notices import tell
from partners.queries import hold_seats
from privacy import grants
from privacy.access import require
from privacy.actor import Actor
from privacy.audit import record
from privacy.dossiers import add_compartment, one_at_a_time
from privacy.errors import Refused
from privacy.free_days import free_days
from privacy.grants import Because
from privacy.models import AuditEntry, CompartmentKind

GROUND = "besluit"
# A proposal that nobody answers is no access for ever.
WAITS = timedelta(days=90)
ANSWERED = "Over dit voorstel is al beslist, of het is ingetrokken."
TWICE = "Dit is al voorgelegd en wacht op een besluit."


class RefusedStep(Refused):
    """Everything that stands in the way of a step, each with its article."""

    def __init__(self, refusals: Iterable[Refusal]) -> None:
        self.refusals = tuple(refusals)
        super().__init__(" ".join(one.sentence for one in self.refusals))

    @property
    def sentences(self) -> tuple[str, ...]:
        return tuple(one.sentence for one in self.refusals)


def regisseurs_of(standing: Standing, *, by: Actor) -> frozenset[str]:
    """Which of procesregisseur and casusregisseur are there now; for who reads the case."""
    case = standing.case
    of_case = RegieAssignment.objects.filter(case=case, until__isnull=True, vacant_since__isnull=True)
    kinds = set(of_case.values_list("kind", flat=True))
    homes = [one.pk for one in households_of_case(case.dossier_id, by=by)]
    if RegieAssignment.objects.filter(household__in=homes, until__isnull=True, vacant_since__isnull=True).exists():
        kinds.add(RegieKind.CASE)
    names = {RegieKind.PROCESS: "procesregisseur", RegieKind.CASE: "casusregisseur"}
    return frozenset(names[RegieKind(kind)] for kind in kinds)


def lengths_of(rung: Rung, given: Mapping[str, int]) -> dict[str, int]:
    """The length of every term of this rung that one may choose; raises Refused outside what the ladder allows."""
    found = {}
    for term in rung.terms:
        number = given.get(term.key, term.rule.length.number)
        try:
            term.chosen(number)
        except ValueError as why:
            raise Refused(f"{term.label}: {why}") from why
        found[term.key] = number
    return found


def propose(standing: Standing, given: StepInput, *, now: datetime, by: Actor) -> Proposal:
    """Puts a step on the ladder to who decides it; raises RefusedStep with every article in its way. By the regie."""
    cases.lock_open(standing.case, by=by)
    check_in_use(standing.dossier_id)
    standing.refresh_from_db()
    ladder, facts = ladder_of(standing), known(standing)
    require(given.to in {rung.key for rung in ladder.rungs}, "Deze trede staat niet op de ladder van deze casus.")
    situation = situation_of(standing, facts, regisseurs_of(standing, by=by))
    step = Step(given.to, given.criterion, bool(given.reason.strip()), given.review_on)
    if against := why_not_step(ladder, situation, step, world_at(now)):
        raise RefusedStep(against)
    move = DecisionMove(move_of(ladder, situation, given.to).value)
    who = deciding(ladder, situation, given.to)
    row = _row(standing, move, given.to, who.authorities, given.about, given.reason, now, by)
    row.criterion, row.review_on = given.criterion, given.review_on
    row.regisseurs = sorted(situation.regisseurs)
    if move is not DecisionMove.END:
        row.lengths = lengths_of(ladder.get(given.to), given.lengths)
    row.facts = asked_of(row, facts)
    row.mandated = [mandate.to for mandate in who.mandates]
    count = mandates_of(standing.pk)
    counting = [mandate.to for mandate in who.mandates if (mandate.giver, mandate.to) in count]
    return _put(row, [*who.authorities, *counting], now, by)


def propose_extension(term: Term, until: datetime, *, about: str, reason: str, now: datetime, by: Actor) -> Proposal:
    """Puts an extension of a measure to who may extend it: who may impose by mandate may not therefore extend."""
    standing = term.standing
    cases.lock_open(standing.case, by=by)
    rung_term = ladder_of(term).get(term.rung).term(term.key)
    require(bool(reason.strip()), "Schrijf op waarom verlengen nodig is.")
    require(term.measure is not None, "Alleen een maatregel wordt hier verlengd. Dit is een andere termijn.")
    require(term.ended_at is None, "Deze termijn loopt niet meer.")
    running = Running(term.since, term.ends, term.extended)
    why = why_not_extend(rung_term.chosen(term.number), running, until=until, now=now, days=free_days())
    require(not why, why)
    row = _row(standing, DecisionMove.EXTEND, term.rung, rung_term.extend_decides, about, reason, now, by)
    row.measure, row.term, row.until = term.measure, term, until
    row.running = {
        "key": term.key,
        "version": term.ladder_version,
        "number": term.number,
        "since": term.since.isoformat(),
        "ends": term.ends.isoformat(),
        "extended": term.extended,
    }
    return _put(row, rung_term.extend_decides, now, by)


def propose_withdrawal(measure: Measure, *, about: str, reason: str, now: datetime, by: Actor) -> Proposal:
    """Puts ending a measure before its term to who decides that."""
    standing = measure.standing
    cases.lock_open(standing.case, by=by)
    require(measure.ended_at is None, "Deze maatregel loopt niet meer.")
    require(bool(reason.strip()), "Schrijf op waarom de maatregel eindigt.")
    rung = ladder_version(standing.ladder, measure.ladder_version).get(measure.rung)
    row = _row(standing, DecisionMove.WITHDRAW, measure.rung, rung.leave_decides, about, reason, now, by)
    row.measure = measure
    return _put(row, rung.leave_decides, now, by)


def propose_version(standing: Standing, *, about: str, reason: str, now: datetime, by: Actor) -> Proposal:
    """Puts going on under the newest version of the ladder to who directs the process; loading one moves no case."""
    cases.lock_open(standing.case, by=by)
    standing.refresh_from_db()
    old, new = ladder_of(standing), active_ladder(standing.ladder)
    here = situation_of(standing, {}, ())
    in_force = Measure.objects.filter(standing=standing, ended_at__isnull=True).values_list("rung", flat=True)
    if against := why_not_adopt(old, new, replace(here, beside=here.beside | set(in_force))):
        raise RefusedStep([against])
    require(bool(reason.strip()), "Schrijf op waarom de casus overgaat naar de nieuwe versie.")
    row = _row(standing, DecisionMove.ADOPT, new.version, ("procesregisseur",), about, reason, now, by)
    return _put(row, ("procesregisseur",), now, by)


def propose_staying(
    standing: Standing, review_on: date, *, about: str, reason: str, now: datetime, by: Actor
) -> Proposal:
    """Puts that the case was judged anew and stays where it is, until a next day, to who directs the process."""
    cases.lock_open(standing.case, by=by)
    standing.refresh_from_db()
    require(review_on > day_of(now), "Kies een datum na vandaag waarop u opnieuw beoordeelt.")
    require(bool(reason.strip()), "Schrijf op waarom de casus op deze trede blijft.")
    row = _row(standing, DecisionMove.STAY, standing.at, ("procesregisseur",), about, reason, now, by)
    row.review_on = review_on
    return _put(row, ("procesregisseur",), now, by)


def withdraw(proposal: Proposal, *, now: datetime, by: Actor) -> None:
    """Takes a proposal back before it was answered. By who directs the case."""
    cases.lock_open(proposal.standing.case, by=by)
    hold(proposal)
    answered(proposal, Outcome.WITHDRAWN, now=now, by=by)
    record.change("ladder.proposal_withdrawn", dossier=proposal.dossier, obj=proposal, fields=["outcome"], by=by)


def hold(proposal: Proposal) -> None:
    """Lets whoever else answers this wait, and reads anew what it bears: the first step of every answer.

    Who decides at the table, what was found for the case and its closing wait too. Raises Refused for who comes second.
    """
    if proposal.dossier.table_id:
        hold_seats(proposal.dossier.table_id)
    one_at_a_time(proposal.dossier_id)
    row = Proposal.objects.select_for_update(of=("self",)).filter(pk=proposal.pk, outcome=Outcome.OPEN).first()
    require(row is not None, ANSWERED)
    for name in ("version", *Proposal.sealed_names()):
        setattr(proposal, name, getattr(row, name))


def answered(proposal: Proposal, outcome: Outcome, *, now: datetime, by: Actor, **more: Any) -> None:
    """Writes the answer; part of the act that answers and has held the proposal. It ends what others read of it."""
    proposal.outcome, proposal.answered_by_id, proposal.answered_at = outcome, by.user_id, now
    for name, value in more.items():
        setattr(proposal, name, value)
    proposal.save(update_fields=["outcome", "answered_by", "answered_at", *more])


def regisseurs_now(standing_id: UUID) -> frozenset[str]:
    """The same as `regisseurs_of`, at this moment, for who decides and reads nothing else of the case."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT escalation_regisseurs(%s)", [standing_id])
        return frozenset(cursor.fetchone()[0])


def _row(
    standing: Standing, move: DecisionMove, to: str, authorities: Iterable[str], about: str, reason: str,
    now: datetime, by: Actor,
) -> Proposal:  # fmt: skip
    require(bool(about.strip()), "Schrijf op over wie of wat dit besluit gaat.")
    there = Proposal.objects.filter(standing=standing, move=move, to=to, outcome=Outcome.OPEN)
    require(not there.exists(), TWICE)
    return Proposal(
        dossier=standing.dossier,
        standing=standing,
        ladder=standing.ladder,
        ladder_version=standing.ladder_version,
        at=standing.at,
        beside=standing.beside,
        move=move,
        to=to,
        authorities=list(authorities),
        about=about,
        reason=reason,
        facts={},
        proposed_by_id=by.user_id,
        proposed_at=now,
    )


def _put(proposal: Proposal, authorities: Iterable[str], now: datetime, by: Actor) -> Proposal:
    """Saves it in a part of its own, for the regie and for who may decide, and tells the latter."""
    dossier = proposal.standing.dossier
    part = add_compartment(dossier, CompartmentKind.ITEM, organisation_id=by.organisation_id, by=by)
    give_regie([part], proposal.standing.case.table_id, now=now, by=by)
    proposal.compartment = part
    proposal.save(force_insert=True)
    # Who directs the case has this part already.
    people = deciders(proposal.standing, [code for code in authorities if code != "procesregisseur"])
    grants.give([part], to=people, level="view", because=Because(GROUND, proposal.key, now + WAITS), by=by)
    action = AuditEntry.Action.CREATE
    record.change("ladder.proposed", dossier=dossier, obj=proposal, ground=GROUND, action=action, by=by)
    tell(set(people) - {by.user_id}, about=proposal.dossier_id)
    return proposal


def mandates_of(standing_id: UUID) -> frozenset[tuple[str, str]]:
    """Which mandates count in this case today, as (giver, to); for who has something of the case."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT giver, receiver FROM escalation_mandated(%s)", [standing_id])
        return frozenset(cursor.fetchall())


def deciders(standing: Standing, authorities: Iterable[str]) -> list[UUID]:
    """Who may decide for one of these authorities in this case; for who directs it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT person FROM escalation_deciders(%s, %s)", [standing.pk, list(authorities)])
        return [person for (person,) in cursor.fetchall()]

"""Deciding: by who holds the authority or a mandate of it, or recorded by the regie with date, members and document."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import IntegrityError, connection

from escalation.authority_files import authorities
from escalation.dutch import opening
from escalation.ladder import Decider, Refusal, Step, deciding, refusals, why_no_regisseur, why_not_extend_measure
from escalation.laddering import ladder_version
from escalation.models import Decision, DecisionMove, Outcome, Proposal
from escalation.rungs import RungTerm, TermRole
from escalation.services import watching
from escalation.services.authorities import FROM_THE_CASE
from escalation.services.proposing import RefusedStep, answered, deciders, hold, mandates_of, regisseurs_now
from escalation.situations import ladder_of, proposed_situation
from escalation.terms import Running, compute
from escalation.values import RecordedInput
from escalation.world import world_at
from partners.notices import tell
from privacy.access import require, require_regie
from privacy.actor import Actor
from privacy.audit import record
from privacy.errors import Refused
from privacy.free_days import free_days
from privacy.models import AuditEntry

BEFORE_IT_BEGAN = (
    "Toen stond de casus nog niet op deze trede, of was nog niet begonnen waar dit besluit over gaat. "
    "Kijk de dag na, en vul in hoe laat het was."
)
LONG_AGO = datetime.min.replace(tzinfo=UTC)
OVERTAKEN = "Een ander besluit was eerder: de casus staat intussen ergens anders. Dit voorstel is vervallen."
# A term that begins with the decision itself; the others begin when somebody says so.
WITH_THE_DECISION = ("stap", "besluit", "oplegging")
ON_THE_LADDER = frozenset(DecisionMove) - {
    DecisionMove.EXTEND, DecisionMove.WITHDRAW, DecisionMove.ADOPT, DecisionMove.STAY,
}  # fmt: skip
# Who writes these down was there.
IN_TIME = timedelta(minutes=5)


def to_record(codes: Iterable[str]) -> list[str]:
    """Of these authorities the ones whose decision may be recorded: who follows from the case decides here."""
    return [code for code in codes if code not in FROM_THE_CASE]


def decider_in(standing_id: UUID) -> Decider:
    """For whom the actor decides in the case of this standing, and which mandates count there."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT escalation_holds(%s)", [standing_id])
        holds = frozenset(cursor.fetchone()[0])
    return Decider(holds, mandates_of(standing_id))


def against(proposal: Proposal, decider: Decider, *, now: datetime) -> tuple[Refusal, ...]:
    """All that is in the way of granting this, for this decider; empty when nothing is.

    Who is named in the case is asked now: a regisseur may have left since it was proposed.
    """
    world, regisseurs = world_at(now), regisseurs_now(proposal.standing_id)
    if proposal.move in ON_THE_LADDER:
        situation = replace(proposed_situation(proposal), regisseurs=regisseurs)
        return refusals(ladder_of(proposal), situation, _step(proposal), decider, world)
    if nobody := why_no_regisseur(ladder_of(proposal), regisseurs):
        return (nobody,)
    if proposal.move == DecisionMove.EXTEND:
        why = _against_extending(proposal, decider, now)
        return (why,) if why else ()
    if decider.holds & set(proposal.authorities):
        return ()
    article = ladder_of(proposal).source
    sentence = f"Hierover beslist {world.authorities.named(tuple(proposal.authorities))} ({article})."
    return (Refusal("authority", sentence, article),)


def _against_extending(proposal: Proposal, decider: Decider, now: datetime) -> Refusal | None:
    rung_term, running = running_of(proposal)
    assert proposal.until is not None  # an extension has one
    return why_not_extend_measure(rung_term, running, until=proposal.until, decider=decider, world=world_at(now))


def running_of(proposal: Proposal) -> tuple[RungTerm, Running]:
    """The term that an extension is about, as it ran when it was proposed."""
    there = proposal.running or {}
    # What runs keeps the rules that it began with, also when the case went on under another version.
    term = ladder_version(proposal.ladder, there["version"]).get(proposal.to).term(there["key"])
    since, ends = datetime.fromisoformat(there["since"]), datetime.fromisoformat(there["ends"])
    return replace(term, rule=term.chosen(there["number"])), Running(since, ends, there["extended"])


def _step(proposal: Proposal) -> Step:
    return Step(proposal.to, proposal.criterion, bool(proposal.reason), proposal.review_on)


def capacity(proposal: Proposal, decider: Decider) -> tuple[str, str]:
    """As which authority somebody grants this, and in whose name when by mandate."""
    own = [code for code in proposal.authorities if code in decider.holds]
    if own or proposal.move not in ON_THE_LADDER:
        return (own[0] if own else "", "")
    who = deciding(ladder_of(proposal), proposed_situation(proposal), proposal.to)
    by_mandate = (one for one in who.mandates if one.to in decider.holds and (one.giver, one.to) in decider.mandated)
    found = next(by_mandate, None)
    return (found.to, found.giver) if found else ("", "")


def grant(proposal: Proposal, *, answer: str = "", now: datetime, by: Actor) -> None:
    """Takes the decision, now, as the authority that the actor holds; raises RefusedStep with what is in the way."""
    hold(proposal)
    decider = decider_in(proposal.standing_id)
    if found := against(proposal, decider, now=now):
        raise RefusedStep(found)
    authority, mandate_of = capacity(proposal, decider)
    more = {"authority": authority, "mandate_of": mandate_of, "decided_at": now, "answer": answer or None}
    answered(proposal, Outcome.GRANTED, now=now, by=by, **more)
    _carry_out(proposal, now=now, by=by)


def refuse(proposal: Proposal, answer: str, *, now: datetime, by: Actor) -> None:
    """Decides that it is not done, with why; by who could have granted it."""
    require(bool(answer.strip()), "Schrijf op waarom u dit besluit niet neemt.")
    hold(proposal)
    decider = decider_in(proposal.standing_id)
    named = authorities().named(tuple(proposal.authorities))
    authority, mandate_of = capacity(proposal, decider)
    require(bool(authority), f"Hierover beslist {named}.")
    more = {"authority": authority, "mandate_of": mandate_of, "decided_at": now, "answer": answer}
    answered(proposal, Outcome.REFUSED, now=now, by=by, **more)
    record.change("ladder.refused", dossier=proposal.dossier, obj=proposal, fields=["outcome"], by=by)
    tell({proposal.proposed_by_id} - {by.user_id}, about=proposal.dossier_id)


def record_decision(proposal: Proposal, given: RecordedInput, *, now: datetime, by: Actor) -> None:
    """Records a decision that was taken outside the system; who directs the case records, the authority decided.

    Raises Refused when that authority decides in the system itself, and RefusedStep with what was in the way.
    """
    require_regie(proposal, by=by)
    hold(proposal)
    require(given.authority in proposal.authorities, "Kies wie dit besluit nam.")
    named = authorities().get(given.authority).named
    require(given.authority not in FROM_THE_CASE, f"{opening(named)} volgt uit de casus en beslist zelf.")
    here = "beslist hierover zelf in Casustafel. Wacht op het besluit, of bel om eraan te herinneren."
    require(not deciders(proposal.standing, [given.authority]), f"{opening(named)} {here}")
    require(bool(given.document.strip()), "Schrijf op in welk document dit besluit staat.")
    require(given.decided_at <= now + IN_TIME, "Dit moment moet nog komen. Kies wanneer het besluit is genomen.")
    require(given.decided_at >= _began(proposal), BEFORE_IT_BEGAN)
    missing = set(authorities().get(given.authority).members) - given.members
    lacking = authorities().named(tuple(sorted(missing))).replace(" of ", " en ")
    require(not missing, f"Bij een besluit van {named} hoort ook {lacking}.")
    found = against(proposal, Decider(frozenset({given.authority})), now=max(now, given.decided_at))
    if found:
        raise RefusedStep(found)
    more = {
        "authority": given.authority,
        "decided_at": given.decided_at,
        "recorded": True,
        "members": sorted(given.members),
        "document": given.document,
    }
    answered(proposal, Outcome.GRANTED, now=now, by=by, **more)
    _carry_out(proposal, now=now, by=by)


def _began(proposal: Proposal) -> datetime:
    """Since when runs what this decision ends or lengthens, or the rung that it must come from; else long ago."""
    standing, of_rung = proposal.standing, proposal.to
    if proposal.move in (DecisionMove.DOWN, DecisionMove.BACK) or _only_from_here(proposal):
        return standing.since if standing.steps else LONG_AGO
    if proposal.move == DecisionMove.END:
        began = Decision.objects.filter(standing=standing, to=of_rung, move=DecisionMove.BEGIN)
        return began.values_list("decided_at", flat=True).first() or LONG_AGO
    return proposal.measure.since if proposal.measure else LONG_AGO


def _only_from_here(proposal: Proposal) -> bool:
    """Whether the ladder leads there from some rungs alone: nobody decided it before the case was on one of them."""
    return proposal.move in ON_THE_LADDER and bool(ladder_of(proposal).get(proposal.to).only_from)


def _carry_out(proposal: Proposal, *, now: datetime, by: Actor) -> None:
    """Lets the decision take effect; raises Refused when another one was first, and then nothing was answered."""
    terms = new_terms(proposal)
    imposes = proposal.move in ON_THE_LADDER and _imposes(proposal)
    with connection.cursor() as cursor:
        try:
            cursor.execute("SELECT escalation_carry_out(%s, %s, %s)", [proposal.pk, json.dumps(terms), imposes])
        except IntegrityError as error:
            # Who decides does not read who directs; the database asks it at this moment.
            if "without a regisseur" not in str(error):
                raise
            raise RefusedStep([_without_regisseur(proposal)]) from error
        if cursor.fetchone()[0]:
            raise Refused(OVERTAKEN)
    watching.watch_terms([UUID(one["id"]) for one in terms])
    if proposal.move == DecisionMove.EXTEND and proposal.term_id:
        watching.watch_terms([proposal.term_id])
    if proposal.review_on:
        watching.watch_review(proposal.standing_id, proposal.review_on)
    action = AuditEntry.Action.UPDATE
    record.change("ladder.decided", dossier=proposal.dossier, obj=proposal, fields=["at"], action=action, by=by)
    tell({proposal.proposed_by_id} - {by.user_id}, about=proposal.dossier_id)


def _without_regisseur(proposal: Proposal) -> Refusal:
    found = why_no_regisseur(ladder_of(proposal), frozenset())
    assert found is not None  # nobody is there
    return found


def _imposes(proposal: Proposal) -> bool:
    upwards = proposal.move in (DecisionMove.UP, DecisionMove.SKIP, DecisionMove.BEGIN)
    return upwards and bool(ladder_of(proposal).get(proposal.to).measure)


def new_terms(proposal: Proposal) -> list[dict[str, Any]]:
    """The terms that begin with this decision, computed."""
    if proposal.move not in ON_THE_LADDER or proposal.move == DecisionMove.END:
        return []
    assert proposal.decided_at is not None  # it was granted
    found = []
    for term in ladder_of(proposal).get(proposal.to).terms:
        if term.since in WITH_THE_DECISION and brings(proposal, term):
            number = proposal.lengths.get(term.key, term.rule.length.number)
            found.append(term_row(term, number, proposal.decided_at))
    return found


def brings(proposal: Proposal, term: RungTerm) -> bool:
    """Whether this step brings this term: that of a measure only with the measure, which going down imposes not."""
    return term.role is not TermRole.MEASURE or _imposes(proposal)


def term_row(term: RungTerm, number: int, since: datetime) -> dict[str, Any]:
    """A term that begins at this moment, as the database takes it."""
    deadline = compute(term.chosen(number), since, days=free_days())
    return {
        "id": str(uuid4()),
        "key": term.key,
        "number": number,
        "measure": term.role is TermRole.MEASURE,
        "since": deadline.since.isoformat(),
        "ends": deadline.ends.isoformat(),
    }

"""One proposal as who decides reads it: what is asked, what is known, what would follow, and what is in the way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from escalation.authority_files import authorities
from escalation.drawing import Drawing, draw
from escalation.dutch import opening, spoken_moment
from escalation.ladder import Decider, Refusal, Situation, checklist
from escalation.laddering import active_ladder
from escalation.models import DecisionMove, Outcome, Proposal
from escalation.rungs import SINCE, Criterion, Ladder, Rung
from escalation.services.deciding import (
    ON_THE_LADDER,
    WITH_THE_DECISION,
    against,
    brings,
    capacity,
    decider_in,
    running_of,
)
from escalation.situations import criterion_of, ladder_of, proposed_situation
from escalation.terms import compute, latest_extension
from escalation.words import step_said, stored_said
from escalation.world import world_at
from privacy.free_days import free_days


@dataclass(frozen=True, slots=True)
class Check:
    """Something that the rung asks: what is known of it, the note beside it, and why it is not met (empty: it is)."""

    label: str
    article: str
    known: str
    note: str
    why_not: str


@dataclass(frozen=True, slots=True)
class TermLine:
    """A term that the decision brings: its length, when it would end, and how that was computed."""

    label: str
    length: str
    ends: str
    how: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """Everything on the page of one proposal."""

    proposal: Proposal
    reference: str
    step: str
    sentence: str
    ladder: Ladder
    rung: Rung | None
    basis: str
    drawing: Drawing
    criterion: Criterion | None
    checks: tuple[Check, ...]
    terms: tuple[TermLine, ...]
    decides: str
    authority: str
    mandate_of: str
    refusals: tuple[Refusal, ...]

    @property
    def open(self) -> bool:
        return self.proposal.outcome == Outcome.OPEN

    @property
    def mandate_text(self) -> str:
        """In whose name one decides."""
        giver = self.mandate_of
        return f"U beslist namens {giver}, als {self.authority}. {opening(giver)} blijft verantwoordelijk (Awb 10:3)."

    @property
    def may_answer(self) -> bool:
        """Whether this person holds the authority or a mandate that counts; whatever else is in the way."""
        return self.open and bool(self.authority)


def shown(proposal: Proposal, *, now: datetime) -> Shown:
    """The page of a proposal that was opened, for the actor."""
    ladder, situation = ladder_of(proposal), proposed_situation(proposal)
    rung = None if proposal.move == DecisionMove.ADOPT else ladder.get(proposal.to)
    on_ladder = proposal.move in ON_THE_LADDER
    authority, mandate_of, refusals = _capacity(proposal, now)
    return Shown(
        proposal=proposal,
        reference=proposal.dossier.reference,
        step=step_said(proposal.move, proposal.to, ladder),
        sentence=_sentence(proposal, rung, ladder),
        ladder=ladder,
        rung=rung,
        basis=_basis(proposal, rung),
        drawing=draw(ladder, authorities(), situation, proposed=proposal.to),
        criterion=criterion_of(proposal, ladder),
        checks=tuple(_checks(proposal, ladder, situation, now)) if on_ladder else (),
        terms=tuple(_terms(proposal, rung, proposal.decided_at or now)) if rung else (),
        decides=authorities().named(tuple(proposal.authorities)),
        authority=authority,
        mandate_of=mandate_of,
        refusals=refusals,
    )


def _capacity(proposal: Proposal, now: datetime) -> tuple[str, str, tuple[Refusal, ...]]:
    """As whom the actor decides or decided, in whose name, and what is in the way now."""
    if proposal.outcome != Outcome.OPEN:
        return (*_named((proposal.authority, proposal.mandate_of)), ())
    decider: Decider = decider_in(proposal.standing_id)
    return (*_named(capacity(proposal, decider)), against(proposal, decider, now=now))


def _named(codes: Iterable[str]) -> tuple[str, str]:
    authority, mandate_of = (authorities().get(code).named if code else "" for code in codes)
    return authority, mandate_of


def _sentence(proposal: Proposal, rung: Rung | None, ladder: Ladder) -> str:
    """What this decision does, in one or two sentences."""
    if rung is None:
        new = active_ladder(proposal.ladder).version
        later = "" if new == proposal.to else f" Intussen is er ook een versie {new}."
        return (
            f"De casus loopt nu op versie {ladder.version} van de ladder “{ladder.name}”. Met dit besluit gaat de "
            f"casus verder op versie {proposal.to}. De trede, de maatregelen en de termijnen die lopen, blijven.{later}"
        )
    match DecisionMove(proposal.move):
        case DecisionMove.EXTEND:
            assert proposal.until is not None  # an extension has one
            _, running = running_of(proposal)
            before, after = spoken_moment(running.ends), spoken_moment(proposal.until)
            return f"De maatregel loopt tot {before}. Met dit besluit loopt de maatregel tot {after}."
        case DecisionMove.WITHDRAW:
            return f"De maatregel bij trede “{rung.name}” eindigt meteen, voordat de termijn voorbij is."
        case DecisionMove.END:
            return f"“{rung.name}” loopt nu naast de ladder. Met dit besluit eindigt dat, met de maatregel erbij."
        case DecisionMove.DOWN | DecisionMove.BACK:
            here = ladder.get(proposal.at).name
            return f"De casus verlaat trede “{here}”. Maatregelen en termijnen van die trede eindigen. {rung.sentence}"
    return rung.sentence


def _basis(proposal: Proposal, rung: Rung | None) -> str:
    """The articles that this decision rests on; an extension has one of its own."""
    if proposal.move == DecisionMove.EXTEND:
        extension = running_of(proposal)[0].rule.extension
        return extension.article if extension else ""
    return ", ".join(rung.basis) if rung else ""


def _checks(proposal: Proposal, ladder: Ladder, situation: Situation, now: datetime) -> Iterator[Check]:
    world = world_at(proposal.decided_at or now)
    for one in checklist(ladder, situation, proposal.to, world):
        known = proposal.facts.get(one.requirement.key)
        yield Check(
            label=one.requirement.label,
            article=one.requirement.article,
            known=stored_said(known["fact"], ladder, world.authorities) if known else "",
            note=known["note"] if known else "",
            why_not=one.refusal.sentence if one.refusal else "",
        )


def _terms(proposal: Proposal, rung: Rung, moment: datetime) -> Iterator[TermLine]:
    if proposal.move == DecisionMove.EXTEND:
        assert proposal.until is not None  # an extension has one
        term, running = running_of(proposal)
        before = f"De termijn liep vanaf {spoken_moment(running.since)} en is {running.extended} keer eerder verlengd."
        latest = latest_extension(term.rule, running, days=free_days())
        most = (f"Verlengen kan {latest} en niet langer.", *latest.how) if latest else ()
        yield TermLine(term.label, "", f"tot {spoken_moment(proposal.until)}", (before, *most))
        return
    if proposal.move not in ON_THE_LADDER or proposal.move == DecisionMove.END:
        return
    for one in (term for term in rung.terms if brings(proposal, term)):
        rule = one.chosen(proposal.lengths.get(one.key, one.rule.length.number))
        if one.since in WITH_THE_DECISION:
            deadline = compute(rule, moment, days=free_days())
            yield TermLine(one.label, str(rule.length), str(deadline), deadline.how)
        else:
            begins = f"begint later, bij {SINCE[one.since]}"
            yield TermLine(one.label, str(rule.length), begins, ())

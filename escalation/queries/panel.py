"""What the panel of a case shows: where it stands, since when, what is next, what is missing and who decides."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from casework.queries.cases import CaseHead
from escalation.authority_files import authorities
from escalation.drawing import Drawing, draw
from escalation.dutch import day_of
from escalation.ladder import (
    Move,
    Needed,
    Refusal,
    Situation,
    World,
    checklist,
    deciding,
    destinations,
    missing,
    proposed_regie,
    proposed_rungs,
)
from escalation.laddering import active_ladder
from escalation.models import Decision, Finding, Outcome, Proposal, Standing
from escalation.queries.terms import Terms, terms_of
from escalation.rungs import Ladder, LadderKind, RequirementKind, Rung
from escalation.services.findings import known
from escalation.services.proposing import regisseurs_of
from escalation.situations import criterion_of, ladder_of, situation_of
from escalation.words import step_said, stored_said
from privacy.access import beside, opened
from privacy.actor import Actor


@dataclass(frozen=True, slots=True)
class Way:
    """A rung that one may go to from here."""

    rung: Rung
    move: str
    who: str
    missing: tuple[Refusal, ...]
    waiting: bool

    @property
    def near(self) -> bool:
        """Whether it is the next rung, the one before, or stands beside the ladder."""
        return self.move not in (Move.SKIP, Move.BACK)


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing that a rung asks: what is known of it, and why that is not enough."""

    needed: Needed
    said: str
    note: str
    noted: bool

    @property
    def may_note(self) -> bool:
        """Whether somebody records it; who is casusregisseur follows from the case."""
        return self.needed.requirement.kind is not RequirementKind.CASUSREGISSEUR

    @property
    def plain(self) -> bool:
        """Whether its name says all that is missing: nothing was recorded of it."""
        return not self.noted and self.may_note


@dataclass(frozen=True, slots=True)
class Waiting:
    """A proposal that nobody answered yet, or that was refused."""

    pk: UUID
    said: str
    who: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Taken:
    """A decision, as everybody in the case may know it."""

    said: str
    who: str
    by: str
    recorded: bool
    at: datetime
    criterion: str


@dataclass(frozen=True, slots=True)
class Panel:
    """One ladder of a case."""

    standing: Standing
    ladder: Ladder
    rung: Rung
    beside: tuple[Rung, ...]
    drawing: Drawing
    review_late: bool
    ways: tuple[Way, ...]
    waiting: tuple[Waiting, ...]
    refused: tuple[Waiting, ...]
    taken: tuple[Taken, ...]
    newer: str
    suggested: tuple[Rung, ...]
    terms: Terms

    @property
    def directs_who(self) -> bool:
        """Whether this is the ladder that says who directs (AVE)."""
        return self.ladder.kind is LadderKind.REGIE

    @property
    def has_far(self) -> bool:
        """Whether one may pass over rungs from here, up or down."""
        return any(not way.near for way in self.ways)


def standings_of(head: CaseHead) -> QuerySet[Standing]:
    """Where the case stands, in its cover."""
    rows = beside(Standing, [head.case]).filter(case=head.case)
    return rows.select_related("dossier", "case__dossier", "case__table")


def panels(head: CaseHead, world: World, *, by: Actor) -> list[Panel]:
    """Each ladder of the case, the one of measures first."""
    rows = list(standings_of(head))
    rows.sort(key=lambda row: ladder_of(row).kind is LadderKind.REGIE)
    regisseurs = regisseurs_of(rows[0], by=by) if rows and head.directs else frozenset[str]()
    found = [_panel(row, head, known(row) if head.directs else {}, regisseurs, world, by) for row in rows]
    return [_with_suggestions(panel, found) for panel in found]


def _panel(
    row: Standing,
    head: CaseHead,
    facts: Mapping[str, Mapping[str, Any]],
    regisseurs: frozenset[str],
    world: World,
    by: Actor,
) -> Panel:
    ladder = ladder_of(row)
    situation = situation_of(row, facts, regisseurs)
    proposals = list(opened(Proposal).filter(standing=row, outcome__in=[Outcome.OPEN, Outcome.REFUSED]))
    waiting = [one for one in proposals if one.outcome == Outcome.OPEN]
    refused = [one for one in proposals if one.outcome == Outcome.REFUSED] if head.directs else []
    open_to = {(proposal.move, proposal.to) for proposal in waiting}
    decisions = beside(Decision, [row]).filter(standing=row)
    newest = active_ladder(row.ladder).version
    return Panel(
        standing=row,
        ladder=ladder,
        rung=ladder.get(row.at),
        beside=tuple(ladder.get(key) for key in row.beside),
        drawing=draw(ladder, authorities(), situation),
        review_late=bool(row.review_on and row.review_on <= day_of(world.now)),
        ways=tuple(_ways(ladder, situation, world, open_to)) if head.directs and head.open else (),
        waiting=tuple(_waiting(one, ladder) for one in waiting),
        refused=tuple(_waiting(one, ladder) for one in refused),
        taken=tuple(_taken(one) for one in decisions.select_related("decided_by", "standing")),
        newer=newest if newest != row.ladder_version else "",
        suggested=(),
        terms=terms_of(row, world.now, by=by),
    )


def _ways(ladder: Ladder, situation: Situation, world: World, open_to: set[tuple[str, str]]) -> list[Way]:
    found = []
    for one in destinations(ladder, situation):
        who = authorities().labels(deciding(ladder, situation, one.rung.key).authorities)
        why = missing(ladder, situation, one.rung.key, world)
        found.append(Way(one.rung, one.move.value, who, why, (one.move.value, one.rung.key) in open_to))
    return found


def _waiting(row: Proposal, ladder: Ladder) -> Waiting:
    who = authorities().named(tuple(row.authorities))
    return Waiting(row.pk, step_said(row.move, row.to, ladder), who, row.answered_at or row.proposed_at)


def _taken(row: Decision) -> Taken:
    row.standing.ladder_version = row.ladder_version  # the words of that moment
    ladder = ladder_of(row.standing)
    who = authorities().get(row.authority).named
    if row.mandate_of:
        who = f"{who}, namens {authorities().get(row.mandate_of).named}"
    criterion = criterion_of(row, ladder)
    return Taken(
        step_said(row.move, row.to, ladder), who, row.decided_by.name, row.recorded, row.decided_at,
        criterion.text if criterion else "",
    )  # fmt: skip


def _with_suggestions(panel: Panel, every: list[Panel]) -> Panel:
    """What the other ladder makes likely: a level of AVE that fits the rung, or rungs that fit the level."""
    other = next((one for one in every if one.directs_who is not panel.directs_who), None)
    if other is None:
        return panel
    suggested: tuple[Rung, ...]
    if panel.directs_who:
        fits = proposed_regie(other.rung, panel.ladder, panel.rung.key)
        suggested = (fits,) if fits else ()
    else:
        suggested = proposed_rungs(panel.ladder, panel.standing.at, other.rung)
    return replace(panel, suggested=suggested)


def asked(standing: Standing, to: str, situation: Situation, world: World) -> list[Asked]:
    """All that a rung asks, with what is known of it; for who directs the case."""
    ladder = ladder_of(standing)
    rows = opened(Finding).filter(standing=standing, ended_at__isnull=True)
    findings = {row.requirement: row for row in rows}
    found = []
    for needed in checklist(ladder, situation, to, world):
        row = findings.get(needed.requirement.key)
        said = stored_said(row.fact, ladder, authorities()) if row else ""
        found.append(Asked(needed, said, (row.note or "") if row else "", row is not None))
    return found

"""A stored standing or proposal as the plain values that `ladder.py` judges. No database here: rows come in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from escalation.fact_values import load
from escalation.ladder import Situation, criteria
from escalation.laddering import ladder_version
from escalation.models import Decision, DecisionMove, Proposal, Standing, Term
from escalation.rungs import Criterion, Ladder

Known = Mapping[str, Mapping[str, Any]]


def ladder_of(row: Standing | Proposal | Term) -> Ladder:
    """The ladder in the version that this row was made under; raises KeyError when its file is gone."""
    return ladder_version(row.ladder, row.ladder_version)


def situation_of(row: Standing | Proposal, known: Known, regisseurs: Iterable[str]) -> Situation:
    """Where the case stands, with what is known."""
    facts = {key: load(value["fact"]) for key, value in known.items()}
    return Situation(row.at, frozenset(row.beside), facts, frozenset(regisseurs))


def criterion_of(row: Proposal | Decision, ladder: Ladder) -> Criterion | None:
    """The criterion that a step rests on; None for what rests on none. Other rungs may use the same key for others."""
    if not row.criterion:
        return None
    ended = frozenset([row.to]) if row.move == DecisionMove.END else frozenset[str]()
    found = criteria(ladder, Situation(row.at, ended), row.to)
    return next((one for one in found if one.key == row.criterion), None)


def proposed_situation(proposal: Proposal) -> Situation:
    """The same from what a proposal bears: for who decides and reads nothing else."""
    return situation_of(proposal, proposal.facts, proposal.regisseurs)

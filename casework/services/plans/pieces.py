"""The plan as it stands, in pieces: one per goal, action and agreement, each in the compartment of its original."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from casework.models import Action, Goal, Household, PieceKind, SafetyAgreement


@dataclass(frozen=True, slots=True)
class Piece:
    """One part of the plan as plain words, and whose keys it needs."""

    kind: PieceKind
    original: UUID
    compartment_id: UUID
    body: dict[str, Any]


def _goal(goal: Goal) -> dict[str, Any]:
    """Of actions nothing: who reads the goal may not read those."""
    return {
        "title": goal.title,
        "domain": goal.domain,
        "who": goal.member.name if goal.member else "",
        "phase": goal.phase,
        "status": goal.status,
        "baseline": goal.baseline or "",
        "wished": goal.wished or "",
        "due_on": goal.due_on.isoformat() if goal.due_on else "",
        "result": goal.result or "",
        "family_text": goal.family_text or "",
    }


def _action(action: Action) -> dict[str, Any]:
    """Of its goal nothing: who does the action may not read that."""
    return {
        "text": action.text,
        "owner": action.user.name,
        "organisation": action.organisation.name,
        "due_on": action.due_on.isoformat(),
        "status": action.status,
        "result": action.result or "",
        "family_text": action.family_text or "",
    }


def _agreement(agreement: SafetyAgreement) -> dict[str, Any]:
    return {
        "text": agreement.text,
        "watches": agreement.watches or "",
        "check_on": agreement.check_on.isoformat() if agreement.check_on else "",
        "for_family": agreement.for_family,
        "ended_because": agreement.ended_because or "",
    }


def pieces_of(household: Household) -> Iterator[Piece]:
    """Everything in the plan that the actor holds the keys of, as it stands now."""
    for agreement in SafetyAgreement.objects.filter(household=household):
        yield Piece(PieceKind.AGREEMENT, agreement.pk, agreement.compartment_id, _agreement(agreement))
    for goal in Goal.objects.filter(household=household).select_related("member"):
        yield Piece(PieceKind.GOAL, goal.pk, goal.compartment_id, _goal(goal))
    for action in Action.objects.filter(household=household).select_related("user", "organisation"):
        yield Piece(PieceKind.ACTION, action.pk, action.compartment_id, _action(action))

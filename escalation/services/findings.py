"""Recording what is known for a requirement of a ladder, and keeping open proposals in step with it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from casework.services import cases
from escalation.fact_values import dump
from escalation.facts import Fact
from escalation.models import Finding, Outcome, Proposal, Standing
from escalation.rungs import Requirement, Rung
from escalation.situations import ladder_of
from privacy import dossiers
from privacy.access import opened, require
from privacy.actor import Actor
from privacy.audit import record
from privacy.models import AuditEntry, CompartmentKind

STATUS_ONLY = "Leg hier alleen vast dat het gebeurde, niet wat er is gezegd."


def requirement_of(standing: Standing, key: str) -> tuple[Rung, Requirement] | None:
    """The requirement with this key on the case's ladder, with a rung that asks it; None when no rung does."""
    ladder = ladder_of(standing)
    found = ((rung, one) for rung in ladder.rungs for one in rung.requires if one.key == key)
    return next(found, None)


def note(standing: Standing, key: str, fact: Fact, text: str, *, now: datetime, by: Actor) -> Finding:
    """Records what is known for a requirement; what was known before ends. By who directs the case.

    Raises Refused for a requirement that the ladder does not have, and for a text where only a status may be kept.
    """
    cases.lock_open(standing.case, by=by)
    asked = requirement_of(standing, key)
    require(asked is not None, "Deze ladder vraagt hier niet om.")
    assert asked is not None
    require(not (asked[0].status_only and text.strip()), STATUS_ONLY)
    _end(standing, key, now)
    row = Finding(
        dossier=standing.dossier,
        compartment=dossiers.part(standing.dossier, CompartmentKind.REGIE),
        standing=standing,
        requirement=key,
        fact=dump(fact),
        note=text or None,
        found_by_id=by.user_id,
        found_at=now,
    )
    row.save(force_insert=True)
    keep_in_step(standing)
    action = AuditEntry.Action.CREATE
    record.change("ladder.noted", dossier=standing.dossier, obj=row, fields=["fact"], action=action, by=by)
    return row


def withdraw(finding: Finding, *, now: datetime, by: Actor) -> None:
    """What was recorded does not count any more. It stays readable for who directs."""
    standing = finding.standing
    cases.lock_open(standing.case, by=by)
    _end(standing, finding.requirement, now)
    keep_in_step(standing)
    record.change("ladder.note_withdrawn", dossier=standing.dossier, obj=finding, fields=["fact"], by=by)


def _end(standing: Standing, key: str, now: datetime) -> None:
    Finding.objects.filter(standing=standing, requirement=key, ended_at__isnull=True).update(ended_at=now)


def known(standing: Standing) -> dict[str, dict[str, Any]]:
    """What counts now, by requirement: the fact as stored, and the note. For who opened the dossier."""
    rows = opened(Finding).filter(standing=standing, ended_at__isnull=True)
    return {row.requirement: {"fact": row.fact, "note": row.note or ""} for row in rows}


def keep_in_step(standing: Standing) -> None:
    """Lets open proposals bear what is known now: who decides reads nothing else."""
    facts = known(standing)
    for proposal in opened(Proposal).filter(standing=standing, outcome=Outcome.OPEN):
        proposal.facts = asked_of(proposal, facts)
        proposal.save(update_fields=["facts"])


def asked_of(proposal: Proposal, facts: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Only what the rung of this proposal asks: who decides sees what the decision needs and no more."""
    ladder = ladder_of(proposal)
    if proposal.to not in {rung.key for rung in ladder.rungs}:
        return {}
    wanted = {one.key for one in ladder.get(proposal.to).requires}
    return {key: value for key, value in facts.items() if key in wanted}

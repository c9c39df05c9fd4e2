"""Where cases stand, what was proposed and decided, which measures and terms run, and who may decide."""

from __future__ import annotations

from escalation.models.authority import Holder, Mandate
from escalation.models.measure import Breach, EndedBecause, Measure, Term
from escalation.models.standing import Decision, DecisionMove, Finding, Outcome, Proposal, Standing

__all__ = [
    "Breach",
    "Decision",
    "DecisionMove",
    "EndedBecause",
    "Finding",
    "Holder",
    "Mandate",
    "Measure",
    "Outcome",
    "Proposal",
    "Standing",
    "Term",
]

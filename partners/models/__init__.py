"""Organisations, people, covenants, tables and seats. Nothing here belongs to a dossier."""

from __future__ import annotations

from partners.models.accounting import (
    Consultation,
    DpiaOutcome,
    Examination,
    ExaminationKind,
    ImpactAssessment,
    PersonProof,
    ProofKind,
    RacAdvice,
    Risk,
)
from partners.models.identity import Identity, IdentityInvitation
from partners.models.organisation import Covenant, Organisation
from partners.models.session import LoginSession
from partners.models.stagnation import CHOSEN, Alarm, DigestDay, StagnationSettings
from partners.models.table import CaseTable, Seat, SecrecyStatement
from partners.models.user import User

__all__ = [
    "CHOSEN",
    "Alarm",
    "CaseTable",
    "Consultation",
    "Covenant",
    "DigestDay",
    "DpiaOutcome",
    "Examination",
    "ExaminationKind",
    "Identity",
    "IdentityInvitation",
    "ImpactAssessment",
    "LoginSession",
    "Organisation",
    "PersonProof",
    "ProofKind",
    "RacAdvice",
    "Risk",
    "Seat",
    "SecrecyStatement",
    "StagnationSettings",
    "User",
]

"""The tables of the walls."""

from __future__ import annotations

from privacy.models.audit import AuditEntry, RowChange
from privacy.models.base import DossierRow, SealedModel, UUIDModel
from privacy.models.departure import Departure, DepartureVerdict, Why
from privacy.models.desk import Desk, DeskFile
from privacy.models.dossier import OWN_KINDS, Compartment, CompartmentKind, Dossier, DossierKind
from privacy.models.emergency import EmergencyAccess, EmergencyText, Verdict
from privacy.models.exclusion import Exclusion, ExclusionReason
from privacy.models.file import SealedFile
from privacy.models.grant import Grant
from privacy.models.job import Job
from privacy.models.keys import KeyEncryptionKey
from privacy.models.retention import (
    Because,
    Block,
    DestructionLine,
    DestructionList,
    Hold,
    HoldText,
    KeepReason,
    LineState,
)
from privacy.models.seal import AuditBlock, AuditCheck, AuditLeaf, AuditUnsealed, CheckKind
from privacy.models.upkeep import IndexKey, Operation, OperationKind, Shredded

__all__ = [
    "OWN_KINDS",
    "AuditBlock",
    "AuditCheck",
    "AuditEntry",
    "AuditLeaf",
    "AuditUnsealed",
    "Because",
    "Block",
    "CheckKind",
    "Compartment",
    "CompartmentKind",
    "Departure",
    "DepartureVerdict",
    "Desk",
    "DeskFile",
    "DestructionLine",
    "DestructionList",
    "Dossier",
    "DossierKind",
    "DossierRow",
    "EmergencyAccess",
    "EmergencyText",
    "Exclusion",
    "ExclusionReason",
    "Grant",
    "Hold",
    "HoldText",
    "IndexKey",
    "Job",
    "KeepReason",
    "KeyEncryptionKey",
    "LineState",
    "Operation",
    "OperationKind",
    "RowChange",
    "SealedFile",
    "SealedModel",
    "Shredded",
    "UUIDModel",
    "Verdict",
    "Why",
]

"""The tables of the walls."""

from __future__ import annotations

from privacy.models.audit import AuditEntry, RowChange
from privacy.models.base import DossierRow, SealedModel, UUIDModel
from privacy.models.breach import (
    Breach,
    BreachDossier,
    BreachMeasure,
    BreachNotice,
    BreachReceipt,
    BreachRisk,
    BreachSource,
    BreachTask,
    NoticeKind,
    TellAP,
    TellPartners,
    TellPersons,
)
from privacy.models.departure import Departure, DepartureVerdict, Why
from privacy.models.desk import Desk, DeskFile
from privacy.models.dossier import OWN_KINDS, Compartment, CompartmentKind, Dossier, DossierKind
from privacy.models.emergency import EmergencyAccess, EmergencyText, Verdict
from privacy.models.exclusion import Exclusion, ExclusionReason
from privacy.models.extension import Extension, ExtensionConsent, ExtensionOutcome, ExtensionText
from privacy.models.file import SealedFile
from privacy.models.grant import Grant
from privacy.models.job import Job
from privacy.models.keys import KeyEncryptionKey
from privacy.models.logbook import LogQuestion
from privacy.models.retention import (
    Because,
    Block,
    DestructionLine,
    DestructionList,
    Hold,
    HoldText,
    KeepReason,
    LineState,
    OpenGoes,
    OpenReason,
    TermChange,
)
from privacy.models.review import (
    UNJUDGED,
    DossierFlag,
    HitVerdict,
    ReviewHit,
    ReviewRule,
    ReviewRun,
    ReviewSample,
    ReviewText,
    ReviewTie,
    Special,
)
from privacy.models.seal import AuditBlock, AuditCheck, AuditLeaf, AuditUnsealed, CheckKind
from privacy.models.upkeep import IndexKey, Operation, OperationKind, Shredded

__all__ = [
    "OWN_KINDS",
    "UNJUDGED",
    "AuditBlock",
    "AuditCheck",
    "AuditEntry",
    "AuditLeaf",
    "AuditUnsealed",
    "Because",
    "Block",
    "Breach",
    "BreachDossier",
    "BreachMeasure",
    "BreachNotice",
    "BreachReceipt",
    "BreachRisk",
    "BreachSource",
    "BreachTask",
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
    "DossierFlag",
    "DossierKind",
    "DossierRow",
    "EmergencyAccess",
    "EmergencyText",
    "Exclusion",
    "ExclusionReason",
    "Extension",
    "ExtensionConsent",
    "ExtensionOutcome",
    "ExtensionText",
    "Grant",
    "HitVerdict",
    "Hold",
    "HoldText",
    "IndexKey",
    "Job",
    "KeepReason",
    "KeyEncryptionKey",
    "LineState",
    "LogQuestion",
    "NoticeKind",
    "OpenGoes",
    "OpenReason",
    "Operation",
    "OperationKind",
    "ReviewHit",
    "ReviewRule",
    "ReviewRun",
    "ReviewSample",
    "ReviewText",
    "ReviewTie",
    "RowChange",
    "SealedFile",
    "SealedModel",
    "Shredded",
    "Special",
    "TellAP",
    "TellPartners",
    "TellPersons",
    "TermChange",
    "UUIDModel",
    "Verdict",
    "Why",
]

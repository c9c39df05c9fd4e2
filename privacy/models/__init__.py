"""The tables of the walls."""

from __future__ import annotations

from privacy.models.audit import AuditEntry, RowChange
from privacy.models.base import DossierRow, SealedModel, UUIDModel
from privacy.models.dossier import Compartment, CompartmentKind, Dossier, DossierKind
from privacy.models.grant import Grant
from privacy.models.job import Job
from privacy.models.keys import KeyEncryptionKey
from privacy.models.upkeep import IndexKey, Operation, OperationKind, Shredded

__all__ = [
    "AuditEntry",
    "Compartment",
    "CompartmentKind",
    "Dossier",
    "DossierKind",
    "DossierRow",
    "Grant",
    "IndexKey",
    "Job",
    "KeyEncryptionKey",
    "Operation",
    "OperationKind",
    "RowChange",
    "SealedModel",
    "Shredded",
    "UUIDModel",
]

"""The tables of the walls."""

from __future__ import annotations

from privacy.models.audit import AuditEntry, RowChange
from privacy.models.base import DossierRow, SealedModel, UUIDModel
from privacy.models.departure import Departure, Verdict, Why
from privacy.models.dossier import OWN_KINDS, Compartment, CompartmentKind, Dossier, DossierKind
from privacy.models.exclusion import Exclusion, ExclusionReason
from privacy.models.grant import Grant
from privacy.models.job import Job
from privacy.models.keys import KeyEncryptionKey

__all__ = [
    "OWN_KINDS",
    "AuditEntry",
    "Compartment",
    "CompartmentKind",
    "Departure",
    "Dossier",
    "DossierKind",
    "DossierRow",
    "Exclusion",
    "ExclusionReason",
    "Grant",
    "Job",
    "KeyEncryptionKey",
    "RowChange",
    "SealedModel",
    "UUIDModel",
    "Verdict",
    "Why",
]

"""Signals, drafts, triage, cases, contributions and imports. Each row says in which compartment it lives."""

from __future__ import annotations

from casework.models.asking import AccessRequest, RequestArrival, RequestState
from casework.models.attachment import Attachment, AttachmentChunk
from casework.models.case import (
    Case,
    CaseAdmission,
    CaseFace,
    CaseNumber,
    CaseSignal,
    CaseStatus,
    CaseSubject,
    Participation,
    RegieAssignment,
    RegieKind,
)
from casework.models.contribution import Audience, Consent, Contribution, Disclosure
from casework.models.draft import SignalDraft
from casework.models.importing import ImportBatch, ImportedRow, ImportOutcome, ImportRow
from casework.models.known import KnownMark
from casework.models.sameness import Sameness, SamenessVerdict
from casework.models.signal import (
    ItemAudience,
    ItemKind,
    Severity,
    Signal,
    SignalAnswers,
    SignalItem,
    SignalMessage,
    SignalNumber,
    SignalPlace,
    SignalSource,
    SignalStatus,
    SignalSubject,
    SignalTrace,
    SubjectKind,
    Told,
)
from casework.models.triage import Tally, TriageDecision, TriageOutcome

__all__ = [
    "AccessRequest",
    "Attachment",
    "AttachmentChunk",
    "Audience",
    "Case",
    "CaseAdmission",
    "CaseFace",
    "CaseNumber",
    "CaseSignal",
    "CaseStatus",
    "CaseSubject",
    "Consent",
    "Contribution",
    "Disclosure",
    "ImportBatch",
    "ImportOutcome",
    "ImportRow",
    "ImportedRow",
    "ItemAudience",
    "ItemKind",
    "KnownMark",
    "Participation",
    "RegieAssignment",
    "RegieKind",
    "RequestArrival",
    "RequestState",
    "Sameness",
    "SamenessVerdict",
    "Severity",
    "Signal",
    "SignalAnswers",
    "SignalDraft",
    "SignalItem",
    "SignalMessage",
    "SignalNumber",
    "SignalPlace",
    "SignalSource",
    "SignalStatus",
    "SignalSubject",
    "SignalTrace",
    "SubjectKind",
    "Tally",
    "Told",
    "TriageDecision",
    "TriageOutcome",
]

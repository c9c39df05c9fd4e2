"""Entries as Logboek Dataverwerkingen (Logius) and OpenTelemetry (OTLP/JSON) write them.

One record for each dossier that an entry names: the standard knows one person concerned per record, and what touched
nobody's data is no processing of it. The dossier stands there under a pseudonym. Who acted is no field of the standard.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.conf import settings
from django.urls import reverse

from privacy.audit import canonical, mac
from privacy.models import AuditEntry

UNSET, OK, ERROR = 0, 1, 2
# A refusal went as it should and gave nothing: that is no error of the system.
STATUS = {"ok": OK, "refused": UNSET}
INTERNAL = 1  # a span that neither called nor was called
SERVICE = {"service.name": "casustafel"}


def register(entry: str) -> str:
    """The address of an entry in the register of processing: the page has an anchor for each activity."""
    return f"{settings.SITE_URL}{reverse('accounting-register')}#{entry}"


def pseudonym(dossier: UUID) -> str:
    """The same for a dossier in every export; who lacks the key can't tell which."""
    return hmac.digest(mac.subject_key(), dossier.bytes, "sha256").hex()[:32]


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _record(entry: AuditEntry, dossier: UUID) -> dict[str, Any]:
    parent = {"parent_span_id": entry.span_id} if entry.span_id else {}
    return {
        "trace_id": entry.trace_id or sha256(entry.pk.bytes).hexdigest()[:32],
        "span_id": sha256(entry.pk.bytes + dossier.bytes).hexdigest()[:16],
        **parent,
        "status_code": STATUS.get(entry.outcome, ERROR),
        "name": entry.event,
        "start_time": _moment(entry.timestamp),
        "end_time": _moment(entry.timestamp),
        "resource": {"attributes": dict(SERVICE)},
        "attributes": {
            "dpl.core.processing_activity_id": register(entry.processing),
            "dpl.core.data_subject_id": pseudonym(dossier),
            "dpl.core.data_subject_id_type": register("pseudoniem-dossier"),
        },
    }


def records(entries: Iterable[AuditEntry]) -> Iterator[dict[str, Any]]:
    """The records of Logboek Dataverwerkingen."""
    return (_record(entry, dossier) for entry in entries for dossier in entry.dossiers)


def _attributes(values: dict[str, str]) -> list[dict[str, Any]]:
    return [{"key": name, "value": {"stringValue": value}} for name, value in values.items()]


def _nanoseconds(at: datetime) -> str:
    since_1970 = canonical.microseconds(at) - canonical.microseconds(datetime(1970, 1, 1, tzinfo=UTC))
    return str(since_1970 * 1000)


def _span(entry: AuditEntry, dossier: UUID) -> dict[str, Any]:
    found = _record(entry, dossier)
    parent = {"parentSpanId": found["parent_span_id"]} if "parent_span_id" in found else {}
    return {
        "traceId": found["trace_id"],
        "spanId": found["span_id"],
        **parent,
        "name": found["name"],
        "kind": INTERNAL,
        "startTimeUnixNano": _nanoseconds(entry.timestamp),
        "endTimeUnixNano": _nanoseconds(entry.timestamp),
        "attributes": _attributes(found["attributes"]),
        "status": {"code": found["status_code"]},
    }


def spans(entries: Iterable[AuditEntry]) -> Iterator[dict[str, Any]]:
    """The same as spans of OTLP."""
    return (_span(entry, dossier) for entry in entries for dossier in entry.dossiers)


def message(of: object) -> dict[str, Any]:
    """One message of OTLP with these spans."""
    scope = {"scope": {"name": "privacy.audit"}, "spans": of}
    return {"resourceSpans": [{"resource": {"attributes": _attributes(SERVICE)}, "scopeSpans": [scope]}]}

"""How fast the log is sealed and verified."""

from __future__ import annotations

import io
from contextlib import redirect_stdout
from uuid import uuid4

from django.core.management import call_command

from bench.figures import Report
from bench.measure import seconds
from privacy.audit import mac
from privacy.models import AuditEntry

ENTRIES = 20_000


def _entry() -> AuditEntry:
    entry = AuditEntry(event="read", action=AuditEntry.Action.ACCESS, dossiers=[uuid4()])
    mac.stamp(entry)
    return entry


def _write() -> None:
    AuditEntry.objects.using("maintenance").bulk_create((_entry() for _ in range(ENTRIES)), batch_size=1000)


def measure(report: Report) -> None:
    """Entries a second for sealing and verifying."""
    _write()
    for command in ("seal_audit", "verify_audit"):
        with redirect_stdout(io.StringIO()):
            took = seconds(lambda name=command: call_command(name))
        report.remark(f"{command}: {ENTRIES:,} entries in {took:.2f} s, {ENTRIES / took:,.0f} a second")

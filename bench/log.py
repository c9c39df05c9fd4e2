"""How fast the log is verified, once there is a command that does it."""

from __future__ import annotations

import time
from uuid import uuid4

from django.core.management import call_command, get_commands

from bench.figures import Report
from privacy.models import AuditEntry

ENTRIES = 20_000
SEAL, VERIFY = "seal_audit", "verify_audit"


def _write() -> None:
    AuditEntry.objects.using("maintenance").bulk_create(
        (AuditEntry(event="read", action=AuditEntry.Action.ACCESS, dossiers=[uuid4()]) for _ in range(ENTRIES)),
        batch_size=1000,
    )


def measure(report: Report) -> None:
    """Entries a second for sealing and verifying; says so when the command is not there."""
    if VERIFY not in get_commands():
        report.remark(f"verifying the log was not measured: there is no command {VERIFY}")
        return
    _write()
    for command in (SEAL, VERIFY):
        if command in get_commands():
            start = time.perf_counter()
            call_command(command)
            seconds = time.perf_counter() - start
            report.remark(f"{command}: {ENTRIES:,} entries in {seconds:.2f} s, {ENTRIES / seconds:,.0f} a second")

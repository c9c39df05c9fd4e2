"""How the seals stand now, for the page of who watches. Asked within a request of somebody who may."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from privacy.audit import watching
from privacy.audit.verifying import PATIENCE
from privacy.errors import NotKnown
from privacy.models import AuditBlock, AuditCheck, AuditEntry, AuditUnsealed, CheckKind

SHOWN = 20
STEPS = ((86_400, "dag", "dagen"), (3_600, "uur", "uur"), (60, "minuut", "minuten"), (1, "seconde", "seconden"))


@dataclass(frozen=True, slots=True)
class Status:
    """The newest seal, what waits, and the last outcomes."""

    newest: AuditBlock | None
    ago: str
    waiting: int
    behind: bool
    checking: bool
    seals: AuditCheck | None
    traces: AuditCheck | None

    @property
    def wrong(self) -> AuditCheck | None:
        """The outcome that calls for action, if any."""
        return next((check for check in (self.seals, self.traces) if check is not None and check.wrong), None)


def ago(moment: datetime, now: datetime) -> str:
    """How long ago, in the largest unit that fits."""
    seconds = max(0, int((now - moment).total_seconds()))
    size, one, many = next((step for step in STEPS if seconds >= step[0]), STEPS[-1])
    count = seconds // size
    return f"{count} {one if count == 1 else many} geleden"


def _last(kind: CheckKind) -> AuditCheck | None:
    return AuditCheck.objects.filter(kind=kind).order_by("-ended_at").first()


def status(*, now: datetime) -> Status:
    """How it stands. Costs what waits, not what is there."""
    newest = AuditBlock.objects.order_by("-number").first()
    waits = AuditUnsealed.objects.values("entry_id")
    return Status(
        newest=newest,
        ago=ago(newest.sealed_at, now) if newest else "",
        waiting=AuditUnsealed.objects.count(),
        behind=AuditEntry.objects.filter(pk__in=waits, timestamp__lt=now - PATIENCE).exists(),
        checking=watching.checking(),
        seals=_last(CheckKind.SEALS),
        traces=_last(CheckKind.TRACES),
    )


def newest_blocks() -> list[AuditBlock]:
    """The newest heads."""
    return list(AuditBlock.objects.order_by("-number")[:SHOWN])


def newest_checks() -> list[AuditCheck]:
    """The newest outcomes."""
    return list(AuditCheck.objects.order_by("-ended_at")[:SHOWN])


def outcome(pk: UUID) -> AuditCheck:
    """One outcome; raises NotKnown."""
    found = AuditCheck.objects.filter(pk=pk).first()
    if found is None:
        raise NotKnown
    return found

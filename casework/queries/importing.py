"""What became of the files that somebody offered; only the one who offered can look."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count

from casework.importing import Reason, RefusedRow, write_refused
from casework.models import ImportBatch, ImportOutcome, ImportRow
from privacy.access import open_one, visible
from privacy.actor import Actor
from privacy.audit import record


@dataclass(frozen=True, slots=True)
class BatchLine:
    """A file in the list; its name is not opened for that."""

    pk: UUID
    reference: str
    table: str
    started_at: datetime
    rows: int


@dataclass(frozen=True, slots=True)
class BatchView:
    """A file with the outcome of every row."""

    pk: UUID
    file_name: str
    table: str
    started_at: datetime
    rows: tuple[ImportRow, ...]
    counts: tuple[tuple[str, int], ...]
    can_mend: bool


def own_batches(*, by: Actor) -> list[BatchLine]:
    """The newest files this person offered."""
    rows = visible(ImportBatch, by=by).select_related("dossier", "table").annotate(count=Count("rows"))
    rows = rows.order_by("-started_at")[:20]
    seen = record.Seen(tuple(b.dossier_id for b in rows), tuple(b.dossier.reference for b in rows))
    record.look("list", seen=seen, by=by)
    return [BatchLine(b.pk, b.dossier.reference, b.table.name, b.started_at, b.count) for b in rows]


def batch_view(pk: UUID, *, by: Actor) -> BatchView:
    """One file, opened and logged; raises NotKnown."""
    batch = open_one(ImportBatch, pk, by=by)
    rows = tuple(visible(ImportRow, by=by).filter(batch=batch))
    counts = tuple((o.label, sum(row.outcome == o for row in rows)) for o in ImportOutcome)
    return BatchView(
        pk=batch.pk,
        file_name=batch.file_name,
        table=batch.table.name,
        started_at=batch.started_at,
        rows=rows,
        counts=counts,
        can_mend=any(row.cells for row in rows),
    )


def refused_file(pk: UUID, *, by: Actor) -> bytes:
    """The refused rows as a file that can be mended and offered again; rows that may not be kept are not in it."""
    batch = open_one(ImportBatch, pk, event="export", by=by)
    rows = visible(ImportRow, by=by).filter(batch=batch, outcome=ImportOutcome.REFUSED)
    refused = [
        RefusedRow(
            row.number,
            tuple(Reason("", "", sentence) for sentence in row.reasons or ()),
            keep_content=True,
            original=tuple(row.cells),
        )
        for row in rows
        if row.cells
    ]
    return write_refused(batch.columns, refused)

"""Files as far as the reader holds their keys: with the things they hang on, and one to download."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from casework.models import Attachment, Contribution, SignalDraft, SignalItem
from privacy.access import open_one, visible
from privacy.actor import Actor
from privacy.audit import record
from privacy.errors import TamperedValue

Thing = TypeVar("Thing", Contribution, SignalItem)


def with_files(rows: QuerySet[Thing], *, by: Actor) -> QuerySet[Thing]:
    """The same rows, with their files read along in one query; nothing of a file's content is read."""
    return rows.prefetch_related(Prefetch("attachments", queryset=visible(Attachment, by=by)))


def files_of_draft(draft: SignalDraft, *, by: Actor) -> Mapping[int, tuple[Attachment, ...]]:
    """The files of one's own draft, per item."""
    found: dict[int, tuple[Attachment, ...]] = {}
    for file in visible(Attachment, by=by).filter(draft=draft).select_related("dossier"):
        found[file.slot] = (*found.get(file.slot, ()), file)
    return found


def open_file(pk: UUID, *, by: Actor) -> tuple[Attachment, bytes]:
    """A file with its whole content, verified, after the look was logged; raises NotKnown.

    Raises TamperedValue, also logged, when a chunk was changed, moved or is missing: then nothing of it is shown.
    """
    file = open_one(Attachment, pk, event="file.opened", by=by)
    try:
        return file, file.content()
    except TamperedValue:
        seen = record.Seen(dossiers=(file.dossier_id,), references=(file.dossier.reference,))
        record.look("file.damaged", seen=seen, outcome="error", object_pk=str(pk), by=by)
        raise

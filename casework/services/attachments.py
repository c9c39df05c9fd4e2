"""Hanging files on what somebody brings in. They lie in its compartment and go when it goes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Sum

from casework.attaching import MOST_FILES, MOST_OF_ORGANISATION, CleanFile
from casework.attaching.limits import MB
from casework.models import Attachment, AttachmentChunk, Contribution, SignalDraft, SignalItem
from casework.values import File
from privacy.access import require
from privacy.actor import Actor
from privacy.audit import record
from privacy.models import AuditEntry

Thing = Contribution | SignalItem | SignalDraft
HANGS_ON: dict[type[Thing], str] = {Contribution: "contribution", SignalItem: "item", SignalDraft: "draft"}


def attach(to: Thing, files: Iterable[File], *, slot: int = 0, now: datetime, by: Actor) -> None:
    """Hangs files on a thing, in its compartment; raises Refused when that is more than may be kept.

    A file that is kept elsewhere already (a draft, an older version) is opened and sealed anew, one at a time.
    """
    given = list(files)
    if not given:
        return
    _check_room(to, given, slot, by)
    for index, file in enumerate(given):
        clean = file if isinstance(file, CleanFile) else CleanFile(file.name, file.kind, file.content())
        # A moment apart, so that they stay in the order in which they were chosen.
        _add(to, clean, slot, now + timedelta(microseconds=index), by)


def _check_room(to: Thing, files: list[File], slot: int, by: Actor) -> None:
    there = Attachment.objects.filter(slot=slot, **{HANGS_ON[type(to)]: to}).count()
    require(
        there + len(files) <= MOST_FILES,
        f"Hier kunnen ten hoogste {MOST_FILES} bijlagen bij. Haal er een paar weg, of maak een nieuwe inbreng.",
    )
    own = Attachment.objects.filter(dossier_id=to.dossier_id, organisation_id=by.home)
    kept = own.aggregate(total=Sum("size"))["total"] or 0
    sent = sum(len(file.content) if isinstance(file, CleanFile) else file.size for file in files)
    require(
        kept + sent <= MOST_OF_ORGANISATION,
        f"Uw organisatie kan in dit dossier ten hoogste {MOST_OF_ORGANISATION // MB} MB aan bijlagen bewaren. "
        "Haal eerst bijlagen weg die niet meer nodig zijn, of kies kleinere bestanden.",
    )


def _add(to: Thing, file: CleanFile, slot: int, at: datetime, by: Actor) -> None:
    place = {"dossier": to.dossier, "compartment_id": to.compartment_id, "organisation_id": by.home}
    attachment = Attachment(**place, **{HANGS_ON[type(to)]: to}, slot=slot, added_by_id=by.user_id, at=at)
    chunks = attachment.seal(file.name, file.kind, file.content)
    attachment.save(force_insert=True)
    AttachmentChunk.objects.bulk_create(
        AttachmentChunk(**place, attachment=attachment, number=number, body=body) for number, body in enumerate(chunks)
    )
    fields = ["name", "kind", "size"]
    record.change(
        "file.added", dossier=to.dossier, obj=attachment, fields=fields, action=AuditEntry.Action.CREATE, by=by
    )


def drop(attachments: Iterable[Attachment], *, by: Actor) -> None:
    """Takes files away for good, each with an entry that names it."""
    for attachment in attachments:
        record.change(
            "file.removed", dossier=attachment.dossier, obj=attachment, action=AuditEntry.Action.DELETE, by=by
        )
        attachment.delete()

"""Signals in the making. Only the writer reads a draft; sending or dropping it destroys its key."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import DatabaseError

from casework.models import Attachment, SignalDraft
from casework.references import private_reference
from casework.services import attachments
from casework.values import File
from privacy import dossiers, grants
from privacy.actor import Actor
from privacy.audit import record
from privacy.errors import NotKnown
from privacy.models import CompartmentKind, DossierKind

GROUND = "eigen concept"


def start(theme: str, *, now: datetime, by: Actor) -> SignalDraft:
    """An empty draft of its writer."""
    birth = dossiers.Birth(DossierKind.DRAFT, private_reference("C"), now.date(), now, theme=theme)
    dossier = dossiers.found(birth, by=by)
    compartment = dossiers.add_compartment(dossier, CompartmentKind.REGIE, by=by)
    draft = SignalDraft(dossier=dossier, compartment=compartment, theme=theme, body={}, changed_at=now)
    draft.save(force_insert=True)
    because = grants.Because(GROUND, f"draft:{draft.pk}")
    grants.give([compartment], to=[by.user_id], level="direct", because=because, by=by)
    return draft


def keep(draft: SignalDraft, body: dict[str, Any], *, now: datetime, by: Actor) -> None:
    """Saves what was typed so far, whether or not it is valid yet."""
    draft.body = {**draft.body, **body}
    draft.changed_at = now
    try:
        draft.save(force_update=True)
    except DatabaseError as gone:  # sent or dropped in another window a moment ago
        raise NotKnown from gone
    record.change("draft.saved", dossier=draft.dossier, fields=["body"], by=by)


def add_files(draft: SignalDraft, slot: int, files: Iterable[File], *, now: datetime, by: Actor) -> None:
    """Keeps files with the item of a draft that they belong to; raises Refused when that is more than may be kept."""
    attachments.attach(draft, files, slot=slot, now=now, by=by)


def remove_file(draft: SignalDraft, file_id: UUID, *, by: Actor) -> None:
    """Takes one file out of a draft; what was removed already is left at that."""
    attachments.drop(Attachment.objects.filter(draft=draft, pk=file_id).select_related("dossier"), by=by)


def drop(draft: SignalDraft, *, by: Actor) -> None:
    """Throws a draft away, key included."""
    dossier = draft.dossier
    record.change("draft.dropped", dossier=dossier, by=by)
    draft.delete()
    dossiers.forget(dossier, keep_cover=False, by=by)

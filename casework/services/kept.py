"""Filters of work lists that somebody keeps: codes that were offered, never a word that was typed."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from casework.models import KeptFilter
from casework.worklists import Wish
from privacy.access import require
from privacy.actor import Actor
from privacy.audit import record
from privacy.errors import NotKnown

MOST = 12


def keep(wish: Wish, *, now: datetime, by: Actor) -> KeptFilter:
    """Keeps a wish for its owner; the same one twice is one. Raises Refused for an empty one, or one too many."""
    require(bool(wish.codes), "Kies eerst een filter of een volgorde. Dan kunt u die bewaren.")
    mine = KeptFilter.objects.filter(user=by.user_id, worklist=wish.listing)
    there = mine.filter(wish=dict(wish.codes)).exists()
    require(there or mine.count() < MOST, f"U kunt {MOST} filters bewaren. Gooi er eerst een weg.")
    row, made = KeptFilter.objects.get_or_create(
        user_id=by.user_id, worklist=wish.listing, wish=dict(wish.codes), defaults={"kept_at": now}
    )
    if made:
        record.change("filter.kept", obj=row, fields=sorted(wish.codes), by=by)
    return row


def drop(pk: UUID, *, by: Actor) -> KeptFilter:
    """Drops a filter of one's own; raises NotKnown for that of another."""
    row = KeptFilter.objects.filter(pk=pk, user=by.user_id).first()
    if row is None:
        raise NotKnown
    record.change("filter.dropped", obj=row, by=by)
    row.delete()
    return row

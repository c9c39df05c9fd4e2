"""The address at which somebody's calendar reads: making, renewing and revoking it."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256
from secrets import token_urlsafe

from casework.models import CalendarFeed
from privacy import dossiers
from privacy.actor import Actor
from privacy.audit import record
from privacy.models import AuditEntry


def hash_of(token: str) -> bytes:
    """What is kept of an address. A plain digest is enough: nobody guesses 256 random bits."""
    return sha256(token.encode()).digest()


def make(*, now: datetime, by: Actor) -> str:
    """A new address, told this once; the one before works no more."""
    dossiers.one_at_a_time(by.user_id)
    _end(now)
    token = token_urlsafe(32)
    feed = CalendarFeed(user_id=by.user_id, address_hash=hash_of(token), made_at=now)
    feed.save(force_insert=True)
    record.change("calendar.made", obj=feed, action=AuditEntry.Action.CREATE, by=by)
    return token


def revoke(*, now: datetime, by: Actor) -> bool:
    """Ends the address; whether there was one."""
    dossiers.one_at_a_time(by.user_id)
    ended = _end(now)
    if ended:
        record.change("calendar.revoked", fields=["revoked_at"], by=by)
    return ended


def _end(now: datetime) -> bool:
    # The policy lets nobody touch a feed that is not one's own.
    return bool(CalendarFeed.objects.filter(revoked_at__isnull=True).update(revoked_at=now))

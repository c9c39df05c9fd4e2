"""Where I am logged in, and logging out there."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db.models import QuerySet

from partners.models import LoginSession
from privacy.access import require
from privacy.actor import Actor
from privacy.audit import record


def running(now: datetime, *, by: Actor) -> QuerySet[LoginSession]:
    """One's own sessions that are not over, the last used one first."""
    rows = LoginSession.objects.filter(
        user_id=by.user_id,
        session__expire_date__gt=now,
        used_at__gt=now - timedelta(seconds=settings.SESSION_IDLE_SECONDS + 60),
        since__gt=now - timedelta(seconds=settings.SESSION_MOST_SECONDS),
    )
    return rows.order_by("-used_at")


def end(pk: UUID, *, by: Actor) -> None:
    """Logs out in one browser."""
    row = LoginSession.objects.filter(pk=pk, user_id=by.user_id).first()
    require(row is not None, "Daar bent u al uitgelogd.")
    assert row is not None
    record.change("session.ended", obj=row, by=by)
    Session.objects.filter(pk=row.session_id).delete()


def end_everywhere(*, by: Actor) -> int:
    """Logs out in every browser, this one too."""
    keys = list(LoginSession.objects.filter(user_id=by.user_id).values_list("session_id", flat=True))
    record.change("session.all_ended", by=by)
    Session.objects.filter(pk__in=keys).delete()
    return len(keys)

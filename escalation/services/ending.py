"""A case closes: its terms and measures end with it."""

from __future__ import annotations

from datetime import datetime

from django.db import connection

from casework.models import Case
from privacy.actor import Actor


def end(case: Case, *, now: datetime, by: Actor) -> None:
    """Ends what runs, and every proposal that waits. By who directs the case; the closing is what the log names."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT escalation_closes(%s, %s)", [case.pk, now])

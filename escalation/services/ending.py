"""A case closes: its terms and measures end with it."""

from __future__ import annotations

from datetime import datetime

from django.db import connection

from casework.models import Case
from privacy.actor import Actor


def end(case: Case, *, now: datetime, by: Actor) -> None:
    """Ends what runs. By who directs the case; the closing is what the log names.

    What waits for a decision ends with the status of the case, however that changes (`privacy/rls/deciders.py`).
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT escalation_closes(%s, %s)", [case.pk, now])

"""Noting, while a page with names is open, that its reader may have a tie. Nobody reads it but the rules (ADR 37)."""

from __future__ import annotations

from typing import Literal
from uuid import UUID

from django.db import connection


def note(compartment_id: UUID, kind: Literal["name", "colleague"]) -> None:
    """Notes it about the one who acts, once. It stands in no log: an entry would tell that the name occurs."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT privacy_note_tie(%s, %s)", [compartment_id, kind])

"""What a privacy officer keeps of the log and has an address."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils import timezone

from privacy.logbook import questions
from tests.world import Cast, as_

ABOUT: dict[str, dict[str, Any]] = {"privacy-logbook-drop": {"pk": "question"}}


def staged(cast: Cast) -> dict[str, UUID]:
    """A question that Fatima keeps."""
    with as_(cast.fatima) as (by, _):
        row = questions.keep("Elke week", {"geweigerd": "on"}, now=timezone.now(), by=by)
    return {"question": row.pk}

"""Counting what may be kept of what is gone: one more in a row of counts without persons."""

from __future__ import annotations

from typing import Any

from django.db.models import F

from casework.models import Outcome, Tally


def count_one(model: type[Tally | Outcome], **what: Any) -> None:
    """One more of this; two at the same moment both count."""
    row, _ = model._default_manager.get_or_create(**what)
    model._default_manager.filter(pk=row.pk).update(counted=F("counted") + 1)

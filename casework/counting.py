"""Counting what may be kept of what is gone: counts without persons."""

from __future__ import annotations

from typing import Any

from django.db.models import F

from casework.models import Outcome, Tally


def count(model: type[Tally | Outcome], more: int = 1, **what: Any) -> None:
    """One more of this, or several; two at the same moment both count."""
    row, _ = model._default_manager.get_or_create(**what)
    model._default_manager.filter(pk=row.pk).update(counted=F("counted") + more)

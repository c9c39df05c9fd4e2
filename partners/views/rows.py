"""Rows on the pages of partners: found by their key, and filled with what was typed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from django.db.models import Model

from privacy.errors import NotKnown

Row = TypeVar("Row", bound=Model)


def fill(row: Row, data: Mapping[str, Any]) -> Row:
    """The row with the typed values."""
    for name, value in data.items():
        setattr(row, name, value)
    return row


def known(model: type[Row], pk: Any) -> Row:
    """One row by its key; raises NotKnown."""
    row = model._default_manager.filter(pk=pk).first()
    if row is None:
        raise NotKnown
    return row

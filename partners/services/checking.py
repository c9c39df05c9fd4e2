"""What services ask of a row before it is saved; every refusal is a Dutch sentence."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model, Q

from privacy.access import require
from privacy.errors import Refused


def check_fields(row: Model, **kwargs: Any) -> None:
    """The model's own checks; the first that fails is the refusal."""
    try:
        row.full_clean(**kwargs)
    except ValidationError as wrong:
        raise Refused(wrong.messages[0]) from wrong


def check_unique(row: Model, field: str, why: str) -> None:
    """Refuses a name that another row has already, whatever its capitals."""
    same = Q(**{f"{field}__iexact": getattr(row, field)})
    require(not type(row)._default_manager.filter(same).exclude(pk=row.pk).exists(), why)


def changed(row: Model, names: Iterable[str]) -> list[str]:
    """Which of these fields differ from what the database holds; all of them for a new row."""
    stored = None if row._state.adding else type(row)._default_manager.filter(pk=row.pk).values(*names).first()
    return [name for name in names if stored is None or stored[name] != _value(row, name)]


def _value(row: Model, name: str) -> Any:
    return getattr(row, row._meta.get_field(name).attname)  # type: ignore[union-attr]  # all our fields are columns

"""What the tests of breaches share."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.utils import timezone

from partners.models import User
from privacy.breaches import opening
from privacy.breaches.opening import BreachStart
from privacy.models import Breach
from tests.asking.conftest import case
from tests.casework.conftest import browser
from tests.world import Cast, as_

__all__ = ["browser", "case"]
SUMMARY = "Een lijst ging naar een verkeerd adres."


def opened(person: User, *, hours_ago: float = 1, **more: Any) -> Breach:
    """A file that this person opened, discovered so many hours ago."""
    now = timezone.now()
    values: dict[str, Any] = {
        "summary": SUMMARY,
        "discovered_at": now - timedelta(hours=hours_ago),
        "source": "own",
        "source_id": None,
    } | more
    with as_(person) as (by, _):
        return opening.open_file(BreachStart(**values), now=now, by=by)


@pytest.fixture
def breach(cast: Cast) -> Breach:
    """A file that Fatima opened an hour after she heard of it."""
    return opened(cast.fatima)


def ids(*breaches: Breach) -> set[UUID]:
    return {one.pk for one in breaches}

"""Each test asks anew: answers to the balancer are kept for two seconds in between."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from config.running import views


@pytest.fixture(autouse=True)
def _ask_anew() -> Iterator[None]:
    views._answered.clear()
    yield
    views._answered.clear()

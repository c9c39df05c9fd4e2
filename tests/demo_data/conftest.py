"""Reading the content is pure; it needs neither a database nor the cast."""

from __future__ import annotations

from datetime import date

import pytest

from config.demo_data import DemoData, load


@pytest.fixture(autouse=True)
def _database() -> None:
    """No database."""


@pytest.fixture(scope="session")
def demo() -> DemoData:
    return load()


@pytest.fixture
def today() -> date:
    return date(2026, 11, 23)

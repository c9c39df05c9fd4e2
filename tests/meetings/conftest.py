"""A browser for these tests."""

from __future__ import annotations

from tests.casework.conftest import browser

__all__ = ["browser"]

"""The browsers of the cast, and a case to hang files in."""

from __future__ import annotations

import pytest

from casework.models import Case
from tests.casework.conftest import browser  # noqa: F401  # a fixture for every test here
from tests.world import Cast, a_case, a_signal, invited


@pytest.fixture
def case(cast: Cast) -> Case:
    """Wilma and Wout of the corporation, Pieter of the police and Greet of the GGZ take part."""
    found = a_case(cast.rosa, a_signal(cast.wilma, cast.overlast))
    invited(found, cast.rosa, cast.wilma, cast.wout, cast.pieter, cast.greet)
    return found

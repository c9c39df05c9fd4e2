"""What the tests of asking share."""

from __future__ import annotations

import pytest

from casework.models import Case
from privacy.models import Job
from tests.casework.conftest import browser
from tests.world import Cast, a_case, a_signal, invited

__all__ = ["browser"]


@pytest.fixture
def case(cast: Cast) -> Case:
    """A case of Rosa's in which Wilma takes part; Greet and Pieter sit at the table and do not."""
    case = a_case(cast.rosa, a_signal(cast.wilma, cast.overlast))
    invited(case, cast.rosa, cast.wilma)
    Job.objects.all().delete()  # the mails of all that
    return case

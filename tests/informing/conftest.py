"""What the tests of informing share."""

from __future__ import annotations

import pytest

from casework.models import Case, SubjectKind
from casework.services import cases
from casework.values import CaseSubjectInput
from privacy.unlock import unlock
from tests.casework.conftest import browser
from tests.world import Cast, a_case, a_signal, as_, invited

__all__ = ["browser"]


@pytest.fixture
def case(cast: Cast) -> Case:
    """A case of Rosa's about one person and an address; Wilma takes part."""
    case = a_case(cast.rosa, a_signal(cast.wilma, cast.overlast))
    invited(case, cast.rosa, cast.wilma)
    with as_(cast.rosa) as (by, _):
        unlock([case.dossier_id], by=by)
        cases.add_subject(case, CaseSubjectInput(SubjectKind.PERSON, name="Piet Voorbeeld"), by=by)
        cases.add_subject(case, CaseSubjectInput(SubjectKind.ADDRESS, name="Lindelaan 14"), by=by)
    return case

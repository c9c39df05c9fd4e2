"""What the tests of emergency access share."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from django.utils import timezone

from casework.models import Case
from casework.services import emergency
from partners.models import User
from privacy.models import Dossier, EmergencyAccess, Job
from tests.asking.conftest import case
from tests.casework.conftest import browser
from tests.world import PASSWORD, as_

__all__ = ["browser", "case"]
REASON = "De bewoner belt in paniek en er is nu direct gevaar voor de kinderen."


def broken(person: User, number: str, reason: str = REASON) -> tuple[Dossier, datetime]:
    """This person opens a dossier in an emergency."""
    with as_(person) as (by, _):
        return emergency.open_in_emergency(number, reason, now=timezone.now(), by=by)


def use_by(person: User) -> EmergencyAccess:
    """The newest use of this person."""
    with as_(person):
        return EmergencyAccess.objects.filter(person=person).latest("opened_at")


def confirm(page: Any, password: str = PASSWORD) -> Any:
    """Confirms who one is."""
    return page.do("account_reauthenticate", password=password, next="/noodtoegang/openen/")


def form(case: Case, **more: str) -> dict[str, str]:
    """The emergency form, filled in."""
    return {"number": case.dossier.reference, "reason": REASON, "sure": "on"} | more


def told() -> set[Any]:
    """Who gets a mail."""
    return set(Job.objects.filter(kind="notice.something_waits").values_list("subject_id", flat=True))


@pytest.fixture
def opened(case: Case, cast: Any) -> EmergencyAccess:
    """Greet has opened the case in an emergency."""
    broken(cast.greet, case.dossier.reference)
    return use_by(cast.greet)

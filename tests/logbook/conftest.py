"""An officer at the log, and entries of long ago that no other test has."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.utils import timezone

from partners.models import User
from privacy.audit import mac
from privacy.models import AuditEntry
from tests.world import Cast

Login = Callable[[User], Client]
BOOK = "/privacy/logboek/dossiers/"
PURPOSE = "/privacy/logboek/doel/"
YEAR = timezone.localdate().year - 2
DAY = datetime(YEAR, 3, 8, 10, tzinfo=UTC)
MONDAY = DAY - timedelta(days=DAY.weekday())
LOOK, CHANGE = AuditEntry.Action.ACCESS, AuditEntry.Action.UPDATE


def planted(at: datetime = MONDAY, who: User | None = None, **values: Any) -> AuditEntry:
    """An entry of then; of this person, or of nobody the cast knows."""
    plain: dict[str, Any] = {
        "event": "read", "action": LOOK, "timestamp": at, "actor_id": uuid4(), "actor_name": "Iemand Verzonnen",
        "actor_roles": "professional", "organisation_id": uuid4(), "organisation_name": "Stichting Verzonnen",
        "purpose": "deelnemen aan de casus", "processing": "casussen", "trace_id": uuid4().hex,
        "span_id": uuid4().hex[:16], "cid": "",
    }  # fmt: skip
    if who is not None:
        plain |= {
            "actor_id": who.pk, "actor_name": who.name, "organisation_id": who.organisation_id,
            "organisation_name": who.organisation.name,
        }  # fmt: skip
    entry = AuditEntry(**plain | values)
    mac.stamp(entry)
    entry.save()
    return entry


def about(dossier: UUID | None = None, reference: str = "") -> dict[str, Any]:
    """What an entry says of the dossier it is about."""
    made = dossier or uuid4()
    return {"dossiers": [made], "references": [reference or f"T-{made.hex[:8].upper()}"]}


def days(at: datetime = MONDAY, **more: str) -> dict[str, str]:
    """The filter of one day."""
    day = timezone.localtime(at).date().isoformat()
    return {"van": day, "tot": day} | more


def words(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


@pytest.fixture
def officer(cast: Cast, login: Login) -> Client:
    """Fatima, who said for what."""
    client = login(cast.fatima)
    assert client.post(PURPOSE, {"use": "lawful"}).status_code == 302
    return client

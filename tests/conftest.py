"""Fixtures that every test may use. The database itself is brought by tests/database.py."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django.plugin import DjangoDbBlocker

from partners.login.clock import LISTED, SEEN, SINCE
from partners.models import User
from privacy.models import AuditEntry
from tests.commits import forget_the_future, wipe
from tests.world import Cast, make_cast


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test may use the four roles; only the application's own is wrapped in the test's transaction.

    Browser tests talk to a site in other processes and touch no database of ours.
    """
    for item in items:
        if "browser" in item.path.parts:
            continue
        item.add_marker(pytest.mark.django_db(databases="__all__"))


@pytest.fixture(scope="session")
def django_db_setup() -> None:
    """Nothing: the database was copied from the migrated template before Django started."""


@pytest.fixture(scope="session")
def standing_cast(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Cast:
    with django_db_blocker.unblock():
        return make_cast()


@pytest.fixture
def _wiped() -> Iterator[None]:
    """What a test really committed is gone after it; asked for first, so that its transaction is over by then."""
    yield
    wipe()
    forget_the_future()


@pytest.fixture(autouse=True)
def _database(_wiped: None, db: None) -> None:
    """Every test runs in a transaction of the application's role that is rolled back."""


@pytest.fixture(autouse=True)
def _questions_without_limit(settings: Any) -> None:
    """The log is the counter of questions whether somebody is known, and it keeps those of every test."""
    settings.KNOWN_PER_HOUR = settings.KNOWN_PER_DAY = 1_000_000


@pytest.fixture
def cast(standing_cast: Cast, db: None) -> Cast:
    """The named people, organisations and tables: objects of this test's own, whatever it does to them."""
    return deepcopy(standing_cast)


@pytest.fixture
def login(cast: Cast) -> Callable[[User], Client]:
    """A browser in which this person is logged in."""

    def log_in(user: User) -> Client:
        client = Client()
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        # As a session that was used before: its first request costs what every other costs.
        session, now = client.session, timezone.now().timestamp()
        session.update({SINCE: now, SEEN: now, LISTED: session.session_key})
        session.save()
        return client

    return log_in


class Log:
    """The entries written since the test began, read by the maintenance role: no policy hides any."""

    def __init__(self) -> None:
        self.since = timezone.now()

    def looks(self, **filters: object) -> list[AuditEntry]:
        """Entries of the separate connection: reads, lists, refusals, log-ins."""
        entries = AuditEntry.objects.using("maintenance").filter(timestamp__gte=self.since, **filters)
        return list(entries.order_by("timestamp"))

    def changes(self, **filters: object) -> list[AuditEntry]:
        """Entries of the acts in the test's own, uncommitted transaction; read as a privacy officer would."""
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute("SELECT current_setting('casustafel.roles', true)")
            before = cursor.fetchone()[0] or ""
            cursor.execute("SELECT set_config('casustafel.roles', 'privacy_officer', true)")
            rows = list(
                AuditEntry.objects.filter(timestamp__gte=self.since, xact__isnull=False, **filters).order_by(
                    "timestamp"
                )
            )
            cursor.execute("SELECT set_config('casustafel.roles', %s, true)", [before])
        return rows


@pytest.fixture
def log(db: None) -> Log:
    return Log()

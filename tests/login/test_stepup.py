"""Heavy acts ask once more who one is, with the second factor; nothing is done and nothing typed is lost before."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from partners.models import User
from partners.services.users import reset_factor
from privacy.access import Access
from privacy.errors import Refused
from privacy.models import Job
from tests.access.world_of_urls import every_pattern
from tests.login.conftest import App, logged_in, password, with_app, worker
from tests.world import PASSWORD, Cast, as_


@pytest.fixture(autouse=True)
def _doors(settings: Any) -> None:
    settings.STEP_UP = True


def confirm(client: Client, app: App, to: str = "/") -> Any:
    return client.post(reverse("mfa_reauthenticate"), {"code": app.code(ago=-1), "next": to})


def test_the_keys_page_opens_after_confirming_with_the_second_factor(cast: Cast, time_machine: Any) -> None:
    client, app = worker(cast.beheer)
    sent = client.get(reverse("keys"))
    assert sent["Location"] == "/bevestigen/?next=%2Fbeheer%2Fsleutels%2F"
    page = client.get(sent["Location"], follow=True)
    assert "Typ de code uit uw app" in page.text, "the password is not even offered"
    assert confirm(client, app, "/beheer/sleutels/")["Location"] == "/beheer/sleutels/"
    assert client.get(reverse("keys")).status_code == 200
    time_machine.move_to(timezone.now() + timedelta(minutes=5, seconds=1))
    assert client.get(reverse("keys")).status_code == 302


def test_logging_in_is_no_confirmation_and_a_password_is_none_either(cast: Cast) -> None:
    client, _ = worker(cast.beheer)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    assert client.get(reverse("keys")).status_code == 302


def test_taking_the_log_along_waits_for_it_and_keeps_the_question(cast: Cast) -> None:
    client, app = worker(cast.fatima)
    asked = reverse("privacy-logbook-export") + "?vorm=csv&soort=looked"
    sent = client.get(asked)
    assert sent["Location"].startswith("/bevestigen/")
    assert confirm(client, app, asked)["Location"] == asked
    assert not client.get(asked)["Location"].startswith("/bevestigen/")


def test_destroying_waits_for_it_and_stopping_does_not(cast: Cast, retention_list: Any) -> None:
    client, app = worker(cast.faisal)
    step = reverse("privacy-retention-step", args=[retention_list.pk])
    there = reverse("privacy-retention-list", args=[retention_list.pk])
    sent = client.post(step, {"step": "check"})
    assert sent["Location"].startswith("/bevestigen/")
    assert "er is nog niets gedaan" in client.get(sent["Location"], follow=True).text
    assert not checked(cast, retention_list)
    confirm(client, app, there)
    client.post(step, {"step": "check"})
    assert checked(cast, retention_list)
    other, _ = worker(cast.fatima)
    assert other.post(step, {"step": "stop"})["Location"] == there


def checked(cast: Cast, made: Any) -> bool:
    with as_(cast.fatima):
        return type(made).objects.get(pk=made.pk).checked_at is not None


@pytest.fixture
def retention_list(cast: Cast) -> Any:
    """A list that Fatima made, as the tests of retention make one."""
    from privacy.models import DestructionList
    from tests.access.retention import in_time

    made = in_time(cast)["destruction"]
    with as_(cast.fatima):
        return DestructionList.objects.get(pk=made)


def test_emergency_access_asks_for_the_second_factor(cast: Cast) -> None:
    client, app = worker(cast.greet)
    assert client.get(reverse("emergency-open"))["Location"].startswith("/bevestigen/")
    confirm(client, app)
    assert client.get(reverse("emergency-open")).status_code == 200


def test_a_role_that_may_not_is_refused_before_anything_is_asked(cast: Cast) -> None:
    client, _ = worker(cast.wilma)
    assert client.get(reverse("keys")).status_code == 403


def test_a_beheerder_wipes_a_lost_second_factor_after_confirming(cast: Cast, log: Any) -> None:
    lost, _ = worker(cast.wilma)
    client, app = worker(cast.beheer)
    page = reverse("person-factor", args=[cast.wilma.pk])
    sent = client.post(page)
    assert sent["Location"].startswith("/bevestigen/")
    assert Authenticator.objects.filter(user=cast.wilma).exists()
    confirm(client, app)
    assert "bel terug" in client.get(page).text
    client.post(page)
    assert not Authenticator.objects.filter(user=cast.wilma).exists()
    assert not logged_in(lost)
    assert Job.objects.filter(kind="user.login_changed", subject_id=cast.wilma.pk).exists()
    assert [entry.object_pk for entry in log.changes(event="factor.reset")] == [str(cast.wilma.pk)]
    assert "heeft geen tweede stap" in client.post(page, follow=True).text, "a double click does nothing, and says so"
    password(lost, cast.wilma)
    assert lost.get(reverse("home"))["Location"] == reverse("mfa_index")


def test_nobody_wipes_its_own_and_no_other_role_wipes_any(cast: Cast) -> None:
    with_app(cast.beheer)
    with_app(cast.wilma)
    for person, whose in ((cast.beheer, cast.beheer), (cast.rosa, cast.wilma), (cast.fatima, cast.wilma)):
        with as_(person) as (by, _), pytest.raises((Refused, DatabaseError)), transaction.atomic():
            reset_factor(User.objects.get(pk=whose.pk), by=by)
    assert Authenticator.objects.filter(user__in=[cast.beheer, cast.wilma]).count() == 4


def test_only_declared_addresses_have_the_door() -> None:
    assert all(isinstance(pattern.callback.access, Access) for _, pattern in every_pattern().values())

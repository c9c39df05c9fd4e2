"""Mails hold nothing of a dossier; passwords are chosen by the person, through a link that works once."""

from __future__ import annotations

import re
from collections.abc import Callable
from unittest.mock import patch

import pytest
import time_machine
from django.core import mail
from django.db import OperationalError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from partners.models import User
from partners.notices import tell
from privacy.models import AuditEntry, Job
from tests.world import PASSWORD, Cast, a_case, a_signal, as_, canary

NEW_PASSWORD = "ook een lang en fictief wachtwoord"
Jobs = Callable[[], list[mail.EmailMessage]]


def _link(message: mail.EmailMessage) -> str:
    found = re.search(r"https?://[^/\s]+(/wachtwoord/\S+)", message.body)
    assert found
    return found[1]


def _choose(client: Client, link: str, password: str = NEW_PASSWORD):
    page = client.get(link, follow=True)
    assert page.status_code == 200
    assert "Kies een nieuw wachtwoord" in page.text, page.text
    return client.post(page.request["PATH_INFO"], {"password1": password, "password2": password}, follow=True)


def _log_in(client: Client, email: str, password: str):
    return client.post(reverse("account_login"), {"login": email, "password": password})


def _invite(beheerder: Client, cast: Cast) -> User:
    person = {"name": "Nora Proef", "email": "nora@proef.example", "organisation": cast.ggz.pk, "is_active": "on"}
    assert beheerder.post(reverse("person-new"), person).status_code == 302
    return User.objects.get(email="nora@proef.example")


def test_an_invited_person_chooses_a_password_and_logs_in(
    cast: Cast, beheerder: Client, client: Client, do_jobs: Jobs, log
) -> None:
    nora = _invite(beheerder, cast)
    (message,) = do_jobs()
    assert message.to == [nora.email]
    assert message.subject == "U hebt een account"
    assert _log_in(client, nora.email, NEW_PASSWORD).status_code == 200
    done = _choose(client, _link(message))
    assert done.request["PATH_INFO"] == reverse("account_reset_password_from_key_done")
    assert len(log.looks(event="password.set", actor_id=nora.pk)) == 1
    assert _log_in(client, nora.email, NEW_PASSWORD).headers["Location"] == reverse("home")
    assert client.get(reverse("home")).status_code == 200


def test_a_link_works_once_and_not_for_ever(cast: Cast, beheerder: Client, client: Client, do_jobs: Jobs) -> None:
    _invite(beheerder, cast)
    link = _link(do_jobs()[0])
    with time_machine.travel(timezone.now() + timezone.timedelta(days=4)):
        assert "Deze link werkt niet meer" in client.get(link, follow=True).text
    _choose(client, link)
    assert "Deze link werkt niet meer" in Client().get(link, follow=True).text


def test_a_weak_password_is_refused_in_dutch(cast: Cast, beheerder: Client, client: Client, do_jobs: Jobs) -> None:
    nora = _invite(beheerder, cast)
    assert "12" in _choose(client, _link(do_jobs()[0]), "kort").text
    nora.refresh_from_db()
    assert not nora.has_usable_password()


def test_the_invitation_can_be_sent_again_until_a_password_was_chosen(
    cast: Cast, beheerder: Client, client: Client, do_jobs: Jobs
) -> None:
    nora = _invite(beheerder, cast)
    do_jobs()
    page = reverse("person-edit", args=[nora.pk])
    assert "Nodig opnieuw uit" in beheerder.get(page).text
    beheerder.post(reverse("person-invite", args=[nora.pk]))
    (again,) = do_jobs()
    _choose(client, _link(again))
    assert "Nodig opnieuw uit" not in beheerder.get(page).text
    answer = beheerder.post(reverse("person-invite", args=[nora.pk]), follow=True)
    assert "heeft al een wachtwoord gekozen" in answer.text
    assert do_jobs() == []


def test_who_was_switched_off_gets_no_mail(cast: Cast, beheerder: Client, do_jobs: Jobs) -> None:
    nora = _invite(beheerder, cast)
    nora.is_active = False
    nora.save()
    tell([nora.pk], about=None)
    assert do_jobs() == []


def test_no_mail_holds_a_name_a_theme_a_partner_or_anything_of_a_dossier(
    cast: Cast, beheerder: Client, do_jobs: Jobs
) -> None:
    secret = canary("naam")
    signal = a_signal(cast.wilma, cast.overlast)
    case = a_case(cast.rosa, signal, short_name=secret)
    _invite(beheerder, cast)
    with as_(cast.rosa):
        tell([cast.wilma.pk, cast.wilma.pk, None], about=None)
    messages = do_jobs()
    assert {"Er staat iets voor u klaar", "U hebt een account"} == {message.subject for message in messages}
    for message in messages:
        assert len(message.to) == 1
        assert not message.cc + message.bcc
        text = (message.subject + message.body).lower()
        hidden = [secret, signal.dossier.reference, case.dossier.reference, "woonoverlast", "politie", "ggz"]
        hidden += [name.lower() for name in ("Wilma", "Rosa", "Nora", "Lindelaan", "Voorbeeld")]
        assert not [word for word in hidden if word.lower() in text]
        assert not getattr(message, "alternatives", [])


def test_a_notice_leads_to_the_work_list_and_comes_once(cast: Cast, do_jobs: Jobs) -> None:
    with as_(cast.rosa):
        tell([cast.wilma.pk], about=None)
        tell([cast.wilma.pk], about=None)
    (message,) = do_jobs()
    assert re.findall(r"https?://[^/\s]+(/\S*)", message.body) == [reverse("home")]


def test_a_forgotten_password_is_chosen_anew(cast: Cast, client: Client, do_jobs: Jobs, log) -> None:
    assert reverse("account_reset_password") in client.get(reverse("account_login")).text
    asked = client.post(reverse("account_reset_password"), {"email": "WILMA@proefstad.example"})
    assert asked.headers["Location"] == reverse("account_reset_password_done")
    (message,) = do_jobs()
    assert message.to == [cast.wilma.email]
    _choose(client, _link(message))
    assert log.looks(event="password.set", actor_id=cast.wilma.pk)
    assert _log_in(Client(), cast.wilma.email, PASSWORD).status_code == 200
    assert _log_in(client, cast.wilma.email, NEW_PASSWORD).headers["Location"] == reverse("home")


def test_an_unknown_address_gets_the_same_answer_and_no_mail(cast: Cast, client: Client, do_jobs: Jobs) -> None:
    answers = []
    for email in (cast.wilma.email, "niemand@nergens.example"):
        answer = Client().post(reverse("account_reset_password"), {"email": email}, follow=True)
        answers.append((answer.redirect_chain, re.sub(r'value="[^"]*"', "", answer.text)))
        assert mail.outbox == [], "no mail is sent while the person waits"
    assert answers[0] == answers[1]
    assert [message.to for message in do_jobs()] == [[cast.wilma.email]]


def test_a_switched_off_person_gets_no_link(cast: Cast, client: Client, do_jobs: Jobs) -> None:
    User.objects.filter(pk=cast.wilma.pk).update(is_active=False)
    client.post(reverse("account_reset_password"), {"email": cast.wilma.email})
    assert do_jobs() == []


def test_the_link_starts_with_our_own_address_whatever_host_was_asked(
    cast: Cast, client: Client, do_jobs: Jobs, settings
) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    client.post(reverse("account_reset_password"), {"email": cast.wilma.email}, headers={"host": "kwaad.example"})
    (message,) = do_jobs()
    assert "kwaad" not in message.body
    assert settings.SITE_URL in message.body


@pytest.fixture
def broken_log():
    """The connection of the log fails; everything else works."""
    save = AuditEntry.save

    def fail(self: AuditEntry, *args: object, **kwargs: object) -> None:
        if kwargs.get("using") == "audit":
            raise OperationalError("the log can't be reached")
        save(self, *args, **kwargs)

    with patch.object(AuditEntry, "save", fail):
        yield


def test_without_the_log_nobody_logs_in(cast: Cast, client: Client, broken_log: None) -> None:
    answer = _log_in(client, cast.wilma.email, PASSWORD)
    assert answer.status_code == 503
    assert "Nu even niet beschikbaar" in answer.text
    assert "_auth_user_id" not in client.session
    assert _log_in(client, cast.wilma.email, "een verkeerd wachtwoord").status_code == 503


def test_without_the_log_no_password_is_set(cast: Cast, beheerder: Client, client: Client, do_jobs: Jobs) -> None:
    nora = _invite(beheerder, cast)
    page = client.get(_link(do_jobs()[0]), follow=True)
    with patch.object(AuditEntry, "save", side_effect=OperationalError):
        answer = client.post(page.request["PATH_INFO"], {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD})
    assert answer.status_code == 503
    nora.refresh_from_db()
    assert not nora.has_usable_password()


def test_without_the_log_a_page_of_managing_shows_nothing(cast: Cast, beheerder: Client, broken_log: None) -> None:
    answer = beheerder.get(reverse("person-list"))
    assert answer.status_code == 503
    assert "Wilma" not in answer.text


def test_a_job_that_was_lost_is_still_there(cast: Cast, beheerder: Client) -> None:
    nora = _invite(beheerder, cast)
    assert Job.objects.get(subject_id=nora.pk).kind == "user.invitation"


def test_logging_in_failing_and_logging_out_are_in_the_log_with_what_for(cast: Cast, client: Client, log) -> None:
    for password in ("verkeerd wachtwoord", PASSWORD):
        client.post(reverse("account_login"), {"login": cast.rosa.email, "password": password})
    client.post(reverse("account_logout"))
    found = [(entry.event, entry.purpose) for entry in log.looks() if entry.event.startswith("log")]
    assert found == [("login.failed", "inloggen"), ("login", "inloggen"), ("logout", "uitloggen")]

"""The beheerder sees how every part stands, what to do, and lets a failed job be done again."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone

from casework.attaching import scanning
from config.running import health, state, words
from privacy import calling, jobs, queue
from privacy.actor import SYSTEM_ID
from privacy.audit import watching
from privacy.models import Job, Operation, OperationKind
from privacy.models.job import JobState
from tests.commits import really_commits
from tests.conftest import Log
from tests.world import Cast, as_

PAGE = "/beheer/systeem/"
Login = Any


def a_job(job_state: JobState, kind: str = "user.invitation", error: str = "", **given: Any) -> UUID:
    tries = jobs.TRIES if job_state == JobState.FAILED else 0
    return Job.objects.create(
        kind=kind, subject_id=uuid4(), state=job_state, last_error=error, attempts=tries, **given
    ).pk


def lines(cast: Cast) -> dict[str, state.Line]:
    now = timezone.now()
    with as_(cast.beheer):
        return {line.what: line for line in state.lines(queue.queue(now=now), now)}


@pytest.fixture
def clamd() -> Iterator[str]:
    """A scanner that answers one PING."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            line, _ = server.accept()
            with line:
                line.recv(16)
                line.sendall(b"PONG\0")

        thread = threading.Thread(target=serve)
        thread.start()
        yield f"127.0.0.1:{server.getsockname()[1]}"
        thread.join(5)


# --- the page -----------------------------------------------------------------------------------


def test_the_page_has_every_part_and_is_looked(cast: Cast, login: Login, log: Log) -> None:
    text = login(cast.beheer).get(PAGE).content.decode()
    for part in (
        "Database", "Tabellen", "Logboek", "Zegel op het logboek", "Hoofdsleutel", "Back-up", "Wachtrij",
        "Achtergrondtaken", "Mail", "Virusscanner",
    ):  # fmt: skip
        assert part in text
    assert [entry.event for entry in log.looks(event="system.read")] == ["system.read"]


def test_it_is_reached_from_the_pages_of_the_beheerder(cast: Cast, login: Login) -> None:
    assert f'href="{PAGE}"' in login(cast.beheer).get("/beheer/").content.decode()
    assert f'href="{PAGE}"' in login(cast.beheer).get("/beheer/sleutels/").content.decode()


@pytest.mark.parametrize("person", ["rosa", "pieter", "fatima", "cor", "conny", "iris"])
def test_nobody_else_sees_it_or_does_a_job_again(person: str, cast: Cast, login: Login) -> None:
    pk, client = a_job(JobState.FAILED), login(cast.people[person])
    assert client.get(PAGE).status_code == 403
    assert client.post(reverse("system-again", args=[pk])).status_code == 403
    assert Job.objects.get(pk=pk).state == JobState.FAILED


def test_who_is_not_logged_in_is_sent_to_log_in() -> None:
    assert Client().get(PAGE).status_code == 302


# --- the parts ----------------------------------------------------------------------------------


def test_every_line_that_is_not_right_says_what_to_do(cast: Cast) -> None:
    with override_settings(CELERY_BROKER_URL="memory://", CLAMD_ADDRESS="127.0.0.1:1", TESTING=False):
        found = lines(cast)
    wrong = [line for line in found.values() if not line.good]
    assert {line.what for line in wrong} >= {"Back-up", "Wachtrij", "Mail", "Virusscanner"}
    assert [line.what for line in wrong if not line.advice] == []


def test_tables_that_are_behind_are_said_with_the_command(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    assert lines(cast)["Tabellen"].good
    monkeypatch.setattr(health, "missing_migrations", lambda: ["privacy.9999_later"])
    line = lines(cast)["Tabellen"]
    assert not line.good
    assert "migrate --database=owner" in line.advice


def test_a_log_that_was_not_sealed_for_long_is_said(cast: Cast, login: Login, monkeypatch: pytest.MonkeyPatch) -> None:
    login(cast.beheer).get(PAGE)  # leaves an entry that waits
    monkeypatch.setattr(state, "SEALED_WITHIN", timedelta(0))
    assert "seal_audit" in lines(cast)["Zegel op het logboek"].advice
    monkeypatch.setattr(state, "SEALED_WITHIN", timedelta(hours=1))
    watching.seal(now=timezone.now())
    line = lines(cast)["Zegel op het logboek"]
    assert line.good
    assert "minder dan een uur geleden" in line.found


def test_a_backup_that_is_too_old_or_failed_is_said(cast: Cast) -> None:
    really_commits()
    now = timezone.now()
    made = Operation.objects.using("maintenance").create

    def noted(ago: timedelta, outcome: str) -> None:
        made(kind=OperationKind.BACKUP, begun_at=now - ago, ended_at=now - ago, outcome=outcome, by=SYSTEM_ID)

    assert lines(cast)["Back-up"].found == "Nog nooit gelukt."
    noted(timedelta(hours=30), "ok")
    assert not lines(cast)["Back-up"].good
    noted(timedelta(hours=2), "ok")
    assert lines(cast)["Back-up"].good
    noted(timedelta(hours=1), "failed")
    assert not lines(cast)["Back-up"].good


def test_a_scanner_that_answers_is_right_and_one_that_does_not_is_said(cast: Cast, clamd: str) -> None:
    with override_settings(CLAMD_ADDRESS=clamd):
        assert lines(cast)["Virusscanner"].good
    with override_settings(CLAMD_ADDRESS="127.0.0.1:1"):
        line = lines(cast)["Virusscanner"]
        assert not line.good
        assert "bijlage" in line.advice
    with override_settings(CLAMD_ADDRESS="no address"):
        assert not scanning.answers()


def test_a_mail_server_and_a_broker_that_do_not_answer_are_said(cast: Cast) -> None:
    with override_settings(EMAIL_BACKEND=state.SMTP, EMAIL_HOST="127.0.0.1", EMAIL_PORT=1):
        assert lines(cast)["Mail"].found == "De mailserver antwoordt niet."
    with override_settings(CELERY_BROKER_URL="amqp://127.0.0.1:1//"):
        found = lines(cast)["Wachtrij"]
    assert found.found == "Antwoordt niet."
    assert "Er gaat niets verloren" in found.advice


def test_only_a_beheerder_asks_how_the_seals_stand(cast: Cast) -> None:
    for person in (cast.rosa, cast.fatima, cast.iris):
        with as_(person), pytest.raises(DatabaseError, match="only a beheerder"), transaction.atomic():
            calling.rows_of("privacy_seals_now")
    with as_(cast.beheer):
        assert len(calling.rows_of("privacy_seals_now")) == 1


def test_trying_the_log_leaves_no_entry(cast: Cast) -> None:
    with connection.cursor() as cursor, as_(cast.fatima):
        cursor.execute("SELECT count(*) FROM privacy_auditentry")
        before = cursor.fetchone()
        state._audit()
        cursor.execute("SELECT count(*) FROM privacy_auditentry")
        assert cursor.fetchone() == before


# --- the queue ----------------------------------------------------------------------------------


def test_what_failed_runs_and_waits_is_shown_in_plain_words(cast: Cast, login: Login) -> None:
    a_job(JobState.FAILED, error="SMTPServerDisconnected")
    a_job(JobState.FAILED, kind="seat.ends", error="ZeroDivisionError")
    a_job(JobState.RUNNING, kind="ladder.term")
    a_job(JobState.WAITING, kind="meeting.call")
    a_job(JobState.WAITING, kind="regie.vacant", not_before=timezone.now() + timedelta(days=1))
    text = login(cast.beheer).get(PAGE).content.decode()
    assert "1 wachten, 1 bezig, 2 mislukt." in text
    assert "De mailserver nam de mail niet aan" in text
    assert "Er ging iets mis dat wij niet herkennen (ZeroDivisionError)" in text
    assert "Kijken of een termijn bijna om is" in text
    assert "Een uitnodiging voor een overleg mailen" in text
    assert "1 taak wacht op een later moment" in text
    assert "Melden dat niemand de regie heeft" not in text
    assert text.count("Doe opnieuw") == 2


def test_work_that_waits_too_long_says_to_look_at_the_worker(cast: Cast) -> None:
    a_job(JobState.WAITING, not_before=timezone.now() - timedelta(minutes=3))
    assert "casustafel-worker" in lines(cast)["Achtergrondtaken"].advice


def test_every_job_that_exists_has_words(cast: Cast) -> None:
    assert set(words.WHAT) == set(jobs._handlers)


def test_a_failed_job_is_done_again_once(cast: Cast, login: Login, log: Log, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[UUID] = []
    monkeypatch.setattr(jobs, "nudge", told.append)
    pk, client = a_job(JobState.FAILED, error="OSError"), login(cast.beheer)
    answers = [client.post(reverse("system-again", args=[pk]), follow=True).content.decode() for _ in range(2)]
    job = Job.objects.get(pk=pk)
    assert (job.state, job.attempts, job.last_error) == (JobState.WAITING, 0, "")
    assert told == [pk]
    assert "De taak staat weer in de wachtrij" in answers[0]
    assert "Deze taak wacht of draait al" in answers[1]
    assert len(log.changes(event="job.again")) == 1


@pytest.mark.parametrize("job_state", [JobState.DONE, JobState.RUNNING, JobState.WAITING])
def test_what_did_not_fail_is_left_alone(job_state: JobState, cast: Cast, login: Login) -> None:
    pk = a_job(job_state)
    login(cast.beheer).post(reverse("system-again", args=[pk]))
    assert Job.objects.get(pk=pk).state == job_state


def test_a_job_that_is_not_there_is_not_there(cast: Cast, login: Login) -> None:
    assert login(cast.beheer).post(reverse("system-again", args=[uuid4()])).status_code == 404

"""What was destroyed is listed outside the database, and destroyed again when a restore brings it back."""

from __future__ import annotations

import os
import resource
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management.base import CommandError
from django.db import DatabaseError, connection, transaction
from django.test import override_settings
from django.utils import timezone

from casework.models import Signal, SignalItem
from casework.services import triage
from privacy.access import open_one
from privacy.jobs import perform
from privacy.models import AuditEntry, Compartment, Dossier, Grant, Job, Shredded
from privacy.upkeep import shredding
from privacy.upkeep.shredding import listed
from tests.commits import committed
from tests.keys.scene import every_step, run, run_until, signals, unreadable
from tests.world import Cast, as_

SHREDDED = Shredded.objects.using("maintenance")


def rejected(cast: Cast, signal: Signal) -> None:
    def act() -> None:
        with as_(cast.rosa) as (by, _):
            triage.reject(open_one(Signal, signal.pk, by=by), "te_weinig", now=timezone.now(), by=by)

    committed(act)


def jobs_done() -> None:
    for job in Job.objects.using("maintenance").filter(done_at__isnull=True, kind="dossier.shredded"):
        committed(lambda job=job: perform(job.pk, now=timezone.now()))


def test_destroying_writes_a_line_with_an_id_and_a_moment_and_nothing_else(cast: Cast, tmp_path: Path) -> None:
    signal = signals(cast, 1)[0]
    file = tmp_path / "shred-list"
    with override_settings(SHRED_LIST=str(file)):
        rejected(cast, signal)
        assert not file.exists()
        jobs_done()
        row = SHREDDED.get(dossier_id=signal.dossier_id)
        assert file.read_text() == f"{signal.dossier_id} {row.at.isoformat()}\n"
        assert row.noted_at is not None
        assert file.stat().st_mode & 0o077 == 0


def test_a_list_that_can_not_be_written_loses_nothing(cast: Cast, tmp_path: Path) -> None:
    one, two = signals(cast, 2)
    with override_settings(SHRED_LIST=str(tmp_path / "gone" / "shred-list")):
        rejected(cast, one)
        jobs_done()
        assert SHREDDED.filter(noted_at__isnull=True).count() == 1
    with override_settings(SHRED_LIST=str(tmp_path / "shred-list")):
        rejected(cast, two)
        jobs_done()
        assert {pk for pk, _ in listed(tmp_path / "shred-list")} == {one.dossier_id, two.dossier_id}


def test_an_act_that_is_undone_leaves_no_line(cast: Cast) -> None:
    signal = signals(cast, 1)[0]

    def act() -> None:
        with as_(cast.rosa) as (by, _):
            triage.reject(open_one(Signal, signal.pk, by=by), "te_weinig", now=timezone.now(), by=by)
            transaction.set_rollback(True)

    committed(act)
    assert not SHREDDED.filter(dossier_id=signal.dossier_id).exists()
    assert unreadable(cast, [signal]) == []


def test_the_application_adds_no_line_and_takes_none_away(cast: Cast) -> None:
    for statement in (
        "DELETE FROM privacy_shredded",
        "INSERT INTO privacy_shredded (id, dossier_id, at) VALUES (gen_random_uuid(), gen_random_uuid(), now())",
        "UPDATE privacy_shredded SET dossier_id = gen_random_uuid()",
        "DELETE FROM privacy_operation",
        "UPDATE privacy_operation SET outcome = 'ok'",
        "UPDATE privacy_indexkey SET wrapped = ''",
    ):
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(statement)


def test_what_came_back_is_destroyed_again_and_the_rest_is_left(cast: Cast, tmp_path: Path) -> None:
    one, two = signals(cast, 2)
    file = tmp_path / "shred-list"
    file.write_text(f"{one.dossier_id} {timezone.now().isoformat()}\n")
    assert "1 dossiers op de lijst, 1 daarvan" in run("replay_shred_list", str(file))
    for model in (Compartment, SignalItem, Signal):
        assert not model.objects.using("maintenance").filter(dossier=one.dossier_id).exists()
    assert not Grant.objects.using("maintenance").filter(content_object=one.dossier_id).exists()
    assert Dossier.objects.using("maintenance").get(pk=one.dossier_id).destroyed_at is not None
    entry = AuditEntry.objects.using("maintenance").filter(event="dossier.destroyed_again").latest("timestamp")
    assert entry.dossiers == [one.dossier_id]
    assert "0 daarvan" in run("replay_shred_list", str(file))
    with as_(cast.pieter):
        assert list(Signal.objects.values_list("pk", flat=True)) == [two.pk]


@every_step(60)
def test_destroying_again_that_is_stopped_goes_on_the_second_time(cast: Cast, tmp_path: Path, at: int) -> None:
    one, two, kept = signals(cast, 3)
    file = tmp_path / "shred-list"
    file.write_text("".join(f"{signal.dossier_id} {timezone.now().isoformat()}\n" for signal in (one, two)))
    run_until(at, "replay_shred_list", str(file))
    run("replay_shred_list", str(file))
    gone = [one.dossier_id, two.dossier_id]
    assert not Compartment.objects.using("maintenance").filter(dossier__in=gone).exists()
    assert not SignalItem.objects.using("maintenance").filter(dossier__in=gone).exists()
    assert SignalItem.objects.using("maintenance").filter(signal=kept).exists()


def test_a_list_that_is_not_right_says_where(cast: Cast, tmp_path: Path) -> None:
    file = tmp_path / "shred-list"
    file.write_text("geen id\n")
    with pytest.raises(CommandError, match="regel 1"):
        run("replay_shred_list", str(file))
    with pytest.raises(CommandError, match="niet te lezen"):
        run("replay_shred_list", os.devnull + "/x")


def test_a_full_disk_loses_nothing_and_spoils_no_line_after_it(
    cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two = signals(cast, 2)
    file = tmp_path / "shred-list"
    with override_settings(SHRED_LIST=str(file)):
        rejected(cast, one)
        with monkeypatch.context() as full:
            full.setattr(shredding, "_append", with_room_for(20))
            jobs_done()
        assert len(file.read_bytes()) == 20
        assert SHREDDED.filter(noted_at__isnull=True).count() == 1
        rejected(cast, two)
        committed(shredding.note_all)
    whole = file.read_text().splitlines()[1:]
    assert {line.split(" ")[0] for line in whole} == {str(one.dossier_id), str(two.dossier_id)}


def with_room_for(most: int) -> Callable[..., None]:
    """Adding lines on a disk with room for so many bytes."""
    append = shredding._append

    def full(*arguments: Any) -> None:
        before = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, before[1]))
        try:
            append(*arguments)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)

    return full

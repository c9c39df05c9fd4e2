"""New keys for everything, at any moment stopped, with everybody at work: all stays readable."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import timedelta
from threading import Event, Thread
from uuid import UUID, uuid4

import pytest
from django.core.management.base import CommandError
from django.db import connections
from django.utils import timezone

from privacy.acting import acting
from privacy.actor import system_actor
from privacy.audit import record
from privacy.encryption import aead, keys
from privacy.locks import Lock
from privacy.models import AuditEntry, Compartment, KeyEncryptionKey, Operation
from privacy.upkeep import rotating
from tests.commits import committed
from tests.database import ROOT
from tests.keys.scene import every_step, run, run_until, signals, unreadable
from tests.world import Cast, a_signal

KEKS = KeyEncryptionKey.objects.using("maintenance")
PARTS = Compartment.objects.using("maintenance")
LOG = AuditEntry.objects.using("maintenance")


def epochs() -> set[int]:
    return set(PARTS.values_list("epoch", flat=True))


def test_every_data_key_moves_to_the_new_epoch_and_everything_opens(cast: Cast) -> None:
    made = signals(cast, 3)
    wrapped = {bytes(part.wrapped_key) for part in PARTS.all()}
    said = run("rotate_kek")
    newest = KEKS.latest("epoch")
    assert f"Sleutel {newest.epoch} is in gebruik; {PARTS.count()} sleutels" in said
    assert epochs() == {newest.epoch}
    assert not wrapped & {bytes(part.wrapped_key) for part in PARTS.all()}
    assert unreadable(cast, made) == []
    assert newest.retired_at is None
    assert not KEKS.exclude(epoch=newest.epoch).filter(retired_at__isnull=True).exists()


def test_each_step_has_an_entry_with_the_keys_it_opened_and_the_reason(cast: Cast) -> None:
    signals(cast, 2)
    since = timezone.now()
    run("rotate_kek", "--reason", "maandelijks")
    entries = LOG.filter(timestamp__gte=since)
    named = [part for entry in entries.filter(event="keys.rewrapped") for part in entry.compartments]
    assert sorted(named) == sorted(PARTS.values_list("pk", flat=True))
    assert {entry.purpose for entry in entries} == {"sleutels vernieuwen: maandelijks"}
    assert {entry.event for entry in entries} == {"keys.rotation_begun", "keys.rewrapped", "keys.rotated"}


@every_step(60)
def test_stopped_after_any_statement_everything_opens_and_a_second_run_ends_it(
    cast: Cast, at: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rotating, "BATCH", 2)
    made = signals(cast, 2)
    before = KEKS.count()
    run_until(at, "rotate_kek")
    begun = Operation.objects.using("maintenance").filter(ended_at__isnull=True).exists()
    assert unreadable(cast, made) == []
    run("rotate_kek")
    assert unreadable(cast, made) == []
    assert epochs() == {KEKS.latest("epoch").epoch}
    assert KEKS.count() - before <= (1 if begun else 2)
    assert not Operation.objects.using("maintenance").filter(ended_at__isnull=True).exists()


KILLED = """
import os, sys, django
django.setup()
from django.core.management import call_command
from django.db import connections
from privacy.upkeep import rotating
rotating.BATCH, seen = 1, 0
def killer(execute, sql, params, many, context):
    global seen
    result = execute(sql, params, many, context)
    seen += 1
    if seen == {at}:
        os.kill(os.getpid(), 9)
    return result
with connections["maintenance"].execute_wrapper(killer):
    call_command("{command}", *{arguments})
"""


def killed(at: int, command: str, *arguments: str) -> int:
    """Runs a command in a process that is killed after this many statements."""
    code = KILLED.format(at=at, command=command, arguments=repr(arguments))
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "config.settings"}
    return subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment, check=False).returncode


@pytest.mark.parametrize("at", [7, 23, 31])
def test_killed_halfway_everything_opens_and_a_second_run_ends_it(cast: Cast, at: int) -> None:
    made = signals(cast, 2)
    assert killed(at, "rotate_kek") == -9
    assert unreadable(cast, made) == []
    run("rotate_kek")
    assert epochs() == {KEKS.latest("epoch").epoch}
    assert unreadable(cast, made) == []


def test_while_everybody_reads_and_writes_nobody_meets_an_error(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rotating, "BATCH", 3)
    made = signals(cast, 4)
    stop, wrong, acts = Event(), [], [0, 0]

    def read() -> None:
        while not stop.is_set():
            wrong.extend(unreadable(cast, made))
            acts[0] += 1

    def write() -> None:
        try:
            while not stop.is_set():
                a_signal(cast.wilma, cast.overlast)
                acts[1] += 1
        except Exception as error:
            wrong.append(repr(error))
        finally:
            connections.close_all()

    workers = [Thread(target=read), Thread(target=write)]
    for worker in workers:
        worker.start()
    for _ in range(5):
        run("rotate_kek")
    stop.set()
    for worker in workers:
        worker.join()
    assert wrong == []
    assert min(acts) > 2
    run("rotate_kek")
    assert epochs() == {KEKS.latest("epoch").epoch}
    assert unreadable(cast, made) == []


def test_two_at_once_is_refused(cast: Cast) -> None:
    signals(cast, 1)
    with connections["maintenance"].cursor() as cursor:
        cursor.execute(f"SELECT pg_advisory_lock({Lock.UPKEEP:d})")
        with pytest.raises(CommandError, match="Er loopt al onderhoud"):
            run("rotate_kek")
        cursor.execute(f"SELECT pg_advisory_unlock({Lock.UPKEEP:d})")


def test_an_old_epoch_is_destroyed_only_after_the_horizon_and_with_a_yes(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = signals(cast, 1)
    run("rotate_kek")
    KEKS.filter(retired_at__isnull=False).update(retired_at=timezone.now() - timedelta(days=6))
    assert "Er is geen sleutel die langer dan 7 dagen" in run("destroy_epochs", "--yes")
    old = set(KEKS.filter(retired_at__isnull=False).values_list("epoch", flat=True))
    KEKS.filter(retired_at__isnull=False).update(retired_at=timezone.now() - timedelta(days=8))
    monkeypatch.setattr("builtins.input", lambda question: "nee")
    with pytest.raises(CommandError, match="niets gedaan"):
        run("destroy_epochs")
    since = timezone.now()
    run("destroy_epochs", "--yes")
    assert not KEKS.filter(epoch__in=old).exists()
    assert LOG.filter(timestamp__gte=since, event="keys.epoch_destroyed").count() == len(old)
    assert unreadable(cast, made) == []


@every_step(16)
def test_destroying_that_is_stopped_leaves_everything_readable(cast: Cast, at: int) -> None:
    made = signals(cast, 1)
    run("rotate_kek")
    long_ago = timezone.now() - timedelta(days=8)
    KEKS.filter(retired_at__isnull=False).update(retired_at=long_ago)
    run_until(at, "destroy_epochs", "--yes")
    assert unreadable(cast, made) == []
    run("destroy_epochs", "--yes")
    assert unreadable(cast, made) == []
    assert not KEKS.filter(retired_at=long_ago).exists()


def test_an_epoch_under_which_a_key_still_stands_is_never_destroyed(cast: Cast) -> None:
    made = signals(cast, 1)
    run("rotate_kek")
    newest = KEKS.latest("epoch")
    KEKS.filter(epoch=newest.epoch).update(retired_at=timezone.now() - timedelta(days=99))
    with pytest.raises(CommandError, match=f"Onder sleutel {newest.epoch} staan nog gegevens"):
        run("destroy_epochs", "--yes")
    KEKS.filter(epoch=newest.epoch).update(retired_at=None)
    assert unreadable(cast, made) == []


@pytest.mark.prove
def test_twenty_thousand_data_keys_take_less_than_ten_seconds(cast: Cast) -> None:
    """Measured on keys alone: rows that hang on a dossier, without content."""
    made = signals(cast, 1)
    by = system_actor("proef")
    committed(lambda: _many(made[0].dossier_id, 20_000))
    begun = timezone.now()
    assert rotating.rotate(by=by)[1] >= 20_000
    took = (timezone.now() - begun).total_seconds()
    print(f"\n  20,000 data keys under a new epoch in {took:.1f} s")
    assert took < 10


def _many(dossier_id: UUID, count: int) -> None:
    epoch = keys.newest_epoch()
    rows = []
    for _ in range(count):
        pk = uuid4()
        wrapped = keys.wrap(aead.new_key(), dossier_id=dossier_id, compartment_id=pk, epoch=epoch)
        rows.append(
            Compartment(
                id=pk, dossier_id=dossier_id, kind="item", organisation_id=pk, wrapped_key=wrapped, epoch=epoch,
                created_by=pk,
            )
        )  # fmt: skip
    by = system_actor("proef")
    with acting(by, using="maintenance"):
        record.change("keys.rewrapped", using="maintenance", by=by)
        Compartment.objects.using("maintenance").bulk_create(rows, batch_size=2000)

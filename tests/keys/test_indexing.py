"""A new key behind the digests: likenesses are found before, meanwhile and after, and no dossier is opened."""

from __future__ import annotations

from datetime import date
from threading import Event, Thread
from typing import Any

import pytest
from django.apps import apps
from django.core.management.base import CommandError
from django.db import connections, models

from casework import likeness
from casework.models import Signal, SubjectKind
from casework.queries import known
from casework.values import PlaceInput, SubjectInput
from partners.models import CaseTable, User
from privacy.access import open_one
from privacy.encryption import keys
from privacy.encryption.fields import DigestField
from privacy.encryption.keys import blind
from privacy.locks import Lock
from privacy.models import AuditEntry, IndexKey
from privacy.upkeep import work
from privacy.upkeep.indexing import digests
from tests.commits import committed
from tests.keys.scene import every_step, run, run_until, signals
from tests.keys.test_rotating import killed
from tests.world import Cast, a_signal, as_


def all_digests() -> dict[Any, bytes]:
    """Every digest there is, of signals, marks and rows that were read in."""
    return {
        (model.__name__, pk): bytes(digest)
        for model, field in digests()
        for pk, digest in model._default_manager.using("maintenance").values_list("pk", field.attname)
    }


def alike(cast: Cast, signal: Signal) -> int:
    """How many other signals the regisseur sees as alike."""

    def look() -> int:
        with as_(cast.rosa) as (by, _):
            return len(likeness.alike(open_one(Signal, signal.pk, by=by), by=by))

    return committed(look)


def known_to(person: User, table: CaseTable, name: str) -> bool:
    """Whether somebody of this name, born when Piet was, is said to be known."""
    subject = SubjectInput(SubjectKind.PERSON, name, date(1981, 3, 12), "")
    with as_(person) as (by, _):
        return known.ask(known.Question(table.pk, "beoordelen", subject, PlaceInput()), by=by).known


def test_every_column_of_digests_is_declared_as_one() -> None:
    loose = [
        f"{model.__name__}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, models.BinaryField) and "digest" in field.name and not isinstance(field, DigestField)
    ]
    assert loose == []
    assert {model.__name__ for model, _ in digests()} >= {"SignalTrace", "ImportedRow", "KnownMark"}


def test_old_and_new_signals_are_alike_after_it_and_no_digest_is_the_same(cast: Cast) -> None:
    made = signals(cast, 3)
    before = all_digests()
    opened = AuditEntry.objects.using("maintenance").filter(compartments__len__gt=0).count()
    assert f"{len(before)} kenmerken" in run("rotate_index")
    after = all_digests()
    assert before.keys() == after.keys()
    assert not set(before.values()) & set(after.values())
    assert AuditEntry.objects.using("maintenance").filter(compartments__len__gt=0).count() == opened
    newer = committed(lambda: a_signal(cast.wilma, cast.overlast))
    assert [alike(cast, signal) for signal in (*made, newer)] == [3, 3, 3, 3]


def test_who_was_known_is_known_after_it(cast: Cast) -> None:
    signals(cast, 1)
    run("rotate_index")
    assert committed(lambda: known_to(cast.victor, cast.jeugd, "Piet Voorbeeld"))
    assert not committed(lambda: known_to(cast.victor, cast.jeugd, "Niemand Anders"))


def test_a_row_that_was_read_in_is_double_after_it(cast: Cast) -> None:
    def times_known() -> bytes:
        return blind("inlezen", "rij", "dezelfde rij")

    before = committed(times_known)
    run("rotate_index")
    key = keys.open_index(IndexKey.objects.using("maintenance").latest("epoch"))
    assert committed(times_known) == keys.link(key, before) != before


def test_the_old_key_alone_makes_no_digest_of_now(cast: Cast) -> None:
    run("rotate_index")
    now = committed(lambda: blind("tafel", "bsn", "999990019"))
    with connections["maintenance"].cursor():
        newest = IndexKey.objects.using("maintenance").latest("epoch")
        kept = (newest.epoch, newest.wrapped, newest.made_at)
        newest.delete(using="maintenance")
    assert committed(lambda: blind("tafel", "bsn", "999990019")) != now
    IndexKey(*kept).save(using="maintenance")
    assert committed(lambda: blind("tafel", "bsn", "999990019")) == now


@every_step(24)
def test_stopped_after_any_statement_likenesses_are_found(cast: Cast, at: int) -> None:
    made = signals(cast, 2)
    run_until(at, "rotate_index")
    newer = committed(lambda: a_signal(cast.wilma, cast.overlast))
    assert [alike(cast, signal) for signal in (*made, newer)] == [2, 2, 2]
    run("rotate_index")
    assert [alike(cast, signal) for signal in (*made, newer)] == [2, 2, 2]


def test_killed_halfway_nothing_has_changed(cast: Cast) -> None:
    made = signals(cast, 2)
    before = all_digests()
    assert killed(9, "rotate_index") == -9
    assert all_digests() == before
    assert alike(cast, made[0]) == 1


def test_while_signals_come_in_none_gets_a_digest_of_the_old_key(cast: Cast) -> None:
    first = signals(cast, 1)[0]
    stop, made, wrong = Event(), [], []

    def write() -> None:
        try:
            while not stop.is_set():
                made.append(a_signal(cast.wilma, cast.overlast))
        except Exception as error:
            wrong.append(repr(error))
        finally:
            connections.close_all()

    workers = [Thread(target=write) for _ in range(2)]
    for worker in workers:
        worker.start()
    for _ in range(6):
        run("rotate_index")
    stop.set()
    for worker in workers:
        worker.join()
    assert wrong == []
    assert len(made) > 5
    assert alike(cast, first) == len(made)


def test_who_is_busy_for_long_is_not_pushed_aside(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work, "PATIENCE", "200ms")
    before = IndexKey.objects.using("maintenance").count()
    with connections["maintenance"].cursor() as cursor:
        cursor.execute(f"SELECT pg_advisory_lock_shared({Lock.INDEX_CHAIN:d})")
        with pytest.raises(CommandError, match="er is niets veranderd"):
            run("rotate_index")
        cursor.execute(f"SELECT pg_advisory_unlock_shared({Lock.INDEX_CHAIN:d})")
    assert IndexKey.objects.using("maintenance").count() == before

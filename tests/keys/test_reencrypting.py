"""A dossier sealed anew: the same words under other keys, all of it or nothing."""

from __future__ import annotations

from threading import Event, Thread

import pytest
from django.core.management.base import CommandError
from django.db import connections

from casework.models import SignalItem
from privacy.audit import record
from privacy.encryption import keys
from privacy.errors import TamperedValue
from privacy.models import AuditEntry, Compartment
from privacy.unlock import unlock
from tests.commits import committed
from tests.keys.scene import every_step, run, run_until, signals, unreadable
from tests.keys.test_rotating import killed
from tests.world import Cast, as_

ITEMS = SignalItem.objects.using("maintenance")
PARTS = Compartment.objects.using("maintenance")


def test_all_its_keys_and_seals_are_new_and_versions_rise(cast: Cast) -> None:
    made = signals(cast, 2)
    dossier = made[0].dossier
    old = {part.pk: bytes(part.wrapped_key) for part in PARTS.filter(dossier=dossier)}
    sealed = ITEMS.get(signal=made[0])
    untouched = ITEMS.get(signal=made[1]).__dict__["text"]
    said = run("reencrypt_dossier", dossier.reference, "--reason", "sleutel mogelijk gezien")
    assert dossier.reference in said
    new = {part.pk: bytes(part.wrapped_key) for part in PARTS.filter(dossier=dossier)}
    assert old.keys() == new.keys()
    assert not set(old.values()) & set(new.values())
    again = ITEMS.get(signal=made[0])
    assert (again.version, again.__dict__["text"] != sealed.__dict__["text"]) == (sealed.version + 1, True)
    assert ITEMS.get(signal=made[1]).__dict__["text"] == untouched
    assert unreadable(cast, made) == []


def test_an_old_key_opens_nothing_of_it_any_more(cast: Cast) -> None:
    made = signals(cast, 1)
    part = PARTS.select_related("epoch").get(dossier=made[0].dossier, kind="table")
    names = {"dossier_id": part.dossier_id, "compartment_id": part.pk}
    old = keys.unwrap(bytes(part.wrapped_key), **names, epoch=part.epoch)
    run("reencrypt_dossier", made[0].dossier.reference, "--reason", "proef")

    def with_the_old_key() -> None:
        with as_(cast.pieter) as (_, ring):
            ring.add(part.pk, old)
            with pytest.raises(TamperedValue):
                _ = SignalItem.objects.get(signal=made[0]).text

    committed(with_the_old_key)


def test_its_entry_names_the_dossier_the_keys_and_the_reason(cast: Cast) -> None:
    made = signals(cast, 1)
    run("reencrypt_dossier", made[0].dossier.reference, "--reason", "proef")
    entry = AuditEntry.objects.using("maintenance").filter(event="keys.reencrypted").latest("timestamp")
    assert entry.dossiers == [made[0].dossier_id]
    assert set(entry.compartments) == set(PARTS.filter(dossier=made[0].dossier).values_list("pk", flat=True))
    assert entry.purpose == "dossier opnieuw versleutelen: proef"


@pytest.mark.parametrize(
    ("arguments", "told"), [(["S-2026-0000"], "Geef met --reason"), (["S-2026-0000", "--reason", "x"], "geen dossier")]
)
def test_without_a_reason_or_a_dossier_nothing_happens(cast: Cast, arguments: list[str], told: str) -> None:
    with pytest.raises(CommandError, match=told):
        run("reencrypt_dossier", *arguments)


@every_step(56)
def test_stopped_after_any_statement_everything_opens(cast: Cast, at: int) -> None:
    made = signals(cast, 1)
    reference = made[0].dossier.reference
    run_until(at, "reencrypt_dossier", reference, "--reason", "proef")
    assert unreadable(cast, made) == []
    run("reencrypt_dossier", reference, "--reason", "proef")
    assert unreadable(cast, made) == []


def test_killed_halfway_nothing_has_changed(cast: Cast) -> None:
    made = signals(cast, 1)
    assert killed(20, "reencrypt_dossier", made[0].dossier.reference, "--reason", "proef") == -9
    assert unreadable(cast, made) == []


def test_who_writes_in_it_meanwhile_writes_under_the_key_that_stays(cast: Cast) -> None:
    made = signals(cast, 1)
    stop, wrong, turns = Event(), [], [0]

    def write() -> None:
        try:
            while not stop.is_set():
                with as_(cast.rosa) as (by, _):
                    unlock([made[0].dossier_id], by=by)
                    row = SignalItem.objects.get(signal=made[0])
                    row.text = str(row.text)
                    row.save()
                    record.change("signal.answered", dossier=made[0].dossier, by=by)
                turns[0] += 1
        except Exception as error:
            wrong.append(repr(error))
        finally:
            connections.close_all()

    worker = Thread(target=write)
    worker.start()
    for _ in range(8):
        run("reencrypt_dossier", made[0].dossier.reference, "--reason", "proef")
    stop.set()
    worker.join()
    assert wrong == []
    assert turns[0] > 2
    assert unreadable(cast, made) == []

"""The sealer: everything once, whatever its order, and nobody waits for it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread

import psycopg
import pytest

from privacy.audit import heads, mac, sealing
from privacy.audit.heads import Head
from tests.sealing.conftest import START, Vault, add, an_entry


def leaves(vault: Vault) -> dict[str, tuple[int, int]]:
    with vault.connected() as connection:
        rows = connection.execute("SELECT entry_id, block, position FROM privacy_auditleaf").fetchall()
    return {str(entry): (block, position) for entry, block, position in rows}


def test_what_waits_becomes_one_block_in_order_of_time(vault: Vault) -> None:
    entries = [an_entry(number) for number in (3, 1, 2)]
    vault.written(*entries)
    head = vault.sealed(START + timedelta(minutes=1))
    assert head is not None
    assert (head.number, head.count, head.previous) == (1, 3, heads.NOTHING_BEFORE)
    assert (head.first_at, head.last_at) == (START + timedelta(seconds=1), START + timedelta(seconds=3))
    assert leaves(vault) == {str(e.pk): (1, place) for e, place in zip(entries, (2, 0, 1), strict=True)}
    assert vault.sealed() is None, "nothing waits any more"


def test_heads_are_signed_and_refer_to_the_one_before(vault: Vault) -> None:
    for number in range(3):
        vault.written(an_entry(number))
        vault.sealed()
    with vault.connected() as connection:
        one, two, three = sealing.stored_heads(connection)
    assert (two.previous, three.previous) == (one.digest(), two.digest())
    assert all(heads.signed_by(head, mac.public_key()) for head in (one, two, three))


def test_a_signing_key_of_its_own_takes_the_place_of_the_derived_one(settings) -> None:  # noqa: ANN001
    derived = heads.fingerprint(mac.public_key())
    settings.CASUSTAFEL_SEAL_KEY = b"s" * 32
    assert heads.fingerprint(mac.public_key()) != derived
    settings.CASUSTAFEL_AUDIT_KEY = b"x" * 32
    own = heads.fingerprint(mac.public_key())
    settings.CASUSTAFEL_SEAL_KEY = None
    assert own not in (derived, heads.fingerprint(mac.public_key()))


def test_a_large_backlog_is_sealed_in_blocks_of_the_most_allowed(vault: Vault) -> None:
    vault.written(*(an_entry(number) for number in range(25)))
    counts = [head.count for head in iter(lambda: vault.sealed(most=10), None)]
    assert counts == [10, 10, 5]


def test_an_entry_that_commits_late_comes_in_a_later_block(vault: Vault) -> None:
    early, late = an_entry(1), an_entry(0)
    with vault.connected() as slow:
        add(slow, late)
        vault.written(early)
        first = vault.sealed()
        assert first is not None
        assert first.count == 1
        slow.commit()
    second = vault.sealed()
    assert second is not None
    assert leaves(vault) == {str(early.pk): (1, 0), str(late.pk): (2, 0)}


def test_an_entry_that_is_rolled_back_leaves_nothing_to_seal(vault: Vault) -> None:
    with vault.connected() as connection:
        add(connection, an_entry())
        connection.rollback()
    assert vault.sealed() is None


def test_two_sealers_at_once_seal_everything_once(vault: Vault) -> None:
    made: list[Head | None] = []
    wrong: list[BaseException] = []
    barrier = Barrier(4)

    def seal() -> None:
        try:
            barrier.wait(10)
            for _ in range(10):
                made.append(vault.sealed(most=7))
        except BaseException as error:
            wrong.append(error)

    vault.written(*(an_entry(number) for number in range(60)))
    threads = [Thread(target=seal) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    while vault.sealed(most=7):
        pass
    assert wrong == []
    assert len(leaves(vault)) == 60
    numbers = sorted(head.number for head in made if head is not None)
    assert numbers == list(range(1, len(numbers) + 1))


def test_who_gets_past_the_lock_is_stopped_by_the_number_of_the_block(vault: Vault, monkeypatch) -> None:  # noqa: ANN001
    vault.written(an_entry())
    with vault.connected() as one, vault.connected() as other:
        monkeypatch.setattr(sealing, "LOCK", 1)
        assert sealing.seal_block(one, now=datetime.now(UTC)) is not None
        monkeypatch.setattr(sealing, "LOCK", 2)
        other.execute("SET lock_timeout = '200ms'")
        with pytest.raises(psycopg.errors.LockNotAvailable):
            sealing.seal_block(other, now=datetime.now(UTC))
        one.commit()
    assert len(leaves(vault)) == 1


def test_a_sealer_that_dies_in_the_middle_leaves_no_trace(vault: Vault, monkeypatch) -> None:  # noqa: ANN001
    vault.written(*(an_entry(number) for number in range(5)))

    def dies(*_: object) -> bytes:
        raise SystemExit

    with monkeypatch.context() as broken:
        broken.setattr(sealing.merkle, "root", dies)
        with pytest.raises(SystemExit):
            vault.sealed()
    with vault.connected() as dying:
        assert sealing.seal_block(dying, now=datetime.now(UTC)) is not None
        with vault.connected("superuser") as killer:
            killer.execute("SELECT pg_terminate_backend(%s)", [dying.info.backend_pid])
        with pytest.raises(psycopg.OperationalError):
            dying.execute("SELECT 1")
        dying.close()
    assert leaves(vault) == {}
    head = vault.sealed()
    assert head is not None
    assert (head.number, head.count) == (1, 5)


def test_a_clock_that_jumps_back_stops_nothing(vault: Vault) -> None:
    vault.written(an_entry(5))
    vault.sealed(START + timedelta(days=1))
    vault.written(an_entry(4))
    head = vault.sealed(START)
    assert head is not None
    assert head.number == 2


def test_writing_does_not_wait_for_a_sealer(vault: Vault) -> None:
    vault.written(an_entry())
    with vault.connected() as busy:
        assert sealing.seal_block(busy, now=datetime.now(UTC)) is not None
        with vault.connected() as writer:
            writer.execute("SET lock_timeout = '200ms'")
            add(writer, an_entry(1))


@pytest.mark.parametrize(
    "table", ["privacy_auditblock", "privacy_auditleaf", "privacy_auditcheck", "privacy_rowchange"]
)
@pytest.mark.parametrize("role", ["app", "maintenance", "audit", "owner"])
def test_seals_and_traces_are_added_and_stay(vault: Vault, table: str, role: str) -> None:
    vault.written(an_entry())
    vault.sealed()
    with vault.connected("superuser") as connection:
        connection.execute(
            "INSERT INTO privacy_rowchange (at, table_name, row_id, operation, xact, database_role) "
            "VALUES (now(), 't', gen_random_uuid(), 'INSERT', 1, 'x')"
        )
    column = (
        "xact"
        if table == "privacy_rowchange"
        else "id"
        if table == "privacy_auditcheck"
        else "block"
        if table == "privacy_auditleaf"
        else "number"
    )
    for deed in (f"UPDATE {table} SET {column} = {column}", f"DELETE FROM {table}", f"TRUNCATE {table}"):
        with vault.connected(role) as connection:
            connection.execute("SELECT set_config('casustafel.roles', 'privacy_officer', false)")
            try:
                touched = connection.execute(deed).rowcount
            except psycopg.errors.InsufficientPrivilege:
                continue
            assert touched == 0, (role, deed)


@pytest.mark.parametrize("roles", ["", "procesregisseur", "beheerder"])
def test_only_who_watches_reads_or_adds_seals(vault: Vault, roles: str) -> None:
    vault.written(an_entry())
    vault.sealed()
    with vault.connected() as connection:
        connection.execute("SELECT set_config('casustafel.roles', %s, false)", [roles])
        for table in ("privacy_auditblock", "privacy_auditleaf", "privacy_auditunsealed", "privacy_rowchange"):
            assert connection.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("INSERT INTO privacy_auditleaf VALUES (gen_random_uuid(), 1, 5, '')")


def test_nothing_is_written_without_a_mac_and_nothing_is_taken_off_the_list(vault: Vault) -> None:
    entry = an_entry()
    entry.mac = None
    with vault.connected() as connection:
        with pytest.raises(psycopg.errors.CheckViolation):
            add(connection, entry)
    vault.written(an_entry())
    with vault.connected() as connection:
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("DELETE FROM privacy_auditunsealed")


def test_entries_from_before_are_sealed_as_such_at_the_beginning_and_only_there(vault: Vault) -> None:
    old, new, forged = an_entry(1), an_entry(2), an_entry(3)
    old.mac = forged.mac = None
    with vault.connected("superuser") as connection:
        connection.execute("ALTER TABLE privacy_auditentry DROP CONSTRAINT privacy_auditentry_mac")
        add(connection, old, new)
        connection.execute("UPDATE privacy_auditunsealed SET before = true WHERE entry_id = %s", [old.pk])
    first, second = vault.sealed(), vault.sealed()
    assert first is not None
    assert second is not None
    assert (first.before, first.count, second.before, second.count) == (True, 1, False, 1)
    with vault.connected("superuser") as connection:
        add(connection, forged)
    third = vault.sealed()
    assert third is not None
    assert third.before is False, "not a way in for entries without a MAC"

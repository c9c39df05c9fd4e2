"""Every way to spoil the log, done with SQL by somebody who has the whole database, and found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from psycopg import sql

from privacy.audit import canonical, heads, mac, merkle, sealing
from privacy.audit.findings import Kind, Report
from privacy.audit.heads import Head
from privacy.audit.verifying import Verifier
from tests.sealing.conftest import START, Connection, Vault, add, an_entry, filled

LATER = START + timedelta(hours=1)
NOW = START + timedelta(minutes=1)


def verified(connection: Connection, *anchors: Head, now: datetime = LATER) -> Report:
    verifier = Verifier(connection, key=mac.entry_key(), public=mac.public_key(), now=now)
    return verifier.run(anchors)


def kinds(report: Report) -> set[Kind]:
    return {finding.kind for finding in report.findings}


def stored(connection: Connection, number: int) -> Head:
    return next(sealing.stored_heads(connection, sql.SQL(f"WHERE number = {number}")))


def entry_at(connection: Connection, block: int, place: int) -> str:
    row = connection.execute(
        "SELECT entry_id FROM privacy_auditleaf WHERE block = %s AND position = %s", [block, place]
    ).fetchone()
    assert row is not None
    return str(row[0])


def rewrite(connection: Connection, first: int, key: Ed25519PrivateKey | None = None) -> None:
    """What an insider with the real keys does: MACs, leaves, roots and heads made anew from this block on."""
    numbers = [head.number for head in sealing.stored_heads(connection) if head.number >= first]
    previous = stored(connection, first - 1).digest() if first > 1 else heads.NOTHING_BEFORE
    for number in numbers:
        leaves = []
        query = (
            f"COPY (SELECT {canonical.selection('e')} FROM privacy_auditleaf l JOIN privacy_auditentry e "
            f"ON e.id = l.entry_id WHERE l.block = {number} ORDER BY l.position) TO STDOUT (FORMAT BINARY)"
        )
        for place, row in enumerate(list(sealing.copied(connection, sql.SQL(query)))):
            code = mac.of_body(row[37:], mac.entry_key())
            leaf = merkle.leaf(canonical.DOMAIN + canonical.field(code) + row[37:])
            pk = sealing.key_of(row)[0]
            connection.execute("UPDATE privacy_auditentry SET mac = %s WHERE id = %s", [code, pk])
            connection.execute(
                "UPDATE privacy_auditleaf SET leaf_hash = %s, position = %s WHERE entry_id = %s", [leaf, place, pk]
            )
            leaves.append(leaf)
        head = replace(
            stored(connection, number), count=len(leaves), root=merkle.root(leaves), previous=previous, signature=b""
        )
        write_head(connection, replace(head, signature=heads.sign(head, key or mac.signing_key())))
        previous = head.digest()


def write_head(connection: Connection, head: Head) -> None:
    connection.execute(
        "UPDATE privacy_auditblock SET first_at = %s, last_at = %s, count = %s, root = %s, previous = %s, "
        "sealed_at = %s, before = %s, signature = %s WHERE number = %s",
        [head.first_at, head.last_at, head.count, head.root, head.previous, head.sealed_at, head.before,
         head.signature, head.number],
    )  # fmt: skip


def test_an_untouched_log_is_clean(standing: Vault) -> None:
    for role in ("app", "maintenance"):
        with standing.connected(role) as connection:
            report = verified(connection)
            assert report.clean, str(report)
            assert (report.entries, report.blocks, report.waiting) == (42, 6, 0)
    assert "er is niets verwijderd, gewijzigd, ingevoegd of verplaatst" in str(report)


def test_an_empty_log_is_not_called_sound(standing: Vault) -> None:
    """Row level security hides everything from who does not watch."""
    with standing.connected() as connection:
        connection.execute("SELECT set_config('casustafel.roles', '', false)")
        assert kinds(verified(connection)) == {Kind.NOTHING}


CHANGED: dict[str, str] = {
    "timestamp": "timestamp + interval '1 microsecond'",
    "action": "1", "event": "'list'", "outcome": "'failed'", "object_type": "'x'", "object_pk": "'x'",
    "object_repr": "'x'", "changes": "'[\"x\"]'", "actor_id": "gen_random_uuid()", "actor_name": "'Iemand Anders'",
    "actor_roles": "''", "organisation_id": "gen_random_uuid()", "organisation_name": "'x'",
    "dossiers": "'{}'", "references": "'{}'", "compartments": "ARRAY[gen_random_uuid()]", "purpose": "''",
    "ground": "'x'", "processing": "'x'", "check_role": "false", "check_grant": "false", "check_share": "true",
    "break_glass": "true", "channel": "'job'", "session": "'x'", "trace_id": "'x'", "span_id": "'x'", "cid": "'x'",
    "remote_addr": "'10.0.0.1'", "xact": "77777", "mac": "'\\x01'", "id": "gen_random_uuid()",
}  # fmt: skip


def test_every_column_is_tried() -> None:
    assert set(CHANGED) == {name for name, _ in canonical.COLUMNS} | {"mac"}


@pytest.mark.parametrize("column", CHANGED)
def test_a_change_of_any_column_is_found_where_it_is(standing: Vault, column: str) -> None:
    with standing.spoiling() as connection:
        pk = entry_at(connection, 3, 4)
        connection.execute(f'UPDATE privacy_auditentry SET "{column}" = {CHANGED[column]} WHERE id = %s', [pk])
        report = verified(connection)
    wanted = Kind.REMOVED if column == "id" else Kind.CHANGED
    (finding,) = [f for f in report.findings if f.kind == wanted]
    assert (finding.block, finding.place) == (3, 4)
    assert report.good is not None
    assert report.good.number == 2
    assert "blok 3, plaats 5" in str(report)
    assert "Tot en met blok 2" in str(report)


def test_a_change_with_the_real_key_of_the_entries_is_found_by_its_leaf(standing: Vault) -> None:
    with standing.spoiling() as connection:
        changed = an_entry(17)
        changed.pk = entry_at(connection, 3, 3)
        connection.execute("DELETE FROM privacy_auditentry WHERE id = %s", [changed.pk])
        mac.stamp(changed)
        add(connection, changed)
        assert kinds(verified(connection)) == {Kind.CHANGED}


def test_an_entry_removed_is_found_with_its_place(standing: Vault) -> None:
    with standing.spoiling() as connection:
        connection.execute("DELETE FROM privacy_auditentry WHERE id = %s", [entry_at(connection, 2, 6)])
        report = verified(connection)
    assert kinds(report) == {Kind.REMOVED}
    assert str(report.findings[0]) == "Een regel is verwijderd (blok 2, plaats 7, 02-11-2026 09:00:14)."


def test_an_entry_removed_with_its_leaf_leaves_a_hole(standing: Vault) -> None:
    with standing.spoiling() as connection:
        pk = entry_at(connection, 2, 3)
        connection.execute("DELETE FROM privacy_auditentry WHERE id = %s", [pk])
        connection.execute("DELETE FROM privacy_auditleaf WHERE entry_id = %s", [pk])
        assert kinds(verified(connection)) == {Kind.MOVED, Kind.COMPOSITION}


def test_the_last_entry_of_a_block_removed_with_its_leaf_is_missed(standing: Vault) -> None:
    with standing.spoiling() as connection:
        pk = entry_at(connection, 6, 6)
        connection.execute("DELETE FROM privacy_auditentry WHERE id = %s", [pk])
        connection.execute("DELETE FROM privacy_auditleaf WHERE entry_id = %s", [pk])
        assert kinds(verified(connection)) == {Kind.COMPOSITION}


@pytest.mark.parametrize("forged", ["another key", "none"])
def test_an_entry_put_in_before_the_seal_without_the_key_is_found(vault: Vault, forged: str) -> None:
    filled(vault, 1, 3)
    entry = an_entry(9)
    entry.mac = None if forged == "none" else mac.of_body(canonical.spell(entry.__dict__), b"k" * 32)
    with vault.connected("superuser") as connection:
        connection.execute("ALTER TABLE privacy_auditentry DROP CONSTRAINT privacy_auditentry_mac")
        add(connection, entry)
    wanted = {Kind.WITHOUT_MAC if forged == "none" else Kind.FORGED}
    with vault.connected() as connection:
        assert kinds(verified(connection, now=NOW)) == wanted, "still waiting"
    vault.sealed(NOW)
    with vault.connected() as connection:
        report = verified(connection, now=NOW)
        assert kinds(report) == wanted, "sealed as it is, and still found"
        assert report.findings[0].block == 2


def test_an_entry_put_into_a_sealed_block_is_found(standing: Vault) -> None:
    with standing.spoiling() as connection:
        entry = an_entry(99)
        add(connection, entry)
        row = canonical.field(entry.mac) + canonical.spell(entry.__dict__)
        connection.execute("INSERT INTO privacy_auditleaf VALUES (%s, 4, 7, %s)", [entry.pk, sealing.leaf_of(row)])
        assert kinds(verified(connection)) == {Kind.COMPOSITION}


def test_an_entry_in_no_block_that_is_older_than_two_minutes_is_a_finding(standing: Vault) -> None:
    with standing.spoiling() as connection:
        add(connection, an_entry(60))
        young = verified(connection, now=START + timedelta(seconds=170))
        assert young.clean
        assert "Nog niet verzegeld (1)" in str(young)
        assert kinds(verified(connection, now=START + timedelta(seconds=181))) == {Kind.LATE}


def test_an_entry_removed_while_it_waited_is_found(vault: Vault) -> None:
    filled(vault, 1, 2)
    entry = an_entry()
    vault.written(entry)
    with vault.spoiling() as connection:
        connection.execute("DELETE FROM privacy_auditentry WHERE id = %s", [entry.pk])
        assert kinds(verified(connection, now=START)) == {Kind.VANISHED}


def test_two_entries_that_change_places_are_found(standing: Vault) -> None:
    with standing.spoiling() as connection:
        one, other = entry_at(connection, 3, 1), entry_at(connection, 3, 2)
        connection.execute(
            "UPDATE privacy_auditleaf SET position = CASE position WHEN 1 THEN -1 ELSE 1 END "
            "WHERE entry_id = ANY(%s::uuid[])", [[one, other]],
        )  # fmt: skip
        connection.execute("UPDATE privacy_auditleaf SET position = 2 WHERE position = -1")
        assert kinds(verified(connection)) == {Kind.COMPOSITION}


def test_two_entries_that_exchange_their_contents_are_found(standing: Vault) -> None:
    with standing.spoiling() as connection:
        one, other = entry_at(connection, 3, 1), entry_at(connection, 5, 2)
        connection.execute("UPDATE privacy_auditentry SET id = gen_random_uuid() WHERE id = %s", [one])
        connection.execute("UPDATE privacy_auditentry SET id = %s WHERE id = %s", [one, other])
        assert kinds(verified(connection)) == {Kind.CHANGED, Kind.REMOVED, Kind.FORGED, Kind.LATE}


def test_a_tail_of_blocks_that_is_cut_off_leaves_entries_without_a_block(standing: Vault) -> None:
    with standing.spoiling() as connection:
        connection.execute("DELETE FROM privacy_auditleaf WHERE block > 4")
        connection.execute("DELETE FROM privacy_auditblock WHERE number > 4")
        report = verified(connection)
        assert kinds(report) == {Kind.LATE}
        assert report.findings[0].many == 14


def test_a_tail_that_is_cut_off_with_its_entries_is_missed_by_the_anchor_alone(standing: Vault) -> None:
    with standing.spoiling() as connection:
        anchor = stored(connection, 6)
        connection.execute(
            "DELETE FROM privacy_auditentry WHERE id IN (SELECT entry_id FROM privacy_auditleaf WHERE block > 4)"
        )
        connection.execute("DELETE FROM privacy_auditleaf WHERE block > 4")
        connection.execute("DELETE FROM privacy_auditblock WHERE number > 4")
        assert verified(connection).clean, "nothing inside the database can know"
        assert kinds(verified(connection, anchor)) == {Kind.ANCHOR_GONE}


@pytest.mark.parametrize(
    "change",
    ["first_at = first_at - interval '1 day'", "last_at = now()", "count = 6", "root = sha256('x')",
     "previous = sha256('x')", "sealed_at = sealed_at + interval '1 microsecond'", "before = true",
     "signature = sha512('x')"],
)  # fmt: skip
def test_any_change_of_a_head_is_found(standing: Vault, change: str) -> None:
    with standing.spoiling() as connection:
        connection.execute(f"UPDATE privacy_auditblock SET {change} WHERE number = 4")
        assert Kind.SIGNATURE in kinds(verified(connection))


def test_a_head_that_is_signed_again_with_another_key_is_found(standing: Vault) -> None:
    with standing.spoiling() as connection:
        connection.execute("UPDATE privacy_auditentry SET event = 'list' WHERE id = %s", [entry_at(connection, 2, 0)])
        rewrite(connection, 2, key=Ed25519PrivateKey.generate())
        report = verified(connection)
    assert kinds(report) == {Kind.SIGNATURE}
    assert report.wrong == 5


def test_a_block_that_is_removed_whole_is_found(standing: Vault) -> None:
    with standing.spoiling() as connection:
        connection.execute(
            "DELETE FROM privacy_auditentry WHERE id IN (SELECT entry_id FROM privacy_auditleaf WHERE block = 3)"
        )
        connection.execute("DELETE FROM privacy_auditleaf WHERE block = 3")
        connection.execute("DELETE FROM privacy_auditblock WHERE number = 3")
        assert kinds(verified(connection)) == {Kind.CHAIN}


def test_a_head_that_is_removed_alone_is_found(standing: Vault) -> None:
    for number in (3, 6):
        with standing.spoiling() as connection:
            connection.execute("DELETE FROM privacy_auditblock WHERE number = %s", [number])
            assert Kind.NO_HEAD in kinds(verified(connection)), number


def test_an_entry_that_is_in_two_blocks_is_found(standing: Vault) -> None:
    with standing.spoiling() as connection:
        connection.execute("ALTER TABLE privacy_auditleaf DROP CONSTRAINT privacy_auditleaf_pkey")
        connection.execute(
            "INSERT INTO privacy_auditleaf SELECT entry_id, 5, 7, leaf_hash FROM privacy_auditleaf "
            "WHERE block = 2 AND position = 1"
        )
        assert kinds(verified(connection)) == {Kind.TWICE, Kind.COMPOSITION}


def test_a_block_that_is_replayed_with_the_real_key_is_found(standing: Vault) -> None:
    with standing.spoiling() as connection:
        connection.execute("ALTER TABLE privacy_auditleaf DROP CONSTRAINT privacy_auditleaf_pkey")
        connection.execute(
            "INSERT INTO privacy_auditleaf SELECT entry_id, 7, position, leaf_hash FROM privacy_auditleaf "
            "WHERE block = 2"
        )
        head = replace(stored(connection, 2), number=7, previous=stored(connection, 6).digest(), signature=b"")
        sealing._store(connection, replace(head, signature=heads.sign(head, mac.signing_key())), [], [])
        assert kinds(verified(connection)) == {Kind.TWICE}


def test_an_insider_with_every_key_rewrites_history_and_the_anchor_tells(standing: Vault) -> None:
    with standing.spoiling() as connection:
        anchors = [stored(connection, number) for number in (2, 4, 6)]
        connection.execute(
            "UPDATE privacy_auditentry SET actor_name = 'Iemand Anders' WHERE id = %s", [entry_at(connection, 3, 2)]
        )
        rewrite(connection, 3)
        assert verified(connection).clean, "with the real keys everything inside fits again"
        report = verified(connection, *anchors)
    assert kinds(report) == {Kind.ANCHOR}
    assert [finding.block for finding in report.findings] == [4, 6]
    assert report.good is not None
    assert report.good.number == 2, "the last that the anchor and the log agree on"


def test_an_anchor_that_was_changed_itself_is_called_so(standing: Vault) -> None:
    with standing.spoiling() as connection:
        false = replace(stored(connection, 3), count=8)
        assert kinds(verified(connection, false)) == {Kind.ANCHOR_FALSE}


def test_entries_from_before_are_no_finding_at_the_beginning_and_one_later(vault: Vault) -> None:
    old = an_entry(1)
    old.mac = None
    with vault.connected("superuser") as connection:
        connection.execute("ALTER TABLE privacy_auditentry DROP CONSTRAINT privacy_auditentry_mac")
        add(connection, old)
        connection.execute("UPDATE privacy_auditunsealed SET before = true")
        assert verified(connection, now=START).clean, "not sealed yet, and from before"
    vault.sealed(START)
    filled(vault, 1, 2)
    with vault.spoiling() as connection:
        report = verified(connection)
        assert report.clean
        assert "1 regels van vóór de verzegeling" in str(report)
        head = replace(stored(connection, 2), before=True, signature=b"")
        write_head(connection, replace(head, signature=heads.sign(head, mac.signing_key())))
        assert Kind.FORGED in kinds(verified(connection)), "a MAC in a block from before"


def test_a_clock_that_ran_backwards_is_no_finding(vault: Vault) -> None:
    vault.written(an_entry(5))
    vault.sealed(START + timedelta(days=1))
    vault.written(an_entry(4))
    vault.sealed(START)
    with vault.connected() as connection:
        assert verified(connection).clean


def test_a_check_while_entries_are_sealed_is_not_confused(vault: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    filled(vault, 2, 3)
    real: Callable[[Verifier], None] = Verifier._check_heads

    def meanwhile(verifier: Verifier) -> None:
        real(verifier)
        vault.written(*(an_entry(number) for number in range(50, 55)))
        vault.sealed(NOW)

    monkeypatch.setattr(Verifier, "_check_heads", meanwhile)
    with vault.connected() as connection:
        report = verified(connection, now=datetime.now(UTC))
    assert report.clean, str(report)

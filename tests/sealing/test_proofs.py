"""Counted: manipulations of ten kinds that are all found, and a large log that is verified fast enough."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from privacy.audit import canonical, heads, mac, sealing
from privacy.audit.heads import Head
from tests.proofs import Proof
from tests.sealing.conftest import START, Connection, Vault, a_vault, add, an_entry, filled
from tests.sealing.test_verify import CHANGED, entry_at, rewrite, stored, verified, write_head

BLOCKS, EACH, LIMIT = 6, 7, 60.0
COLUMNS = ", ".join(["mac", *(f'"{name}"' for name, _ in canonical.COLUMNS)])


class Hand:
    """An insider at random places of the log."""

    def __init__(self, connection: Connection, chance: random.Random) -> None:
        self.connection, self.chance = connection, chance
        self.block, self.place = chance.randint(1, BLOCKS), chance.randrange(EACH)
        self.pk = entry_at(connection, self.block, self.place)

    def sql(self, text: str, *values: object) -> None:
        self.connection.execute(text, values)

    def other(self) -> str:
        block, place = self.block, (self.place + self.chance.randrange(1, EACH)) % EACH
        return entry_at(self.connection, block, place)

    def changes_an_entry(self) -> None:
        column = self.chance.choice(sorted(CHANGED))
        self.sql(f'UPDATE privacy_auditentry SET "{column}" = {CHANGED[column]} WHERE id = %s', self.pk)

    def removes_an_entry(self) -> None:
        self.sql("DELETE FROM privacy_auditentry WHERE id = %s", self.pk)
        if self.chance.random() < 0.5:
            self.sql("DELETE FROM privacy_auditleaf WHERE entry_id = %s", self.pk)

    def inserts_an_entry(self) -> None:
        entry = an_entry(self.chance.randrange(40))
        if self.chance.random() < 0.5:
            entry.mac = mac.of_body(canonical.spell(entry.__dict__), self.chance.randbytes(32))
        add(self.connection, entry)
        row = canonical.field(entry.mac) + canonical.spell(entry.__dict__)
        self.sql("INSERT INTO privacy_auditleaf VALUES (%s, %s, %s, %s)", entry.pk, self.block, EACH,
                 sealing.leaf_of(row))  # fmt: skip

    def swaps_two_entries(self) -> None:
        other = self.other()
        spare = uuid4()
        if self.chance.random() < 0.5:
            self.sql("UPDATE privacy_auditentry SET id = %s WHERE id = %s", spare, self.pk)
            self.sql("UPDATE privacy_auditentry SET id = %s WHERE id = %s", self.pk, other)
            self.sql("UPDATE privacy_auditentry SET id = %s WHERE id = %s", other, spare)
        else:
            self.sql("UPDATE privacy_auditleaf SET entry_id = %s WHERE entry_id = %s", spare, self.pk)
            self.sql("UPDATE privacy_auditleaf SET entry_id = %s WHERE entry_id = %s", self.pk, other)
            self.sql("UPDATE privacy_auditleaf SET entry_id = %s WHERE entry_id = %s", other, spare)

    def cuts_the_tail(self) -> None:
        self.sql("DELETE FROM privacy_auditleaf WHERE block >= %s", self.block)
        self.sql("DELETE FROM privacy_auditblock WHERE number >= %s", self.block)

    def changes_a_head(self) -> None:
        head = stored(self.connection, self.block)
        day = timedelta(days=self.chance.randint(1, 9))
        changed = self.chance.choice([
            replace(head, root=self.chance.randbytes(32)), replace(head, previous=self.chance.randbytes(32)),
            replace(head, sealed_at=head.sealed_at - day), replace(head, first_at=head.first_at - day),
            replace(head, last_at=head.last_at + day), replace(head, count=head.count + 1),
            replace(head, signature=self.chance.randbytes(64)),
        ])  # fmt: skip
        write_head(self.connection, changed)

    def signs_with_another_key(self) -> None:
        self.sql("UPDATE privacy_auditentry SET event = 'export' WHERE id = %s", self.pk)
        rewrite(self.connection, self.block, key=Ed25519PrivateKey.generate())

    def removes_a_block(self) -> None:
        block = self.chance.randint(1, BLOCKS - 1)
        self.sql("DELETE FROM privacy_auditentry WHERE id IN (SELECT entry_id FROM privacy_auditleaf WHERE block = %s)",
                 block)  # fmt: skip
        self.sql("DELETE FROM privacy_auditleaf WHERE block = %s", block)
        self.sql("DELETE FROM privacy_auditblock WHERE number = %s", block)

    def replays_a_block(self) -> None:
        self.sql("ALTER TABLE privacy_auditleaf DROP CONSTRAINT privacy_auditleaf_pkey")
        self.sql("INSERT INTO privacy_auditleaf SELECT entry_id, %s, position, leaf_hash FROM privacy_auditleaf "
                 "WHERE block = %s", BLOCKS + 1, self.block)  # fmt: skip
        last = stored(self.connection, BLOCKS)
        head = replace(stored(self.connection, self.block), number=BLOCKS + 1, previous=last.digest(), signature=b"")
        head = replace(head, signature=heads.sign(head, mac.signing_key()))
        sealing._store(self.connection, head, [], [])

    def rewrites_history_with_the_real_keys(self) -> None:
        self.sql("UPDATE privacy_auditentry SET actor_name = 'Iemand Anders' WHERE id = %s", self.pk)
        rewrite(self.connection, self.block)


KINDS: tuple[Callable[[Hand], None], ...] = (
    Hand.changes_an_entry, Hand.removes_an_entry, Hand.inserts_an_entry, Hand.swaps_two_entries, Hand.cuts_the_tail,
    Hand.changes_a_head, Hand.signs_with_another_key, Hand.removes_a_block, Hand.replays_a_block,
    Hand.rewrites_history_with_the_real_keys,
)  # fmt: skip


def carried_away(vault: Vault) -> list[Head]:
    with vault.connected() as connection:
        return list(sealing.stored_heads(connection))


@pytest.mark.proof("audit_tampering", full=1_000, sample=30)
def test_every_manipulation_is_found(standing: Vault, proof: Proof) -> None:
    chance = random.Random(20261126)
    anchors = carried_away(standing)
    for number in range(proof.size):
        kind = KINDS[number % len(KINDS)]
        with standing.spoiling() as connection:
            kind(Hand(connection, chance))
            # Only who holds the real keys needs the anchor to be found.
            known = anchors if kind is Hand.rewrites_history_with_the_real_keys else ()
            proof.attempt(not verified(connection, *known).clean, f"{number}: {kind.__name__}")
    with standing.connected() as connection:
        assert verified(connection, *anchors).clean, "what was not spoiled is clean"


def in_bulk(vault: Vault, size: int) -> None:
    """Entries with real MACs, poured in as PostgreSQL's own binary rows."""
    tail = canonical.spell(an_entry(0, changes=None, compartments=[uuid4()]).__dict__)[32:]
    key = mac.entry_key()
    with vault.connected("superuser") as connection, connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        with cursor.copy(f"COPY privacy_auditentry ({COLUMNS}) FROM STDIN (FORMAT BINARY)") as copy:
            copy.write(b"PGCOPY\n\xff\r\n\x00" + bytes(8))
            for number in range(size):
                moment = canonical.microseconds(START) + number * 1_000
                body = canonical.field(uuid4().bytes) + canonical.field(moment.to_bytes(8, "big")) + tail
                copy.write(b"\x00\x20" + canonical.field(mac.of_body(body, key)) + body)
            copy.write(sealing.TRAILER)
        cursor.execute(
            "INSERT INTO privacy_auditunsealed SELECT id FROM privacy_auditentry e "
            "WHERE NOT EXISTS (SELECT 1 FROM privacy_auditleaf l WHERE l.entry_id = e.id)"
        )


@pytest.mark.proof("audit_verify", full=1_000_000, sample=5_000)
def test_a_large_log_is_verified_in_time(proof: Proof, capsys: pytest.CaptureFixture[str]) -> None:
    vault = a_vault("large")
    filled(vault, 1, 5)
    in_bulk(vault, proof.size - 5)
    begun = time.monotonic()
    while vault.sealed(START + timedelta(minutes=1), most=sealing.MOST):
        pass
    sealed = time.monotonic() - begun
    begun = time.monotonic()
    with vault.connected("maintenance") as connection:
        report = verified(connection)
    seconds = time.monotonic() - begun
    with capsys.disabled():
        print(f"\n  {report.entries} entries: sealed in {sealed:.1f} s, verified in {seconds:.1f} s")
    proof.tried = report.entries
    if not report.clean:
        proof.fail(str(report))
    if proof.size == 1_000_000:
        assert seconds < LIMIT

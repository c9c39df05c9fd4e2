"""Checking the whole log: every entry against its MAC and its leaf, every block against its head, heads in a row.

Reads one stream of bytes in the order of the blocks; nothing is kept but heads and one block's hashes. The bytes that
PostgreSQL sends are the bytes that were signed (`canonical`), so nothing is decoded.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from hashlib import sha256
from itertools import groupby
from typing import Any, LiteralString

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from psycopg import Connection, sql

from privacy.audit import canonical, heads, merkle, sealing
from privacy.audit.findings import Finding, Kind, Report
from privacy.audit.heads import Head

PATIENCE = timedelta(minutes=2)
MAC_END = 4 + 33
NO_ENTRY = canonical.NULL * 2  # neither a MAC nor an id
LEAF_START = merkle.LEAF + canonical.DOMAIN

_SEALED = (
    "COPY (SELECT l.block, l.position, l.entry_id, l.leaf_hash, {columns} FROM privacy_auditleaf l "
    "LEFT JOIN privacy_auditentry e ON e.id = l.entry_id WHERE l.block <= {newest} ORDER BY l.block, l.position) "
    "TO STDOUT (FORMAT BINARY)"
)
_WAITING = (
    "COPY (SELECT {columns} FROM privacy_auditentry e WHERE NOT EXISTS "
    "(SELECT 1 FROM privacy_auditleaf l WHERE l.entry_id = e.id)) TO STDOUT (FORMAT BINARY)"
)
_TWICE = "SELECT min(block), count(*) FROM privacy_auditleaf GROUP BY entry_id HAVING count(*) > 1"
_WALK = "SELECT set_config('enable_' || way, %s, true) FROM unnest(ARRAY['hashjoin', 'mergejoin', 'sort']) way"
_NO_HEAD = (
    "SELECT DISTINCT l.block FROM privacy_auditleaf l "
    "WHERE NOT EXISTS (SELECT 1 FROM privacy_auditblock b WHERE b.number = l.block) ORDER BY l.block"
)
_VANISHED = (
    "SELECT count(*) FROM privacy_auditunsealed u "
    "WHERE NOT EXISTS (SELECT 1 FROM privacy_auditentry e WHERE e.id = u.entry_id)"
)


@contextmanager
def _walking(connection: Connection[Any]) -> Iterator[None]:
    """Entries are looked up one by one in the order of the blocks, where they lie together; nothing is sorted."""
    connection.execute(_WALK, ["off"])
    yield
    connection.execute(_WALK, ["on"])


def _query(text: LiteralString, **values: sql.Composable) -> sql.Composed:
    return sql.SQL(text).format(columns=sql.SQL(canonical.selection("e")), **values)


class Verifier:
    """One check. `key` is the key of the MACs, `public` the key that heads must be signed with."""

    def __init__(self, connection: Connection[Any], *, key: bytes, public: Ed25519PublicKey, now: datetime) -> None:
        self.connection, self.key, self.public, self.now = connection, key, public, now
        self.report = Report()
        self.heads: dict[int, Head] = {}
        self.bad: set[int] = set()

    def _say(self, kind: Kind, block: int | None = None, **where: Any) -> None:
        if block is not None:
            self.bad.add(block)
        self.report.add(Finding(kind, block, **where))

    def run(self, anchors: Iterable[Head] = ()) -> Report:
        """The whole check. `anchors` are heads that were carried away earlier: what they say must still be so."""
        self._check_heads()
        self._check_sealed()
        self._check_waiting()
        self._count()
        self._compare(anchors)
        return self._concluded()

    def run_anchors(self, anchors: list[Head]) -> Report:
        """Only what was carried away, against those heads here: quick, however long the log is."""
        wanted = sql.SQL("WHERE number = ANY({}::int[])").format(sql.Literal([head.number for head in anchors]))
        self.heads = {head.number: head for head in sealing.stored_heads(self.connection, wanted)}
        self._compare(anchors)
        return self._concluded()

    def _concluded(self) -> Report:
        first = min(self.bad, default=None)
        good = [head for number, head in self.heads.items() if first is None or number < first]
        self.report.good = max(good, key=lambda head: head.number, default=None)
        return self.report

    def _check_heads(self) -> None:
        expected, previous, beginning = 1, heads.NOTHING_BEFORE, True
        for head in sealing.stored_heads(self.connection):
            self.heads[head.number] = self.report.newest = head
            if not heads.signed_by(head, self.public):
                self._say(Kind.SIGNATURE, head.number, at=head.sealed_at)
            if head.number != expected or head.previous != previous:
                self._say(Kind.CHAIN, head.number, at=head.sealed_at)
            if head.before and not beginning:
                self._say(Kind.BEFORE, head.number, at=head.sealed_at)
            expected, previous, beginning = head.number + 1, head.digest(), head.before
        self.report.blocks = len(self.heads)

    def _check_sealed(self) -> None:
        """Blocks up to the newest head that was read: what is sealed while we look is the next check's."""
        rows = sealing.copied(self.connection, _query(_SEALED, newest=sql.Literal(max(self.heads, default=0))))
        found = set()
        with _walking(self.connection):
            for block, members in groupby(rows, key=lambda row: row[4:8]):
                number = int.from_bytes(block, "big", signed=True)
                found.add(number)
                self._check_block(number, members)
        for number in sorted(self.heads.keys() - found):
            self._say(Kind.COMPOSITION, number, at=self.heads[number].sealed_at)

    def _check_block(self, number: int, members: Iterable[bytes]) -> None:
        head = self.heads.get(number)
        hashes, straight = self._check_members(number, members, before=head is not None and head.before)
        self.report.entries += len(hashes)
        if head is None:
            return  # said once, with all blocks that have no head
        self.report.before += len(hashes) if head.before else 0
        if not straight:
            self._say(Kind.MOVED, number, at=head.sealed_at)
        if len(hashes) != head.count or merkle.root(hashes) != head.root:
            self._say(Kind.COMPOSITION, number, at=head.sealed_at)

    def _check_members(self, number: int, members: Iterable[bytes], *, before: bool) -> tuple[list[bytes], bool]:
        """The stored hashes of a block, and whether its places run on. The tight loop: a million times."""
        hashes: list[bytes] = []
        straight = True
        for place, row in enumerate(members):
            stored, rest = row[40:72], row[72:]
            hashes.append(stored)
            if row[12:16] != place.to_bytes(4, "big"):
                straight = False
            sealed = sha256(LEAF_START + rest).digest() == stored
            if not (sealed and self._genuine(rest, before=before)):
                self._wrong(number, place, rest, sealed=sealed)
        return hashes, straight

    def _genuine(self, rest: bytes, *, before: bool) -> bool:
        """Whether an entry's MAC is right; one from before has none."""
        if before:
            return rest[:4] == canonical.NULL
        digest = hmac.digest(self.key, canonical.DOMAIN + rest[MAC_END:], "sha256")
        return hmac.compare_digest(rest[4:MAC_END], canonical.FORMAT + digest)

    def _wrong(self, number: int, place: int, rest: bytes, *, sealed: bool) -> None:
        if rest.startswith(NO_ENTRY):
            head = self.heads.get(number)
            self._say(Kind.REMOVED, number, place=place, at=head.sealed_at if head else None)
            return
        kind = Kind.CHANGED if not sealed else Kind.FORGED if rest[:4] != canonical.NULL else Kind.WITHOUT_MAC
        self._say(kind, number, place=place, **_named(rest))

    def _check_waiting(self) -> None:
        """Entries in no block: young ones wait for theirs, older ones should have one."""
        newest = self.report.newest
        beginning = newest is None or newest.before
        late: list[int] = []
        limit = canonical.microseconds(self.now - PATIENCE)
        for rest in sealing.copied(self.connection, _query(_WAITING)):
            self.report.waiting += 1
            bare = rest[:4] == canonical.NULL
            if not (bare and beginning) and not self._genuine(rest, before=False):
                self._say(Kind.WITHOUT_MAC if bare else Kind.FORGED, **_named(rest))
            moment = sealing.key_of(rest)[1]
            if moment < limit:
                late.append(moment)
        if late:
            self._say(Kind.LATE, at=canonical.moment_of(min(late)), many=len(late))

    def _count(self) -> None:
        """What only the tables as a whole show."""
        for block, count in self.connection.execute(_TWICE).fetchall():
            self._say(Kind.TWICE, block, many=count)
        for (block,) in self.connection.execute(_NO_HEAD).fetchall():
            self._say(Kind.NO_HEAD, block)
        ((vanished,),) = self.connection.execute(_VANISHED).fetchall()
        if vanished:
            self._say(Kind.VANISHED, many=vanished)
        if not self.heads and not self.report.waiting:
            self._say(Kind.NOTHING)

    def _compare(self, anchors: Iterable[Head]) -> None:
        """Heads that were carried away, against those here. A rewritten history begins after the last match."""
        same = 0
        for anchor in sorted(anchors, key=lambda head: head.number):
            self.report.anchored += 1
            here = self.heads.get(anchor.number)
            if not heads.signed_by(anchor, self.public):
                self.report.add(Finding(Kind.ANCHOR_FALSE, anchor.number, at=anchor.sealed_at))
            elif here is not None and here.digest() == anchor.digest():
                same = anchor.number
            else:
                kind = Kind.ANCHOR_GONE if here is None else Kind.ANCHOR
                self.report.add(Finding(kind, anchor.number, at=anchor.sealed_at))
                self.bad.add(same + 1)


def _named(rest: bytes) -> dict[str, Any]:
    """What helps to find an entry again: its moment, and the dossier when it names one."""
    body = rest[4:] if rest[:4] == canonical.NULL else rest[MAC_END:]
    try:
        entry = canonical.read(body)
    except (ValueError, IndexError):
        return {}
    references = entry["references"]
    reference = str(references[0]) if isinstance(references, list) and len(references) == 1 else ""
    return {"at": datetime.fromisoformat(str(entry["timestamp"])), "reference": reference}

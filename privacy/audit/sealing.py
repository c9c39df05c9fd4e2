"""Sealing: what waits becomes a Merkle block with a signed head that refers to the one before.

Works on a plain connection of psycopg, inside the caller's transaction: leaves and head are there together or not.
Writers never wait for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

import structlog
from psycopg import Connection, sql

from privacy.audit import canonical, heads, mac, merkle
from privacy.audit.heads import Head
from privacy.locks import Lock

log = structlog.get_logger("privacy.seal")
MOST = 10_000
LOCK = Lock.SEALING
HEADER = 19  # COPY's signature, flags and extension
TRAILER = b"\xff\xff"
# In two steps, so that a block costs what is in the block, however long the queue and the log are.
_WAITING = "SELECT entry_id FROM privacy_auditunsealed WHERE before OR NOT %s LIMIT %s"
_ENTRIES = sql.SQL(
    "COPY (SELECT {columns} FROM privacy_auditentry e WHERE e.id = ANY({ids}::uuid[]) ORDER BY e.timestamp, e.id) "
    "TO STDOUT (FORMAT BINARY)"
)
_HEADS = sql.SQL(
    "SELECT number, first_at, last_at, count, root, previous, sealed_at, before, signature FROM privacy_auditblock "
)
IN_ORDER = sql.SQL("ORDER BY number")
_PLACE = (
    "INSERT INTO privacy_auditleaf (entry_id, block, position, leaf_hash) "
    "SELECT entry, %s, place - 1, hash FROM unnest(%s::uuid[], %s::bytea[]) WITH ORDINALITY AS t (entry, hash, place)"
)
_ADD = (
    "INSERT INTO privacy_auditblock (number, first_at, last_at, count, root, previous, sealed_at, before, signature) "
    "VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)"
)


def copied(connection: Connection[Any], query: sql.SQL | sql.Composed) -> Iterator[bytes]:
    """The rows of a binary COPY, one by one as they come, each without its count of columns."""
    with connection.cursor() as cursor, cursor.copy(query) as copy:
        start = HEADER
        for data in copy:
            row = bytes(data)[start:]
            start = 0
            if row and row != TRAILER:
                yield row[2:]


def head_of(row: tuple[Any, ...]) -> Head:
    """The head in a row of the table."""
    number, first_at, last_at, count, root, previous, sealed_at, before, signature = row
    return Head(number, first_at, last_at, count, bytes(root), bytes(previous), sealed_at, before, bytes(signature))


def stored_heads(connection: Connection[Any], rest: sql.Composable = IN_ORDER) -> Iterator[Head]:
    """Heads as they stand in the database; `rest` is what follows FROM."""
    with connection.cursor() as cursor:
        for row in cursor.execute(_HEADS + rest):
            yield head_of(row)


def newest_head(connection: Connection[Any]) -> Head | None:
    """The last head, or None before the first seal."""
    return next(stored_heads(connection, sql.SQL("ORDER BY number DESC LIMIT 1")), None)


def key_of(row: bytes) -> tuple[UUID, int]:
    """The id of an entry and its moment (in microseconds), from its bytes with the MAC before them."""
    at = 4 + max(0, int.from_bytes(row[:4], "big", signed=True))
    return UUID(bytes=row[at + 4 : at + 20]), int.from_bytes(row[at + 24 : at + 32], "big", signed=True)


def leaf_of(row: bytes) -> bytes:
    """The leaf of an entry: its MAC and every column of it."""
    return merkle.leaf(canonical.DOMAIN + row)


def _waiting(connection: Connection[Any], *, before: bool, most: int) -> list[bytes]:
    ids = [row[0] for row in connection.execute(_WAITING, [before, most])]
    columns = sql.SQL(canonical.selection("e"))
    return list(copied(connection, _ENTRIES.format(columns=columns, ids=sql.Literal(ids)))) if ids else []


def _rows(connection: Connection[Any], newest: Head | None, most: int) -> tuple[list[bytes], bool]:
    """The entries of the next block. Those without a MAC have blocks of their own, at the beginning and only there."""
    if newest is None or newest.before:
        rows = _waiting(connection, before=True, most=most)
        if rows:
            return rows, True
    return _waiting(connection, before=False, most=most), False


def _head(newest: Head | None, rows: list[bytes], leaves: list[bytes], *, before: bool, now: datetime) -> Head:
    moments = [key_of(row)[1] for row in rows]
    head = Head(
        number=newest.number + 1 if newest else 1,
        first_at=canonical.moment_of(min(moments)),
        last_at=canonical.moment_of(max(moments)),
        count=len(rows),
        root=merkle.root(leaves),
        previous=newest.digest() if newest else heads.NOTHING_BEFORE,
        sealed_at=now,
        before=before,
    )
    return replace(head, signature=heads.sign(head, mac.signing_key()))


def _store(connection: Connection[Any], head: Head, rows: list[bytes], leaves: list[bytes]) -> None:
    values = (
        head.number, head.first_at, head.last_at, head.count, head.root, head.previous, head.sealed_at, head.before,
        head.signature,
    )  # fmt: skip
    connection.execute(_PLACE, [head.number, [key_of(row)[0] for row in rows], leaves])
    connection.execute(_ADD, values)


def seal_block(connection: Connection[Any], *, now: datetime, most: int = MOST) -> Head | None:
    """Seals what waits, at most `most` entries, in the caller's transaction. None when there is nothing to do.

    Also None while somebody else seals: their block takes what waits. Should two get past the lock all the same, the
    number of the block and the keys of the leaves let one of them win.
    """
    locked = connection.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK]).fetchone()
    if not locked or not locked[0]:
        return None
    newest = newest_head(connection)
    rows, before = _rows(connection, newest, most)
    if not rows:
        return None
    leaves = [leaf_of(row) for row in rows]
    head = _head(newest, rows, leaves, before=before, now=now)
    _store(connection, head, rows, leaves)
    return head


def announce(head: Head) -> None:
    """The head as one line of the log of this process, which is gathered elsewhere: an anchor (no personal data)."""
    log.info("audit sealed", **head.as_json())

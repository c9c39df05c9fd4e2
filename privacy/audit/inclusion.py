"""Proof that lines of the log are in the seals: for an auditor, a judge or the person concerned."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg import Connection, sql

from privacy.audit import anchors, canonical, heads, mac, merkle, sealing
from privacy.audit.offline import PROOF

_SEALED = (
    "COPY (SELECT l.block, l.position, l.leaf_hash, {columns} FROM privacy_auditentry e "
    "JOIN privacy_auditleaf l ON l.entry_id = e.id WHERE {which} "
    "ORDER BY l.block, l.position) TO STDOUT (FORMAT BINARY)"
)


def _leaves(connection: Connection[Any], blocks: list[int]) -> dict[int, list[bytes]]:
    query = "SELECT block, leaf_hash FROM privacy_auditleaf WHERE block = ANY(%s) ORDER BY block, position"
    found: dict[int, list[bytes]] = {}
    for block, leaf in connection.execute(query, [blocks]):
        found.setdefault(block, []).append(bytes(leaf))
    return found


def _entry(row: bytes, leaves: list[bytes]) -> dict[str, object]:
    position, whole = int.from_bytes(row[12:16], "big"), row[52:]
    mac_length = max(0, int.from_bytes(whole[:4], "big", signed=True))
    return {
        "block": int.from_bytes(row[4:8], "big"),
        "position": position,
        "leaf": row[20:52].hex(),
        "path": [step.hex() for step in merkle.path(leaves, position)],
        "readable": canonical.read(whole[4 + mac_length :]),
        "row": whole.hex(),
    }


def document(connection: Connection[Any], reference: str, dossiers: Iterable[UUID], *, now: datetime) -> str:
    """The proof of everything that names these dossiers."""
    which = sql.SQL("e.dossiers && {}::uuid[]").format(sql.Literal(list(dossiers)))
    return _document(connection, reference, which, now=now)


def document_of_entries(connection: Connection[Any], about: str, entries: Iterable[UUID], *, now: datetime) -> str:
    """The proof of these entries, whatever they are about. What was not sealed yet is not in it."""
    which = sql.SQL("e.id = ANY({}::uuid[])").format(sql.Literal(list(entries)))
    return _document(connection, about, which, now=now)


def _document(connection: Connection[Any], reference: str, which: sql.Composable, *, now: datetime) -> str:
    """The proof as a file: each sealed entry, its way up to the root, and the signed heads."""
    query = sql.SQL(_SEALED).format(columns=sql.SQL(canonical.selection("e")), which=which)
    rows = list(sealing.copied(connection, query))
    numbers = sorted({int.from_bytes(row[4:8], "big") for row in rows})
    leaves = _leaves(connection, numbers)
    wanted = sql.SQL("WHERE number = ANY({}::int[]) ORDER BY number").format(sql.Literal(numbers))
    file = {
        "kind": PROOF,
        "reference": reference,
        "made_at": now.isoformat(),
        "public_key": heads.pem(mac.public_key()),
        "heads": [head.as_json() for head in sealing.stored_heads(connection, wanted)],
        "entries": [_entry(row, leaves[int.from_bytes(row[4:8], "big")]) for row in rows],
    }
    return anchors.written(file)

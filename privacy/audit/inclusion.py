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


def _entry(row: bytes, leaves: list[bytes]) -> dict[str, Any]:
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
    """The proof of everything that names these dossiers, as a file."""
    which = sql.SQL("e.dossiers && {}::uuid[]").format(sql.Literal(list(dossiers)))
    found = _proven(connection, which)
    kept = heads_of(connection, {one["block"] for one in found})
    return anchors.written(about(reference, now=now) | {"heads": kept, "entries": found})


def about(reference: str, *, now: datetime) -> dict[str, object]:
    """What a proof begins with."""
    return {
        "kind": PROOF,
        "reference": reference,
        "made_at": now.isoformat(),
        "public_key": heads.pem(mac.public_key()),
    }


def proven(connection: Connection[Any], entries: Iterable[UUID]) -> list[dict[str, Any]]:
    """The proof of these entries, whatever they are about. What was not sealed yet is not in it."""
    return _proven(connection, sql.SQL("e.id = ANY({}::uuid[])").format(sql.Literal(list(entries))))


def heads_of(connection: Connection[Any], numbers: Iterable[int]) -> list[dict[str, object]]:
    """The signed heads of these blocks."""
    wanted = sql.SQL("WHERE number = ANY({}::int[]) ORDER BY number").format(sql.Literal(sorted(numbers)))
    return [head.as_json() for head in sealing.stored_heads(connection, wanted)]


def _proven(connection: Connection[Any], which: sql.Composable) -> list[dict[str, Any]]:
    """Each sealed entry with its way up to the root."""
    query = sql.SQL(_SEALED).format(columns=sql.SQL(canonical.selection("e")), which=which)
    rows = list(sealing.copied(connection, query))
    leaves = _leaves(connection, sorted({int.from_bytes(row[4:8], "big") for row in rows}))
    return [_entry(row, leaves[int.from_bytes(row[4:8], "big")]) for row in rows]

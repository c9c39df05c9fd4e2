"""Seals for real what the measured readers see; a seal is bound to its row, so none can be copied."""

from __future__ import annotations

from uuid import UUID

import psycopg

from bench.cast import Cast
from casework.models import CaseFace
from privacy.encryption import aead, keys

# The newest of each reader: of all, per table and per state, so that every page that is measured opens its names.
SHOWN = """
SELECT DISTINCT c.n, c.dossier, c.shared FROM (
    SELECT dossier_id, row_number() OVER (PARTITION BY g.user_id, g.table_id ORDER BY g.sort_at DESC) AS place
    FROM privacy_grant g WHERE g.user_id = ANY(%s) AND g.part = 'table' AND g.kind = 'case') g
JOIN bench_case c ON c.dossier = g.dossier_id WHERE place <= 120
"""


def _face(n: int, dossier: UUID, compartment: UUID, data_key: bytes) -> list[object]:
    pk = UUID(bytes=_md5(f"f{n}"))
    table = CaseFace._meta.db_table
    sealed = [
        aead.seal(
            aead.derive(data_key, "field", table, column), text.encode(), aead.place(dossier, table, column, pk, 1)
        )
        for column, text in (("short_name", f"Fam. V. (Lindelaan {n})"), ("summary", "Overlast en zorgen."))
    ]
    return [*sealed, pk]


def _md5(text: str) -> bytes:
    import hashlib

    return hashlib.md5(text.encode()).digest()


def seal_what_is_shown(there: psycopg.Connection, cast: Cast) -> int:
    """Keys and names of the cases that the readers meet; returns how many."""
    epoch = keys.newest_epoch()
    rows = there.execute(SHOWN, [[reader.user.pk for reader in cast.readers]]).fetchall()
    wrapped, faces = [], []
    for n, dossier, compartment in rows:
        data_key = aead.new_key()
        wrapped.append([keys.wrap(data_key, dossier_id=dossier, compartment_id=compartment, epoch=epoch), compartment])
        faces.append(_face(n, dossier, compartment, data_key))
    with there.cursor() as cursor:
        cursor.executemany("UPDATE privacy_compartment SET wrapped_key = %s WHERE id = %s", wrapped)
        cursor.executemany("UPDATE casework_caseface SET short_name = %s, summary = %s WHERE id = %s", faces)
    return len(rows)

"""Putting a back-up back into an empty database, and proving that it is what it was.

Data go in before keys, keys before constraints, triggers and policies. With keys of a later day what was destroyed in
between has no key and is left out. Then the shred list is replayed and a sample is opened.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
from django.conf import settings
from django.utils import timezone
from psycopg import sql

from privacy.access import require
from privacy.actor import Actor
from privacy.audit import record
from privacy.models import Dossier, DossierKind, OperationKind
from privacy.upkeep import postgres
from privacy.upkeep.backup import DATA_FILE, EPOCHS_FILE, KEYS_FILE, MANIFEST, digest
from privacy.upkeep.opening import open_parts, opened_rows, parts_of
from privacy.upkeep.work import USING, done, step

SAMPLE = 5


@dataclass(frozen=True, slots=True)
class Restored:
    """What was put back: how many tables, which differ from the manifest, and rows left out for want of a key."""

    tables: int
    different: tuple[str, ...]
    left_out: int
    same_keys: bool


def newest(folder: Path) -> Path:
    """The newest complete back-up in this folder, or the folder itself when it is one; raises Refused."""
    if (folder / MANIFEST).exists():
        return folder
    complete = sorted(file.parent for file in folder.glob(f"*/{MANIFEST}"))
    require(bool(complete), f"In {folder} staat geen volledige back-up.")
    return complete[-1]


def _keys_for(data: Path, keys_folder: Path) -> Path:
    """The keys of the same moment, or else the newest there are."""
    if (keys_folder / data.name / KEYS_FILE).exists():
        return keys_folder / data.name / KEYS_FILE
    found = sorted(keys_folder.glob(f"*/{KEYS_FILE}"))
    require(bool(found), f"In {keys_folder} staan geen sleutels. Zonder sleutels gaat niets open.")
    return found[-1]


def restore(data: Path, keys_folder: Path) -> Restored:
    """Fills the empty database of the settings; raises Refused when it is not empty or a file was changed."""
    require(bool(settings.DATABASE_RESTORE_URL), "Zet DATABASE_RESTORE_URL op het adres van een superuser.")
    manifest = json.loads((data / MANIFEST).read_text())
    keys_file = _keys_for(data, keys_folder)
    require(digest(data / DATA_FILE) == manifest["data"], f"{data / DATA_FILE} is niet wat er is weggeschreven.")
    same = digest(keys_file) == manifest["keys"]
    with psycopg.connect(settings.DATABASE_RESTORE_URL, autocommit=True) as connection:
        there = postgres.tables(connection)
        require(not there, "De database is niet leeg. Maak een nieuwe, met de rollen en rechten uit installation.md.")
        _load(data / DATA_FILE, "--section=pre-data")
        _load(data / DATA_FILE, "--section=data")
        _load(keys_folder / EPOCHS_FILE, "--data-only")
        _load(keys_file, "--data-only")
        # The digests in these data were made before the links that came later.
        connection.execute("DELETE FROM privacy_indexkey WHERE epoch > %s", [manifest["index_key"]])
        left_out = sum(_without_keys(connection))
        _forget_transactions(connection)
        _load(data / DATA_FILE, "--section=post-data")
        connection.execute("ANALYZE")
        found = postgres.checksums(connection, list(manifest["tables"]))
    different = tuple(name for name, row in manifest["tables"].items() if found[name] != row)
    return Restored(len(found), different, left_out, same)


def _load(file: Path, *arguments: str) -> None:
    parts = psycopg.conninfo.conninfo_to_dict(settings.DATABASE_RESTORE_URL)
    name = f"--dbname={parts['dbname']}"
    postgres.run("pg_restore", settings.DATABASE_RESTORE_URL, "--exit-on-error", name, *arguments, str(file))


def _without_keys(connection: postgres.Connection) -> Iterator[int]:
    """Rows whose compartment was destroyed since, and compartments of dossiers that came later: how many of each."""
    inside = connection.execute(
        "SELECT table_name FROM information_schema.columns WHERE table_schema = 'public' "
        "AND column_name = 'compartment_id' ORDER BY 1"
    ).fetchall()
    for (name,) in inside:
        gone = sql.SQL(
            "DELETE FROM {} t WHERE NOT EXISTS (SELECT 1 FROM privacy_compartment c WHERE c.id = t.compartment_id)"
        ).format(sql.Identifier(name))
        yield connection.execute(gone).rowcount
    yield connection.execute(
        "DELETE FROM privacy_compartment c WHERE NOT EXISTS (SELECT 1 FROM privacy_dossier d WHERE d.id = c.dossier_id)"
    ).rowcount


def _forget_transactions(connection: postgres.Connection) -> None:
    """A founder's rights last for one transaction, known by its number; in another cluster that number comes again."""
    for name in ("privacy_dossier", "privacy_compartment"):
        connection.execute(sql.SQL("UPDATE {} SET founded_in = '0'").format(sql.Identifier(name)))


def open_sample(*, by: Actor) -> dict[str, int]:
    """Opens a few dossiers of each kind: how many rows, by kind. Raises TamperedValue for one that does not open."""
    opened: dict[str, int] = {}
    for kind in DossierKind:
        with step(by) as ring:
            chosen = list(_some(kind))
            parts = parts_of(chosen)
            record.change("backup.restored", compartments=[part.pk for part in parts], using=USING, by=by)
            open_parts(parts, ring)
            opened[kind.label] = sum(1 for _ in opened_rows(chosen))
    with step(by):
        record.change("backup.restored", using=USING, by=by)
        done(OperationKind.RESTORE, timezone.now(), by=by)
    return opened


def _some(kind: DossierKind) -> Iterator[UUID]:
    rows: Any = Dossier.objects.using(USING).filter(kind=kind, destroyed_at__isnull=True).order_by("?")
    yield from rows.values_list("pk", flat=True)[:SAMPLE]

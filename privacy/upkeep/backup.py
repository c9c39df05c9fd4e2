"""A back-up in two places: the data in one folder, the wrapped keys in another, of one and the same moment.

What the root wraps (the epochs of the key encryption key, the index chain) stands once, in the folder of the keys, as
it is now: an epoch that is destroyed is in no back-up any more, and then opens nothing in any of them; every back-up
opens under the root of now. Sessions and the cache are not worth keeping.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from datetime import datetime, timedelta
from pathlib import Path

import psycopg
from django.conf import settings
from django.utils import timezone

from privacy.access import require
from privacy.actor import Actor
from privacy.audit import record
from privacy.models import OperationKind
from privacy.upkeep import postgres
from privacy.upkeep.shredding import note_all
from privacy.upkeep.work import USING, done, step

KEYS = ("privacy_compartment",)
UNDER_ROOT = ("privacy_keyencryptionkey", "privacy_indexkey")
LEFT_OUT = ("django_session", "partners_loginsession", "privacy_cache")
STAMP = "%Y%m%dT%H%M%S%fZ"
DATA_FILE, KEYS_FILE, EPOCHS_FILE, MANIFEST = "data.dump", "keys.dump", "epochs.dump", "manifest.json"


def backup(folder: Path, keys_folder: Path, *, now: datetime, by: Actor) -> Path:
    """Makes a back-up; returns its folder. Without its manifest, written last, it is none. Notes a failure too."""
    require(bool(settings.DATABASE_BACKUP_URL), "Zet DATABASE_BACKUP_URL op het adres van de rol casustafel_backup.")
    require(folder.resolve() != keys_folder.resolve(), "Zet de sleutels in een andere map dan de gegevens.")
    note_all()
    try:
        made = _make(folder, keys_folder, now)
    except BaseException:
        with step(by):
            done(OperationKind.BACKUP, now, outcome="failed", by=by)
        raise
    with step(by):
        record.change("backup.made", using=USING, by=by)
        done(OperationKind.BACKUP, now, by=by)
    _drop_old_keys(keys_folder, now)
    return made


def _make(folder: Path, keys_folder: Path, now: datetime) -> Path:
    stamp = now.astimezone(timezone.get_fixed_timezone(0)).strftime(STAMP)
    data, wrapped = folder / stamp, keys_folder / stamp
    for made in (data, wrapped):
        made.mkdir(mode=0o700, parents=True)
    with psycopg.connect(settings.DATABASE_BACKUP_URL) as connection:
        connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        row = connection.execute("SELECT pg_export_snapshot()").fetchone()
        moment = f"--snapshot={row[0] if row else ''}"
        skipped = [f"--exclude-table-data={name}" for name in (*KEYS, *UNDER_ROOT, *LEFT_OUT)]
        _dump(data / DATA_FILE, moment, *skipped)
        _dump(wrapped / KEYS_FILE, moment, "--data-only", *(f"--table={name}" for name in KEYS))
        _dump(wrapped / EPOCHS_FILE, moment, "--data-only", *(f"--table={name}" for name in UNDER_ROOT))
        names = [name for name in postgres.tables(connection) if name not in (*UNDER_ROOT, *LEFT_OUT)]
        index = connection.execute("SELECT coalesce(max(epoch), 0) FROM privacy_indexkey").fetchone()
        manifest = {
            "made_at": now.isoformat(),
            "data": digest(data / DATA_FILE),
            "keys": digest(wrapped / KEYS_FILE),
            "index_key": index[0] if index else 0,
            "tables": postgres.checksums(connection, names),
        }
    (wrapped / EPOCHS_FILE).replace(keys_folder / EPOCHS_FILE)
    part = data / f"{MANIFEST}.part"
    part.write_text(json.dumps(manifest, indent=1) + "\n")
    part.replace(data / MANIFEST)
    return data


def _dump(file: Path, *arguments: str) -> None:
    postgres.run("pg_dump", settings.DATABASE_BACKUP_URL, "--format=custom", f"--file={file}", *arguments)
    file.chmod(0o600)


def digest(file: Path) -> str:
    """SHA-256 of a file."""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _drop_old_keys(keys_folder: Path, now: datetime) -> None:
    """Keys are kept for a short time: what was destroyed is unreadable in old data once its key is gone from here."""
    oldest = (now - timedelta(days=settings.KEYS_BACKUP_DAYS)).astimezone(timezone.get_fixed_timezone(0))
    for folder in keys_folder.glob("*T*Z"):
        if folder.name < oldest.strftime(STAMP):
            shutil.rmtree(folder)

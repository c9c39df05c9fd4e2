"""A back-up and back: the same tables, rights and policies; keys apart; what was destroyed stays destroyed."""

from __future__ import annotations

import base64
import json
import re
import subprocess
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from threading import Event, Thread

import pytest
from django.conf import settings
from django.core.management.base import CommandError
from django.db import DatabaseError, connections
from django.test import override_settings
from django.utils import timezone

from casework.models import Signal
from config import embedded
from privacy.acting import acting
from privacy.audit import verifying
from privacy.errors import Refused
from privacy.models import AuditEntry, Compartment, Operation
from privacy.upkeep import postgres
from tests.backup.conftest import Elsewhere
from tests.commits import committed
from tests.keys.scene import run, run_until, signals, unreadable
from tests.keys.test_indexing import alike
from tests.keys.test_shred_list import jobs_done, rejected
from tests.world import Cast, a_signal, actor

Backed = Callable[[], tuple[str, str]]
NONE = "--no-shred-list"


def plainly(rows: list[tuple[object, ...]]) -> list[str]:
    """Without the casts and brackets that PostgreSQL spells otherwise the second time."""
    return sorted(re.sub(r"::[a-z ]+(\[\])?|[()]", "", " ".join(map(str, row))) for row in rows)


def shown(dump: Path) -> str:
    """Everything in a dump, as SQL."""
    restore = embedded.program("pg_restore")
    return subprocess.run([restore, "-f", "-", str(dump)], capture_output=True, text=True, check=True).stdout


def test_everything_comes_back_with_equal_checksums_and_opens(
    cast: Cast, elsewhere: Elsewhere, backed_up: Backed
) -> None:
    made = signals(cast, 2)
    data, keys = backed_up()
    said = elsewhere.restored(data, "--keys", keys, NONE)
    assert "elk gelijk aan de back-up" in said
    assert "Steekproef signaal" in said
    with elsewhere.here():
        assert unreadable(cast, made) == []


def test_a_back_up_of_a_busy_house_is_of_one_moment(cast: Cast, elsewhere: Elsewhere, backed_up: Backed) -> None:
    made, stop, wrong = signals(cast, 1), Event(), []

    def write() -> None:
        try:
            while not stop.is_set():
                a_signal(cast.wilma, cast.overlast)
        except Exception as error:
            wrong.append(repr(error))
        finally:
            connections.close_all()

    writer = Thread(target=write)
    writer.start()
    data, keys = backed_up()
    stop.set()
    writer.join()
    assert wrong == []
    assert "elk gelijk aan de back-up" in elsewhere.restored(data, "--keys", keys, NONE)
    with elsewhere.here():
        assert unreadable(cast, made) == []


def test_roles_rights_policies_and_the_append_only_log_come_back(
    cast: Cast, elsewhere: Elsewhere, backed_up: Backed
) -> None:
    made = signals(cast, 1)
    data, keys = backed_up()
    elsewhere.restored(data, "--keys", keys, NONE)
    look = (
        "SELECT 'policy', tablename || policyname || coalesce(qual, '') || coalesce(with_check, '') FROM pg_policies "
        "UNION ALL SELECT 'owner', tablename || tableowner FROM pg_tables WHERE schemaname = 'public' "
        "UNION ALL SELECT 'forced', relname FROM pg_class WHERE relrowsecurity AND relforcerowsecurity "
        "UNION ALL SELECT 'right', table_name || grantee || privilege_type FROM information_schema.table_privileges "
        "WHERE table_schema = 'public' "
        "UNION ALL SELECT 'column', table_name || column_name || grantee || privilege_type "
        "FROM information_schema.column_privileges WHERE table_schema = 'public' "
        "UNION ALL SELECT 'trigger', tgname FROM pg_trigger WHERE NOT tgisinternal "
        "UNION ALL SELECT 'constraint', conname FROM pg_constraint WHERE connamespace = 'public'::regnamespace "
        "UNION ALL SELECT 'function', proname || pg_get_userbyid(proowner) || proacl::text FROM pg_proc "
        "WHERE pronamespace = 'public'::regnamespace ORDER BY 1, 2"
    )
    address = elsewhere.address.replace(elsewhere.name, settings.DATABASES["default"]["NAME"])
    here, there = Elsewhere.rows, elsewhere.rows(look)
    original = Elsewhere.__new__(Elsewhere)
    original.address = address
    assert plainly(here(original, look)) == plainly(there)
    with elsewhere.here():

        def others_see_nothing_and_the_log_stays() -> None:
            with acting(actor(cast.wilma)):
                assert Signal.objects.count() == 0
            with pytest.raises(DatabaseError, match="permission denied"):
                AuditEntry.objects.using("maintenance").all().delete()

        committed(others_see_nothing_and_the_log_stays)
        assert unreadable(cast, made) == []
        newer = committed(lambda: a_signal(cast.wilma, cast.overlast))
        assert newer.pk


def test_a_founders_rights_do_not_come_back_with_the_number_of_a_transaction(
    cast: Cast, elsewhere: Elsewhere, backed_up: Backed
) -> None:
    signals(cast, 1)
    data, keys = backed_up()
    elsewhere.restored(data, "--keys", keys, NONE)
    assert elsewhere.rows("SELECT DISTINCT founded_in::text FROM privacy_compartment") == [("0",)]


def test_the_data_hold_no_key_no_session_and_no_plain_text(cast: Cast, backed_up: Backed) -> None:
    made = signals(cast, 2)
    wrapped = {bytes(part.wrapped_key).hex() for part in Compartment.objects.using("maintenance").all()}
    data, keys = backed_up()
    dump = shown(next(Path(data).glob("*/data.dump")))
    assert len(wrapped) >= 6
    assert not any(key in dump for key in wrapped)
    assert not any(text in dump for text in ("tekst 0", "Lindelaan", "999990019", "Piet Voorbeeld"))
    for name in ("privacy_compartment", "privacy_keyencryptionkey", "privacy_indexkey", "django_session"):
        assert f"COPY public.{name} " not in dump
    assert str(made[0].dossier_id) in dump
    apart = shown(next(Path(keys).glob("*/keys.dump")))
    assert all(key in apart for key in wrapped)
    assert "COPY public.casework" not in apart
    assert "privacy_keyencryptionkey" not in apart


def test_what_was_destroyed_after_the_back_up_is_destroyed_again(
    cast: Cast, elsewhere: Elsewhere, backed_up: Backed, tmp_path: Path
) -> None:
    one, two = signals(cast, 2)
    data, keys = backed_up()
    shreds = tmp_path / "shred-list"
    with override_settings(SHRED_LIST=str(shreds)):
        rejected(cast, one)
        jobs_done()
    said = elsewhere.restored(data, "--keys", keys, "--shred-list", str(shreds))
    assert "1 opnieuw vernietigd" in said
    assert elsewhere.rows(f"SELECT 1 FROM privacy_compartment WHERE dossier_id = '{one.dossier_id}'") == []
    assert elsewhere.rows(f"SELECT 1 FROM casework_signalitem WHERE dossier_id = '{one.dossier_id}'") == []
    with elsewhere.here():
        with pytest.raises(AssertionError):
            assert unreadable(cast, [one]) == []


def test_old_data_with_keys_of_today_are_without_what_was_destroyed_and_what_came_later(
    cast: Cast, elsewhere: Elsewhere, backed_up: Backed, tmp_path: Path
) -> None:
    kept, gone = signals(cast, 2)
    data, keys = backed_up()
    old = next(Path(data).glob("*"))
    rejected(cast, gone)
    committed(lambda: a_signal(cast.wilma, cast.overlast))
    run("rotate_kek")
    # Keys are kept a short time: only those of today are left.
    next(Path(keys).glob("*T*Z")).rename(tmp_path / "carried-off")
    with override_settings(KEYS_BACKUP_DAYS=0):
        run("backup", str(tmp_path / "later"), "--keys", str(tmp_path / "today"))
    said = elsewhere.restored(str(old), "--keys", str(tmp_path / "today"), NONE)
    assert "met sleutels van een ander moment" in said
    with elsewhere.here():
        assert unreadable(cast, [kept]) == []
    assert elsewhere.rows(f"SELECT 1 FROM casework_signalitem WHERE dossier_id = '{gone.dossier_id}'") == []


def test_a_destroyed_epoch_opens_nothing_in_a_back_up_of_keys_that_lingers(
    cast: Cast, elsewhere: Elsewhere, backed_up: Backed, tmp_path: Path
) -> None:
    signals(cast, 1)
    data, keys = backed_up()
    old = next(Path(data).glob("*"))
    run("rotate_kek")
    with override_settings(KEYS_BACKUP_DAYS=0):
        run("destroy_epochs", "--yes")
    (Path(keys) / old.name).rename(tmp_path / "lingers")
    run("backup", data, "--keys", keys)
    (tmp_path / "lingers").rename(Path(keys) / "00010101T000000Z")
    for folder in Path(keys).glob("2*"):
        for file in folder.iterdir():
            file.unlink()
        folder.rmdir()
    with pytest.raises(CommandError, match="foreign key"):
        elsewhere.restored(str(old), "--keys", keys, NONE)


def test_keys_are_kept_for_a_short_time(cast: Cast, backed_up: Backed) -> None:
    _, keys = backed_up()
    for days, left in ((8, False), (6, True)):
        old = Path(keys) / (timezone.now() - timedelta(days=days)).strftime("%Y%m%dT%H%M%S%fZ")
        old.mkdir()
        with override_settings(DATABASE_BACKUP_URL=settings.DATABASE_BACKUP_URL):
            run("backup", f"{keys}-data-{days}", "--keys", keys)
        assert old.exists() is left
        for folder in Path(keys).glob("*Z"):
            folder.rename(folder.parent / f"moved-{days}-{folder.name}")


def test_restoring_refuses_a_full_database_a_changed_file_and_a_list_that_is_not_there(
    cast: Cast, elsewhere: Elsewhere, backed_up: Backed, tmp_path: Path
) -> None:
    data, keys = backed_up()
    with pytest.raises(CommandError, match="vernietigingslijst is er niet"):
        elsewhere.restored(data, "--keys", keys)
    with pytest.raises(CommandError, match="geen volledige back-up"):
        elsewhere.restored(str(tmp_path), "--keys", keys, NONE)
    with pytest.raises(CommandError, match="staan geen sleutels"):
        elsewhere.restored(data, "--keys", str(tmp_path), NONE)
    elsewhere.restored(data, "--keys", keys, NONE)
    with pytest.raises(CommandError, match="niet leeg"):
        elsewhere.restored(data, "--keys", keys, NONE)
    elsewhere.anew()
    dump = next(Path(data).glob("*/data.dump"))
    dump.write_bytes(dump.read_bytes()[:-1] + b"?")
    with pytest.raises(CommandError, match="niet wat er is weggeschreven"):
        elsewhere.restored(data, "--keys", keys, NONE)


def test_under_another_root_nothing_opens_and_that_is_said(cast: Cast, elsewhere: Elsewhere, backed_up: Backed) -> None:
    signals(cast, 1)
    data, keys = backed_up()
    with override_settings(CASUSTAFEL_ROOT_KEY=b"x" * 32), pytest.raises(CommandError, match="gaat niet open"):
        elsewhere.restored(data, "--keys", keys, NONE)


def test_a_back_up_that_fails_says_so_and_is_noted(cast: Cast, tmp_path: Path) -> None:
    with override_settings(DATABASE_BACKUP_URL=""), pytest.raises(CommandError, match="casustafel_backup"):
        run("backup", str(tmp_path), "--keys", str(tmp_path / "keys"))
    with pytest.raises(CommandError, match="andere map"):
        run("backup", str(tmp_path), "--keys", str(tmp_path))
    (tmp_path / "file").touch()
    with pytest.raises(CommandError, match="kan niet worden geschreven"):
        run("backup", str(tmp_path / "file" / "x"), "--keys", str(tmp_path / "keys"))
    assert Operation.objects.using("maintenance").latest("begun_at").outcome == "failed"


def test_a_back_up_that_stopped_halfway_is_none(cast: Cast, tmp_path: Path, elsewhere: Elsewhere) -> None:
    data, keys = tmp_path / "data", tmp_path / "keys"
    run("backup", str(data), "--keys", str(keys))
    complete = next(data.glob("*"))
    (data / "29991231T000000Z").mkdir()
    assert f"Terugzetten van {complete}" in elsewhere.restored(str(data), "--keys", str(keys), NONE)
    assert json.loads((complete / "manifest.json").read_text())["tables"]["privacy_dossier"]["rows"] == 0


@pytest.mark.parametrize("at", [1, 4, 8])
def test_stopped_while_it_is_noted_the_database_is_as_it_was(cast: Cast, tmp_path: Path, at: int) -> None:
    made = signals(cast, 1)
    run_until(at, "backup", str(tmp_path / "data"), "--keys", str(tmp_path / "keys"))
    assert unreadable(cast, made) == []


def test_the_role_for_back_ups_reads_and_writes_nothing(cast: Cast) -> None:
    import psycopg

    with psycopg.connect(settings.DATABASE_BACKUP_URL, autocommit=True) as connection:
        assert connection.execute("SELECT count(*) FROM privacy_auditentry").fetchone()
        for statement in ("DELETE FROM privacy_grant", "UPDATE privacy_dossier SET kind = 'x'", "CREATE TABLE x ()"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(statement)


def test_what_was_tried_elsewhere_is_noted_here(cast: Cast) -> None:
    run("note_restore_test")
    assert Operation.objects.using("maintenance").get(kind="restore_test").outcome == "ok"
    with connections["maintenance"].cursor() as cursor:
        cursor.execute("SELECT count(*) FROM privacy_auditentry WHERE event = 'backup.tested'")
        assert cursor.fetchone()[0] >= 1


def test_an_older_back_up_comes_back_after_keys_were_renewed(
    cast: Cast, elsewhere: Elsewhere, backed_up: Backed
) -> None:
    made = signals(cast, 2)
    data, keys = backed_up()
    old = next(Path(data).glob("*"))
    run("rotate_kek")
    run("rotate_index")
    run("backup", data, "--keys", keys)
    assert "elk gelijk aan de back-up" in elsewhere.restored(str(old), "--keys", keys, NONE)
    with elsewhere.here():
        assert unreadable(cast, made) == []
        newer = committed(lambda: a_signal(cast.wilma, cast.overlast))
        assert [alike(cast, signal) for signal in (*made, newer)] == [2, 2, 2]


def test_an_older_back_up_comes_back_under_another_root(
    cast: Cast, elsewhere: Elsewhere, backed_up: Backed, tmp_path: Path
) -> None:
    made = signals(cast, 2)
    run("rotate_index")
    data, keys = backed_up()
    old = next(Path(data).glob("*"))
    before = tmp_path / "old-root.key"
    before.write_text(base64.b64encode(settings.CASUSTAFEL_ROOT_KEY).decode())
    with override_settings(CASUSTAFEL_ROOT_KEY=b"x" * 32):
        run("replace_root", str(before))
        try:
            run("backup", data, "--keys", keys)
            elsewhere.restored(str(old), "--keys", keys, NONE)
            with elsewhere.here():
                assert unreadable(cast, made) == []
                assert alike(cast, made[0]) == 1
        finally:
            other = tmp_path / "other-root.key"
            other.write_text(base64.b64encode(b"x" * 32).decode())
            with override_settings(CASUSTAFEL_ROOT_KEY=base64.b64decode(before.read_text())):
                run("replace_root", str(other))


def test_a_log_that_waited_for_its_seal_when_it_was_backed_up_is_whole_after_restoring(
    cast: Cast, elsewhere: Elsewhere, backed_up: Backed, monkeypatch: pytest.MonkeyPatch
) -> None:
    signals(cast, 1)
    data, keys = backed_up()
    monkeypatch.setattr(verifying, "PATIENCE", timedelta(0))
    said = elsewhere.restored(data, "--keys", keys, NONE)
    assert "Het logboek klopt" in said
    assert said.rstrip().endswith("note_restore_test")


def test_the_programs_of_postgresql_are_given_no_key_and_no_other_address(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    program = tmp_path / "show"
    program.write_text("#!/bin/sh\n/usr/bin/env >&2\nexit 1\n")
    program.chmod(0o700)
    for name in ("CASUSTAFEL_ROOT_KEY", "SECRET_KEY", "DATABASE_MAINTENANCE_URL", "VAULT_TOKEN"):
        monkeypatch.setenv(name, "geheim")
    with override_settings(PG_BIN=str(tmp_path)), pytest.raises(Refused) as refused:
        postgres.run("show", "postgres://casustafel_backup:wachtwoord@/casustafel")
    assert "PGPASSWORD=wachtwoord" in str(refused.value)
    assert "geheim" not in str(refused.value)

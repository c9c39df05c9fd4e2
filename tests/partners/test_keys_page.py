"""The beheerder sees how keys and back-ups stand and what to run, and nothing that opens or tells anything."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client, override_settings
from django.utils import timezone

from partners import upkeep
from partners.todo import todo
from privacy.actor import SYSTEM_ID
from privacy.models import KeyEncryptionKey, Operation, OperationKind, Shredded
from privacy.upkeep import facts
from tests.commits import really_commits
from tests.world import Cast, a_signal, as_

DRILL = "Oefening met de delen van de hoofdsleutel"
OPERATIONS = Operation.objects.using("maintenance")


def noted(kind: OperationKind, ago: timedelta, outcome: str = "ok", *, ended: bool = True) -> None:
    """A piece of upkeep, some time ago."""
    really_commits()
    at = timezone.now() - ago
    OPERATIONS.create(kind=kind, begun_at=at, ended_at=at if ended else None, outcome=outcome, by=SYSTEM_ID)


def lines(cast: Cast) -> dict[str, upkeep.Line]:
    with as_(cast.beheer):
        return {line.what: line for line in upkeep.lines(timezone.now())}


@pytest.mark.parametrize(
    ("kind", "what", "fresh", "old"),
    [
        (OperationKind.BACKUP, "Back-up", timedelta(hours=23), timedelta(hours=25)),
        (OperationKind.RESTORE_TEST, "Proef met terugzetten", timedelta(days=91), timedelta(days=93)),
        (OperationKind.ROTATE_KEK, "Sleutels vernieuwen", timedelta(days=30), timedelta(days=32)),
        (OperationKind.ESCROW_DRILL, DRILL, timedelta(days=365), timedelta(days=367)),
    ],
)  # fmt: skip
def test_what_is_too_long_ago_is_late_with_the_command_to_run(
    cast: Cast, kind: OperationKind, what: str, fresh: timedelta, old: timedelta
) -> None:
    a_signal(cast.pieter, cast.overlast)
    noted(kind, old)
    late = lines(cast)[what]
    assert (late.late, late.label) == (True, "Te laat")
    assert late.command.startswith("python manage.py ")
    noted(kind, fresh)
    assert not lines(cast)[what].late


def test_what_failed_or_was_interrupted_is_said(cast: Cast) -> None:
    noted(OperationKind.BACKUP, timedelta(hours=1))
    noted(OperationKind.BACKUP, timedelta(minutes=1), "failed")
    assert lines(cast)["Back-up"].label == "Mislukt"
    noted(OperationKind.ROTATE_KEK, timedelta(minutes=1), "", ended=False)
    assert lines(cast)["Sleutels vernieuwen"].label == "Onderbroken"


def test_an_old_epoch_without_keys_may_go(cast: Cast) -> None:
    really_commits()
    long_ago = timezone.now() - timedelta(days=8)
    KeyEncryptionKey.objects.using("maintenance").create(epoch=900_000, wrapped=b"", retired_at=long_ago)
    assert "destroy_epochs" in lines(cast)["Oude sleutels"].command
    KeyEncryptionKey.objects.using("maintenance").filter(epoch=900_000).delete()
    assert "Oude sleutels" not in lines(cast) or lines(cast)["Oude sleutels"].when != "1 kan weg"


def test_a_shred_list_that_is_not_kept_or_runs_behind_is_said(cast: Cast) -> None:
    really_commits()
    with override_settings(SHRED_LIST=""):
        assert lines(cast)["Vernietigingslijst"].label == "Niet ingesteld"
    with override_settings(SHRED_LIST="/var/lib/casustafel/shred-list"):
        assert lines(cast)["Vernietigingslijst"].label == "Bijgewerkt"
        Shredded.objects.using("maintenance").create(
            dossier_id=cast.overlast.pk, at=timezone.now() - timedelta(hours=1)
        )
        assert lines(cast)["Vernietigingslijst"].label == "Loopt achter"


def test_what_is_late_stands_among_what_must_be_done(cast: Cast) -> None:
    with as_(cast.beheer):
        found = [line for line in todo(timezone.now()) if line.what == "Sleutels en back-up"]
    assert [(line.url_name, line.late) for line in found] == [("keys", True)]
    assert "Back-up: nog nooit" in found[0].which


def test_the_page_shows_facts_and_no_keys(cast: Cast, login: Any) -> None:
    a_signal(cast.pieter, cast.overlast)
    client: Client = login(cast.beheer)
    answer = client.get("/beheer/sleutels/")
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "een bestand op de server en is bereikbaar" in text
    assert "python manage.py rotate_kek" in text
    assert "(in gebruik)" in text


def test_a_root_out_of_reach_is_said_on_the_page(cast: Cast, login: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(facts, "provider", lambda: ("vault", "Vault does not answer"))
    text = login(cast.beheer).get("/beheer/sleutels/").content.decode()
    assert "De hoofdsleutel is niet bereikbaar" in text
    assert "Vault does not answer" in text


def test_nobody_else_counts_keys_or_sees_what_was_done(cast: Cast) -> None:
    noted(OperationKind.BACKUP, timedelta(hours=1))
    for other in (cast.rosa, cast.pieter, cast.fatima, cast.iris):
        with as_(other):
            assert Operation.objects.count() == 0
            with pytest.raises(DatabaseError, match="only a beheerder"), transaction.atomic():
                with connection.cursor() as cursor:
                    cursor.execute("SELECT * FROM privacy_key_counts()")
    with as_(cast.beheer):
        assert Operation.objects.count() >= 1

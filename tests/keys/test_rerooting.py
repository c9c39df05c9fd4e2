"""Another root, or another keeper of it: everything opens under the new one, nothing under the old."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management.base import CommandError
from django.test import override_settings

from privacy.encryption import keys
from privacy.errors import TamperedValue
from privacy.models import KeyEncryptionKey
from tests.commits import committed
from tests.keys.fake_vault import TOKEN, FakeVault
from tests.keys.scene import every_step, run, run_until, signals, unreadable
from tests.world import Cast, a_signal

NEW = b"n" * 32


@pytest.fixture
def old(tmp_path: Path) -> Iterator[str]:
    """The file with the root of these tests; what was moved is moved back after the test."""
    now, new = tmp_path / "now.key", tmp_path / "new.key"
    now.write_text(base64.b64encode(settings.CASUSTAFEL_ROOT_KEY).decode())
    new.write_text(base64.b64encode(NEW).decode() + "\n")
    run("rotate_index")  # a link of the chain to move along
    yield str(now)
    with suppress(CommandError):  # it is where it was
        run("replace_root", str(new))


def test_with_a_new_key_in_a_file_all_opens_and_likenesses_are_found(cast: Cast, old: str) -> None:
    made = signals(cast, 2)
    with override_settings(CASUSTAFEL_ROOT_KEY=NEW):
        assert "onder de nieuwe hoofdsleutel" in run("replace_root", old)
        assert unreadable(cast, made) == []
        committed(lambda: a_signal(cast.wilma, cast.overlast))
    row = KeyEncryptionKey.objects.using("maintenance").latest("epoch")
    with pytest.raises(TamperedValue):
        keys.root().unwrap(bytes(row.wrapped), keys.place_of_epoch(row.epoch))


def test_from_a_file_to_vault_and_the_root_never_comes_here(cast: Cast, old: str, vault: FakeVault) -> None:
    made = signals(cast, 2)
    kept = list(KeyEncryptionKey.objects.using("maintenance").values_list("epoch", "wrapped"))
    indexed = list(keys.IndexKey.objects.using("maintenance").values_list("epoch", "wrapped"))
    there: dict[str, Any] = {
        "CASUSTAFEL_ROOT_PROVIDER": "vault", "CASUSTAFEL_ROOT_KEY": b"", "VAULT_ADDR": vault.address,
        "VAULT_TOKEN": TOKEN, "VAULT_CACERT": "", "VAULT_TRANSIT_KEY": "casustafel-root",
        "VAULT_TRANSIT_MOUNT": "transit",
    }  # fmt: skip
    with override_settings(**there):
        run("replace_root", old)
        assert unreadable(cast, made) == []
        wrapped = bytes(KeyEncryptionKey.objects.using("maintenance").latest("epoch").wrapped)
        assert wrapped.startswith(b"vault:v1:")
    for epoch, before in kept:
        KeyEncryptionKey.objects.using("maintenance").filter(epoch=epoch).update(wrapped=before)
    for epoch, before in indexed:
        keys.IndexKey.objects.using("maintenance").filter(epoch=epoch).update(wrapped=before)
    assert unreadable(cast, made) == []


@every_step(30)
def test_stopped_it_is_all_under_one_root(cast: Cast, old: str, at: int) -> None:
    made = signals(cast, 1)
    with override_settings(CASUSTAFEL_ROOT_KEY=NEW):
        run_until(at, "replace_root", old)
    opens = []
    for key in (settings.CASUSTAFEL_ROOT_KEY, NEW):
        with override_settings(CASUSTAFEL_ROOT_KEY=key):
            try:
                opens.append(unreadable(cast, made) == [])
            except TamperedValue:
                opens.append(False)
    assert sorted(opens) == [False, True]


def test_an_old_key_that_is_not_the_old_key_changes_nothing(cast: Cast, old: str, tmp_path: Path) -> None:
    made = signals(cast, 1)
    wrong = tmp_path / "wrong.key"
    wrong.write_text(base64.b64encode(b"w" * 32).decode())
    with override_settings(CASUSTAFEL_ROOT_KEY=NEW), pytest.raises(CommandError, match="al gedaan"):
        run("replace_root", str(wrong))
    with pytest.raises(CommandError, match="niet te lezen"):
        run("replace_root", str(tmp_path / "gone.key"))
    assert unreadable(cast, made) == []

"""Whoever keeps the root: what it wraps opens in its own place only, and it says clearly when it is not there."""

from __future__ import annotations

import multiprocessing
from typing import Any

import pytest
from django.test import override_settings

from config.checks import root_key
from privacy.encryption import aead, keys, providers
from privacy.encryption.providers import RootUnavailable
from privacy.encryption.providers.file import FileRoot
from privacy.encryption.providers.pkcs11 import TokenRoot
from privacy.encryption.providers.vault import VaultRoot
from privacy.errors import TamperedValue
from privacy.unlock import unlock
from tests.keys.fake_vault import TOKEN, FakeVault
from tests.world import Cast, a_signal, as_, item

NAMES = ("file", "vault", "pkcs11")
HERE, ELSEWHERE = aead.place("kek", 1), aead.place("kek", 2)
KNOWN = (
    "01000102030405060708090a0b51428b705d6da6d3d7d0287d1b836e928537df1bac0eeb13325130186ad2df009ecd9213ff"
    "c8a7ae9b73559c064e5e38aa08b55f1005580d6e5bc653e44b6916179b60564b5c8452cabce380ec64aeb3"
)


@pytest.mark.parametrize("name", NAMES)
def test_what_was_wrapped_comes_back(keepers: Any, name: str) -> None:
    keeper, key = keepers(name), aead.new_key()
    assert keeper.name == name
    assert keeper.unwrap(keeper.wrap(key, HERE), HERE) == key
    keeper.check()


@pytest.mark.parametrize("name", NAMES)
def test_in_another_epoch_or_after_any_change_it_does_not_open(keepers: Any, name: str) -> None:
    keeper = keepers(name)
    wrapped = keeper.wrap(aead.new_key(), HERE)
    with pytest.raises(TamperedValue):
        keeper.unwrap(wrapped, ELSEWHERE)
    for position in range(0, len(wrapped), 7):
        changed = bytearray(wrapped)
        changed[position] ^= 1
        with pytest.raises(TamperedValue):
            keeper.unwrap(bytes(changed), HERE)
    for length in (0, 1, 12, 28, len(wrapped) - 1):
        with pytest.raises(TamperedValue):
            keeper.unwrap(wrapped[:length], HERE)


def test_a_key_that_was_wrapped_by_a_file_before_still_opens() -> None:
    assert FileRoot(bytes(range(32))).unwrap(bytes.fromhex(KNOWN), HERE) == bytes(range(32, 64))


def test_neither_keeper_shows_its_secret() -> None:
    shown = [
        repr(FileRoot(b"k" * 32)),
        repr(VaultRoot("http://v", "transit", "root", "s.secret")),
        repr(TokenRoot("m", "t", "l", "4711")),
    ]
    assert not any(secret in text for text in shown for secret in ("kkkk", "s.secret", "4711"))


def test_the_root_of_vault_never_comes_out(vault: FakeVault, keepers: Any) -> None:
    keeper = keepers("vault")
    keeper.check()
    keeper.unwrap(keeper.wrap(aead.new_key(), HERE), HERE)
    assert {line.split("/")[3] for line in vault.asked} == {"keys", "encrypt", "decrypt"}
    vault.kinds["casustafel-root"]["exportable"] = True
    with pytest.raises(RootUnavailable, match="exportable"):
        keeper.check()
    vault.kinds["casustafel-root"] = {"type": "rsa-4096"}
    with pytest.raises(RootUnavailable, match="aes256-gcm96"):
        keeper.check()


def test_a_key_that_can_be_taken_out_of_the_token_is_refused(softhsm: str) -> None:
    with pytest.raises(RootUnavailable, match="taken out"):
        TokenRoot(softhsm, "casustafel", "loose", "1234").check()


def test_vault_that_is_sealed_gone_or_does_not_know_us_says_so(vault: FakeVault, keepers: Any) -> None:
    wrapped = keepers("vault").wrap(aead.new_key(), HERE)
    refusals = {
        "VAULT_TOKEN": VaultRoot(vault.address, "transit", "casustafel-root", "s.wrong"),
        "VAULT_TRANSIT_KEY": VaultRoot(vault.address, "transit", "unknown", TOKEN),
        "VAULT_ADDR": VaultRoot("http://127.0.0.1:9", "transit", "casustafel-root", TOKEN),
    }
    for told, keeper in refusals.items():
        with pytest.raises(RootUnavailable, match=told):
            keeper.check()
        with pytest.raises(RootUnavailable, match=told):
            keeper.wrap(b"k" * 32, HERE)
    vault.sealed = True
    with pytest.raises(RootUnavailable, match="does not answer"):
        keepers("vault").unwrap(wrapped, HERE)


@pytest.mark.parametrize(
    ("module", "token", "label", "pin", "told"),
    [
        (None, "casustafel", "unknown", "1234", "no AES key 'unknown'"),
        (None, "other", "casustafel-root", "1234", "NoSuchToken"),
        (None, "casustafel", "casustafel-root", "0000", "PinIncorrect"),
        ("/nowhere/module.so", "casustafel", "casustafel-root", "1234", "does not answer"),
    ],
)
def test_a_token_that_is_not_there_says_so(
    softhsm: str, module: str | None, token: str, label: str, pin: str, told: str
) -> None:
    with pytest.raises(RootUnavailable, match=told):
        TokenRoot(module or softhsm, token, label, pin).check()


def test_a_forked_worker_reaches_the_token_too(softhsm: str, keepers: Any) -> None:
    keeper = keepers("pkcs11")
    wrapped = keeper.wrap(b"k" * 32, HERE)
    with multiprocessing.get_context("fork").Pool(1) as pool:
        assert pool.apply(keeper.unwrap, (wrapped, HERE)) == b"k" * 32


@pytest.mark.parametrize("name", ["vault", "pkcs11"])
def test_a_dossier_is_sealed_and_opened_under_a_root_that_stays_where_it_is(
    cast: Cast, keepers: Any, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    keeper, before = keepers(name), keys.root()
    monkeypatch.setattr(keys, "root", lambda: keeper)
    # What other tests left of the chain behind the digests stands under the root of the settings.
    here = lambda row: before.unwrap(bytes(row.wrapped), keys.place_of_index(row.epoch))  # noqa: E731
    monkeypatch.setattr(keys, "open_index", here)
    keys.KeyEncryptionKey.objects.bulk_create([keys.new_epoch(1_000_000)])
    signal = a_signal(cast.pieter, cast.overlast, item("onder een andere wortel"))
    with as_(cast.pieter) as (by, _):
        unlock([signal.dossier_id], by=by)
        assert [one.text for one in signal.items.all()] == ["onder een andere wortel"]


def test_starting_says_that_the_root_is_out_of_reach(vault: FakeVault) -> None:
    reachable = {
        "CASUSTAFEL_ROOT_PROVIDER": "vault", "VAULT_ADDR": vault.address, "VAULT_TOKEN": TOKEN, "VAULT_CACERT": "",
        "VAULT_TRANSIT_KEY": "casustafel-root", "VAULT_TRANSIT_MOUNT": "transit",
    }  # fmt: skip
    with override_settings(**reachable):
        assert root_key(None) == []
        vault.sealed = True
        assert "VAULT_ADDR" in str(root_key(None)[0])


def test_a_provider_whose_package_is_missing_says_which(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> None:
        raise ModuleNotFoundError("no module", name="hvac")

    monkeypatch.setattr(providers, "import_module", missing)
    with override_settings(CASUSTAFEL_ROOT_PROVIDER="vault"), pytest.raises(RootUnavailable, match="hvac is missing"):
        providers.root()

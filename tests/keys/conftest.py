"""Keepers of the root key to test with: a file, a transit engine, and SoftHSM."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pkcs11
import pytest
from pkcs11 import Attribute, KeyType

from privacy.encryption.providers import RootKey
from privacy.encryption.providers.file import FileRoot
from privacy.encryption.providers.pkcs11 import TokenRoot
from privacy.encryption.providers.vault import VaultRoot
from tests.keys.fake_vault import TOKEN, FakeVault, fake_vault

MODULES = (
    "/usr/lib/softhsm/libsofthsm2.so",
    "/usr/lib64/pkcs11/libsofthsm2.so",
    "/usr/local/lib/softhsm/libsofthsm2.so",
)
REQUIRED = os.environ.get("CASUSTAFEL_SOFTHSM_REQUIRED") == "1"
PIN = "1234"


@pytest.fixture(scope="session")
def softhsm(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The module, with a token 'casustafel' that holds a root key and one that can be taken out."""
    module = next((path for path in MODULES if Path(path).exists()), None)
    if module is None or shutil.which("softhsm2-util") is None:
        if REQUIRED:
            pytest.fail("SoftHSM is required here and is not installed.")
        pytest.skip("SoftHSM is not installed: PKCS#11 tests are skipped (Debian: apt-get install softhsm2).")
    folder = tmp_path_factory.mktemp("softhsm")
    (folder / "tokens").mkdir()
    (folder / "softhsm2.conf").write_text(f"directories.tokendir = {folder}/tokens\nlog.level = ERROR\n")
    os.environ["SOFTHSM2_CONF"] = str(folder / "softhsm2.conf")
    command = ["softhsm2-util", "--init-token", "--free", "--label", "casustafel", "--so-pin", "4321", "--pin", PIN]
    subprocess.run(command, check=True, capture_output=True)
    with pkcs11.lib(module).get_token(token_label="casustafel").open(user_pin=PIN, rw=True) as session:
        for label, out in (("casustafel-root", False), ("loose", True)):
            session.generate_key(
                KeyType.AES, 256, label=label, store=True,
                template={Attribute.EXTRACTABLE: out, Attribute.SENSITIVE: not out},
            )  # fmt: skip
    return module


@pytest.fixture
def vault() -> Iterator[FakeVault]:
    with fake_vault() as running:
        yield running


@pytest.fixture
def keepers(vault: FakeVault, request: pytest.FixtureRequest) -> Any:
    """Makes a keeper by its name."""

    def make(name: str) -> RootKey:
        if name == "file":
            return FileRoot(bytes(range(32)))
        if name == "vault":
            return VaultRoot(vault.address, "transit", "casustafel-root", TOKEN)
        return TokenRoot(request.getfixturevalue("softhsm"), "casustafel", "casustafel-root", PIN)

    return make

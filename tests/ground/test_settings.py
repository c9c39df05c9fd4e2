"""Starting without what protects people is refused, with one sentence that says the mend."""

from __future__ import annotations

import base64
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.database import ROOT

KEYS = ("CASUSTAFEL_ROOT_KEY", "CASUSTAFEL_INDEX_KEY", "CASUSTAFEL_AUDIT_KEY")
DATABASES = ("DATABASE_URL", "DATABASE_AUDIT_URL", "DATABASE_OWNER_URL", "DATABASE_MAINTENANCE_URL")
RIGHT = (
    {"PATH": os.environ.get("PATH", ""), "SECRET_KEY": "only for this test", "CLAMD_ADDRESS": "127.0.0.1:3310"}
    | {name: base64.b64encode(letter * 32).decode() for name, letter in zip(KEYS, (b"r", b"i", b"a"), strict=True)}
    | dict.fromkeys(DATABASES, "postgres://nobody@127.0.0.1/none")
)
SHORT = base64.b64encode(b"x" * 16).decode()
REFUSALS: list[tuple[dict[str, str | None], str]] = [
    *(({name: None}, f"{name} is not set (nor {name}_FILE)") for name in ("SECRET_KEY", KEYS[0], DATABASES[0])),
    ({"SECRET_KEY": "  "}, "SECRET_KEY is not set"),
    ({KEYS[1]: RIGHT[KEYS[0]]}, "must all differ; make a new key for each"),
    ({KEYS[2]: SHORT}, "CASUSTAFEL_AUDIT_KEY must be 32 bytes of base64, it has 16"),
    ({KEYS[0]: "geen base64!"}, "CASUSTAFEL_ROOT_KEY is not base64"),
    ({"CLAMD_ADDRESS": None}, "CLAMD_ADDRESS is not set. Give the host:port of clamd, or off"),
    ({"DEBUG": "1"}, "DEBUG shows data in error pages and is refused outside the demo"),
    ({f"{KEYS[0]}_FILE": "/nergens/root.key", KEYS[0]: None}, "root.key"),
    ({"CASUSTAFEL_ROOT_PROVIDER": "kluis"}, "CASUSTAFEL_ROOT_PROVIDER is 'kluis'; use file, vault or pkcs11"),
    ({"CASUSTAFEL_ROOT_PROVIDER": "vault"}, "VAULT_ADDR is not set"),
    ({"CASUSTAFEL_ROOT_PROVIDER": "pkcs11", "PKCS11_MODULE": "x", "PKCS11_TOKEN": "y"}, "PKCS11_PIN is not set"),
]


def start(changes: dict[str, str | None], code: str = "import config.settings") -> subprocess.CompletedProcess[str]:
    """Imports the settings in a process of its own with this environment."""
    environment = {name: value for name, value in (RIGHT | changes).items() if value is not None}
    return subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize(("changes", "told"), REFUSALS, ids=[f"{'-'.join(c)}-{n}" for n, (c, _) in enumerate(REFUSALS)])
def test_settings_refuse_to_start_and_say_why(changes: dict[str, str | None], told: str) -> None:
    done = start(changes)
    assert done.returncode != 0
    assert told in done.stderr.splitlines()[-1]
    secrets = [value for value in RIGHT.values() if len(value) > 40]
    assert not any(secret in done.stderr for secret in secrets)


def test_with_everything_in_place_they_start_and_a_key_may_come_from_a_file(tmp_path: Path) -> None:
    file = tmp_path / "root.key"
    file.write_text(base64.b64encode(b"f" * 32).decode() + "\n")
    file.chmod(0o400)
    changes: dict[str, str | None] = {KEYS[0]: None, f"{KEYS[0]}_FILE": str(file)}
    done = start(changes, "from config import settings as s; print(s.CASUSTAFEL_ROOT_KEY[:1], s.DEBUG, s.SECURE)")
    assert (done.stdout.strip(), done.returncode) == ("b'f' False True", 0), done.stderr


@pytest.mark.parametrize("name", KEYS)
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o444, 0o420, 0o410])
def test_a_key_file_that_others_can_reach_is_refused(tmp_path: Path, name: str, mode: int) -> None:
    file = tmp_path / "some.key"
    file.write_text(base64.b64encode(b"f" * 32).decode())
    file.chmod(mode)
    done = start({name: None, f"{name}_FILE": str(file)})
    assert done.returncode != 0
    assert f"others may read it. Run: chmod 0400 {file}" in done.stderr.splitlines()[-1]


def test_with_vault_or_an_hsm_there_is_no_root_in_the_environment() -> None:
    elsewhere: dict[str, str | None] = {
        KEYS[0]: None, "CASUSTAFEL_ROOT_PROVIDER": "vault", "VAULT_ADDR": "http://127.0.0.1:9", "VAULT_TOKEN": "s.x",
    }  # fmt: skip
    assert start(elsewhere).returncode == 0
    refused = start(elsewhere, "import config.wsgi")
    assert refused.returncode != 0
    assert "casustafel.E002" in refused.stderr
    assert "see VAULT_ADDR" in refused.stderr


def test_debug_is_allowed_in_the_demo_only() -> None:
    assert start({"DEBUG": "1", "DEMO": "1"}).returncode == 0

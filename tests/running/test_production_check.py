"""`check --deploy` is clean on a right environment and says, for each thing that is wrong, what to do in a sentence."""

from __future__ import annotations

import base64
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from config.checks.production import FINDINGS, fit_for_production
from tests.database import ROOT

SMTP = "django.core.mail.backends.smtp.EmailBackend"
KEYS = ("CASUSTAFEL_ROOT_KEY", "CASUSTAFEL_INDEX_KEY", "CASUSTAFEL_AUDIT_KEY")
RIGHT: dict[str, Any] = {
    "DEBUG": False, "DEMO": False, "SECURE": True, "ALLOWED_HOSTS": ["casustafel.emmen.nl"],
    "SITE_URL": "https://casustafel.emmen.nl", "SECURE_PROXY_SSL_HEADER": ("HTTP_X_FORWARDED_PROTO", "https"),
    "CSRF_TRUSTED_ORIGINS": [], "EMAIL_BACKEND": SMTP, "EMAIL_HOST": "mail.emmen.nl", "EMAIL_USE_TLS": True,
    "EMAIL_USE_SSL": False, "DEFAULT_FROM_EMAIL": "casustafel@emmen.nl", "CELERY_BROKER_URL": "amqp://127.0.0.1//",
    "CLAMD_ADDRESS": "127.0.0.1:3310", "DATABASE_BACKUP_URL": "postgres://casustafel_backup@127.0.0.1/casustafel",
    "SHRED_LIST": "/var/lib/casustafel/shred-list", "CASUSTAFEL_ROOT_PROVIDER": "vault",
    "VAULT_ADDR": "https://vault.emmen.nl", "AUDIT_ANCHOR_MAIL": ["zegels@emmen.nl"], "METRICS_TOKEN": "t" * 40,
    "MUNICIPALITY_NAME": "Emmen", "SECURITY_CONTACT": "mailto:cert@emmen.nl", "CONTACT_NAME": "Servicedesk",
    "CONTACT_REACH": "14 0591",
}  # fmt: skip
WRONG: list[tuple[dict[str, Any], str, str]] = [
    ({"CLAMD_ADDRESS": "off"}, "W001", "host:port of clamd"),
    ({"DEMO": True}, "E009", "unset it"),
    ({"DEBUG": True}, "E010", "unset it"),
    ({"ALLOWED_HOSTS": ["*"]}, "E011", "name your own host"),
    ({"ALLOWED_HOSTS": ["localhost", "127.0.0.1"], "SITE_URL": "https://localhost"}, "E012", "host name people type"),
    ({"SECURE": False}, "E013", "unset it"),
    ({"SECURE_PROXY_SSL_HEADER": None}, "W014", "X-Forwarded-Proto"),
    ({"SITE_URL": "http://casustafel.emmen.nl"}, "E015", "https:// address"),
    ({"SITE_URL": "https://elders.nl"}, "E016", "leads to elders.nl"),
    ({"CSRF_TRUSTED_ORIGINS": ["http://x.nl"]}, "W017", "(http://x.nl)"),
    ({"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}, "E020", "smtp+tls://"),
    ({"EMAIL_USE_TLS": False}, "W021", "smtp+tls://"),
    ({"DEFAULT_FROM_EMAIL": "Tafel <a@voorbeeldstad.example>"}, "E022", "voorbeeldstad.example"),
    ({"CELERY_BROKER_URL": "memory://"}, "E030", "amqp://"),
    ({"DATABASE_BACKUP_URL": ""}, "W042", "manage.py backup"),
    ({"SHRED_LIST": ""}, "W043", "destroyed dossiers"),
    ({"CASUSTAFEL_ROOT_PROVIDER": "file"}, "I050", "CHECKS_ACCEPTED=casustafel.I050"),
    ({"VAULT_ADDR": "http://vault.emmen.nl"}, "W052", "https:// address"),
    ({"AUDIT_ANCHOR_MAIL": []}, "W060", "mailbox"),
    ({"METRICS_TOKEN": "kort"}, "E070", "make a longer one"),
    ({"MUNICIPALITY_NAME": "Voorbeeldstad"}, "W080", "name of your municipality"),
    ({"SECURITY_CONTACT": ""}, "W081", "mailto:"),
    ({"CONTACT_NAME": ""}, "W082", "set both"),
]


@pytest.fixture
def right(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Settings in which nothing is wrong, and an environment without keys."""
    for name, value in RIGHT.items():
        setattr(settings, name, value)
    for name in (*KEYS, "SECRET_KEY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PROMETHEUS_MULTIPROC_DIR", "/run/casustafel/metrics")
    return settings


def found() -> dict[str, str]:
    return {str(one.id).partition(".")[2]: one.msg for one in fit_for_production(None)}


def test_nothing_is_said_when_all_is_right(right: Any) -> None:
    assert found() == {}


@pytest.mark.parametrize(("changes", "code", "says"), WRONG, ids=[code for _, code, _ in WRONG])
def test_each_thing_that_is_wrong_is_said_alone(right: Any, changes: dict[str, Any], code: str, says: str) -> None:
    for name, value in changes.items():
        setattr(right, name, value)
    assert list(found()) == [code]
    assert says in found()[code]


def test_another_role_or_a_bare_line_to_the_database_is_said(right: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(right.DATABASES["default"], "USER", "postgres")
    assert "DATABASE_URL connects as another role" in found()["E040"]
    monkeypatch.setitem(right.DATABASES["default"], "USER", "casustafel_app")
    monkeypatch.setitem(right.DATABASES["audit"], "HOST", "db.emmen.nl")
    assert "DATABASE_AUDIT_URL goes to another machine" in found()["W041"]
    monkeypatch.setitem(right.DATABASES["audit"], "OPTIONS", {"sslmode": "verify-full"})
    assert found() == {}


def test_keys_in_the_environment_and_apart_counting_are_said(right: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CASUSTAFEL_ROOT_KEY", "x")
    assert "CASUSTAFEL_ROOT_KEY stands in the environment" in found()["W051"]
    monkeypatch.delenv("CASUSTAFEL_ROOT_KEY")
    monkeypatch.delenv("PROMETHEUS_MULTIPROC_DIR")
    assert list(found()) == ["W071"]


def test_every_finding_is_one_sentence_with_its_own_id_and_is_tried_here() -> None:
    ids = [finding.id.partition(".")[2] for finding in FINDINGS]
    assert len(set(ids)) == len(ids)
    assert set(ids) == {code for _, code, _ in WRONG} - {"E009"} | {"E040", "W041", "W051", "W071"}
    for finding in FINDINGS:
        assert finding.sentence.endswith("."), finding.id
        assert ": " in finding.sentence, finding.id


# --- the real command ---------------------------------------------------------------------------


def production(tmp_path: Path) -> dict[str, str]:
    """An environment as docs/installation.md makes it, with the root key in a file."""
    files = {}
    for number, name in enumerate((*KEYS, "SECRET_KEY")):
        file = tmp_path / name.lower()
        file.write_text(base64.b64encode(bytes(range(number, number + 32)) * (1 + (name == "SECRET_KEY"))).decode())
        file.chmod(0o400)
        files[f"{name}_FILE"] = str(file)
    address = "postgres://{}:x@127.0.0.1/casustafel"
    roles = {"": "app", "_AUDIT": "audit", "_OWNER": "owner", "_MAINTENANCE": "maintenance", "_BACKUP": "backup"}
    databases = {f"DATABASE{name}_URL": address.format(f"casustafel_{role}") for name, role in roles.items()}
    return {
        "PATH": os.environ.get("PATH", ""), "ALLOWED_HOSTS": "casustafel.emmen.nl", "BEHIND_TLS_PROXY": "1",
        "SITE_URL": "https://casustafel.emmen.nl", "EMAIL_URL": "smtp+tls://u:p@mail.emmen.nl:587",
        "DEFAULT_FROM_EMAIL": "casustafel@emmen.nl", "BROKER_URL": "amqp://u:p@127.0.0.1//",
        "CLAMD_ADDRESS": "127.0.0.1:3310", "SHRED_LIST": "/var/lib/casustafel/shred-list",
        "AUDIT_ANCHOR_MAIL": "zegels@emmen.nl", "MUNICIPALITY_NAME": "Emmen", "CONTACT_NAME": "Servicedesk",
        "CONTACT_REACH": "14 0591", "SECURITY_CONTACT": "mailto:cert@emmen.nl",
        "CHECKS_ACCEPTED": "casustafel.I050", **files, **databases,
    }  # fmt: skip


def check(environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "INFO"]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


def test_the_command_is_clean_on_a_right_production_environment(tmp_path: Path) -> None:
    done = check(production(tmp_path))
    assert (done.returncode, done.stderr) == (0, "")
    assert "no issues" in done.stdout


def test_the_command_says_what_is_wrong_and_fails(tmp_path: Path) -> None:
    wrong = production(tmp_path) | {"EMAIL_URL": "consolemail://", "CHECKS_ACCEPTED": ""}
    done = check(wrong)
    assert done.returncode == 1
    assert "(casustafel.E020) EMAIL_URL sends no mail at all" in done.stderr
    assert "(casustafel.I050) The root key is in a file" in done.stderr
    assert "2 issues" in done.stderr

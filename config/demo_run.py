"""`make demo`: starts everything on this machine, and stops everything it started."""

from __future__ import annotations

import base64
import contextlib
import fcntl
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from types import FrameType

from config import embedded

ROOT = Path(__file__).resolve().parent.parent
HOME = ROOT / ".demo"
DATABASE = "casustafel_demo"
KEYS = ("CASUSTAFEL_ROOT_KEY", "CASUSTAFEL_INDEX_KEY", "CASUSTAFEL_AUDIT_KEY", "SECRET_KEY")
PATIENCE = 60.0


class DemoError(Exception):
    """One line that says what is wrong."""


class Stop(Exception):
    """Somebody asked to stop."""


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def _port() -> int:
    text = os.environ.get("PORT", "8000")
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= 65535):
        raise DemoError(f"PORT must be a number from 1 to 65535, not '{text}'.")
    return int(text)


def _check_port(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise DemoError(f"Port {port} is in use. Choose another one: PORT=8001 make demo") from error


@contextlib.contextmanager
def _only_one() -> Iterator[None]:
    """Holds the demo's lock, so that two never share one database directory."""
    HOME.mkdir(exist_ok=True)
    with (HOME / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise DemoError("The demo is already running in this folder. Stop it first (Ctrl-C there).") from error
        yield


def _secrets() -> dict[str, str]:
    """Files with the demo's keys, made once."""
    folder = HOME / "secrets"
    folder.mkdir(mode=0o700, exist_ok=True)
    files = {}
    for name in KEYS:
        file = folder / name.lower()
        if not file.exists():
            file.touch(mode=0o600)
            file.write_text(base64.b64encode(secrets.token_bytes(32)).decode())
        files[f"{name}_FILE"] = str(file)
    return files


def _environment(port: int, dsns: dict[str, str]) -> dict[str, str]:
    inherited = {name: value for name, value in os.environ.items() if name not in KEYS}
    return (
        inherited
        | _secrets()
        | {
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "DEMO": "1",
            "CONTACT_NAME": "Servicedesk Voorbeeldstad",
            "CONTACT_REACH": "servicedesk@voorbeeldstad.example",
            "SECURITY_CONTACT": "mailto:veilig@voorbeeldstad.example",
            "PORT": str(port),
            "PYTHONUNBUFFERED": "1",
            "DATABASE_URL": dsns["app"],
            "DATABASE_AUDIT_URL": dsns["audit"],
            "DATABASE_OWNER_URL": dsns["owner"],
            "DATABASE_MAINTENANCE_URL": dsns["maintenance"],
            "DATABASE_BACKUP_URL": dsns["backup"],
            "PG_BIN": str(embedded.program("pg_dump").parent),
            "SHRED_LIST": str(HOME / "shred-list"),
            "BROKER_URL": "sqla+" + dsns["broker"].replace("postgres://", "postgresql+psycopg://", 1),
            "EMAIL_URL": "filemail:///" + str(HOME / "mail"),
        }
    )


def _manage(environment: dict[str, str], *arguments: str) -> str:
    command = [sys.executable, "manage.py", *arguments]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise DemoError(f"{' '.join(arguments)} failed:\n{done.stdout}{done.stderr}")
    return done.stdout


def _commands(port: int) -> dict[str, list[str]]:
    folder = Path(sys.executable).parent
    return {
        "web server": [
            str(folder / "gunicorn"), "config.wsgi", "--bind", f"127.0.0.1:{port}", "--workers", "2", "--threads", "4",
            "--worker-class", "gthread", "--timeout", "120", "--log-level", "warning",
        ],
        "background worker": [
            str(folder / "celery"), "-A", "config", "worker", "--beat", "--schedule", str(HOME / "beat"),
            "--concurrency", "1", "--loglevel", "ERROR", "--without-gossip", "--without-mingle",
        ],
    }  # fmt: skip


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=5) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def _wait_until_serving(port: int, children: dict[str, subprocess.Popen[bytes]]) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        _check_alive(children)
        if _answers(f"http://127.0.0.1:{port}/inloggen/"):
            return
        time.sleep(0.2)
    raise DemoError(f"The web server did not answer within {PATIENCE:.0f} seconds. See {HOME}/web server.log")


def _check_alive(children: dict[str, subprocess.Popen[bytes]]) -> None:
    for name, child in children.items():
        if child.poll() is not None:
            raise DemoError(f"The {name} stopped by itself (exit {child.returncode}). See {HOME / (name + '.log')}")


def _stop_all(children: dict[str, subprocess.Popen[bytes]]) -> None:
    """Each child leads a process group of its own: first asked, then killed."""
    for child in children.values():
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGTERM)
    for child in children.values():
        try:
            child.wait(8)
        except subprocess.TimeoutExpired:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(child.pid, signal.SIGKILL)
            child.wait()


def _run(port: int) -> None:
    children: dict[str, subprocess.Popen[bytes]] = {}
    server: embedded.Server | None = None
    try:
        _say("Starting the database …")
        server = embedded.start(HOME / "pg")
        environment = _environment(port, embedded.prepare(server.superuser_dsn, DATABASE))
        _say("Preparing tables and the fictional municipality …")
        _manage(environment, "migrate", "--database=owner", "--verbosity=0")
        _manage(environment, "load_demo")
        logins = _manage(environment, "demo_logins")
        for name, command in _commands(port).items():
            with (HOME / f"{name}.log").open("ab") as log:
                children[name] = subprocess.Popen(
                    command, cwd=ROOT, env=environment, stdout=log, stderr=log, start_new_session=True
                )
        _wait_until_serving(port, children)
        _say(f"\nCasustafel runs on http://127.0.0.1:{port}/\n\n{logins}\nStop with Ctrl-C.")
        while True:
            _check_alive(children)
            time.sleep(0.5)
    finally:
        # A second Ctrl-C must not interrupt the stopping itself.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        _stop_all(children)
        if server is not None:
            embedded.stop(HOME / "pg")


def _on_signal(number: int, frame: FrameType | None) -> None:
    raise Stop


def main(arguments: list[str]) -> int:
    """Runs or resets the demo; returns the exit code. Every refusal is one clear line."""
    signal.signal(signal.SIGINT, _on_signal)
    signal.signal(signal.SIGTERM, _on_signal)
    try:
        with _only_one():
            if arguments == ["reset"]:
                for entry in HOME.iterdir():
                    if entry.name != "lock":
                        shutil.rmtree(entry) if entry.is_dir() else entry.unlink()
                _say("The demo's data are gone. `make demo` starts anew.")
                return 0
            port = _port()
            _check_port(port)
            _run(port)
    except Stop:
        _say("Stopped.")
    except DemoError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

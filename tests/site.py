"""A real site on a database of its own: gunicorn, a worker, mail in files. For the browser and for finding leaks.

Everything runs in other processes with committed data, as in production; nothing of the test's transaction is in it.
"""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from urllib.parse import urlsplit

from config import embedded
from tests.database import ROOT, copy_of_template

PATIENCE = 60.0


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Site:
    """A running Casustafel with the cast in it."""

    def __init__(self, folder: Path, name: str) -> None:
        self.folder, self.name = folder, name
        self.superuser = copy_of_template(name)
        self.dsns = embedded.prepare(self.superuser, name)
        self.port = _free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.mail = folder / "mail"
        self.log = folder / "server.log"
        self.environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "DATABASE_URL": self.dsns["app"],
            "DATABASE_AUDIT_URL": self.dsns["audit"],
            "DATABASE_OWNER_URL": self.dsns["owner"],
            "DATABASE_MAINTENANCE_URL": self.dsns["maintenance"],
            "BROKER_URL": "sqla+" + self.dsns["broker"].replace("postgres://", "postgresql+psycopg://", 1),
            "EMAIL_URL": f"filemail:///{self.mail}",
            "PORT": str(self.port),
            "PYTHONUNBUFFERED": "1",
        }
        self.python("-m", "tests.stage")
        self.server = self.start_server()

    def python(self, *arguments: str) -> str:
        """Runs Python in the site's environment; returns what it printed."""
        done = subprocess.run(
            [sys.executable, *arguments], cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False
        )
        with self.log.open("a") as log:
            log.write(done.stderr)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def start_server(self) -> subprocess.Popen[bytes]:
        """Starts the web server and waits until it answers; also after it was killed."""
        command = [
            str(Path(sys.executable).parent / "gunicorn"), "config.wsgi", "--bind", f"127.0.0.1:{self.port}",
            "--workers", "1", "--threads", "4", "--worker-class", "gthread", "--access-logfile", "-",
        ]  # fmt: skip
        with self.log.open("ab") as log:
            server = subprocess.Popen(
                command, cwd=ROOT, env=self.environment, stdout=log, stderr=log, start_new_session=True
            )
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            assert server.poll() is None, self.log.read_text()
            try:
                with urllib.request.urlopen(f"{self.address}/inloggen/", timeout=5):
                    return server
            except (urllib.error.URLError, OSError):
                time.sleep(0.1)
        raise AssertionError(f"the site does not answer: {self.log.read_text()}")

    def do_jobs(self) -> None:
        """Does every waiting job now, as the worker would; mails land in files."""
        self.python("-m", "tests.stage", "jobs")

    def mails(self) -> str:
        """Everything that was mailed."""
        return "\n".join(file.read_text() for file in sorted(self.mail.glob("*"))) if self.mail.exists() else ""

    def dump(self) -> str:
        """Every row of both databases, broker included, as pg_dump writes them for the server's owner."""
        texts = []
        for database in (self.name, f"{self.name}_broker"):
            parts = urlsplit(self.superuser)
            dsn = embedded.dsn_for(self.superuser, parts.username or "postgres", parts.password or "", database)
            done = subprocess.run(
                [embedded.program("pg_dump"), "--inserts", dsn], capture_output=True, text=True, check=True
            )
            texts.append(done.stdout)
        return "\n".join(texts)

    def stop(self) -> None:
        """Stops the server; the database goes with the next run's cleaning."""
        os.killpg(self.server.pid, signal.SIGTERM)
        self.server.wait(20)


def first_link(text: str) -> str:
    """The first address in a mail."""
    found = re.search(r"https?://\S+", text)
    assert found, text
    return found[0]

"""What deploy/ names is what runs: units verify and are hardened, their commands start and do their work."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

from tests.database import PREFIX, ROOT
from tests.running.test_production_check import KEYS, check
from tests.site import Site

DEPLOY = ROOT / "deploy"
UNITS = sorted((DEPLOY / "systemd").glob("*.service"))
TOKEN = "een-lang-en-fictief-token-voor-de-meetwaarden"
SYSTEMD = shutil.which("systemd-analyze")
NGINX = shutil.which("nginx")


def commands(unit: str) -> list[str]:
    """What a unit starts, with this tree in the place of /opt/casustafel."""
    text = (DEPLOY / "systemd" / f"casustafel-{unit}.service").read_text()
    (line,) = re.findall(r"^ExecStart=(.*)$", text, re.MULTILINE)
    return str(line).replace("/opt/casustafel", str(ROOT)).split()


# --- units and files ----------------------------------------------------------------------------


@pytest.fixture
def installed(tmp_path: Path) -> Path:
    """The units as they would be installed, with this tree in the place of /opt/casustafel."""
    shutil.copytree(DEPLOY / "systemd", tmp_path, dirs_exist_ok=True)
    for file in [*tmp_path.glob("*.service"), *tmp_path.glob("*/*.conf")]:
        file.write_text(file.read_text().replace("/opt/casustafel", str(ROOT)))
    return tmp_path


def analyze(installed: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"SYSTEMD_UNIT_PATH": f"{installed}:"}
    command = [str(SYSTEMD), *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


@pytest.mark.skipif(SYSTEMD is None, reason="no systemd here")
def test_systemd_finds_nothing_wrong_with_the_units(installed: Path) -> None:
    done = analyze(installed, "verify", *map(str, [*installed.glob("*.service"), *installed.glob("*.timer")]))
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.skipif(SYSTEMD is None, reason="no systemd here")
@pytest.mark.parametrize("unit", UNITS, ids=[unit.stem for unit in UNITS])
def test_each_unit_is_hardened(installed: Path, unit: Path) -> None:
    done = analyze(installed, "security", "--offline=true", "--threshold=20", "--no-pager", str(installed / unit.name))
    assert done.returncode == 0, done.stdout[-200:] + done.stderr


def test_every_setting_has_a_line_in_the_docs_and_the_example_names_only_settings() -> None:
    code = "".join((ROOT / "config" / name).read_text() for name in ("settings.py", "server.py"))
    asked = r"(?:env\.\w+|required|secret|_database|environ\.get)\(\s*\"([A-Z][A-Z0-9_]+)\""
    names = set(re.findall(asked, code)) | {*KEYS, "CASUSTAFEL_SEAL_KEY", "PROMETHEUS_MULTIPROC_DIR"}
    docs = (ROOT / "docs" / "installation.md").read_text()
    assert sorted(name for name in names if f"`{name}`" not in docs) == []
    given = set(example())
    assert {name.removesuffix("_FILE") for name in given} <= names


def example() -> dict[str, str]:
    lines = (DEPLOY / "casustafel.env.example").read_text().splitlines()
    return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))


def test_with_the_example_as_it_stands_the_check_is_clean(tmp_path: Path) -> None:
    environment = {"PATH": os.environ["PATH"], "PROMETHEUS_MULTIPROC_DIR": "/run/casustafel-web/counts"} | example()
    for number, name in enumerate((*KEYS, "SECRET_KEY", "METRICS_TOKEN")):
        file = tmp_path / name.lower()
        if name in KEYS:
            file.write_bytes(subprocess.check_output(["base64", "-w0"], input=bytes([number] * 32)))
        else:
            file.write_text("Er-is-niets-zo-willekeurig-als-dit-0123456789-abcdefg" + name)
        file.chmod(0o400)
        environment[f"{name}_FILE"] = str(file)
    done = check(environment)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.skipif(NGINX is None, reason="no nginx here")
def test_nginx_takes_its_configuration_and_logs_no_path(tmp_path: Path) -> None:
    certificate, key = tmp_path / "fullchain.pem", tmp_path / "privkey.pem"
    subject = ["-subj", "/CN=x", "-keyout", str(key), "-out", str(certificate), "-days", "1"]
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", *subject], check=True, capture_output=True
    )
    text = (DEPLOY / "nginx.conf").read_text()
    assert not re.search(r"\$(request|request_uri|uri|args|http_referer)\b", re.findall(r"log_format[^;]*;", text)[0])
    for before, after in (
        ("/etc/ssl/casustafel/fullchain.pem", str(certificate)),
        ("/etc/ssl/casustafel/privkey.pem", str(key)),
        ("/var/log/nginx/", f"{tmp_path}/"),
    ):
        text = text.replace(before, after)
    (tmp_path / "site.conf").write_text(text)
    (tmp_path / "nginx.conf").write_text(
        f"pid {tmp_path}/pid; error_log {tmp_path}/e; events {{}} http {{ include {tmp_path}/site.conf; }}"
    )
    done = subprocess.run(
        [str(NGINX), "-t", "-c", str(tmp_path / "nginx.conf")], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_who_has_children_stops_them_itself() -> None:
    """Told to stop together with its children, a worker waited for ever for a lock that died with one of them."""
    for name in ("web", "worker"):
        lines = (DEPLOY / "systemd" / f"casustafel-{name}.service").read_text().splitlines()
        assert "KillMode=mixed" in lines, name


# --- the commands -------------------------------------------------------------------------------


class Bare(Site):
    """Tables and nobody in them; the servers are those of the units."""

    def python(self, *arguments: str) -> str:
        """The world is not staged: nobody logs in here."""
        return "" if arguments == ("-m", "tests.stage") else super().python(*arguments)

    def start_server(self) -> Any:
        """None of its own."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    run = os.getpid() if worker == "main" else os.getppid()
    made = Bare(tmp_path_factory.mktemp("deploy"), f"{PREFIX}{run}_{worker}_deploy")
    made.environment |= {
        "DATABASE_BACKUP_URL": made.dsns["backup"],
        "SHRED_LIST": str(made.folder / "shred-list"),
        "METRICS_TOKEN": TOKEN,
        "PROMETHEUS_MULTIPROC_DIR": str(made.folder / "counts"),
        "WEB_BIND": f"127.0.0.1:{made.port}",
        "WEB_WORKERS": "3",
    }
    return made


@contextmanager
def started(site: Site, command: list[str], **more: str) -> Iterator[subprocess.Popen[bytes]]:
    with site.log.open("ab") as log:
        process = subprocess.Popen(
            command, cwd=ROOT, env=site.environment | more, stdout=log, stderr=log, start_new_session=True
        )
    try:
        yield process
    finally:
        stop(process)


def stop(process: subprocess.Popen[bytes]) -> None:
    """Stops as the units say (KillMode=mixed): the first process is asked, what is left of its group is killed."""
    process.terminate()
    try:
        process.wait(30)
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait(5)


def until(found: Callable[[], bool], seconds: float = 40) -> None:
    end = time.monotonic() + seconds
    while not found():
        assert time.monotonic() < end, "it takes too long"
        time.sleep(0.1)


def get(site: Site, path: str, **headers: str) -> str:
    request = urllib.request.Request(f"{site.address}{path}", headers=headers)
    with urllib.request.urlopen(request, timeout=60) as answer:
        return str(answer.read().decode())


def test_the_web_server_says_when_it_is_ready_counts_over_all_processes_and_reloads_without_a_gap(site: Site) -> None:
    told = site.folder / "notify"
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listener:
        listener.bind(str(told))
        listener.settimeout(40)
        with started(site, commands("web"), NOTIFY_SOCKET=str(told)) as server:
            while b"READY=1" not in listener.recv(1024):
                pass
            until(lambda: get(site, "/_healthz/readyz/") == "ok")
            for _ in range(40):
                get(site, "/inloggen/")
            assert counts(site) == {40}
            broken, over = [], threading.Event()

            def ask() -> None:
                while not over.is_set():
                    try:
                        assert get(site, "/_healthz/livez/") == "ok"
                    except Exception as error:
                        broken.append(repr(error))

            asking = threading.Thread(target=ask)
            asking.start()
            os.kill(server.pid, signal.SIGHUP)
            time.sleep(6)
            over.set()
            asking.join()
            assert broken == []
            assert counts(site) == {40}, "counts of processes that are gone stay"
    lines = site.log.read_text()
    assert '"view": "account_login"' in lines
    assert "/inloggen/" not in lines


def counts(site: Site) -> set[int]:
    """How many log-in pages each process says there were; asked often enough to meet all of them."""
    found = set()
    for _ in range(12):
        text = get(site, "/_metrics/", Authorization=f"Bearer {TOKEN}")
        told = re.findall(r'^casustafel_requests_total\{.*view="account_login".*\} (\S+)$', text, re.MULTILINE)
        found.add(int(float(told[0])))
    return found


def test_the_worker_does_what_waits(site: Site) -> None:
    waiting = "from tests.running.one_job import {0}; {0}()"
    site.python("-c", waiting.format("make"))
    with started(site, commands("worker")):
        site.python("-c", waiting.format("wait_until_done"))


def test_the_clock_keeps_running_and_its_place_is_a_file(site: Site) -> None:
    place = site.folder / "beat"
    command = [part.replace("/var/lib/casustafel/beat", str(place)) for part in commands("beat")]
    with started(site, command) as beat:
        until(lambda: any(site.folder.glob("beat*")))
        time.sleep(1)
        assert beat.poll() is None


def test_the_backup_is_made(site: Site) -> None:
    data, keys = site.folder / "data", site.folder / "keys"
    names = {"${BACKUP_DATA}": str(data), "${BACKUP_KEYS}": str(keys)}
    command = [names.get(part, part) for part in commands("backup")]
    done = subprocess.run(command, cwd=ROOT, env=site.environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert list(data.glob("*/manifest.json"))
    assert list(keys.glob("epochs.dump"))

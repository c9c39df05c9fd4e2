"""The virus scanner: only the one right answer lets a file in."""

from __future__ import annotations

import os
import shutil
import socket
import struct
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from casework.attaching import FileRefused, scanning, take_in
from tests.attachments.makers import EICAR, GOOD, pdf

CLAMD = shutil.which("clamd") or "/usr/sbin/clamd"


class FakeClamd:
    """Listens like clamd, takes what is sent, and answers what it was told to."""

    def __init__(self, answer: bytes, *, silent: bool = False) -> None:
        self.answer, self.silent = answer, silent
        self.received = b""
        self.asked: list[bytes] = []
        self.door = socket.create_server(("127.0.0.1", 0))
        self.address = f"127.0.0.1:{self.door.getsockname()[1]}"
        self.thread = threading.Thread(target=self._serve, daemon=True)
        self.thread.start()

    def _serve(self) -> None:
        line, _ = self.door.accept()
        with line, line.makefile("rb") as sent:
            self.asked.append(sent.read(10))
            while (size := struct.unpack("!I", sent.read(4))[0]) != 0:
                self.received += sent.read(size)
            if self.silent:
                time.sleep(2)
            line.sendall(self.answer)

    def close(self) -> None:
        self.door.close()
        self.thread.join(timeout=5)


@pytest.fixture
def clamd(settings: Any) -> Iterator[Callable[..., FakeClamd]]:
    running: list[FakeClamd] = []

    def start(answer: bytes, **how: bool) -> FakeClamd:
        fake = FakeClamd(answer, **how)
        settings.CLAMD_ADDRESS = fake.address
        running.append(fake)
        return fake

    yield start
    for fake in running:
        fake.close()


def test_a_clean_file_is_sent_whole_and_taken(clamd: Callable[..., FakeClamd]) -> None:
    fake = clamd(b"stream: OK\0")
    name, content = GOOD["txt"]
    assert take_in(name, content).content == content
    fake.thread.join(timeout=5)
    assert fake.asked == [b"zINSTREAM\0"]
    assert fake.received == content


def test_more_than_one_piece_arrives_whole(clamd: Callable[..., FakeClamd]) -> None:
    fake = clamd(b"stream: OK\0")
    content = os.urandom(200_000)
    scanning.scan(content)
    fake.thread.join(timeout=5)
    assert fake.received == content


ANSWERS: dict[str, tuple[bytes, str]] = {
    "a virus": (b"stream: Eicar-Test-Signature FOUND\0", "bevat een virus"),
    "too large for the scanner": (b"INSTREAM size limit exceeded. ERROR\0", "kan niet op virussen worden gescand"),
    "limits exceeded": (b"stream: Heuristics.Limits.Exceeded.MaxFileSize FOUND\0", "kan niet op virussen"),
    "an error": (b"stream: Can't allocate memory ERROR\0", "kan niet op virussen worden gescand"),
    "another answer": (b"PONG\0", "kan niet op virussen worden gescand"),
    "clean, of something else": (b"/tmp/other: OK\0", "kan niet op virussen worden gescand"),
    "clean, with something before it": (b"x FOUND stream: OK\0", "kan niet op virussen worden gescand"),
    "an answer without its end": (b"stream: OK", "geeft nu geen antwoord"),
    "nothing": (b"", "geeft nu geen antwoord"),
    "no letters": (b"\xff\xfe\0", "kan niet op virussen worden gescand"),
    "endless": (b"stream: OK" * 1000, "geeft nu geen antwoord"),
}


@pytest.mark.parametrize("what", ANSWERS)
def test_every_other_answer_refuses_the_file(what: str, clamd: Callable[..., FakeClamd]) -> None:
    answer, told = ANSWERS[what]
    clamd(answer)
    with pytest.raises(FileRefused, match=told):
        take_in("verslag.pdf", pdf())


def test_a_scanner_that_is_down_refuses(settings: Any) -> None:
    with socket.create_server(("127.0.0.1", 0)) as door:
        free = door.getsockname()[1]
    for address in (f"127.0.0.1:{free}", "127.0.0.1:geen", "zonder-poort"):
        settings.CLAMD_ADDRESS = address
        with pytest.raises(FileRefused, match="geeft nu geen antwoord"):
            take_in("verslag.pdf", pdf())


def test_a_scanner_that_keeps_silent_refuses(clamd: Callable[..., FakeClamd], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scanning, "PATIENCE", 0.3)
    clamd(b"stream: OK\0", silent=True)
    with pytest.raises(FileRefused, match="geeft nu geen antwoord"):
        take_in("verslag.pdf", pdf())


def test_only_off_is_off(settings: Any) -> None:
    for address, off in (("off", True), ("127.0.0.1:3310", False), ("", False), ("OFF", False)):
        settings.CLAMD_ADDRESS = address
        assert scanning.is_off() == off


@pytest.fixture(scope="module")
def real_clamd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Debian's clamd with one signature of our own: that of the EICAR test file."""
    if not os.access(CLAMD, os.X_OK):
        pytest.skip("clamd is not installed (Debian: apt-get install clamav-daemon)")
    home = tmp_path_factory.mktemp("clamd")
    signatures = home / "db"
    signatures.mkdir()
    (signatures / "own.hdb").write_text(f"{_md5(EICAR)}:{len(EICAR)}:Eicar-Proef\n")
    with socket.create_server(("127.0.0.1", 0)) as door:
        port = door.getsockname()[1]
    config = home / "clamd.conf"
    config.write_text(
        f"DatabaseDirectory {signatures}\nTCPSocket {port}\nTCPAddr 127.0.0.1\nForeground yes\n"
        f"AlertExceedsMax yes\nStreamMaxLength 12M\nTemporaryDirectory {home}\n"
    )
    home.chmod(0o777)
    process = subprocess.Popen([CLAMD, "--config-file", str(config)], stdout=subprocess.DEVNULL)
    yield f"127.0.0.1:{port}" if _listens(port) else ""
    process.terminate()
    process.wait(timeout=20)


def _md5(content: bytes) -> str:
    import hashlib

    return hashlib.md5(content, usedforsecurity=False).hexdigest()


def _listens(port: int) -> bool:
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return True
    return False


def test_a_real_clamd_refuses_eicar_and_lets_the_rest_in(real_clamd: str, settings: Any) -> None:
    assert real_clamd, "clamd did not start"
    settings.CLAMD_ADDRESS = real_clamd
    with pytest.raises(FileRefused, match="bevat een virus"):
        take_in("virus.txt", EICAR)
    for name, content in GOOD.values():
        assert take_in(name, content).content


def test_a_real_clamd_that_finds_it_too_large_refuses(real_clamd: str, settings: Any) -> None:
    settings.CLAMD_ADDRESS = real_clamd
    with pytest.raises(FileRefused, match="virus"):
        scanning.scan(bytes(13 * 1024 * 1024))

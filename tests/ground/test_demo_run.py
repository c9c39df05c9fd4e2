"""`make demo` says in one line what is wrong, and `make demo-reset` empties its folder."""

from __future__ import annotations

import fcntl
import signal
import socket
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from config import demo_run


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A demo folder of this test's own; nothing is ever really started, and signals are as before afterwards."""
    monkeypatch.setattr(demo_run, "HOME", tmp_path / ".demo")
    monkeypatch.setattr(demo_run, "_run", lambda port: pytest.fail("nothing may be started here"))
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    yield tmp_path / ".demo"
    for number, handler in before.items():
        signal.signal(number, handler)


def one_line(capsys: pytest.CaptureFixture[str]) -> str:
    """The one line that was told; nothing else was said."""
    said = capsys.readouterr()
    assert said.out == ""
    assert len(said.err.splitlines()) == 1
    return said.err


def test_a_port_in_use_is_told_in_one_line(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        monkeypatch.setenv("PORT", port)
        assert demo_run.main([]) == 1
    assert f"Port {port} is in use. Choose another one" in one_line(capsys)


@pytest.mark.parametrize("port", ["acht", "", "99999", "-1", "0"])
def test_a_port_that_is_none_is_told_in_one_line(
    port: str, home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PORT", port)
    assert demo_run.main([]) == 1
    assert "PORT must be a number from 1 to 65535" in one_line(capsys)


@pytest.mark.parametrize("arguments", [[], ["reset"]])
def test_a_second_start_in_the_same_folder_is_refused_and_touches_nothing(
    arguments: list[str], home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home.mkdir()
    (home / "something").write_text("of the demo that runs")
    with (home / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        assert demo_run.main(arguments) == 1
    assert "The demo is already running in this folder." in one_line(capsys)
    assert (home / "something").exists()


def test_reset_empties_the_folder(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (home / "pg" / "base").mkdir(parents=True)
    (home / "mail").write_text("x")
    assert demo_run.main(["reset"]) == 0
    assert [entry.name for entry in home.iterdir()] == ["lock"]
    assert demo_run.main(["reset"]) == 0, "twice is no harm"
    assert "starts anew" in capsys.readouterr().out


def test_a_failure_and_a_stop_are_one_line_too(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(port: int) -> None:
        raise demo_run.DemoError("The web server stopped by itself.")

    def stop(port: int) -> None:
        raise demo_run.Stop

    monkeypatch.setattr(demo_run, "_check_port", lambda port: None)
    monkeypatch.setattr(demo_run, "_run", fail)
    assert demo_run.main([]) == 1
    assert one_line(capsys) == "The web server stopped by itself.\n"
    monkeypatch.setattr(demo_run, "_run", stop)
    assert demo_run.main([]) == 0
    assert capsys.readouterr().out == "Stopped.\n"


def test_the_keys_of_the_demo_are_made_once_differ_and_are_for_the_owner_only(home: Path) -> None:
    home.mkdir()
    first = {name: Path(file).read_text() for name, file in demo_run._secrets().items()}
    again = {name: Path(file).read_text() for name, file in demo_run._secrets().items()}
    assert first == again
    assert len(set(first.values())) == len(demo_run.KEYS)
    assert all(stat.S_IMODE(Path(file).stat().st_mode) == 0o600 for file in demo_run._secrets().values())


def test_a_key_in_the_environment_does_not_reach_the_demo(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home.mkdir()
    monkeypatch.setenv("CASUSTAFEL_ROOT_KEY", "of production")
    names = ("app", "audit", "owner", "maintenance", "backup", "broker")
    environment = demo_run._environment(8000, dict.fromkeys(names, "postgres://x@127.0.0.1/x"))
    assert "CASUSTAFEL_ROOT_KEY" not in environment
    assert Path(environment["CASUSTAFEL_ROOT_KEY_FILE"]).is_file()

"""Reading versioned TOML files that a municipality may change: every mistake is reported with file, line and reason."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

LINE_OF_ERROR = re.compile(r"\(at line (\d+)")
TABLE = re.compile(r"^\s*(\[\[?)\s*([\w.\-]+)\s*\]\]?\s*(#.*)?$")
KEY = re.compile(r"^\s*([\w\-]+)\s*=")


@dataclass(frozen=True, slots=True)
class Mistake:
    """One mistake, on one line of one file."""

    file: str
    line: int
    reason: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.reason}"


class DataFileError(Exception):
    """One or more mistakes in data files; refused at start-up."""

    def __init__(self, mistakes: Sequence[Mistake]) -> None:
        self.mistakes = tuple(mistakes)
        super().__init__("\n".join(str(mistake) for mistake in mistakes))


def _heading(found: re.Match[str], counts: dict[tuple[str | int, ...], int]) -> list[str | int]:
    """The path of a `[table]` or `[[table]]`; a name below an array stands in its newest element."""
    path: list[str | int] = []
    *above, name = found[2].split(".")
    for part in above:
        path.append(part)
        if tuple(path) in counts:
            path.append(counts[tuple(path)])
    path.append(name)
    if found[1] == "[[":
        key = tuple(path)
        counts[key] = counts.get(key, -1) + 1
        path.append(counts[key])
    return path


def _inline(lines: Sequence[str], number: int, wanted: Sequence[str | int]) -> int:
    """The line of one `{…}` of a list that begins on line `number`, when each has a line of its own."""
    if not wanted or not isinstance(wanted[0], int) or "{" in lines[number - 1]:
        return number
    for offset, line in enumerate(lines[number:], start=number + 1):
        if line.lstrip().startswith("]"):
            break
        if line.lstrip().startswith("{"):
            if wanted[0] == 0:
                return offset
            wanted = [wanted[0] - 1]
    return number


def line_of(text: str, path: Sequence[str | int]) -> int:
    """The line where `path` stands, such as ("questions", 2, "label"); the nearest parent's line when it is absent.

    An index counts the `[[table]]` headings of its name, or the `{…}` lines of a list.
    """
    best, depth, wanted, lines = 1, 0, list(path), text.splitlines()
    table: list[str | int] = []
    counts: dict[tuple[str | int, ...], int] = {}
    for number, line in enumerate(lines, start=1):
        heading = TABLE.match(line)
        if heading:
            table = _heading(heading, counts)
        key = KEY.match(line)
        here = [*table, key[1]] if key else table
        if len(here) > depth and wanted[: len(here)] == here:
            best, depth = number, len(here)
    return _inline(lines, best, wanted[depth:])


class Section:
    """One table of a file, read key by key; what is wrong is noted and reading goes on."""

    def __init__(self, file: DataFile, values: Mapping[str, Any], path: tuple[str | int, ...] = ()) -> None:
        self._file, self._values, self._path = file, values, path
        self._read: set[str] = set()

    def wrong(self, key: str, reason: str) -> None:
        """Notes a mistake at this key."""
        self._file.wrong((*self._path, key), reason)

    def has(self, key: str) -> bool:
        return key in self._values

    def _get(self, key: str, kind: type, default: Any) -> Any:
        self._read.add(key)
        if key not in self._values:
            if default is None:
                self.wrong(key, f"'{key}' ontbreekt")
                return kind()
            return default
        value = self._values[key]
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            self.wrong(key, f"'{key}' moet {KINDS[kind]} zijn")
            return kind()
        return value

    def text(self, key: str, default: str | None = None) -> str:
        """A text that is not empty, unless a default says it may be absent."""
        value = str(self._get(key, str, default))
        if default is None and key in self._values and not value.strip():
            self.wrong(key, f"'{key}' is leeg")
        return value

    def number(self, key: str, *, least: int, default: int | None = None) -> int:
        value = int(self._get(key, int, default))
        if key in self._values and value < least:
            self.wrong(key, f"'{key}' moet ten minste {least} zijn")
        return value

    def flag(self, key: str, default: bool = False) -> bool:
        return bool(self._get(key, bool, default))

    def texts(
        self, key: str, *, among: Iterable[str] | None = None, default: Sequence[str] | None = None
    ) -> tuple[str, ...]:
        """A list of different texts, each one of `among` when that is given."""
        values = list(self._get(key, list, default))
        allowed = None if among is None else set(among)
        for value in values:
            if not isinstance(value, str) or not value.strip():
                self.wrong(key, f"'{key}' mag alleen teksten bevatten")
            elif allowed is not None and value not in allowed:
                self.wrong(key, f"'{value}' in '{key}' is onbekend; kies uit {', '.join(sorted(allowed))}")
        if len(set(map(str, values))) != len(values):
            self.wrong(key, f"'{key}' noemt iets dubbel")
        return tuple(str(value) for value in values)

    def choice(self, key: str, among: Iterable[str], default: str | None = None) -> str:
        value, allowed = self.text(key, default), set(among)
        if key in self._values and value not in allowed:
            self.wrong(key, f"'{value}' is onbekend; kies uit {', '.join(sorted(allowed))}")
        return value

    def section(self, key: str) -> Section:
        """A table below this one; an empty one, noted as missing, when it is absent."""
        return Section(self._file, self._get(key, dict, None), (*self._path, key))

    def sections(self, key: str, *, least: int = 0, unique: str = "code") -> list[Section]:
        """An array of tables whose `unique` key differs."""
        values = self._get(key, list, [] if least == 0 else None)
        if key in self._values and len(values) < least:
            self.wrong(key, f"er moet ten minste {least} keer [[{key}]] staan")
        if not all(isinstance(value, dict) for value in values):
            self.wrong(key, f"'{key}' mag alleen tabellen bevatten")
            return []
        found = [Section(self._file, value, (*self._path, key, index)) for index, value in enumerate(values)]
        seen: set[str] = set()
        for section in found:
            code = str(section._values.get(unique, ""))
            if code and code in seen:
                section.wrong(unique, f"'{code}' komt twee keer voor in [[{key}]]")
            seen.add(code)
        return found

    def close(self) -> None:
        """Notes every key that nobody asked for: most often a typing error."""
        for key in self._values:
            if key not in self._read:
                self.wrong(key, f"'{key}' is onbekend")


KINDS: dict[type, str] = {
    str: "een tekst",
    int: "een getal",
    bool: "true of false",
    list: "een lijst",
    dict: "een tabel",
}


class DataFile:
    """One TOML file with the mistakes found in it."""

    def __init__(self, path: Path) -> None:
        self.name = f"{path.parent.parent.name}/{path.parent.name}/{path.name}"
        self.text = ""
        self.mistakes: list[Mistake] = []
        self.values: dict[str, Any] = {}
        content = path.read_bytes()
        try:
            self.text = content.decode("utf-8-sig")  # some editors put a mark in front
            self.values = tomllib.loads(self.text)
        except UnicodeDecodeError as error:
            line = content[: error.start].count(b"\n") + 1
            self.mistakes.append(Mistake(self.name, line, "dit teken is geen UTF-8; bewaar het bestand als UTF-8"))
        except tomllib.TOMLDecodeError as error:
            found = LINE_OF_ERROR.search(str(error))
            self.mistakes.append(Mistake(self.name, int(found[1]) if found else 1, f"geen geldige TOML: {error}"))

    @property
    def readable(self) -> bool:
        return not self.mistakes

    def wrong(self, path: Sequence[str | int], reason: str) -> None:
        self.mistakes.append(Mistake(self.name, line_of(self.text, path), reason))

    def top(self) -> Section:
        return Section(self, self.values)


def refuse_mistakes(files: Iterable[DataFile]) -> None:
    """Raises DataFileError with all mistakes of all files at once, if there are any."""
    mistakes = [mistake for file in files for mistake in file.mistakes]
    if mistakes:
        raise DataFileError(mistakes)

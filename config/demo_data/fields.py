"""Reads the fields of one TOML table: each is asked for by name and type, and one nobody asked for is a mistake."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar

from config.demo_data.errors import DemoDataError
from config.demo_data.relative import Birth, Moment, birth, moment

Value = TypeVar("Value")


class Fields:
    """One table of a file, remembering what was read and where it stands."""

    def __init__(self, values: Mapping[str, object], where: str) -> None:
        self._values = dict(values)
        self.where = where

    def _take(self, key: str, kind: type, default: object) -> object:
        value = self._values.pop(key, default)
        if value is None:
            raise DemoDataError(f"{self.where}: {key} is missing")
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise DemoDataError(f"{self.where}: {key} should be {kind.__name__}")
        return value

    def has(self, key: str) -> bool:
        """Whether this field stands in the file and was not read yet."""
        return key in self._values

    def text(self, key: str, default: str | None = None) -> str:
        """A text with its line breaks folded into spaces; missing is a mistake unless there is a default."""
        return " ".join(str(self._take(key, str, default)).split())

    def number(self, key: str, default: int | None = None) -> int:
        """A whole number."""
        value = self._take(key, int, default)
        assert isinstance(value, int)
        return value

    def flag(self, key: str, default: bool | None = None) -> bool:
        """Yes or no."""
        return bool(self._take(key, bool, default))

    def texts(self, key: str, default: tuple[str, ...] | None = ()) -> tuple[str, ...]:
        """A list of texts."""
        value = self._take(key, list, None if default is None else list(default))
        assert isinstance(value, list)
        return tuple(str(one) for one in value)

    def anything(self, key: str) -> object:
        """A field of more than one possible type; the caller looks which."""
        return self._take(key, object, None)

    def moment(self, key: str, default: Moment | None = None) -> Moment:
        """A moment such as `-12 09:30`."""
        if default is not None and not self.has(key):
            return default
        return self._located(moment, self.text(key))

    def birth(self, key: str) -> Birth | None:
        """A date of birth, if one is known."""
        return self._located(birth, self.text(key)) if self.has(key) else None

    def _located(self, read: Callable[[str], Value], text: str) -> Value:
        try:
            return read(text)
        except ValueError as mistake:
            raise DemoDataError(f"{self.where}: {mistake}") from mistake

    def tables(self, key: str) -> tuple[Fields, ...]:
        """The sub-tables under this key."""
        value = self._take(key, list, [])
        assert isinstance(value, list)
        return tuple(Fields(one, f"{self.where} {key}[{place}]") for place, one in enumerate(value, start=1))

    def mapping(self, key: str) -> dict[str, object]:
        """A sub-table as it stands."""
        value = self._take(key, dict, {})
        assert isinstance(value, dict)
        return value

    def done(self) -> None:
        """Nothing may be left over: a misspelt field would otherwise be lost in silence."""
        if self._values:
            raise DemoDataError(f"{self.where}: unknown field {', '.join(sorted(self._values))}")


def read_toml(path: Path, root: Path) -> Fields:
    """The top of one file."""
    where = str(path.relative_to(root))
    try:
        return Fields(tomllib.loads(path.read_text(encoding="utf-8")), where)
    except tomllib.TOMLDecodeError as mistake:
        raise DemoDataError(f"{where}: {mistake}") from mistake

"""A zip that is given while it is made: nothing of it is kept but what was not given yet."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator
from datetime import datetime
from hashlib import sha256

from django.utils import timezone


class _Outlet(io.RawIOBase):
    """Where the zip writes to; it can't go back."""

    def __init__(self) -> None:
        self.waiting = bytearray()
        self.hash = sha256()

    def writable(self) -> bool:
        return True

    def write(self, given: bytes) -> int:  # type: ignore[override]  # bytes are all that a zip writes
        self.waiting += given
        return len(given)

    def drained(self) -> bytes:
        """What was written since the last time."""
        given = bytes(self.waiting)
        self.waiting.clear()
        self.hash.update(given)
        return given


class Packing:
    """Files in one zip, each given in pieces. `digest` is the hash of everything that came out so far."""

    def __init__(self, now: datetime) -> None:
        self._out = _Outlet()
        self._when = timezone.localtime(now).timetuple()[:6]

    def pack(self, files: Iterable[tuple[str, Iterable[bytes]]]) -> Iterator[bytes]:
        """The zip, but for the last piece, which is `last()`."""
        self._zip = zipfile.ZipFile(self._out, "w", zipfile.ZIP_DEFLATED)
        for name, pieces in files:
            about = zipfile.ZipInfo(name, self._when)
            about.compress_type = zipfile.ZIP_DEFLATED
            with self._zip.open(about, "w", force_zip64=True) as file:
                for piece in pieces:
                    file.write(piece)
                    if self._out.waiting:
                        yield self._out.drained()
        self._zip.close()

    def last(self) -> tuple[bytes, str]:
        """The end of the zip, without which it does not open, and the hash of all of it."""
        end = self._out.drained()
        return end, self._out.hash.hexdigest()

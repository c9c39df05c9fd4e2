"""How files arrive: in memory, never as plain text on disk, and never more than a bound."""

from __future__ import annotations

import io
from typing import Any

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler

MOST_OF_ONE = 12 * 1024 * 1024
MOST_AT_ONCE = 40 * 1024 * 1024


class Arrived(InMemoryUploadedFile):
    """A file as it arrived; `all_too_much` when it was not kept because all of them together are too much."""

    all_too_much = False


class InMemory(FileUploadHandler):
    """Keeps what is sent up to a bound for one file and for all together.

    Of a file past a bound nothing is kept but its name and size, and the form that asked for it refuses it in its own
    words. Nothing is left out in silence.
    """

    def __init__(self, request: Any = None) -> None:
        super().__init__(request)
        self.left = MOST_AT_ONCE
        self.kept: io.BytesIO | None = None
        self.all_too_much = False

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.kept, self.all_too_much = io.BytesIO(), False

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if self.kept is None:
            return
        self.all_too_much = len(raw_data) > self.left
        if start + len(raw_data) > MOST_OF_ONE or self.all_too_much:
            self.left += self.kept.tell()
            self.kept = None
            return
        self.kept.write(raw_data)
        self.left -= len(raw_data)

    def file_complete(self, file_size: int) -> Arrived:
        file = self.kept or io.BytesIO()
        file.seek(0)
        self.kept = None
        kind, more = self.content_type or "", self.content_type_extra
        arrived = Arrived(file, self.field_name, self.file_name or "", kind, file_size, self.charset, more)
        arrived.all_too_much = self.all_too_much
        return arrived

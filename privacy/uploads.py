"""How files arrive: in memory, never as plain text on disk, and never more than a bound."""

from __future__ import annotations

import io
from typing import Any

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler

MOST_OF_ONE = 12 * 1024 * 1024
MOST_AT_ONCE = 40 * 1024 * 1024


class InMemory(FileUploadHandler):
    """Keeps what is sent up to a bound for one file and for all together.

    Of a file past a bound nothing is kept but how large it was: `size` then says so, and the form that asked for the
    file refuses it in its own words. Nothing is left out in silence.
    """

    def __init__(self, request: Any = None) -> None:
        super().__init__(request)
        self.left = MOST_AT_ONCE
        self.kept: io.BytesIO | None = None

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.kept = io.BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if self.kept is None:
            return
        if start + len(raw_data) > MOST_OF_ONE or len(raw_data) > self.left:
            self.left += self.kept.tell()
            self.kept = None
            return
        self.kept.write(raw_data)
        self.left -= len(raw_data)

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        file = self.kept or io.BytesIO()
        file.seek(0)
        kept, self.kept = self.kept is not None, None
        name = self.file_name or ""
        # Past the bound of all together a small file must not pass for a whole one.
        size = file_size if kept else max(file_size, MOST_OF_ONE + 1)
        return InMemoryUploadedFile(
            file, self.field_name, name, self.content_type or "", size, self.charset, self.content_type_extra
        )

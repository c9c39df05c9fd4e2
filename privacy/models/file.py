"""A file inside a dossier: its name and its own key are sealed fields, its content is chunks under that key."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import models

from privacy.encryption import aead, streams
from privacy.encryption.fields import SealedBytesField, SealedTextField
from privacy.encryption.locked import Locked
from privacy.errors import LockedValue, TamperedValue
from privacy.models.base import SealedModel


class SealedFile(SealedModel):
    """The key of a file is sealed in its row, so that sealing the row anew never has to touch the chunks.

    Content never changes: another content is another row, so there is no older version that could be put back.
    """

    name = SealedTextField()
    file_key = SealedBytesField()
    kind = models.CharField(max_length=10, help_text="code of the kind of file")
    size = models.PositiveIntegerField(help_text="in bytes, as it is downloaded")
    chunk_count = models.PositiveIntegerField()

    class Meta:
        abstract = True
        default_permissions = ()

    def _place(self) -> bytes:
        return aead.place(self.dossier_id, self._meta.db_table, "content", self.pk, 1)

    def seal(self, name: str, kind: str, content: bytes) -> list[bytes]:
        """Takes a name and content, under a key of its own; returns the chunks to store."""
        self.name, self.kind, self.size, self.file_key = name, kind, len(content), aead.new_key()
        chunks = list(streams.seal_stream(self.file_key, content, self._place()))
        self.chunk_count = len(chunks)
        return chunks

    def open(self, chunks: Sequence[bytes]) -> bytes:
        """The content; raises TamperedValue unless every chunk is there as it was sealed."""
        if isinstance(self.file_key, Locked):
            raise LockedValue("a file is opened without its key")
        content = streams.open_stream(self.file_key, chunks, self._place())
        if len(content) != self.size or len(chunks) != self.chunk_count:
            raise TamperedValue("size")
        return content

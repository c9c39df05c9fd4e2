"""The root in a file that only the service account reads. It is in the memory of every process that serves."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.conf import settings

from privacy.encryption import aead


@dataclass(frozen=True)
class FileRoot:
    """A root that this process holds itself."""

    key: bytes = field(repr=False)
    name: str = "file"

    def wrap(self, key: bytes, bound_to: bytes) -> bytes:
        return aead.seal(aead.derive(self.key, "kek"), key, bound_to)

    def unwrap(self, wrapped: bytes, bound_to: bytes) -> bytes:
        return aead.open_sealed(aead.derive(self.key, "kek"), wrapped, bound_to)

    def check(self) -> None:
        """Always well: the settings refuse to start without the key."""


def root() -> FileRoot:
    return FileRoot(settings.CASUSTAFEL_ROOT_KEY)

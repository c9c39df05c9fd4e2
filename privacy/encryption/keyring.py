"""The keys of this moment: filled by `unlock` or by founding, emptied when the request ends."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from uuid import UUID

from privacy.encryption import aead


class Keyring:
    """Data keys per compartment, in memory only. `unwraps` counts every key that was opened with a read entry.

    `emergency` names the dossiers that are read with emergency access alone, and until when that lasts.
    """

    def __init__(self) -> None:
        self._keys: dict[UUID, bytes] = {}
        self._derived: dict[tuple[UUID, str, str], bytes] = {}
        self.unwraps = 0
        self.emergency: dict[UUID, datetime] = {}

    def add(self, compartment_id: UUID, key: bytes) -> None:
        self._keys[compartment_id] = key

    def get(self, compartment_id: UUID) -> bytes | None:
        return self._keys.get(compartment_id)

    def compartments(self) -> list[UUID]:
        """The compartments that were opened, or founded, in this block."""
        return list(self._keys)

    def holds(self, compartment_id: UUID) -> bool:
        return compartment_id in self._keys

    def derived(self, compartment_id: UUID, table: str, column: str) -> bytes | None:
        """The key of one field below a compartment's key, derived once; None without that key."""
        use = (compartment_id, table, column)
        data_key = self._keys.get(compartment_id)
        if data_key is not None and use not in self._derived:
            self._derived[use] = aead.derive(data_key, "field", table, column)
        return self._derived.get(use)

    def adopt(self, other: Keyring) -> None:
        """Takes over the keys that were opened in a keyring of its own, and the count of them."""
        self._keys |= other._keys
        self.unwraps += other.unwraps

    def forget(self) -> None:
        self._keys.clear()
        self._derived.clear()


_current: ContextVar[Keyring | None] = ContextVar("keyring", default=None)


def current() -> Keyring:
    """The keyring of this moment; an empty one, not kept, when nobody is acting."""
    return _current.get() or Keyring()


@contextmanager
def keyring() -> Iterator[Keyring]:
    """A keyring that lives as long as this block; the keys are gone after it, whatever happened."""
    ring = Keyring()
    token = _current.set(ring)
    try:
        yield ring
    finally:
        ring.forget()
        _current.reset(token)

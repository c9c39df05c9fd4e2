"""The tree of keys: root (outside the database) → KEK epochs → one data key per compartment."""

from __future__ import annotations

import hashlib
import hmac
from functools import lru_cache
from uuid import UUID

from django.conf import settings

from privacy.encryption import aead
from privacy.encryption.providers import RootKey, root
from privacy.models.keys import KeyEncryptionKey
from privacy.models.upkeep import IndexKey

DIGEST_BYTES = 16


def place_of_epoch(number: int) -> bytes:
    """What the wrapping of an epoch is bound to."""
    return aead.place("kek", number)


def place_of_index(number: int) -> bytes:
    """What the wrapping of an index key is bound to."""
    return aead.place("index", number)


@lru_cache(maxsize=64)
def _open_epoch(keeper: RootKey, epoch: int, wrapped: bytes) -> bytes:
    return keeper.unwrap(wrapped, place_of_epoch(epoch))


def open_epoch(row: KeyEncryptionKey) -> bytes:
    """The key of an epoch. Only this package may."""
    return _open_epoch(root(), row.epoch, bytes(row.wrapped))


def new_epoch(number: int) -> KeyEncryptionKey:
    """A fresh key encryption key under the root, not saved yet."""
    return KeyEncryptionKey(epoch=number, wrapped=root().wrap(aead.new_key(), place_of_epoch(number)))


def _first_epoch() -> KeyEncryptionKey:
    # Two processes may get here at once; the primary key lets one of them win.
    KeyEncryptionKey.objects.bulk_create([new_epoch(1)], ignore_conflicts=True)
    return KeyEncryptionKey.objects.get(epoch=1)


def newest_epoch() -> KeyEncryptionKey:
    """The epoch under which new data keys are wrapped; makes the first when there is none."""
    return KeyEncryptionKey.objects.order_by("-epoch").first() or _first_epoch()


def wrap(data_key: bytes, *, dossier_id: UUID, compartment_id: UUID, epoch: KeyEncryptionKey) -> bytes:
    """A data key as it is stored, bound to its dossier, compartment and epoch."""
    return aead.seal(open_epoch(epoch), data_key, aead.place("dek", dossier_id, compartment_id, epoch.epoch))


def unwrap(wrapped: bytes, *, dossier_id: UUID, compartment_id: UUID, epoch: KeyEncryptionKey) -> bytes:
    """The data key; raises TamperedValue when it was moved or changed. Only `privacy.unlock` and upkeep may."""
    return aead.open_sealed(open_epoch(epoch), wrapped, aead.place("dek", dossier_id, compartment_id, epoch.epoch))


def link(key: bytes, digest: bytes) -> bytes:
    """The digest under the next key of the chain: made from the digest alone, so that nothing is opened for it."""
    return hmac.new(aead.derive(key, "index link"), digest, hashlib.sha256).digest()[:DIGEST_BYTES]


@lru_cache(maxsize=16)
def _open_index(keeper: RootKey, epoch: int, wrapped: bytes) -> bytes:
    return keeper.unwrap(wrapped, place_of_index(epoch))


def new_index_key(number: int) -> IndexKey:
    """A fresh link of the chain under the root, not saved yet."""
    return IndexKey(epoch=number, wrapped=root().wrap(aead.new_key(), place_of_index(number)))


def open_index(row: IndexKey) -> bytes:
    """The key of one link."""
    return _open_index(root(), row.epoch, bytes(row.wrapped))


def blind(scope: object, kind: str, value: str) -> bytes:
    """A keyed digest to find equal values within one scope; 128 bits, from the separate index root and its chain."""
    key = aead.derive(settings.CASUSTAFEL_INDEX_KEY, "index", str(scope), kind)
    digest = hmac.new(key, value.encode(), hashlib.sha256).digest()[:DIGEST_BYTES]
    for row in IndexKey.objects.raw("SELECT * FROM privacy_index_chain()"):
        digest = link(open_index(row), digest)
    return digest

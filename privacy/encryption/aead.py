"""AES-256-GCM for one value in one place, and the keys below a data key.

The associated data binds a ciphertext to its dossier, table, column, row and row version (length-prefixed, so no two
places share a spelling): a value that is moved, swapped or replayed fails to open. Short values are padded to steps of
32 bytes so that a length tells little.
"""

from __future__ import annotations

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from privacy.errors import TamperedValue

KEY_BYTES = 32
NONCE_BYTES = 12
PAD_STEP = 32
FORMAT = b"\x01"


def new_key() -> bytes:
    """A fresh 256 bit key."""
    return AESGCM.generate_key(bit_length=256)


def place(*parts: object) -> bytes:
    """Associated data: every part with its length before it."""
    spelled = [str(part).encode() for part in parts]
    return b"".join(len(part).to_bytes(4, "big") + part for part in spelled)


def derive(key: bytes, *info: str) -> bytes:
    """A key for one use below `key` (HKDF-SHA256)."""
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=place(*info)).derive(key)


def _pad(data: bytes) -> bytes:
    return data + b"\x80" + b"\x00" * (-(len(data) + 1) % PAD_STEP)


def _unpad(data: bytes) -> bytes:
    head, mark, tail = data.rpartition(b"\x80")
    if not mark or tail.strip(b"\x00"):
        raise TamperedValue("padding")
    return head


def seal(key: bytes, plain: bytes, bound_to: bytes) -> bytes:
    """Encrypts `plain` for the place `bound_to`: format byte, nonce, ciphertext with tag."""
    nonce = os.urandom(NONCE_BYTES)
    return FORMAT + nonce + AESGCM(key).encrypt(nonce, _pad(plain), FORMAT + bound_to)


def open_sealed(key: bytes, sealed: bytes, bound_to: bytes) -> bytes:
    """The plain bytes; raises TamperedValue for an unknown format, a changed value or another place."""
    if sealed[:1] != FORMAT or len(sealed) < 1 + NONCE_BYTES + 16:
        raise TamperedValue("format")
    nonce, body = sealed[1 : 1 + NONCE_BYTES], sealed[1 + NONCE_BYTES :]
    try:
        return _unpad(AESGCM(key).decrypt(nonce, body, FORMAT + bound_to))
    except InvalidTag as error:
        raise TamperedValue("tag") from error

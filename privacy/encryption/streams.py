"""AES-256-GCM for a whole file, in chunks that only open together, in order, and all of them.

The construction is STREAM (Hoang, Reyhanitabar, Rogaway and Vizár, 2015): a chunk's nonce is a random prefix of the
file, the chunk's number and a flag that only the last chunk carries. A chunk that is dropped, doubled, reordered, taken
from another file or missing at the end therefore does not open, and neither does a file cut off exactly between two
chunks. The associated data binds each chunk to its place, as for fields, and to its number.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from privacy.errors import TamperedValue

CHUNK = 64 * 1024
FORMAT = b"\x02"
PREFIX_BYTES = 7
HEAD_BYTES = len(FORMAT) + PREFIX_BYTES
TAG_BYTES = 16


def _nonce(prefix: bytes, number: int, last: bool) -> bytes:
    return prefix + number.to_bytes(4, "big") + (b"\x01" if last else b"\x00")


def _place(bound_to: bytes, number: int) -> bytes:
    return FORMAT + number.to_bytes(4, "big") + bound_to


def seal_stream(key: bytes, plain: bytes, bound_to: bytes, *, prefix: bytes | None = None) -> Iterator[bytes]:
    """The chunks of a file as they are stored: format byte, prefix, ciphertext with tag. An empty file is one chunk.

    `key` is used for one file only. `prefix` is given by the tests of known answers and by nobody else.
    """
    prefix = os.urandom(PREFIX_BYTES) if prefix is None else prefix
    count = max(1, -(-len(plain) // CHUNK))
    cipher = AESGCM(key)
    for number in range(count):
        part = plain[number * CHUNK : (number + 1) * CHUNK]
        nonce = _nonce(prefix, number, number == count - 1)
        yield FORMAT + prefix + cipher.encrypt(nonce, part, _place(bound_to, number))


def open_stream(key: bytes, chunks: Sequence[bytes], bound_to: bytes) -> bytes:
    """The whole file, once every chunk was verified; raises TamperedValue when anything is not as it was sealed."""
    if not chunks:
        raise TamperedValue("no last chunk")
    prefix = chunks[0][len(FORMAT) : HEAD_BYTES]
    cipher, opened = AESGCM(key), []
    for number, chunk in enumerate(chunks):
        if chunk[:HEAD_BYTES] != FORMAT + prefix or len(chunk) < HEAD_BYTES + TAG_BYTES:
            raise TamperedValue("chunk format")
        nonce = _nonce(prefix, number, number == len(chunks) - 1)
        try:
            opened.append(cipher.decrypt(nonce, chunk[HEAD_BYTES:], _place(bound_to, number)))
        except InvalidTag as error:
            raise TamperedValue("chunk tag") from error
    return b"".join(opened)

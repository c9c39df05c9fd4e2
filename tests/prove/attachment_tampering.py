"""What can be done to the chunks of a file: each attempt must be refused. First every border, then chance."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random
from uuid import uuid4

from casework.models import Attachment
from privacy.encryption.streams import CHUNK

Attempt = tuple[str, Callable[[], object]]
# Empty, one byte, just under, exactly and just over one chunk; exactly and just over more.
SIZES = (0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 3 * CHUNK, 3 * CHUNK + 1, 5 * CHUNK)


@dataclass(frozen=True)
class Stored:
    """A file as it lies in the database."""

    file: Attachment
    chunks: list[bytes]

    def opened_with(self, chunks: list[bytes]) -> Callable[[], object]:
        return lambda: self.file.open(chunks)


def store(size: int) -> Stored:
    file = Attachment(id=uuid4(), dossier_id=uuid4(), compartment_id=uuid4())
    return Stored(file, file.seal("proef.txt", "txt", os.urandom(size)))


def _elsewhere(stored: Stored, **changed: object) -> Callable[[], object]:
    """The same chunks under the same key, in the place of another row."""
    file, names = stored.file, ("id", "dossier_id", "compartment_id", "name", "kind", "size", "chunk_count", "file_key")
    other = Attachment(**({name: getattr(file, name) for name in names} | changed))
    return lambda: other.open(stored.chunks)


def borders(stored: Stored, others: list[Stored]) -> Iterator[Attempt]:
    """Every border of every chunk: cut off, dropped, doubled, swapped, put in from another file, and behind the end."""
    chunks, count = stored.chunks, len(stored.chunks)
    for at in range(count):
        yield f"cut off before chunk {at} of {count}", stored.opened_with(chunks[:at])
        yield f"chunk {at} of {count} dropped", stored.opened_with(chunks[:at] + chunks[at + 1 :])
        yield f"chunk {at} of {count} doubled", stored.opened_with(chunks[: at + 1] + chunks[at:])
        for other in range(at):
            swapped = list(chunks)
            swapped[at], swapped[other] = swapped[other], swapped[at]
            yield f"chunks {other} and {at} swapped", stored.opened_with(swapped)
        for thief in others:
            taken = thief.chunks[min(at, len(thief.chunks) - 1)]
            yield f"chunk {at} of another file", stored.opened_with([*chunks[:at], taken, *chunks[at + 1 :]])
    for behind in (b"", chunks[-1], others[0].chunks[-1]):
        yield "something behind the last chunk", stored.opened_with([*chunks, behind])
    yield "all of another file", stored.opened_with(others[0].chunks)
    yield "in another row", _elsewhere(stored, id=uuid4())
    yield "in another dossier", _elsewhere(stored, dossier_id=uuid4())
    yield "with the key of another file", _elsewhere(stored, file_key=others[0].file.file_key)


def by_chance(stored: Stored, chance: Random) -> Iterator[Attempt]:
    """A bit, a length, an order."""
    at = chance.randrange(len(stored.chunks))
    flipped = bytearray(stored.chunks[at])
    where = chance.randrange(len(flipped))
    flipped[where] ^= 1 << chance.randrange(8)
    yield (
        f"bit at {where} of chunk {at}",
        stored.opened_with([*stored.chunks[:at], bytes(flipped), *stored.chunks[at + 1 :]]),
    )
    cut = chance.randrange(len(stored.chunks[at]))
    yield (
        f"chunk {at} cut at {cut}",
        stored.opened_with([*stored.chunks[:at], stored.chunks[at][:cut], *stored.chunks[at + 1 :]]),
    )
    mixed = chance.choices(stored.chunks, k=len(stored.chunks))
    if mixed != stored.chunks:
        yield "chunks in any order", stored.opened_with(mixed)


def attempts(chance: Random) -> Iterator[Attempt]:
    """Attempts without end; call each: it must raise TamperedValue. All borders come first."""
    files = [store(size) for size in SIZES]
    for file in files:
        yield from borders(file, [other for other in files if other is not file])
    while True:
        yield from by_chance(chance.choice(files), chance)

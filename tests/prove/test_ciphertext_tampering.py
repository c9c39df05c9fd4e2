"""What was moved, put back, cut or changed anywhere never opens. Each generator knows one kind of ciphertext.

A generator yields what it tried and whether that was refused, for ever; all take turns. Add one to `GENERATORS` for a
new kind of ciphertext.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from itertools import cycle
from typing import Any
from uuid import uuid4

import pytest

from casework.models import CaseFace, Contribution, SignalItem, SignalPlace, SignalSource
from privacy.encryption import aead, keys
from privacy.encryption.fields import SealedField, SealedTextField
from privacy.encryption.keyring import current, keyring
from privacy.encryption.providers.file import FileRoot
from privacy.errors import TamperedValue
from privacy.models import KeyEncryptionKey, SealedModel
from tests.proofs import Proof
from tests.prove import attachment_tampering

Attempts = Iterator[tuple[str, bool]]
MODELS: tuple[type[SealedModel], ...] = (SignalPlace, SignalItem, SignalSource, CaseFace, Contribution)


def refused(open_it: Callable[..., object], *place: Any, **more: Any) -> bool:
    """Whether opening raised as it should; a value that comes out is a failure, and so is any other error."""
    try:
        open_it(*place, **more)
    except TamperedValue:
        return True
    return False


def changed(sealed: bytes, chance: random.Random) -> Iterator[tuple[str, bytes]]:
    """A ciphertext with one thing wrong: at each part of it, shorter, longer, another format."""
    parts = {"format": (0, 1), "nonce": (1, 13), "body": (13, len(sealed) - 16), "tag": (len(sealed) - 16, len(sealed))}
    for name, (start, end) in parts.items():
        flipped = bytearray(sealed)
        flipped[chance.randrange(start, end)] ^= 1 << chance.randrange(8)
        yield f"flipped in {name}", bytes(flipped)
    cut = chance.randrange(len(sealed))
    yield "cut at the end", sealed[:cut]
    yield "cut at the front", sealed[len(sealed) - cut :] if cut else b""
    yield "lengthened", sealed + bytes([chance.randrange(256)])
    yield "with a byte in front", bytes([chance.randrange(256)]) + sealed
    yield "another format", bytes([chance.choice((0, 2, 3, 255))]) + sealed[1:]
    yield "nothing", b""


def text_fields(model: type[SealedModel]) -> list[SealedField]:
    return [field for field in model._meta.concrete_fields if isinstance(field, SealedTextField)]


def a_row(model: type[SealedModel], **place: Any) -> SealedModel:
    """A row in a compartment with a key of its own, in memory only."""
    row = model(id=uuid4(), dossier_id=uuid4(), compartment_id=uuid4(), version=1)
    for name, value in place.items():
        setattr(row, name, value)
    if not current().holds(row.compartment_id):
        current().add(row.compartment_id, aead.new_key())
    return row


def field_values(chance: random.Random) -> Attempts:
    """Values of sealed fields, opened by the fields themselves."""
    with keyring():
        while True:
            model = chance.choice(MODELS)
            field = chance.choice(text_fields(model))
            row = a_row(model)
            setattr(row, field.attname, "x" * chance.randrange(200))
            sealed = field.pre_save(row, add=True)
            assert field.open_for(row, sealed) == getattr(row, field.attname)
            yield from moved(row, field, sealed, chance)
            for what, wrong in changed(sealed, chance):
                yield f"{field}: {what}", refused(field.open_for, row, wrong)
            current().forget()


def moved(row: SealedModel, field: SealedField, sealed: bytes, chance: random.Random) -> Attempts:
    """The same value in every place but its own."""
    model, here = type(row), {"dossier_id": row.dossier_id, "compartment_id": row.compartment_id}
    wrong = {
        "to another row": a_row(model, **here),
        "to another dossier": a_row(model, id=row.id, compartment_id=row.compartment_id),
        "to another compartment": a_row(model, id=row.id, dossier_id=row.dossier_id),
        "put back after a change": a_row(model, id=row.id, **here, version=2 + chance.randrange(9)),
    }
    for what, target in wrong.items():
        yield f"{field} {what}", refused(field.open_for, target, sealed)
    for other in text_fields(model):
        if other is not field:
            yield f"{field} to {other}", refused(other.open_for, row, sealed)
    elsewhere = chance.choice([one for one in MODELS if one is not model])
    target = a_row(elsewhere, id=row.id, **here)
    column = chance.choice(text_fields(elsewhere))
    yield f"{field} to {column}", refused(column.open_for, target, sealed)


def data_keys(chance: random.Random) -> Attempts:
    """Wrapped keys of compartments: of another compartment, dossier or epoch, or changed."""
    epochs = [keys.new_epoch(number) for number in (1, 2, 3)]
    while True:
        dossier, compartment, epoch = uuid4(), uuid4(), chance.choice(epochs)
        place: dict[str, Any] = {"dossier_id": dossier, "compartment_id": compartment, "epoch": epoch}
        wrapped = keys.wrap(aead.new_key(), **place)
        others: list[dict[str, Any]] = [
            {"compartment_id": uuid4()},
            {"dossier_id": uuid4()},
            {"dossier_id": compartment, "compartment_id": dossier},
            {"epoch": chance.choice([other for other in epochs if other is not epoch])},
            {"epoch": KeyEncryptionKey(epoch=epoch.epoch + 10, wrapped=epoch.wrapped)},
        ]
        for other in others:
            yield f"data key in {other}", refused(keys.unwrap, wrapped, **place | other)
        for what, wrong in changed(wrapped, chance):
            yield f"data key {what}", refused(keys.unwrap, wrong, **place)


def epochs(chance: random.Random) -> Attempts:
    """Wrapped key encryption keys: of another epoch or root, used as index key, or changed."""
    while True:
        root, number = FileRoot(chance.randbytes(32)), chance.randrange(1, 99)
        here = aead.place("kek", number)
        wrapped = root.wrap(aead.new_key(), here)
        for place in (aead.place("kek", number + 1), aead.place("index", number), aead.place("kek"), b""):
            yield f"epoch at {place!r}", refused(root.unwrap, wrapped, place)
        yield "epoch under another root", refused(FileRoot(chance.randbytes(32)).unwrap, wrapped, here)
        for what, wrong in changed(wrapped, chance):
            yield f"epoch {what}", refused(root.unwrap, wrong, here)


def files(chance: random.Random) -> Attempts:
    """Chunks of attachments: every border first, then chance."""
    for what, call in attachment_tampering.attempts(chance):
        yield f"file {what}", refused(call)


GENERATORS: list[Callable[[random.Random], Attempts]] = [field_values, data_keys, epochs, files]


@pytest.mark.proof("ciphertext_tampering", full=30_000, sample=1_500)
def test_nothing_that_was_tampered_with_opens(proof: Proof) -> None:
    chance = random.Random(20261126)
    running = [generator(chance) for generator in GENERATORS]
    for attempts in cycle(running):
        what, held = next(attempts)
        proof.attempt(held, what)
        if proof.tried >= proof.size:
            break
    for attempts in reversed(running):
        attempts.close()


@pytest.mark.proof("nonces", full=1_000_000, sample=20_000)
def test_no_nonce_comes_twice(proof: Proof) -> None:
    """Real seals under a few keys; the nonces are read off the ciphertexts."""
    some, place, seen = [aead.new_key() for _ in range(16)], aead.place("n"), set[bytes]()
    for number in range(proof.size):
        nonce = aead.seal(some[number % 16], b"", place)[1 : 1 + aead.NONCE_BYTES]
        proof.attempt(nonce not in seen, nonce.hex())
        seen.add(nonce)

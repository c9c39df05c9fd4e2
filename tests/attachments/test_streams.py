"""A sealed file opens whole, in its own place and in its own order, or not at all."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from privacy.encryption import aead
from privacy.encryption.streams import CHUNK, HEAD_BYTES, TAG_BYTES, open_stream, seal_stream
from privacy.errors import TamperedValue

KEY, PREFIX = bytes(range(32)), bytes(range(7))
PLACE = aead.place("dossier", "table", "content", "row", 1)
SIZES = (0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK, 3 * CHUNK + 1)
# Digests of all stored chunks of a file of this size under KEY, PREFIX and PLACE: what is kept today opens tomorrow.
KNOWN = {
    0: "bd44901fa50a48c55c0891d139110a0919ebab02b12bb80a7d1e322664a523e2",
    5: "fb20f77b0768d7fb9ef04cc04b91eb4d2308081ae7663bd30a707ffef351e504",
    CHUNK: "71624e3a77c69e37aa2d0d8a2b5ae0da90585c35ce89d5e028deb308a5f4b152",
    CHUNK + 1: "a4f4d1ed18f534b19590d80ba7b55ce6fb56f3589b6bdd10b28965ec1b2d5dc9",
}


def content(size: int) -> bytes:
    """The same bytes each time, and no two chunks alike."""
    block = b"".join(hashlib.sha256(number.to_bytes(4, "big")).digest() for number in range(size // 32 + 1))
    return block[:size]


def sealed(size: int, key: bytes = KEY, place: bytes = PLACE) -> list[bytes]:
    return list(seal_stream(key, content(size), place))


def refused(chunks: list[bytes], key: bytes = KEY, place: bytes = PLACE) -> None:
    with pytest.raises(TamperedValue):
        open_stream(key, chunks, place)


@pytest.mark.parametrize("size", KNOWN)
def test_known_answers_are_what_they_were(size: int) -> None:
    chunks = list(seal_stream(KEY, content(size), PLACE, prefix=PREFIX))
    assert hashlib.sha256(b"".join(chunks)).hexdigest() == KNOWN[size]
    assert open_stream(KEY, chunks, PLACE) == content(size)


@pytest.mark.parametrize("size", SIZES)
def test_a_file_comes_back_as_it_went_in_with_as_many_chunks_as_it_needs(size: int) -> None:
    chunks = sealed(size)
    assert len(chunks) == max(1, -(-size // CHUNK))
    assert open_stream(KEY, chunks, PLACE) == content(size)
    assert sum(map(len, chunks)) == size + len(chunks) * (HEAD_BYTES + TAG_BYTES)


@given(st.binary(max_size=300), st.binary(min_size=1, max_size=40))
def test_any_bytes_in_any_place_come_back(plain: bytes, where: bytes) -> None:
    key = aead.new_key()
    chunks = list(seal_stream(key, plain, where))
    assert open_stream(key, chunks, where) == plain
    refused(chunks, key, where + b"x")
    refused(chunks, aead.new_key(), where)


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 5), st.integers(0, CHUNK), st.data())
def test_any_other_order_choice_or_number_of_chunks_is_refused(full: int, more: int, data: st.DataObject) -> None:
    chunks = sealed(full * CHUNK + more)
    picked = data.draw(st.lists(st.sampled_from(chunks), max_size=len(chunks) + 2))
    if picked != chunks:
        refused(picked)


@pytest.mark.parametrize("size", SIZES)
def test_cut_off_at_every_border_of_a_chunk(size: int) -> None:
    chunks = sealed(size)
    for border in range(len(chunks)):
        refused(chunks[:border])


@pytest.mark.parametrize("size", SIZES)
def test_cut_off_inside_every_chunk(size: int) -> None:
    chunks = sealed(size)
    for number, chunk in enumerate(chunks):
        for cut in {0, 1, HEAD_BYTES, HEAD_BYTES + 1, len(chunk) // 2, len(chunk) - TAG_BYTES, len(chunk) - 1}:
            refused([*chunks[:number], chunk[:cut]])
            refused([*chunks[:number], chunk[:cut], *chunks[number + 1 :]])


def test_a_first_chunk_of_another_file_under_the_same_key_does_not_pass() -> None:
    one, other = sealed(2 * CHUNK), sealed(2 * CHUNK)
    refused([other[0], one[1]])
    refused([one[0], other[1]])


CHANGES: dict[str, Callable[[list[bytes]], list[bytes]]] = {
    "dropped": lambda c: [c[0], *c[2:]],
    "first dropped": lambda c: c[1:],
    "doubled": lambda c: [c[0], c[0], *c[1:]],
    "last doubled": lambda c: [*c, c[-1]],
    "swapped": lambda c: [c[1], c[0], *c[2:]],
    "an empty chunk behind": lambda c: [*c, b""],
    "bytes behind": lambda c: [*c[:-1], c[-1] + b"\0"],
    "a chunk of another file": lambda c: [c[0], sealed(3 * CHUNK)[1], *c[2:]],
    "another format": lambda c: [b"\x01" + c[0][1:], *c[1:]],
    "nothing": lambda c: [],
    "an empty file in its place": lambda c: list(seal_stream(aead.new_key(), b"", PLACE)),
}


@pytest.mark.parametrize("what", CHANGES)
def test_every_change_of_the_row_of_chunks_is_refused(what: str) -> None:
    refused(CHANGES[what](sealed(3 * CHUNK)))


def test_two_seals_of_the_same_file_have_nothing_in_common() -> None:
    assert not set(sealed(2 * CHUNK)) & set(sealed(2 * CHUNK))

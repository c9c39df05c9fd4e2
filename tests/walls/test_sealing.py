"""Wall 3: a sealed value opens in its own place only."""

from __future__ import annotations

import os
import random
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.models import SignalItem, SignalPlace
from privacy.encryption import aead
from privacy.encryption.fields import Ciphertext
from privacy.errors import TamperedValue
from privacy.unlock import unlock
from tests.world import Cast, a_signal, as_, item

KNOWN = (
    "0158e0d3efde1b87e91bd031762060a10374f70adfed22db0d26023bcae1f7cc"
    "bf0c0304287b97840787c24cbda372ec3316719f16d312b07c01f0e8f6"
)


@given(st.text())
def test_any_text_comes_back_as_it_went_in(text: str) -> None:
    key, place = aead.new_key(), aead.place("d", "t", "c", uuid4(), 1)
    assert aead.open_sealed(key, aead.seal(key, text.encode(), place), place).decode() == text


def test_a_known_answer_still_opens() -> None:
    key = bytes(range(32))
    place = aead.place("dossier", "table", "column", "row", 7)
    sealed = bytes.fromhex(KNOWN)
    assert aead.open_sealed(key, sealed, place) == "Proef met ë en €".encode()


def test_every_change_of_place_byte_or_length_is_refused() -> None:
    chance = random.Random(20261123)
    key = aead.new_key()
    places = [aead.place(*(uuid4() for _ in range(3)), number, 1) for number in range(40)]
    values = [aead.seal(key, os.urandom(20), place) for place in places]
    attempts = 0
    for _ in range(4000):
        source, target = chance.sample(range(40), 2)
        attempts += _refused(key, values[source], places[target])
        flipped = bytearray(values[source])
        flipped[chance.randrange(len(flipped))] ^= 1 << chance.randrange(8)
        attempts += _refused(key, bytes(flipped), places[source])
        attempts += _refused(key, values[source][: chance.randrange(len(values[source]))], places[source])
    assert attempts == 12000


def _refused(key: bytes, sealed: bytes, place: bytes) -> int:
    with pytest.raises(TamperedValue):
        aead.open_sealed(key, sealed, place)
    return 1


def test_lengths_come_in_steps_so_that_a_name_tells_little() -> None:
    key, place = aead.new_key(), aead.place("x")
    lengths = {len(aead.seal(key, b"x" * size, place)) for size in range(31)}
    assert len(lengths) == 1


def test_nonces_do_not_repeat() -> None:
    key, place = aead.new_key(), aead.place("x")
    nonces = {aead.seal(key, b"", place)[1:13] for _ in range(20_000)}
    assert len(nonces) == 20_000


def test_places_with_the_same_letters_are_different_places() -> None:
    assert aead.place("ab", "c") != aead.place("a", "bc")


def test_a_value_moved_to_another_row_column_or_dossier_is_refused_by_the_model(cast: Cast) -> None:
    one, other = a_signal(cast.pieter, cast.overlast), a_signal(cast.pieter, cast.overlast)
    with as_(cast.pieter) as (by, _):
        unlock([one.dossier_id, other.dossier_id], by=by)
        mine, theirs = SignalPlace.objects.get(signal=one), SignalPlace.objects.get(signal=other)
        theirs.__dict__["street"] = Ciphertext(mine.__dict__["street"])
        with pytest.raises(TamperedValue):
            _ = theirs.street
        mine.__dict__["city"] = Ciphertext(mine.__dict__["street"])
        with pytest.raises(TamperedValue):
            _ = mine.city


def test_a_value_moved_to_another_row_of_the_same_part_is_refused_by_the_model(cast: Cast) -> None:
    signal = a_signal(cast.pieter, cast.overlast, item("een"), item("twee"))
    with as_(cast.pieter) as (by, _):
        unlock([signal.dossier_id], by=by)
        one, other = SignalItem.objects.filter(signal=signal)
        assert one.compartment_id == other.compartment_id
        other.__dict__["text"] = Ciphertext(one.__dict__["text"])
        with pytest.raises(TamperedValue):
            _ = other.text


def test_an_older_version_of_a_row_cannot_be_put_back(cast: Cast) -> None:
    signal = a_signal(cast.pieter, cast.overlast)
    with as_(cast.pieter) as (by, _):
        unlock([signal.dossier_id], by=by)
        place = SignalPlace.objects.get(signal=signal)
        old = Ciphertext(place.__dict__["street"])
        place.street = "Beukenhof"
        place.save()
        fresh = SignalPlace.objects.get(signal=signal)
        assert (fresh.version, fresh.street, fresh.city) == (2, "Beukenhof", "Proefstad")
        fresh.__dict__["street"] = old
        with pytest.raises(TamperedValue):
            _ = fresh.street


def test_a_sealed_field_cannot_be_filtered_or_updated_past_its_seal(cast: Cast) -> None:
    signal = a_signal(cast.pieter, cast.overlast, item("x"))
    with as_(cast.pieter):
        with pytest.raises(TypeError, match="sealed"):
            SignalItem.objects.filter(signal=signal).update(text="y")
        with pytest.raises(TypeError, match="sealed"):
            SignalItem.objects.filter(text="x").count()

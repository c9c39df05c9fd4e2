"""Wall 1 alone (row level security off), and wall 3 when both are off."""

from __future__ import annotations

import pytest

from casework.models import CaseFace, Signal, SignalItem, SignalPlace
from privacy import access
from privacy.encryption.locked import Locked
from privacy.errors import LockedValue, NotKnown
from privacy.unlock import unlock
from tests.walls.helpers import dossier_models, row_level_security_off
from tests.world import Cast, a_case, a_signal, as_, canary, confidential, contributed, invited, item


def test_with_row_level_security_off_the_gate_alone_gives_no_foreign_row(cast: Cast) -> None:
    with row_level_security_off():
        signal = a_signal(cast.wilma, cast.overlast, item(), confidential("geheim"))
        case = a_case(cast.rosa, signal)
        invited(case, cast.rosa, cast.wilma)
        contributed(case, cast.wilma, "inbreng")
        for outsider in (cast.pieter, cast.victor, cast.beheer, cast.fatima, cast.otto):
            with as_(outsider) as (by, _):
                assert Signal.objects.filter(pk=signal.pk).exists(), "row level security is on: nothing is tested"
                for model in dossier_models():
                    assert access.visible(model, by=by).count() == 0, (outsider.name, model)
                with pytest.raises(NotKnown):
                    access.open_one(Signal, signal.pk, by=by)


def test_with_both_walls_off_fields_stay_locked(cast: Cast) -> None:
    with row_level_security_off():
        a_case(cast.rosa, a_signal(cast.wilma, cast.overlast))
        with as_(cast.pieter):
            for field in (
                SignalPlace.objects.get().street,
                SignalItem.objects.get().text,
                CaseFace.objects.get().short_name,
            ):
                assert isinstance(field, Locked)
                assert not field
                with pytest.raises(LockedValue):
                    f"{field}"


def test_a_locked_value_renders_as_nothing_where_it_does_not_raise(cast: Cast, settings) -> None:
    settings.CASUSTAFEL_LOCKED_RAISES = False
    a_signal(cast.wilma, cast.overlast)
    with as_(cast.wilma):
        assert f"[{SignalPlace.objects.get().street}]" == "[]"


def test_nothing_opens_without_an_entry_and_the_entry_names_each_key_that_was_opened(cast: Cast, log) -> None:
    signal = a_signal(cast.wilma, cast.overlast)
    with as_(cast.rosa) as (by, ring):
        opened = access.open_one(Signal, signal.pk, by=by)
        assert opened.place.street == "Lindelaan"
        entries = log.looks(event="read", actor_id=by.user_id)
        assert sum(len(entry.compartments) for entry in entries) == ring.unwraps == 4
        unlock([signal.dossier_id], by=by)
        assert ring.unwraps == 4, "a key that is already in the ring is not opened again"


def test_the_keys_are_gone_when_the_request_ends(cast: Cast) -> None:
    text = canary("sleutel")
    signal = a_signal(cast.wilma, cast.overlast, item(text))
    with as_(cast.rosa) as (by, _):
        access.open_one(Signal, signal.pk, by=by)
        found = SignalItem.objects.get(signal=signal)
        assert found.text == text
    assert isinstance(found.text, Locked)


def test_a_reader_gets_no_key_of_a_part_that_was_not_granted(cast: Cast) -> None:
    signal = a_signal(cast.wilma, cast.overlast, item("gewoon"), confidential("geheim"))
    case = a_case(cast.rosa, signal)
    invited(case, cast.rosa, cast.wilma, cast.pieter)
    with as_(cast.pieter) as (by, ring):
        unlock([case.dossier_id, signal.dossier_id], by=by)
        assert ring.unwraps == 4  # cover, table, own and liaison of the case; nothing of the signal

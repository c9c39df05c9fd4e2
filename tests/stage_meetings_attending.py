"""What the stage shows of attending: an item with questions, a refusal, a guest who signed, and wishes."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.world import Cast


def at_an_item(cast: Cast) -> None:
    """Wilma and Carla are asked something and did not answer yet, Pieter refused; a guest comes; Wilma has a wish."""
    from tests import world
    from tests.meetings import scene

    case = world.a_case(cast.rosa, world.a_signal(cast.wilma, cast.overlast), short_name="Fam. O. (Overleg 1)")
    world.invited(case, cast.rosa, cast.wilma, cast.pieter)
    meeting = scene.a_meeting(cast.overlast, cast.rosa)
    item = scene.an_item(meeting, case, cast.rosa, cast.wilma, cast.pieter, cast.carla, goal="Wie belt wanneer?")
    scene.published(meeting, cast.rosa, case)
    scene.asked(item, cast.rosa, "Wat is er sinds mei bekend?", cast.corporatie, cast.politie, cast.gemeente)
    scene.refused(cast.pieter, item, "Het onderzoek loopt nog.")
    scene.a_guest(item, cast.rosa, signed_on=date(2026, 11, 2), question="Hoe gaat het op school?")
    scene.a_guest(item, cast.rosa, name="Nog Een Gast")
    scene.wished(cast.wilma, case, "Er is weer geschreeuwd.")

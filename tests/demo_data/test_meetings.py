"""What the demo's table discussed and is going to discuss, fits its cases and who takes part in them."""

from __future__ import annotations

import pytest

from config.demo_data import Case, DemoData
from config.demo_meeting_held import ABSENT, DECIDED, DONE, LATE, OPEN
from config.demo_meetings import AGENDA, LAST_TIME, TABLE


def case(demo: DemoData, key: str) -> Case:
    return next(one for one in demo.cases if one.key == key)


def openly(demo: DemoData, key: str) -> set[str]:
    """Who takes part for everybody to know."""
    return {person for one in case(demo, key).participants if not one.hidden for person in one.people}


@pytest.mark.parametrize("key", [key for key, *_ in (*AGENDA, *LAST_TIME)])
def test_what_is_on_an_agenda_is_open_and_has_people(demo: DemoData, key: str) -> None:
    assert case(demo, key).closing is None
    assert openly(demo, key)


def test_who_got_an_action_or_was_absent_sat_there(demo: DemoData) -> None:
    assert DONE[0] in openly(demo, "wilgenpad-5")
    assert {LATE[0], OPEN[0], ABSENT} <= openly(demo, "plataanplein-22")


def test_one_item_of_last_time_was_not_reached(demo: DemoData) -> None:
    assert {key for key, *_ in LAST_TIME} - set(DECIDED) == {"merelhof-9-11"}
    assert TABLE in {table.key for table in demo.tables}

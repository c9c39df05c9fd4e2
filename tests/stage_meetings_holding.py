"""A meeting that is being held, for who looks at pages: run inside a site's environment it prints the key of one."""

from __future__ import annotations

import sys
from datetime import date
from typing import TYPE_CHECKING

import django

if TYPE_CHECKING:
    from casework.models import Meeting
    from tests.world import Cast

NAMES = (
    "Fam. V. (Lindelaan 14)", "Plein Oosterpark", "Moeder en dochter K.", "Pand Havenstraat 2", "Jongen van 15",
    "Buren Eikenlaan", "Dhr. B.", "Gezin met vier kinderen",
)  # fmt: skip


def a_running_meeting(cast: Cast, items: int = 8) -> Meeting:
    """Rosa holds it; Pieter, Wilma and Greet sit at every item."""
    from django.utils import timezone

    from casework.models import SubjectKind
    from casework.services import cases
    from casework.services.meetings import agenda
    from casework.values import CaseSubjectInput
    from tests import world
    from tests.meetings import scene

    meeting = scene.a_meeting(cast.overlast, cast.rosa)
    made = []
    for name in NAMES[:items]:
        case = world.a_case(cast.rosa, world.a_signal(cast.wilma, cast.overlast), short_name=name)
        piet = CaseSubjectInput(
            SubjectKind.PERSON, "Piet Voorbeeld", birth_date=date(1981, 3, 12), address="Lindelaan 14"
        )
        with scene.leading(cast.rosa, case) as by:
            cases.add_subject(case, piet, by=by)
        scene.an_item(meeting, case, cast.rosa, cast.pieter, cast.wilma, cast.greet, urgent=True)
        made.append(case)
    scene.published(meeting, cast.rosa, *made)
    with scene.leading(cast.rosa) as by:
        agenda.open_meeting(meeting, now=timezone.now(), by=by)
    return meeting


def held_with_lines(cast: Cast) -> None:
    """One with a decision and an action, so that the pages on which they change have links."""
    from uuid import uuid4

    from django.utils import timezone

    from casework.models import AgendaItem
    from casework.services.meetings import lines
    from casework.services.meetings.lines import ActionInput, DecisionInput
    from casework.services.meetings.running import day_of
    from tests import world
    from tests.meetings import scene

    meeting, now = a_running_meeting(cast, 1), timezone.now()
    with world.as_(cast.rosa):
        case = AgendaItem.objects.select_related("case").get(meeting=meeting).case
    with scene.leading(cast.rosa, case) as by:
        item = AgendaItem.objects.select_related("case", "meeting").get(meeting=meeting)
        lines.decide(item, uuid4(), DecisionInput("We kijken het vier weken aan."), now=now, by=by)
        action = ActionInput("belt moeder", cast.greet.pk, day_of(meeting))
        lines.agree(item, uuid4(), action, now=now, by=by)


def main(arguments: list[str]) -> None:
    django.setup()
    from tests.world import standing_cast

    meeting = a_running_meeting(standing_cast(), int(arguments[0]) if arguments else 8)
    print(meeting.pk)  # noqa: T201  # read by the browser tests


if __name__ == "__main__":
    main(sys.argv[1:])

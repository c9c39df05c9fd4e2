"""Everything about meetings that has an address: planned, made known, being held, and over."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from casework.models import Case, ItemSeat
from tests.meetings.planning_scene import a_series
from tests.meetings.scene import a_guest, a_meeting, an_item, asked, begun, published, wished
from tests.stage_meetings_minutes import after_the_table
from tests.world import Cast, a_case, a_signal, as_, item

ABOUT: dict[str, dict[str, Any]] = {
    "meeting-new": {"table": "table"}, "series-new": {"table": "table"}, "series-detail": {"pk": "series"},
    "series-end": {"pk": "series"}, "meeting-edit": {"pk": "planned"}, "meeting-move": {"pk": "planned"},
    "meeting-cancel": {"pk": "planned"}, "calendar-feed": {"token": "x"},
    "meeting-prepare": {"pk": "meeting"}, "meeting-add": {"pk": "meeting"}, "meeting-order": {"pk": "meeting"},
    "meeting-publish": {"pk": "meeting"}, "meeting-item-edit": {"pk": "agendaitem"},
    "meeting-seat": {"pk": "agendaitem"}, "meeting-item-off": {"pk": "agendaitem"},
    "meeting-unseat": {"pk": "itemseat"},
    "meeting-detail": {"pk": "meeting"}, "meeting-item": {"pk": "agendaitem"}, "meeting-bring": {"pk": "agendaitem"},
    "meeting-nothing": {"pk": "agendaitem"}, "meeting-refuse": {"pk": "agendaitem"},
    "meeting-questions": {"pk": "agendaitem"}, "meeting-guests": {"pk": "agendaitem"}, "meeting-guest": {"pk": "guest"},
    "meeting-guest-remove": {"pk": "guest"}, "meeting-guest-sheet": {"pk": "guest"}, "meeting-wish": {"pk": "case"},
    "meeting-wish-answer": {"pk": "agendawish"},
    "meeting-hold": {"pk": "live"}, "meeting-begin": {"pk": "live"}, "meeting-live": {"pk": "liveitem"},
    "meeting-decision": {"pk": "liveitem"}, "meeting-action": {"pk": "liveitem"}, "meeting-stance": {"pk": "liveitem"},
    "meeting-presence": {"pk": "liveitem"}, "meeting-review": {"pk": "liveitem"},
    "meeting-item-close": {"pk": "liveitem"},
    "meeting-close": {"pk": "running"}, "meeting-minutes": {"pk": "held"},
    "meeting-minutes-fix": {"pk": "held", "number": 2}, "meeting-minutes-pdf": {"pk": "held"},
    "meeting-minutes-correct": {"pk": "held", "item_id": "heldpoint"}, "meeting-minutes-docx": {"pk": "held"},
    "table-action": {"pk": "tableaction"}, "table-action-drop": {"pk": "tableaction"},
}  # fmt: skip


def at_the_table(cast: Cast, case: Case) -> dict[str, Any]:
    """Of every moment in the life of a meeting one; the keys of what was made, by what it is."""
    return {**_planned(cast), **_known(cast, case), **_live(cast), **after_the_table(cast)}


def _planned(cast: Cast) -> dict[str, UUID]:
    """The rhythm of a table, and one meeting that Rosa planned."""
    planned = a_meeting(cast.overlast, cast.rosa, in_days=20)
    begins = timezone.localdate() + timedelta(days=2)
    return {
        "planned": planned.pk,
        "series": a_series(cast.overlast, cast.rosa, now=timezone.now(), begins_on=begins).pk,
    }


def _known(cast: Cast, case: Case) -> dict[str, UUID]:
    """Wilma and Pieter sit at an item; only Wilma's organisation is asked something. Rosa notes a guest."""
    meeting = a_meeting(cast.overlast, cast.rosa)
    on_it = an_item(meeting, case, cast.rosa, cast.wilma, cast.pieter)
    published(meeting, cast.rosa, case)
    asked(on_it, cast.rosa, "Is de huur betaald?", cast.corporatie)
    guest = a_guest(on_it, cast.rosa, signed_on=date(2026, 11, 2))
    wish = wished(cast.wilma, case, "Het escaleert.")
    with as_(cast.rosa):
        seat = ItemSeat.objects.get(item=on_it, user=cast.pieter)
    return {
        "meeting": meeting.pk, "agendaitem": on_it.pk, "guest": guest.pk, "agendawish": wish.pk, "itemseat": seat.pk,
    }  # fmt: skip


def _live(cast: Cast) -> dict[str, UUID]:
    """A meeting that Rosa holds, with an item where Wilma, Pieter and Greet sit."""
    case = a_case(cast.rosa, a_signal(cast.wilma, cast.overlast, item("Op tafel.")))
    meeting = a_meeting(cast.overlast, cast.rosa, in_days=9)
    on_it = an_item(meeting, case, cast.rosa, cast.wilma, cast.pieter, cast.greet)
    published(meeting, cast.rosa, case)
    begun(meeting, cast.rosa, case)
    return {"live": meeting.pk, "liveitem": on_it.pk}

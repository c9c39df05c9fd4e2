"""An item on a published agenda: what was asked about it, who comes as a guest, and a wish to discuss its case."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from casework.models import Case
from tests.meetings.scene import a_guest, a_meeting, an_item, asked, published, wished
from tests.world import Cast

ABOUT = {
    "meeting-detail": {"pk": "meeting"},
    "meeting-item": {"pk": "agendaitem"},
    "meeting-bring": {"pk": "agendaitem"},
    "meeting-nothing": {"pk": "agendaitem"},
    "meeting-refuse": {"pk": "agendaitem"},
    "meeting-questions": {"pk": "agendaitem"},
    "meeting-guests": {"pk": "agendaitem"},
    "meeting-guest": {"pk": "guest"},
    "meeting-guest-remove": {"pk": "guest"},
    "meeting-guest-sheet": {"pk": "guest"},
    "meeting-wish": {"pk": "case"},
    "meeting-wish-answer": {"pk": "agendawish"},
}


def attended(cast: Cast, case: Case) -> dict[str, UUID]:
    """Wilma and Pieter sit at the item; only Wilma's organisation is asked something."""
    meeting = a_meeting(cast.overlast, cast.rosa)
    item = an_item(meeting, case, cast.rosa, cast.wilma, cast.pieter)
    published(meeting, cast.rosa, case)
    asked(item, cast.rosa, "Is de huur betaald?", cast.corporatie)
    guest = a_guest(item, cast.rosa, signed_on=date(2026, 11, 2))
    wish = wished(cast.wilma, case, "Het escaleert.")
    return {"meeting": meeting.pk, "agendaitem": item.pk, "guest": guest.pk, "agendawish": wish.pk}

"""Who was there when an item was discussed read it too, without a screen: the log says so as it says of other reads."""

from __future__ import annotations

from casework.models import AgendaItem, Attendance
from privacy.audit import record


def note_presence(item: AgendaItem) -> None:
    """Writes, for everybody with a log-in who was noted as present, that this person was there. Part of closing it.

    An item closes once, so this is written once. Of a guest there is a line with the item itself, and no account.
    """
    there = Attendance.objects.filter(item=item, present=True, seat__isnull=False)
    for row in there.select_related("seat__user__organisation", "noted_by").order_by("at", "id"):
        assert row.seat is not None
        who, noter = row.seat.user.as_actor(), row.noted_by.name
        record.at_the_table("meeting.present", dossier=item.dossier, obj=row, who=who, noted_by=noter)

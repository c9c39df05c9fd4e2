"""Who was there at an item, and whether a guest signed for secrecy (WGS 1.11, BGS 2.21)."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.utils import timezone

from casework.models import AgendaItem, Attendance, Guest, ItemSeat
from casework.services.meetings.running import hold_running
from privacy.access import require
from privacy.actor import Actor
from privacy.audit import record

NOBODY = "Deze persoon zit niet (meer) bij dit punt. Ververs de pagina."


def note(item: AgendaItem, who: UUID, present: bool, *, now: datetime, by: Actor) -> Attendance:
    """Notes that somebody with a seat or a guest was there, or was not; the newest counts, sending it twice is once."""
    item = hold_running(item, by=by)
    seat = ItemSeat.objects.filter(item=item, pk=who).first()
    guest = None if seat else Guest.objects.filter(item=item, pk=who).first()
    require(seat is not None or guest is not None, NOBODY)
    row = Attendance.objects.filter(item=item, seat=seat, guest=guest).first()
    if row is not None and row.present == present:
        return row
    if row is None:
        row = Attendance(dossier=item.dossier, compartment_id=item.record_id, item=item, seat=seat, guest=guest)
    row.present, row.at, row.noted_by_id = present, now, by.user_id
    row.save()
    record.change("meeting.presence", dossier=item.dossier, obj=item, fields=["attendance"], by=by)
    return row


def guest_signed(item: AgendaItem, who: UUID, *, now: datetime, by: Actor) -> Guest:
    """A guest signed the secrecy statement on paper, today."""
    item = hold_running(item, by=by)
    guest = Guest.objects.filter(item=item, pk=who).first()
    require(guest is not None, NOBODY)
    assert guest is not None
    if guest.signed_on is None:
        guest.signed_on = timezone.localdate(now)
        guest.save(update_fields=["signed_on"])
        record.change("meeting.guest_signed", dossier=item.dossier, obj=item, fields=["signed_on"], by=by)
    return guest

"""Telling calendars of a meeting: a mail to who sits at the table, with nothing in it but that there is a meeting."""

from __future__ import annotations

from datetime import datetime, timedelta

from casework.models import Meeting, MeetingCall, MeetingStatus
from partners.queries import seated_people
from privacy import jobs
from privacy.actor import Actor
from privacy.audit import record
from privacy.roles import Role

CALL = "meeting.call"
# A series is planned half a year ahead: nobody wants that many mails at once, and most of it is moved by then.
AHEAD = timedelta(weeks=3)


def call(meeting: Meeting, *, now: datetime, by: Actor) -> None:
    """Asks for the mails about a meeting that is near, or that people were told of before. Twice is the same as once.

    For who directs its table.
    """
    calls = {one.user_id: one for one in MeetingCall.objects.filter(meeting=meeting)}
    stands = meeting.status == MeetingStatus.PLANNED
    if stands and (calls or meeting.starts_at - now <= AHEAD):
        new = [
            MeetingCall(meeting=meeting, user=user)
            for user in seated_people(meeting.table, now).exclude(pk__in=list(calls))
        ]
        MeetingCall.objects.bulk_create(new)
        calls |= {one.user_id: one for one in new}
        if new:
            record.change("meeting.called", obj=meeting, fields=["calls"], by=by)
    for one in calls.values():
        if one.told is None or one.told < meeting.sequence:
            jobs.enqueue(CALL, one.pk, once=True)


def call_who_was_not(*, now: datetime, by: Actor) -> None:
    """Calls for the meetings that this person chairs and that came near, and who was seated there since."""
    own = Meeting.objects.filter(chair=by.user_id, table__in=by.tables_as(Role.PROCESREGISSEUR))
    near = own.filter(status=MeetingStatus.PLANNED, starts_at__gt=now, starts_at__lte=now + AHEAD)
    for meeting in near.select_related("table"):
        call(meeting, now=now, by=by)

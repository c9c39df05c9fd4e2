"""The mails of meetings, as jobs: for calendars. None holds more than that there is a meeting."""

from __future__ import annotations

from dataclasses import replace

from django.conf import settings

from casework import calendars
from casework.models import Meeting, MeetingCall, MeetingStatus
from casework.queries.meetings.reading import tables_of
from casework.services.meetings.calling import CALL
from partners.mail import notice, reader
from partners.models import User
from privacy.acting import acting
from privacy.actor import system_actor
from privacy.audit import record
from privacy.jobs import handles
from privacy.models.job import Job


@handles(CALL)
def calendar_mail(job: Job) -> None:
    """One mail for one calendar, with the meeting as it stands now; none when it was told already.

    Read as the person itself: who no longer sits at the table gets nothing.
    """
    by = system_actor("uitnodigen voor een overleg")
    with acting(by):
        call = MeetingCall.objects.select_for_update().filter(pk=job.subject_id).first()
        user = reader(call.user_id) if call else None
        meeting = _readable(call, user) if call and user else None
        if call is None or user is None or meeting is None or call.told == meeting.sequence:
            return
        # Nobody needs to hear that something does not go on of which nobody heard, or of what is over.
        heard = call.told is not None
        if meeting.ends_at > job.now and (heard or meeting.status != MeetingStatus.CANCELLED):
            _send(meeting, user, job)
        call.told = meeting.sequence
        call.save(update_fields=["told"])
        record.change("meeting.told", obj=call, fields=["told"], by=by)


def _readable(call: MeetingCall, user: User) -> Meeting | None:
    by = replace(user.as_actor(), purpose="uitnodiging voor een overleg")
    with acting(by):
        mine = Meeting.objects.filter(table__in=tables_of(by), table__theme__in=by.themes)
        return mine.filter(pk=call.meeting_id).first()


def _send(meeting: Meeting, user: User, job: Job) -> None:
    method, file = calendars.invitation(meeting, settings.DEFAULT_FROM_EMAIL, user.email, job.now)
    mail = notice(user)
    mail.attach("overleg.ics", file.decode(), f"text/calendar; method={method}")
    mail.send()

"""What a calendar gets to read (RFC 5545): that there is an "Overleg", when, and whether it goes on.

No place, table, theme, description or other people: calendars lie on telephones and are shared with secretaries. The
name of an entry is random and leads to nothing here.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from icalendar import Calendar, Event, vCalAddress, vDuration

from casework.models import Meeting, MeetingStatus

SUMMARY = "Overleg"
HOW_OFTEN = timedelta(hours=4)  # how often a calendar should look again


def _calendar(method: str, events: Iterable[Event]) -> bytes:
    made = Calendar()
    made.add("prodid", "-//Casustafel//Overleg//NL")
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("method", method)
    if method == "PUBLISH":
        made.add("name", SUMMARY)
        made.add("x-wr-calname", SUMMARY)
        made.add("refresh-interval", HOW_OFTEN, parameters={"VALUE": "DURATION"})
        made.add("x-published-ttl", vDuration(HOW_OFTEN))
    for event in events:
        made.add_component(event)
    return bytes(made.to_ical())


def _event(meeting: Meeting, now: datetime) -> Event:
    """One meeting. Times in UTC: each calendar shows its own clock, in summer as in winter."""
    event = Event()
    event.add("uid", str(meeting.calendar_uid))
    event.add("dtstamp", now.astimezone(UTC).replace(microsecond=0))
    event.add("dtstart", meeting.starts_at.astimezone(UTC))
    event.add("dtend", meeting.ends_at.astimezone(UTC))
    event.add("summary", SUMMARY)
    event.add("class", "CONFIDENTIAL")
    event.add("transp", "OPAQUE")
    event.add("sequence", meeting.sequence)
    event.add("status", "CANCELLED" if meeting.status == MeetingStatus.CANCELLED else "CONFIRMED")
    return event


def feed(meetings: Iterable[Meeting], now: datetime) -> bytes:
    """A whole calendar, to read again now and then."""
    return _calendar("PUBLISH", [_event(meeting, now) for meeting in meetings])


def invitation(meeting: Meeting, sender: str, reader: str, now: datetime) -> tuple[str, bytes]:
    """One meeting for the mail to one person: what the calendar should do with it, and the file (RFC 5546).

    The reader is the only one named: a mail program puts nothing in a calendar for who is not in the file.
    """
    event = _event(meeting, now)
    event["organizer"] = vCalAddress(f"mailto:{sender}")
    attendee = vCalAddress(f"mailto:{reader}")
    attendee.params["RSVP"] = "FALSE"
    event.add("attendee", attendee)
    method = "CANCEL" if meeting.status == MeetingStatus.CANCELLED else "REQUEST"
    return method, _calendar(method, [event])

"""What every act at the table begins with: an open item of a meeting that was begun, and who sits there."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from casework.models import AgendaItem, ItemSeat, Meeting, MeetingStatus
from casework.services.meetings.holding import hold_item
from casework.spoken import Sitting
from partners.models import Seat, User
from privacy import exclusions
from privacy.access import require
from privacy.actor import Actor

NOT_BEGUN = "Begin eerst het overleg."
STRANGE = "Deze regel hoort bij een ander punt. Typ hem hier opnieuw."


def hold_running(item: AgendaItem, *, by: Actor) -> AgendaItem:
    """An open item of a meeting that is being held, locked with its case and meeting; for who directs the case."""
    held = hold_item(item, by=by)
    require(held.meeting.status == MeetingStatus.RUNNING, NOT_BEGUN)
    return held


def day_of(meeting: Meeting) -> date:
    """The day on which the table meets."""
    return timezone.localdate(meeting.starts_at)


def sitting(item: AgendaItem) -> list[User]:
    """Who sits at an item and can be given an action: its seats, and who leads the meeting and writes it down.

    Not who lost the seat at the table since, or is kept away from the case.
    """
    there = Q(pk__in=ItemSeat.objects.filter(item=item).values("user"))
    there |= Q(pk__in=[item.meeting.chair_id, item.meeting.secretary_id])
    seats = Seat.objects.valid_at(timezone.now()).filter(table=item.meeting.table_id)
    people = User.objects.filter(there, pk__in=seats.values("user"), is_active=True)
    away = exclusions.standing(item.dossier_id).values("user")
    return list(people.exclude(pk__in=away).select_related("organisation").order_by("name"))


def as_sitting(people: list[User]) -> list[Sitting]:
    """The same people, as a typed line is read against them."""
    return [Sitting(one.pk, one.name, one.organisation.name) for one in people]


def owner_at(item: AgendaItem, user: UUID) -> User:
    """Somebody who sits at an item; raises Refused for who does not."""
    there = {one.pk: one for one in sitting(item)}
    require(user in there, "Een actie is van iemand die bij dit punt zit. Kies een ander.")
    return there[user]

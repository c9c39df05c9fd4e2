"""When the tables of Voorbeeldstad meet, and what is on the next agenda."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from django.utils import timezone

from casework.models import Case, Meeting, Why
from casework.queries.meetings.preparing import regular
from casework.services.meetings import agenda, planning
from casework.services.meetings.agenda import ItemInput, SeatInput
from casework.services.meetings.planning import MeetingInput
from config.demo_town import Town
from partners.profiling import profile_of
from privacy.actor import Actor

TABLE = "woonoverlast"
TUESDAY = 1
# Case, why, what the table should decide, minutes, about children.
AGENDA = (
    ("lindelaan-14", Why.STUCK, "Wie praat er met het gezin, nu buurtbemiddeling stopte?", 20, True),
    ("zuringstraat-60", Why.DECISION, "Is een aanwijzing het lichtste dat nog kan werken?", 20, False),
    ("noorderzon-118", Why.STUCK, "Wie neemt de acties over die blijven liggen?", 15, False),
    ("beukenhof-3a", Why.NEW, "Welke zorg past, en wie vraagt die aan?", 15, False),
)


def load_meetings(town: Town) -> None:
    """Two meetings on coming Tuesdays at ten; the agenda of the first is known."""
    person = next(one.opened_by for one in town.data.cases if one.key == AGENDA[0][0])
    now = timezone.now()
    with town.doing(person) as by:
        first, _ = (_plan(town, weeks, now, by) for weeks in (0, 1))
    cases = [town.cases[key] for key, *_ in AGENDA]
    with town.doing(person, *(case.dossier_id for case in cases)) as by:
        for case, (_, why, goal, minutes, children) in zip(cases, AGENDA, strict=True):
            given = ItemInput(why, goal, minutes, children, True, _seats(case, by))
            agenda.put_on(first, case, given, now=now, by=by)
        agenda.publish(first, now=now, by=by)


def _plan(town: Town, weeks: int, now: datetime, by: Actor) -> Meeting:
    days = (TUESDAY - town.today.weekday()) % 7 or 7
    day = town.today + timedelta(days=days + 7 * weeks)
    begins = timezone.make_aware(datetime.combine(day, time(10)))
    cutoff = timezone.make_aware(datetime.combine(day - timedelta(days=1), time(12)))
    given = MeetingInput(
        begins, begins + timedelta(hours=2), cutoff, by.user_id, by.user_id, "Gemeentehuis, kamer 2.14"
    )
    return planning.plan(town.tables[TABLE], given, now=now, by=by)


def _seats(case: Case, by: Actor) -> list[SeatInput]:
    ground = profile_of(case.table).grounds[0].code
    return [SeatInput(one.pk, ground) for one in regular(case, timezone.now(), by=by)]

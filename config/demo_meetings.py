"""When the tables of Voorbeeldstad meet: what was agreed last Tuesday, and what comes next Tuesday."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from casework.models import AgendaItem, Audience, Case, ItemKind, Meeting, Why
from casework.queries.meetings.asking import my_question
from casework.queries.meetings.attending import own_item
from casework.services.meetings import agenda, asking, guests, planning, wishes
from casework.services.meetings.agenda import ItemInput
from casework.services.meetings.asking import AskInput
from casework.services.meetings.guests import GuestInput
from casework.services.meetings.planning import MeetingInput
from casework.values import ContributionInput
from config.demo_meeting_held import hold
from config.demo_town import Town

TABLE = "woonoverlast"
CHAIR, SECRETARY = "regisseur_wonen_jeugd", "overlastregisseur"
TUESDAY = 1
# Case, why, what the table should decide, minutes, about children.
AGENDA = (
    ("lindelaan-14", Why.STUCK, "Wie praat er met het gezin, nu buurtbemiddeling stopte?", 20, True),
    ("zuringstraat-60", Why.DECISION, "Is een aanwijzing het lichtste dat nog kan werken?", 20, False),
    ("noorderzon-118", Why.STUCK, "Wie neemt de acties over die blijven liggen?", 15, False),
    ("beukenhof-3a", Why.NEW, "Welke zorg past, en wie vraagt die aan?", 15, False),
)
LAST_TIME = (
    ("wilgenpad-5", Why.REVIEW, "Kan het echtpaar veilig blijven wonen?", 20, False),
    ("plataanplein-22", Why.STUCK, "Hoe krijgen wij de eigenaar aan tafel?", 20, False),
    ("merelhof-9-11", Why.NEW, "Wat is er al geprobeerd, en wie begint?", 15, False),
)
QUESTIONS = {
    "de_brink": "Welke afspraken staan er in het huurdossier, en houdt vader zich eraan?",
    "politie": "Hoe vaak bent u er geweest sinds het laatste overleg?",
    "welzijn": "Waarom is buurtbemiddeling gestopt?",
}
BROUGHT = "In oktober is een betaling gemist; die is twee weken later ingehaald. Er staat geen andere afspraak open."
REFUSED = "Wat buren bij de bemiddeling vertellen, blijft daar. Zij gaven geen toestemming om het hier te delen."
WISH = "De begeleiding stopt over twee maanden. Wij willen samen bespreken of deze casus dan kan sluiten."
GUEST = GuestInput(
    name="Tineke Bedenksel",
    organisation="Bewindvoering Voorbeeldstad",
    why="Beheert het geld van de bewoner en spreekt hem elke week.",
    question="Kan de bewoner de schade in termijnen betalen?",
)


def load_meetings(town: Town) -> None:
    """Last Tuesday's meeting with its minutes, and two on coming Tuesdays; the agenda of the first is known."""
    now, tuesday = timezone.now(), town.today + timedelta(days=(TUESDAY - town.today.weekday()) % 7 or 7)
    first, _ = (_plan(town, tuesday + timedelta(weeks=weeks), CHAIR, now) for weeks in (0, 1))
    items = _put_on(town, first, AGENDA, now)
    before = tuesday - timedelta(weeks=1 if tuesday - town.today < timedelta(weeks=1) else 2)
    planned = timezone.make_aware(datetime.combine(before - timedelta(days=8), time(9)))
    held = _plan(town, before, SECRETARY, planned)
    hold(town, held, _put_on(town, held, LAST_TIME, planned), chair=CHAIR, secretary=SECRETARY)
    with town.doing(CHAIR, *(case.dossier_id for case in town.cases.values())) as by:
        agenda.publish(first, now=now, by=by)
    _ask_beforehand(town, items["lindelaan-14"], now)
    _invite_guest(town, items["noorderzon-118"], now)
    _wish(town, town.cases["kastanjeplein-40"], now)


def _plan(town: Town, day: date, secretary: str, now: datetime) -> Meeting:
    begins = timezone.make_aware(datetime.combine(day, time(10)))
    cutoff = timezone.make_aware(datetime.combine(day - timedelta(days=1), time(12)))
    people = town.people
    with town.doing(CHAIR) as by:
        given = MeetingInput(
            begins,
            begins + timedelta(hours=2),
            cutoff,
            people[CHAIR].pk,
            people[secretary].pk,
            "Gemeentehuis, kamer 2.14",
        )
        return planning.plan(town.tables[TABLE], given, now=now, by=by)


Line = tuple[str, Why, str, int, bool]


def _put_on(town: Town, meeting: Meeting, lines: tuple[Line, ...], now: datetime) -> dict[str, AgendaItem]:
    cases = [town.cases[key] for key, *_ in lines]
    made = {}
    with town.doing(CHAIR, *(case.dossier_id for case in cases)) as by:
        for case, (key, why, goal, minutes, children) in zip(cases, lines, strict=True):
            given = ItemInput(why, goal, minutes, children, True, agenda.usual_seats(case))
            made[key] = agenda.put_on(meeting, case, given, now=now, by=by)
    return made


def _ask_beforehand(town: Town, item: AgendaItem, now: datetime) -> None:
    """One organisation answers, one refuses, and the police still have to."""
    with town.doing(CHAIR, item.dossier_id) as by:
        term = asking.usual_term(item.meeting, now)
        for key, text in QUESTIONS.items():
            asking.ask(item, AskInput([town.organisations[key].pk], text, term), now=now, by=by)
    given = ContributionInput(ItemKind.FACT, "huisvesting", "avg_6_1_e", BROUGHT, Audience.TABLE)
    with town.doing("woonconsulent") as by:
        asking.bring(my_question(own_item(item.pk, by=by), by=by), given, now=now, by=by)
    with town.doing("buurtbemiddeling") as by:
        asking.refuse(my_question(own_item(item.pk, by=by), by=by), REFUSED, now=now, by=by)


def _invite_guest(town: Town, item: AgendaItem, now: datetime) -> None:
    with town.doing(CHAIR, item.dossier_id) as by:
        guests.invite(item, GUEST, now=now, by=by)


def _wish(town: Town, case: Case, now: datetime) -> None:
    with town.doing("woonconsulent", case.dossier_id) as by:
        wishes.ask(case, WISH, now=now, by=by)

"""The meeting of last Tuesday: who was there, what was decided and agreed, and the minutes that both fixed."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

from django.utils import timezone

from casework.models import ActionStatus, AgendaItem, ItemOutcome, Meeting, TableAction
from casework.services.meetings import actions, agenda, attendance, closing, lines, minutes
from casework.services.meetings.lines import ActionInput, DecisionInput
from config.demo_town import Town
from privacy.actor import Actor

PER_ITEM = timedelta(minutes=25)
ABSENT = "opbouwwerker"
DECIDED = {
    "wilgenpad-5": "Het echtpaar blijft wonen. Elke maand wordt één kamer leeg, met hulp van het wijkteam.",
    "plataanplein-22": "Wij nodigen de eigenaar uit. Komt hij niet, dan stellen wij een last onder dwangsom voor.",
}
DONE = ("toezichthouder", "Controleert de ketel en de achterdeur.")
RESULT = "De ketel is veilig. De achterdeur gaat weer open."
LATE = ("wijkagent_oost", "Zet de meldingen van dit kwartaal op een rij.")
OPEN = ("casusregisseur_oost", "Nodigt de eigenaar uit voor een gesprek op het gemeentehuis.")


def hold(town: Town, meeting: Meeting, items: dict[str, AgendaItem], *, chair: str, secretary: str) -> None:
    """Held, closed and fixed on the day itself. The item about which nothing was decided was not reached."""
    ends = meeting.starts_at + timedelta(hours=1)
    dossiers = [item.dossier_id for item in items.values()]
    with town.doing(chair, *dossiers) as by:
        agenda.publish(meeting, now=meeting.cutoff_at, by=by)
        agenda.open_meeting(meeting, now=meeting.starts_at, by=by)
        for key, text in DECIDED.items():
            _note_presence(town, items[key], by)
            lines.decide(items[key], uuid4(), DecisionInput(text), now=meeting.starts_at, by=by)
        done = _agree(town, items["wilgenpad-5"], DONE, _day(meeting), by)
        _agree(town, items["plataanplein-22"], LATE, max(_day(meeting), town.today - timedelta(days=1)), by)
        _agree(town, items["plataanplein-22"], OPEN, town.today + timedelta(days=6), by)
        lines.come_back_on(items["wilgenpad-5"], _day(meeting) + timedelta(weeks=6), by=by)
        for number, key in enumerate(DECIDED, 1):
            now = meeting.starts_at + number * PER_ITEM
            agenda.close_item(items[key], ItemOutcome.DISCUSSED, now=now, by=by)
        closing.close_meeting(meeting, (), now=ends, by=by)
    for person in (chair, secretary):
        with town.doing(person, *dossiers) as by:
            last = minutes.newest(meeting)
            assert last is not None  # something was said
            minutes.fix(meeting, last.number, now=ends, by=by)
    with town.doing(DONE[0], done.dossier_id) as by:
        actions.report(done, ActionStatus.DONE, RESULT, now=ends + timedelta(hours=3), by=by)


def _day(meeting: Meeting) -> date:
    return timezone.localdate(meeting.starts_at)


def _note_presence(town: Town, item: AgendaItem, by: Actor) -> None:
    away = town.people[ABSENT].pk
    for seat in item.seats.all():
        attendance.note(item, seat.pk, seat.user_id != away, now=item.meeting.starts_at, by=by)


def _agree(town: Town, item: AgendaItem, said: tuple[str, str], due_on: date, by: Actor) -> TableAction:
    person, text = said
    given = ActionInput(text, town.people[person].pk, due_on)
    return lines.agree(item, uuid4(), given, now=item.meeting.ends_at, by=by)

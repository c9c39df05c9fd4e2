"""The home page of each role: what must I do now, and what is going on. No content of anyone else's dossier."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Min, Q
from django.utils import timezone

from casework.models import (
    CaseFace,
    CaseStatus,
    Severity,
    Signal,
    SignalDraft,
    SignalStatus,
)
from casework.queries.actions import ActionLine, own_actions
from casework.queries.case_content import questions_to_me
from casework.queries.cases import newest_cases
from casework.queries.meetings.asking import waiting_for_me, wishes_waiting
from casework.queries.meetings.closing import to_finish
from casework.queries.signals import OwnSignal, own_signals
from casework.queries.stagnation import Judged, judged
from casework.queries.urgent import Urgent, of_the_regie, offered
from casework.queries.worklists import counts
from casework.theming import active_theme
from casework.worklists import SHAPES, Listing
from privacy import departures, uses
from privacy.access import COUNTED, opened, visible
from privacy.actor import Actor
from privacy.audit import overview
from privacy.models import CompartmentKind
from privacy.roles import Role, Verb
from privacy.unlock import unlock

CASES = 8


@dataclass(frozen=True, slots=True)
class TableQueue:
    """Signals to judge at one table."""

    table_id: UUID
    name: str
    waiting: int
    acute: int
    oldest: datetime | None


@dataclass(frozen=True, slots=True)
class OwnCase:
    """A case of the reader's own."""

    pk: UUID
    reference: str
    name: str
    theme: str
    theme_name: str


@dataclass(frozen=True, slots=True)
class Tile:
    """A work list as a tile, with how much is in it."""

    title: str
    url_name: str
    count: str
    text: str


SAYS: dict[Listing, str] = {
    Listing.HOUSEHOLDS: "Gezinnen met een plan waaraan u meedoet.",
    Listing.ACTIONS: "Wat u zelf nog moet doen.",
    Listing.UNMANNED: "Gezinnen en casussen waar nu niemand de regie heeft.",
    Listing.STUCK: "Te laat, geen contact, of een plan dat stilstaat.",
}


@dataclass(frozen=True, slots=True)
class Worklist:
    """Everything on the home page; panels that a role lacks are None."""

    greeting: str
    urgent: tuple[Urgent, ...] = ()
    soon: tuple[Urgent, ...] = ()
    late: tuple[ActionLine, ...] = ()
    questions: tuple[OwnSignal, ...] = ()
    signals: tuple[OwnSignal, ...] | None = None
    drafts: int = 0
    queues: tuple[TableQueue, ...] | None = None
    cases: tuple[OwnCase, ...] | None = None
    actions: tuple[ActionLine, ...] = ()
    tiles: tuple[Tile, ...] = ()
    reviews: bool = False
    manages: bool = False
    imports: bool = False

    @property
    def now(self) -> int:
        """How much can't wait."""
        return len(self.urgent) + len(self.late)


def _greeting(now: datetime) -> str:
    hour = timezone.localtime(now).hour
    return "Goedemorgen" if hour < 12 else "Goedemiddag" if hour < 18 else "Goedenavond"


def _queues(by: Actor) -> tuple[TableQueue, ...]:
    names = {seat.table_id: seat.table_name for seat in by.seats if seat.role == Role.PROCESREGISSEUR}
    waiting = visible(Signal, by=by).filter(table__in=names, status=SignalStatus.NEW)
    counted = waiting.values("table").annotate(
        waiting=Count("pk"), acute=Count("pk", filter=Q(severity=Severity.ACUTE)), oldest=Min("submitted_at")
    )
    per_table = {
        row["table"]: TableQueue(row["table"], names[row["table"]], row["waiting"], row["acute"], row["oldest"])
        for row in counted
    }
    return tuple(per_table.get(table_id, TableQueue(table_id, name, 0, 0, None)) for table_id, name in names.items())


def _about_use(what: str, use: uses.Use, action: str) -> Urgent:
    return Urgent(what, use.reference, "emergency-use", use.pk, action, "", use.about_id)


def _to_review(now: datetime, by: Actor) -> Iterator[Urgent]:
    """What waits for the privacy officer: a log that is not right first, then what has a term."""
    if overview.status(now=now).wrong:
        yield Urgent("Het logboek klopt niet", "", "privacy-seals", None, "Bekijk")
    for use in uses.to_review(now, by=by):
        yield Urgent("Noodtoegang te beoordelen", use.reference, "privacy-emergency", use.pk, "Beoordeel", use.term)
    for left in departures.waiting():
        yield Urgent(f"{left.person_name} is vertrokken", "", "privacy-departure", left.pk, "Beoordeel")


def _cases(urgent: Iterable[Urgent], by: Actor) -> tuple[OwnCase, ...]:
    """The newest open cases; one entry in the log names them and the ones that are urgent."""
    rows = list(newest_cases(CASES, status=CaseStatus.OPEN, by=by).select_related("dossier"))
    named = [(item.dossier_id, item.reference) for item in urgent if item.dossier_id]
    seen = [(case.dossier_id, case.dossier.reference) for case in rows]
    unlock(
        [dossier for dossier, _ in seen], event="list", parts=[CompartmentKind.TABLE], also_seen=[*seen, *named], by=by
    )
    names = {face.case_id: face.short_name for face in opened(CaseFace).filter(case__in=rows)}
    return tuple(
        OwnCase(case.pk, case.dossier.reference, names.get(case.pk, ""), case.theme, active_theme(case.theme).name)
        for case in rows
    )


def _tiles(found: Sequence[Judged], by: Actor) -> tuple[Tile, ...]:
    many, directs = counts(found, by=by), by.may(Verb.CASE_DIRECT)
    return tuple(
        Tile(shape.title, shape.url_name, f"{COUNTED}+" if many[one] > COUNTED else str(many[one]), SAYS[one])
        for one, shape in SHAPES.items()
        if directs or not shape.directing
    )


def worklist(*, by: Actor) -> Worklist:
    """The work list of this person, now."""
    now, today = timezone.now(), timezone.localdate()
    first_name = by.name.split(" ")[0]
    greeting = f"{_greeting(now)}, {first_name}"
    if not by.may(Verb.CASE_READ):
        return Worklist(
            greeting,
            urgent=tuple(_to_review(now, by)) if by.may(Verb.LOG_REVIEW) else (),
            reviews=by.may(Verb.LOG_REVIEW),
            manages=by.may(Verb.MANAGE),
            imports=by.may(Verb.SIGNAL_IMPORT),
        )
    reports, directs = by.may(Verb.SIGNAL_FOLLOW), by.may(Verb.SIGNAL_TRIAGE)
    found = judged(today, by=by)
    mine = tuple(own_signals(size=5, by=by)) if reports else None
    asked = tuple(signal for signal in mine or () if signal.waits_for_me)
    urgent = [Urgent("Vraag aan u", signal.reference, "signal-detail", signal.pk, "Beantwoord") for signal in asked]
    urgent += waiting_for_me(by=by)
    urgent += offered(by=by)
    urgent += [
        Urgent(f"Mag uw inbreng naar {q.receiver}?", q.reference, "consent", q.pk, "Antwoord", dossier_id=q.dossier_id)
        for q in questions_to_me(by=by)
    ]
    urgent += [_about_use("Vraag over uw noodtoegang", use, "Beantwoord") for use in uses.questions(now, by=by)]
    queues = _queues(by) if directs else None
    urgent += [
        Urgent(f"Acuut signaal bij {queue.name}", "", "triage-inbox", None, "Beoordeel")
        for queue in queues or ()
        if queue.acute
    ]
    if directs:
        urgent += [_about_use("Noodtoegang gebruikt", use, "Bekijk") for use in uses.unjudged(now, by=by)]
        urgent += wishes_waiting(by=by)
        urgent += of_the_regie(today, found, by=by)
        urgent += to_finish(now, by=by)
    mine_to_do = own_actions(today, by=by)
    return Worklist(
        greeting,
        urgent=tuple(item for item in urgent if not item.waits),
        soon=tuple(item for item in urgent if item.waits),
        late=tuple(action for action in mine_to_do if action.late),
        questions=asked,
        signals=mine,
        drafts=visible(SignalDraft, by=by).count() if reports else 0,
        queues=queues,
        cases=_cases(urgent, by),
        actions=tuple(action for action in mine_to_do if not action.late),
        tiles=_tiles(found, by),
        imports=by.may(Verb.SIGNAL_IMPORT),
    )

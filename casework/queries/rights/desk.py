"""What the contact point sees: the board by term, one request with its steps, and one passage to judge."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from casework import rights_rules as rules
from casework.models import (
    RightsCandidate,
    RightsNote,
    RightsPerson,
    RightsQuestion,
    RightsRelease,
    RightsRequest,
)
from casework.queries.rights.erasing import Line as Erasing
from casework.queries.rights.erasing import erasures
from casework.queries.rights.handling import Handling, handling
from casework.queries.rights.person import Asks, asks
from casework.queries.rights.weighing import Objections, objections
from casework.redacting import Piece
from casework.services.rights.composing import left_of
from casework.services.rights.judging import stale, text_of
from casework.services.rights.releasing import Pair, pairs_of
from partners.models import User
from privacy import desks
from privacy.access import open_one, visible
from privacy.actor import Actor
from privacy.audit import record
from privacy.errors import NotKnown
from privacy.models import Desk

MOST = 200


@dataclass(frozen=True, slots=True)
class Line:
    """One request on a board: no name, since a board is looked at by who happens to stand behind you."""

    pk: UUID
    reference: str
    kind: str
    state: str
    received_on: date
    due_on: date
    police_on: date | None
    how: str
    open: bool
    extended: bool


def line_of(request: RightsRequest, today: date) -> Line:
    """A request as it stands on a board."""
    terms = rules.terms(request.received_on, extended=request.extended_on is not None, police=request.police)
    return Line(
        request.pk,
        request.reference,
        request.get_kind_display(),
        request.get_state_display(),
        request.received_on,
        terms.answer_on,
        terms.police_on,
        rules.state_of(terms.first, today) if request.open else "ruim",
        request.open,
        request.extended_on is not None,
    )


def by_term(lines: list[Line]) -> list[Line]:
    """What is open first, the nearest term on top; then what ended, newest first."""
    waits = sorted((one for one in lines if one.open), key=lambda one: min(one.due_on, one.police_on or one.due_on))
    return waits + sorted((one for one in lines if not one.open), key=lambda one: one.received_on, reverse=True)


def board(today: date, *, by: Actor) -> list[Line]:
    """Everything that lies at the desk, logged as a list. A newcomer takes up what lay there before."""
    desks.take_up(Desk.RIGHTS, by=by)
    rows = list(visible(RightsRequest, by=by).order_by("-received_on")[:MOST])
    seen = record.Seen(tuple(row.dossier_id for row in rows), tuple(row.reference for row in rows))
    record.look("rights.listed", seen=seen, by=by)
    return by_term([line_of(row, today) for row in rows])


def opened_request(pk: UUID, *, by: Actor) -> RightsRequest:
    """One request, opened and in the log; raises NotKnown."""
    return open_one(RightsRequest, pk, event="rights.read", also=("identity_by", "ended_by", "handled_by"), by=by)


@dataclass(frozen=True, slots=True)
class Asked:
    """A source that is asked, and how far it is."""

    pk: UUID
    organisation: str
    people: tuple[str, ...]
    due_on: date
    reminded: bool
    answered: int
    all: int
    late: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A passage in the list, with what is left of it now."""

    pk: UUID
    number: int
    reference: str
    source: str
    organisation: str
    day: date | None
    answer: str
    own: bool
    judged: bool
    stale: bool
    empty: bool
    out: bool
    left: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Detail:
    """One request with all that its page shows."""

    request: RightsRequest
    line: Line
    person: RightsPerson
    age: int
    refusal: rules.Refusal | None
    identity: str
    notes: tuple[RightsNote, ...]
    candidates: tuple[RightsCandidate, ...]
    asked: tuple[Asked, ...]
    rows: tuple[Row, ...]
    release: RightsRelease | None
    asks: Asks
    desk: Handling
    objections: Objections
    erasures: tuple[Erasing, ...]

    @property
    def undecided(self) -> bool:
        return any(one.confirmed is None for one in self.candidates)


def detail(request: RightsRequest, today: date, *, by: Actor) -> Detail:
    """Everything of a request that was opened."""
    person = visible(RightsPerson, by=by).get(request=request)
    pairs = pairs_of(request)
    mandate = bool(person.mandate)
    return Detail(
        request,
        line_of(request, today),
        person,
        rules.age_on(person.birth_date, today),
        rules.why_refused(request.about, person.birth_date, mandate=mandate, on=request.received_on),
        rules.IDENTITY_WAYS.get(request.identity_how, ""),
        tuple(visible(RightsNote, by=by).filter(request=request).select_related("written_by")),
        tuple(visible(RightsCandidate, by=by).filter(request=request)),
        tuple(_asked(request, pairs, today, by)),
        tuple(row_of(number, pair) for number, pair in enumerate(pairs, 1)),
        visible(RightsRelease, by=by).filter(request=request).first(),
        asks(request, pairs, by=by),
        handling(request, by=by),
        objections(request, today),
        erasures(request),
    )


def _asked(request: RightsRequest, pairs: list[Pair], today: date, by: Actor) -> list[Asked]:
    found = []
    questions = list(visible(RightsQuestion, by=by).filter(request=request).select_related("organisation"))
    names = dict(User.objects.filter(pk__in=[p for q in questions for p in q.asked]).values_list("pk", "name"))
    for question in questions:
        own = [answer for passage, answer in pairs if passage.question_id == question.pk]
        done = sum(answer is not None for answer in own)
        people = tuple(sorted(names[one] for one in question.asked if one in names))
        late = done < len(own) and question.due_on < today
        found.append(
            Asked(
                question.pk, question.organisation.name, people, question.due_on, question.reminded_at is not None,
                done, len(own), late,
            )
        )  # fmt: skip
    return found


def row_of(number: int, pair: Pair) -> Row:
    """One passage as the list shows it."""
    passage, answer = pair
    return Row(
        passage.pk,
        number,
        passage.reference,
        passage.source,
        passage.organisation.name,
        passage.day,
        answer.get_verdict_display() if answer else "",
        passage.own,
        passage.judged_at is not None,
        stale(passage, answer),
        not text_of(passage, answer),
        passage.left_out,
        tuple(left_of(passage, answer)),
    )


def one_pair(request: RightsRequest, pk: UUID) -> tuple[Pair, UUID | None]:
    """One passage of a request that was opened with what its source said, and the next to judge; raises NotKnown."""
    pairs = pairs_of(request)
    found = next((pair for pair in pairs if pair[0].pk == pk), None)
    if found is None:
        raise NotKnown
    left = (p.pk for p, a in pairs if p.pk != pk and text_of(p, a) and (p.judged_at is None or stale(p, a)))
    return found, next(left, None)

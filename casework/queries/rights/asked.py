"""What a source sees: that its passages are asked for, and those passages; nothing else of the person who asks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from casework.models import RightsAnswer, RightsErasure, RightsPassage, RightsQuestion, RightsSaying
from casework.queries.urgent import MOST, Urgent
from privacy.access import open_one, visible
from privacy.actor import Actor
from privacy.audit import record


@dataclass(frozen=True, slots=True)
class Waiting:
    """A question that somebody of this organisation may answer."""

    pk: UUID
    reference: str
    due_on: date
    late: bool
    left: int
    all: int


@dataclass(frozen=True, slots=True)
class Own:
    """One own passage and what was said of it."""

    passage: RightsPassage
    answer: RightsAnswer | None
    said: RightsSaying | None
    erasure: RightsErasure | None


def _waiting(question: RightsQuestion, today: date, by: Actor) -> Waiting:
    asked = visible(RightsPassage, by=by).filter(question=question)
    done = visible(RightsAnswer, by=by).filter(passage__in=asked).count()
    total = asked.count()
    return Waiting(
        question.pk, question.reference, question.due_on, done < total and question.due_on < today, total - done, total
    )


def waiting(today: date, *, by: Actor) -> list[Waiting]:
    """The questions of this reader, the first term on top; logged as a list."""
    mine = visible(RightsQuestion, by=by).filter(organisation=by.own_organisation).select_related("dossier")
    rows = list(mine)
    seen = record.Seen(tuple(row.dossier_id for row in rows), tuple(row.reference for row in rows))
    record.look("rights.listed", seen=seen, by=by)
    return [_waiting(row, today, by) for row in rows]


def to_answer(today: date, *, by: Actor) -> list[Urgent]:
    """What waits for an answer of this reader, as a line of the work list. The page that shows it is in the log."""
    mine = visible(RightsQuestion, by=by).filter(organisation=by.own_organisation)
    rows = list(mine.exclude(passages__isnull=True).filter(passages__answer__isnull=True).distinct()[:MOST])
    late = [row for row in rows if row.due_on < today]
    when = "te laat" if late else ""
    return (
        [Urgent("Vraag van het contactpunt", rows[0].reference, "rights-asked", None, "Antwoord", when)] if rows else []
    )


def opened_question(pk: UUID, *, by: Actor) -> RightsQuestion:
    """One question with its passages opened, and in the log; raises NotKnown."""
    return open_one(RightsQuestion, pk, event="rights.read", by=by)


def own_passages(question: RightsQuestion, *, by: Actor) -> list[Own]:
    """The passages of a question that was opened, as this reader holds them."""
    rows = list(visible(RightsPassage, by=by).filter(question=question))
    answers = {one.passage_id: one for one in visible(RightsAnswer, by=by).filter(passage__in=rows)}
    said = visible(RightsSaying, by=by).filter(passage__in=rows).select_related("reply")
    says = {one.passage_id: one for one in said}
    erased = {one.passage_id: one for one in visible(RightsErasure, by=by).filter(passage__in=rows)}
    return [Own(row, answers.get(row.pk), says.get(row.pk), erased.get(row.pk)) for row in rows]

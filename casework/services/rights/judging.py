"""A person decides of each passage what may go. What the source claimed stays out, whatever the desk thinks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from casework.models import RightsAnswer, RightsPassage, RightsState, Verdict
from casework.redacting import Span, merged, words_in
from casework.rights_rules import GROUNDS
from casework.services.rights.holding import hold
from privacy.access import require
from privacy.actor import Actor
from privacy.audit import record

CLAIMED = "De bron weigert deze passage ({law}). Zij kan niet mee."
EMPTY = "De bron gaf dit deel niet. Er is niets te beoordelen."


@dataclass(frozen=True, slots=True)
class Judgement:
    """What somebody decided of a passage: not about this person, not at all, or without these stretches."""

    spans: tuple[Span, ...] = ()
    left_out: bool = False
    refused_on: str = ""


def answer_of(passage: RightsPassage) -> RightsAnswer | None:
    """What the source said, when it did."""
    return RightsAnswer.objects.filter(passage=passage).first()


def text_of(passage: RightsPassage, answer: RightsAnswer | None) -> str:
    """What may be in the file: the text that was taken over, or what the source hands over of a part of its own."""
    return (passage.text or "") if not passage.own else (answer.given or "" if answer else "")


def claimed(text: str, answer: RightsAnswer | None) -> list[Span]:
    """The stretches that the source claimed, wherever its words stand."""
    if answer is None or answer.verdict != Verdict.EXCEPT:
        return []
    lines = (answer.except_words or "").splitlines()
    return [Span(start, end, answer.ground) for line in lines for start, end in words_in(text, line)]


def judge(passage: RightsPassage, given: Judgement, *, now: datetime, by: Actor) -> None:
    """Keeps the decision of a person; it can be changed until the answer was given."""
    request = hold(passage.request, RightsState.JUDGING, by=by)
    answer = answer_of(passage)
    text = text_of(passage, answer)
    require(bool(text), EMPTY)
    if answer is not None and answer.verdict == Verdict.REFUSED:
        require(given.refused_on == answer.ground or given.left_out, CLAIMED.format(law=GROUNDS[answer.ground][0]))
    passage.spans = [span.as_list() for span in merged((*given.spans, *claimed(text, answer)))]
    passage.left_out, passage.refused_on = given.left_out, given.refused_on
    passage.judged_by_id, passage.judged_at = by.user_id, now
    passage.save()
    record.change("rights.judged", dossier=request.dossier, obj=passage, fields=["spans"], by=by)


def stale(passage: RightsPassage, answer: RightsAnswer | None) -> bool:
    """Whether the source answered after somebody judged: then it is judged once more, unless all of it may go."""
    late = answer is not None and passage.judged_at is not None and answer.answered_at > passage.judged_at
    return late and answer is not None and answer.verdict != Verdict.MAY


def to_judge(pairs: Iterable[tuple[RightsPassage, RightsAnswer | None]]) -> int:
    """How many passages nobody has decided of yet."""
    return sum(bool(text_of(p, a)) and (p.judged_at is None or stale(p, a)) for p, a in pairs)

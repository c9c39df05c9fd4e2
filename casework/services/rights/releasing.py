"""The decision: the file as it goes out, fixed and with its fingerprint, or a refusal that names its article."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from casework.letters import as_pdf
from casework.models import (
    RightsAnswer,
    RightsKind,
    RightsOverview,
    RightsPassage,
    RightsPerson,
    RightsQuestion,
    RightsRelease,
    RightsRequest,
    RightsState,
)
from casework.rights_rules import REFUSALS
from casework.services.rights import erasing, following, objecting
from casework.services.rights.admitting import end
from casework.services.rights.composing import File, compose, decision_words, letter, refusal_words, release_words
from casework.services.rights.holding import hold, note
from casework.services.rights.judging import to_judge
from casework.services.rights.looks import annex
from casework.services.rights.restricting import restricted_words
from privacy import dossiers
from privacy.access import require
from privacy.actor import Actor
from privacy.audit import record
from privacy.models import CompartmentKind

TO_JUDGE = "Er zijn nog {number} passages die niemand heeft beoordeeld."
WAITS = "{name} heeft nog niet van alles gezegd of het mag. Wacht tot {day}, of herinner deze organisatie."
SAY_WHAT = "Schrijf op wat u hebt besloten, en waarom. Dat komt in de brief."
NO_LOOKS = "Van dit verzoek is niet bekend tot wanneer er gekeken is. Geef het bestand zonder deze bijlage."
CHOOSE = "Kies op welk artikel u weigert."

Pair = tuple[RightsPassage, RightsAnswer | None]


def pairs_of(request: RightsRequest) -> list[Pair]:
    """Every passage with what its source said."""
    rows = RightsPassage.objects.filter(request=request).select_related("organisation", "request", "question")
    answers = {answer.passage_id: answer for answer in RightsAnswer.objects.filter(passage__in=rows)}
    return [(row, answers.get(row.pk)) for row in rows]


def why_not_release(request: RightsRequest, pairs: Sequence[Pair], today: date) -> str:
    """Why the file can't go yet; empty when it can."""
    if request.kind == RightsKind.OBJECT:
        return objecting.why_not_decide(request)
    if request.kind == RightsKind.ERASE:
        return erasing.why_not_decide(request, today)
    left = to_judge(pairs)
    if left:
        return TO_JUDGE.format(number=left)
    for question in RightsQuestion.objects.filter(request=request).select_related("organisation"):
        silent = any(answer is None for passage, answer in pairs if passage.question_id == question.pk)
        if silent and question.due_on >= today:
            return WAITS.format(name=question.organisation.name, day=f"{question.due_on:%d-%m-%Y}")
    return ""


def composed(request: RightsRequest, pairs: Sequence[Pair], looks: dict[str, Any] | None = None) -> File:
    """The file as it would go out now."""
    overview = RightsOverview.objects.filter(request=request).first()
    body = overview.body if overview else {}
    return compose(request, RightsPerson.objects.get(request=request), pairs, body, looks)


def decided_words(request: RightsRequest) -> list[str]:
    """What others decided for this request, as the letter says it; what the desk itself decides is typed."""
    if request.kind == RightsKind.OBJECT:
        return objecting.words(request)
    return erasing.words(request) if request.kind == RightsKind.ERASE else []


def release(
    request: RightsRequest,
    said: str,
    recheck_on: date | None,
    *,
    with_looks: bool = False,
    now: datetime,
    today: date,
    by: Actor,
) -> RightsRelease:
    """Makes letter and file, and ends the request. From then on nothing of it changes."""
    request = hold(request, RightsState.JUDGING, by=by)
    pairs = pairs_of(request)
    why = why_not_release(request, pairs, today)
    require(not why, why)
    request.recheck_on = recheck_on
    if request.kind != RightsKind.ACCESS:
        decided = decided_words(request)
        require(bool(said or decided), SAY_WHAT)
        words = [*decision_words(request), *decided, *([said] if said else []), *restricted_words(request)]
        given = _give(request, "Ons besluit op uw verzoek", words, None, said, RightsState.RELEASED,
                      now=now, today=today, by=by)  # fmt: skip
        following.follow_up(request, now=now, today=today, by=by)
        return given
    looks = annex(request, pairs, by=by) if with_looks else None
    require(looks is not None or not with_looks, NO_LOOKS)
    made = composed(request, pairs, looks)
    words = release_words(request, made)
    return _give(request, "Uw gegevens", [*words, said] if said else words, made, said, RightsState.RELEASED,
                 now=now, today=today, by=by)  # fmt: skip


def refuse(request: RightsRequest, article: str, said: str, *, now: datetime, today: date, by: Actor) -> RightsRelease:
    """Says no, with the article, in a letter that says what can be done against it."""
    request = hold(request, by=by)
    require(article in REFUSALS, CHOOSE)
    request.refusal = article
    words = [*refusal_words(request, said), *restricted_words(request)]
    return _give(request, "Wij wijzen uw verzoek af", words, None, said, RightsState.REFUSED,
                 now=now, today=today, by=by)  # fmt: skip


def _give(
    request: RightsRequest, subject: str, words: Sequence[str], made: File | None, said: str, state: RightsState,
    *, now: datetime, today: date, by: Actor,
) -> RightsRelease:  # fmt: skip
    person = RightsPerson.objects.get(request=request)
    file = as_pdf("inzage", made.content) if made else None
    release = RightsRelease(
        dossier=request.dossier,
        compartment=dossiers.part(request.dossier, CompartmentKind.REGIE),
        request=request,
        letter=as_pdf("brief", letter(request, person, day=today, paragraphs=words, subject=subject)),
        file=file,
        made_at=now,
    )
    release.save(force_insert=True)
    note(request, "decision", said, now=now, by=by)
    request.fingerprint = hashlib.sha256(file or release.letter).hexdigest()
    event = "rights.released" if state == RightsState.RELEASED else "rights.refused"
    record.change(event, dossier=request.dossier, obj=request, fields=["file", "letter"], by=by)
    end(request, state, now=now, by=by, also=("fingerprint", "refusal", "recheck_on"))
    if request.kind == RightsKind.OBJECT:
        objecting.settle(request, by=by)
    return release

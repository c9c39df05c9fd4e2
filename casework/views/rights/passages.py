"""One passage: what a person decides about it at the desk, what its source says, and what an officer may see."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from casework.forms.rights import AnswerForm, JudgeForm
from casework.queries.rights import weighing
from casework.queries.rights.asked import opened_question, own_passages, waiting
from casework.queries.rights.desk import one_pair, opened_request
from casework.queries.rights.watched import watched
from casework.redacting import spans_of
from casework.services.rights import answering, judging
from casework.services.rights.composing import left_of
from casework.services.rights.erasing import erases
from privacy.access import ActorRequest, guarded, require
from privacy.errors import NotKnown
from privacy.roles import Verb
from privacy.taking import take, typed


@guarded(Verb.RIGHTS_HANDLE)
@require_http_methods(["GET", "POST"])
def judge(request: ActorRequest, pk: UUID, passage_id: UUID) -> HttpResponse:
    """Sentence by sentence: what may go, and what not on which ground."""
    row = opened_request(pk, by=request.actor)
    (passage, said), after = one_pair(row, passage_id)
    text = judging.text_of(passage, said)
    require(bool(text), judging.EMPTY)
    spans = spans_of(passage.spans or [])
    form = JudgeForm(
        typed(request), text=text, spans=spans, out=passage.left_out, refused_on=_refused(passage.refused_on, said)
    )

    def act() -> str:
        judging.judge(passage, form.judgement(), now=timezone.now(), by=request.actor)
        return "Bewaard."

    answer, status = take(request, form, act, lambda: ("rights-passage", pk, after) if after else ("rights-detail", pk))
    context = {"form": form, "row": row, "passage": passage, "said": said, "text": text, "left": left_of(passage, said)}
    return answer or render(request, "casework/rights/passage.html", context, status=status)


def _refused(chosen: str, said: object) -> str:
    """What the source refused is chosen beforehand."""
    return chosen or (getattr(said, "ground", "") if getattr(said, "verdict", "") == "refused" else "")


@guarded(Verb.RIGHTS_ANSWER)
@require_GET
def asked(request: ActorRequest) -> HttpResponse:
    """What the contact point asks of my organisation."""
    rows = waiting(timezone.localdate(), by=request.actor)
    objections = weighing.waiting(by=request.actor)
    return render(request, "casework/rights/asked.html", {"rows": rows, "objections": objections})


@guarded(Verb.RIGHTS_ANSWER)
@require_GET
def question(request: ActorRequest, pk: UUID) -> HttpResponse:
    """The own passages, each with what was said of it."""
    row = opened_question(pk, by=request.actor)
    require(row.organisation_id == request.actor.organisation_id, "Alleen de bron antwoordt hierop.")
    context = {"row": row, "rows": own_passages(row, by=request.actor), "erases": erases(row.pk)}
    return render(request, "casework/rights/question.html", context)


@guarded(Verb.RIGHTS_ANSWER)
@require_http_methods(["GET", "POST"])
def answer(request: ActorRequest, pk: UUID, passage_id: UUID) -> HttpResponse:
    """Says of one passage whether it may go."""
    row = opened_question(pk, by=request.actor)
    found = next((one for one in own_passages(row, by=request.actor) if one.passage.pk == passage_id), None)
    if found is None:
        raise NotKnown
    form = AnswerForm(typed(request), own=found.passage.own)

    def act() -> str:
        answering.answer(found.passage, form.answer(), now=timezone.now(), by=request.actor)
        return "Uw antwoord is bewaard."

    done, status = take(request, form, act, lambda: ("rights-question", pk))
    context = {"row": row, "one": found, "form": form}
    return done or render(request, "casework/rights/answer.html", context, status=status)


@guarded(Verb.RIGHTS_ANSWER)
@require_POST
def all_may(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Everything that waits may go: for who read it all and has nothing against it."""
    row = opened_question(pk, by=request.actor)
    for one in own_passages(row, by=request.actor):
        if one.answer is None and not one.passage.own:
            given = answering.AnswerInput("may")
            answering.answer(one.passage, given, now=timezone.now(), by=request.actor)
    return redirect("rights-question", pk)


@guarded(Verb.RIGHTS_WATCH)
@require_GET
def officer(request: ActorRequest) -> HttpResponse:
    """How the requests stand: terms and states, and no content."""
    context = {"rights": watched(timezone.localdate(), by=request.actor)}
    return render(request, "casework/rights/watched.html", context)

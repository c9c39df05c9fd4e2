"""What a person may do besides reading: a statement beside a passage, and a restriction of its dossiers."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from casework.forms.person import LiftForm, ReplyForm, SayForm
from casework.queries.rights.asked import opened_question, own_passages
from casework.queries.rights.desk import one_pair, opened_request
from casework.queries.rights.person import saying_of, who_looked
from casework.services.rights import restricting, saying
from privacy.access import ActorRequest, guarded, require
from privacy.errors import NotKnown
from privacy.roles import Verb
from privacy.taking import press, take, typed


@guarded(Verb.RIGHTS_HANDLE)
@require_http_methods(["GET", "POST"])
def say(request: ActorRequest, pk: UUID, passage_id: UUID) -> HttpResponse:
    """What the person says of one passage; the source is told at once."""
    row = opened_request(pk, by=request.actor)
    (passage, _), _ = one_pair(row, passage_id)
    require(saying.can_be_said(passage), saying.NOT_HERE)
    form = SayForm(typed(request))

    def act() -> str:
        saying.say(passage, form.cleaned_data["text"], now=timezone.now(), by=request.actor)
        return "De verklaring is bewaard. De bron heeft bericht."

    answer, status = take(request, form, act, lambda: ("rights-detail", pk))
    context = {"form": form, "row": row, "passage": passage}
    return answer or render(request, "casework/rights/say.html", context, status=status)


@guarded(Verb.RIGHTS_ANSWER)
@require_http_methods(["GET", "POST"])
def reply(request: ActorRequest, pk: UUID, passage_id: UUID) -> HttpResponse:
    """The source answers; the statement comes beside its own text."""
    row = opened_question(pk, by=request.actor)
    passage = next((one.passage for one in own_passages(row, by=request.actor) if one.passage.pk == passage_id), None)
    said = saying_of(passage, by=request.actor) if passage else None
    if passage is None or said is None:
        raise NotKnown
    form = ReplyForm(typed(request))

    def act() -> str:
        outcome, reason = form.cleaned_data["outcome"], form.cleaned_data["reason"]
        saying.reply(said, outcome, reason, now=timezone.now(), by=request.actor)
        return "Uw antwoord is bewaard. De verklaring staat nu bij uw tekst."

    answer, status = take(request, form, act, lambda: ("rights-question", pk))
    context = {"form": form, "row": row, "passage": passage, "said": said}
    return answer or render(request, "casework/rights/reply.html", context, status=status)


@guarded(Verb.RIGHTS_HANDLE)
@require_POST
def restrict(request: ActorRequest, pk: UUID) -> HttpResponse:
    """From now on the dossiers are kept and not used."""
    row = opened_request(pk, by=request.actor)

    def act() -> str:
        made = restricting.restrict(row, by=request.actor)
        return f"De beperking staat op {made} dossiers. Iedereen die daar werkt, ziet dat."

    press(request, act)
    return redirect("rights-detail", pk)


@guarded(Verb.RIGHTS_HANDLE)
@require_http_methods(["GET", "POST"])
def lift(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Takes the restriction off, with word to the person."""
    row = opened_request(pk, by=request.actor)
    form = LiftForm(typed(request))

    def act() -> str:
        restricting.lift(row, form.cleaned_data["said"], now=timezone.now(), by=request.actor)
        return "De beperking is eraf. Uw bericht aan de persoon staat bij het verzoek."

    answer, status = take(request, form, act, lambda: ("rights-detail", pk))
    context = {"form": form, "row": row, "stands": restricting.stands(row)}
    return answer or render(request, "casework/rights/lift.html", context, status=status)


@guarded(Verb.RIGHTS_HANDLE)
@require_GET
def looked(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Who looked at the dossiers of this person, per day and organisation; asking is in the log too."""
    row = opened_request(pk, by=request.actor)
    days = who_looked(row, until=timezone.now(), by=request.actor)
    return render(request, "casework/rights/looked.html", {"row": row, "days": days})

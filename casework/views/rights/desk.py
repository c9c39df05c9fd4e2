"""The desk of the contact point: the board, a new request, and one request with its steps."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from casework import rights_rules as rules
from casework.forms.rights import (
    CandidatesForm,
    HandForm,
    IdentityForm,
    ReasonForm,
    RefuseForm,
    RegisterForm,
    ReleaseForm,
)
from casework.models import RightsKind, RightsQuestion, RightsRequest
from casework.queries.rights.desk import board, detail, opened_request
from casework.queries.rights.handling import colleagues
from casework.services.rights import admitting, answering, collecting, handing, registering, releasing
from casework.services.rights.holding import kept_away
from casework.services.rights.looks import annex
from casework.services.rights.restricting import restricted_words
from privacy.access import ActorRequest, guarded, visible
from privacy.audit import record
from privacy.errors import NotKnown
from privacy.forms import PlainForm
from privacy.roles import Verb
from privacy.taking import press, take, tries, try_out, typed


@guarded(Verb.RIGHTS_HANDLE)
@require_GET
def index(request: ActorRequest) -> HttpResponse:
    """Every request, the nearest term on top."""
    return render(request, "casework/rights/board.html", {"lines": board(timezone.localdate(), by=request.actor)})


@guarded(Verb.RIGHTS_HANDLE)
@require_http_methods(["GET", "POST"])
def new(request: ActorRequest) -> HttpResponse:
    """Registers what came in."""
    form = RegisterForm(typed(request), today=timezone.localdate())
    made: list[RightsRequest] = []

    def act() -> str:
        made.append(registering.register(form.given(), now=timezone.now(), by=request.actor))
        return f"Verzoek {made[0].reference} is ingeschreven."

    answer, status = take(request, form, act, lambda: ("rights-detail", made[0].pk))
    return answer or render(request, "casework/rights/new.html", {"form": form}, status=status)


def _page(request: ActorRequest, row: RightsRequest, status: int = 200, **forms: PlainForm) -> HttpResponse:
    today = timezone.localdate()
    shown = detail(row, today, by=request.actor)
    context: dict[str, Any] = {
        "shown": shown,
        "row": row,
        "identity_form": IdentityForm(),
        "reason_form": ReasonForm(),
        "candidates_form": CandidatesForm(candidates=shown.candidates),
        "hand_form": HandForm(people=shown.desk.colleagues),
        "extend": not rules.why_not_extend(row.received_on, extended=row.extended_on is not None, today=today),
    }
    return render(request, "casework/rights/detail.html", context | forms, status=status)


@guarded(Verb.RIGHTS_HANDLE)
@require_GET
def show(request: ActorRequest, pk: UUID) -> HttpResponse:
    """One request: what is asked, how it stands, and the next step."""
    return _page(request, opened_request(pk, by=request.actor))


@guarded(Verb.RIGHTS_HANDLE)
@require_POST
def take_over(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Somebody of the desk goes on with what a colleague began."""
    row = opened_request(pk, by=request.actor)

    def act() -> str:
        handing.hand_over(row, request.actor.user_id, by=request.actor)
        return "U behandelt dit verzoek nu."

    press(request, act)
    return redirect("rights-detail", pk)


@guarded(Verb.RIGHTS_HANDLE)
@require_POST
def hand_over(request: ActorRequest, pk: UUID) -> HttpResponse:
    """A colleague goes on with it."""
    row = opened_request(pk, by=request.actor)
    form = HandForm(request.POST, people=colleagues(by=request.actor))

    def act() -> str:
        handing.hand_over(row, form.person(), by=request.actor)
        return "Uw collega behandelt dit verzoek nu, en heeft bericht."

    answer, status = take(request, form, act, lambda: ("rights-detail", pk))
    return answer or _page(request, row, status, hand_form=form)


@guarded(Verb.RIGHTS_HANDLE)
@require_POST
def identity(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Notes how it was checked who this is."""
    row, form = opened_request(pk, by=request.actor), IdentityForm(request.POST)

    def act() -> str:
        admitting.identify(row, **form.cleaned_data, now=timezone.now(), by=request.actor)
        return "De identiteit is vastgelegd."

    answer, status = take(request, form, act, lambda: ("rights-detail", pk))
    return answer or _page(request, row, status, identity_form=form)


@guarded(Verb.RIGHTS_HANDLE)
@require_POST
def settle(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Decides that it goes on in spite of a doubt."""
    row, form = opened_request(pk, by=request.actor), ReasonForm(request.POST)

    def act() -> str:
        admitting.settle(row, form.cleaned_data["reason"], now=timezone.now(), by=request.actor)
        return "Uw besluit is bewaard. U kunt gegevens verzamelen."

    answer, status = take(request, form, act, lambda: ("rights-detail", pk))
    return answer or _page(request, row, status, reason_form=form)


@guarded(Verb.RIGHTS_HANDLE)
@require_http_methods(["GET", "POST"])
def extend(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Two months more, told to the person today."""
    row, form = opened_request(pk, by=request.actor), ReasonForm(typed(request))

    def act() -> str:
        now = timezone.now()
        admitting.extend(row, form.cleaned_data["reason"], today=timezone.localdate(), now=now, by=request.actor)
        return "De termijn is twee maanden langer. Stuur de persoon vandaag bericht, met de reden."

    answer, status = take(request, form, act, lambda: ("rights-detail", pk))
    return answer or render(request, "casework/rights/extend.html", {"form": form, "row": row}, status=status)


@guarded(Verb.RIGHTS_HANDLE)
@require_POST
def search(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Lets the database look where this person stands."""
    row = opened_request(pk, by=request.actor)

    def act() -> str:
        found = collecting.search(row, by=request.actor)
        if kept_away(row):
            return ""
        return f"Er zijn {found} dossiers gevonden die u nog niet zag." if found else "Er is niets nieuws gevonden."

    press(request, act)
    return redirect("rights-detail", pk)


@guarded(Verb.RIGHTS_HANDLE)
@require_POST
def confirm(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Says which dossiers are really about this person."""
    row = opened_request(pk, by=request.actor)
    shown = detail(row, timezone.localdate(), by=request.actor)
    form = CandidatesForm(request.POST, candidates=shown.candidates)

    def act() -> str:
        collecting.confirm(row, form.really(), now=timezone.now(), by=request.actor)
        return "Bewaard. U kunt nu verzamelen."

    answer, status = take(request, form, act, lambda: ("rights-detail", pk))
    return answer or _page(request, row, status, candidates_form=form)


@guarded(Verb.RIGHTS_HANDLE)
@require_POST
def collect(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Takes over what the confirmed dossiers say of this person, and asks the sources."""
    row = opened_request(pk, by=request.actor)

    def act() -> str:
        now = timezone.now()
        made = collecting.collect(row, now=now, today=timezone.localdate(now), by=request.actor)
        return f"Er zijn {made} passages overgenomen. De bronnen hebben bericht."

    press(request, act)
    return redirect("rights-detail", pk)


@guarded(Verb.RIGHTS_HANDLE)
@require_POST
def remind(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Tells a source once more that something waits."""
    question = visible(RightsQuestion, by=request.actor).select_related("request__dossier").filter(pk=pk).first()
    if question is None:
        raise NotKnown

    def act() -> str:
        answering.remind(question, now=timezone.now(), by=request.actor)
        return "De herinnering is verstuurd."

    press(request, act)
    return redirect("rights-detail", question.request_id)


@guarded(Verb.RIGHTS_HANDLE)
@require_http_methods(["GET", "POST"])
def release(request: ActorRequest, pk: UUID) -> HttpResponse:
    """How it will read, and giving it."""
    row, today = opened_request(pk, by=request.actor), timezone.localdate()
    form = ReleaseForm(typed(request), today=today, sees=row.kind == RightsKind.ACCESS)
    pairs = releasing.pairs_of(row)

    def act() -> str:
        data = form.cleaned_data
        looks, now = data.get("with_looks", False), timezone.now()
        releasing.release(
            row, data["said"], data["recheck_on"], with_looks=looks, now=now, today=today, by=request.actor
        )
        return "Het bestand en de brief staan vast. Geef ze aan de persoon."

    looks = None
    if tries(request) and row.kind == RightsKind.ACCESS:
        looks, status = try_out(form, lambda: annex(row, pairs, by=request.actor))
    else:
        answer, status = take(request, form, act, lambda: ("rights-detail", pk))
        if answer:
            return answer
    context = {
        "looks": looks,
        "restricted": restricted_words(row),
        "form": form,
        "row": row,
        "why_not": releasing.why_not_release(row, pairs, today),
        "file": releasing.composed(row, pairs).content,
        "decided": releasing.decided_words(row),
    }
    return render(request, "casework/rights/release.html", context, status=status)


@guarded(Verb.RIGHTS_HANDLE)
@require_http_methods(["GET", "POST"])
def refuse(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Says no, on an article."""
    row = opened_request(pk, by=request.actor)
    shown = detail(row, timezone.localdate(), by=request.actor)
    form = RefuseForm(typed(request), initial={"article": shown.refusal.code if shown.refusal else ""})

    def act() -> str:
        now = timezone.now()
        article, said = form.cleaned_data["article"], form.cleaned_data["said"]
        releasing.refuse(row, article, said, now=now, today=timezone.localdate(now), by=request.actor)
        return "Het verzoek is geweigerd. De brief staat klaar."

    answer, status = take(request, form, act, lambda: ("rights-detail", pk))
    return answer or render(request, "casework/rights/refuse.html", {"form": form, "row": row}, status=status)


def _file(request: ActorRequest, pk: UUID, which: str) -> HttpResponse:
    row = opened_request(pk, by=request.actor)
    made = detail(row, timezone.localdate(), by=request.actor).release
    content = getattr(made, which) if made else None
    if content is None:
        raise NotKnown
    record.look("rights.file", seen=record.Seen((row.dossier_id,), (row.reference,)), by=request.actor)
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{row.reference}-{which}.pdf"'
    return response


@guarded(Verb.RIGHTS_HANDLE)
@require_GET
def letter(request: ActorRequest, pk: UUID) -> HttpResponse:
    """The letter as it was fixed."""
    return _file(request, pk, "letter")


@guarded(Verb.RIGHTS_HANDLE)
@require_GET
def file(request: ActorRequest, pk: UUID) -> HttpResponse:
    """The file for the person as it was fixed."""
    return _file(request, pk, "file")

"""Keeping a case longer: who directs it asks, each organisation whose data are in it answers."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from casework.queries import extension as pages
from casework.services import extending
from privacy.access import ActorRequest, guarded, require
from privacy.forms import PlainForm, set_choices
from privacy.retention import extension
from privacy.roles import Verb
from privacy.taking import press, take, typed


class AskForm(PlainForm):
    """On which ground, and why."""

    ground = forms.ChoiceField(
        label="Op welke grond?", widget=forms.RadioSelect, error_messages={"required": "Kies een grond."}
    )
    reason = forms.CharField(
        label="Waarom blijven de gegevens nodig?",
        max_length=2000,
        help_text="Iedere organisatie die gegevens inbracht, leest dit. Noem geen andere organisaties en schrijf geen "
        "namen op. De privacy officer en de beheerder lezen dit niet.",
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": "Schrijf op waarom de gegevens langer nodig zijn."},
    )


class AnswerForm(PlainForm):
    """Yes or no, for one's own organisation."""

    agreed = forms.ChoiceField(
        label="Mag de casus langer bewaard blijven, met de gegevens van uw organisatie?",
        choices=[("yes", "Ja, wij stemmen in"), ("no", "Nee, wij stemmen niet in")],
        widget=forms.RadioSelect,
        error_messages={"required": "Kies ja of nee."},
    )


@guarded(Verb.RETENTION_OBJECT)
@require_http_methods(["GET", "POST"])
def ask(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Asks to keep a case longer, and shows how a request stands."""
    today, case = timezone.localdate(), pages.directed_case(pk, by=request.actor)
    form = AskForm(typed(request))
    grounds = extending.grounds_of(case)
    set_choices(form, "ground", [(one.code, f"{one.code}. {one.label}") for one in grounds])

    def act() -> str:
        data = form.cleaned_data
        extending.ask(case, data["ground"], data["reason"], now=timezone.now(), by=request.actor)
        return "De organisaties krijgen bericht. Zolang het verzoek loopt, wordt de casus niet vernietigd."

    answered, status = take(request, form, act, lambda: ("retention-extension", pk))
    if answered:
        return answered
    context = {
        "about": case.dossier,
        "case": case,
        "requests": pages.requests_about(case, today, by=request.actor),
        "barrier": extension.barrier(case.dossier_id) if grounds else extending.NOT_HERE,
        "sources": pages.sources_of(case),
        "years": pages.years_of(case),
        "form": form,
    }
    return render(request, "casework/extension/ask.html", context, status=status)


@guarded(Verb.RETENTION_OBJECT)
@require_POST
def step(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Who directs extends the term, or takes the request back."""
    row = extension.one(pk)
    case = pages.directed_case(row.dossier_id, by=request.actor)

    def act() -> str:
        if request.POST.get("step") == "grant":
            extension.grant(row, by=request.actor)
            return f"{case.dossier.reference} blijft bewaard tot {row.new_end:%d-%m-%Y}."
        require(request.POST.get("step") == "withdraw", "Kies wat u met dit verzoek wilt doen.")
        extension.withdraw(row, by=request.actor)
        return "Het verzoek is ingetrokken. De bewaartermijn verandert niet."

    press(request, act)
    return redirect("retention-extension", row.dossier_id)


@guarded(Verb.RETENTION_CONSENT)
@require_GET
def asked(request: ActorRequest) -> HttpResponse:
    """What waits for an answer of my organisation."""
    return render(
        request, "casework/extension/asked.html", {"rows": pages.waiting(timezone.localdate(), by=request.actor)}
    )


@guarded(Verb.RETENTION_CONSENT)
@require_http_methods(["GET", "POST"])
def answer(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Says for the own organisation whether a case may stay longer."""
    row, text, own = pages.to_answer(pk, by=request.actor)
    form = AnswerForm(typed(request))

    def act() -> str:
        agreed = form.cleaned_data["agreed"] == "yes"
        extending.answer(row, agreed, by=request.actor)
        return "Uw organisatie stemt in." if agreed else "Uw organisatie stemt niet in. De termijn wordt niet verlengd."

    answered, status = take(request, form, act, lambda: ("extension-answer", pk))
    if answered:
        return answered
    context = {"row": row, "text": text, "own": own, "waits": row.waits(timezone.localdate()), "form": form,
               "ground": pages.ground_said(row)}  # fmt: skip
    return render(request, "casework/extension/answer.html", context, status=status)

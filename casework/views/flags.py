"""Special care for a case: who reads it is looked at by the privacy officer."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from casework.views.case_pages import directed, page
from privacy.access import ActorRequest, guarded
from privacy.forms import PlainForm
from privacy.models import Special
from privacy.review import flags
from privacy.roles import Verb
from privacy.taking import press, take, typed


class FlagForm(PlainForm):
    """Why, as a code."""

    code = forms.ChoiceField(
        label="Over wie gaat deze casus?",
        choices=Special.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Kies over wie deze casus gaat."},
    )


@guarded(Verb.CASE_DIRECT)
@require_http_methods(["GET", "POST"])
def put(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Gives a case special care."""
    head = directed(pk, request)
    form = FlagForm(typed(request))

    def act() -> str:
        code = Special(form.cleaned_data["code"])
        flags.set_flag(head.case.dossier, code, now=timezone.now(), by=request.actor)
        return "Deze casus heeft nu bijzondere aandacht. De privacy officer let op wie haar leest."

    answer, status = take(request, form, act, lambda: ("case-flag", pk))
    context = {"form": form, "flag": flags.flag_of(head.case.dossier, by=request.actor)}
    return answer or page(request, head, "case-flag", context, status=status)


@guarded(Verb.CASE_DIRECT)
@require_POST
def let_go(request: ActorRequest, pk: UUID) -> HttpResponse:
    """It is as any other case again."""
    head = directed(pk, request)

    def act() -> str:
        flags.end_flag(head.case.dossier, now=timezone.now(), by=request.actor)
        return "Deze casus heeft geen bijzondere aandacht meer."

    press(request, act)
    return redirect("case-flag", pk)

"""What goes soon, for who directs it: time to say that it must stay."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from casework.queries import retention
from privacy.access import ActorRequest, guarded
from privacy.forms import PlainForm
from privacy.retention import holds
from privacy.roles import Verb
from privacy.taking import take, typed


class ObjectionForm(PlainForm):
    """Why it must stay."""

    reason = forms.CharField(
        label="Waarom moet het dossier blijven?",
        max_length=2000,
        help_text="De privacy officer leest dit. Schrijf geen namen op.",
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Schrijf op waarom het dossier moet blijven."},
    )


@guarded(Verb.RETENTION_OBJECT)
@require_GET
def soon(request: ActorRequest) -> HttpResponse:
    """What goes within 90 days."""
    rows = retention.goes_soon(timezone.localdate(), by=request.actor)
    return render(request, "privacy/retention-soon.html", {"rows": rows})


@guarded(Verb.RETENTION_OBJECT)
@require_http_methods(["GET", "POST"])
def objection(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Says that a dossier must stay, and reads what the officer answered."""
    about = retention.one_going(pk, timezone.localdate(), by=request.actor)
    form = ObjectionForm(typed(request))

    def act() -> str:
        holds.object_to(about, form.cleaned_data["reason"], now=timezone.now(), by=request.actor)
        return f"{about.reference} wordt niet vernietigd zolang uw bezwaar loopt. De privacy officer antwoordt u."

    answer, status = take(request, form, act, lambda: ("retention-soon",))
    if answer:
        return answer
    context = {"about": about, "texts": retention.said_of(about, by=request.actor), "form": form}
    return render(request, "privacy/retention-objection.html", context, status=status)

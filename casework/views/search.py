"""Searching in one's own dossiers. By POST: what is searched for is personal and belongs in no address or log."""

from __future__ import annotations

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from casework.queries.known import asking_seats
from casework.queries.search import MOST
from casework.queries.search import search as find
from privacy.access import ActorRequest, guarded
from privacy.forms import PlainForm
from privacy.roles import Role, Verb


class SearchForm(PlainForm):
    """Number, name, address or a word."""

    hide_optional = True
    q = forms.CharField(
        label="Nummer, naam, adres of woord",
        max_length=100,
        error_messages={"required": "Vul in wat u zoekt."},
        widget=forms.TextInput(attrs={"class": "ct-w-30", "autocomplete": "off"}),
    )


@guarded(Verb.SEARCH)
@require_http_methods(["GET", "POST"])
def search(request: ActorRequest) -> HttpResponse:
    """Finds in the reader's own signals and cases, and nowhere else."""
    form = SearchForm(request.POST if request.method == "POST" else None)
    found = find(form.cleaned_data["q"], by=request.actor) if form.is_valid() else None
    triages = request.actor.tables_as(Role.PROCESREGISSEUR)
    context = {"form": form, "found": found, "most": MOST, "triages": bool(triages)}
    context["may_ask_known"] = bool(asking_seats(by=request.actor))
    return render(request, "casework/search.html", context)

"""The priority list: which cases go first, by published criteria."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from casework.forms.priority import PriorityForm
from casework.queries.priority import priority_list, priority_of
from casework.services import priority
from casework.theming import themes
from casework.views import case_pages
from privacy.access import ActorRequest, guarded
from privacy.roles import Verb
from privacy.taking import take, typed


@guarded(Verb.CASE_DIRECT)
@require_GET
def index(request: ActorRequest) -> HttpResponse:
    """The list of my tables, with the criteria as they are published."""
    published = [theme for theme in themes().active() if theme.priority]
    context = {"rows": priority_list(by=request.actor), "themes": published}
    return render(request, "casework/priority.html", context)


@guarded(Verb.CASE_DIRECT)
@require_http_methods(["GET", "POST"])
def put(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Puts a case on the list."""
    head = case_pages.directed(pk, request)
    form = PriorityForm(typed(request), theme=head.theme)

    def act() -> str:
        data = form.cleaned_data
        priority.put_first(head.case, data["criterion"], data["reason"], now=timezone.now(), by=request.actor)
        return "De casus staat op de prioriteitenlijst. Haal de casus eraf zodra het niet meer nodig is."

    answer, status = take(request, form, act, lambda: ("case-detail", pk))
    context = {"form": form, "there": priority_of(head.case, by=request.actor)}
    return answer or case_pages.page(request, head, "case-priority", context, status=status)


@guarded(Verb.CASE_DIRECT)
@require_POST
def let_go(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Takes a case off the list."""
    head = case_pages.directed(pk, request)
    priority.let_go(head.case, now=timezone.now(), by=request.actor)
    messages.success(request, "De casus staat niet meer op de prioriteitenlijst.")
    return redirect("priority-list")

"""The beheerder's pages of who decides for which authority at a table, and of mandates."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from escalation.authority_files import authorities
from escalation.forms.authorities import HolderForm, MandateForm
from escalation.queries import authorities as queries
from escalation.services import authorities as services
from partners.models import CaseTable
from partners.views.rows import known
from privacy.access import ActorRequest, guarded, require
from privacy.errors import NotKnown
from privacy.forms import PlainForm
from privacy.roles import Verb
from privacy.taking import take, typed


@guarded(Verb.MANAGE)
@require_GET
def index(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Every authority with who decides for it here, and the mandates."""
    table = known(CaseTable, pk)
    rows = queries.rows(table)
    context = {
        "table": table,
        "asked": [row for row in rows if row.asked],
        "others": [row for row in rows if not row.asked],
        "mandates": queries.mandates(table, timezone.localdate()),
        "mandates_known": bool(queries.known_mandates(table)),
    }
    return render(request, "escalation/authorities.html", context)


@guarded(Verb.MANAGE)
@require_http_methods(["GET", "POST"])
def holder_new(request: ActorRequest, pk: UUID, code: str) -> HttpResponse:
    """Notes that somebody decides for an authority."""
    table, now = known(CaseTable, pk), timezone.now()
    if code not in authorities().codes:
        raise NotKnown
    authority = authorities().get(code)
    require(not (why := services.why_no_holder(authority)), why)
    people = queries.seated(table, now)
    form = HolderForm(typed(request), people=people)

    def act() -> str:
        holder = services.give(table, code, form.cleaned_data["user"], now=now, by=request.actor)
        return f"{holder.user.name} beslist nu voor {authority.named}."

    answer, status = take(request, form, act, lambda: ("table-authorities", pk))
    context = {"form": form, "table": table, "authority": authority, "people": people}
    return answer or render(request, "escalation/authority-new.html", context, status=status)


@guarded(Verb.MANAGE)
@require_http_methods(["GET", "POST"])
def holder_end(request: ActorRequest, pk: UUID, holder_id: UUID) -> HttpResponse:
    """Ends that somebody decides for an authority, after saying what that takes away."""
    holder = queries.one_holder(pk, holder_id)
    named = authorities().get(holder.authority).named
    form = PlainForm(typed(request))

    def act() -> str:
        services.end(holder, now=timezone.now(), by=request.actor)
        return f"{holder.user.name} beslist niet meer voor {named}."

    answer, status = take(request, form, act, lambda: ("table-authorities", pk))
    context = {"form": form, "table": holder.table, "holder": holder, "named": named}
    return answer or render(request, "escalation/authority-end.html", context, status=status)


@guarded(Verb.MANAGE)
@require_http_methods(["GET", "POST"])
def mandate_new(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Notes a mandate that was given."""
    table = known(CaseTable, pk)
    pairs = queries.known_mandates(table)
    form = MandateForm(typed(request), pairs=pairs)

    def act() -> str:
        services.give_mandate(table, form.mandate(), now=timezone.now(), by=request.actor)
        return "Het mandaat is bewaard."

    answer, status = take(request, form, act, lambda: ("table-authorities", pk))
    context = {"form": form, "table": table, "pairs": pairs}
    return answer or render(request, "escalation/mandate-new.html", context, status=status)


@guarded(Verb.MANAGE)
@require_http_methods(["GET", "POST"])
def mandate_end(request: ActorRequest, pk: UUID, mandate_id: UUID) -> HttpResponse:
    """Ends a mandate, after saying what that takes away."""
    mandate = queries.one_mandate(pk, mandate_id)
    form = PlainForm(typed(request))

    def act() -> str:
        services.end_mandate(mandate, now=timezone.now(), by=request.actor)
        return "Het mandaat is beëindigd."

    answer, status = take(request, form, act, lambda: ("table-authorities", pk))
    context = {
        "form": form,
        "table": mandate.table,
        "mandate": mandate,
        "giver": authorities().get(mandate.giver).named,
        "to": authorities().get(mandate.to).named,
    }
    return answer or render(request, "escalation/mandate-end.html", context, status=status)

"""Somebody leaves, or a whole organisation: what will happen is said before it does."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from partners import in_hands, managing
from partners.forms.leaving import LeaveForm
from partners.models import Organisation, Seat, User
from partners.services.organisations import save_organisation
from partners.services.users import leave
from partners.views.rows import known
from privacy.access import ActorRequest, guarded
from privacy.forms import PlainForm
from privacy.roles import Verb
from privacy.taking import take, typed


@guarded(Verb.MANAGE)
@require_http_methods(["GET", "POST"])
def person(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Lets a person leave today."""
    user, now = known(User, pk), timezone.now()
    tables = in_hands.tables_of(user, now)
    form = LeaveForm(typed(request), tables=tables)

    def act() -> str:
        chosen = {"successors": form.chosen("opvolger_"), "regisseurs": form.chosen("regisseur_")}
        leave(known(User, pk), **chosen, now=now, by=request.actor)
        return f"{user.name} is uit dienst. Alle toegang is weg."

    answer, status = take(request, form, act, lambda: ("person-edit", pk))
    context = {"form": form, "person": user, "tables": tables, "seats": managing.seats_of_person(user, now)}
    context["totals"] = in_hands.totals([pk])
    return answer or render(request, "partners/person-leave.html", context, status=status)


@guarded(Verb.MANAGE)
@require_http_methods(["GET", "POST"])
def organisation(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Lets an organisation stop, with everybody who works there."""
    row = known(Organisation, pk)
    people = list(row.people.filter(is_active=True))
    form = PlainForm(typed(request))

    def act() -> str:
        row.active = False
        save_organisation(row, by=request.actor)
        return f"{row.name} doet niet meer mee. Alle toegang is weg."

    answer, status = take(request, form, act, lambda: ("organisation-edit", pk))
    seats = Seat.objects.valid_at(timezone.now()).filter(user__in=people).count()
    context = {"form": form, "organisation": row, "people": people, "seats": seats}
    context["totals"] = in_hands.totals([user.pk for user in people])
    return answer or render(request, "partners/organisation-leave.html", context, status=status)

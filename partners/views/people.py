"""The beheerder's pages of people who log in."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from partners import managing
from partners.forms.managing import PersonForm
from partners.models import Organisation, User
from partners.services.users import has_factor, invite_again, reset_factor, save_user
from partners.views.rows import fill, known
from privacy.access import ActorRequest, guarded
from privacy.forms import PlainForm
from privacy.paging import looked_for
from privacy.roles import Verb
from privacy.stepup import heavy
from privacy.taking import press, take, typed


def _chosen(typed: str) -> UUID | None:
    try:
        return UUID(typed)
    except ValueError:
        return None


@guarded(Verb.MANAGE)
@require_GET
def index(request: ActorRequest) -> HttpResponse:
    """People, by name or organisation."""
    text, home = looked_for(request), _chosen(request.GET.get("organisatie", ""))
    found = managing.paged(managing.people(text, home, timezone.now()), request.GET.get("pagina", ""))
    context = {
        "page": found,
        "text": text,
        "home": home,
        "organisations": Organisation.objects.all(),
        "labels": managing.LABELS,
    }
    return render(request, "partners/person-list.html", context)


def _person(request: ActorRequest, row: User, form: PlainForm) -> HttpResponse:
    name, new = row.name, row._state.adding

    def act() -> str:
        save_user(fill(row, form.cleaned_data), by=request.actor)
        mailed = new and row.is_active
        return f"{row.name} is bewaard." + (" De uitnodiging is onderweg." if mailed else "")

    answer, status = take(request, form, act, lambda: ("person-edit", row.pk))
    context: dict[str, Any] = {"form": form, "name": name, "new": new, "pk": row.pk}
    if not new and answer is None:
        stored = known(User, row.pk)
        context["seats"] = managing.seats_of_person(stored, timezone.now())
        context["active"] = stored.is_active
        context["has_factor"] = has_factor(stored) and stored.pk != request.actor.user_id
        context["invitable"] = stored.is_active and not stored.has_usable_password()
    return answer or render(request, "partners/person-edit.html", context, status=status)


@guarded(Verb.MANAGE)
@require_http_methods(["GET", "POST"])
def new(request: ActorRequest) -> HttpResponse:
    """Adds a person, who gets an invitation."""
    initial = {"organisation": _chosen(request.GET.get("organisatie", ""))}
    return _person(request, User(), PersonForm(typed(request), initial=initial))


@guarded(Verb.MANAGE)
@require_http_methods(["GET", "POST"])
def edit(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Changes a person, or takes away the log-in."""
    row = known(User, pk)
    names = ("name", "email", "function", "organisation", "roles", "is_active")
    initial = {name: getattr(row, name) for name in names}
    return _person(request, row, PersonForm(typed(request), initial=initial, home=row.organisation))


@guarded(Verb.MANAGE)
@require_POST
def invite(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Sends the invitation once more."""
    user = known(User, pk)

    def act() -> str:
        invite_again(user, by=request.actor)
        return "Er is een nieuwe uitnodiging onderweg."

    press(request, act)
    return redirect("person-edit", pk)


@guarded(Verb.MANAGE)
@require_http_methods(["GET", "POST"])
@heavy("person-factor")
def factor(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Wipes the second step of somebody who lost phone and codes."""
    user = known(User, pk)
    if request.method == "GET":
        return render(request, "partners/person-factor.html", {"person": user, "has": has_factor(user)})

    def act() -> str:
        reset_factor(user, by=request.actor)
        return f"De tweede stap van {user.name} is gewist. Bij het inloggen kiest deze persoon een nieuwe."

    press(request, act)
    return redirect("person-edit", pk)

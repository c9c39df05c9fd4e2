"""The beheerder's pages of organisations and covenants."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from partners import managing, themes_known
from partners.forms.managing import CovenantForm, OrganisationForm
from partners.models import Covenant, Organisation
from partners.services.organisations import save_covenant, save_organisation
from partners.views.rows import fill, known
from privacy.access import ActorRequest, guarded
from privacy.forms import PlainForm
from privacy.paging import looked_for
from privacy.roles import Verb
from privacy.taking import take, typed


@guarded(Verb.MANAGE)
@require_GET
def organisation_list(request: ActorRequest) -> HttpResponse:
    """All organisations, by name."""
    text = looked_for(request)
    found = managing.paged(managing.organisations(text, timezone.localdate()), request.GET.get("pagina", ""))
    context = {"page": found, "text": text, "kinds": dict(managing.kind_choices())}
    return render(request, "partners/organisation-list.html", context)


def _organisation(request: ActorRequest, row: Organisation, form: PlainForm) -> HttpResponse:
    name, new = row.name, row._state.adding

    def act() -> str:
        save_organisation(fill(row, form.cleaned_data), by=request.actor)
        return f"{row.name} is bewaard."

    answer, status = take(request, form, act, lambda: ("organisation-list",))
    context: dict[str, Any] = {"form": form, "name": name, "new": new, "pk": row.pk}
    if not new:
        context["covenants"] = Covenant.objects.filter(organisations=row.pk)
    return answer or render(request, "partners/organisation-edit.html", context, status=status)


@guarded(Verb.MANAGE)
@require_http_methods(["GET", "POST"])
def organisation_new(request: ActorRequest) -> HttpResponse:
    """Adds an organisation."""
    return _organisation(request, Organisation(), OrganisationForm(typed(request)))


@guarded(Verb.MANAGE)
@require_http_methods(["GET", "POST"])
def organisation_edit(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Changes an organisation, or lets it stop."""
    row = known(Organisation, pk)
    initial = {"name": row.name, "kind": row.kind, "active": row.active}
    return _organisation(request, row, OrganisationForm(typed(request), initial=initial))


@guarded(Verb.MANAGE)
@require_GET
def covenant_list(request: ActorRequest) -> HttpResponse:
    """All covenants, those that end first on top."""
    found = managing.paged(managing.covenants(), request.GET.get("pagina", ""))
    context = {"page": found, "themes": dict(themes_known.choices()), "today": timezone.localdate()}
    return render(request, "partners/covenant-list.html", context)


def _covenant(request: ActorRequest, row: Covenant, form: PlainForm) -> HttpResponse:
    name, new = row.name, row._state.adding

    def act() -> str:
        values = dict(form.cleaned_data)
        bound = values.pop("organisations")
        save_covenant(fill(row, values), organisations=bound, by=request.actor)
        return f"{row.name} is bewaard."

    answer, status = take(request, form, act, lambda: ("covenant-list",))
    context = {"form": form, "name": name, "new": new}
    return answer or render(request, "partners/covenant-edit.html", context, status=status)


@guarded(Verb.MANAGE)
@require_http_methods(["GET", "POST"])
def covenant_new(request: ActorRequest) -> HttpResponse:
    """Adds a covenant."""
    return _covenant(request, Covenant(), CovenantForm(typed(request)))


@guarded(Verb.MANAGE)
@require_http_methods(["GET", "POST"])
def covenant_edit(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Changes a covenant."""
    row = known(Covenant, pk)
    bound = list(row.organisations.all())
    initial = {
        "name": row.name,
        "organisations": bound,
        "themes": row.themes,
        "categories": row.categories,
        "valid_from": row.valid_from,
        "valid_until": row.valid_until,
    }
    return _covenant(request, row, CovenantForm(typed(request), initial=initial, bound=bound))

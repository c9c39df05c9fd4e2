"""The beheerder's pages of screening and training."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from partners.accounting.people import FILTERS, people, working
from partners.forms.accounting import ProofForm
from partners.models import ProofKind, User
from partners.services.accounting import note_proof
from partners.views.accounting_tabs import tabs
from partners.views.rows import known
from privacy.access import ActorRequest, guarded
from privacy.roles import Verb
from privacy.taking import take, typed


@guarded(Verb.MANAGE)
@require_GET
def index(request: ActorRequest) -> HttpResponse:
    """Everybody who works with a table, with what counts until when."""
    now, asked = timezone.now(), request.GET.get("stand", "")
    chosen = asked if asked in FILTERS else "alles"
    everybody = people(working(now).order_by("name"), now)
    rows = [person for person in everybody if person.shows(FILTERS[chosen])]
    context = {"rows": rows, "chosen": chosen, "all": len(everybody), "kinds": ProofKind, **tabs(request)}
    return render(request, "partners/accounting/people.html", context)


@guarded(Verb.MANAGE)
@require_http_methods(["GET", "POST"])
def note(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Notes a date of one person."""
    user, now = known(User, pk), timezone.now()
    form = ProofForm(typed(request))

    def act() -> str:
        kind = ProofKind(form.cleaned_data["kind"])
        note_proof(user, kind, form.cleaned_data["held_on"], today=timezone.localdate(now), now=now, by=request.actor)
        return f"{kind.label} van {user.name} is genoteerd."

    answer, status = take(request, form, act, lambda: ("person-proof", pk))
    if answer:
        return answer
    context = {"form": form, "person": people([user], now)[0]}
    return render(request, "partners/accounting/proof.html", context, status=status)

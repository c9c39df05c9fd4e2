"""The shorter term of a table, for the dossiers that are there already: what it would do, and asking for it."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from partners.models import CaseTable
from partners.profiling import profile_of
from partners.views.rows import known
from privacy.access import ActorRequest, guarded
from privacy.errors import NotKnown
from privacy.retention import term_changes
from privacy.roles import Verb
from privacy.taking import press


@guarded(Verb.MANAGE)
@require_http_methods(["GET", "POST"])
def apply(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Shows how many dossiers would go sooner, and asks an officer to agree."""
    table, by = known(CaseTable, pk), request.actor
    years = table.retention_years
    if years is None:
        raise NotKnown
    if request.method == "POST":

        def act() -> str:
            term_changes.ask(pk, years, by=by)
            return "Het is gevraagd. De privacy officer besluit; tot dan verandert er niets."

        return redirect("table-detail", pk) if press(request, act) else redirect("table-term", pk)
    context = {
        "table": table,
        "profile": profile_of(table),
        "effect": term_changes.effect(pk, years, by=by),
        "change": term_changes.newest(pk),
        "grace": term_changes.GRACE_DAYS,
    }
    return render(request, "partners/table-term.html", context)

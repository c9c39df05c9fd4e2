"""The shorter term of a table, asked for the dossiers that are there: an officer sees what it does, and answers."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from privacy.access import ActorRequest, guarded
from privacy.retention import term_changes
from privacy.roles import Verb
from privacy.taking import press
from privacy.views.retention import require_officer


@guarded(Verb.RETENTION_MANAGE)
@require_http_methods(["GET", "POST"])
def answer(request: ActorRequest, pk: UUID) -> HttpResponse:
    """One question of the beheerder, with its effect as it would be today."""
    require_officer(request)
    change, by = term_changes.one(pk), request.actor
    if request.method == "POST":
        agrees = request.POST.get("agrees") == "yes"

        def act() -> str:
            term_changes.answer(change, agrees=agrees, by=by)
            return "De kortere termijn wordt nu toegepast." if agrees else "De termijnen blijven zoals zij zijn."

        press(request, act)
        return redirect("privacy-retention")
    context = {
        "change": change,
        "effect": term_changes.effect(change.table_id, change.years, by=by),
        "grace": term_changes.GRACE_DAYS,
        "mine": change.asked_by == by.user_id,
    }
    return render(request, "privacy/retention-term.html", context)

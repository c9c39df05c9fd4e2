"""The secrecy statement, signed on first use of a table (WGS 1.11)."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from partners.forms.managing import SecrecyForm
from partners.models import CaseTable, User
from partners.profiling import profile_of
from partners.services.seats import sign_secrecy
from partners.views.rows import known
from privacy.access import ActorRequest, guarded
from privacy.errors import NotKnown
from privacy.roles import Verb
from privacy.taking import take, typed


@guarded(Verb.SECRECY_SIGN, unsigned=True)
@require_http_methods(["GET", "POST"])
def sign(request: ActorRequest, table: UUID) -> HttpResponse:
    """Read and sign; then the next table, or the work list."""
    actor = request.actor
    if table not in {seat.table_id for seat in actor.seats}:
        raise NotKnown
    if table not in actor.unsigned_tables:
        return redirect("home")
    row = known(CaseTable, table)
    form = SecrecyForm(typed(request))

    def act() -> str:
        sign_secrecy(row, known(User, actor.user_id), by=actor)
        return f"U hebt getekend voor geheimhouding aan {row.name}."

    others = [pk for pk in actor.unsigned_tables if pk != table]
    answer, status = take(request, form, act, lambda: ("secrecy", others[0]) if others else ("home",))
    lines = [line.strip() for line in profile_of(row).secrecy.splitlines() if line.strip()]
    context = {"form": form, "table": row, "lines": lines, "others": len(others)}
    return answer or render(request, "partners/secrecy.html", context, status=status)

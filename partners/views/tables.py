"""The beheerder's pages of tables and the seats at them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from partners import managing, themes_known
from partners.forms.managing import SeatForm, StagnationForm, TableForm
from partners.models import CaseTable
from partners.profiling import profile_of
from partners.queries import limits_of, table_in_use
from partners.services import seats
from partners.todo import unbound_seats
from partners.views.rows import fill, known
from privacy.access import ActorRequest, guarded
from privacy.forms import PlainForm
from privacy.retention import term_changes
from privacy.roles import Verb
from privacy.taking import take, typed


@guarded(Verb.MANAGE)
@require_GET
def index(request: ActorRequest) -> HttpResponse:
    """All tables."""
    return render(request, "partners/table-list.html", {"tables": managing.tables(timezone.now())})


@guarded(Verb.MANAGE)
@require_GET
def detail(request: ActorRequest, pk: UUID) -> HttpResponse:
    """One table with its seats: people and roles, never cases."""
    table, now = known(CaseTable, pk), timezone.now()
    context = {
        "table": table,
        "theme_name": themes_known.name_of(table.theme),
        "profile": profile_of(table),
        "seats": managing.seats_of_table(table, now),
        "earlier": managing.earlier_seats(table, now),
        "unbound": unbound_seats(table, now),
        "limits": limits_of([pk])[pk],
        "change": term_changes.newest(pk),
    }
    return render(request, "partners/table-detail.html", context)


def _table(request: ActorRequest, row: CaseTable, form: PlainForm, *, fixed: bool) -> HttpResponse:
    name, new = row.name, row._state.adding

    def act() -> str:
        seats.save_table(fill(row, form.cleaned_data), by=request.actor)
        return f"{row.name} is bewaard."

    answer, status = take(request, form, act, lambda: ("table-detail", row.pk))
    context: dict[str, Any] = {"form": form, "name": name, "new": new, "pk": row.pk, "fixed": fixed}
    return answer or render(request, "partners/table-edit.html", context, status=status)


@guarded(Verb.MANAGE)
@require_http_methods(["GET", "POST"])
def new(request: ActorRequest) -> HttpResponse:
    """Adds a table."""
    return _table(request, CaseTable(), TableForm(typed(request)), fixed=False)


@guarded(Verb.MANAGE)
@require_http_methods(["GET", "POST"])
def edit(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Changes a table."""
    row, fixed = known(CaseTable, pk), table_in_use(pk)
    initial = {
        name: getattr(row, name) for name in ("name", "code", "area", "theme", "profile", "active", "retention_years")
    }
    return _table(request, row, TableForm(typed(request), initial=initial, fixed=fixed), fixed=fixed)


@guarded(Verb.MANAGE)
@require_http_methods(["GET", "POST"])
def stagnation(request: ActorRequest, pk: UUID) -> HttpResponse:
    """When something at this table counts as stuck."""
    table, limits = known(CaseTable, pk), limits_of([pk])[pk]
    form = StagnationForm(typed(request), initial={name: getattr(limits, name) for name in seats.STAGNATION_FIELDS})

    def act() -> str:
        seats.save_stagnation(fill(limits, form.cleaned_data), by=request.actor)
        return "De instellingen zijn bewaard. Ze gelden meteen."

    answer, status = take(request, form, act, lambda: ("table-detail", pk))
    return answer or render(request, "partners/table-stagnation.html", {"form": form, "table": table}, status=status)


@guarded(Verb.MANAGE)
@require_http_methods(["GET", "POST"])
def seat_new(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Gives a person a seat at this table."""
    table, today = known(CaseTable, pk), timezone.localdate()
    people = managing.who_may_sit(table, today)
    form = SeatForm(typed(request), people=people, today=today)

    def act() -> str:
        data = form.cleaned_data
        period = {"since": data["since"], "until": data["until"]}
        seats.seat(table, data["user"], form.seat_role, **period, now=timezone.now(), by=request.actor)
        return f"{data['user'].name} heeft nu een zetel aan {table.name}."

    answer, status = take(request, form, act, lambda: ("table-detail", pk))
    context = {"form": form, "table": table, "people": people}
    return answer or render(request, "partners/seat-new.html", context, status=status)


@guarded(Verb.MANAGE)
@require_http_methods(["GET", "POST"])
def seat_end(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Ends a seat, after saying what that takes away."""
    seat = managing.one_seat(pk)
    if request.method == "POST":
        seats.end_seat(seat, by=request.actor)
        messages.success(request, f"De zetel van {seat.user.name} is beëindigd.")
        return redirect("table-detail", seat.table_id)
    return render(request, "partners/seat-end.html", {"seat": seat, "role": managing.LABELS[seat.role]})

"""Accountability to read: the overview, the register, the figures of a year, the evidence; and each as a file."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from partners.accounting import counting, evidence, judging, pack, yearly
from partners.accounting.register import as_data, register
from partners.views.accounting_tabs import tabs
from privacy.access import ActorRequest, guarded
from privacy.audit import record
from privacy.roles import Verb


@guarded(Verb.ACCOUNT_READ)
@require_GET
def home(request: ActorRequest) -> HttpResponse:
    """How it stands, and the ways on."""
    rows = evidence.requirements(timezone.now())
    counts = {state.value: sum(row.judged.state == state for row in rows) for state in judging.State}
    late = [row for row in rows if row.judged.state == judging.State.MISSING]
    context = {"counts": counts, "late": late, **tabs(request)}
    return render(request, "partners/accounting/home.html", context)


@guarded(Verb.ACCOUNT_READ)
@require_GET
def register_page(request: ActorRequest) -> HttpResponse:
    """The register of processing."""
    context = {"register": register(timezone.now()), **tabs(request)}
    return render(request, "partners/accounting/register.html", context)


@guarded(Verb.ACCOUNT_READ)
@require_GET
def register_print(request: ActorRequest) -> HttpResponse:
    """The register on its own, to print."""
    now = timezone.now()
    return HttpResponse(pack.printed("register", {"register": register(now), "made_at": now}))


@guarded(Verb.ACCOUNT_READ)
@require_GET
def register_csv(request: ActorRequest) -> HttpResponse:
    """The register as a sheet."""
    return pack.given("register.csv", pack.register_csv(register(timezone.now())), by=request.actor)


@guarded(Verb.ACCOUNT_READ)
@require_GET
def register_json(request: ActorRequest) -> HttpResponse:
    """The register as data."""
    return pack.given("register.json", pack.as_json(as_data(register(timezone.now()))), by=request.actor)


@guarded(Verb.FIGURES_READ)
@require_GET
def figures(request: ActorRequest) -> HttpResponse:
    """The figures of one year, as they may be published."""
    record.look("account.figures", by=request.actor)
    counts, this_year = yearly.counted(), timezone.localdate().year
    years = yearly.years(counts, this_year)
    asked = request.GET.get("jaar", "")
    year = int(asked) if asked in {str(one) for one in years} else this_year
    context = {
        "year": yearly.of_year(counts, counting.of_years(), year),
        "years": years,
        "measures": list(yearly.MEASURES.values()),
        **tabs(request),
    }
    return render(request, "partners/accounting/figures.html", context)


@guarded(Verb.FIGURES_READ)
@require_GET
def figures_csv(request: ActorRequest) -> HttpResponse:
    """The figures of all years as a sheet."""
    return pack.given("cijfers.csv", pack.figures_csv(pack.every_year(timezone.now())), by=request.actor)


@guarded(Verb.ACCOUNT_READ)
@require_GET
def evidence_page(request: ActorRequest) -> HttpResponse:
    """What an audit asks, with what shows it."""
    context = {"rows": evidence.requirements(timezone.now()), **tabs(request)}
    return render(request, "partners/accounting/evidence.html", context)


@guarded(Verb.ACCOUNT_READ)
@require_GET
def evidence_pack(request: ActorRequest) -> HttpResponse:
    """All of it as one file."""
    now = timezone.now()
    content = pack.zipped(pack.files(now, by=request.actor), now)
    return pack.given(f"verantwoording-{timezone.localdate(now):%Y-%m-%d}.zip", content, by=request.actor)

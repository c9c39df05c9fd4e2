"""Numbers from the log, without anybody's name."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from privacy.access import ActorRequest, guarded
from privacy.downloads import CSV, as_file
from privacy.figures import LEAST, TOTAL
from privacy.logbook import counting
from privacy.roles import Verb

YEARS = 5


def _year(request: ActorRequest, now: datetime) -> int:
    """The year asked for, or this one."""
    this = timezone.localdate(now).year
    wanted = request.GET.get("jaar", "")
    return int(wanted) if wanted in {str(this - back) for back in range(YEARS)} else this


@guarded(Verb.LOG_REVIEW)
@require_GET
def report(request: ActorRequest) -> HttpResponse:
    """The report of a year: per organisation, and per month of all or of one."""
    now = timezone.now()
    found = counting.report(_year(request, now), by=request.actor)
    wanted = request.GET.get("organisatie", "")
    organisation = wanted if wanted in found.organisations else TOTAL
    this = timezone.localdate(now).year
    context = {
        "year": found.year,
        "years": [this - back for back in range(YEARS)],
        "organisations": found.organisations,
        "organisation": organisation,
        "measures": counting.MEASURES.values(),
        "per_organisation": found.per_organisation(),
        "per_month": found.per_month(organisation),
        "least": LEAST,
        "today": timezone.localdate(now),
    }
    return render(request, "privacy/logbook-report.html", context)


@guarded(Verb.LOG_REVIEW)
@require_GET
def report_sheet(request: ActorRequest) -> HttpResponse:
    """The same as a spreadsheet."""
    found = counting.report(_year(request, timezone.now()), by=request.actor)
    return as_file(counting.sheet(found), CSV, f"logboek-aantallen-{found.year}.csv")

"""The two questions of a load balancer, and the beheerder's page of how the house stands."""

from __future__ import annotations

from hmac import compare_digest
from time import monotonic
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST
from prometheus_client import CONTENT_TYPE_LATEST

from config.running import health, metrics, state, words
from config.running import security_txt as reporting
from privacy import queue
from privacy.access import ActorRequest, guarded, public
from privacy.audit import record
from privacy.errors import Refused
from privacy.roles import Verb

KEPT_FOR = 2.0  # seconds: whoever keeps asking costs the database one answer
_answered: dict[str, tuple[float, bool]] = {}


@public
@require_GET
def live(request: HttpRequest) -> HttpResponse:
    """This process answers. Asks nobody else, so that a database that is away makes nobody kill web servers."""
    return HttpResponse("ok", content_type="text/plain")


@public
@require_GET
def ready(request: HttpRequest) -> HttpResponse:
    """Whether requests may be sent here: 200 or 503, and not a word about why."""
    now = monotonic()
    at, good = _answered.get("ready", (-KEPT_FOR, False))
    if now - at >= KEPT_FOR:
        good = health.ready()
        _answered["ready"] = (now, good)
    return HttpResponse("ok" if good else "not ready", status=200 if good else 503, content_type="text/plain")


@public
def numbers(request: HttpRequest) -> HttpResponse:
    """Numbers for Prometheus. Without the token of the settings there is nothing here."""
    token = f"Bearer {settings.METRICS_TOKEN}"
    given = request.headers.get("authorization", "")
    if request.method != "GET" or not settings.METRICS_TOKEN or not compare_digest(given.encode(), token.encode()):
        raise Http404
    return HttpResponse(metrics.text(timezone.now()), content_type=CONTENT_TYPE_LATEST)


@public
@require_GET
def security_txt(request: HttpRequest) -> HttpResponse:
    """Where to report a hole in the security; nothing when the settings name nobody."""
    text = reporting.text(timezone.now())
    if not text:
        raise Http404
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


@guarded(Verb.SYSTEM_WATCH)
@require_GET
def system(request: ActorRequest) -> HttpResponse:
    """How every part stands, and what to do."""
    record.look("system.read", by=request.actor)
    now = timezone.now()
    counted = queue.queue(now=now)
    rows = [(job, words.what(job.kind), words.why(job.last_error)) for job in queue.open_jobs(now=now)]
    context = {"lines": state.lines(counted, now), "queue": counted, "rows": rows}
    return render(request, "config/system.html", context)


@guarded(Verb.SYSTEM_WATCH)
@require_POST
def again(request: ActorRequest, pk: UUID) -> HttpResponse:
    """A failed job is done again."""
    try:
        queue.again(pk, now=timezone.now(), by=request.actor)
    except Refused as refusal:
        messages.info(request, str(refusal))
    else:
        messages.success(request, "De taak staat weer in de wachtrij. Kijk over een minuut of het is gelukt.")
    return redirect("system")

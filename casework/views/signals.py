"""One's own signals: list, one signal with its conversation, and a download."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from casework.forms.signal_start import AnswerForm
from casework.models import Signal
from casework.queries.signals import PAGE, own_drafts, own_signals, signal_view
from casework.services import signals
from privacy.access import ActorRequest, guarded, open_one, require
from privacy.downloads import CSV, as_file
from privacy.errors import Refused
from privacy.grants import valid
from privacy.paging import older_than
from privacy.roles import Verb
from privacy.sheets import as_sheet


@guarded(Verb.SIGNAL_FOLLOW)
@require_GET
def index(request: ActorRequest) -> HttpResponse:
    """My signals: questions to me first, then newest first."""
    before = older_than(request)
    rows = own_signals(before=before, by=request.actor)
    context = {
        "rows": sorted(rows, key=lambda row: not row.waits_for_me),
        "drafts": own_drafts(by=request.actor) if before is None else [],
        "older": rows[-1].submitted_at.isoformat() if len(rows) == PAGE else "",
        "first_page": before is None,
    }
    return render(request, "casework/signal/list.html", context)


@guarded(Verb.SIGNAL_FOLLOW)
@require_GET
def detail(request: ActorRequest, pk: UUID) -> HttpResponse:
    """One signal, as far as this reader may read it."""
    view = signal_view(pk, by=request.actor)
    form = AnswerForm() if view.can_answer else None
    return render(request, "casework/signal/detail.html", {"signal": view, "form": form})


@guarded(Verb.SIGNAL_FOLLOW)
@require_GET
def sent(request: ActorRequest, pk: UUID) -> HttpResponse:
    """What happens now, by when."""
    return render(request, "casework/signal/sent.html", {"signal": signal_view(pk, by=request.actor)})


@guarded(Verb.SIGNAL_FOLLOW)
@require_POST
def answer(request: ActorRequest, pk: UUID) -> HttpResponse:
    """The reporter answers the regisseur, or adds something."""
    signal = open_one(Signal, pk, by=request.actor)
    own = valid(request.actor).filter(given_for=f"report:{signal.pk}").exists()
    require(own, "Alleen wie het signaal meldde, kan het aanvullen.")
    form = AnswerForm(request.POST)
    if form.is_valid():
        try:
            with transaction.atomic():
                signals.answer(signal, form.cleaned_data["text"], now=timezone.now(), by=request.actor)
            messages.success(request, "Uw antwoord is verstuurd aan de regisseur.")
            return redirect("signal-detail", pk)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    view = signal_view(pk, by=request.actor)
    return render(request, "casework/signal/detail.html", {"signal": view, "form": form}, status=422)


@guarded(Verb.SIGNAL_FOLLOW)
@require_GET
def export(request: ActorRequest) -> HttpResponse:
    """My signals as a spreadsheet: what the list shows, no more."""
    rows = [("Nummer", "Gemeld op", "Thema", "Plek", "Stand")]
    for row in own_signals(size=500, event="export", by=request.actor):
        day = timezone.localtime(row.submitted_at).strftime("%d-%m-%Y")
        place, status = ("", "Beperkt: alleen bewaren") if row.restricted else (row.place, row.status_label)
        rows.append((row.reference, day, row.theme.name, place, status))
    return as_file(as_sheet(rows), CSV, "mijn-signalen.csv")

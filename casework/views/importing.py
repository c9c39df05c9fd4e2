"""Reading in an export in the browser: offer, look at each row's outcome, download and mend what was refused."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from casework.forms.importing import UploadForm
from casework.importing import FileRefused, Sheet, read_file
from casework.models import ImportBatch
from casework.queries.importing import batch_view, own_batches, refused_file
from casework.services.importing import Report, discard, import_sheet, rehearse
from partners.models import CaseTable
from privacy.access import ActorRequest, guarded, open_one
from privacy.downloads import CSV, as_file
from privacy.errors import Refused
from privacy.roles import Verb
from privacy.taking import typed

MOST_ROWS = 1000


@guarded(Verb.SIGNAL_IMPORT)
@require_http_methods(["GET", "POST"])
def index(request: ActorRequest) -> HttpResponse:
    """Offer a file; `go` says whether to rehearse (proef) or to read in."""
    tables = CaseTable.objects.filter(active=True)
    form = UploadForm(typed(request), request.FILES or None, tables=tables)
    report, status = None, 200
    if form.is_valid():
        table = CaseTable.objects.get(pk=form.cleaned_data["table"])
        try:
            with transaction.atomic():
                report = _read(request, form.cleaned_data["file"], table)
        except (Refused, FileRefused) as refusal:
            form.add_error("file", str(refusal))
        if report is not None and report.batch is not None:
            return redirect("import-detail", report.batch.pk)
    if form.errors:
        status = 422
    context = {"form": form, "report": report, "batches": own_batches(by=request.actor)}
    return render(request, "casework/import/index.html", context, status=status)


def _read(request: ActorRequest, file: object, table: CaseTable) -> Report:
    name = str(getattr(file, "name", ""))
    sheet: Sheet = read_file(file.read(), name)  # type: ignore[attr-defined]  # an uploaded file
    if len(sheet.rows) > MOST_ROWS:
        raise Refused(
            f"Dit bestand heeft meer dan {MOST_ROWS} regels. Splits het, of laat de beheerder het opdrachtprogramma "
            "import_signals gebruiken."
        )
    now = timezone.now()
    if request.POST.get("go") == "proef":
        return rehearse(sheet, table, now=now, by=request.actor)
    return import_sheet(sheet, name, table, now=now, by=request.actor)


@guarded(Verb.SIGNAL_IMPORT)
@require_GET
def detail(request: ActorRequest, pk: UUID) -> HttpResponse:
    """What became of each row of one's own file."""
    return render(request, "casework/import/detail.html", {"batch": batch_view(pk, by=request.actor)})


@guarded(Verb.SIGNAL_IMPORT)
@require_GET
def refused(request: ActorRequest, pk: UUID) -> HttpResponse:
    """The refused rows with their reasons, to mend and offer again."""
    return as_file(refused_file(pk, by=request.actor), CSV, "geweigerde-regels.csv")


@guarded(Verb.SIGNAL_IMPORT)
@require_POST
def drop(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Throws away what is kept of a file; the signals stay."""
    discard(open_one(ImportBatch, pk, by=request.actor), by=request.actor)
    messages.success(request, "De regels van dit bestand zijn weg. De ingelezen signalen zijn er nog.")
    return redirect("import-list")

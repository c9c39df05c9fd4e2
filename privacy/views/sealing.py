"""Does the log still hold? The privacy officer's pages about the seals over it."""

from __future__ import annotations

from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from privacy import queries
from privacy.access import ActorRequest, guarded
from privacy.audit import anchors, heads, mac, overview, record, watching
from privacy.audit.heads import Head
from privacy.downloads import as_file
from privacy.forms import PlainForm
from privacy.logbook import purposes
from privacy.roles import Verb
from privacy.views.review import ReferenceForm


class AnchorForm(PlainForm):
    """An anchor that was carried away earlier."""

    file = forms.FileField(
        label="Ankerbestand",
        help_text="Het bestand dat u eerder downloadde, of de bijlage van een mail met een zegel.",
        error_messages={"required": "Kies een ankerbestand.", "empty": "Dit bestand is leeg. Kies een ander bestand."},
    )

    def clean_file(self) -> list[Head]:
        given = self.cleaned_data["file"]
        try:
            found = anchors.read(given.read().decode())
        except ValueError:
            found = []
        if not found:
            raise forms.ValidationError("Dit is geen ankerbestand van Casustafel. Kies een ander bestand.")
        return found


JSON = "application/json; charset=utf-8"


@guarded(Verb.LOG_SEAL)
@require_GET
def seals(request: ActorRequest) -> HttpResponse:
    """How the seals stand, the newest of them, and the outcomes of checks."""
    record.look("log.seals", by=request.actor)
    context = {
        "status": overview.status(now=timezone.now()),
        "blocks": overview.newest_blocks(),
        "checks": overview.newest_checks(),
        "fingerprint": heads.fingerprint(mac.public_key()),
    }
    return render(request, "privacy/seals.html", context)


@guarded(Verb.LOG_SEAL)
@require_POST
def check(request: ActorRequest) -> HttpResponse:
    """Asks for a check of the whole log."""
    record.look("log.check", by=request.actor)
    watching.ask_for_check(by=request.actor)
    messages.success(request, "De controle is gestart. Over ongeveer een minuut staat de uitkomst op deze pagina.")
    return redirect("privacy-seals")


@guarded(Verb.LOG_SEAL)
@require_GET
def outcome(request: ActorRequest, check_id: UUID) -> HttpResponse:
    """What one check found."""
    found = overview.outcome(check_id)
    record.look("log.seals", object_pk=str(check_id), by=request.actor)
    return render(request, "privacy/seal-outcome.html", {"check": found})


@guarded(Verb.LOG_SEAL)
@require_GET
def anchor(request: ActorRequest) -> HttpResponse:
    """The anchor to carry away."""
    record.look("log.anchor", by=request.actor)
    now = timezone.now()
    return as_file(watching.anchor(now=now), JSON, f"anker-{timezone.localdate(now)}.json")


@guarded(Verb.LOG_SEAL)
@require_GET
def public_key(request: ActorRequest) -> HttpResponse:
    """The key with which anyone checks a seal."""
    record.look("log.anchor", by=request.actor)
    return as_file(heads.pem(mac.public_key()), "application/x-pem-file", "casustafel-publieke-sleutel.pem")


@guarded(Verb.LOG_SEAL)
@require_http_methods(["GET", "POST"])
def compare(request: ActorRequest) -> HttpResponse:
    """Whether an anchor still fits."""
    form = AnchorForm(request.POST, request.FILES) if request.method == "POST" else AnchorForm()
    if form.is_valid():
        record.look("log.compare", by=request.actor)
        found = watching.compare_anchor(form.cleaned_data["file"], request.actor.user_id, now=timezone.now())
        return redirect("privacy-seal-outcome", found.pk)
    return render(request, "privacy/seal-compare.html", {"form": form}, status=422 if form.is_bound else 200)


@guarded(Verb.LOG_SEAL)
@require_GET
def proof(request: ActorRequest) -> HttpResponse:
    """The proof of one dossier's log, as a file."""
    form = ReferenceForm(request.GET)
    if not form.is_valid():
        return redirect("privacy-log")
    reference = form.cleaned_data["ref"]
    now = timezone.now()
    by = purposes.using(request.session, now=now, by=request.actor)
    if by is None:
        return redirect(f"{reverse('privacy-log')}?{urlencode({'ref': reference})}")
    text = queries.proof_of_reference(reference, now=now, by=by)
    return as_file(text, JSON, "bewijs-logboek.json")

"""The log over dossiers: for what, the question, its lines, and taking them along."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from privacy.access import ActorRequest, guarded
from privacy.actor import Actor
from privacy.downloads import as_stream
from privacy.errors import Refused
from privacy.logbook import asking, exporting, purposes, questions, reading
from privacy.logbook.asking import After
from privacy.paging import older_than
from privacy.roles import Verb
from privacy.stepup import heavy
from privacy.taking import press, take, typed
from privacy.views.logbook.forms import NameForm, PurposeForm, QuestionForm


def _officer(request: ActorRequest, now: datetime) -> Actor | None:
    """The officer with the purpose that was said; None when none was."""
    return purposes.using(request.session, now=now, by=request.actor)


def _asked(data: QueryDict) -> QuestionForm:
    return QuestionForm(data, asking.organisations(), asking.people())


def _after(request: ActorRequest) -> After | None:
    at = older_than(request, "eerder")
    try:
        return After(at, UUID(request.GET.get("na", ""))) if at else None
    except ValueError:
        return None


def _on(reference: str) -> tuple[str]:
    """To the dossier that was asked about when the purpose was, or else to all of them."""
    return (f"{reverse('privacy-log')}?{urlencode({'ref': reference})}" if reference else "privacy-logbook",)


@guarded(Verb.LOG_REVIEW)
@require_http_methods(["GET", "POST"])
def purpose(request: ActorRequest) -> HttpResponse:
    """For what the log is used: once in a working session."""
    form = PurposeForm(typed(request))

    def act() -> str:
        data = form.cleaned_data
        purposes.choose(request.session, data["use"], data["reference"], now=timezone.now(), by=request.actor)
        return "Uw doel is genoteerd. Het staat bij alles wat u nu in het logboek bekijkt."

    answer, status = take(request, form, act, lambda: _on(form.cleaned_data["nummer"]))
    return answer or render(request, "privacy/logbook-purpose.html", {"form": form}, status=status)


@guarded(Verb.LOG_REVIEW)
@require_GET
def book(request: ActorRequest) -> HttpResponse:
    """The question and its lines; without a purpose only the question for what."""
    by = _officer(request, timezone.now())
    if by is None:
        return render(request, "privacy/logbook-purpose.html", {"form": PurposeForm()})
    form = _asked(request.GET)
    context = {"form": form, "purpose": by.purpose, "kept": _kept(by), "name_form": NameForm()}
    if not form.is_valid():
        return render(request, "privacy/logbook.html", context, status=422)
    asked = form.asked()
    page = reading.page(form.question(timezone.localdate()), _after(request), by=by)
    context |= {"lines": page.lines, "asked": asked, "query": urlencode(asked), "older": _older(asked, page.older)}
    context |= {"forms": exporting.FORMS}
    return render(request, "privacy/logbook.html", context)


def _older(asked: dict[str, str], after: After | None) -> str:
    """The address of the next page. The day up to which is asked has the name that paging uses, so it goes along."""
    return "?" + urlencode(asked | {"eerder": after.at.isoformat(), "na": str(after.entry)}) if after else ""


def _kept(by: Actor) -> list[tuple[UUID, str, str]]:
    return [(one.pk, one.name, urlencode(one.asked)) for one in questions.mine(by)]


@guarded(Verb.LOG_REVIEW)
@require_GET
@heavy()
def export(request: ActorRequest) -> HttpResponseBase:
    """The lines of a question as a file, with their proof."""
    now = timezone.now()
    by, form = _officer(request, now), _asked(request.GET)
    chosen = request.GET.get("vorm", "")
    if by is None or not form.is_valid() or chosen not in exporting.FORMS:
        return redirect("privacy-logbook")
    try:
        made = exporting.Export(form.question(timezone.localdate(now)), chosen, now=now, by=by)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(f"{reverse('privacy-logbook')}?{urlencode(form.asked())}")
    return as_stream(made.pieces(), "application/zip", made.name)


@guarded(Verb.LOG_REVIEW)
@require_POST
def keep(request: ActorRequest) -> HttpResponse:
    """Keeps a question under a name."""
    now = timezone.now()
    by = _officer(request, now) or request.actor
    named, form = NameForm(request.POST), _asked(request.POST)
    if not form.is_valid():
        return redirect("privacy-logbook")

    def act() -> str:
        questions.keep(named.cleaned_data["naam"], form.asked(), now=now, by=by)
        return "De vraag is bewaard."

    if named.is_valid():
        press(request, act)
    else:
        messages.error(request, str(named.errors["naam"][0]))
    return redirect(f"{reverse('privacy-logbook')}?{urlencode(form.asked())}")


@guarded(Verb.LOG_REVIEW)
@require_POST
def drop(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Throws a question away."""
    by = _officer(request, timezone.now()) or request.actor

    def act() -> str:
        questions.drop(pk, by=by)
        return "De vraag is weg."

    press(request, act)
    return redirect("privacy-logbook")

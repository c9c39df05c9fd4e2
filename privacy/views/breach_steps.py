"""What the privacy officer does with a breach, one form each. Whoever is second sees that a colleague was first."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib.auth import get_user_model
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from privacy.access import ActorRequest, guarded, visible
from privacy.breaches import affected, assessing, files, measures, notices
from privacy.breaches.forms import (
    AskForm,
    AssessForm,
    ChooseForm,
    CloseForm,
    FactsForm,
    MeasureForm,
    NoticeForm,
    TellForm,
)
from privacy.errors import NotKnown
from privacy.forms import PlainForm
from privacy.models import Breach, BreachDossier
from privacy.roles import Verb
from privacy.taking import press, take, typed

MONTH = timedelta(days=30)
TITLES = {
    "facts": ("Wat er gebeurde", "Bewaar"),
    "assess": ("Beoordeling en besluiten", "Bewaar het oordeel"),
    "notice": ("Wie is geïnformeerd", "Leg vast"),
    "measure": ("Een maatregel", "Leg vast"),
    "close": ("Sluit het dossier", "Sluit het dossier"),
}


def _step(request: ActorRequest, found: Breach, name: str, form: PlainForm, act: Callable[[], str]) -> HttpResponse:
    answer, status = take(request, form, act, lambda: ("breach", found.pk))
    title, button = TITLES[name]
    context = {"breach": found, "form": form, "title": title, "button": button, "step": name}
    return answer or render(request, "privacy/breach-step.html", context, status=status)


@guarded(Verb.BREACH_HANDLE)
@require_http_methods(["GET", "POST"])
def facts(request: ActorRequest, pk: UUID) -> HttpResponse:
    """What happened."""
    found = files.opened(pk, by=request.actor)
    form = FactsForm(typed(request), now=timezone.now(), initial=FactsForm.typed_before(found))

    def act() -> str:
        assessing.describe(found, form.as_facts(), seen=form.cleaned_data["seen"], by=request.actor)
        return "Bewaard."

    return _step(request, found, "facts", form, act)


@guarded(Verb.BREACH_HANDLE)
@require_http_methods(["GET", "POST"])
def assess(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Risk and decisions."""
    found = files.opened(pk, by=request.actor)
    form = AssessForm(typed(request), initial=AssessForm.typed_before(found))

    def act() -> str:
        now, seen = timezone.now(), form.cleaned_data["seen"]
        assessing.assess(found, form.as_judgement(), seen=seen, now=now, by=request.actor)
        return "Uw oordeel is bewaard."

    return _step(request, found, "assess", form, act)


@guarded(Verb.BREACH_HANDLE)
@require_http_methods(["GET", "POST"])
def notice(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Somebody was told."""
    found, now = files.opened(pk, by=request.actor), timezone.now()
    form = NoticeForm(typed(request), now=now, initial={"at": now})

    def act() -> str:
        notices.note(found, form.as_notice(), now=now, by=request.actor)
        return "Vastgelegd."

    return _step(request, found, "notice", form, act)


@guarded(Verb.BREACH_HANDLE)
@require_http_methods(["GET", "POST"])
def measure(request: ActorRequest, pk: UUID) -> HttpResponse:
    """What is done about it."""
    found = files.opened(pk, by=request.actor)
    form = MeasureForm(typed(request))

    def act() -> str:
        measures.add(found, form.as_measure(), now=timezone.now(), by=request.actor)
        return "De maatregel is vastgelegd."

    return _step(request, found, "measure", form, act)


@guarded(Verb.BREACH_HANDLE)
@require_POST
def measure_done(request: ActorRequest, pk: UUID, measure_id: UUID) -> HttpResponse:
    """A measure was carried out."""
    found = files.opened(pk, by=request.actor)

    def act() -> str:
        measures.done(found, measure_id, today=timezone.localdate(), by=request.actor)
        return "De maatregel staat op gedaan."

    press(request, act)
    return redirect("breach", pk)


@guarded(Verb.BREACH_HANDLE)
@require_http_methods(["GET", "POST"])
def close(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Closes the file."""
    found = files.opened(pk, by=request.actor)
    form = CloseForm(typed(request), initial={"seen": found.version, "lessons": found.lessons})

    def act() -> str:
        data = form.cleaned_data
        measures.close(found, data["lessons"], seen=data["seen"], now=timezone.now(), by=request.actor)
        return "Het dossier is afgesloten. Het wordt vijf jaar bewaard."

    return _step(request, found, "close", form, act)


@guarded(Verb.BREACH_HANDLE)
@require_http_methods(["GET", "POST"])
def touched(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Asks the log who is affected, and keeps the chosen lines."""
    found, now = files.opened(pk, by=request.actor), timezone.now()
    start = {"van": (found.began_at or found.discovered_at - MONTH), "tot": now, "wie": str(found.reader_id or "")}
    ask = AskForm(request.GET if "van" in request.GET else None, people=_staff(), initial=start)
    lines = affected.search(found, ask.as_ask(), by=request.actor) if ask.is_valid() else None
    form = ChooseForm(typed(request), found=lines or ())

    def act() -> str:
        chosen = set(form.cleaned_data["lines"])
        new = affected.add(found, [one for one in lines or () if one.key in chosen], by=request.actor)
        return f"{new} {'regel' if new == 1 else 'regels'} toegevoegd aan het dossier."

    answer, status = take(request, form, act, lambda: ("breach", pk))
    context: dict[str, Any] = {"breach": found, "ask": ask, "lines": lines, "form": form}
    return answer or render(request, "privacy/breach-touched.html", context, status=status)


def _staff() -> list[tuple[str, str]]:
    people = get_user_model()._default_manager.select_related("organisation").order_by("organisation__name", "name")
    return [(str(one.pk), f"{one.organisation.name}: {one.name}") for one in people]


@guarded(Verb.BREACH_HANDLE)
@require_http_methods(["GET", "POST"])
def tell(request: ActorRequest, pk: UUID, touched_id: UUID) -> HttpResponse:
    """Asks somebody to tell the persons of one dossier."""
    found = files.opened(pk, by=request.actor)
    about = (
        visible(BreachDossier, by=request.actor).select_related("breach").filter(breach=found, pk=touched_id).first()
    )
    if about is None:
        raise NotKnown
    people = notices.tellers(about, by=request.actor)
    form = TellForm(typed(request), people=people, initial={"text": _letter(found)})

    def act() -> str:
        teller = next(one for one in people if str(one.pk) == form.cleaned_data["teller"])
        notices.ask(about, teller, form.cleaned_data["text"], now=timezone.now(), by=request.actor)
        return f"{teller.name} heeft bericht en meldt wanneer het is verteld."

    answer, status = take(request, form, act, lambda: ("breach", pk))
    context = {"breach": found, "about": about, "form": form}
    return answer or render(request, "privacy/breach-tell.html", context, status=status)


def _letter(breach: Breach) -> str:
    """A start of what persons are told (AVG 34(2)); the officer completes it."""
    day = timezone.localtime(breach.discovered_at)
    return (
        f"Op {day:%d-%m-%Y} ontdekten wij dat er iets misging met gegevens over u.\n\n"
        "Wat er gebeurde: …\nWat dit voor u kan betekenen: …\nWat wij hebben gedaan: …\nWat u zelf kunt doen: …\n\n"
        "Hebt u vragen? Neem contact op met onze functionaris gegevensbescherming: …\n"
    )

"""The inbox of the review, one finding to judge, and the reader's own page to explain a look. Never content."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from privacy import jobs
from privacy.access import ActorRequest, guarded
from privacy.forms import PlainForm, Tiles, set_choices
from privacy.models import UNJUDGED, Desk, HitVerdict, ReviewHit, ReviewRun, ReviewSample
from privacy.review import evaluating, hits, judging
from privacy.review.kinds import EVALUATE
from privacy.review.ruling import SAMPLE, shipped
from privacy.roles import Verb
from privacy.taking import press, take, typed

HINTS: dict[str, str] = {
    HitVerdict.RIGHT: "Het kijken hoort bij het werk van deze persoon.",
    HitVerdict.ASKED: "U stelt een vraag. Wie keek, heeft vijf werkdagen om te antwoorden.",
    HitVerdict.WRONG: "Voor dit kijken was geen reden. Kies hieronder wat er moet volgen.",
}
WRITE = {
    HitVerdict.ASKED: "Schrijf uw vraag op.",
    HitVerdict.WRONG: "Schrijf op waarom dit kijken onterecht is.",
}
HOMES = {Desk.REVIEW: "privacy-review", Desk.OFFICERS: "officers-review"}


class FilterForm(PlainForm):
    """What to show of the inbox."""

    hide_optional = True
    regel = forms.ChoiceField(label="Regel", required=False)
    organisatie = forms.ChoiceField(label="Organisatie", required=False)
    stand = forms.ChoiceField(label="Stand", required=False, choices=hits.STATES)

    def __init__(self, *args: Any, organisations: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        codes = dict.fromkeys((hits.code_of(code) or SAMPLE) for code in shipped())
        rules = [(code, " ".join(filter(None, (code.replace(SAMPLE, ""), _name(code))))) for code in codes]
        set_choices(self, "regel", rules, "Alle")
        set_choices(self, "organisatie", [(name, name) for name in organisations], "Alle")

    def wish(self) -> hits.Wish:
        """What was asked; what makes no sense is everything that is open."""
        if not self.is_valid():
            return hits.Wish()
        data = self.cleaned_data
        return hits.Wish(data["regel"], data["organisatie"], data["stand"] or "open")


def _name(code: str) -> str:
    return hits.name_of("R6" if code == "R5/R6" else code)


class JudgeForm(PlainForm):
    """Right, ask first, or wrong, with what must follow."""

    verdict = forms.ChoiceField(
        label="Wat vindt u?",
        choices=[(HitVerdict.RIGHT, "Terecht"), (HitVerdict.ASKED, "Navragen"), (HitVerdict.WRONG, "Onterecht")],
        widget=Tiles(hints=HINTS),
        error_messages={"required": "Kies terecht, navragen of onterecht."},
    )
    text = forms.CharField(
        label="Uw vraag of toelichting",
        required=False,
        max_length=2000,
        help_text="Nodig bij navragen en onterecht. Een vraag leest wie keek; een toelichting blijft bij de controle.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    manager = forms.ChoiceField(
        label="Leidinggevende die de vraag meeleest",
        required=False,
        help_text="Alleen bij navragen. Iemand van dezelfde organisatie.",
    )
    also = forms.BooleanField(label="Ook de andere regels van deze persoon in dit dossier", required=False)
    end = forms.BooleanField(
        label="Beëindig de toegang van deze persoon tot dit dossier", required=False, help_text="Alleen bij onterecht."
    )
    breach = forms.BooleanField(
        label="Open een dossier datalek", required=False, help_text="Alleen bij onterecht. De termijnen gaan nu in."
    )

    def __init__(self, *args: Any, people: list[tuple[str, str]], alike: int, ends: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_choices(self, "manager", people, "Niemand")
        if alike:
            self.fields["also"].help_text = f"Alleen bij terecht. Nog {alike} uit de steekproef."
        else:
            del self.fields["also"]
        if not ends:
            del self.fields["end"]

    def clean(self) -> dict[str, Any]:
        data = dict(super().clean() or {})
        missing = WRITE.get(data.get("verdict", ""))
        if missing and not str(data.get("text", "")).strip():
            self.add_error("text", missing)
        return data


class AnswerForm(PlainForm):
    """What the reader says."""

    text = forms.CharField(
        label="Uw uitleg",
        max_length=2000,
        help_text="Schrijf waarom u keek. Noem geen gegevens van mensen uit het dossier.",
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": "Schrijf op waarom u keek."},
    )


def _inbox(request: ActorRequest, desk: Desk) -> HttpResponse:
    now, by = timezone.now(), request.actor
    form = FilterForm(request.GET, organisations=hits.organisations(desk, by=by))
    context = {
        "form": form,
        "found": hits.inbox(desk, form.wish(), now=now, by=by),
        "coverage": hits.coverage(desk, now=now, by=by),
        "run": ReviewRun.objects.first(),
        "busy": jobs.waits(EVALUATE),
    }
    name = "privacy/review-inbox.html" if desk == Desk.REVIEW else "privacy/review-officers.html"
    return render(request, name, context)


@guarded(Verb.LOG_REVIEW)
@require_GET
def inbox(request: ActorRequest) -> HttpResponse:
    """What the privacy officer has to judge."""
    return _inbox(request, Desk.REVIEW)


@guarded(Verb.OFFICERS_REVIEW)
@require_GET
def officers(request: ActorRequest) -> HttpResponse:
    """What the controller has to judge: looks of privacy officers and beheerders."""
    return _inbox(request, Desk.OFFICERS)


@guarded(Verb.LOG_REVIEW)
@require_POST
def run(request: ActorRequest) -> HttpResponse:
    """Lets the rules go over the log now."""

    def act() -> str:
        evaluating.asked(by=request.actor)
        jobs.enqueue(EVALUATE, request.actor.user_id, once=True)
        return "De regels gaan over het logboek. Open deze pagina over een minuut opnieuw."

    press(request, act)
    return redirect("privacy-review")


def _judged(hit: ReviewHit, form: JudgeForm, now: datetime, request: ActorRequest) -> str:
    data, by = form.cleaned_data, request.actor
    verdict = HitVerdict(data["verdict"])
    if verdict == HitVerdict.ASKED:
        manager = UUID(data["manager"]) if data["manager"] else None
        judging.ask(hit, data["text"], manager=manager, now=now, by=by)
        return "Uw vraag is verstuurd."
    if verdict == HitVerdict.RIGHT:
        others = hits.alike(hit, by=by) if data.get("also") else []
        judging.right([hit, *others], now=now, by=by)
        return "Uw oordeel is bewaard." if not others else f"Uw oordeel over {1 + len(others)} regels is bewaard."
    made = judging.wrong(hit, data["text"], end=bool(data.get("end")), breach=bool(data["breach"]), now=now, by=by)
    return "Uw oordeel is bewaard. Er is een dossier datalek geopend." if made else "Uw oordeel is bewaard."


def _breach_url(hit: ReviewHit) -> str:
    return reverse("breach", args=[hit.breach_id]) if hit.breach_id else ""


def _one(request: ActorRequest, pk: UUID, desk: Desk) -> HttpResponse:
    now, by = timezone.now(), request.actor
    hit = hits.opened(pk, desk, by=by)
    notes = judging.notes_of(hit, by=by)
    people = [(str(one.pk), one.name) for one in judging.managers(hit, by=by)]
    form = JudgeForm(typed(request), people=people, alike=len(hits.alike(hit, by=by)), ends=bool(hit.dossiers))
    answer, status = take(request, form, lambda: _judged(hit, form, now, request), lambda: (HOMES[desk],))
    context = {
        "hit": hit, "rule": " ".join(filter(None, (hits.code_of(hit.rule), hits.name_of(hit.rule)))),
        "reason": hits.reason_of(hit), "state": HitVerdict(hit.verdict).label, "lines": hits.lines(hit),
        "notes": notes, "form": form, "open": hit.verdict in UNJUDGED or form.is_bound, "home": HOMES[desk],
        "home_label": "Controle" if desk == Desk.REVIEW else "Controle van wie controleert",
        "pairs": list(zip(hit.references, hit.dossiers, strict=False)), "officers": desk == Desk.OFFICERS,
        "breach_url": _breach_url(hit),
    }  # fmt: skip
    return answer or render(request, "privacy/review-hit.html", context, status=status)


@guarded(Verb.LOG_REVIEW)
@require_http_methods(["GET", "POST"])
def hit(request: ActorRequest, pk: UUID) -> HttpResponse:
    """One finding to judge."""
    return _one(request, pk, Desk.REVIEW)


@guarded(Verb.OFFICERS_REVIEW)
@require_http_methods(["GET", "POST"])
def officers_hit(request: ActorRequest, pk: UUID) -> HttpResponse:
    """One finding about who checks or manages."""
    return _one(request, pk, Desk.OFFICERS)


@guarded(Verb.LOG_REVIEW)
@require_GET
def samples(request: ActorRequest) -> HttpResponse:
    """The draws of the last weeks with their seeds."""
    return render(request, "privacy/review-samples.html", {"samples": ReviewSample.objects.all()[:26]})


@guarded(Verb.LOOK_EXPLAIN)
@require_http_methods(["GET", "POST"])
def explain(request: ActorRequest, pk: UUID) -> HttpResponse:
    """What was asked about one's own look; who reads along sees it without answering."""
    asked = judging.question(pk, by=request.actor)
    mine = asked.reader_id == request.actor.user_id
    form = AnswerForm(typed(request) if mine else None)

    def act() -> str:
        judging.answer(asked, form.cleaned_data["text"], now=timezone.now(), by=request.actor)
        return "Uw uitleg is verstuurd."

    answer, status = take(request, form, act, lambda: ("look-explain", pk))
    context = {
        "hit": asked,
        "notes": hits.notes(asked),
        "form": form if mine and asked.verdict == HitVerdict.ASKED else None,
        "mine": mine,
        "left": judging.days_left(asked.answer_by, timezone.localdate()) if asked.answer_by else "",
    }
    return answer or render(request, "privacy/review-explain.html", context, status=status)

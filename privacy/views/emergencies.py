"""The privacy officer judges emergency access: the reason, what was opened, every look; never what is in it."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from privacy import emergency, jobs, uses
from privacy.access import ActorRequest, guarded
from privacy.forms import PlainForm, Tiles
from privacy.models import Verdict
from privacy.roles import Verb
from privacy.taking import take, typed

SOMETHING_WAITS = "notice.something_waits"  # the mail of partners
HINTS: dict[str, str] = {
    Verdict.RIGHT: "Er was acuut gevaar, en niemand was te bereiken.",
    Verdict.ASKED: "U stelt eerst een vraag aan wie keek.",
    Verdict.WRONG: "Kijken was niet nodig, of kon wachten. Beoordeel of er een datalek is.",
}


class ReviewForm(PlainForm):
    """Right, ask first, or wrong; with a text."""

    verdict = forms.ChoiceField(
        label="Wat vindt u?",
        choices=[(Verdict.RIGHT, "Terecht"), (Verdict.ASKED, "Navragen"), (Verdict.WRONG, "Onterecht")],
        widget=Tiles(hints=HINTS),
        error_messages={"required": "Kies terecht, navragen of onterecht."},
    )
    text = forms.CharField(
        label="Toelichting, of uw vraag",
        max_length=2000,
        help_text="De regisseur leest dit. Een vraag leest ook wie keek.",
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Schrijf een toelichting of uw vraag op."},
    )


@guarded(Verb.LOG_REVIEW)
@require_http_methods(["GET", "POST"])
def review(request: ActorRequest, pk: UUID) -> HttpResponse:
    """One use to judge."""
    use = uses.opened_use(pk, by=request.actor)
    form = ReviewForm(typed(request))

    def act() -> str:
        verdict, now = Verdict(form.cleaned_data["verdict"]), timezone.now()
        if verdict == Verdict.ASKED:
            emergency.ask_back(use, form.cleaned_data["text"], now=now, by=request.actor)
        else:
            emergency.judge(use, verdict, form.cleaned_data["text"], now=now, by=request.actor)
        jobs.enqueue(SOMETHING_WAITS, use.person_id, once=True)
        return "Uw vraag is verstuurd." if verdict == Verdict.ASKED else "Uw oordeel is bewaard."

    answer, status = take(request, form, act, lambda: ("privacy-emergency", pk))
    if answer:
        return answer
    context = {
        "use": uses.use_of(use, timezone.now(), by=request.actor),
        "notes": uses.notes_of(use, by=request.actor),
        "looks": uses.looks_of(use, by=request.actor),
        "form": form,
    }
    return render(request, "privacy/emergency.html", context, status=status)


@guarded(Verb.LOG_REVIEW)
@require_POST
def end(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Ends a use that still runs."""
    use = uses.opened_use(pk, by=request.actor)
    with transaction.atomic():
        emergency.end(use, by=request.actor)
        jobs.enqueue(SOMETHING_WAITS, use.person_id, once=True)
    messages.success(request, "De noodtoegang is beëindigd.")
    return redirect("privacy-emergency", pk)

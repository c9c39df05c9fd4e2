"""Keeping and destroying: what is due, what waits for a second person, what is held, and the proof of what went."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from privacy.access import ActorRequest, guarded, open_one
from privacy.audit import record
from privacy.downloads import as_file
from privacy.errors import NotKnown
from privacy.forms import PlainForm
from privacy.models import Hold, KeepReason, LineState, OpenReason
from privacy.retention import certificate, extension, holds, lists, open_cases, overview, term_changes
from privacy.roles import Role, Verb
from privacy.stepup import heavy
from privacy.taking import press, take, typed


class HoldForm(PlainForm):
    """Which dossier must stay, why, and when an officer looks again."""

    number = forms.CharField(
        label="Nummer van het dossier",
        max_length=30,
        help_text="Bijvoorbeeld 2026-7K3QF.",
        error_messages={"required": "Vul het nummer van het dossier in."},
        widget=forms.TextInput(attrs={"class": "ct-w-20", "autocomplete": "off"}),
    )
    reason = forms.CharField(
        label="Waarom moet het bewaard blijven?",
        max_length=2000,
        help_text="Bijvoorbeeld een rechtszaak. Schrijf geen namen op. Alleen privacy officers lezen het.",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Schrijf op waarom het dossier bewaard moet blijven."},
    )
    review_on = forms.DateField(
        label="Wanneer kijkt u opnieuw?",
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"required": "Kies een dag.", "invalid": "Vul een bestaande dag in."},
    )

    def clean_number(self) -> str:
        return str(self.cleaned_data["number"]).strip().upper()


class JudgeForm(PlainForm):
    """It stays until a day, or no longer; with a text that who asked reads."""

    hide_optional = True
    stays = forms.ChoiceField(
        label="Wat besluit u?",
        choices=[("yes", "Het dossier blijft bewaard"), ("no", "Het dossier mag weg als de termijn voorbij is")],
        widget=forms.RadioSelect,
        error_messages={"required": "Kies wat u besluit."},
    )
    review_on = forms.DateField(
        label="Wanneer kijkt u opnieuw?",
        required=False,
        help_text="Alleen als het dossier bewaard blijft.",
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"invalid": "Vul een bestaande dag in."},
    )
    text = forms.CharField(
        label="Toelichting",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Schrijf een toelichting op."},
    )

    def clean(self) -> dict[str, object]:
        data = super().clean() or self.cleaned_data
        if data.get("stays") == "yes" and not data.get("review_on") and "review_on" not in self.errors:
            self.add_error("review_on", "Kies een dag waarop u opnieuw kijkt.")
        return data


def frame_of(request: ActorRequest) -> str:
    """The frame of the privacy officer, with its tabs; a beheerder has none of those pages."""
    return "privacy/_privacy.html" if Role.PRIVACY_OFFICER in request.actor.roles else "base.html"


@guarded(Verb.RETENTION_MANAGE)
@require_GET
def home(request: ActorRequest) -> HttpResponse:
    """What is due, what waits for a second person, what is held, the lists, and the coming months as counts."""
    today = timezone.localdate()
    officer = Role.PRIVACY_OFFICER in request.actor.roles
    going, rows = overview.going(today), overview.lists(by=request.actor)
    context = {
        "today": today,
        "officer": officer,
        "frame": frame_of(request),
        "holds": overview.files(by=request.actor) if officer else [],
        "still_open": open_cases.still_open(by=request.actor) if officer else [],
        "extending": extension.holding(by=request.actor) if officer else [],
        "open_reasons": OpenReason.choices,
        "terms_asked": list(term_changes.asked()) if officer else [],
        "going": [one for one in going if one.month],
        "due": next((one for one in going if one.month is None), None),
        "lists": rows,
        "waiting": [one for one in rows if one.checked_at is None and one.ended_at is None],
        "me": request.actor.user_id,
    }
    return render(request, "privacy/retention-home.html", context)


@guarded(Verb.RETENTION_MANAGE)
@require_POST
def make(request: ActorRequest) -> HttpResponse:
    """Makes a list of what is due now."""
    made = []

    def act() -> str:
        made.append(lists.make(by=request.actor))
        return "De lijst is gemaakt. Een ander moet haar nu controleren."

    return redirect("privacy-retention-list", made[0].pk) if press(request, act) else redirect("privacy-retention")


@guarded(Verb.RETENTION_MANAGE)
@require_POST
def open_goes(request: ActorRequest, pk: UUID) -> HttpResponse:
    """An officer says that an open case goes all the same, and why, as a code."""
    require_officer(request)
    try:
        reason = OpenReason(request.POST.get("reason", ""))
    except ValueError as error:
        raise NotKnown from error

    def act() -> str:
        number = open_cases.let_go(pk, reason, by=request.actor)
        return f"{number} komt op de volgende vernietigingslijst, ook al is de casus niet gesloten."

    press(request, act)
    return redirect("privacy-retention")


@guarded(Verb.RETENTION_MANAGE)
@require_GET
def detail(request: ActorRequest, pk: UUID) -> HttpResponse:
    """One list: before the check its lines with what may be kept off; afterwards how far it is."""
    made = lists.one_list(pk)
    lines = overview.shown(made, by=request.actor)
    context = {
        "frame": frame_of(request),
        "list": made,
        "on_list": lines,
        "waits": sum(line.state == LineState.WAITS for line in lines),
        "reasons": KeepReason.choices,
        "open": made.checked_at is None and made.ended_at is None,
        "mine": made.made_by == request.actor.user_id,
    }
    return render(request, "privacy/retention-list.html", context)


@guarded(Verb.RETENTION_MANAGE)
@require_POST
@heavy("privacy-retention-list", only=lambda request: request.POST.get("step") in ("check", "go_on"))
def act_on(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Checks, stops or goes on with a list, or keeps one line off."""
    made, by, step = lists.one_list(pk), request.actor, request.POST.get("step", "")

    def act() -> str:
        if step == "check":
            lists.check(made, by=by)
            return "U hebt de lijst gecontroleerd. De dossiers worden nu vernietigd."
        if step == "stop":
            lists.stop(made, by=by)
            return "De lijst is gestopt."
        if step == "go_on":
            lists.go_on(made, by=by)
            return "De lijst gaat verder."
        lists.keep_off(made, _line(request), _reason(request), by=by)
        return "Het dossier is van de lijst gehaald."

    press(request, act)
    return redirect("privacy-retention-list", pk)


def _line(request: ActorRequest) -> UUID:
    try:
        return UUID(request.POST.get("line", ""))
    except ValueError as error:
        raise NotKnown from error


def _reason(request: ActorRequest) -> KeepReason:
    try:
        return KeepReason(request.POST.get("reason", ""))
    except ValueError as error:
        raise NotKnown from error


@guarded(Verb.RETENTION_MANAGE)
@require_GET
def proof(request: ActorRequest, pk: UUID) -> HttpResponse:
    """The certificate of a list that was carried out: to read and print, or as a file."""
    made = lists.one_list(pk)
    if not made.certificate:
        raise NotKnown
    wanted = request.GET.get("als", "")
    if wanted in ("json", "pdf"):
        record.look("retention.exported", fields=[wanted], object_pk=str(pk), by=request.actor)
        name = f"verklaring-van-vernietiging-{timezone.localtime(made.made_at):%Y-%m-%d}.{wanted}"
        if wanted == "pdf":
            return as_file(certificate.as_pdf(made), "application/pdf", name)
        return as_file(certificate.as_json(made.certificate), "application/json", name)
    context = {"frame": frame_of(request), "list": made, "proof": made.certificate}
    return render(request, "privacy/retention-certificate.html", context)


@guarded(Verb.RETENTION_MANAGE)
@require_http_methods(["GET", "POST"])
def hold_new(request: ActorRequest) -> HttpResponse:
    """A dossier that must stay, whatever its term."""
    require_officer(request)
    form = HoldForm(typed(request))

    def act() -> str:
        data = form.cleaned_data
        holds.set_hold(data["number"], data["reason"], data["review_on"], now=timezone.now(), by=request.actor)
        return f"{data['number']} wordt niet vernietigd zolang deze bewaarplicht geldt."

    answer, status = take(request, form, act, lambda: ("privacy-retention",))
    return answer or render(request, "privacy/retention-hold-new.html", {"form": form}, status=status)


def require_officer(request: ActorRequest) -> None:
    """Who manages without being an officer reads no reasons."""
    if Role.PRIVACY_OFFICER not in request.actor.roles:
        raise NotKnown


@guarded(Verb.RETENTION_MANAGE)
@require_http_methods(["GET", "POST"])
def hold(request: ActorRequest, pk: UUID) -> HttpResponse:
    """One hold or objection: why it was set, what was said, and whether it stays."""
    require_officer(request)
    overview.files(by=request.actor)
    row = open_one(Hold, pk, event="retention.read", also=("set_by__organisation",), by=request.actor)
    form = JudgeForm(typed(request))

    def act() -> str:
        data, now = form.cleaned_data, timezone.now()
        if data["stays"] == "yes":
            holds.review(row, data["text"], data["review_on"], now=now, by=request.actor)
            return "Het dossier blijft bewaard."
        holds.lift(row, data["text"], now=now, by=request.actor)
        return "Het dossier mag weg als de termijn voorbij is."

    answer, status = take(request, form, act, lambda: ("privacy-retention",))
    if answer:
        return answer
    context = {"hold": row, "texts": overview.texts_of(row, by=request.actor), "form": form}
    return render(request, "privacy/retention-hold.html", context, status=status)

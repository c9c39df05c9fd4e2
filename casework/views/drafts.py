"""Handing in a signal in four short steps. Every step keeps what was typed, right or wrong."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from casework.forms.sameness import LOOK, typed_people
from casework.forms.signal_draft import STEPS, DraftForms, count_of, table_of, typed
from casework.forms.signal_items import CheckForm, ItemsForm
from casework.forms.signal_start import StartForm
from casework.models import Signal, SignalDraft
from casework.queries.attachments import files_of_draft
from casework.queries.persons import MOST
from casework.queries.sameness import guesses
from casework.queries.signals import signal_view
from casework.services import drafts, signals
from casework.theming import active_theme, themes
from partners.queries import tables_for
from privacy.access import ActorRequest, guarded, open_one, visible
from privacy.errors import NotKnown, Refused
from privacy.roles import Verb

REMOVE = "weg:"


@guarded(Verb.SIGNAL_SUBMIT)
@require_http_methods(["GET", "POST"])
def new(request: ActorRequest) -> HttpResponse:
    """Which table is it for? What does not belong here is told where it must go, and nothing of it is kept."""
    now = timezone.now()
    tables = tables_for(request.actor.home, now.date())
    refused = next((door for door in themes().refused() if door.code == request.POST.get("table")), None)
    if refused:
        return render(request, "casework/signal/refused.html", {"refused": refused})
    form = StartForm(request.POST if request.method == "POST" else None, tables=tables)
    if form.is_valid():
        table = next(table for table in tables if str(table.pk) == form.cleaned_data["table"])
        body = {"table": [str(table.pk)], **_same_place(request)}
        with transaction.atomic():
            draft = drafts.start(table.theme, now=now, by=request.actor)
            drafts.keep(draft, body, now=now, by=request.actor)
        return redirect("signal-draft", draft.pk, 1)
    choices = [(table, active_theme(table.theme)) for table in tables]
    same = request.GET.get("adres", "")
    context = {"form": form, "choices": choices, "refused_themes": themes().refused(), "same": same}
    return render(request, "casework/signal/new.html", context, status=422 if form.errors else 200)


def _same_place(request: ActorRequest) -> dict[str, list[str]]:
    """The place of an earlier signal of the same reporter, for another one at this address."""
    same = request.POST.get("same", "")
    if not same:
        return {}
    try:
        place = signal_view(UUID(same), by=request.actor).place
    except (ValueError, NotKnown):
        return {}
    names = ("street", "number", "postcode", "city", "description")
    return {name: [getattr(place, name) or ""] for name in names} if place else {}


@guarded(Verb.SIGNAL_SUBMIT)
@require_http_methods(["GET", "POST"])
def step(request: ActorRequest, draft_id: UUID, step: int) -> HttpResponse:
    """One of the four steps. `go` says where to: verder, terug, meer (one more), bewaar (later)."""
    if step not in STEPS:
        raise NotKnown
    draft = _draft_or_sent(draft_id, request)
    if isinstance(draft, HttpResponse):
        return draft
    if request.method == "POST":
        try:
            return _keep_and_go(request, draft, step)
        except NotKnown:  # a second window was first
            sent = _draft_or_sent(draft_id, request)
            if isinstance(sent, HttpResponse):
                return sent
            raise
    forms = _forms(draft, request)
    wrong = forms.first_wrong_step() if step == 4 else None
    if wrong:
        messages.warning(request, f"Stap {wrong} is nog niet klaar.")
        return redirect("signal-draft", draft.pk, wrong)
    return _page(request, draft, forms, step, forms.form(step))


def _draft_or_sent(draft_id: UUID, request: ActorRequest) -> SignalDraft | HttpResponse:
    """The draft; or, when it was sent already (back button, second window), the way to the signal."""
    try:
        return open_one(SignalDraft, draft_id, by=request.actor)
    except NotKnown:
        sent = visible(Signal, by=request.actor).filter(draft_id=draft_id).first()
        if sent is None:
            raise
        return redirect("signal-sent", sent.pk)


def _keep_and_go(request: ActorRequest, draft: SignalDraft, step: int) -> HttpResponse:
    now, go = timezone.now(), request.POST.get("go", "verder")
    body = typed(request.POST) | {f"step_{step}": ["1"]}
    if go == "meer":
        name = "subjects" if step == 2 else "items"
        body[name] = [str(count_of(draft.body, name) + 1)]
    drafts.keep(draft, body, now=now, by=request.actor)
    if request.headers.get("X-Autosave"):
        return HttpResponse(status=204)
    forms = _forms(draft, request)
    form = forms.form(step, request.FILES)
    if isinstance(form, ItemsForm):
        refused = _keep_files(draft, form, go, request)
        if refused:
            return _page(request, draft, forms, step, form)
    if go == LOOK:
        people = typed_people(request.POST, today=timezone.localdate())
        return _page(request, draft, forms, step, form, guesses=guesses(people, by=request.actor), most=MOST)
    if go in ("terug", "bewaar", "meer") or go.startswith(REMOVE):
        return _elsewhere(request, draft, step, go)
    if not form.is_valid():
        return _page(request, draft, forms, step, form)
    if step < 4:
        return redirect("signal-draft", draft.pk, step + 1)
    assert isinstance(form, CheckForm)
    return _send(request, draft, forms, form)


def _forms(draft: SignalDraft, request: ActorRequest) -> DraftForms:
    files = files_of_draft(draft, by=request.actor)
    return DraftForms(draft.body, table_of(draft.body), files=files, today=timezone.localdate(), by=request.actor)


def _keep_files(draft: SignalDraft, form: ItemsForm, go: str, request: ActorRequest) -> bool:
    """Keeps the files that were sent along, and takes out the one that `go` names; says whether any was refused."""
    form.full_clean()
    now, refused = timezone.now(), any(form.errors.get(name) for name in form.file_fields())
    for slot, files in form.sent():
        try:
            with transaction.atomic():
                drafts.add_files(draft, slot, files, now=now, by=request.actor)
        except Refused as refusal:
            form.add_error(f"files_{slot}", str(refusal))
            refused = True
    if go.startswith(REMOVE):
        drafts.remove_file(draft, _uuid(go.removeprefix(REMOVE)), by=request.actor)
    form.kept = dict(files_of_draft(draft, by=request.actor))
    return refused


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as wrong:
        raise NotKnown from wrong


def _elsewhere(request: ActorRequest, draft: SignalDraft, step: int, go: str) -> HttpResponse:
    if go == "bewaar":
        messages.success(request, "Uw concept is bewaard. U vindt het bij Signalen.")
        return redirect("signal-list")
    return redirect("signal-draft", draft.pk, max(step - 1, 1) if go == "terug" else step)


def _send(request: ActorRequest, draft: SignalDraft, forms: DraftForms, check: CheckForm) -> HttpResponse:
    wrong = forms.first_wrong_step()
    if wrong:
        messages.warning(request, f"Stap {wrong} is nog niet klaar.")
        return redirect("signal-draft", draft.pk, wrong)
    try:
        with transaction.atomic():
            signal = signals.send_draft(draft.pk, forms.as_input(check), now=timezone.now(), by=request.actor)
    except Refused as refusal:
        check.add_error(None, str(refusal))
        return _page(request, draft, forms, 4, check)
    return redirect("signal-sent", signal.pk)


def _page(
    request: ActorRequest, draft: SignalDraft, forms: DraftForms, step: int, form: Any, **more: Any
) -> HttpResponse:
    steps = [
        {"label": label, "state": "done" if number < step else "current" if number == step else "todo"}
        for number, label in STEPS.items()
    ]
    context: dict[str, Any] = {
        "draft": draft,
        "form": form,
        "theme": forms.theme,
        "table": forms.table,
        "step": step,
        "steps": steps,
        "title": STEPS[step],
        **more,
    }
    if step == 4:
        context["read_back"] = [(number, STEPS[number], forms.form(number)) for number in (1, 2, 3)]
        for _, _, filled in context["read_back"]:
            filled.full_clean()
    status = 422 if form.is_bound and form.errors and request.method == "POST" and not more else 200
    return render(request, f"casework/signal/step_{step}.html", context, status=status)


@guarded(Verb.SIGNAL_SUBMIT)
@require_POST
def drop(request: ActorRequest, draft_id: UUID) -> HttpResponse:
    """Throws a draft away, for good."""
    draft = open_one(SignalDraft, draft_id, by=request.actor)
    drafts.drop(draft, by=request.actor)
    messages.success(request, "Het concept is weg.")
    return redirect("signal-list")

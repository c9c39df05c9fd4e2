"""The two lines that are always open: what the table decides, and who does what by when."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from casework.forms.meetings.holding import ActionForm, ActionLineForm, DecisionForm
from casework.models import AgendaItem, ItemDecision, TableAction
from casework.queries.meetings.reading import led_item
from casework.services.meetings import agenda, lines
from casework.services.meetings.running import as_sitting, day_of, sitting
from casework.spoken_days import spoken_day
from casework.views.meetings.holding_lines import Question, asked, taken_line
from casework.views.plan_parts import as_typed
from partners.profiling import profile_version
from privacy.access import ActorRequest, guarded, visible
from privacy.errors import NotKnown
from privacy.roles import Verb


def _wanted(request: ActorRequest) -> UUID:
    """The line whose page is asked for."""
    try:
        return UUID(request.GET.get("regel", ""))
    except ValueError as wrong:
        raise NotKnown from wrong


def _typed(request: ActorRequest, row: ItemDecision | TableAction | None) -> dict[str, Any]:
    """What was sent; what is sent next has seen what stands there now."""
    return request.POST.dict() | ({"seen": row.version} if row else {})


def _decision(request: ActorRequest, item: AgendaItem, key: UUID | None) -> ItemDecision | None:
    rows = visible(ItemDecision, by=request.actor).filter(item=item, dropped_at__isnull=True)
    return rows.filter(pk=key).first() if key else None


@guarded(Verb.MEETING_LEAD)
@require_http_methods(["GET", "POST"])
def decision(request: ActorRequest, pk: UUID) -> HttpResponse:
    """A decision in one line: new, sent again, changed or taken away."""
    item = led_item(pk, by=request.actor)
    rules = profile_version(item.case.profile, item.case.profile_version).consents
    if request.method == "GET":
        row = _decision(request, item, _wanted(request))
        if row is None:
            raise NotKnown
        initial = {"id": row.pk, "text": row.text, "asks": row.asks, "seen": row.version}
        return asked(request, item, Question(DecisionForm(rules=rules, initial=initial), request.path, "Besluit"))
    form = DecisionForm(request.POST, rules=rules)

    def act() -> str:
        data, now = form.cleaned_data, timezone.now()
        if data["weg"]:
            row = get_object_or_404(visible(ItemDecision, by=request.actor), pk=data["id"], item=item)
            lines.drop(row, seen=data["seen"] or 0, now=now, by=request.actor)
            return "Het besluit is weggehaald."
        lines.decide(item, data["id"], form.as_decision(), seen=data["seen"], now=now, by=request.actor)
        return "Besluit bewaard."

    def ask() -> Question:
        row = _decision(request, item, form.cleaned_data.get("id"))
        theirs = (("Besluit", row.text),) if row else ()
        return Question(DecisionForm(_typed(request, row), rules=rules), request.path, "Besluit", theirs)

    return taken_line(request, item, form, act, ask)


def _action(request: ActorRequest, item: AgendaItem, key: UUID | None) -> TableAction | None:
    rows = visible(TableAction, by=request.actor).filter(item=item, taken_back=False)
    return rows.select_related("user", "organisation").filter(pk=key).first() if key else None


def _reading(item: AgendaItem) -> dict[str, Any]:
    """What a typed line is read against: who sits there, the day of the meeting, and the next one."""
    later = agenda.next_meeting(item.meeting)
    return {
        "people": as_sitting(sitting(item)),
        "on": day_of(item.meeting),
        "next_meeting": day_of(later) if later else None,
    }


@guarded(Verb.MEETING_LEAD)
@require_http_methods(["GET", "POST"])
def action(request: ActorRequest, pk: UUID) -> HttpResponse:
    """An action: a line of natural Dutch, or fields when `owner` is among what is sent."""
    item = led_item(pk, by=request.actor)
    reading = _reading(item)
    if request.method == "GET":
        row = _action(request, item, _wanted(request))
        if row is None:
            raise NotKnown
        initial = {"id": row.pk, "text": row.text, "owner": str(row.user_id), "due_on": as_typed(row.due_on)}
        form = ActionForm(**reading, initial=initial | {"seen": row.version})
        return asked(request, item, Question(form, request.path, "Actie"))
    kind: type[ActionForm | ActionLineForm] = ActionForm if "owner" in request.POST else ActionLineForm
    sent = kind(request.POST, **reading)

    def act() -> str:
        data, now = sent.cleaned_data, timezone.now()
        if data["weg"]:
            row = get_object_or_404(visible(TableAction, by=request.actor), pk=data["id"], item=item)
            lines.take_back(row, seen=data["seen"] or 0, now=now, by=request.actor)
            return "De actie is weggehaald."
        row = lines.agree(item, data["id"], sent.as_action(), seen=data["seen"], now=now, by=request.actor)
        return _understood(row, sent)

    def ask() -> Question:
        row = _action(request, item, sent.cleaned_data.get("id"))
        theirs = _as_it_stands(row) if row else ()
        if isinstance(sent, ActionLineForm):
            return Question(sent.as_fields(row.version if row else None), request.path, "Actie", theirs)
        return Question(ActionForm(_typed(request, row), **reading), request.path, "Actie", theirs)

    return taken_line(request, item, sent, act, ask)


def _understood(row: TableAction, form: ActionForm | ActionLineForm) -> str:
    """Reads back what was understood, and says so when no day was named."""
    said = form.said if isinstance(form, ActionLineForm) else None
    proposed = " (geen dag genoemd: het volgende overleg)" if said is not None and not said.day_said else ""
    return f"Actie bewaard: {row.user.name} – {row.text}, klaar op {spoken_day(row.due_on)}{proposed}."


def _as_it_stands(row: TableAction) -> tuple[tuple[str, str], ...]:
    """What stands in an action, for who was second."""
    return (
        ("Wat er gaat gebeuren", row.text),
        ("Wie", f"{row.user.name}, {row.organisation.name}"),
        ("Voor wanneer", as_typed(row.due_on)),
    )

"""What the regisseur asks organisations before a meeting, per item."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from casework.forms.meetings.asking import AskForm
from casework.models import AgendaItem
from casework.queries.cases import name_of
from casework.queries.meetings.asking import asked_at
from casework.queries.meetings.reading import led_item
from casework.services.meetings import asking
from casework.services.meetings.holding import why_not_change
from casework.views.plan_parts import take_seen
from partners.models import Organisation
from privacy.access import ActorRequest, guarded
from privacy.roles import Verb
from privacy.taking import typed


def _may_ask(item: AgendaItem, answered: set[UUID]) -> list[Organisation]:
    """Who sits at the item and did not answer yet."""
    sits = item.seats.exclude(organisation__in=answered).values("organisation")
    return list(Organisation.objects.filter(pk__in=sits).order_by("name"))


@guarded(Verb.MEETING_LEAD)
@require_http_methods(["GET", "POST"])
def questions(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Who was asked what and who answered; and asking one or all of them."""
    item = led_item(pk, by=request.actor)
    rows, why_not = asked_at(item, by=request.actor), why_not_change(item)
    open_to = [] if why_not else _may_ask(item, {row.about.organisation_id for row in rows if not row.about.open})
    asked = {row.about.organisation_id for row in rows}
    form = AskForm(
        typed(request),
        version=asking.times_asked(item),
        organisations=open_to,
        term=asking.usual_term(item.meeting, timezone.now()),
        initial={"organisations": [str(one.pk) for one in open_to if one.pk not in asked]},
    )

    def act() -> str:
        asking.ask(item, form.as_input(), seen=form.cleaned_data["seen"], now=timezone.now(), by=request.actor)
        seen = (
            "De organisaties zien de vraag." if item.published_at else "Zij zien de vraag als u de agenda bekendmaakt."
        )
        return f"De vraag is bewaard. {seen}"

    theirs = [(row.about.organisation, row.text) for row in rows]
    answer, status, shown = take_seen(request, form, act, lambda: ("meeting-questions", pk), theirs)
    context = {
        "item": item,
        "meeting": item.meeting,
        "name": name_of(item.case),
        "rows": rows,
        "form": form if open_to or form.is_bound else None,
        "why_not": why_not,
        "theirs": shown.get("theirs"),
    }
    return answer or render(request, "casework/meeting/questions.html", context, status=status)

"""What every page of a case shares: the head, the tabs, and the way a form is taken."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from casework.queries.cases import CaseHead
from privacy.access import ActorRequest
from privacy.errors import Refused
from privacy.forms import PlainForm

TABS = (
    ("case-detail", "Overzicht", False),
    ("case-signals", "Signalen", False),
    ("case-subjects", "Betrokkenen", False),
    ("case-contributions", "Inbreng", False),
    ("case-people", "Deelnemers", False),
    ("case-sharing", "Delen", True),
    ("case-looked", "Wie keek", False),
)


def page(
    request: ActorRequest, head: CaseHead, active: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    """One page of a case, with the tabs that this reader has: fewer for a partner, never grey ones."""
    tabs = [
        {"url": reverse(name, args=[head.pk]), "label": label, "active": name == active}
        for name, label, regie_only in TABS
        if head.directs or not regie_only
    ]
    template = f"casework/case/{active.removeprefix('case-')}.html"
    return render(request, template, {"case": head, "tabs": tabs, **context}, status=status)


def take(
    request: ActorRequest, form: PlainForm, act: Callable[[], str], to: tuple[str, UUID]
) -> tuple[HttpResponse | None, int]:
    """Does `act` when the form is right and goes on to `to`; otherwise the status to show the form with.

    A refusal comes back on the form, with everything that was typed still there.
    """
    if not form.is_bound:
        return None, 200
    if not form.is_valid():
        return None, 422
    try:
        with transaction.atomic():
            said = act()
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return None, 409
    messages.success(request, said)
    return redirect(*to), 302

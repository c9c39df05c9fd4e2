"""How a form is taken on every page: nothing typed is lost, and a refusal comes back on the form."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect

from privacy.access import ActorRequest
from privacy.errors import Refused
from privacy.forms import PlainForm


def typed(request: ActorRequest) -> QueryDict | None:
    """What was sent, also when that is nothing; None when the page is only looked at."""
    return request.POST if request.method == "POST" else None


def take(
    request: ActorRequest, form: PlainForm, act: Callable[[], str], to: Callable[[], tuple[Any, ...]]
) -> tuple[HttpResponse | None, int]:
    """Does `act` when the form is right and goes on to `to()`; otherwise the status to show the form with."""
    if not form.is_bound:
        return None, 200
    if not form.is_valid():
        form.came_back()
        return None, 422
    try:
        with transaction.atomic():
            said = act()
    except Refused as refusal:
        form.add_error(None, str(refusal))
        form.came_back()
        return None, 409
    messages.success(request, said)
    return redirect(*to()), 302

"""How a form is taken on every page: nothing typed is lost, and a refusal comes back on the form."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect

from privacy.access import ActorRequest
from privacy.errors import Refused
from privacy.forms import PlainForm

T = TypeVar("T")
TRY = "bekijk"  # the name of the button that shows what would happen


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
        form.add_error(None, list(refusal.sentences))
        form.came_back()
        return None, 409
    messages.success(request, said)
    return redirect(*to()), 302


def press(request: ActorRequest, act: Callable[[], str]) -> bool:
    """Does what one button does, and says on the page that comes next what was done, or why not; returns whether.

    An empty text says nothing: the page itself shows it.
    """
    try:
        with transaction.atomic():
            said = act()
    except Refused as refusal:
        messages.error(request, str(refusal))
        return False
    if said:
        messages.success(request, said)
    return True


def tries(request: ActorRequest) -> bool:
    """Whether somebody asks what sending this form would do."""
    return request.method == "POST" and TRY in request.POST


def try_out(form: PlainForm, act: Callable[[], T]) -> tuple[T | None, int]:
    """What `act` gives when it is really done; then it is undone. What is shown is what will happen, not a guess."""
    shown, status = None, 422
    if form.is_valid():
        try:
            with transaction.atomic():
                shown, status = act(), 200
                transaction.set_rollback(True)
        except Refused as refusal:
            form.add_error(None, list(refusal.sentences))
            status = 409
    form.came_back()
    return shown, status

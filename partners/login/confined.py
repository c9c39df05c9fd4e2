"""Confined sessions: who has shown no second factor reaches the pages to arrange one, help, and the way out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from privacy import factors

GetResponse = Callable[[HttpRequest], HttpResponseBase]

ALWAYS = frozenset({"account_logout", "help", "account_inactive"})
# Before the first second factor: choosing one. The password may be asked once more.
ENROLLING = ALWAYS | {
    "mfa_index",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "account_reauthenticate",
}
# With a second factor that this session has not shown (it is older than the factor): showing it, and nothing else.
# The pages to add another stay closed: whoever knows the password alone would add one of their own.
SHOWING = ALWAYS | {"mfa_reauthenticate", "mfa_reauthenticate_webauthn"}
# Read without a session by programs, behind a random address of their own; they know nothing of who logged in.
OUTSIDE = frozenset({"calendar-feed"})


def doors(request: HttpRequest) -> tuple[frozenset[str], str] | None:
    """The addresses that are open to this session and where it is sent; None when it is not confined."""
    if not factors.forced() or not request.user.is_authenticated or factors.proved(request):
        return None
    if factors.has_factor(request.user):
        return SHOWING, "mfa_reauthenticate"
    return ENROLLING, "mfa_index"


class SecondFactorRequired:
    """Sends a confined session to where its second factor is arranged; nothing else runs for it."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        found = doors(request)
        if found is None:
            return None
        request.confined = True  # type: ignore[attr-defined]  # read by the frame: no doors that do not open
        open_to, sent_to = found
        name = request.resolver_match.url_name if request.resolver_match else ""
        if name in open_to | OUTSIDE:
            return None
        if request.method == "GET" and "HX-Request" not in request.headers:
            return redirect(sent_to)
        response = render(request, "mfa/confined.html", {"url": reverse(sent_to)}, status=403)
        if "HX-Request" in request.headers:
            response.headers["HX-Redirect"] = reverse(sent_to)
        return response

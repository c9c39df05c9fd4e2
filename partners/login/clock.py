"""How long a session lasts: so long without doing anything, and so long in all. What was typed comes back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.http import urlencode

from partners.login.devices import in_words
from partners.models import LoginSession
from privacy.access import typed_in
from privacy.audit import record
from privacy.errors import AuditUnavailable

GetResponse = Callable[[HttpRequest], HttpResponseBase]
SINCE, SEEN, LISTED = "since", "seen", "listed"
LETTERS = str.maketrans("0123456789", "ghijklmnop")  # a mark that nobody takes for a number of a person
MINUTE = 60  # so often the moment of last use is written; pages within it cost nothing


def passive(request: HttpRequest) -> bool:
    """Whether the page asked this by itself, as the table of a meeting does every four seconds."""
    asked = request.headers.get("Sec-Fetch-Mode", "navigate") != "navigate"
    return request.method == "GET" and asked and "HX-Request" not in request.headers


def seconds_left(session: Any, now: datetime) -> int:
    """Until this session is over by itself."""
    at = now.timestamp()
    idle = session.get(SEEN, at) + settings.SESSION_IDLE_SECONDS
    most = session.get(SINCE, at) + settings.SESSION_MOST_SECONDS
    return int(min(idle, most) - at)


def who(request: HttpRequest) -> str:
    """Whose page this is, as a mark that tells nothing: a page goes on for the same person alone."""
    mark = salted_hmac("partners.login.who", str(request.user.pk), algorithm="sha256").hexdigest()[:16]
    return mark.translate(LETTERS)


def touch(request: HttpRequest, now: datetime) -> None:
    """Notes that the session was used, and lists it for its person when it is new or has a new key."""
    session, at = request.session, now.timestamp()
    if SINCE not in session:
        session[SINCE] = session[SEEN] = at
    if session.get(LISTED) != session.session_key:
        _list(request, now)
    elif at - session[SEEN] >= MINUTE:
        session[SEEN] = at
        LoginSession.objects.filter(session_id=session.session_key).update(used_at=now)


def _list(request: HttpRequest, now: datetime) -> None:
    session = request.session
    if session.session_key is None:
        session.create()
    session[LISTED], session[SEEN] = session.session_key, now.timestamp()
    since = datetime.fromtimestamp(session[SINCE], tz=now.tzinfo)
    device = in_words(request.headers.get("User-Agent", ""))
    values = {"user": request.user, "device": device, "since": since, "used_at": now}
    session.save()  # its row must be there before ours
    LoginSession.objects.update_or_create(session_id=session.session_key, defaults=values)


class SessionClock:
    """Ends a session that was not used, or that lasted a working day."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        now = timezone.now()
        if request.user.is_authenticated:
            if seconds_left(request.session, now) <= 0:
                try:
                    answer = self._end(request)
                except AuditUnavailable:
                    return HttpResponse(render_to_string("503.html"), status=503)
                if answer is not None:
                    return answer
            elif not passive(request):
                touch(request, now)
        return self.get_response(request)

    def _end(self, request: HttpRequest) -> HttpResponse | None:
        record.look("session.expired", purpose="inloggen", by=request.user.as_actor())  # type: ignore[union-attr]  # our User
        logout(request)
        if request.headers.get("Sec-Fetch-Mode", "navigate") != "navigate":
            return None  # a script of ours knows what a log-in page means
        if request.method == "GET":
            back = urlencode({"next": request.get_full_path(), "verlopen": "1"})
            return redirect(f"{reverse('account_login')}?{back}")
        return render(request, "account/expired.html", {"typed": typed_in(request)}, status=403)

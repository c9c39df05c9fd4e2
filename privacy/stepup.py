"""The door before something grave: who one is, confirmed again less than five minutes ago.

Whoever has a second factor confirms with it; the password counts for nobody else, and for nobody while second factors
are forced. `heavy` stands below `guarded`, so a role that may not is refused before anything is asked.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from privacy import factors
from privacy.access import ActorRequest

P = ParamSpec("P")
View = Callable[Concatenate[ActorRequest, P], HttpResponseBase]
ONCE_MORE = "Bevestig eerst dat u het bent. Druk daarna nog een keer: er is nog niets gedaan."


def confirmed(request: HttpRequest) -> bool:
    """Whether this person confirmed it in this session less than five minutes ago; logging in does not count."""
    second = factors.forced() or factors.has_factor(request.user)
    return any(
        proof.get("reauthenticated")
        and time.time() - float(str(proof["at"])) < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
        and (factors.is_second(proof) or not second)
        for proof in factors.records(request)
    )


def confirm_url(back_to: str) -> str:
    """Where to confirm, and where to go on."""
    return f"{reverse('account_reauthenticate')}?{urlencode({'next': back_to})}"


def heavy(
    back: str | None = None, *, only: Callable[[HttpRequest], bool] = lambda request: True
) -> Callable[[View[P]], View[P]]:
    """Lets a view run for who confirmed; others do so first and come back to it.

    What takes a form names the page to come `back` to, with the arguments of its own address: nothing is done before,
    and the button is pressed again. `only` says for which requests; the rest passes.
    """

    def decorate(view: View[P]) -> View[P]:
        @wraps(view)
        def inner(request: ActorRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not settings.STEP_UP or not only(request) or confirmed(request):
                return view(request, *args, **kwargs)
            if request.method == "GET":
                return redirect(confirm_url(request.get_full_path()))
            messages.warning(request, ONCE_MORE)
            return redirect(confirm_url(reverse(back or "home", args=args, kwargs=kwargs if back else None)))

        return inner  # type: ignore[return-value]  # wraps names the first argument

    return decorate

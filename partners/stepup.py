"""Confirming again who one is, right before something grave. Whatever ways of logging in there are, allauth knows."""

from __future__ import annotations

from allauth.account.internal.flows.reauthentication import did_recently_reauthenticate, get_reauthentication_flows
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode


def confirmed(request: HttpRequest) -> bool:
    """Whether this person confirmed it in this session less than five minutes ago; logging in does not count.

    Who has no way to confirm has not confirmed; allauth itself would let such a person through.
    """
    return bool(get_reauthentication_flows(request.user)) and did_recently_reauthenticate(request)


def confirm_url(back_to: str) -> str:
    """Where to confirm, and where to go on."""
    return f"{reverse('account_reauthenticate')}?{urlencode({'next': back_to})}"

"""What the tests of signals and cases share: browsers, words of a page, and addresses."""

from __future__ import annotations

from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from partners.models import User

Login = Callable[[User], Client]


class Browser:
    """A logged-in browser that speaks in names of addresses."""

    def __init__(self, client: Client) -> None:
        self.client = client

    def see(self, name: str, /, *args: Any, **query: Any) -> HttpResponse:
        """Opens a page."""
        return self.client.get(reverse(name, args=args), query)

    def do(self, name: str, /, *args: Any, headers: dict[str, str] | None = None, **data: Any) -> HttpResponse:
        """Sends a form."""
        return self.client.post(reverse(name, args=args), data, headers=headers)


@pytest.fixture
def browser(login: Login) -> Callable[[User], Browser]:
    """The browser of this person."""
    return lambda user: Browser(login(user))


Browsers = Callable[[User], Browser]


def words(response: HttpResponse) -> str:
    """The page as a reader's eyes get it: no escapes."""
    return unescape(response.content.decode())

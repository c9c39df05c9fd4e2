"""A meeting that is being held, in few words."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.test import Client
from django.urls import reverse

from casework.models import AgendaItem, Meeting


def screen(meeting: Meeting, item: AgendaItem | None = None, **more: str) -> str:
    """The address of the screen."""
    query = ([f"punt={item.pk}"] if item else []) + [f"{name}={value}" for name, value in more.items()]
    return f"{reverse('meeting-hold', args=[meeting.pk])}{'?' if query else ''}{'&'.join(query)}"


def types(browser: Client, item: AgendaItem, what: str, text: str, key: UUID | None = None, **more: object) -> object:
    """Somebody types a decision or an action, without a script."""
    address = reverse(f"meeting-{what}", args=[item.pk])
    return browser.post(address, {"id": key or uuid4(), "text": text, **more})

"""Ways to switch walls off, so that each can be tested alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Thread
from typing import Any, TypeVar

from django.apps import apps
from django.db import connections, transaction

from privacy.models import DossierRow

T = TypeVar("T")


def dossier_models() -> list[type[DossierRow]]:
    """Every concrete model that holds something of a dossier."""
    return [model for model in apps.get_models() if issubclass(model, DossierRow)]


@contextmanager
def row_level_security_off() -> Iterator[None]:
    """The application on a connection that no policy binds; everything in it is rolled back."""
    bound, unbound = connections["default"], connections["maintenance"]
    with transaction.atomic(using="maintenance"):
        connections["default"] = unbound
        try:
            yield
        finally:
            connections["default"] = bound
            transaction.set_rollback(True, using="maintenance")


def committed(act: Callable[[], T]) -> T:
    """Does something in a thread of its own, whose transaction really commits; returns or raises what it did."""
    outcome: dict[str, Any] = {}

    def run() -> None:
        try:
            outcome["value"] = act()
        except BaseException as error:
            outcome["error"] = error
        finally:
            connections.close_all()

    thread = Thread(target=run)
    thread.start()
    thread.join()
    if "error" in outcome:
        raise outcome["error"]
    return outcome["value"]  # type: ignore[no-any-return]

"""Ways to switch walls off, so that each can be tested alone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.apps import apps
from django.db import connections, transaction

from privacy.models import DossierRow


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

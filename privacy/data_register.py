"""What this house keeps, from the models themselves: the one source of docs/data.md and the register of processing."""

from __future__ import annotations

from dataclasses import dataclass

from django.apps import apps
from django.db.models import Field, Model

from privacy.encryption.fields import SealedField
from privacy.models import DossierRow

OWN = ("privacy", "partners", "casework", "escalation")


def own_models() -> list[type[Model]]:
    """Every model of this house, by app and name."""
    found = [model for label in OWN for model in apps.get_app_config(label).get_models(include_auto_created=True)]
    return sorted(found, key=lambda model: (OWN.index(model._meta.app_label), model.__name__))


def is_sealed(field: Field[object, object]) -> bool:
    """Whether the database holds this field encrypted only."""
    return isinstance(field, SealedField)


@dataclass(frozen=True, slots=True)
class Kept:
    """How much of one table there is to protect."""

    model: type[Model]
    in_dossier: bool
    fields: int
    sealed: int


def kept(model: type[Model]) -> Kept:
    """One table in numbers."""
    fields = model._meta.concrete_fields
    return Kept(model, issubclass(model, DossierRow), len(fields), sum(isinstance(f, SealedField) for f in fields))

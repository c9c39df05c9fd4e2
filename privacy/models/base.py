"""Base of every row that holds something of a dossier."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models.base import ModelBase

from privacy.encryption.fields import SealedField
from privacy.models.dossier import Compartment, Dossier


class UUIDModel(models.Model):
    """Keys are made by the application, so that a seal can name its row before the row exists."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)

    class Meta:
        abstract = True


class DossierRow(UUIDModel):
    """A row inside a dossier. Who may read its compartment may read the row; the database says the same."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="+")
    compartment = models.ForeignKey(Compartment, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True
        default_permissions = ()


class SealedModel(DossierRow):
    """A row with sealed fields. Each save that touches them seals all of them anew under the next version."""

    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True
        default_permissions = ()

    def save(
        self,
        *,
        force_insert: bool | tuple[ModelBase, ...] = False,
        force_update: bool = False,
        using: str | None = None,
        update_fields: Iterable[str] | None = None,
    ) -> None:
        sealed = self.sealed_names()
        touched = sealed if update_fields is None else sorted(set(update_fields) & set(sealed))
        if touched and not self._state.adding:
            plain: dict[str, Any] = {name: getattr(self, name) for name in sealed}
            self.version += 1
            for name, value in plain.items():
                setattr(self, name, value)
            if update_fields is not None:
                update_fields = {*update_fields, *sealed, "version"}
        super().save(force_insert=force_insert, force_update=force_update, using=using, update_fields=update_fields)

    def seal_anew(self, plain: dict[str, Any], *, using: str) -> None:
        """Stores these values of its sealed fields, and whatever hangs on them, under the keys of this moment."""
        for name, value in plain.items():
            setattr(self, name, value)
        self.save(using=using, force_update=True)

    @classmethod
    def sealed_names(cls) -> list[str]:
        """Names of the sealed fields."""
        return [field.name for field in cls._meta.concrete_fields if isinstance(field, SealedField)]

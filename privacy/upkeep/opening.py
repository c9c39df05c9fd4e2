"""Opening a whole dossier for upkeep. Whoever calls this has written the entry that names its keys first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from django.apps import apps

from privacy.encryption import keys
from privacy.encryption.keyring import Keyring
from privacy.models import Compartment, SealedModel
from privacy.upkeep.work import USING


def parts_of(dossier_ids: Iterable[UUID]) -> list[Compartment]:
    """The compartments of these dossiers with their wrapped keys."""
    rows = Compartment.objects.using(USING).filter(dossier__in=list(dossier_ids))
    return list(rows.select_related("epoch").order_by("pk"))


def open_parts(parts: Iterable[Compartment], ring: Keyring) -> None:
    """Their data keys, in the keyring of this step."""
    for part in parts:
        names = {"dossier_id": part.dossier_id, "compartment_id": part.pk}
        ring.add(part.pk, keys.unwrap(bytes(part.wrapped_key), **names, epoch=part.epoch))
        ring.unwraps += 1


def opened_rows(dossier_ids: Iterable[UUID]) -> Iterator[tuple[SealedModel, dict[str, Any]]]:
    """Every sealed row of these dossiers with its plain values; raises TamperedValue for one that does not open."""
    wanted = list(dossier_ids)
    for model in apps.get_models():
        if issubclass(model, SealedModel):
            for row in model._default_manager.using(USING).filter(dossier__in=wanted):
                yield row, {name: getattr(row, name) for name in row.sealed_names()}

"""New data keys for one dossier, and everything in it sealed anew under them: after a suspicion, or a scare.

One transaction while nobody else holds a key: it happened or it did not.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.apps import apps
from django.utils import timezone

from privacy.actor import Actor
from privacy.audit import record
from privacy.encryption import aead, keys
from privacy.encryption.keyring import Keyring
from privacy.errors import Refused
from privacy.models import Compartment, Dossier, KeyEncryptionKey, OperationKind, SealedModel
from privacy.upkeep.work import USING, alone, done, step, to_myself


def reencrypt(reference: str, *, by: Actor) -> int:
    """Seals a dossier anew; returns the number of rows. Raises Refused when there is none with this number."""
    with alone(), step(by) as ring:
        to_myself()
        dossier = Dossier.objects.using(USING).filter(reference=reference).first()
        if dossier is None:
            raise Refused(f"Er is geen dossier met nummer {reference}.")
        parts = list(Compartment.objects.using(USING).filter(dossier=dossier).select_related("epoch").order_by("pk"))
        ids = [part.pk for part in parts]
        # The entry comes first: no key is opened without one.
        record.change("keys.reencrypted", dossier=dossier, compartments=ids, using=USING, by=by)
        _open(parts, ring)
        opened = list(_rows(dossier.pk))
        _new_keys(parts, ring)
        for row, plain in opened:
            for name, value in plain.items():
                setattr(row, name, value)
            row.save(using=USING, force_update=True)
        done(OperationKind.REENCRYPT, timezone.now(), number=len(opened), by=by)
    return len(opened)


def _open(parts: list[Compartment], ring: Keyring) -> None:
    for part in parts:
        names = {"dossier_id": part.dossier_id, "compartment_id": part.pk}
        ring.add(part.pk, keys.unwrap(bytes(part.wrapped_key), **names, epoch=part.epoch))
        ring.unwraps += 1


def _rows(dossier_id: UUID) -> Iterator[tuple[SealedModel, dict[str, Any]]]:
    """Every sealed row of the dossier with its plain values."""
    for model in apps.get_models():
        if issubclass(model, SealedModel):
            for row in model._default_manager.using(USING).filter(dossier=dossier_id):
                yield row, {name: getattr(row, name) for name in row.sealed_names()}


def _new_keys(parts: list[Compartment], ring: Keyring) -> None:
    epoch = KeyEncryptionKey.objects.using(USING).latest("epoch")
    ring.forget()
    for part in parts:
        data_key = aead.new_key()
        part.wrapped_key = keys.wrap(data_key, dossier_id=part.dossier_id, compartment_id=part.pk, epoch=epoch)
        part.epoch = epoch
        part.save(using=USING, force_update=True)
        ring.add(part.pk, data_key)

"""New data keys for one dossier, and everything in it sealed anew under them: after a suspicion, or a scare.

One transaction while nobody else holds a key: it happened or it did not.
"""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.utils import timezone

from privacy.actor import Actor
from privacy.audit import record
from privacy.encryption import aead, keys
from privacy.encryption.keyring import Keyring
from privacy.errors import Refused
from privacy.models import Compartment, Dossier, KeyEncryptionKey, OperationKind
from privacy.upkeep.opening import open_parts, opened_rows, parts_of
from privacy.upkeep.work import USING, alone, done, step, to_myself

Reseal = Callable[[UUID], Callable[[], int]]
_resealers: list[Reseal] = []


def reseals(opens: Reseal) -> Reseal:
    """Registers who seals things in dossiers: it opens what it has of one with the keys of now, and returns what seals
    that anew, with the keys of then, and says how many there were.
    """
    _resealers.append(opens)
    return opens


@reseals
def sealed_rows(dossier_id: UUID) -> Callable[[], int]:
    """Every row with sealed fields."""
    opened = list(opened_rows([dossier_id]))

    def seal() -> int:
        for row, plain in opened:
            for name, value in plain.items():
                setattr(row, name, value)
            row.save(using=USING, force_update=True)
        return len(opened)

    return seal


def reencrypt(reference: str, *, by: Actor) -> int:
    """Seals a dossier anew; returns how much there was. Raises Refused when there is none with this number."""
    with alone(), step(by) as ring:
        to_myself()
        dossier = Dossier.objects.using(USING).filter(reference=reference).first()
        if dossier is None:
            raise Refused(f"Er is geen dossier met nummer {reference}.")
        parts = parts_of([dossier.pk])
        ids = [part.pk for part in parts]
        # The entry comes first: no key is opened without one.
        record.change("keys.reencrypted", dossier=dossier, compartments=ids, using=USING, by=by)
        open_parts(parts, ring)
        opened = [opens(dossier.pk) for opens in _resealers]
        _new_keys(parts, ring)
        sealed = sum(seal() for seal in opened)
        done(OperationKind.REENCRYPT, timezone.now(), number=sealed, by=by)
    return sealed


def _new_keys(parts: list[Compartment], ring: Keyring) -> None:
    epoch = KeyEncryptionKey.objects.using(USING).latest("epoch")
    ring.forget()
    for part in parts:
        data_key = aead.new_key()
        part.wrapped_key = keys.wrap(data_key, dossier_id=part.dossier_id, compartment_id=part.pk, epoch=epoch)
        part.epoch = epoch
        part.save(using=USING, force_update=True)
        ring.add(part.pk, data_key)

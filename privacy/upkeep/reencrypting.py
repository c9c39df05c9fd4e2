"""New data keys for one dossier, and everything in it sealed anew under them: after a suspicion, or a scare.

One transaction while nobody else holds a key: it happened or it did not.
"""

from __future__ import annotations

from django.utils import timezone

from privacy.actor import Actor
from privacy.audit import record
from privacy.encryption import aead, keys
from privacy.encryption.keyring import Keyring
from privacy.errors import Refused
from privacy.models import Compartment, Dossier, KeyEncryptionKey, OperationKind
from privacy.upkeep.opening import open_parts, opened_rows, parts_of
from privacy.upkeep.work import USING, alone, done, step, to_myself


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
        opened = list(opened_rows([dossier.pk]))
        _new_keys(parts, ring)
        for row, plain in opened:
            row.seal_anew(plain, using=USING)
        done(OperationKind.REENCRYPT, timezone.now(), number=len(opened), by=by)
    return len(opened)


def _new_keys(parts: list[Compartment], ring: Keyring) -> None:
    epoch = KeyEncryptionKey.objects.using(USING).latest("epoch")
    ring.forget()
    for part in parts:
        data_key = aead.new_key()
        part.wrapped_key = keys.wrap(data_key, dossier_id=part.dossier_id, compartment_id=part.pk, epoch=epoch)
        part.epoch = epoch
        part.save(using=USING, force_update=True)
        ring.add(part.pk, data_key)

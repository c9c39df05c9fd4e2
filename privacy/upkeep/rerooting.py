"""Another root key, or another keeper of it: what the old one wrapped is wrapped anew, all of it or nothing."""

from __future__ import annotations

from privacy.actor import Actor
from privacy.audit import record
from privacy.encryption import keys
from privacy.encryption.providers import root
from privacy.encryption.providers.file import FileRoot
from privacy.errors import Refused, TamperedValue
from privacy.models import IndexKey, KeyEncryptionKey
from privacy.upkeep.work import USING, alone, step


def replace_root(old: FileRoot, *, by: Actor) -> int:
    """Moves every epoch and index key from the old root to the one of the settings; returns how many.

    Raises Refused when they do not stand under the old root: then it is another one, or this was done already.
    """
    new = root()
    with alone(), step(by):
        rows: list[tuple[KeyEncryptionKey | IndexKey, bytes]] = [
            *((row, keys.place_of_epoch(row.epoch)) for row in KeyEncryptionKey.objects.using(USING)),
            *((row, keys.place_of_index(row.epoch)) for row in IndexKey.objects.using(USING)),
        ]
        for row, place in rows:
            try:
                row.wrapped = new.wrap(old.unwrap(bytes(row.wrapped), place), place)
            except TamperedValue as error:
                raise Refused("De sleutels staan niet onder deze oude hoofdsleutel. Is dit al gedaan?") from error
            row.save(using=USING, force_update=True)
        record.change("keys.root_replaced", using=USING, by=by)
    return len(rows)

"""A back-up, everything gone, and back: all of it equal, what was destroyed stays gone, and nothing without keys."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management.base import CommandError
from django.test import override_settings

from privacy.encryption import aead, keys
from privacy.errors import TamperedValue
from privacy.models import Compartment, KeyEncryptionKey
from tests.backup.conftest import Elsewhere
from tests.backup.test_backup import shown
from tests.keys.scene import signals, unreadable
from tests.keys.test_shred_list import jobs_done, rejected
from tests.proofs import Proof
from tests.world import Cast


@pytest.mark.proof("restore", full=100, sample=3)
def test_what_was_destroyed_stays_unreadable_and_the_rest_comes_back(
    cast: Cast, elsewhere: Elsewhere, backed_up: Callable[[], tuple[str, str]], tmp_path: Path, proof: Proof
) -> None:
    made = signals(cast, proof.size + 2)
    kept, gone = made[:2], made[2:]
    old = {part.dossier_id: part for part in Compartment.objects.using("maintenance").filter(kind="table")}
    data, folder = backed_up()
    _nothing_without_keys(cast, elsewhere, data, proof)
    shreds = tmp_path / "shred-list"
    with override_settings(SHRED_LIST=str(shreds)):
        for signal in gone:
            rejected(cast, signal)
        jobs_done()
    said = elsewhere.restored(data, "--keys", folder, "--shred-list", str(shreds))
    if "elk gelijk aan de back-up" not in said or f"{len(gone)} opnieuw vernietigd" not in said:
        proof.fail(said)
    with elsewhere.here():
        if unreadable(cast, kept):
            proof.fail("what was kept does not open")
    for signal in gone:
        left = elsewhere.rows(
            f"SELECT 1 FROM privacy_compartment WHERE dossier_id = '{signal.dossier_id}' UNION ALL "
            f"SELECT 1 FROM casework_signalitem WHERE dossier_id = '{signal.dossier_id}'"
        )
        proof.attempt(left == [] and _key_is_nowhere(old[signal.dossier_id], elsewhere), signal.dossier_id)


def _key_is_nowhere(part: Compartment, elsewhere: Elsewhere) -> bool:
    """No wrapped key in the restored database is the one of this compartment, whatever it is taken for."""
    for wrapped, epoch in elsewhere.rows("SELECT wrapped_key, epoch_id FROM privacy_compartment"):
        row = KeyEncryptionKey.objects.get(epoch=epoch)
        try:
            keys.unwrap(bytes(wrapped), dossier_id=part.dossier_id, compartment_id=part.pk, epoch=row)  # type: ignore[call-overload]
        except TamperedValue:
            continue
        return False
    return True


def _nothing_without_keys(cast: Cast, elsewhere: Elsewhere, data: str, proof: Proof) -> None:
    """The data alone, with the root itself in hand: not one field opens, since no data key is in them."""
    dump = shown(next(Path(data).glob("*/data.dump")))
    if any(text in dump for text in ("tekst ", "Lindelaan", "Piet Voorbeeld", "999990019", "COPY public.privacy_comp")):
        proof.fail("a plain value or a key is in the data")
    try:
        elsewhere.restored(data, "--keys", str(Path(data) / "no-keys"), "--no-shred-list")
        proof.fail("restored without keys")
    except CommandError:
        pass
    with override_settings(CASUSTAFEL_ROOT_KEY=aead.new_key()):
        part = Compartment.objects.using("maintenance").select_related("epoch").first()
        assert part is not None
        try:
            keys.unwrap(bytes(part.wrapped_key), dossier_id=part.dossier_id, compartment_id=part.pk, epoch=part.epoch)
            proof.fail("opened under another root")
        except TamperedValue:
            pass

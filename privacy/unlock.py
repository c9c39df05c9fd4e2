"""The only way to a data key: ask the policy, write the read entry, then unwrap into the keyring (wall 3).

(Upkeep, which acts for nobody, opens keys in steps of its own that write their entry first: `privacy/upkeep/`.)
No decryption exists without an entry: the keys an entry names are the keys that were opened, one for one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from privacy import grants
from privacy.actor import Actor
from privacy.audit import record
from privacy.encryption import keyring, keys
from privacy.models import CompartmentKind, Dossier, KeyEncryptionKey
from privacy.rls.breakglass import GROUND as EMERGENCY


@dataclass(frozen=True, slots=True)
class Readable:
    """A compartment with its wrapped key, and whether nothing but emergency access opens it."""

    pk: UUID
    dossier_id: UUID
    wrapped_key: bytes
    epoch: KeyEncryptionKey
    by_emergency: bool


# Off the reader's own grants, and no more of each row than is needed: a list opens 25 at a time.
KEY = (
    "ground",
    "compartment",
    "content_object",
    "compartment__wrapped_key",
    "compartment__epoch",
    "compartment__epoch__wrapped",
)


def _readable(
    dossier_ids: Iterable[UUID], parts: Iterable[CompartmentKind] | None, only: Iterable[UUID] | None, by: Actor
) -> list[Readable]:
    """What the reader holds a grant on; emergency access counts as used only where nothing else gives access."""
    own = grants.valid(by).filter(content_object__in=list(dossier_ids))
    if parts is not None:  # narrowed by the database: a list of 25 cases may have thousands of items
        own = own.filter(part__in=list(parts))
    if only is not None:
        own = own.filter(compartment__in=list(only))
    epochs: dict[int, KeyEncryptionKey] = {}
    found: dict[UUID, Readable] = {}
    for ground, pk, dossier_id, wrapped_key, number, wrapped in own.values_list(*KEY):
        epoch = epochs.setdefault(number, KeyEncryptionKey(epoch=number, wrapped=wrapped))
        if pk not in found or found[pk].by_emergency:
            found[pk] = Readable(pk, dossier_id, bytes(wrapped_key), epoch, ground == EMERGENCY)
    return list(found.values())


def _references(compartments: Iterable[Readable], known: dict[UUID, str]) -> dict[UUID, str]:
    """The references of the dossiers that are opened or seen; only the ones that nobody told are looked up."""
    unknown = {compartment.dossier_id for compartment in compartments} - set(known)
    if not unknown:
        return known
    return dict(Dossier.objects.filter(pk__in=unknown).values_list("pk", "reference")) | known


def _note_emergency(compartments: Iterable[Readable], by: Actor) -> None:
    """Keeps which dossiers are read with emergency access: the log and the pages say so."""
    used = {c.dossier_id for c in compartments if c.by_emergency}
    if used:
        running = grants.valid(by).filter(content_object__in=used, ground=EMERGENCY)
        for dossier_id, until in running.values_list("content_object", "valid_until"):
            if until is not None:
                keyring.current().emergency[dossier_id] = until


def emergency_until(dossier_id: UUID) -> datetime | None:
    """When the emergency access ends with which this dossier was opened; None for who has access of the usual kind."""
    return keyring.current().emergency.get(dossier_id)


def _open(compartments: Iterable[Readable]) -> None:
    ring = keyring.current()
    for compartment in compartments:
        data_key = keys.unwrap(
            compartment.wrapped_key,
            dossier_id=compartment.dossier_id,
            compartment_id=compartment.pk,
            epoch=compartment.epoch,
        )
        ring.add(compartment.pk, data_key)
        ring.unwraps += 1


def unlock(
    dossier_ids: Iterable[UUID],
    *,
    event: str = "read",
    parts: Iterable[CompartmentKind] | None = None,
    only: Iterable[UUID] | None = None,
    purpose: str = "",
    also_seen: Iterable[tuple[UUID, str]] = (),
    object_pk: str = "",
    by: Actor,
) -> None:
    """Opens what `by` may read of these dossiers, after writing one entry that names them all.

    `parts` narrows it (lists open only the table's part), and so does `only`, to these compartments; `also_seen` are
    dossiers shown without opening anything; `object_pk` names the one thing that it is about.
    Raises AuditUnavailable, and then nothing was opened.
    """
    compartments = _readable(dossier_ids, parts, only, by)
    names = _references(compartments, dict(also_seen))
    _note_emergency(compartments, by)
    new = [c for c in compartments if not keyring.current().holds(c.pk)]
    record.look(
        event,
        seen=record.Seen(
            dossiers=tuple(names), references=tuple(names.values()), compartments=tuple(c.pk for c in new)
        ),
        purpose=purpose,
        object_pk=object_pk,
        by=by,
    )
    _open(new)

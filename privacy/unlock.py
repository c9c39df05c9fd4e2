"""The only way to a data key: ask the policy, write the read entry, then unwrap into the keyring (wall 3).

No decryption exists without an entry: the keys an entry names are the keys that were opened, one for one.
"""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet

from privacy import grants
from privacy.actor import Actor
from privacy.audit import record
from privacy.encryption import keyring, keys
from privacy.models import Compartment, CompartmentKind, Dossier


def _readable(dossier_ids: Iterable[UUID], parts: Iterable[CompartmentKind] | None, by: Actor) -> QuerySet[Compartment]:
    wanted = list(dossier_ids)
    held = grants.valid(by).filter(content_object__in=wanted).values("compartment_id")
    found = Compartment.objects.filter(dossier_id__in=wanted, pk__in=held).select_related("epoch")
    # Narrowed by the database: a list of 25 cases may have thousands of items.
    return found if parts is None else found.filter(kind__in=list(parts))


def _references(compartments: Iterable[Compartment], known: dict[UUID, str]) -> dict[UUID, str]:
    """The references of the dossiers that are opened or seen; only the ones that nobody told are looked up."""
    unknown = {compartment.dossier_id for compartment in compartments} - set(known)
    if not unknown:
        return known
    return dict(Dossier.objects.filter(pk__in=unknown).values_list("pk", "reference")) | known


def _open(compartments: Iterable[Compartment]) -> None:
    ring = keyring.current()
    for compartment in compartments:
        data_key = keys.unwrap(
            bytes(compartment.wrapped_key),
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
    purpose: str = "",
    also_seen: Iterable[tuple[UUID, str]] = (),
    by: Actor,
) -> None:
    """Opens what `by` may read of these dossiers, after writing one entry that names them all.

    `parts` narrows it (lists open only the table's part); `also_seen` are dossiers shown without opening anything.
    Raises AuditUnavailable, and then nothing was opened.
    """
    compartments = list(_readable(dossier_ids, parts, by))
    names = _references(compartments, dict(also_seen))
    new = [c for c in compartments if not keyring.current().holds(c.pk)]
    record.look(
        event,
        seen=record.Seen(
            dossiers=tuple(names), references=tuple(names.values()), compartments=tuple(c.pk for c in new)
        ),
        purpose=purpose,
        by=by,
    )
    _open(new)

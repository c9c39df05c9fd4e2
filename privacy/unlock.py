"""The only way to a data key: ask the policy, write the read entry, then unwrap into the keyring (wall 3).

(Upkeep, which acts for nobody, opens keys in steps of its own that write their entry first: `privacy/upkeep/`.)
No decryption exists without an entry: the keys an entry names are the keys that were opened, one for one.
"""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from privacy import grants
from privacy.actor import Actor
from privacy.audit import record
from privacy.encryption import keyring, keys
from privacy.models import Compartment, CompartmentKind


def _readable(dossier_ids: Iterable[UUID], by: Actor) -> list[Compartment]:
    return list(
        Compartment.objects.filter(
            dossier_id__in=list(dossier_ids), pk__in=grants.valid(by).values("compartment_id")
        ).select_related("epoch", "dossier")
    )


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
    wanted = None if parts is None else set(parts)
    compartments = [c for c in _readable(dossier_ids, by) if wanted is None or c.kind in wanted]
    names = {c.dossier_id: c.dossier.reference for c in compartments} | dict(also_seen)
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

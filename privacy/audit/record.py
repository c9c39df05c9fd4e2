"""Writing the log. `change` in the act's own transaction, `look` before anything is shown.

What somebody heard without a screen is noted by another, in that other's act: `at_the_table`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextvars import ContextVar
from dataclasses import dataclass
from uuid import UUID

import structlog
from django.db import DatabaseError, InterfaceError, transaction
from django.db.models import Model

from privacy import trace
from privacy.acting import transaction_number
from privacy.actor import Actor
from privacy.audit import mac
from privacy.audit.events import EVENTS
from privacy.encryption import keyring
from privacy.errors import AuditUnavailable
from privacy.models import AuditEntry, Dossier

log = structlog.get_logger("privacy.audit")
_looks: ContextVar[int] = ContextVar("looks", default=0)


def looks_so_far() -> int:
    """How many looks were written in this context; the gate compares before and after a page."""
    return _looks.get()


@dataclass(frozen=True, slots=True)
class Seen:
    """What a look touched: dossiers with their references, and the keys that were opened."""

    dossiers: tuple[UUID, ...] = ()
    references: tuple[str, ...] = ()
    compartments: tuple[UUID, ...] = ()


def _entry(event: str, actor: Actor | None, action: int, purpose: str) -> AuditEntry:
    if event not in EVENTS:
        raise KeyError(f"unknown event {event}: add it to privacy/audit/events.py")
    here = trace.current()
    entry = AuditEntry(
        event=event,
        action=action,
        remote_addr=here.address,
        channel=here.channel,
        session=here.session,
        trace_id=here.trace_id,
        span_id=here.span_id,
        cid=here.trace_id,
        purpose=purpose or (actor.purpose if actor else ""),
        processing=EVENTS[event].processing,
    )
    if actor is not None:
        entry.actor_id = actor.user_id
        entry.actor_name = actor.name
        entry.actor_roles = ",".join(sorted(actor.roles))
        entry.organisation_id = actor.organisation_id
        entry.organisation_name = actor.organisation_name
    return entry


def _write(entry: AuditEntry, using: str) -> None:
    """Stores an entry, with its MAC. Nothing but this and `_write_together` does."""
    mac.stamp(entry)
    entry.save(using=using, force_insert=True)


def _write_together(entries: list[AuditEntry], using: str) -> None:
    """Stores several in one trip, each with its MAC."""
    for entry in entries:
        mac.stamp(entry)
    AuditEntry.objects.using(using).bulk_create(entries)


def _by_emergency(entry: AuditEntry) -> bool:
    """NEN 7513's fourth check: whether a dossier of this entry is open with emergency access alone."""
    return not keyring.current().emergency.keys().isdisjoint(entry.dossiers)


def _touched(entry: AuditEntry, seen: Seen) -> None:
    """Notes in an entry of a look what was touched."""
    entry.dossiers, entry.references = list(seen.dossiers), list(seen.references)
    entry.compartments = list(seen.compartments)
    entry.break_glass = _by_emergency(entry)


def change(
    event: str,
    *,
    dossier: Dossier | None = None,
    dossier_id: UUID | None = None,
    obj: Model | None = None,
    fields: Iterable[str] = (),
    ground: str = "",
    compartments: Iterable[UUID] = (),
    action: int = AuditEntry.Action.UPDATE,
    using: str = "default",
    by: Actor,
) -> None:
    """Records an act in the act's own transaction: both stay or neither does. `fields` are names, never values.

    `compartments` are those whose keys the act opened; `using` is the connection of an act of maintenance.
    """
    entry = _entry(event, by, action, "")
    entry.ground = ground
    entry.changes = sorted(fields)
    entry.compartments = list(compartments)
    if dossier is not None:
        entry.dossiers, entry.references = [dossier.pk], [dossier.reference]
    elif dossier_id is not None:
        entry.dossiers = [dossier_id]
    entry.break_glass = _by_emergency(entry)
    if obj is not None:
        entry.object_type = obj._meta.label_lower
        entry.object_pk = str(obj.pk)
    entry.xact = transaction_number(using)
    _write(entry, using)


def at_the_table(event: str, *, dossier: Dossier, obj: Model, who: Actor, noted_by: str) -> None:
    """Records that somebody else was there when this was spoken of: a read by `who` without a screen.

    Part of the act that closes what was discussed. It says who noted it, and names no address or session: those are of
    the person who typed, not of the one who was there.
    """
    entry = _entry(event, who, AuditEntry.Action.ACCESS, f"aan tafel, genoteerd door {noted_by}"[:200])
    entry.channel, entry.session, entry.remote_addr = "table", "", None
    entry.dossiers, entry.references = [dossier.pk], [dossier.reference]
    entry.object_type, entry.object_pk = obj._meta.label_lower, str(obj.pk)
    entry.xact = transaction_number("default")
    _write(entry, "default")


def look(
    event: str,
    *,
    seen: Seen = Seen(),
    fields: Iterable[str] = (),
    outcome: str = "ok",
    granted: bool = True,
    purpose: str = "",
    ground: str = "",
    object_pk: str = "",
    by: Actor | None,
) -> None:
    """Records a read, list, search, export, refusal or log-in on the separate insert-only connection.

    Called before anything is shown. Raises AuditUnavailable when it can't be written; then nothing may be shown.
    """
    entry = _entry(event, by, AuditEntry.Action.ACCESS, purpose)
    entry.outcome = outcome
    entry.check_grant = granted
    entry.check_role = outcome != "refused" or granted
    entry.ground = ground
    entry.changes = sorted(fields)
    _touched(entry, seen)
    entry.object_pk = object_pk
    _apart(event, lambda: _write(entry, "audit"))


def look_at_each(
    looks: Iterable[tuple[str, Seen, bool]],
    *,
    fields: Iterable[str] = (),
    purpose: str = "",
    by: Actor,
) -> None:
    """As `look`, several at once, each with its event and whether a grant was held: they take one trip together."""
    entries = []
    for event, seen, granted in looks:
        entry = _entry(event, by, AuditEntry.Action.ACCESS, purpose)
        entry.check_grant = granted
        entry.changes = sorted(fields)
        _touched(entry, seen)
        entries.append(entry)
    _apart(entries[0].event, lambda: _write_together(entries, "audit"))


def check_writable() -> None:
    """Writes an entry on the separate connection and takes it back; raises when looks can't be recorded now."""
    with transaction.atomic(using="audit"):
        _write(_entry("page", None, AuditEntry.Action.ACCESS, "proef"), "audit")
        transaction.set_rollback(True, using="audit")


def _apart(event: str, write: Callable[[], object]) -> None:
    try:
        write()
    except (DatabaseError, InterfaceError) as error:
        log.error("audit write failed", event_name=event, error=type(error).__name__)
        raise AuditUnavailable from error
    _looks.set(_looks.get() + 1)

"""Reading the log: from names copied at the time, never content. Reading it is itself logged, before it is shown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from privacy import words
from privacy.actor import Actor
from privacy.audit import inclusion, record, watching
from privacy.audit.events import EVENTS
from privacy.errors import NotKnown
from privacy.models import AuditEntry
from privacy.roles import Role

PAGE = 100
SHOWN = 5  # references on one line of a list over dossiers
LABELS = {role.value: role.label for role in Role}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the log as a person reads it."""

    at: datetime
    actor_name: str
    organisation_name: str
    roles: str
    sentence: str
    purpose: str
    ground: str
    outcome: str
    granted: bool
    opened: int
    channel: str
    address: str
    trace_id: str
    emergency: bool
    references: tuple[str, ...] = ()

    @property
    def shown(self) -> tuple[str, ...]:
        """The references that stand in a list over dossiers."""
        return self.references[:SHOWN]

    @property
    def more(self) -> int:
        """How many dossiers this line names besides."""
        return len(self.references) - len(self.shown)


def lines_of(entries: Iterable[AuditEntry]) -> list[Line]:
    """Entries as a person reads them."""
    return [_line(entry) for entry in entries]


def _line(entry: AuditEntry) -> Line:
    roles = ", ".join(LABELS[role] for role in entry.actor_roles.split(",") if role in LABELS)
    return Line(
        at=entry.timestamp,
        actor_name=entry.actor_name or "onbekend",
        organisation_name=entry.organisation_name,
        roles=roles,
        sentence=EVENTS[entry.event].sentence if entry.event in EVENTS else entry.event,
        purpose=entry.purpose,
        ground=words.ground(entry.ground),
        outcome=entry.outcome,
        granted=entry.check_grant,
        opened=len(entry.compartments),
        channel=entry.channel,
        address=entry.remote_addr or "",
        trace_id=entry.trace_id,
        emergency=entry.break_glass,
        references=tuple(entry.references),
    )


def dossiers_named(reference: str) -> list[UUID]:
    """The dossiers that the log knows by this reference, as far as the reader may see the log of them."""
    # A search that found nothing names a reference without a dossier.
    known = AuditEntry.objects.filter(references__contains=[reference]).exclude(dossiers=[])
    newest = known.values_list("dossiers", "references")[:1]
    return [d for dossiers, names in newest for d, n in zip(dossiers, names, strict=False) if n == reference]


def dossier_of_reference(reference: str, *, by: Actor) -> UUID | None:
    """The dossier of this reference, from the log, for who may read that; the look is logged, found or not."""
    found = dossiers_named(reference)
    record.look("log.read", seen=record.Seen(dossiers=tuple(found), references=(reference[:30],)), by=by)
    return found[0] if found else None


def log_of_reference(reference: str, *, before: datetime | None = None, by: Actor) -> list[Line]:
    """Who did what with the dossier of this reference, newest first. Looking is logged first (WGS 1.8(4)).

    A reference that nothing is known of gives no lines; the search for it is in the log all the same.
    """
    dossier_ids = dossiers_named(reference)
    record.look("log.read", seen=record.Seen(dossiers=tuple(dossier_ids), references=(reference[:30],)), by=by)
    entries = AuditEntry.objects.filter(about(dossier_ids)) if dossier_ids else AuditEntry.objects.none()
    if before is not None:
        entries = entries.filter(timestamp__lt=before)
    return [_line(entry) for entry in entries.order_by("-timestamp")[:PAGE]]


def proof_of_reference(reference: str, *, now: datetime, by: Actor) -> str:
    """The log of this dossier as a file that proves it was sealed; taking it is logged first.

    Raises NotKnown when the log knows no such reference.
    """
    dossier_ids = dossiers_named(reference)
    if not dossier_ids:
        raise NotKnown
    record.look("log.proof", seen=record.Seen(dossiers=tuple(dossier_ids), references=(reference[:30],)), by=by)
    # As the one who asks: an entry that also names a dossier this officer is kept away from is not in it.
    return inclusion.document(watching.plain(), reference, dossier_ids, now=now)


def about(dossier_ids: list[UUID]) -> Q:
    """Entries that name these dossiers, and refusals that name only the object somebody tried to reach."""
    objects = AuditEntry.objects.filter(dossiers__overlap=dossier_ids).exclude(object_pk="")
    tried = Q(event="refused", object_pk__in=objects.values("object_pk"))
    return Q(dossiers__overlap=dossier_ids) | tried


def looks_of_own_organisation(dossier_id: UUID, reference: str, *, by: Actor) -> list[Line]:
    """Who of the actor's own organisation looked at a dossier that the actor may read; logged as a look."""
    record.look("log.own", seen=record.Seen(dossiers=(dossier_id,), references=(reference,)), by=by)
    entries = AuditEntry.objects.filter(
        dossiers__contains=[dossier_id], organisation_id=by.organisation_id, action=AuditEntry.Action.ACCESS
    )
    return [_line(entry) for entry in entries.order_by("-timestamp")[:PAGE]]


def asked_about(dossier_ids: Iterable[UUID]) -> list[Line]:
    """Who asked from another table whether somebody of these dossiers is known; the database tells only who directs.

    Part of a page that logs its own look.
    """
    entries = AuditEntry.objects.filter(event="known.about", dossiers__overlap=list(dossier_ids))
    return [_line(entry) for entry in entries.order_by("-timestamp")[:PAGE]]


def newest_events(events: Iterable[str], *, by: Actor, size: int = 20) -> list[Line]:
    """The newest entries of these events over all dossiers, for the privacy officer's home."""
    record.look("log.read", by=by)
    return [_line(e) for e in AuditEntry.objects.filter(event__in=list(events)).order_by("-timestamp")[:size]]

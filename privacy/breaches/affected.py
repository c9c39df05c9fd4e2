"""Who is affected: from the log, which dossiers somebody was shown or opened, how often and which parts. No content."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from privacy import dossiers
from privacy.access import visible
from privacy.actor import Actor
from privacy.audit import record
from privacy.breaches.files import lock
from privacy.models import AuditEntry, Breach, BreachDossier, CompartmentKind, Dossier
from privacy.queries import dossiers_named
from privacy.who import PARTS

MOST = 20_000  # entries that one question reads
SHOWN = frozenset({"list", "search", "count"})
IN_A_LIST = "stond in een lijst of zoekresultaat"
A_PIECE = "een los stuk van het dossier"
_ONCE = (CompartmentKind.COVER, CompartmentKind.TABLE, CompartmentKind.REGIE)
_OF_ORGANISATION = (CompartmentKind.LIAISON, CompartmentKind.OWN)


@dataclass(frozen=True, slots=True)
class Ask:
    """Of whom or of which dossiers, in which period; one of both at least."""

    since: datetime
    until: datetime
    reader_id: UUID | None = None
    references: tuple[str, ...] = ()


@dataclass(slots=True)
class Touched:
    """What one person saw of one dossier."""

    about_id: UUID
    reference: str
    person_id: UUID | None
    person_name: str
    organisation_name: str
    first_at: datetime
    last_at: datetime
    times: int = 0
    parts: set[str] = field(default_factory=set)

    @property
    def key(self) -> str:
        """What a tick in the list stands for."""
        return f"{self.about_id}.{self.person_id or ''}"


def search(breach: Breach, ask: Ask, *, by: Actor) -> list[Touched]:
    """What the log tells, by dossier and person; the question is logged before, and what it found too."""
    known = {pk for name in ask.references for pk in dossiers_named(name)}
    record.look("breach.searched", seen=record.Seen((breach.dossier_id,), (breach.dossier.reference,)), by=by)
    found = list(_found(_entries(ask, known), known).values()) if known or not ask.references else []
    if found:
        pairs = sorted({(one.about_id, one.reference) for one in found}, key=lambda pair: pair[1])
        seen = record.Seen(tuple(pk for pk, _ in pairs), tuple(name for _, name in pairs))
        record.look("breach.searched", seen=seen, by=by)
    return sorted(found, key=lambda one: (one.reference, one.organisation_name, one.person_name))


def _entries(ask: Ask, known: Collection[UUID]) -> QuerySet[AuditEntry]:
    rows = AuditEntry.objects.filter(
        action=AuditEntry.Action.ACCESS, outcome="ok", timestamp__gte=ask.since, timestamp__lte=ask.until
    ).exclude(dossiers=[])
    if ask.reader_id is not None:
        rows = rows.filter(actor_id=ask.reader_id)
    if known:
        rows = rows.filter(dossiers__overlap=list(known))
    oldest: QuerySet[AuditEntry] = rows.order_by("timestamp")[:MOST]
    return oldest


def _found(entries: QuerySet[AuditEntry], known: Collection[UUID]) -> dict[tuple[UUID, UUID | None], Touched]:
    found: dict[tuple[UUID, UUID | None], Touched] = {}
    for entry in entries:
        for about_id, reference in zip(entry.dossiers, entry.references, strict=False):
            if known and about_id not in known:
                continue
            line = found.setdefault(
                (about_id, entry.actor_id),
                Touched(
                    about_id, reference, entry.actor_id, entry.actor_name, entry.organisation_name,
                    entry.timestamp, entry.timestamp,
                ),
            )  # fmt: skip
            line.times, line.last_at = line.times + 1, entry.timestamp
            line.parts |= _parts(entry, about_id)
    return found


def _parts(entry: AuditEntry, about_id: UUID) -> set[str]:
    """Names of the parts of this dossier that an entry opened; the key of a part that exists once is computed."""
    about, opened = Dossier(id=about_id), set(entry.compartments)
    names = {dossiers.compartment_id(about, kind): PARTS[kind] for kind in _ONCE}
    if entry.organisation_id:
        names |= {dossiers.compartment_id(about, k, entry.organisation_id): PARTS[k] for k in _OF_ORGANISATION}
    parts = {name for pk, name in names.items() if pk in opened}
    if len(entry.dossiers) == 1 and opened - names.keys():
        parts.add(A_PIECE)
    return parts | ({IN_A_LIST} if entry.event in SHOWN else set())


def add(breach: Breach, chosen: Iterable[Touched], *, by: Actor) -> int:
    """Keeps the chosen lines in the file; what stood there is left as it is. Returns how many were new."""
    row = lock(breach, by=by)
    there = set(visible(BreachDossier, by=by).filter(breach=row).values_list("about_id", "person_id"))
    part = dossiers.part(row.dossier, CompartmentKind.REGIE)
    new = [
        BreachDossier(
            dossier=row.dossier,
            compartment=part,
            breach=row,
            about_id=one.about_id,
            reference=one.reference,
            person_id=one.person_id,
            person_name=one.person_name,
            organisation_name=one.organisation_name,
            times=one.times,
            parts=sorted(one.parts),
            first_at=one.first_at,
            last_at=one.last_at,
        )
        for one in chosen
        if (one.about_id, one.person_id) not in there
    ]
    BreachDossier.objects.bulk_create(new)
    if new:
        record.change("breach.touched", dossier=row.dossier, obj=row, fields=["touched"], by=by)
    return len(new)

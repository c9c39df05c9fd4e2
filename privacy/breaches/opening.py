"""Opening the file of a breach: by somebody who reports one, from a judged look, or by the privacy officer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib.auth import get_user_model
from django.utils import timezone

from privacy import desks, dossiers, jobs
from privacy.actor import Actor
from privacy.audit import record
from privacy.models import AuditEntry, Breach, BreachDossier, CompartmentKind, Desk
from privacy.roles import Role

SOMETHING_WAITS = "notice.something_waits"  # the mail of partners


@dataclass(frozen=True, slots=True)
class BreachStart:
    """How a file begins. The clocks count from `discovered_at`.

    `source` is "look" (a judged hit), "report" (somebody told of it) or "own". `dossiers` are looked up in the log as
    the one who opens: only a privacy officer gives any. `reader_id` is who looked unlawfully: that person never reads
    the file, whatever role he or she holds.
    """

    summary: str
    discovered_at: datetime
    source: str
    source_id: UUID | None
    dossiers: tuple[UUID, ...] = ()
    reader_id: UUID | None = None


def open_file(start: BreachStart, *, now: datetime, by: Actor) -> Breach:
    """A new file at the desk of breaches; the privacy officers get a mail. Who opens it may not read it afterwards."""
    today = timezone.localdate(now)
    dossier = desks.found(Desk.BREACH, now=now, today=today, not_to=start.reader_id, by=by)
    part = dossiers.part(dossier, CompartmentKind.REGIE)
    breach = Breach(
        dossier=dossier,
        compartment=part,
        source=start.source,
        source_id=start.source_id,
        reader_id=start.reader_id,
        opened_by=by.user_id,
        opened_at=now,
        discovered_at=start.discovered_at,
        summary=start.summary,
    )
    breach.save(force_insert=True)
    for about_id, reference in _references(start.dossiers).items():
        BreachDossier(dossier=dossier, compartment=part, breach=breach, about_id=about_id, reference=reference).save(
            force_insert=True
        )
    record.change("breach.opened", dossier=dossier, obj=breach, fields=[start.source], by=by)
    _tell_officers(but=start.reader_id)
    return breach


def _references(wanted: tuple[UUID, ...]) -> dict[UUID, str]:
    """The references of these dossiers as the log knows them."""
    found: dict[UUID, str] = {}
    for about_id in wanted:
        named = AuditEntry.objects.filter(dossiers__contains=[about_id]).exclude(references=[])
        for ids, names in named.order_by("-timestamp").values_list("dossiers", "references")[:1]:
            found |= {i: n for i, n in zip(ids, names, strict=False) if i == about_id}
    return found


def _tell_officers(but: UUID | None) -> None:
    officers = get_user_model()._default_manager.filter(is_active=True, roles__contains=[Role.PRIVACY_OFFICER])
    for officer in officers.exclude(pk__in=[] if but is None else [but]):
        jobs.enqueue(SOMETHING_WAITS, officer.pk, once=True)

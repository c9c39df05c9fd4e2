"""An occasional third party at one item, without log-in: signed for secrecy, and reads one sheet (BGS 2.21)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from casework.models import AgendaItem, Guest
from casework.services.disclosing import RESTRICTED, is_kept_back
from casework.services.meetings.holding import hold_item
from casework.services.plans.holding import Changed
from privacy.access import require
from privacy.actor import Actor
from privacy.audit import record
from privacy.errors import NotKnown
from privacy.models import AuditEntry

UNSIGNED = (
    "Deze gast heeft nog geen geheimhouding getekend. Zonder die verklaring mag de gast niets krijgen "
    "(artikel 2.21 Besluit gegevensverwerking door samenwerkingsverbanden). Vul eerst de datum in."
)


@dataclass(frozen=True, slots=True)
class GuestInput:
    """Who comes, why this person is needed, and what may stand on the sheet."""

    name: str
    organisation: str
    why: str
    question: str = ""
    agreements: str = ""
    signed_on: date | None = None


FIELDS = ("name", "organisation", "why", "question", "agreements", "signed_on")


def _fill(guest: Guest, given: GuestInput) -> None:
    for name in FIELDS:
        setattr(guest, name, getattr(given, name) or (None if name in FIELDS[3:] else ""))


def invite(item: AgendaItem, given: GuestInput, *, now: datetime, by: Actor) -> Guest:
    """Notes a guest at an item; who sits there reads who comes. The same twice is once."""
    item = hold_item(item, by=by)
    for there in Guest.objects.filter(item=item):
        if all((getattr(there, name) or None) == (getattr(given, name) or None) for name in FIELDS):
            return there
    guest = Guest(dossier=item.dossier, compartment_id=item.compartment_id, item=item)
    guest.added_by_id, guest.added_at = by.user_id, now
    _fill(guest, given)
    guest.save(force_insert=True)
    record.change(
        "meeting.guest",
        dossier=item.dossier,
        obj=guest,
        fields=[*FIELDS],
        action=AuditEntry.Action.CREATE,
        by=by,
    )
    return guest


def _hold(guest: Guest, by: Actor) -> Guest:
    item = hold_item(guest.item, by=by)
    found = Guest.objects.select_for_update(of=("self",)).filter(pk=guest.pk, item=item).first()
    if found is None:
        raise NotKnown
    found.item = item
    return found


def change(guest: Guest, given: GuestInput, *, seen: int, by: Actor) -> None:
    """Changes what is noted of a guest, such as the day of the signed statement; raises Changed as `agenda.change`."""
    guest = _hold(guest, by)
    if guest.version != seen:
        raise Changed
    _fill(guest, given)
    guest.save(update_fields=[*FIELDS])
    record.change("meeting.guest", dossier=guest.item.dossier, obj=guest, fields=[*FIELDS], by=by)


def remove(guest: Guest, *, by: Actor) -> None:
    """A guest who does not come after all; not who was noted as present or absent."""
    guest = _hold(guest, by)
    require(not hasattr(guest, "attendance"), "Van deze gast is al genoteerd of die er was.")
    record.change(
        "meeting.guest_removed", dossier=guest.item.dossier, obj=guest, action=AuditEntry.Action.DELETE, by=by
    )
    guest.delete()


def why_no_sheet(guest: Guest) -> str:
    """Why nothing may be given to this guest; empty when it may."""
    return RESTRICTED if is_kept_back(guest.item.dossier_id) else "" if guest.signed_on else UNSIGNED

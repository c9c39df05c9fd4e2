"""Organisations and covenants: who works with whom, on what, until when."""

from __future__ import annotations

from collections.abc import Iterable

from partners import themes_known
from partners.models import Covenant, Organisation, Seat
from partners.services.checking import changed, check_fields, check_unique
from partners.services.users import switch_off
from privacy.access import require
from privacy.actor import Actor
from privacy.audit import record
from privacy.models import AuditEntry

ORGANISATION_FIELDS = ("active", "kind", "name")
COVENANT_FIELDS = ("categories", "name", "themes", "valid_from", "valid_until")


def save_organisation(organisation: Organisation, *, by: Actor) -> Organisation:
    """Adds or changes an organisation. When it stops, its people can't log in any more and their seats end."""
    new, fields = organisation._state.adding, changed(organisation, ORGANISATION_FIELDS)
    check_unique(organisation, "name", "Er is al een organisatie met deze naam.")
    if "kind" in fields and not new:
        require(
            not Seat.objects.filter(user__organisation=organisation).exists(),
            "De soort ligt vast: deze organisatie zit of zat aan een tafel, en de soort bepaalt wat er met haar is "
            "gedeeld. Maak een nieuwe organisatie aan.",
        )
    stops = not new and "active" in fields and not organisation.active
    require(not (stops and by.organisation_id == organisation.pk), "U kunt uw eigen organisatie niet laten stoppen.")
    check_fields(organisation)
    organisation.save()
    _record("organisation.saved", organisation, fields, new, by)
    if stops:
        for user in organisation.people.filter(is_active=True):
            switch_off(user, by=by)
    return organisation


def save_covenant(covenant: Covenant, *, organisations: Iterable[Organisation], by: Actor) -> Covenant:
    """Adds or changes a covenant with the organisations it binds."""
    bound = list(organisations)
    new, fields = covenant._state.adding, changed(covenant, COVENANT_FIELDS)
    check_unique(covenant, "name", "Er is al een convenant met deze naam.")
    require(bool(bound), "Kies ten minste één organisatie die dit convenant tekende.")
    require(bool(covenant.themes), "Kies ten minste één thema.")
    known = dict(themes_known.choices())
    require("themes" not in fields or set(covenant.themes) <= set(known), "Kies een thema uit de lijst.")
    require(
        covenant.valid_until is None or covenant.valid_until >= covenant.valid_from,
        "De einddatum ligt voor de begindatum.",
    )
    check_fields(covenant)
    covenant.save()
    if new or set(covenant.organisations.all()) != set(bound):
        fields.append("organisations")
    covenant.organisations.set(bound)
    _record("covenant.saved", covenant, fields, new, by)
    return covenant


def _record(event: str, row: Organisation | Covenant, fields: list[str], new: bool, by: Actor) -> None:
    action = AuditEntry.Action.CREATE if new else AuditEntry.Action.UPDATE
    record.change(event, obj=row, fields=fields, action=action, by=by)

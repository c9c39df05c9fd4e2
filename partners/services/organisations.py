"""Organisations and covenants: who works with whom, on what, until when."""

from __future__ import annotations

from collections.abc import Iterable

from partners.models import Covenant, Organisation
from privacy.actor import Actor
from privacy.audit import record


def save_organisation(organisation: Organisation, *, by: Actor) -> Organisation:
    """Adds or changes an organisation."""
    organisation.full_clean()
    organisation.save()
    record.change("organisation.saved", obj=organisation, fields=["name", "kind", "active"], by=by)
    return organisation


def save_covenant(covenant: Covenant, *, organisations: Iterable[Organisation], by: Actor) -> Covenant:
    """Adds or changes a covenant with the organisations it binds."""
    covenant.full_clean()
    covenant.save()
    covenant.organisations.set(organisations)
    fields = ["categories", "name", "organisations", "themes", "valid_from", "valid_until"]
    record.change("covenant.saved", obj=covenant, fields=fields, by=by)
    return covenant

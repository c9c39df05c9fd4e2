"""Files that lie at a desk (review, breaches, requests): founding one, and giving a newcomer what lies there.

Such a file is a dossier of the kind `request` in three parts: COVER (that it is there, its state and terms), TABLE
(what the desk shares with who is asked something) and REGIE (the desk's own). Who founds it fills it in the same
transaction, and keeps nothing of it but what `grants.give` then gives. Who is asked something gets its own part: ITEM.
"""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from privacy import dossiers
from privacy.actor import Actor
from privacy.audit import record
from privacy.calling import rows_of, value_of
from privacy.codes import random_code
from privacy.models import Compartment, CompartmentKind, Desk, Dossier, DossierKind
from privacy.retention.terms import term_of

PARTS = (CompartmentKind.COVER, CompartmentKind.TABLE, CompartmentKind.REGIE)
# As they stand on letters: a breach, a request of a person, a question about a look, what must not be destroyed.
PREFIXES = {Desk.BREACH: "DL", Desk.RIGHTS: "R", Desk.REVIEW: "C", Desk.OFFICERS: "CO", Desk.RETENTION: "B"}
LENGTH = 8


def found(
    desk: Desk,
    *,
    now: datetime,
    today: date,
    not_to: UUID | None = None,
    by: Actor,
) -> Dossier:
    """A new file at a desk, with the keys of its three parts in the keyring, and access for everybody at the desk.

    `not_to` is somebody whom the file is about, and who never reads it as one of the desk.
    """
    reference = f"{PREFIXES[desk]}-{random_code(LENGTH)}"
    until = term_of(desk).ends(today)
    dossier = dossiers.found(dossiers.Birth(DossierKind.REQUEST, reference, today, now, retain_until=until), by=by)
    for part in PARTS:
        dossiers.add_compartment(dossier, part, by=by)
    rows_of("privacy_lay_at_desk", dossier.pk, desk, not_to)
    record.change("grant.given", dossier=dossier, fields=[desk], ground="balie", by=by)
    return dossier


def add_part(dossier: Dossier, organisation_id: UUID, *, by: Actor) -> Compartment:
    """A new part of a file, for what is asked of somebody of this organisation: the desk reads it, whoever else may.

    Only somebody of the desk may add one.
    """
    part = dossiers.add_compartment(dossier, CompartmentKind.ITEM, organisation_id=organisation_id, by=by)
    rows_of("privacy_lay_part_at_desk", part.pk)
    record.change("grant.given", dossier=dossier, fields=["item"], ground="balie", by=by)
    return part


def take_up(desk: Desk, *, by: Actor) -> None:
    """Gives somebody of the desk what lay there before this person came; asked when the desk's page opens."""
    if value_of("privacy_take_up_desk", desk):
        record.change("grant.given", fields=[desk], ground="balie", by=by)

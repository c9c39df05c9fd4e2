"""A dossier that is looked at with special care, as a code in the part of the regie; rule R4 reads it."""

from __future__ import annotations

from datetime import datetime

from privacy import dossiers
from privacy.access import require, visible
from privacy.actor import Actor
from privacy.audit import record
from privacy.models import CompartmentKind, Dossier, DossierFlag, Special

TWICE = "Dit dossier heeft al bijzondere aandacht. Haal die eerst weg."
GONE = "Dit dossier heeft geen bijzondere aandacht meer."


def flag_of(dossier: Dossier, *, by: Actor) -> DossierFlag | None:
    """The flag that counts now, for who has the regie; part of a page that logs its own look."""
    return visible(DossierFlag, by=by).filter(dossier=dossier, ended_at__isnull=True).first()


def set_flag(dossier: Dossier, code: Special, *, now: datetime, by: Actor) -> None:
    """Whoever reads this dossier from now on is looked at; the database lets only who directs it."""
    dossiers.one_at_a_time(dossier.pk)
    require(flag_of(dossier, by=by) is None, TWICE)
    part = dossiers.part(dossier, CompartmentKind.REGIE)
    flag = DossierFlag(dossier=dossier, compartment=part, code=code, set_by=by.user_id, set_at=now)
    flag.save(force_insert=True)
    record.change("flag.set", dossier=dossier, obj=flag, fields=["code"], by=by)


def end_flag(dossier: Dossier, *, now: datetime, by: Actor) -> None:
    """It is as any other again; that it had a flag stays known to the rules."""
    dossiers.one_at_a_time(dossier.pk)
    flag = flag_of(dossier, by=by)
    require(flag is not None, GONE)
    assert flag is not None
    flag.ended_at = now
    flag.save(update_fields=["ended_at"])
    record.change("flag.ended", dossier=dossier, obj=flag, fields=["ended_at"], by=by)

"""Founding, dividing and forgetting dossiers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid4, uuid5

from django.db import connection

from privacy.actor import Actor
from privacy.audit import record
from privacy.encryption import aead, keyring, keys
from privacy.jobs import enqueue
from privacy.models import AuditEntry, Compartment, CompartmentKind, Dossier, DossierKind
from privacy.retention.terms import term_of

SHREDDED = "dossier.shredded"  # the list of destroyed dossiers outside the database gets a line


@dataclass(frozen=True, slots=True)
class Birth:
    """What a new dossier starts with. `first_processed_on` is where retention counts from (WGS 1.8(7)).

    Without `retain_until` it gets the term of its kind: nothing is without an end.
    """

    kind: DossierKind
    reference: str
    first_processed_on: date
    at: datetime
    table_id: UUID | None = None
    theme: str = ""
    retain_until: date | None = None


def found(birth: Birth, *, by: Actor) -> Dossier:
    """A new dossier without compartments. Its founder may give the first access, in this transaction only."""
    dossier = Dossier(
        id=uuid4(),
        kind=birth.kind,
        reference=birth.reference,
        table_id=birth.table_id,
        theme=birth.theme,
        first_processed_on=birth.first_processed_on,
        retain_until=birth.retain_until or term_of(birth.kind).ends(birth.first_processed_on),
        sort_at=birth.at,
        created_by=by.user_id,
    )
    dossier.save(force_insert=True)
    record.change("dossier.founded", dossier=dossier, action=AuditEntry.Action.CREATE, by=by)
    return dossier


def compartment_id(dossier: Dossier, kind: CompartmentKind, organisation_id: UUID | None = None) -> UUID:
    """The key of a compartment that exists once per dossier: who directs may grant on it without reading it."""
    return uuid4() if kind == CompartmentKind.ITEM else uuid5(dossier.pk, f"{kind}:{organisation_id or ''}")


def part(dossier: Dossier, kind: CompartmentKind, organisation_id: UUID | None = None) -> Compartment:
    """A handle on a compartment that exists, to place rows in it or grant on it; reads nothing."""
    return Compartment(
        id=compartment_id(dossier, kind, organisation_id), dossier=dossier, kind=kind, organisation_id=organisation_id
    )


def add_compartment(
    dossier: Dossier, kind: CompartmentKind, *, organisation_id: UUID | None = None, by: Actor
) -> Compartment:
    """A new compartment with its own data key, which stays in the keyring so that its founder can fill it."""
    epoch = keys.newest_epoch()
    data_key = aead.new_key()
    compartment = part(dossier, kind, organisation_id)
    compartment.epoch, compartment.created_by = epoch, by.user_id
    compartment.wrapped_key = keys.wrap(data_key, dossier_id=dossier.pk, compartment_id=compartment.pk, epoch=epoch)
    compartment.save(force_insert=True)
    keyring.current().add(compartment.pk, data_key)
    return compartment


def one_at_a_time(dossier_id: UUID) -> None:
    """Lets other acts on this dossier wait until this transaction ends: for who may not lock its rows."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [str(dossier_id)])


def take_grants_along(dossier: Dossier) -> None:
    """Lets what is held in a dossier count under the covenants of the table it went to. Part of the act that sent it.

    The database lets only who directs it.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT privacy_follow_dossier(%s)", [dossier.pk])


def forget(dossier: Dossier, *, keep_cover: bool, by: Actor) -> None:
    """Destroys the keys and grants of a dossier; with `keep_cover` only that it existed remains (BGS 1.16(1)).

    The rows themselves are deleted by the caller first. What stands in a back-up can't be opened any more.
    """
    record.change("dossier.destroyed", dossier=dossier, action=AuditEntry.Action.DELETE, by=by)
    with connection.cursor() as cursor:
        cursor.execute("SELECT privacy_forget(%s, %s)", [dossier.pk, keep_cover])
    enqueue(SHREDDED, dossier.pk)


def shield(dossier: Dossier, *, by: Actor) -> None:
    """Ends all access but the directors' view of the cover (WGS 2.31(8)): closed data wait for destruction."""
    record.change("dossier.shielded", dossier=dossier, fields=["shielded_at"], by=by)
    with connection.cursor() as cursor:
        cursor.execute("SELECT privacy_shield(%s)", [dossier.pk])

"""Dossiers in bulk, real in every respect that a list or a case page meets: sealed, granted and walled."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

from django.db.models import Model
from django.utils import timezone

from casework.models import Case, CaseFace, Participation, RegieAssignment, RegieKind
from casework.references import private_reference
from casework.theming import active_theme
from partners.models import CaseTable, User
from partners.profiling import profile_of
from privacy import grants
from privacy.acting import acting
from privacy.dossiers import part
from privacy.encryption import aead, keyring, keys
from privacy.models import Compartment, CompartmentKind, Dossier, DossierKind, Grant
from tests.world import GROUND, actor

KINDS = (CompartmentKind.COVER, CompartmentKind.TABLE, CompartmentKind.REGIE)
BATCH = 250


class Stack:
    """Rows to be written together, table by table."""

    def __init__(self) -> None:
        self.rows: dict[type[Model], list[Model]] = {}

    def add(self, *rows: Model) -> None:
        for row in rows:
            self.rows.setdefault(type(row), []).append(row)

    def write(self) -> None:
        for model, rows in self.rows.items():
            model._default_manager.using("maintenance").bulk_create(rows, batch_size=500)


def _compartments(dossier: Dossier, regisseur: User) -> dict[CompartmentKind, Compartment]:
    epoch, made = keys.newest_epoch(), {}
    for kind in KINDS:
        made[kind] = part(dossier, kind)
        made[kind].epoch, made[kind].created_by = epoch, regisseur.pk
        data_key = aead.new_key()
        made[kind].wrapped_key = keys.wrap(data_key, dossier_id=dossier.pk, compartment_id=made[kind].pk, epoch=epoch)
        keyring.current().add(made[kind].pk, data_key)
    return made


def _grant(compartment: Compartment, person: User, level: grants.Level, given_for: str) -> Grant:
    dossier = compartment.dossier
    return Grant(
        user=person,
        permission_id=grants._permission_id(level),
        content_object=dossier,
        compartment=compartment,
        kind=dossier.kind,
        part=compartment.kind,
        table_id=dossier.table_id,
        theme=dossier.theme,
        may_write=level != "view",
        directs=level == "direct",
        ground=GROUND,
        given_by=person.pk,
        given_for=given_for,
        sort_at=dossier.sort_at,
    )


def _add_case(stack: Stack, number: int, table: CaseTable, regisseur: User, partner: User) -> None:
    theme, profile, now = active_theme(table.theme), profile_of(table), timezone.now()
    at = now - timedelta(minutes=number)
    dossier = Dossier(
        kind=DossierKind.CASE, reference=private_reference("B") + str(number), table_id=table.pk, theme=table.theme,
        first_processed_on=at.date(), retain_until=theme.retain_until(at.date()), sort_at=at, created_by=regisseur.pk,
    )  # fmt: skip
    parts = _compartments(dossier, regisseur)
    cover, shared = parts[CompartmentKind.COVER], parts[CompartmentKind.TABLE]
    case = Case(
        dossier=dossier, compartment=cover, table=table, theme=theme.code, theme_version=theme.version,
        profile=profile.code, profile_version=profile.version, opened_at=at, first_processed_on=at.date(),
        retain_until=dossier.retain_until,
    )  # fmt: skip
    face = CaseFace(dossier=dossier, compartment=shared, case=case, short_name=f"Gezin {number}", summary="Proef.")
    regie = RegieAssignment(dossier=dossier, compartment=cover, case=case, kind=RegieKind.PROCESS, user=regisseur)
    home = partner.organisation
    taking_part = Participation(
        dossier=dossier, compartment=shared, case=case, organisation=home, user=partner, ground=GROUND
    )
    stack.add(dossier, *parts.values(), case, face, regie, taking_part)
    seat = f"seat:{uuid4()}"
    stack.add(*(_grant(c, regisseur, "direct" if c is parts[CompartmentKind.REGIE] else "contribute", seat)
                for c in parts.values()))  # fmt: skip
    stack.add(*(_grant(c, partner, "view", taking_part.key) for c in (cover, shared)))


def cases(numbers: range, table: CaseTable, *, regisseur: User, partner: User) -> None:
    """One case per number, directed by the regisseur, with one partner in it."""
    for start in range(numbers.start, numbers.stop, BATCH):
        # The trigger wants an actor; row level security lets only the maintenance role write in bulk.
        with acting(actor(regisseur), using="maintenance"):
            stack = Stack()
            for number in range(start, min(start + BATCH, numbers.stop)):
                _add_case(stack, number, table, regisseur, partner)
            stack.write()

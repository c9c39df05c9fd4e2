"""Ladders in a world of partners: cases that moved, what was found, a step put to somebody of another organisation."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils import timezone

from escalation.facts import Checked, Paper
from escalation.models import Breach, Finding, Holder, Measure, Standing
from partners.models import CaseTable, User
from privacy import dossiers
from privacy.models import CompartmentKind
from tests.ladder.scene import at_the_ladder, granted, noted, proposed, recorded, standing_of
from tests.prove.partner_oracle import Circle, Joint, Put
from tests.world import as_

if TYPE_CHECKING:
    from tests.prove.partner_world import Builder

LADDER = "woonoverlast"
YESTERDAY = timedelta(days=1)


def climb(builder: Builder) -> None:
    """Open cases on woonoverlast go up; what comes next waits for somebody at the table, mostly not in the case."""
    decides = {table.pk: _decides(builder, table) for table in builder.world.tables if table.theme == LADDER}
    for case in builder.world.cases:
        if not case.closed and case.table.pk in decides:
            _climb(builder, case, decides[case.table.pk])


def _decides(builder: Builder, table: CaseTable) -> User:
    """Who decides as wijkagent and as burgemeester at a table; nobody whose seat or covenant ends in this world."""
    there = [user for user in builder._seated(table) if user.name not in ("Tijn Proef", "Lars Proef")]
    person = builder.chance.choice(there)
    with as_(builder.world.cast.beheer):
        for authority in ("wijkagent", "burgemeester"):
            Holder(table=table, authority=authority, user=person).save(force_insert=True)
    return person


def _climb(builder: Builder, case: Joint, decides: User) -> None:
    world, regisseur = builder.world, builder._regisseur(case.table)
    put = Put(case, decides.pk)
    regie: Circle = lambda o, u: o.case_regie(u, case)  # noqa: E731
    asked: Circle = lambda o, u: o.put_to(u, put)  # noqa: E731
    day = timezone.localdate() - YESTERDAY
    standing = standing_of(case.row, LADDER, regisseur)
    noted(standing, "gesprek_veilig", Checked(True), regisseur, world.secret("bevinding", case, regie))
    words = {name: world.secret(name, case, regie) for name in ("reason", "about")}
    granted(proposed(standing, "zelf", "veilig", regisseur, **words), regisseur)
    to, criterion, needs = "afspraken", "houdt_aan", ("afsprakenblad",)
    if builder.chance.random() < 0.5:
        _impose(builder, case, regisseur, regie)
        to, criterion, needs = "voornemen", "ernstig", ("voornemen_brief",)
        noted(standing, "ernstig_herhaald", Checked(True), regisseur, world.secret("bevinding", case, asked))
    for key in needs:
        noted(standing, key, Paper(day), regisseur, world.secret("bevinding", case, asked))
    standing = standing_of(case.row, LADDER, regisseur)
    words = {name: world.secret("voorstel", case, asked) for name in ("reason", "about")}
    row = proposed(standing, to, criterion, regisseur, **words)
    case.put.append(put)
    world.secret("voorstel bestaat", case, asked, str(world.keep("proposal", row.pk, case.row)))
    _ids(builder, case, standing, regisseur)


def _impose(builder: Builder, case: Joint, regisseur: User, regie: Circle) -> None:
    """A measure that the corporation decided outside the system, and that was broken."""
    world, day = builder.world, timezone.localdate() - YESTERDAY
    standing = standing_of(case.row, LADDER, regisseur)
    for key in ("dossier", "waarschuwingsbrief"):
        noted(standing, key, Paper(day), regisseur, world.secret("bevinding", case, regie))
    words = {name: world.secret("besluit", case, regie) for name in ("reason", "about")}
    recorded(proposed(standing, "waarschuwing", "ernstig", regisseur, **words), "corporatie", regisseur)
    with at_the_ladder(regisseur, standing) as by:
        broken = Breach(
            dossier=standing.dossier,
            compartment=dossiers.part(standing.dossier, CompartmentKind.REGIE),
            measure=Measure.objects.get(standing=standing),
            at=timezone.now(),
            note=world.secret("overtreding", case, regie),
            noted_by_id=by.user_id,
        )
        broken.save(force_insert=True)
    world.secret("overtreding bestaat", case, regie, str(world.keep("breach", broken.pk, case.row)))


def _ids(builder: Builder, case: Joint, standing: Standing, regisseur: User) -> None:
    world = builder.world
    regie: Circle = lambda o, u: o.case_regie(u, case)  # noqa: E731
    known: Circle = lambda o, u: o.case_cover(u, case)  # noqa: E731
    with at_the_ladder(regisseur, standing):
        found: list[UUID] = list(Finding.objects.filter(standing=standing).values_list("pk", flat=True))
        measures: list[UUID] = list(Measure.objects.filter(standing=standing).values_list("pk", flat=True))
    for pk in found:
        world.secret("bevinding bestaat", case, regie, str(world.keep("finding", pk, case.row)))
    for pk in (standing.pk, *measures):
        world.secret("trede", case, known, str(world.keep("measure", pk, case.row)))

"""A table of domestic violence, whose ladder knows a mandate, and a house ban that is put to who decides it."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils import timezone

from casework.models import Case
from escalation.facts import Born, Checked, Paper
from escalation.models import Holder, Mandate, Proposal
from escalation.services import authorities
from escalation.services.authorities import MandateInput
from partners.models import CaseTable, Seat, SecrecyStatement, User
from privacy.roles import Role
from tests.ladder.scene import noted, proposed, standing_of
from tests.world import Cast, a_case, a_signal, as_

TODAY = date.today()


def a_table(cast: Cast) -> CaseTable:
    """Rosa directs it; Pieter (police), Petra (police) and Bram (burgemeester's office) sit at it."""
    with as_(cast.beheer):
        table = CaseTable(
            name="Casustafel huiselijk geweld", code="hgkm", theme="hgkm", area="Proefstad", profile="gemeentelijk"
        )
        table.save(force_insert=True)
        for person, role in (
            (cast.rosa, Role.PROCESREGISSEUR),
            (cast.pieter, Role.PROFESSIONAL),
            (cast.petra, Role.PROFESSIONAL),
            (cast.bram, Role.DECIDER),
        ):
            begun = timezone.now() - timedelta(days=30)
            Seat.objects.create(table=table, user=person, role=role, valid_from=begun)
            SecrecyStatement.objects.create(table=table, user=person, profile_version="proef")
    return table


def gives(cast: Cast, table: CaseTable, code: str, person: User) -> Holder:
    """The beheerder notes who decides."""
    with as_(cast.beheer) as (by, _):
        return authorities.give(table, code, person, now=timezone.now(), by=by)


def mandated(cast: Cast, table: CaseTable, given: MandateInput) -> Mandate:
    """The beheerder notes a mandate."""
    with as_(cast.beheer) as (by, _):
        return authorities.give_mandate(table, given, now=timezone.now(), by=by)


def mandate(giver: str = "burgemeester", to: str = "hulpofficier", **more: date) -> MandateInput:
    """Of the burgemeester to the hulpofficier (Wth 3), from today on."""
    return MandateInput(giver, to, "Mandaatbesluit 2026, artikel 2", **({"since": TODAY} | more))


def a_house_ban(cast: Cast, table: CaseTable) -> tuple[Case, Proposal]:
    """Rosa puts a house ban to the burgemeester, or the hulpofficier who has a mandate."""
    case = a_case(cast.rosa, a_signal(cast.wilma, table))
    standing = standing_of(case, "hgkm", cast.rosa)
    noted(standing, "volwassen", Born(date(1981, 3, 12)), cast.rosa)
    noted(standing, "vt_gevraagd", Checked(True), cast.rosa, "Gebeld met Veilig Thuis.")
    noted(standing, "besluit", Paper(TODAY), cast.rosa)
    noted(standing, "risicotaxatie", Paper(TODAY), cast.rosa)
    return case, proposed(standing, "huisverbod", "gevaar", cast.rosa, reason="Er is nu gevaar voor Kim.")

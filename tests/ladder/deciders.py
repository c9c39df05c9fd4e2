"""Who in the cast decides for which authority, and a case on any of the ladders: for the walks."""

from __future__ import annotations

from django.utils import timezone

from casework.models import Case, RegieKind
from casework.services import cases
from escalation.models import Holder
from escalation.rungs import Ladder
from partners.models import CaseTable, Seat, SecrecyStatement
from tests.ladder.scene import holds
from tests.world import Cast, a_case, a_signal, as_, invited

DECIDE = {"burgemeester": "bram", "corporatie": "wilma", "wijkagent": "pieter", "college": "bram"}


def a_table(cast: Cast, theme: str) -> CaseTable:
    """The table of this theme, with the people of the table of nuisance."""
    if theme == cast.overlast.theme:
        return cast.overlast
    table = CaseTable.objects.create(
        name=f"Casustafel {theme}", code=f"proef_{theme}", theme=theme, area="Proefstad", profile="gemeentelijk"
    )
    for seat in Seat.objects.filter(table=cast.overlast):
        Seat.objects.create(table=table, user=seat.user, role=seat.role, valid_from=seat.valid_from)
        SecrecyStatement.objects.create(table=table, user=seat.user, profile_version="proef")
    return table


def a_case_on(cast: Cast, ladder: Ladder) -> Case:
    """A case of the theme of this ladder, with a casusregisseur, and people who decide in the system."""
    table = a_table(cast, ladder.themes[0] if ladder.themes else "woonoverlast")
    case = a_case(cast.rosa, a_signal(cast.wilma, table))
    invited(case, cast.rosa, cast.wilma, cast.pieter, cast.carla)
    with as_(cast.rosa) as (by, _):
        cases.assign_regie(case, RegieKind.CASE, cast.carla.pk, now=timezone.now(), by=by)
    with as_(cast.beheer):
        there = set(Holder.objects.filter(table=table, ended_at__isnull=True).values_list("authority", flat=True))
    for authority, person in DECIDE.items():
        if authority not in there:
            holds(cast, table, authority, getattr(cast, person))
    return case

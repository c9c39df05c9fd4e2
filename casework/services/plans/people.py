"""Who takes part in the cases about a household: whom a goal may concern, and who may do an action."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from casework.circles import household_line
from casework.models import Case, Household
from privacy import grants
from privacy.actor import Actor
from privacy.grants import Because
from privacy.models import Compartment, Dossier


@dataclass(frozen=True, slots=True)
class Partner:
    """One participation in a case about the household. `case` says only what a share is judged by."""

    participation_id: UUID
    user_id: UUID
    organisation_id: UUID
    ground: str
    until: datetime | None
    case: Case
    hidden: bool

    @property
    def key(self) -> str:
        """What grants that follow from the participation are given for."""
        return f"participation:{self.participation_id}"

    @property
    def via(self) -> Dossier:
        """The case through which this person comes to the household."""
        return self.case.dossier


def partners_of(household: Household) -> list[Partner]:
    """Everybody who takes part in a case about this household, for who works on the whole plan; empty for others.

    Of who takes part unseen in a case, only who directs that case hears.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM casework_people_of_household(%s)", [household.dossier_id])
        return [_partner(row) for row in cursor.fetchall()]


def _partner(row: tuple[Any, ...]) -> Partner:
    pk, user_id, organisation_id, ground, until, case_dossier, table_id, theme, profile, version, hidden = row
    dossier = Dossier(id=case_dossier, table_id=table_id, theme=theme)
    case = Case(dossier=dossier, theme=theme, profile=profile, profile_version=version)
    return Partner(pk, user_id, organisation_id, ground, until, case, hidden)


def line_for(household: Household, people: Iterable[Partner], *, now: datetime, by: Actor) -> Compartment:
    """The line of the organisation of these people, for something that is for them.

    Who takes part unseen comes into it now: who reads the whole plan reads from then on that the organisation is there.
    """
    there = list(people)
    line = household_line(household, there[0].organisation_id, now=now, by=by)
    for one in there:
        if one.hidden:
            because = Because(one.ground, one.key, one.until)
            grants.give([line], to=[one.user_id], level="contribute", because=because, via=one.via, by=by)
    return line


def organisations_among(partners: Iterable[Partner]) -> set[UUID]:
    """The organisations of these people."""
    return {partner.organisation_id for partner in partners}

"""Who takes part in the cases about a household: whom a goal may concern, and who may do an action."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from casework.models import Case, Household
from privacy.models import Dossier


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


def organisations_among(partners: Iterable[Partner]) -> set[UUID]:
    """The organisations of these people."""
    return {partner.organisation_id for partner in partners}

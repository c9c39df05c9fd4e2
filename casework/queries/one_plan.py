"""Is somebody who comes into a household in the plan of another one? Asked of one's own households alone, in memory."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from casework import known
from casework.models import Household, HouseholdFace, HouseholdStatus, Member
from privacy import grants
from privacy.access import newest, opened, visible
from privacy.actor import Actor
from privacy.models import CompartmentKind, DossierKind
from privacy.unlock import unlock

MOST = 500


@dataclass(frozen=True, slots=True)
class Twin:
    """The same person in another household that the reader knows; `whole`: the reader works on that plan too."""

    keys: frozenset[known.Key]
    member_pk: UUID
    name: str
    household_pk: UUID
    reference: str
    household: str
    whole: bool

    @classmethod
    def keys_of(cls, name: str, birth_date: date | None) -> frozenset[known.Key]:
        """By what somebody is recognised: surname and birth date; without both nobody is."""
        return frozenset(known.person_keys(name, birth_date))


def twins(people: Iterable[tuple[str, date | None]], *, but: UUID | None = None, by: Actor) -> list[Twin]:
    """Who of these people is a member of another running household of the reader, in its own plan.

    `but` is the dossier of the household that they come into. Nothing is opened when nobody can be recognised.
    """
    wanted = {key for name, born in people for key in Twin.keys_of(name, born)}
    if not wanted:
        return []
    own = newest(DossierKind.HOUSEHOLD, size=MOST, shielded=False, of="content_object_id", by=by)
    there = [pk for pk in own if pk != but]
    unlock(there, event="search", parts=[CompartmentKind.TABLE], by=by)
    rows = opened(Member).filter(dossier__in=there, until__isnull=True, planned_in__isnull=True)
    found = [(keys, row) for row in rows if (keys := Twin.keys_of(row.name, row.birth_date)) & wanted]
    return _described(found, by) if found else []


def _described(found: list[tuple[frozenset[known.Key], Member]], by: Actor) -> list[Twin]:
    dossiers = {row.dossier_id for _, row in found}
    running = visible(Household, by=by).filter(dossier__in=dossiers, status=HouseholdStatus.ACTIVE)
    households = {row.pk: row for row in running.select_related("dossier")}
    names: Mapping[UUID, str] = {
        row.household_id: row.name for row in opened(HouseholdFace).filter(dossier__in=dossiers)
    }
    whole = grants.valid(by).filter(content_object__in=dossiers, part=CompartmentKind.REGIE, may_write=True)
    writable = set(whole.values_list("content_object_id", flat=True))
    return [
        Twin(
            keys=keys,
            member_pk=row.pk,
            name=row.name,
            household_pk=row.household_id,
            reference=households[row.household_id].dossier.reference,
            household=names.get(row.household_id, ""),
            whole=row.dossier_id in writable,
        )
        for keys, row in found
        if row.household_id in households
    ]

"""What a regisseur chooses from when a household is split or merged, or when a case comes to its plan."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from casework import known
from casework.models import (
    Household,
    HouseholdCase,
    HouseholdFace,
    HouseholdStatus,
    Member,
    Participation,
    RegieAssignment,
)
from casework.queries.households import HouseholdHead
from casework.theming import active_theme
from privacy import grants
from privacy.access import newest, opened, visible
from privacy.actor import Actor
from privacy.models import CompartmentKind, DossierKind
from privacy.unlock import unlock

MOST = 100


@dataclass(frozen=True, slots=True)
class LinkChoice:
    """A case about the household, by the key of its link."""

    pk: UUID
    case_dossier: UUID
    label: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A household that the reader directs; `shared` are people who stand in it and in what is asked about."""

    pk: UUID
    reference: str
    name: str
    shared: tuple[str, ...]

    @property
    def label(self) -> str:
        """The household as a line to choose."""
        also = f". Hierin staat ook: {', '.join(self.shared)}" if self.shared else ""
        return f"{self.reference} {self.name}".strip() + also


def directed_households(
    people: Iterable[tuple[str, date | None]], *, but: Iterable[UUID] = (), by: Actor
) -> list[Choice]:
    """Running households that the reader directs, newest first; those in which one of these people stands above all.

    `but` are keys of households to leave out.
    """
    own = newest(DossierKind.HOUSEHOLD, size=MOST, shielded=False, of="content_object_id", by=by)
    directed = grants.valid(by).filter(directs=True, content_object__in=list(own)).values("content_object")
    rows = visible(Household, by=by).filter(dossier__in=directed, status=HouseholdStatus.ACTIVE).exclude(pk__in=but)
    found = list(rows.select_related("dossier").order_by("-dossier__sort_at"))
    seen = [(row.dossier_id, row.dossier.reference) for row in found]
    unlock([pk for pk, _ in seen], event="list", parts=[CompartmentKind.TABLE], also_seen=seen, by=by)
    names = {row.household_id: row.name for row in opened(HouseholdFace).filter(household__in=found)}
    wanted = {key for name, born in people for key in known.person_keys(name, born)}
    shared: dict[UUID, list[str]] = {}
    for row in opened(Member).filter(household__in=found, until__isnull=True):
        if known.person_keys(row.name, row.birth_date) & wanted:
            shared.setdefault(row.household_id, []).append(row.name)
    made = [
        Choice(row.pk, row.dossier.reference, names.get(row.pk, ""), tuple(shared.get(row.pk, ()))) for row in found
    ]
    return sorted(made, key=lambda one: not one.shared)


def could_direct(head: HouseholdHead, *, by: Actor) -> list[tuple[str, str]]:
    """Who may become casusregisseur: who has it now, first, and the participants that every partner may know."""
    links = HouseholdCase.objects.filter(household=head.household, until__isnull=True)
    there = visible(Participation, by=by).filter(
        dossier__in=links.values("case_dossier"), ended_at__isnull=True, compartment__kind=CompartmentKind.TABLE
    )
    people = {p.user_id: f"{p.user.name}, {p.organisation.name}" for p in there.select_related("user", "organisation")}
    held = RegieAssignment.objects.filter(household=head.household, until__isnull=True, vacant_since__isnull=True)
    for row in held.select_related("user__organisation"):
        now = {row.user_id: f"{row.user.name}, {row.user.organisation.name} (nu casusregisseur)"}
        people = now | {pk: name for pk, name in people.items() if pk != row.user_id}
    return [(str(pk), name) for pk, name in people.items()]


def linked_cases(head: HouseholdHead) -> list[LinkChoice]:
    """The cases about a household, to choose from; of a case at another table only theme and table.

    Chosen by the key of the link: the page does not tell the key of a case that the reader does not know.
    """
    links = opened(HouseholdCase).filter(household=head.household, until__isnull=True).select_related("table")
    return [
        LinkChoice(row.pk, row.case_dossier_id, f"{active_theme(row.theme).name}, {row.table.name}") for row in links
    ]

"""Who has and had the regie, what was offered to whom, and where nobody has it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from casework.models import Case, Handover, Household, Participation, RegieAssignment, RegieKind, Vacant
from casework.queries.households import HouseholdHead, LinkedCase
from partners.models import User
from partners.queries import regisseur_seats, regisseurs_to_be
from privacy import exclusions, grants
from privacy.access import beside, opened, visible
from privacy.actor import Actor
from privacy.models import CompartmentKind, DossierKind

OFFER_STATES = {None: "wacht op antwoord", True: "aangenomen", False: "niet aangenomen"}


@dataclass(frozen=True, slots=True)
class Term:
    """One person's regie, from and until; with since when nobody was there in fact."""

    name: str
    organisation: str
    since: datetime
    until: datetime | None
    vacant_since: datetime | None
    because: str
    back_on: date | None

    @property
    def vacant(self) -> bool:
        """Whether nobody has this regie now."""
        return self.until is None and self.vacant_since is not None


@dataclass(frozen=True, slots=True)
class OfferRow:
    """An offer of the regie, for who may read why."""

    pk: UUID
    to_id: UUID
    to: str
    organisation: str
    by: str
    reason: str
    offered_at: datetime
    expires_at: datetime
    answered_at: datetime | None
    state: str
    answer: str
    open: bool
    lapsed: bool


@dataclass(frozen=True, slots=True)
class ProcessOf:
    """Who directed the process of one case about a household, as far as the reader may know."""

    case: LinkedCase
    terms: tuple[Term, ...]


def _term(row: RegieAssignment) -> Term:
    return Term(
        row.user.name,
        row.user.organisation.name,
        row.since,
        row.until,
        row.vacant_since,
        row.get_vacant_because_display(),
        row.back_on,
    )


def _terms(rows: Iterable[RegieAssignment]) -> list[Term]:
    return [_term(row) for row in rows]


def household_terms(head: HouseholdHead) -> list[Term]:
    """Everybody who had the regie of a household, the present one first; in the cover, for all who are admitted."""
    rows = beside(RegieAssignment, [head.household]).filter(household=head.household)
    return _terms(rows.select_related("user__organisation").order_by("-since", "id"))


def case_terms(case: Case, kind: RegieKind) -> list[Term]:
    """Everybody who had this regie of a case, the present one first."""
    rows = beside(RegieAssignment, [case]).filter(case=case, kind=kind)
    return _terms(rows.select_related("user__organisation").order_by("-since", "id"))


def process_of(cases: Iterable[LinkedCase], *, by: Actor) -> list[ProcessOf]:
    """Who directed the process of the linked cases; of a case in which the reader takes no part, nothing."""
    mine = {case.case_pk: case for case in cases if case.case_pk is not None}
    rows = visible(RegieAssignment, by=by).filter(case__in=mine, kind=RegieKind.PROCESS)
    terms: dict[UUID | None, list[Term]] = {pk: [] for pk in mine}
    for row in rows.select_related("user__organisation").order_by("-since", "id"):
        terms[row.case_id].append(_term(row))
    return [ProcessOf(case, tuple(terms[pk])) for pk, case in mine.items()]


def _offer(row: Handover, now: datetime) -> OfferRow:
    lapsed = row.lapsed(now)
    taken_back = row.answered_at is not None and row.accepted is None
    return OfferRow(
        pk=row.pk,
        to_id=row.to_id,
        to=row.to.name,
        organisation=row.to.organisation.name,
        by=row.offered_by.name,
        reason=row.reason,
        offered_at=row.offered_at,
        expires_at=row.expires_at,
        answered_at=row.answered_at,
        state="teruggenomen of verlopen" if taken_back else "verlopen" if lapsed else OFFER_STATES[row.accepted],
        answer=row.answer or "",
        open=row.answered_at is None and not lapsed,
        lapsed=lapsed,
    )


def offers_of(household: Household) -> list[OfferRow]:
    """The offers of the regie that this reader may read, newest first: the regie all, a partner those to its people."""
    return _offers(opened(Handover).filter(household=household))


def offers_of_case(case: Case) -> list[OfferRow]:
    """The offers of the process of a case, for who directs it."""
    return _offers(opened(Handover).filter(case=case))


def _offers(rows: QuerySet[Handover]) -> list[OfferRow]:
    now = timezone.now()
    return [_offer(row, now) for row in rows.select_related("to__organisation", "offered_by")]


def candidates(head: HouseholdHead, *, by: Actor) -> list[User]:
    """Who may be offered the regie of a household: everybody may know that they take part, and they direct nothing."""
    now = timezone.now()
    there = visible(Participation, by=by).filter(
        case__dossier__in=head.household.links.filter(until__isnull=True).values("case_dossier"),
        ended_at__isnull=True,
        compartment__kind=CompartmentKind.TABLE,
    )
    tables = head.household.links.filter(until__isnull=True).values_list("table", flat=True)
    directing = {person for table in set(tables) for person in regisseurs_to_be(table, now)}
    kept_away = set(exclusions.standing(head.dossier_id).values_list("user_id", flat=True))
    people = User.objects.filter(pk__in=there.values("user"), is_active=True).exclude(pk__in=directing | kept_away)
    return list(people.select_related("organisation").order_by("name"))


def process_candidates(case: Case) -> list[User]:
    """The other procesregisseurs of the table, who are not kept away from this case."""
    seats = regisseur_seats(case.table_id, timezone.now())
    kept_away = exclusions.standing(case.dossier_id).values_list("user_id", flat=True)
    people = User.objects.filter(pk__in=[seat.user_id for seat in seats], is_active=True).exclude(pk__in=kept_away)
    return list(people.select_related("organisation").order_by("name"))


@dataclass(frozen=True, slots=True)
class Vacancy:
    """A household or case of which nobody has the regie now."""

    what: str
    reference: str
    pk: UUID
    dossier_id: UUID
    since: datetime
    household: bool


def vacancies(*, by: Actor) -> list[Vacancy]:
    """Where nobody has the regie, in households and cases that this person directs; the longest first."""
    directed = grants.valid(by).filter(directs=True, kind__in=[DossierKind.HOUSEHOLD, DossierKind.CASE])
    rows = visible(RegieAssignment, by=by).filter(
        dossier__in=directed.values("content_object"), until__isnull=True, vacant_since__isnull=False
    )
    return [_vacancy(row) for row in rows.select_related("dossier").order_by("vacant_since")]


def _vacancy(row: RegieAssignment) -> Vacancy:
    of_household = row.household_id is not None
    pk, since = row.household_id or row.case_id, row.vacant_since
    assert pk is not None  # a constraint of the table
    assert since is not None  # what was asked for
    what = "Gezin zonder casusregisseur" if of_household else "Casus zonder procesregisseur"
    if row.vacant_because == Vacant.ILL:
        what = "Casusregisseur is afwezig"
    return Vacancy(what, row.dossier.reference, pk, row.dossier_id, since, of_household)


@dataclass(frozen=True, slots=True)
class Waiting:
    """An offer that waits for somebody: the one it was made to, or the regie when nobody answered in time."""

    pk: UUID
    about: UUID
    dossier_id: UUID
    reference: str
    household: bool
    expires_at: datetime


def offers_to_me(*, by: Actor) -> list[Waiting]:
    """What was offered to this person and not answered; nothing of it is opened."""
    rows = visible(Handover, by=by).filter(to=by.user_id, answered_at__isnull=True, expires_at__gt=timezone.now())
    return _waiting(rows)


def offers_not_taken(*, by: Actor) -> list[Waiting]:
    """Offers that nobody answered in time, where this person directs."""
    directed = grants.valid(by).filter(directs=True, kind__in=[DossierKind.HOUSEHOLD, DossierKind.CASE])
    rows = visible(Handover, by=by).filter(
        dossier__in=directed.values("content_object"), answered_at__isnull=True, expires_at__lte=timezone.now()
    )
    return _waiting(rows)


def _waiting(rows: QuerySet[Handover]) -> list[Waiting]:
    """Nothing sealed is read: that there is an offer is enough."""
    found = rows.order_by("offered_at").values_list(
        "pk", "household", "case", "dossier", "dossier__reference", "expires_at"
    )
    return [
        Waiting(pk, household or case, dossier, reference, household is not None, expires_at)
        for pk, household, case, dossier, reference, expires_at in found
    ]

"""Screening, training and secrecy of who works here: what counts until when, and what is missing (BGS 1.11, 1.17)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from partners.models import PersonProof, ProofKind, Seat, SecrecyStatement, User
from partners.profile_files import People
from partners.profiling import profile_of, profiles

SOON = timedelta(days=60)


class Standing(StrEnum):
    """How one proof of one person stands."""

    OK = "ok"
    SOON = "soon"
    OVER = "over"
    MISSING = "missing"


LABELS = {
    Standing.OK: "Op orde",
    Standing.SOON: "Loopt af",
    Standing.OVER: "Verlopen",
    Standing.MISSING: "Ontbreekt",
}
FILTERS = {"alles": None, "loopt-af": {Standing.SOON}, "ontbreekt": {Standing.OVER, Standing.MISSING}}


@dataclass(frozen=True, slots=True)
class Proof:
    """One proof of one person: when, until when it counts, and how that stands."""

    kind: ProofKind
    held_on: date | None
    until: date | None
    standing: Standing

    @property
    def label(self) -> str:
        return LABELS[self.standing]

    @property
    def late(self) -> bool:
        return self.standing in (Standing.OVER, Standing.MISSING)


@dataclass(frozen=True, slots=True)
class Signed:
    """One table at which somebody sits, and when the secrecy statement was signed there."""

    table: str
    on: datetime | None


@dataclass(frozen=True, slots=True)
class Person:
    """Everything of one person, on one line."""

    pk: UUID
    name: str
    organisation: str
    proofs: tuple[Proof, ...]
    secrecy: tuple[Signed, ...]

    def shows(self, wanted: set[Standing] | None) -> bool:
        """Whether one of the proofs stands so; everybody without a filter."""
        return wanted is None or any(proof.standing in wanted for proof in self.proofs)


def years_later(day: date, years: int) -> date:
    """The same day so many years on; the last of February becomes the 28th."""
    if (day.month, day.day) == (2, 29):
        day = day.replace(day=28)
    return day.replace(year=day.year + years)


def judged(kind: ProofKind, held_on: date | None, terms: People, today: date) -> Proof:
    """How a proof stands on a day. It counts to and including the day before the same day so many years on."""
    if held_on is None:
        return Proof(kind, None, None, Standing.MISSING)
    years = terms.screening_years if kind == ProofKind.SCREENING else terms.training_years
    until = years_later(held_on, years) - timedelta(days=1)
    standing = Standing.OVER if until < today else Standing.SOON if until <= today + SOON else Standing.OK
    return Proof(kind, held_on, until, standing)


def strictest(every: Iterable[People]) -> People:
    """The terms for who works under several profiles: the shortest of each."""
    terms = list(every) or [People()]
    return People(
        min(one.screening_years for one in terms),
        min(one.training_years for one in terms),
        any(one.refuses for one in terms),
    )


def standard() -> People:
    """The terms for who sits at no table: the strictest of all profiles."""
    return strictest(profile.people for profile in profiles().active())


def working(now: datetime) -> QuerySet[User]:
    """People who can log in and sit at a table, or hold a role beside the tables."""
    seats = Seat.objects.filter(Q(valid_until__isnull=True) | Q(valid_until__gt=now), ended_at__isnull=True)
    return User.objects.filter(
        Q(Exists(seats.filter(user=OuterRef("pk")))) | ~Q(roles=[]), is_active=True
    ).select_related("organisation")


def _dates(users: Iterable[UUID]) -> dict[tuple[UUID, str], date]:
    """The newest row of each person and kind; only what the reader may read."""
    rows = PersonProof.objects.filter(user__in=list(users)).order_by("user", "kind", "-noted_at", "-pk")
    return {
        (user, kind): held_on
        for user, kind, held_on in rows.distinct("user", "kind").values_list("user", "kind", "held_on")
    }


def _seats(users: Iterable[UUID], now: datetime) -> dict[UUID, list[Seat]]:
    found: dict[UUID, list[Seat]] = {}
    for seat in Seat.objects.valid_at(now).filter(user__in=list(users)).select_related("table").order_by("table__name"):
        found.setdefault(seat.user_id, []).append(seat)
    return found


def _signed(users: Iterable[UUID]) -> dict[tuple[UUID, UUID], datetime]:
    rows = SecrecyStatement.objects.filter(user__in=list(users)).values_list("user", "table", "signed_at")
    return {(user, table): at for user, table, at in rows}


def people(users: Iterable[User], now: datetime) -> list[Person]:
    """These people with all there is, in four queries however many they are."""
    users = list(users)
    keys = [user.pk for user in users]
    dates, seats, signed = _dates(keys), _seats(keys, now), _signed(keys)
    return [_person(user, dates, seats.get(user.pk, []), signed, timezone.localdate(now)) for user in users]


def _person(
    user: User,
    dates: Mapping[tuple[UUID, str], date],
    seats: list[Seat],
    signed: Mapping[tuple[UUID, UUID], datetime],
    today: date,
) -> Person:
    terms = strictest(profile_of(seat.table).people for seat in seats) if seats else standard()
    proofs = tuple(judged(kind, dates.get((user.pk, kind)), terms, today) for kind in ProofKind)
    tables = {seat.table_id: seat.table.name for seat in seats}
    secrecy = tuple(Signed(name, signed.get((user.pk, table))) for table, name in tables.items())
    return Person(user.pk, user.name, user.organisation.name, proofs, secrecy)


def own(user_id: UUID, now: datetime) -> list[Proof]:
    """What this person must see to: only what is late or ends soon. Nothing for who does not work at a table."""
    user = working(now).filter(pk=user_id).first()
    if user is None:
        return []
    (person,) = people([user], now)
    return [proof for proof in person.proofs if proof.standing != Standing.OK]


def refusal(user: User, terms: People, today: date) -> str:
    """Why this person gets no seat under these terms; empty when nothing is in the way, or the profile only warns."""
    if not terms.refuses:
        return ""
    dates = _dates([user.pk])
    late = [kind.label.lower() for kind in ProofKind if judged(kind, dates.get((user.pk, kind)), terms, today).late]
    return f"Van {user.name} ontbreekt of verliep: {', '.join(late)}. Noteer eerst een nieuwe datum." if late else ""

"""25 organisations, 500 people who each see 0.5 to 5 per cent of all cases, and a procesregisseur per table."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from partners.models import CaseTable, Covenant, Organisation, Seat, SecrecyStatement, User
from privacy.actor import Actor
from privacy.roles import Role
from tests.world import ALL_CATEGORIES, ALL_THEMES, actor

ORGANISATIONS, PEOPLE, TABLES = 25, 500, 10
LEAST, MOST = 0.005, 0.05
KINDS = ("gemeente_veiligheid", "politie", "woningcorporatie", "ggz", "gemeente_sociaal")
OLD = PEOPLE // 2 - 1  # the one who left the newest cases to others


@dataclass(frozen=True, slots=True)
class Walk:
    """Which cases a person sees: every `stride`-th from `start`, `take` of them; no case comes twice."""

    person: User
    start: int
    stride: int
    take: int


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody whose pages are measured."""

    label: str
    user: User
    actor: Actor


@dataclass
class Cast:
    """Who is who in one database."""

    organisations: list[Organisation]
    tables: list[CaseTable]
    people: list[User]
    directors: list[User]

    @property
    def readers(self) -> list[Reader]:
        """The least, the usual, the most, and one with nothing but old cases."""
        chosen = {"0.5 %": 0, "2.75 %": PEOPLE // 2, "5 %": PEOPLE - 1, "only old": OLD}
        return [Reader(label, self.people[index], actor(self.people[index])) for label, index in chosen.items()]


def make_cast() -> Cast:
    """Everybody, with seats and secrecy signed; nobody sees anything yet."""
    organisations = Organisation.objects.bulk_create(
        Organisation(name=f"Organisatie {n}", kind=KINDS[n % len(KINDS)]) for n in range(ORGANISATIONS)
    )
    tables = CaseTable.objects.bulk_create(
        CaseTable(name=f"Tafel {n}", code=f"tafel-{n}", theme=ALL_THEMES[n % 4], area="Proefstad",
                  profile="gemeentelijk")
        for n in range(TABLES)
    )  # fmt: skip
    begun = date.today() - timedelta(days=400)
    covenant = Covenant.objects.create(name="Convenant", themes=ALL_THEMES, categories=ALL_CATEGORIES, valid_from=begun)
    covenant.organisations.set(organisations)
    everybody = User.objects.bulk_create(
        User(email=f"p{n}@proefstad.example", name=f"Persoon {n}", organisation=organisations[n % ORGANISATIONS])
        for n in range(PEOPLE + TABLES)
    )
    cast = Cast(organisations, tables, everybody[:PEOPLE], everybody[PEOPLE:])
    for n, director in enumerate(cast.directors):
        director.organisation = organisations[0]
        director.save()
        _seat(tables[n], director, Role.PROCESREGISSEUR)
    for n, person in enumerate(cast.people):
        _seat(tables[n % TABLES], person, Role.PROFESSIONAL)
    return cast


def _seat(table: CaseTable, user: User, role: Role) -> None:
    Seat.objects.create(table=table, user=user, role=role, valid_from=timezone.now() - timedelta(days=30))
    SecrecyStatement.objects.create(table=table, user=user, profile_version="proef")


def walks(people: list[User], size: int) -> list[Walk]:
    """The share of each person, spread over all cases; the old reader has the oldest in a row."""
    found = []
    for n, person in enumerate(people):
        take = max(1, round(size * (LEAST + (MOST - LEAST) * n / (PEOPLE - 1))))
        stride = round(size * 0.618) + 7 * n + 1
        while math.gcd(stride, size) != 1:
            stride += 1
        start = n * 7919 % size
        found.append(Walk(person, size - take, 1, take) if n == OLD else Walk(person, start, stride % size or 1, take))
    return found

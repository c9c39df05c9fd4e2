"""A table of its own for the walk through a meeting: eight cases, seven partners, each at some of them and not at all.

`python -m tests.stage table` writes it and prints what is what. Nothing of the cast changes: other tests use that.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from partners.models import User
    from tests.world import Cast

# Who is who: names start with the letter of what they are.
PARTNERS = {
    "paula": ("Politie Achtstad", "politie"),
    "corine": ("Corporatie Achtstad", "woningcorporatie"),
    "gerard": ("GGZ Achtstad", "ggz"),
    "dana": ("GGD Achtstad", "ggd"),
    "joris": ("Jongerenwerk Achtstad", "jongerenwerk"),
    "sanne": ("School Achtstad", "onderwijs"),
    "wanda": ("Welzijn Achtstad", "welzijn"),
}
CASES = 8


def at_case(number: int) -> list[str]:
    """Who takes part in the case with this number: three of seven, each time others."""
    names = list(PARTNERS)
    return [names[(number + step) % len(names)] for step in (0, 1, 3)]


def fill_table(cast: Cast) -> dict[str, Any]:
    """Makes the table, its people and its cases; returns the names that nobody else may find, by number of the case."""
    from django.contrib.auth.hashers import make_password
    from django.utils import timezone

    from partners.models import CaseTable, Covenant, Organisation, Seat, SecrecyStatement, User
    from privacy.roles import Role
    from tests import world

    table = CaseTable.objects.create(
        name="Tafel van acht", code="acht", theme="hgkm", area="Achtstad", profile="gemeentelijk"
    )
    hashed = make_password(world.PASSWORD)
    people: dict[str, User] = {}
    covenant = Covenant.objects.create(
        name="Convenant Achtstad",
        themes=["hgkm"],
        categories=world.ALL_CATEGORIES,
        valid_from=date.today() - timedelta(days=400),
    )
    homes = {"truus": cast.gemeente} | {
        name: Organisation.objects.create(name=organisation, kind=kind)
        for name, (organisation, kind) in PARTNERS.items()
    }
    covenant.organisations.set(homes.values())
    for name, home in homes.items():
        email = f"{name}@proefstad.example"
        people[name] = User.objects.create(
            email=email, name=f"{name.title()} Proef", organisation=home, roles=[], password=hashed
        )
        role = Role.PROCESREGISSEUR if name == "truus" else Role.PROFESSIONAL
        begun = timezone.now() - timedelta(days=30)
        Seat.objects.create(table=table, user=people[name], role=role, valid_from=begun)
        SecrecyStatement.objects.create(table=table, user=people[name], profile_version="proef")
    names = {number: _case(people, table, number) for number in range(CASES)}
    return {"names": names, "at": {number: at_case(number) for number in range(CASES)}}


def _case(people: dict[str, User], table: Any, number: int) -> str:
    from tests import world

    name, there = world.canary(f"punt{number}"), at_case(number)
    signal = world.a_signal(people[there[0]], table, world.item("Geschreeuw en een huilend kind."))
    case = world.a_case(people["truus"], signal, short_name=name)
    world.invited(case, people["truus"], *(people[one] for one in there))
    return name

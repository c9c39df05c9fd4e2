"""From TOML to organisations, people, streets, covenants and tables."""

from __future__ import annotations

from config.demo_data.fields import Fields
from config.demo_data.tables import CaseTable, Covenant, Neighbourhood, Organisation, Person, Seat, Street

DEFAULT_SEAT_DAYS = 2200
# The number everybody writes in an example: nobody is rung up by mistake.
EXAMPLE_PHONE = "06-12345678"


def organisation(row: Fields) -> Organisation:
    """One partner."""
    made = Organisation(
        key=row.text("key"),
        name=row.text("name"),
        kind=row.text("kind"),
        mail_domain=row.text("mail_domain"),
        aliases=row.texts("aliases"),
    )
    row.done()
    return made


def person(row: Fields, mail_domains: dict[str, str]) -> Person:
    """One colleague; the mail address follows from the name before the @ and the organisation."""
    employer = row.text("organisation")
    made = Person(
        key=row.text("key"),
        name=row.text("name"),
        email=f"{row.text('mail')}@{mail_domains.get(employer, 'onbekend.example')}",
        phone=EXAMPLE_PHONE,
        function=row.text("function"),
        organisation=employer,
        roles=row.texts("roles"),
        seats=tuple(_seat(one) for one in row.tables("seats")),
        login=row.text("login", ""),
        signed=row.flag("signed", True),
    )
    row.done()
    return made


def _seat(row: Fields) -> Seat:
    made = Seat(
        table=row.text("table"),
        role=row.text("role"),
        from_days_ago=row.number("from_days_ago", DEFAULT_SEAT_DAYS),
        until_days=row.number("until_days") if row.has("until_days") else None,
    )
    row.done()
    return made


def neighbourhood(row: Fields) -> Neighbourhood:
    """One neighbourhood with its streets: a table of name and postcode."""
    streets = row.mapping("streets")
    made = Neighbourhood(
        key=row.text("key"),
        name=row.text("name"),
        town=row.text("town"),
        streets=tuple(Street(name, str(postcode)) for name, postcode in streets.items()),
    )
    row.done()
    return made


def covenant(row: Fields) -> Covenant:
    """One covenant with its period around today."""
    made = Covenant(
        key=row.text("key"),
        name=row.text("name"),
        organisations=row.texts("organisations"),
        themes=row.texts("themes"),
        categories=row.texts("categories"),
        from_days_ago=row.number("from_days_ago"),
        until_days=row.number("until_days"),
    )
    row.done()
    return made


def case_table(row: Fields) -> CaseTable:
    """One case table."""
    made = CaseTable(
        key=row.text("key"),
        name=row.text("name"),
        theme=row.text("theme"),
        area=row.texts("area"),
        profile=row.text("profile"),
        chair=row.text("chair"),
        covenants=row.texts("covenants"),
    )
    row.done()
    return made

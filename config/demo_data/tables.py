"""Who takes part in Voorbeeldstad: organisations, people, tables, covenants, and the streets they know."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Organisation:
    """A partner, or a department of the municipality: those are separate partners too."""

    key: str
    name: str
    kind: str
    mail_domain: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class Seat:
    """One person's role at one table, for a period around today."""

    table: str
    role: str
    from_days_ago: int
    until_days: int | None = None


@dataclass(frozen=True)
class Person:
    """Somebody who can log in. `login` is the sentence in the list of demo log-ins; empty for most."""

    key: str
    name: str
    email: str
    phone: str
    function: str
    organisation: str
    roles: tuple[str, ...] = ()
    seats: tuple[Seat, ...] = ()
    login: str = ""
    signed: bool = True


@dataclass(frozen=True)
class Street:
    """A street, square or park; the last two have no postcode."""

    name: str
    postcode: str = ""


@dataclass(frozen=True)
class Neighbourhood:
    key: str
    name: str
    town: str
    streets: tuple[Street, ...]


@dataclass(frozen=True)
class Covenant:
    """Which organisations may share which categories about which themes, and until when."""

    key: str
    name: str
    organisations: tuple[str, ...]
    themes: tuple[str, ...]
    categories: tuple[str, ...]
    from_days_ago: int
    until_days: int


@dataclass(frozen=True)
class CaseTable:
    key: str
    name: str
    theme: str
    area: tuple[str, ...]
    profile: str
    chair: str
    covenants: tuple[str, ...]

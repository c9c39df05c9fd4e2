"""The four work lists: what each may be filtered and ordered by. Codes only: a wish is kept and stands in addresses."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from hashlib import blake2s
from uuid import UUID

Choices = list[tuple[str, str]]
PAGE = 25
SOON = timedelta(days=7)


class Listing(StrEnum):
    HOUSEHOLDS = "gezinnen"
    ACTIONS = "acties"
    UNMANNED = "regie"
    STUCK = "vast"


@dataclass(frozen=True, slots=True)
class Shape:
    """One list: its title and address, the filters it has, its orders (the first is the usual one), who has it."""

    title: str
    url_name: str
    filters: tuple[str, ...]
    orders: tuple[tuple[str, str], ...]
    directing: bool = False


SHAPES: dict[Listing, Shape] = {
    Listing.HOUSEHOLDS: Shape(
        "Mijn gezinnen",
        "household-list",
        ("thema", "tafel", "stand"),
        (("nieuw", "nieuwste eerst"), ("oud", "oudste eerst")),
    ),
    Listing.ACTIONS: Shape(
        "Mijn acties",
        "work-actions",
        ("thema", "tafel", "stand", "termijn"),
        (("eerst", "eerst aan de beurt bovenaan"), ("laatst", "laatst aan de beurt bovenaan")),
    ),
    Listing.UNMANNED: Shape(
        "Zonder regisseur",
        "work-unmanned",
        ("thema", "tafel", "soort", "wijk"),
        (("langst", "langst zonder bovenaan"), ("kortst", "kortst zonder bovenaan")),
        directing=True,
    ),
    Listing.STUCK: Shape(
        "Loopt vast",
        "work-stuck",
        ("thema", "tafel", "stand", "alarm", "wijk"),
        (("langst", "langst vast bovenaan"), ("kortst", "kortst vast bovenaan"), ("meeste", "meeste alarmen bovenaan")),
        directing=True,
    ),
}
LABELS = {
    "thema": "Thema",
    "tafel": "Tafel",
    "stand": "Stand",
    "termijn": "Termijn",
    "soort": "Soort",
    "alarm": "Wat",
    "wijk": "Wijk",
}
# What a list shows when a filter is left alone.
UNFILTERED = {
    (Listing.HOUSEHOLDS, "stand"): "Lopend",
    (Listing.ACTIONS, "stand"): "Open",
    (Listing.STUCK, "stand"): "Wat nu speelt",
}
STATES: dict[Listing, Choices] = {
    Listing.HOUSEHOLDS: [("afgesloten", "Afgesloten"), ("alles", "Lopend en afgesloten")],
    Listing.ACTIONS: [("todo", "Te doen"), ("doing", "Bezig"), ("klaar", "Klaar")],
    Listing.STUCK: [("wacht", "Alleen wat wacht")],
}
TERMS: Choices = [("te_laat", "Te laat"), ("week", "Komende 7 dagen"), ("later", "Daarna")]
KINDS: Choices = [("gezin", "Gezinnen"), ("casus", "Casussen zonder gezin")]


@dataclass(frozen=True, slots=True)
class Wish:
    """What a reader wants to see of a list, and in which order: codes that were offered to this reader."""

    listing: Listing
    codes: Mapping[str, str]

    def get(self, name: str) -> str:
        """The code of a filter, or an empty text."""
        return self.codes.get(name, "")

    @property
    def table_id(self) -> UUID | None:
        """The table that the reader chose."""
        return UUID(self.codes["tafel"]) if self.get("tafel") else None

    @property
    def order(self) -> str:
        """The order that was chosen, or the usual one."""
        return self.get("volgorde") or SHAPES[self.listing].orders[0][0]


def code_of(area: str) -> str:
    """A neighbourhood as a code: somebody typed it, so the word itself is in no address and in no kept filter."""
    return blake2s(area.strip().casefold().encode(), digest_size=5).hexdigest()


def area_choices(areas: Iterable[str]) -> Choices:
    """Neighbourhoods to choose from, by name."""
    named = {code_of(area): area.strip() for area in areas if area.strip()}
    return sorted(named.items(), key=lambda pair: pair[1])

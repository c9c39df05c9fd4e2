"""What the rules are told: looks of one reader on one day, and what came before. Values only; no database, no clock."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from statistics import median
from uuid import UUID

from privacy.roles import Role

WATCHES = frozenset({Role.PRIVACY_OFFICER.value, Role.BEHEERDER.value})


@dataclass(frozen=True, slots=True)
class Look:
    """One look at one dossier, or one that names a list of them, or none. `at` is local time."""

    at: datetime
    event: str
    ok: bool = True
    dossier: UUID | None = None
    reference: str = ""
    content: bool = False  # of a signal, case or household
    many: int = 0  # how many dossiers the entry names
    listed: tuple[UUID, ...] = ()
    trace: str = ""
    session: str = ""
    address: str = ""
    bsn: bool = False
    emergency: bool = False
    role: bool = True  # a grant covered this moment
    directs: bool = False
    since: datetime | None = None  # since when access was last given
    flag: str = ""
    tie: bool = False
    colleague: bool = False
    left: bool = False  # no seat any more at the table of this dossier
    closed_at: datetime | None = None
    regie_part: bool = False

    @property
    def opened(self) -> bool:
        """Whether something that stands in a dossier was opened."""
        return self.ok and self.content and self.dossier is not None


@dataclass(slots=True)
class Past:
    """What one reader did before, as far back as a rule asks."""

    acted: dict[UUID, list[date]] = field(default_factory=dict)
    per_day: dict[date, int] = field(default_factory=dict)
    places: dict[str, list[date]] = field(default_factory=dict)
    sessions: dict[str, list[date]] = field(default_factory=dict)
    bsn_asked: list[datetime] = field(default_factory=list)

    def last_act(self, dossier: UUID, until: date) -> date | None:
        """The day of the newest act or meeting in a dossier, until and with this day."""
        return max((day for day in self.acted.get(dossier, ()) if day <= until), default=None)

    def usual(self, day: date, days: int) -> float:
        """The median of dossiers on the days before on which something was opened; 0 when there was none."""
        found = [many for on, many in self.per_day.items() if day - timedelta(days=days) <= on < day]
        return float(median(found)) if found else 0.0

    def knows(self, address: str, session: str, day: date, days: int) -> bool:
        """Whether this place or this session was seen before this day, not too long ago."""
        begin = day - timedelta(days=days)
        seen = [*self.places.get(address, ()), *self.sessions.get(session, ())]
        return any(begin <= on < day for on in seen)


@dataclass(slots=True)
class ReaderDay:
    """Everything that one person looked at on one local day, the first first."""

    reader: UUID
    name: str
    roles: frozenset[str]
    organisation: UUID | None
    organisation_name: str
    day: date
    looks: list[Look] = field(default_factory=list)
    past: Past = field(default_factory=Past)

    @property
    def watches(self) -> bool:
        """Whether this person checks or manages: then somebody else than a privacy officer reviews it."""
        return bool(self.roles & WATCHES)

    def opened(self) -> list[Look]:
        return [look for look in self.looks if look.opened]


@dataclass(frozen=True, slots=True)
class Found:
    """What a rule found on one day of one reader. `about` is the dossier when the rule counts per dossier."""

    dossiers: tuple[UUID, ...]
    references: tuple[str, ...]
    times: int
    first_at: datetime
    last_at: datetime
    about: UUID | None = None


def found(looks: Iterable[Look], *, times: int | None = None, about: UUID | None = None) -> list[Found]:
    """One finding of these looks; none when there are no looks."""
    rows = sorted(looks, key=lambda look: look.at)
    if not rows:
        return []
    named = {look.dossier: look.reference for look in rows if look.dossier}
    return [
        Found(
            tuple(named), tuple(named.values()), len(rows) if times is None else times, rows[0].at, rows[-1].at, about
        )
    ]


def each_dossier(looks: Iterable[Look]) -> list[Found]:
    """One finding for each dossier among these looks."""
    apart: dict[UUID, list[Look]] = {}
    for look in looks:
        if look.dossier is not None:
            apart.setdefault(look.dossier, []).append(look)
    return [one for dossier, rows in apart.items() for one in found(rows, about=dossier)]


Test = Callable[[Look], bool]

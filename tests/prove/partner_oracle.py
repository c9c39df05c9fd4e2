"""What happened in a world of partners, and who may therefore read and write what.

Plain facts, and an oracle that speaks from them alone: written from the design (sections 2 and 3, ADR 10), it knows no
grant, compartment or policy.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.utils import timezone

from casework.models import AgendaItem, Audience, Case, Household, Signal
from partners.models import CaseTable, Organisation, Seat, User
from privacy.roles import Role
from tests.world import Cast

Circle = Callable[["Oracle", User], bool]
# What a partner writes in the line of its own organisation in a household.
CARRYING = ("casework_assessment", "casework_action", "casework_planconsent", "casework_handover")
BRINGING = (
    "casework_contribution", "casework_disclosure", "casework_consent", "casework_attachment",
    "casework_attachmentchunk", "casework_agendawish",
)  # fmt: skip
# What is written when somebody answers what the own organisation is asked before a meeting.
ANSWERING = ("casework_itemquestion", "casework_broughtfor", "casework_refusalreason")


@dataclass(eq=False)
class Incoming:
    """A signal: who handed it in, for whom, and what became of it."""

    row: Signal
    reporter: User | None
    source: UUID
    table: CaseTable
    state: str = "new"
    case: Joint | None = None
    read_in_by: UUID | None = None


@dataclass(eq=False)
class Taking:
    """A participation: whose, and whether it is over."""

    user: User
    hidden: bool
    over: bool = False


@dataclass(eq=False)
class Brought:
    """A contribution: whose, for whom, and whether it was taken back."""

    pk: UUID
    organisation: UUID
    audience: Audience
    circle: set[UUID]
    by_regie: bool
    withdrawn: bool = False
    not_to: frozenset[UUID] = frozenset()
    ask_first: bool = False

    def open_to(self, organisation: UUID) -> bool:
        """Whether one that comes later gets it without another word of the owner."""
        return not self.ask_first and organisation not in self.not_to


@dataclass(eq=False)
class Joint:
    """A case: its table, signals, participants and contributions."""

    row: Case
    table: CaseTable
    signals: list[Incoming]
    taking: list[Taking] = field(default_factory=list)
    brought: list[Brought] = field(default_factory=list)
    shared: set[tuple[UUID, UUID]] = field(default_factory=set)  # (signal, organisation)
    put: list[Put] = field(default_factory=list)
    points: list[Point] = field(default_factory=list)
    closed: bool = False


@dataclass(eq=False)
class Put:
    """A step on the ladder that waits: in which case, and for whose decision."""

    case: Joint
    person: UUID


@dataclass(eq=False)
class Point:
    """A case on an agenda: who sits there, whether it is published, and whether it is over."""

    row: AgendaItem
    case: Joint
    sits: frozenset[UUID]
    chair: UUID
    published: bool = False
    closed: bool = False
    guests_of_case: list[Taking] = field(default_factory=list)  # who takes part for this item alone


@dataclass(eq=False)
class Home:
    """A household: the cases that are about it, and who is its casusregisseur."""

    row: Household
    cases: list[Joint]
    holder: UUID


@dataclass(eq=False)
class Asked:
    """A request for access to a case: whose, and whether it reached who directs that case."""

    asker: User
    case: Joint
    arrived: bool


@dataclass(eq=False)
class Noted:
    """Emergency access to a signal or case: whose. What was written about it is another's to read."""

    person: User
    about: Incoming | Joint


@dataclass(eq=False)
class Secret:
    """A canary, what it stands in, and who belongs to its circle."""

    what: str
    about: Any
    circle: Circle


@dataclass
class World:
    """All facts, and the words to look for."""

    cast: Cast
    chance: random.Random
    people: dict[str, User] = field(default_factory=dict)
    tables: list[CaseTable] = field(default_factory=list)
    signals: list[Incoming] = field(default_factory=list)
    cases: list[Joint] = field(default_factory=list)
    homes: list[Home] = field(default_factory=list)
    meetings: dict[UUID, CaseTable] = field(default_factory=dict)
    secrets: dict[str, Secret] = field(default_factory=dict)
    by_dossier: dict[UUID, Any] = field(default_factory=dict)
    excluded: set[tuple[UUID, UUID]] = field(default_factory=set)  # (dossier, person)
    emergency: set[tuple[UUID, UUID]] = field(default_factory=set)  # (dossier, person), while it runs
    typed: set[tuple[str, UUID]] = field(default_factory=set)  # (number, person): who asked with it may see it back
    ids: dict[str, list[UUID]] = field(default_factory=dict)
    inside: dict[UUID, dict[str, list[UUID]]] = field(default_factory=dict)  # case: what is in it
    references: list[str] = field(default_factory=list)

    def keep(self, kind: str, pk: UUID, case: Case | None = None) -> UUID:
        self.ids.setdefault(kind, []).append(pk)
        if case is not None:
            self.inside.setdefault(case.pk, {}).setdefault(kind, []).append(pk)
        return pk

    def secret(self, what: str, about: Any, circle: Circle, word: str = "") -> str:
        """A new canary; letters and digits, so that no spelling of a page changes it."""
        word = word or f"kq{self.chance.randrange(16**12):012x}"
        self.secrets[word] = Secret(what, about, circle)
        return word


class Oracle:
    """Who may read what, according to the rules as they are written."""

    def __init__(self, world: World) -> None:
        self.world = world
        now, today = timezone.now(), timezone.localdate()
        self.bound = {
            organisation.pk: {
                theme
                for covenant in organisation.covenants.all()
                if covenant.valid_from <= today and (covenant.valid_until is None or covenant.valid_until >= today)
                for theme in covenant.themes
            }
            for organisation in Organisation.objects.filter(active=True)
        }
        self.regie: dict[UUID, set[UUID]] = {}
        self.seated: dict[UUID, set[UUID]] = {}
        for seat in Seat.objects.filter(ended_at=None):
            if seat.valid_from <= now and (seat.valid_until is None or seat.valid_until > now):
                self.seated.setdefault(seat.table_id, set()).add(seat.user_id)
                if seat.role == Role.PROCESREGISSEUR:
                    self.regie.setdefault(seat.table_id, set()).add(seat.user_id)

    def directs(self, user: User, table: CaseTable) -> bool:
        return user.pk in self.regie.get(table.pk, set())

    def takes_part(self, user: User, case: Joint) -> bool:
        return not case.closed and any(t.user.pk == user.pk and not t.over for t in case.taking)

    def reaches(self, user: User, about: Any) -> bool:
        """Covenant and exclusion: these two come before everything else."""
        if isinstance(about, Incoming) and about.read_in_by == user.pk:
            return True
        if isinstance(about, Home):
            return any(self.reaches(user, case) for case in about.cases)
        if isinstance(about, (Incoming, Joint)):
            theme = about.table.theme
            kept_away = (about.row.dossier_id, user.pk) in self.world.excluded
            return theme in self.bound.get(user.organisation_id, set()) and not kept_away and not user.roles
        return True

    def may_read(self, user: User | None, secret: Secret) -> bool:
        return user is not None and self.reaches(user, secret.about) and secret.circle(self, user)

    def in_emergency(self, user: User, about: Incoming | Joint) -> bool:
        """Four hours of what all participants read, and nothing besides."""
        return (about.row.dossier_id, user.pk) in self.world.emergency

    # --- a signal ---

    def _holds_signal(self, user: User, signal: Incoming, shared: bool) -> bool:
        case = signal.case
        if case is None or not self.takes_part(user, case):
            return False
        mine = user.organisation_id == signal.source
        return mine or (shared and (signal.row.pk, user.organisation_id) in case.shared)

    def signal_table(self, user: User, signal: Incoming) -> bool:
        if signal.state in ("rejected", "closed"):
            return False
        reported = signal.reporter is not None and signal.reporter.pk == user.pk
        holds = self._holds_signal(user, signal, shared=True) or self.in_emergency(user, signal)
        return reported or self.directs(user, signal.table) or holds

    def signal_liaison(self, user: User, signal: Incoming) -> bool:
        if signal.state in ("rejected", "closed"):
            return False
        reported = signal.reporter is not None and signal.reporter.pk == user.pk
        return reported or self.directs(user, signal.table) or self._holds_signal(user, signal, shared=False)

    def signal_regie(self, user: User, signal: Incoming) -> bool:
        return signal.state not in ("rejected", "closed") and self.directs(user, signal.table)

    def signal_known(self, user: User, signal: Incoming) -> bool:
        """That it is there, with its number: also when it was rejected or closed, for who brought and who judged."""
        reported = signal.reporter is not None and signal.reporter.pk == user.pk
        named_in_report = signal.read_in_by == user.pk  # who reads in a file hears which number each row got
        return reported or named_in_report or self.directs(user, signal.table) or self.signal_table(user, signal)

    # --- a case ---

    def case_table(self, user: User, case: Joint) -> bool:
        reads = self.directs(user, case.table) or self.takes_part(user, case) or self.in_emergency(user, case)
        return not case.closed and reads

    def case_regie(self, user: User, case: Joint) -> bool:
        return not case.closed and self.directs(user, case.table)

    def case_known(self, user: User, case: Joint) -> bool:
        """That it is there, with its number: who decides on a step knows that much, and not where it stands."""
        reads = self.directs(user, case.table) or self.case_table(user, case)
        return reads or any(self.put_to(user, put) for put in case.put)

    def case_cover(self, user: User, case: Joint) -> bool:
        """Where it stands on its ladder, what was decided, and which measures and terms run."""
        return self.directs(user, case.table) or self.case_table(user, case)

    def put_to(self, user: User, put: Put) -> bool:
        """A step that waits for a decision: the regie, and who decides it."""
        return self.case_regie(user, put.case) or (not put.case.closed and user.pk == put.person)

    def brought_in(self, user: User, case: Joint, brought: Brought) -> bool:
        if brought.withdrawn or case.closed:
            return False
        mine = user.organisation_id == brought.organisation and self.takes_part(user, case)
        directs = self.directs(user, case.table)
        if brought.by_regie and brought.audience in (Audience.OWN, Audience.REGIE):
            return directs
        if brought.audience == Audience.OWN:
            return mine
        if brought.audience == Audience.REGIE:
            return mine or directs
        return mine or directs or (user.organisation_id in brought.circle and self.takes_part(user, case))

    # --- the table ---

    def at_table(self, user: User, table: CaseTable) -> bool:
        """That a table meets is no secret for who sits there, nor for who manages; what it is about is."""
        return user.pk in self.seated.get(table.pk, set()) or "beheerder" in user.roles

    def point_read(self, user: User, point: Point) -> bool:
        """An item: the regie, and who sits there, from publication until it closes."""
        now = point.published and not point.closed
        sits = user.pk in point.sits and self.takes_part(user, point.case)
        return self.case_regie(user, point.case) or (now and sits and not point.case.closed)

    # --- a household: only through its cases ---

    def _through(self, user: User, case: Joint) -> bool:
        """Directing or taking part in a case about it, as far as the covenant binds for that case."""
        bound = case.table.theme in self.bound.get(user.organisation_id, set()) and not user.roles
        return bound and not case.closed and (self.directs(user, case.table) or self.takes_part(user, case))

    def home_table(self, user: User, home: Home) -> bool:
        kept_away = (home.row.dossier_id, user.pk) in self.world.excluded
        return not kept_away and any(self._through(user, case) for case in home.cases)

    def home_whole(self, user: User, home: Home) -> bool:
        """Why something was decided: the regie of every case about it, and its casusregisseur."""
        directs = any(self.directs(user, case.table) for case in home.cases)
        return self.home_table(user, home) and (directs or user.pk == home.holder)

    def home_line(self, user: User, home: Home, organisation: UUID) -> bool:
        """What stands with one organisation, its actions and what it assessed: that one and the regie."""
        return (user.organisation_id == organisation and self.home_table(user, home)) or self.home_whole(user, home)

    def home_goal(self, user: User, home: Home, circle: frozenset[UUID]) -> bool:
        """A goal: the organisations that it concerns, and the regie."""
        return (user.organisation_id in circle and self.home_table(user, home)) or self.home_whole(user, home)

    # --- asking, and emergency access ---

    def asked(self, user: User, asked: Asked) -> bool:
        """Who asked, and who directs the case that was asked for; nobody learns from it that a number exists."""
        reached = asked.arrived and self.reaches(user, asked.case) and self.case_regie(user, asked.case)
        return user.pk == asked.asker.pk or reached

    def noted(self, user: User, noted: Noted) -> bool:
        """That it was used: the person, who directs the dossier, and the privacy officer."""
        return user.pk == noted.person.pk or self.reason_of_use(user, noted)

    def reason_of_use(self, user: User, noted: Noted) -> bool:
        """Why it was used is judged by others."""
        if "privacy_officer" in user.roles:
            return (noted.about.row.dossier_id, user.pk) not in self.world.excluded
        directs = self.reaches(user, noted.about) and self.directs(user, noted.about.table)
        return directs and user.pk != noted.person.pk

    # --- writing ---

    def may_write(self, user: User, about: Any, table: str) -> bool:
        """Whether a row of this table may be touched by this person in a dossier of this world."""
        if not self.reaches(user, about):
            return False
        if isinstance(about, Incoming):
            reported = about.reporter is not None and about.reporter.pk == user.pk
            if table == "casework_sameness":
                return self.signal_regie(user, about)
            return about.state in ("new", "asked") and (reported or self.directs(user, about.table))
        if isinstance(about, Joint):
            if table.startswith("escalation_"):
                decides = any(self.put_to(user, put) for put in about.put)
                return not about.closed and (self.directs(user, about.table) or decides)
            brings = table in BRINGING and self.takes_part(user, about)
            if table in ANSWERING:
                brings = any(self.point_read(user, point) for point in about.points)
            return not about.closed and (self.directs(user, about.table) or brings)
        if isinstance(about, CaseTable):
            return self.directs(user, about)
        if isinstance(about, Asked):
            return self.asked(user, about)
        if isinstance(about, Home):
            return self.home_whole(user, about) or (table in CARRYING and self.home_table(user, about))
        return bool(about == user.pk)

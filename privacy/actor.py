"""Who is acting: a value made once per request, and the only thing this package knows of people."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

from privacy.errors import Refused
from privacy.roles import Role, Verb, verbs_of

SYSTEM_ID = UUID("00000000-0000-4000-8000-000000000001")


@dataclass(frozen=True, slots=True)
class ActorSeat:
    """A seat at one table in one role, valid now. `signed` says whether the secrecy statement was signed."""

    seat_id: UUID
    table_id: UUID
    table_name: str
    role: Role
    signed: bool


@dataclass(frozen=True, slots=True)
class Eyes:
    """Looking as somebody else: that person's organisation, and the compartments that person reads.

    It only ever takes away: what the looker does not read stays closed.
    """

    organisation_id: UUID
    compartments: frozenset[UUID]


@dataclass(frozen=True, slots=True)
class Actor:
    """The person (or the system) on whose behalf something happens, with what follows from the moment.

    `themes` are those for which a covenant binds the organisation now: access ends with the covenant.
    """

    user_id: UUID
    name: str
    organisation_id: UUID | None
    organisation_name: str
    organisation_kind: str = ""
    roles: frozenset[Role] = frozenset()
    seats: tuple[ActorSeat, ...] = ()
    themes: frozenset[str] = frozenset()
    purpose: str = ""
    eyes: Eyes | None = None
    verbs: frozenset[Verb] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "verbs", verbs_of(self.roles))

    def may(self, verb: Verb) -> bool:
        """Whether one of the actor's roles may attempt this verb at all."""
        return verb in self.verbs

    def tables_as(self, role: Role) -> frozenset[UUID]:
        """The tables at which the actor sits in this role."""
        return frozenset(seat.table_id for seat in self.seats if seat.role == role)

    @property
    def home(self) -> UUID:
        """The actor's organisation; raises Refused for the system, which has none."""
        if self.organisation_id is None:
            raise Refused("Dit kan alleen iemand van een organisatie doen.")
        return self.organisation_id

    @property
    def own_organisation(self) -> UUID | None:
        """Whose items are shown as one's own: the other's, while looking through the eyes of somebody else."""
        return self.eyes.organisation_id if self.eyes else self.organisation_id

    @property
    def unsigned_tables(self) -> tuple[UUID, ...]:
        """Tables whose secrecy statement (WGS 1.11) this person has still to sign."""
        return tuple(dict.fromkeys(seat.table_id for seat in self.seats if not seat.signed))


def system_actor(purpose: str) -> Actor:
    """The system itself, for jobs and commands; `purpose` says in Dutch what it is doing."""
    return Actor(
        user_id=SYSTEM_ID, name="Casustafel", organisation_id=None, organisation_name="systeem", purpose=purpose
    )

"""Is this person or address known already? One question, one answer: no, or whom to talk to.

Logged twice before it is answered: that it was asked, and with each dossier it was about. A yes and a no take the same
queries. What is said of a table is its name and who directs it, and nothing of what is there.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.utils import timezone

from casework import known
from casework.models import Case, Signal
from casework.values import PlaceInput, SubjectInput
from partners.models import CaseTable, Seat
from partners.profiling import profile_of, profiles
from privacy.access import require, visible
from privacy.actor import Actor, ActorSeat
from privacy.audit import record
from privacy.errors import Refused
from privacy.roles import Role

NOT_ALLOWED = "Uw rol geeft geen toegang tot deze pagina."
NOBODY = UUID(int=0)  # a list that is never empty takes as many queries as a full one
PURPOSES = {
    "beoordelen": "een signaal beoordelen",
    "afstemmen": "afstemmen met een andere tafel",
    "gevaar": "gevaar inschatten voor een bezoek",
}


class TooManyQuestions(Refused):
    """This person asked too much in the last hour or day."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, from which table and why; `kinds` in the log are all that is kept of it."""

    from_table: UUID
    purpose: str
    subject: SubjectInput
    place: PlaceInput


@dataclass(frozen=True, slots=True)
class Contact:
    """A table where it is known, and whom to talk to."""

    table: str
    regisseurs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class OwnDossier:
    """Where it is known among what the asker reads already."""

    url_name: str
    pk: UUID
    reference: str


@dataclass(frozen=True, slots=True)
class Answer:
    """All that is said. Empty means no."""

    own: tuple[OwnDossier, ...]
    elsewhere: tuple[Contact, ...]

    @property
    def known(self) -> bool:
        return bool(self.own or self.elsewhere)


@dataclass(frozen=True, slots=True)
class _Hit:
    """A dossier it is about, as the database tells it."""

    table_id: UUID
    dossier_id: UUID
    reference: str
    own: bool
    kept_away: list[UUID]

    @property
    def seen(self) -> record.Seen:
        return record.Seen(dossiers=(self.dossier_id,), references=(self.reference,))


def asking_seats(*, by: Actor) -> list[ActorSeat]:
    """The seats from which the actor may ask: what the profile of the table allows, while a covenant binds."""
    tables = CaseTable.objects.in_bulk([seat.table_id for seat in by.seats])
    return [
        seat
        for seat in by.seats
        if tables[seat.table_id].theme in by.themes and seat.role in profile_of(tables[seat.table_id]).known.who
    ]


def answering() -> list[str]:
    """Profiles that answer: each version by itself for cases, and the code of the newest for signals."""
    versions = [f"{p.code} {p.version}" for p in profiles().versions if p.known.answers]
    return versions + [p.code for p in profiles().active() if p.known.answers]


def ask(question: Question, *, by: Actor) -> Answer:
    """The answer, after it was logged on both sides; raises Refused without the right, or TooManyQuestions."""
    seat = next((seat for seat in asking_seats(by=by) if seat.table_id == question.from_table), None)
    if seat is None:
        raise Refused(NOT_ALLOWED)
    keys = known.asked_keys(question.subject, question.place)
    require(bool(keys), "Vul iets in waarop u wilt navragen.")
    kinds, digests = known.digests(keys)
    _hold_to_the_limit(by)
    purpose = f"{PURPOSES[question.purpose]}, vanuit {seat.table_name}"[:200]
    record.look("known.asked", fields=set(kinds), purpose=purpose, by=by)
    hits = _hits(digests, seat.table_id)
    told = [hit for hit in hits if by.user_id not in hit.kept_away]
    _note(hits, told, set(kinds), purpose, by)
    return Answer(_own(told, by), _elsewhere(told))


def _hold_to_the_limit(by: Actor) -> None:
    """The log is the counter: there is no second one that could say something else."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT hour, day FROM casework_known_lately()")
        hour, day = cursor.fetchone()
    if hour >= settings.KNOWN_PER_HOUR or day >= settings.KNOWN_PER_DAY:
        record.look("known.limited", outcome="refused", by=by)
        when = "Probeer het over een uur opnieuw" if day < settings.KNOWN_PER_DAY else "Probeer het morgen opnieuw"
        raise TooManyQuestions(f"U hebt vandaag al veel navragen gedaan. {when}, of bel de regisseur van de tafel.")


def _hits(digests: list[bytes], from_table: UUID) -> list[_Hit]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_id, dossier_id, reference, own, kept_away FROM casework_known(%s, %s, %s)",
            [digests, from_table, answering()],
        )
        return [_Hit(*row) for row in cursor.fetchall()]


def _note(hits: list[_Hit], told: list[_Hit], kinds: set[str], purpose: str, by: Actor) -> None:
    """An entry with each dossier, for who directs it; without the organisation, so that its people don't read it.

    Who is kept away from a dossier hears "no", and stands in the log with both.
    """
    looks = [("known.about", hit.seen, hit.own) for hit in hits]
    if not told:
        looks.append(("known.nothing", record.Seen(), False))
    record.look_at_each(looks, fields=kinds, purpose=purpose, by=replace(by, organisation_id=None))


def _own(hits: Iterable[_Hit], by: Actor) -> tuple[OwnDossier, ...]:
    ids = [NOBODY, *(hit.dossier_id for hit in hits if hit.own)]
    signals = visible(Signal, by=by).filter(dossier__in=ids).select_related("dossier")
    cases = visible(Case, by=by).filter(dossier__in=ids).select_related("dossier")
    directed = by.tables_as(Role.PROCESREGISSEUR)
    found = [OwnDossier("case-detail", case.pk, case.dossier.reference) for case in cases]
    for signal in signals:
        page = "triage-detail" if signal.table_id in directed else "signal-detail"
        found.append(OwnDossier(page, signal.pk, signal.dossier.reference))
    return tuple(sorted(found, key=lambda one: one.reference))


def _elsewhere(hits: Iterable[_Hit]) -> tuple[Contact, ...]:
    elsewhere = [hit for hit in hits if not hit.own]
    ids = {hit.table_id for hit in elsewhere}
    never = {(hit.table_id, person) for hit in elsewhere for person in hit.kept_away}
    seats = Seat.objects.valid_at(timezone.now()).filter(role=Role.PROCESREGISSEUR, user__is_active=True)
    people: dict[UUID, list[tuple[str, str]]] = {}
    for seat in seats.select_related("user").order_by("user__name"):
        if (seat.table_id, seat.user_id) not in never:
            people.setdefault(seat.table_id, []).append((seat.user.name, seat.user.email))
    tables = CaseTable.objects.order_by("name")
    return tuple(Contact(table.name, tuple(people.get(table.pk, []))) for table in tables if table.pk in ids)

"""Who looks like whom in what a reader may read, and what was said of them: suggestions, never more."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from casework.models import Sameness, SamenessVerdict
from casework.queries.persons import PersonRow, of_dossier, these, with_bsn, within_reach
from casework.sameness import Comparison, Written, compare, hopeless
from partners.models import User
from privacy.access import visible
from privacy.actor import Actor
from privacy.errors import NotKnown

SHOWN = 5
ROUNDS = 5  # how far ties are followed: from one row to the next


@dataclass(frozen=True, slots=True)
class Likeness:
    """Somebody who may be the same, and why."""

    person: PersonRow
    judged: Comparison


@dataclass(frozen=True, slots=True)
class Tie:
    """What was said of somebody and this other person."""

    pk: UUID
    other: PersonRow
    same: bool
    said_by: str
    said_at: datetime


@dataclass(frozen=True, slots=True)
class Looked:
    """Somebody of a dossier with who looks like it."""

    person: PersonRow
    likely: tuple[Likeness, ...]


@dataclass(frozen=True, slots=True)
class Guess:
    """Somebody who is being typed, with who looks like it."""

    name: str
    likely: tuple[Likeness, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two people side by side."""

    left: PersonRow
    right: PersonRow
    judged: Comparison
    tie: Tie | None


def like(written: Written, people: Iterable[PersonRow], *, besides: Iterable[UUID] = ()) -> tuple[Likeness, ...]:
    """Who of these may be the same, likeliest first; `besides` are left out."""
    out = set(besides)
    worth = (one for one in people if one.pk not in out and not hopeless(written, one.written))
    found = [Likeness(person, compare(written, person.written)) for person in worth]
    likely = [hit for hit in found if hit.judged.band]
    cases = {hit.person.dossier_id for hit in likely}
    # Whoever is found in a case is not shown once more for each of its signals, nor for its household.
    shown = [hit for hit in likely if hit.person.bundles.isdisjoint(cases)]
    return tuple(sorted(shown, key=lambda hit: (-hit.judged.score, hit.person.reference))[:SHOWN])


def guesses(people: Iterable[Written], *, by: Actor) -> list[Guess]:
    """Who in the reader's own dossiers looks like those who are being typed; nobody typed opens nothing."""
    typed = list(people)
    everybody = within_reach(by=by) if typed else []
    return [Guess(written.name, like(written, everybody)) for written in typed]


def standing(rows: Iterable[UUID], *, by: Actor) -> QuerySet[Sameness]:
    """What was said of these people and not taken back, as far as this reader directs and reads both sides."""
    keys = list(rows)
    return visible(Sameness, by=by).filter(Q(left_row__in=keys) | Q(right_row__in=keys), undone_at__isnull=True)


def _said_of(people: Iterable[PersonRow], by: Actor) -> dict[UUID, set[UUID]]:
    found: dict[UUID, set[UUID]] = {}
    for left, right in standing([person.pk for person in people], by=by).values_list("left_row", "right_row"):
        found.setdefault(left, set()).add(right)
        found.setdefault(right, set()).add(left)
    return found


def in_dossier(dossier_id: UUID, *, table_id: UUID | None = None, by: Actor) -> tuple[Looked, ...]:
    """Everybody in a dossier who looks like somebody elsewhere. Left out is of whom something was said already.

    And who stands in a signal or household of that case: that this is the same case was decided already.
    """
    everybody = within_reach(table_id=table_id, and_dossier=dossier_id, by=by)
    here = [person for person in everybody if person.dossier_id == dossier_id]
    said = _said_of(here, by)
    looked = (
        Looked(
            person, like(person.written, _elsewhere(person, everybody), besides={person.pk, *said.get(person.pk, ())})
        )
        for person in here
    )
    return tuple(found for found in looked if found.likely)


def _elsewhere(person: PersonRow, everybody: Iterable[PersonRow]) -> Iterable[PersonRow]:
    """Who is in the same dossier is in the same company: that says nothing."""
    for other in everybody:
        if person.dossier_id in other.bundles:
            continue
        alone = other.dossier_id == person.dossier_id
        yield replace(other, written=replace(other.written, company=frozenset())) if alone else other


def ties(people: Iterable[PersonRow], *, by: Actor) -> Mapping[UUID, list[Tie]]:
    """What was said of each of these people; of others only who this reader may read."""
    rows = list(people)
    own = {person.pk for person in rows}
    said = list(standing(own, by=by))
    ends = [(one.left_kind, one.left_row) for one in said] + [(one.right_kind, one.right_row) for one in said]
    known = these([end for end in ends if end[1] not in own], by=by) | {person.pk: person for person in rows}
    names = dict(User.objects.filter(pk__in={one.decided_by for one in said}).values_list("pk", "name"))
    found: dict[UUID, list[Tie]] = {}
    for row in said:
        for here, there in ((row.left_row, row.right_row), (row.right_row, row.left_row)):
            if here in own and there in known:
                found.setdefault(here, []).append(_tie(row, known[there], names))
    return found


def _tie(row: Sameness, other: PersonRow, names: Mapping[UUID, str]) -> Tie:
    same = row.verdict == SamenessVerdict.SAME
    return Tie(row.pk, other, same, names.get(row.decided_by, ""), row.decided_at)


def ties_in(dossier_id: UUID, *, by: Actor) -> list[tuple[PersonRow, list[Tie]]]:
    """Everybody in a dossier that was opened of whom something was said, and what."""
    people = of_dossier(dossier_id, by=by)
    said = ties(people, by=by)
    return [(person, said[person.pk]) for person in people if person.pk in said]


def also_known_as(person: PersonRow, *, by: Actor) -> list[PersonRow]:
    """This person and every row that is tied to it, one tie after the other, as far as this reader may read."""
    found = {person.pk: person}
    new = [person]
    for _ in range(ROUNDS):
        reached = {tie.other.pk: tie.other for tied in ties(new, by=by).values() for tie in tied if tie.same}
        new = [other for pk, other in reached.items() if pk not in found]
        if not new:
            break
        found |= {other.pk: other for other in new}
    return list(found.values())


def side_by_side(left: tuple[str, UUID], right: tuple[str, UUID], *, by: Actor) -> Pair:
    """Two people with what speaks for and against; both dossiers opened and logged. Raises NotKnown."""
    found = these([left, right], event="same.compared", whole=True, by=by)
    if len(found) < 2:
        raise NotKnown
    one, other = (with_bsn(_with_company(found[pk], by), by=by) for _, pk in (left, right))
    tie = next((tie for tie in ties([one], by=by).get(one.pk, []) if tie.other.pk == other.pk), None)
    return Pair(one, other, compare(one.written, other.written), tie)


def ends_of(pk: UUID, *, by: Actor) -> tuple[Sameness, PersonRow, PersonRow]:
    """What was said, also when it was taken back, and the two it was said of; opened and logged. Raises NotKnown."""
    tie = visible(Sameness, by=by).filter(pk=pk).first()
    if tie is None:
        raise NotKnown
    found = these([(tie.left_kind, tie.left_row), (tie.right_kind, tie.right_row)], event="same.compared", by=by)
    if len(found) < 2:
        raise NotKnown
    return tie, found[tie.left_row], found[tie.right_row]


def _with_company(person: PersonRow, by: Actor) -> PersonRow:
    there = next((row for row in of_dossier(person.dossier_id, by=by) if row.pk == person.pk), None)
    if there is None:  # taken out by a colleague, a moment ago
        raise NotKnown
    return there

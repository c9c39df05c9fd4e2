"""The minutes of a meeting as one reader has them: own items, what was decided there and own actions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from casework.models import (
    AgendaPlace,
    Case,
    ItemOutcome,
    ItemSeat,
    Meeting,
    MinutesPiece,
    MinutesPieceKind,
    MinutesVersion,
)
from casework.services.meetings.holding import leads
from casework.services.meetings.minutes import fixes_as
from privacy.access import visible
from privacy.actor import Actor
from privacy.errors import NotKnown
from privacy.unlock import unlock

OUTCOMES = {str(value): str(label) for value, label in ItemOutcome.choices}


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who was there, or was not."""

    name: str
    organisation: str


@dataclass(frozen=True, slots=True)
class Decision:
    """One line that was decided, with what organisations that have a say found of it."""

    text: str
    consents: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Agreed:
    """Who does what by when."""

    pk: UUID
    text: str
    owner: str
    organisation: str
    due_on: date


@dataclass(frozen=True, slots=True)
class Part:
    """What the minutes say of one item. `reads_item` False: the reader has an action from it, and nothing else."""

    item: UUID
    dossier: UUID
    piece: UUID | None
    reference: str
    reads_item: bool
    name: str = ""
    why: str = ""
    goal: str = ""
    outcome: str = ""
    remark: str = ""
    review_on: date | None = None
    before: tuple[date, ...] = ()
    present: tuple[Person, ...] = ()
    absent: tuple[Person, ...] = ()
    decisions: tuple[Decision, ...] = ()
    actions: tuple[Agreed, ...] = ()
    case: UUID | None = None  # for who leads, to follow what was agreed


@dataclass(frozen=True, slots=True)
class Version:
    """One version that this reader has; numbered for this reader alone."""

    number: int
    fixed_at: datetime | None
    pk: UUID


@dataclass(frozen=True, slots=True)
class Change:
    """What differs in one item or action between two versions. Empty `fields`: it is new."""

    reference: str
    name: str
    fields: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class ForOrganisation:
    """What one organisation is going to read, and who of it."""

    organisation: str
    people: tuple[str, ...]
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Minutes:
    """The minutes of a meeting for one reader: one version of them, and which others there are."""

    meeting: Meeting
    leads: bool
    version: Version | None
    versions: tuple[Version, ...]
    parts: tuple[Part, ...]
    changes: tuple[Change, ...]
    fixing: MinutesVersion | None = None
    mine: tuple[str, ...] = ()
    pieces: tuple[MinutesPiece, ...] = field(default=(), repr=False)

    @property
    def to_fix(self) -> bool:
        """Whether this reader has yet to fix it."""
        return self.fixing is not None and any(getattr(self.fixing, name) is None for name in self.mine)

    @property
    def may_correct(self) -> bool:
        """Whether this is the newest version, before who may change it."""
        return self.leads and self.version is not None and self.version == self.versions[-1]


def _readable(meeting: Meeting, by: Actor) -> list[MinutesPiece]:
    """The pieces that this reader may read: of fixed versions, and what who leads is still to fix."""
    rows = visible(MinutesPiece, by=by).filter(minutes__meeting=meeting)
    if not leads(meeting.table_id, by=by):
        rows = rows.filter(minutes__fixed_at__isnull=False)
    return list(rows.select_related("minutes", "dossier").order_by("minutes__number"))


def _upto(pieces: Iterable[MinutesPiece], number: int) -> list[MinutesPiece]:
    """Of every item and action the newest piece so far; `pieces` come in the order of their versions."""
    found: dict[UUID, MinutesPiece] = {}
    for piece in pieces:
        if piece.minutes.number <= number:
            found[piece.original] = piece
    return list(found.values())


def _versions(pieces: Iterable[MinutesPiece]) -> list[tuple[Version, int]]:
    """The versions in which something of this reader's changed, with what they are called among who leads."""
    rows = {piece.minutes_id: piece.minutes for piece in pieces}
    return [(Version(n, row.fixed_at, row.pk), row.number) for n, row in enumerate(rows.values(), 1)]


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _people(rows: Iterable[dict[str, str]]) -> tuple[Person, ...]:
    return tuple(Person(row["name"], row["organisation"]) for row in rows)


def _agreed(piece: MinutesPiece) -> Agreed:
    body = piece.body
    due = date.fromisoformat(body["due_on"])
    return Agreed(piece.original, body["text"], body["owner"], body["organisation"], due)


def _part(item_id: UUID, pieces: Sequence[MinutesPiece]) -> Part:
    about = next((piece for piece in pieces if piece.kind == MinutesPieceKind.ITEM), None)
    mine = sorted((_agreed(p) for p in pieces if p.kind == MinutesPieceKind.ACTION), key=lambda a: (a.due_on, a.text))
    dossier = pieces[0].dossier
    head: dict[str, Any] = {
        "item": item_id, "dossier": dossier.pk, "reference": dossier.reference, "actions": tuple(mine)
    }  # fmt: skip
    if about is None:
        return Part(**head, piece=None, reads_item=False)
    body = about.body
    return Part(
        **head,
        piece=about.pk,
        reads_item=True,
        name=body["case"],
        why=body["why"],
        goal=body["goal"],
        outcome=OUTCOMES[body["outcome"]],
        remark=body["remark"],
        review_on=_day(body["review_on"]),
        before=tuple(date.fromisoformat(day) for day in body["before"]),
        present=_people(body["present"]),
        absent=_people(body["absent"]),
        decisions=tuple(
            Decision(one["text"], tuple((c["organisation"], c["stance"]) for c in one["consents"]))
            for one in body["decisions"]
        ),
    )


def parts_of(pieces: Iterable[MinutesPiece], order: dict[UUID, int]) -> tuple[Part, ...]:
    """Pieces as a reader reads them, by item: as the agenda was for who leads, by number of the case for others."""
    per_item: dict[UUID, list[MinutesPiece]] = {}
    for piece in pieces:
        per_item.setdefault(piece.item_id, []).append(piece)
    found = [_part(item, rows) for item, rows in per_item.items()]
    return tuple(sorted(found, key=lambda part: (order.get(part.item, 0), part.reference)))


# --- what changed -----------------------------------------------------------------------------------


def _spoken(key: str, value: Any) -> str:
    if key == "decisions":
        return "; ".join(one["text"] for one in value) or "geen"
    if key in ("review_on", "due_on") and value:
        day = date.fromisoformat(value)
        return f"{day.day}-{day.month}-{day.year}"
    return str(value) or "leeg"


LABELS = {
    "decisions": "Besluiten", "review_on": "Komt terug op", "remark": "Opmerking", "text": "Actie",
    "owner": "Wie doet het", "due_on": "Klaar op",
}  # fmt: skip


def changes_between(before: Iterable[MinutesPiece], after: Iterable[MinutesPiece]) -> tuple[Change, ...]:
    """What differs, in words, of what this reader holds."""
    old = {piece.original: piece.body for piece in before}
    found = []
    for piece in after:
        was, now = old.get(piece.original), piece.body
        fields = tuple(
            (label, _spoken(key, was[key]), _spoken(key, now[key]))
            for key, label in LABELS.items()
            if was is not None and key in now and was[key] != now[key]
        )
        if was is None or fields:
            name = now["case"] if piece.kind == MinutesPieceKind.ITEM else now["text"]
            found.append(Change(piece.dossier.reference, name, fields))
    return tuple(sorted(found, key=lambda change: (change.reference, change.name)))


# --- a page of them ---------------------------------------------------------------------------------


def read_minutes(meeting: Meeting, asked: int, *, event: str = "read", now: datetime, by: Actor) -> Minutes:
    """One version of the minutes as this reader has it, the newest for 0; opened and logged before it is shown.

    Raises NotKnown for a version that this reader does not have. Who has none yet reads so, and not why.
    """
    pieces = _readable(meeting, by)
    seen = {piece.dossier_id: piece.dossier.reference for piece in pieces}
    wanted = {piece.compartment_id for piece in pieces}
    unlock(seen, event=event, only=wanted, also_seen=seen.items(), object_pk=str(meeting.pk), by=by)
    leading = leads(meeting.table_id, by=by)
    every = _versions(pieces)
    if not every:
        if asked:
            raise NotKnown
        return Minutes(meeting, leading, None, (), (), ())
    if asked > len(every):
        raise NotKnown
    at = (asked or len(every)) - 1
    version, number = every[at]
    shown = _upto(pieces, number)
    places = AgendaPlace.objects.filter(meeting=meeting) if leading else AgendaPlace.objects.none()
    last = pieces[-1].minutes
    return Minutes(
        meeting=meeting,
        leads=leading,
        version=version,
        versions=tuple(row for row, _ in every),
        parts=_with_cases(parts_of(shown, dict(places.values_list("item", "position"))), leading, by),
        changes=changes_between(_upto(pieces, every[at - 1][1]), shown) if at else (),
        fixing=last if leading and last.fixed_at is None and at == len(every) - 1 else None,
        mine=tuple(fixes_as(meeting, now, by=by)) if leading else (),
        pieces=tuple(shown),
    )


def _with_cases(parts: tuple[Part, ...], leading: bool, by: Actor) -> tuple[Part, ...]:
    if not leading:
        return parts
    rows = visible(Case, by=by).filter(dossier__in=[part.dossier for part in parts])
    cases = dict(rows.values_list("dossier", "pk"))
    return tuple(replace(part, case=cases.get(part.dossier)) for part in parts)


def who_reads_what(minutes: Minutes, *, by: Actor) -> list[ForOrganisation]:
    """What each organisation is going to read of what is shown: side by side, before it is fixed. For who leads."""
    items = {piece.item_id for piece in minutes.pieces}
    seats = visible(ItemSeat, by=by).filter(item__in=items).select_related("organisation", "user")
    sits: dict[str, set[UUID]] = {}
    people: dict[str, set[str]] = {}
    for seat in seats:
        sits.setdefault(seat.organisation.name, set()).add(seat.item_id)
        people.setdefault(seat.organisation.name, set()).add(seat.user.name)
    for piece in minutes.pieces:
        if piece.kind == MinutesPieceKind.ACTION:
            people.setdefault(piece.body["organisation"], set()).add(piece.body["owner"])
    return [
        ForOrganisation(name, tuple(sorted(people[name])), _of(name, sits.get(name, set()), minutes.pieces))
        for name in sorted(people)
    ]


def _of(name: str, sits: set[UUID], pieces: Iterable[MinutesPiece]) -> tuple[Part, ...]:
    own = (
        piece
        for piece in pieces
        if (piece.item_id in sits if piece.kind == MinutesPieceKind.ITEM else piece.body["organisation"] == name)
    )
    return parts_of(own, {})

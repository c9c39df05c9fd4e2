"""Minutes: made from what was decided and agreed, corrected, and fixed by chair and secretary; then partners read.

What stands in a version lies in pieces, each in the part of the dossier that it is about. A version holds only what is
new in it: who reads a version reads of every item and action the newest piece so far. So a reader has exactly the
versions in which something of its own changed, and who is kept away from a case can correct the minutes of others.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils import timezone

from casework.models import (
    AgendaItem,
    Attendance,
    CaseFace,
    ItemConsent,
    ItemDecision,
    ItemOutcome,
    ItemReview,
    ItemSeat,
    Meeting,
    MeetingStatus,
    MinutesPiece,
    MinutesPieceKind,
    MinutesVersion,
    TableAction,
)
from casework.services.disclosing import check_in_use, is_kept_back, taking_part
from casework.services.meetings.holding import GONE, hold_meeting
from partners.models import Seat
from partners.notices import tell
from partners.queries import regisseur_seats, seat_ends
from privacy import grants
from privacy.access import require
from privacy.actor import Actor
from privacy.audit import record
from privacy.grants import Because

GROUND = "verslag"
FOR_A_WHILE = timedelta(days=30)  # who only sat at an item reads its minutes for so long
NOT_CLOSED = "Dit overleg is nog niet afgesloten. Sluit het eerst af."
NONE_YET = "Er is nog geen verslag van dit overleg."
ALREADY = "Dit verslag is al vastgesteld. Een verbetering wordt een nieuwe versie."
NOT_NAMED = "Alleen de voorzitter en de verslaglegger van dit overleg stellen het verslag vast."
NOTHING_NEW = "Er is niets veranderd. U hoeft niets te bewaren."


@dataclass(frozen=True, slots=True)
class Piece:
    """One part of the minutes as plain words, and in which part of which dossier it lies."""

    kind: MinutesPieceKind
    item: AgendaItem
    original: UUID
    compartment_id: UUID
    body: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Correction:
    """What an item's minutes should say. Who was there and what was agreed with whom is noted at the table itself."""

    decisions: tuple[str, ...]
    review_on: date | None
    remark: str


# --- what stands in them ----------------------------------------------------------------------------


def _who(row: Attendance) -> dict[str, str]:
    if row.seat is not None:
        return {"name": row.seat.user.name, "organisation": row.seat.organisation.name}
    assert row.guest is not None
    return {"name": row.guest.name, "organisation": row.guest.organisation}


def _decisions(item: AgendaItem) -> list[dict[str, Any]]:
    said: dict[UUID, list[dict[str, str]]] = {}
    for row in ItemConsent.objects.filter(decision__item=item).select_related("organisation").order_by("organisation"):
        consent = {"organisation": row.organisation.name, "stance": row.get_stance_display()}
        said.setdefault(row.decision_id, []).append(consent)
    rows = ItemDecision.objects.filter(item=item, dropped_at__isnull=True)
    return [{"text": row.text, "consents": said.get(row.pk, [])} for row in rows]


def _item_body(item: AgendaItem) -> dict[str, Any]:
    """Of actions nothing: who reads the item does not read those of others."""
    there = Attendance.objects.filter(item=item).select_related("seat__user", "seat__organisation", "guest")
    rows = sorted(((row.present, _who(row)) for row in there), key=lambda pair: (pair[1]["organisation"], str(pair[1])))
    face = CaseFace.objects.filter(case=item.case_id).first()
    review = ItemReview.objects.filter(item=item).first()
    return {
        "case": face.short_name if face else "",
        "why": item.get_why_display(),
        "goal": item.goal or "",
        "outcome": item.outcome,
        "present": [who for present, who in rows if present],
        "absent": [who for present, who in rows if not present],
        "decisions": _decisions(item),
        "review_on": review.review_on.isoformat() if review else "",
        "remark": "",
        "before": [day.isoformat() for day in discussed_before(item)],
    }


def discussed_before(item: AgendaItem) -> list[date]:
    """The days of the meetings that an item goes on from, newest first."""
    days, one = [], item.carried_from
    while one is not None:
        days.append(timezone.localdate(one.meeting.starts_at))
        one = one.carried_from
    return days


def action_body(action: TableAction) -> dict[str, Any]:
    """What was agreed; how it stands now is in the work lists."""
    return {
        "text": action.text,
        "owner": action.user.name,
        "organisation": action.organisation.name,
        "due_on": action.due_on.isoformat(),
    }


def _pieces_of(items: Iterable[AgendaItem]) -> Iterator[Piece]:
    for item in items:
        yield Piece(MinutesPieceKind.ITEM, item, item.pk, item.record_id, _item_body(item))
        actions = TableAction.objects.filter(item=item, taken_back=False).select_related("user", "organisation")
        for one in actions:
            yield Piece(MinutesPieceKind.ACTION, item, one.pk, one.compartment_id, action_body(one))


# --- versions ---------------------------------------------------------------------------------------


def newest(meeting: Meeting) -> MinutesVersion | None:
    """The version that was made last, fixed or not."""
    return MinutesVersion.objects.filter(meeting=meeting).order_by("-number").first()


def _open_version(meeting: Meeting, *, now: datetime, by: Actor) -> MinutesVersion:
    """The version that can still be changed: a new one when the last was fixed. Whoever fixed half reads it anew."""
    last = newest(meeting)
    if last is not None and last.fixed_at is None:
        last.chair_at = last.secretary_at = None
        last.save(update_fields=["chair_at", "secretary_at"])
        return last
    number = last.number + 1 if last is not None else 1
    made = MinutesVersion(meeting=meeting, number=number, made_by_id=by.user_id, made_at=now)
    made.save(force_insert=True)
    return made


def _add(version: MinutesVersion, pieces: Iterable[Piece]) -> None:
    MinutesPiece.objects.bulk_create(
        MinutesPiece(
            dossier_id=piece.item.dossier_id,
            compartment_id=piece.compartment_id,
            minutes=version,
            item=piece.item,
            kind=piece.kind,
            original=piece.original,
            body=piece.body,
        )
        for piece in pieces
    )


def make(meeting: Meeting, *, now: datetime, by: Actor) -> MinutesVersion | None:
    """Writes down what is in no minutes yet; part of closing. None when everything is in them, or nothing was said.

    A case that is restricted stays out of them.
    """
    written = MinutesPiece.objects.filter(minutes__meeting=meeting).values("item")
    said = AgendaItem.objects.filter(meeting=meeting, outcome__in=(ItemOutcome.DISCUSSED, ItemOutcome.CARRIED))
    found = said.exclude(pk__in=written).select_related("dossier").order_by("case")
    items = [item for item in found if not is_kept_back(item.dossier_id)]
    if not items:
        return None
    version = _open_version(meeting, now=now, by=by)
    _add(version, _pieces_of(items))
    for item in items:
        record.change("minutes.made", dossier=item.dossier, obj=version, fields=["minutes"], by=by)
    return version


def _held(meeting: Meeting, *, by: Actor) -> Meeting:
    held = hold_meeting(meeting, by=by)
    require(held.status == MeetingStatus.HELD, NOT_CLOSED)
    return held


def newest_piece(meeting: Meeting, original: UUID) -> MinutesPiece | None:
    """What the minutes say of one item or action, as they stand for who directs."""
    rows = MinutesPiece.objects.filter(minutes__meeting=meeting, original=original)
    return rows.select_related("dossier", "item", "minutes").order_by("-minutes__number").first()


def correct(
    item_id: UUID, meeting: Meeting, given: Correction, *, seen: UUID, now: datetime, by: Actor
) -> MinutesVersion:
    """Changes what the minutes say of an item: in the version that is not fixed yet, or in a new one.

    `seen` is the piece that was shown, with its version: a colleague may have been first.
    """
    meeting = _held(meeting, by=by)
    before = newest_piece(meeting, item_id)
    require(before is not None and before.pk == seen, GONE)
    assert before is not None
    check_in_use(before.dossier_id)
    said = {one["text"]: one["consents"] for one in before.body["decisions"]}
    body = before.body | {
        "decisions": [{"text": text, "consents": said.get(text, [])} for text in given.decisions],
        "review_on": given.review_on.isoformat() if given.review_on else "",
        "remark": given.remark,
    }
    require(body != before.body, NOTHING_NEW)
    version = _open_version(meeting, now=now, by=by)
    if before.minutes_id == version.pk:
        before.delete()  # it was never fixed; a new key tells who read it that it is another
    _add(version, [Piece(MinutesPieceKind.ITEM, before.item, item_id, before.compartment_id, body)])
    record.change("minutes.corrected", dossier=before.dossier, obj=version, fields=["minutes"], by=by)
    return version


# --- fixing and handing out ---------------------------------------------------------------------------


def places(meeting: Meeting, directing: Collection[UUID], *, by: Actor) -> list[str]:
    """In whose place somebody may fix the minutes: one's own, and that of who no longer directs the table."""
    if by.user_id not in directing:
        return []
    named = {"chair_at": meeting.chair_id, "secretary_at": meeting.secretary_id}
    return [field for field, person in named.items() if person == by.user_id or person not in directing]


def fixes_as(meeting: Meeting, now: datetime, *, by: Actor) -> list[str]:
    """The same, for one meeting, with who directs its table now."""
    return places(meeting, {seat.user_id for seat in regisseur_seats(meeting.table_id, now)}, by=by)


def fix(meeting: Meeting, number: int, *, now: datetime, by: Actor) -> MinutesVersion:
    """Fixes a version as chair, as secretary, or as both; when both did, everybody gets their own part."""
    held = _held(meeting, by=by)
    version = newest(held)
    require(version is not None, NONE_YET)
    assert version is not None
    require(version.number == number, GONE)
    require(version.fixed_at is None, ALREADY)
    mine = fixes_as(held, now, by=by)
    require(bool(mine), NOT_NAMED)
    for field in mine:
        setattr(version, field, getattr(version, field) or now)
    both = version.chair_at is not None and version.secretary_at is not None
    version.fixed_at = now if both else None
    version.save(update_fields=["chair_at", "secretary_at", "fixed_at"])
    record.change("minutes.fixed", obj=version, fields=mine, by=by)
    if both:
        _hand_out(version, now=now, by=by)
    return version


def _hand_out(version: MinutesVersion, *, now: datetime, by: Actor) -> None:
    """Who sat at an item reads its minutes: as long as taking part in the case, or thirty days.

    No longer than the seat at the table, and not without one.
    """
    seats = seat_ends(Seat.objects.valid_at(now).filter(table=version.meeting.table_id))
    pieces = MinutesPiece.objects.filter(minutes=version, kind=MinutesPieceKind.ITEM)
    for piece in pieces.select_related("item__record__dossier", "item__case"):
        item = piece.item
        if is_kept_back(item.dossier_id):
            continue
        lasting = dict(taking_part(item.case).values_list("user", "until"))
        told = set(ItemSeat.objects.filter(item=item, user__in=seats).values_list("user", flat=True))
        for person in told:
            ends = (lasting[person] if person in lasting else now + FOR_A_WHILE, seats[person])
            because = Because(GROUND, item.minutes_key, min((end for end in ends if end), default=None))
            grants.give([item.record], to=[person], level="view", because=because, by=by)
        record.change("minutes.fixed", dossier=item.record.dossier, obj=version, fields=["fixed_at"], by=by)
        tell(told - {by.user_id}, about=item.dossier_id)
    with connection.cursor() as cursor:  # and of cases that this person may not know of: the database hands these out
        cursor.execute("SELECT casework_hand_out_unseen(%s, %s)", [version.pk, now + FOR_A_WHILE])

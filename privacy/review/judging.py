"""Judging what was found: right, ask first, or wrong; once, by one, never about oneself. The database holds that."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.contrib.auth import get_user_model
from django.db import OperationalError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from privacy import desks, dossiers, grants, jobs, workdays
from privacy.access import require
from privacy.actor import Actor
from privacy.audit import record
from privacy.breaches.opening import BreachStart, open_file
from privacy.calling import value_of
from privacy.errors import NotKnown, Refused
from privacy.exclusions import NOBODY_ELSE
from privacy.models import (
    Breach,
    Compartment,
    CompartmentKind,
    Desk,
    Dossier,
    HitVerdict,
    ReviewHit,
    ReviewText,
)
from privacy.review.hits import Note, notes
from privacy.unlock import unlock

ANSWER_DAYS = 5
SOMETHING_WAITS = "notice.something_waits"  # the mail of partners
GONE = "Dit is intussen beoordeeld, of u kunt het niet beoordelen. Open de pagina opnieuw."
ANSWERED = "Er staat geen vraag meer open."
LAST = (
    "Niemand anders heeft de regie over {0}. Laat de toegang staan, en vraag de beheerder eerst om een tweede "
    "procesregisseur."
)


def _file(hit: ReviewHit, now: datetime, by: Actor) -> Dossier:
    """The file in which is kept what was asked and said about it; opened, or founded now."""
    if hit.file is not None:
        unlock([hit.file.pk], event="review.read", also_seen=[(hit.file.pk, hit.file.reference)], by=by)
        return hit.file
    today = timezone.localdate(now)
    return desks.found(Desk(hit.desk), now=now, today=today, not_to=hit.reader_id, by=by)


def _write(
    hit: ReviewHit, file: Dossier, part: Compartment, kind: ReviewText.Kind, text: str, now: datetime, by: Actor
) -> None:
    ReviewText(
        dossier=file, compartment=part, hit=hit, kind=kind, author_id=by.user_id, text=text, at=now
    ).save(force_insert=True)  # fmt: skip


def _asked_part(hit: ReviewHit, file: Dossier, by: Actor) -> Compartment:
    """The part that the reader has too: made with the first question."""
    there = Compartment.objects.filter(dossier=file, kind=CompartmentKind.ITEM).first()
    if there is not None:
        return there
    require(hit.organisation_id is not None, "Deze persoon hoort bij geen organisatie. Beoordeel zonder vraag.")
    assert hit.organisation_id is not None
    return desks.add_part(file, hit.organisation_id, by=by)


def ask(hit: ReviewHit, question: str, *, manager: UUID | None, now: datetime, by: Actor) -> None:
    """Asks the reader, and a manager of the same organisation to read along; five working days to answer."""
    file = _file(hit, now, by)
    due = workdays.after(timezone.localtime(now), ANSWER_DAYS)
    part = _asked_part(hit, file, by)
    require(bool(value_of("privacy_review_ask", hit.pk, file.pk, due, manager)), GONE)
    because = grants.Because("vraag", f"look:{hit.pk}")
    grants.give([part], to=[hit.reader_id], level="contribute", because=because, by=by)
    if manager is not None:
        grants.give([part], to=[manager], level="view", because=because, by=by)
    _write(hit, file, part, ReviewText.Kind.QUESTION, question, now, by)
    record.change("review.asked", obj=hit, fields=["question"], by=by)
    for person in filter(None, (hit.reader_id, manager)):
        jobs.enqueue(SOMETHING_WAITS, person, once=True)


def answer(hit: ReviewHit, text: str, *, now: datetime, by: Actor) -> None:
    """The reader explains; it comes back to the desk."""
    require(bool(value_of("privacy_review_answer", hit.pk)), ANSWERED)
    assert hit.file is not None
    part = Compartment.objects.filter(dossier=hit.file, kind=CompartmentKind.ITEM).first()
    require(part is not None, ANSWERED)
    assert part is not None
    _write(hit, hit.file, part, ReviewText.Kind.ANSWER, text, now, by)
    record.change("review.answered", obj=hit, fields=["answer"], by=by)


def right(hits: Sequence[ReviewHit], *, now: datetime, by: Actor) -> None:
    """These looks were right; several at once only of the sample."""
    judged = value_of("privacy_review_judge", [hit.pk for hit in hits], HitVerdict.RIGHT, None)
    require(judged == len(hits), GONE)
    for hit in hits:
        record.change("review.judged", obj=hit, fields=["verdict"], by=by)


def wrong(hit: ReviewHit, explanation: str, *, end: bool, breach: bool, now: datetime, by: Actor) -> Breach | None:
    """This look was wrong: why, and on wish the end of that person's access and the file of a breach."""
    file = _file(hit, now, by)
    require(value_of("privacy_review_judge", [hit.pk], HitVerdict.WRONG, file.pk) == 1, GONE)
    part = dossiers.part(file, CompartmentKind.REGIE)
    _write(hit, file, part, ReviewText.Kind.EXPLANATION, explanation, now, by)
    record.change("review.judged", obj=hit, fields=["explanation", "verdict"], by=by)
    if end:
        _end_access(hit, by)
    return _open_breach(hit, explanation, now, by) if breach else None


def _end_access(hit: ReviewHit, by: Actor) -> None:
    """Ends what the reader holds in each of these dossiers; raises Refused when nobody else directs one of them."""
    for dossier_id, reference in zip(hit.dossiers, hit.references, strict=False):
        try:
            with transaction.atomic():
                value_of("privacy_review_end", hit.pk, dossier_id)
        except OperationalError as error:
            if getattr(error.__cause__, "sqlstate", "") == NOBODY_ELSE:
                raise Refused(LAST.format(reference)) from error
            raise
        record.change("review.ended", dossier_id=dossier_id, obj=hit, fields=["grants"], by=by)


def _open_breach(hit: ReviewHit, explanation: str, now: datetime, by: Actor) -> Breach:
    start = BreachStart(
        summary=explanation, discovered_at=now, source="look", source_id=hit.pk, dossiers=tuple(hit.dossiers),
        reader_id=hit.reader_id,
    )  # fmt: skip
    made = open_file(start, now=now, by=by)
    require(bool(value_of("privacy_review_breach", hit.pk, made.pk)), GONE)
    return made


def notes_of(hit: ReviewHit, *, by: Actor) -> list[Note]:
    """What was asked, answered and explained, with the file opened for who reads it."""
    if hit.file is None:
        return []
    desks.take_up(Desk(hit.desk), by=by)
    unlock([hit.file.pk], event="review.read", also_seen=[(hit.file.pk, hit.file.reference)], by=by)
    return notes(hit)


def managers(hit: ReviewHit, *, by: Actor) -> QuerySet[Any]:
    """Who of the reader's own organisation may be asked to read along."""
    people = get_user_model()._default_manager.filter(is_active=True)
    if hit.organisation_id is None:
        return people.none()
    return (
        people.filter(organisation_id=hit.organisation_id).exclude(pk__in=[hit.reader_id, by.user_id]).order_by("name")
    )


def questions(*, by: Actor) -> list[ReviewHit]:
    """What the actor was asked about own looks and did not answer yet; part of a page that logs its own look."""
    return list(ReviewHit.objects.filter(reader_id=by.user_id, verdict=HitVerdict.ASKED).order_by("answer_by"))


def to_read_along(*, by: Actor) -> list[ReviewHit]:
    """Questions about somebody of the own organisation that the actor reads along, as long as they are open."""
    asked = (HitVerdict.ASKED, HitVerdict.ANSWERED)
    return list(ReviewHit.objects.filter(manager_id=by.user_id, verdict__in=asked).order_by("answer_by"))


def question(pk: UUID, *, by: Actor) -> ReviewHit:
    """What was asked about one's own look, or to read along; opened and logged. Raises NotKnown."""
    mine = ReviewHit.objects.filter(pk=pk, asked_at__isnull=False).select_related("file")
    hit = (mine.filter(reader_id=by.user_id) | mine.filter(manager_id=by.user_id)).first()
    if hit is None or hit.file_id is None:
        raise NotKnown
    named = zip(hit.dossiers, hit.references, strict=False)
    unlock([hit.file_id], event="review.explained", also_seen=named, object_pk=str(pk), by=by)
    return hit


def days_left(until: datetime, today: date) -> str:
    """How long there is to answer, in words."""
    days = (timezone.localdate(until) - today).days
    return "te laat" if days < 0 else "vandaag" if days == 0 else "morgen" if days == 1 else f"over {days} dagen"

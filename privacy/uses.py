"""Reading about emergency access: one's own uses, those at the dossiers one directs, and those to be reviewed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from privacy import emergency, grants, workdays
from privacy.access import open_one, visible
from privacy.actor import Actor
from privacy.audit import record
from privacy.models import AuditEntry, EmergencyAccess, EmergencyText, Verdict
from privacy.models.emergency import OPEN
from privacy.queries import Line, lines_of
from privacy.roles import Role

REVIEW_DAYS = 2
MOST = 50


@dataclass(frozen=True, slots=True)
class Use:
    """One use on a line. `term` says in words when the review is due; `over_at` is empty for one's own use that gives
    nothing any more before its time: the dossier was closed, the covenant lapsed, or the person is kept away from it.
    """

    pk: UUID
    about_id: UUID
    reference: str
    person: str
    function: str
    organisation: str
    opened_at: datetime
    over_at: datetime | None
    running: bool
    verdict: str
    label: str
    term: str
    due_at: datetime
    late: bool
    decided: bool
    asked: bool
    mine: bool


@dataclass(frozen=True, slots=True)
class Note:
    """What somebody wrote about a use."""

    label: str
    author: str
    at: datetime
    text: str


def _days(due: datetime, now: datetime) -> str:
    days = (timezone.localtime(due).date() - timezone.localtime(now).date()).days
    if due <= now:
        return "te laat: de termijn is voorbij"
    return "vandaag" if days == 0 else "morgen" if days == 1 else f"over {days} dagen"


def use_of(row: EmergencyAccess, now: datetime, *, by: Actor) -> Use:
    """A row as it is read. `row` has its person with organisation."""
    due = workdays.after(timezone.localtime(row.opened_at), REVIEW_DAYS)
    waits = row.verdict in OPEN
    runs = row.runs_at(now)
    mine = row.person_id == by.user_id
    gives = runs and (not mine or grants.valid(by).filter(given_for=row.key).exists())
    return Use(
        pk=row.pk,
        about_id=row.about_id,
        reference=row.reference,
        person=row.person.name,
        function=row.person.function,
        organisation=row.person.organisation.name,
        opened_at=row.opened_at,
        over_at=row.over_at if gives or not runs else None,
        running=gives,
        verdict=row.verdict,
        label=Verdict(row.verdict).label,
        term=_days(due, now) if waits else "",
        due_at=due,
        late=waits and due <= now,
        decided=not waits,
        asked=row.verdict == Verdict.ASKED,
        mine=mine,
    )


def _rows(by: Actor) -> QuerySet[EmergencyAccess]:
    return visible(EmergencyAccess, by=by).select_related("person__organisation")


def own_uses(now: datetime, *, by: Actor) -> list[Use]:
    """The actor's own uses, newest first."""
    rows = list(_rows(by).filter(person=by.user_id)[:MOST])
    _listed(rows, by)
    return [use_of(row, now, by=by) for row in rows]


def running_of(reference: str, now: datetime, *, by: Actor) -> EmergencyAccess | None:
    """The actor's own use of the dossier with this number that still runs, or that another ended within its hours."""
    own = visible(EmergencyAccess, by=by).filter(person=by.user_id, reference=reference, until__gt=now)
    return own.exclude(ended_by=by.user_id).first()


def _directed(by: Actor) -> QuerySet[EmergencyAccess]:
    directed = grants.valid(by).filter(directs=True).values("content_object")
    return _rows(by).filter(about__in=directed).exclude(person=by.user_id)


def unjudged(now: datetime, *, by: Actor) -> list[Use]:
    """Uses at the dossiers that the actor directs, as long as they wait for review; the caller logs what it shows."""
    return [use_of(row, now, by=by) for row in _directed(by).filter(verdict__in=OPEN)[:MOST]]


def uses_of(dossier_id: UUID, now: datetime, *, by: Actor) -> list[Use]:
    """All uses at one dossier that the actor directs and has opened."""
    return [use_of(row, now, by=by) for row in _directed(by).filter(about=dossier_id)[:MOST]]


def questions(now: datetime, *, by: Actor) -> list[Use]:
    """The actor's own uses about which the privacy officer asked something."""
    rows = _rows(by).filter(person=by.user_id, verdict=Verdict.ASKED)
    return [use_of(row, now, by=by) for row in rows]


def to_review(now: datetime, *, by: Actor) -> list[Use]:
    """What the privacy officer has to judge, the oldest first. Nobody finds one's own here."""
    emergency.take_up_reviews(by=by)
    rows = list(_reviewable(by).filter(verdict__in=OPEN).order_by("opened_at")[:MOST])
    _listed(rows, by)
    return [use_of(row, now, by=by) for row in rows]


def _listed(rows: list[EmergencyAccess], by: Actor) -> None:
    seen = record.Seen(tuple(row.about_id for row in rows), tuple(row.reference for row in rows))
    record.look("emergency.read", seen=seen, by=by)


def _reviewable(by: Actor) -> QuerySet[EmergencyAccess]:
    if Role.PRIVACY_OFFICER not in by.roles:
        return EmergencyAccess.objects.none()
    return _rows(by).exclude(person=by.user_id)


def opened_use(pk: UUID, *, by: Actor) -> EmergencyAccess:
    """One use with its notes unlocked, logged as a look; raises NotKnown."""
    if Role.PRIVACY_OFFICER in by.roles:
        emergency.take_up_reviews(by=by)
    return open_one(EmergencyAccess, pk, event="emergency.read", by=by)


def notes_of(use: EmergencyAccess, *, by: Actor) -> list[Note]:
    """What was written about it, as far as the reader holds the keys: the person does not read the verdict's reason."""
    rows = visible(EmergencyText, by=by).filter(use=use).select_related("author")
    return [Note(EmergencyText.Kind(row.kind).label, row.author.name, row.at, row.text) for row in rows]


@dataclass(frozen=True, slots=True)
class Look:
    """A line of the log with the names of the parts that were opened."""

    line: Line
    parts: tuple[str, ...]


def looks_of(use: EmergencyAccess, *, by: Actor) -> list[Look]:
    """Every look made with this access, the first first; looking at them is logged before."""
    record.look("log.read", seen=record.Seen((use.about_id,), (use.reference,)), by=by)
    entries = AuditEntry.objects.filter(
        dossiers__contains=[use.about_id],
        actor_id=use.person_id,
        break_glass=True,
        timestamp__gte=use.opened_at,
        timestamp__lt=use.until,
    ).order_by("timestamp")[:500]
    rows = list(entries)
    pairs = zip(lines_of(rows), rows, strict=True)
    return [Look(line, tuple(emergency.parts_of(use.about_id, entry.compartments))) for line, entry in pairs]

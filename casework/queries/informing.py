"""Who was told and who was not: of one case, for the work list, and in numbers for the privacy officer."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from casework.informing_terms import NEARLY, How, Waits, due_on, last_day, stands, words
from casework.models import Case, CaseSubject, Participation, Postponement, PostponeReason, SubjectKind, SubjectTold
from casework.queries.cases import CaseHead
from partners.models import Organisation
from partners.profiling import profile_version, profiles
from privacy.access import opened, visible
from privacy.actor import Actor
from privacy.audit import record

MOST = 200  # cases that the register shows


@dataclass(frozen=True, slots=True)
class Person:
    """One person of a case, and how it stands with telling."""

    pk: UUID
    name: str
    how: How
    words: str
    due_on: date
    told: SubjectTold | None
    reasons: tuple[Postponement, ...]

    @property
    def state(self) -> str:
        """As `components/due.html` draws it."""
        late = {How.LATE: "te_laat", How.RECHECK: "bijna", How.NEARLY: "bijna"}
        return late.get(self.how, "ruim")


def people_of(head: CaseHead, today: date) -> list[Person]:
    """Every person the case is about. The case was opened by who directs it."""
    subjects = opened(CaseSubject).filter(case=head.case, kind=SubjectKind.PERSON)
    told = {row.subject_id: row for row in opened(SubjectTold).filter(case=head.case)}
    postponed: dict[UUID, list[Postponement]] = defaultdict(list)
    for row in opened(Postponement).filter(case=head.case).select_related("organisation"):
        postponed[row.subject_id].append(row)
    return [_person(head.case, one, told.get(one.pk), postponed[one.pk], today) for one in subjects]


def _person(
    case: Case, subject: CaseSubject, told: SubjectTold | None, rows: Sequence[Postponement], today: date
) -> Person:
    one = Waits(
        due_on=_due(case, subject.added_at),
        rechecks=[row.recheck_on for row in rows if row.ended_on is None],
        resumed_on=max((row.ended_on for row in rows if row.ended_on), default=None),
        told_on=told.told_on if told else None,
    )
    counting = tuple(row for row in rows if row.ended_on is None)
    return Person(subject.pk, subject.name, stands(one, today), words(one, today), one.due_on, told, counting)


def _due(case: Case, added_at: datetime) -> date:
    days = profile_version(case.profile, case.profile_version).notice_days
    return due_on(case.first_processed_on, timezone.localdate(case.opened_at), timezone.localdate(added_at), days)


def may_claim(case: Case, *, by: Actor) -> list[Organisation]:
    """The organisations whose reason may count: those who take part, and the one that directs."""
    taking_part = visible(Participation, by=by).filter(case=case, ended_at__isnull=True)
    wanted = Q(pk__in=taking_part.values("organisation_id")) | Q(pk=by.organisation_id)
    return list(Organisation.objects.filter(wanted).order_by("name"))


def to_tell(directed: QuerySet[Case], today: date, *, most: int, by: Actor) -> list[Case]:
    """Cases in which somebody must be told soon, or a reason looked at again; the longest waiting first.

    Nothing is unlocked for it: a work list needs no names.
    """
    limit = today + NEARLY - timedelta(days=min(profile.notice_days for profile in profiles().versions))
    told = SubjectTold.objects.filter(subject=OuterRef("pk"))
    waits = Postponement.objects.filter(subject=OuterRef("pk"), ended_on=None)
    people = visible(CaseSubject, by=by).filter(kind=SubjectKind.PERSON, case__in=directed).filter(~Exists(told))
    added = Q(added_at__date__lte=limit) | Q(added_at__date__lte=F("case__opened_at__date"))
    soon = people.filter(added, ~Exists(waits), case__first_processed_on__lte=limit)
    again = people.filter(Exists(waits.filter(recheck_on__lte=today)))
    rows = directed.filter(Q(pk__in=soon.values("case_id")) | Q(pk__in=again.values("case_id")))
    return list(rows.select_related("dossier").order_by("first_processed_on")[:most])


@dataclass(slots=True)
class Line:
    """One case in the register of informing: a number and counts, no names."""

    reference: str
    dossier_id: UUID
    open: bool
    counts: Counter[How] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    next_on: date | None = None
    told_late: int = 0

    @property
    def persons(self) -> int:
        """How many persons the case is about."""
        return self.counts.total()

    def number(self, *hows: How) -> int:
        return sum(self.counts[how] for how in hows)

    @property
    def told(self) -> int:
        return self.number(How.TOLD)

    @property
    def postponed(self) -> int:
        return self.number(How.POSTPONED, How.RECHECK)

    @property
    def late(self) -> int:
        return self.number(How.LATE)

    @property
    def to_do(self) -> int:
        return self.number(How.TO_DO, How.NEARLY)

    @property
    def why(self) -> list[tuple[str, int]]:
        """The grounds with their articles, and how often each counts."""
        return [(PostponeReason(code).label, times) for code, times in sorted(self.reasons.items())]


@dataclass(frozen=True, slots=True)
class Register:
    """All cases that the officer may know of."""

    lines: Sequence[Line]
    more: int
    total: Line


def register(today: date, *, by: Actor) -> Register:
    """The register for the privacy officer: counts, terms and codes. What is shown is logged first."""
    lines, total = _counted(today)
    ordered = sorted(lines.values(), key=lambda one: (not one.late, not one.number(How.RECHECK), one.reference))
    shown = ordered[:MOST]
    seen = record.Seen(tuple(one.dossier_id for one in shown), tuple(one.reference for one in shown))
    record.look("informing.counted", seen=seen, by=by)
    return Register(shown, len(ordered) - len(shown), total)


def counts(today: date) -> Line:
    """How all persons together stand; part of a page that logs its own look."""
    return _counted(today)[1]


def _counted(today: date) -> tuple[dict[UUID, Line], Line]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM casework_informing_register()")
        rows = cursor.fetchall()
    lines: dict[UUID, Line] = {}
    total = Line("", UUID(int=0), True)
    for row in rows:
        _count(row, today, lines, total)
    return lines, total


def _count(row: Sequence[Any], today: date, lines: dict[UUID, Line], total: Line) -> None:
    dossier_id, reference, open_yet, profile, version, first, opened_at, added_at, told_on, *waits = row
    rechecks, reasons, resumed = waits
    days = profile_version(profile, version).notice_days
    due = due_on(first, timezone.localdate(opened_at), timezone.localdate(added_at), days)
    one = Waits(due, rechecks or (), resumed, told_on)
    line, how = lines.setdefault(dossier_id, Line(reference, dossier_id, open_yet)), stands(one, today)
    for each in (line, total):
        each.counts[how] += 1
        each.reasons.update(reasons or ())
        each.told_late += one.told_on is not None and one.told_on > due and not one.resumed_on
    ends = [] if one.told_on else [min(one.rechecks) if one.rechecks else last_day(one)]
    line.next_on = min(filter(None, [line.next_on, *ends]), default=None)

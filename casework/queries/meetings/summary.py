"""What the table must know of a case before it talks: situation, plan, rung, actions, and what partners brought."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone

from casework.models import (
    ACTION_RUNS,
    GOAL_RUNS,
    Action,
    AgendaItem,
    BroughtFor,
    CaseFace,
    CaseSubject,
    Goal,
    HouseholdCase,
    ItemOutcome,
    ItemQuestion,
    RefusalReason,
    TableAction,
    Why,
)
from casework.tabled import Known, known_of
from privacy.access import opened, visible
from privacy.actor import Actor
from privacy.unlock import unlock


@dataclass(frozen=True, slots=True)
class Subject:
    """Somebody whom the case is about. Birth date and address are not for the wall."""

    pk: UUID
    name: str
    kind: str
    birth_date: date | None
    address: str


@dataclass(frozen=True, slots=True)
class Brought:
    """What a partner brought for this item."""

    organisation: str
    author: str
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Question:
    """What an organisation was asked beforehand. `reason` is filled for the chair alone: nobody else has that key."""

    organisation: str
    text: str
    reply: str
    reply_label: str
    late: bool
    reason: str
    brought: tuple[Brought, ...]


@dataclass(frozen=True, slots=True)
class Doing:
    """An action that runs, of the plan or of an earlier meeting."""

    text: str
    owner: str
    organisation: str
    due_on: date
    late: bool
    agreed_on: datetime | None


@dataclass(frozen=True, slots=True)
class GoalLine:
    """A goal of the household's plan with what is still to be done for it."""

    title: str
    actions: tuple[Doing, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """A case as the table needs it."""

    case: UUID
    name: str
    reference: str
    theme: str
    text: str
    why: str
    goal: str
    subjects: tuple[Subject, ...]
    known: tuple[Known, ...]
    earlier: tuple[datetime, ...]
    households: tuple[UUID, ...]
    goals: tuple[GoalLine, ...]
    actions: tuple[Doing, ...]
    questions: tuple[Question, ...]


def summary_of(item: AgendaItem, *, by: Actor) -> Summary:
    """The case of an item that was opened."""
    today = timezone.localdate()
    face = opened(CaseFace).filter(case=item.case_id).first()
    households, goals = _plan(item, today, by)
    return Summary(
        case=item.case_id,
        name=face.short_name if face else "",
        reference=item.dossier.reference,
        theme=item.case.theme,
        text=(face.summary or "") if face else "",
        why=Why(item.why).label,
        goal=item.goal or "",
        subjects=_subjects(item),
        known=tuple(known_of(item.case, by=by)),
        earlier=_earlier(item, by),
        households=households,
        goals=goals,
        actions=_agreed_before(item, today),
        questions=_questions(item),
    )


def _subjects(item: AgendaItem) -> tuple[Subject, ...]:
    rows = opened(CaseSubject).filter(case=item.case_id)
    return tuple(Subject(row.pk, row.name, row.get_kind_display(), row.birth_date, row.address or "") for row in rows)


def _earlier(item: AgendaItem, by: Actor) -> tuple[datetime, ...]:
    """When this case was on the table before: it comes back."""
    before = visible(AgendaItem, by=by).filter(case=item.case_id, closed_at__isnull=False).exclude(pk=item.pk)
    kept = before.filter(outcome__in=[ItemOutcome.DISCUSSED, ItemOutcome.CARRIED])
    return tuple(kept.order_by("-meeting__starts_at").values_list("meeting__starts_at", flat=True))


def _plan(item: AgendaItem, today: date, by: Actor) -> tuple[tuple[UUID, ...], tuple[GoalLine, ...]]:
    """The running goals of the households that the case is about, with their open actions."""
    links = visible(HouseholdCase, by=by).filter(case_dossier=item.dossier_id, until__isnull=True)
    found = list(links.select_related("household__dossier"))
    if not found:
        return (), ()
    seen = [(link.household.dossier_id, link.household.dossier.reference) for link in found]
    unlock([pk for pk, _ in seen], also_seen=seen, by=by)
    households = tuple(link.household_id for link in found)
    doing: dict[UUID | None, list[Doing]] = {}
    running = opened(Action).filter(household__in=households, status__in=ACTION_RUNS)
    for row in running.select_related("user", "organisation").order_by("due_on", "id"):
        doing.setdefault(row.goal_id, []).append(_doing(row, today))
    goals = opened(Goal).filter(household__in=households, status__in=GOAL_RUNS)
    lines = [GoalLine(goal.title, tuple(doing.get(goal.pk, ()))) for goal in goals]
    return households, (*lines, *([GoalLine("", tuple(doing[None]))] if None in doing else []))


def _doing(row: Action | TableAction, today: date, agreed_on: datetime | None = None) -> Doing:
    return Doing(row.text, row.user.name, row.organisation.name, row.due_on, row.due_on < today, agreed_on)


def _agreed_before(item: AgendaItem, today: date) -> tuple[Doing, ...]:
    rows = opened(TableAction).filter(case=item.case_id, status__in=ACTION_RUNS).exclude(item=item)
    found = rows.select_related("user", "organisation", "item__meeting").order_by("due_on", "id")
    return tuple(_doing(row, today, row.item.meeting.starts_at) for row in found)


def _questions(item: AgendaItem) -> tuple[Question, ...]:
    rows = list(opened(ItemQuestion).filter(item=item).select_related("organisation"))
    reasons = {row.question_id: row.text for row in opened(RefusalReason).filter(question__item=item)}
    brought: dict[UUID, list[Brought]] = {}
    links = opened(BroughtFor).filter(question__item=item)
    for link in links.select_related("contribution__organisation", "contribution__author"):
        row = link.contribution
        if row.withdrawn_at is None and row.corrected_at is None:
            line = Brought(row.organisation.name, row.author.name, row.get_kind_display(), row.text)
            brought.setdefault(link.question_id, []).append(line)
    now = timezone.now()
    return tuple(
        Question(
            organisation=row.organisation.name,
            text=row.text,
            reply=row.reply,
            reply_label=row.get_reply_display(),
            late=not row.reply and row.is_late(now),
            reason=reasons.get(row.pk, ""),
            brought=tuple(brought.get(row.pk, ())),
        )
        for row in rows
    )

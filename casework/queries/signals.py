"""What a reporter sees of signals."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from casework import states
from casework.models import (
    Signal,
    SignalAnswers,
    SignalDraft,
    SignalItem,
    SignalMessage,
    SignalNumber,
    SignalPlace,
    SignalSource,
    SignalStatus,
    SignalSubject,
    Statement,
)
from casework.queries.attachments import with_files
from casework.queries.restriction import kept_back
from casework.theme_files import Theme
from casework.theming import active_theme, theme_version, themes
from partners.profiling import profile_of
from privacy import grants
from privacy.access import open_one, visible
from privacy.actor import Actor
from privacy.models import CompartmentKind, DossierKind
from privacy.unlock import emergency_until, unlock

PAGE = 25


@dataclass(frozen=True, slots=True)
class OwnSignal:
    """A line in the list of one's own signals."""

    pk: UUID
    reference: str
    theme: Theme
    status: str
    status_label: str
    place: str
    submitted_at: datetime
    waits_for_me: bool
    restricted: bool


@dataclass(frozen=True, slots=True)
class OwnDraft:
    """A line in the list of one's own drafts; nothing of its content."""

    pk: UUID
    theme: Theme
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class SignalView:
    """A signal as far as this reader holds its keys."""

    pk: UUID
    reference: str
    theme: Theme
    table: str
    source: str
    status: str
    status_label: str
    severity: str
    severity_label: str
    neighbourhood: str
    observed_on: date | None
    submitted_at: datetime
    mine: bool
    can_answer: bool
    outcome: str
    place: SignalPlace | None
    subjects: tuple[Mapping[str, Any], ...]
    items: tuple[SignalItem, ...]
    said: tuple[Statement, ...]
    answers: tuple[tuple[str, Any], ...]
    messages: tuple[SignalMessage, ...]
    reporter: SignalSource | None
    emergency_until: datetime | None
    restricted: bool


def address_line(place: SignalPlace | None) -> str:
    """A place on one line; empty without its key."""
    if place is None:
        return ""
    street = f"{place.street or ''} {place.number or ''}".strip()
    city = f"{place.postcode or ''} {place.city or ''}".strip()
    return ", ".join(part for part in (street, city, place.description or "") if part)


def reported(by: Actor) -> Any:
    """Covers of the actor's own signals, newest first, from the actor's own grants."""
    return (
        grants.valid(by)
        .filter(kind=DossierKind.SIGNAL, part=CompartmentKind.COVER, given_for__startswith="report:")
        .order_by("-sort_at")
    )


def own_signals(*, before: datetime | None = None, size: int = PAGE, event: str = "list", by: Actor) -> list[OwnSignal]:
    """The actor's own signals with their state, newest first; the list is logged before it is shown."""
    covers = reported(by)
    if before is not None:
        covers = covers.filter(sort_at__lt=before)
    ids = list(covers.values_list("content_object_id", flat=True)[:size])
    signals = list(visible(Signal, by=by).filter(dossier__in=ids).select_related("dossier", "place"))
    seen = [(signal.dossier_id, signal.dossier.reference) for signal in signals]
    unlock(ids, event=event, parts=[CompartmentKind.TABLE], also_seen=seen, by=by)
    kept = kept_back(signals)
    return [
        OwnSignal(
            pk=signal.pk,
            reference=signal.dossier.reference,
            theme=active_theme(signal.theme),
            status=signal.status,
            status_label=states.REPORTER_SEES[SignalStatus(signal.status)],
            place=address_line(getattr(signal, "place", None)),
            submitted_at=signal.submitted_at,
            waits_for_me=signal.status == SignalStatus.ASKED,
            restricted=signal.dossier_id in kept,
        )
        for signal in sorted(signals, key=lambda signal: signal.submitted_at, reverse=True)
    ]


def own_drafts(*, by: Actor) -> list[OwnDraft]:
    """The actor's drafts, newest first; nothing is opened."""
    return [OwnDraft(d.pk, active_theme(d.theme), d.changed_at) for d in visible(SignalDraft, by=by)]


def _per_signal(rows: QuerySet[Any], signals: Iterable[Signal]) -> dict[UUID, list[Any]]:
    found: dict[UUID, list[Any]] = {}
    for row in rows.filter(signal__in=[signal.pk for signal in signals]):
        found.setdefault(row.signal_id, []).append(row)
    return found


def _subjects(subjects: Iterable[SignalSubject], numbers: Iterable[SignalNumber]) -> tuple[Mapping[str, Any], ...]:
    bsn = {number.subject_id: number.bsn for number in numbers}
    return tuple(
        {
            "kind": subject.get_kind_display(),
            "name": subject.name,
            "birth_date": subject.birth_date,
            "bsn": bsn.get(subject.pk, ""),
        }
        for subject in subjects
    )


def _answers(rows: Iterable[SignalAnswers], theme: Theme) -> tuple[tuple[str, Any], ...]:
    # A forwarded signal holds answers to the questions of the theme it was handed in for.
    every = (question for version in themes().versions for question in version.questions)
    labels = {question.key: question.label for question in (*every, *theme.questions)}
    return tuple(
        (labels.get(key, key), ", ".join(value) if isinstance(value, list) else value)
        for row in rows
        for key, value in row.body.items()
    )


def signal_view(pk: UUID, *, by: Actor) -> SignalView:
    """One signal, opened and logged; raises NotKnown. What the reader has no key to is simply not there."""
    signal = open_one(Signal, pk, by=by)
    return describe(signal, by=by)


def describe(signal: Signal, *, by: Actor) -> SignalView:
    """A signal that was opened already, as far as the keys go."""
    return describe_all([signal], by=by)[0]


def describe_all(signals: Sequence[Signal], *, by: Actor) -> list[SignalView]:
    """Signals that were opened already, as far as the keys go: as many queries for twelve as for one."""
    models = (SignalPlace, SignalSubject, SignalNumber, SignalAnswers, SignalMessage, SignalSource)
    parts: dict[type, dict[UUID, list[Any]]] = {model: _per_signal(visible(model, by=by), signals) for model in models}
    parts[SignalItem] = _per_signal(with_files(visible(SignalItem, by=by), by=by), signals)
    parts[Statement] = _said(signals, by)
    if not all(profile_of(signal.table).may_see_bsn(by.organisation_kind) for signal in signals):
        parts[SignalNumber] = {}  # the key is not the basis: WGS 2.29, UAVG 46
    kept = kept_back(signals)
    reports = grants.valid(by).filter(given_for__in=[f"report:{signal.pk}" for signal in signals])
    mine = set(reports.values_list("given_for", flat=True))
    return [
        _view(
            signal,
            {model: rows.get(signal.pk, []) for model, rows in parts.items()},
            f"report:{signal.pk}" in mine,
            signal.dossier_id in kept,
        )
        for signal in signals
    ]


def _said(signals: Sequence[Signal], by: Actor) -> dict[UUID, list[Any]]:
    """What persons say of items of these signals, by signal."""
    signal_of = {signal.dossier_id: signal.pk for signal in signals}
    found: dict[UUID, list[Any]] = {}
    for statement in visible(Statement, by=by).filter(dossier__in=signal_of, text__isnull=False):
        found.setdefault(signal_of[statement.dossier_id], []).append(statement)
    return found


def _view(signal: Signal, parts: Mapping[type, list[Any]], mine: bool, kept: bool) -> SignalView:
    theme = theme_version(signal.theme, signal.theme_version)
    return SignalView(
        pk=signal.pk,
        reference=signal.dossier.reference,
        theme=theme,
        table=signal.table.name,
        source=signal.source.name,
        status=signal.status,
        status_label=states.REPORTER_SEES[SignalStatus(signal.status)],
        severity=signal.severity,
        severity_label=signal.get_severity_display(),
        neighbourhood=signal.neighbourhood,
        observed_on=signal.observed_on,
        submitted_at=signal.submitted_at,
        mine=mine,
        can_answer=mine and not states.why_not_answer(signal),
        outcome=theme.label_of(theme.reject_reasons, signal.outcome_code) if signal.outcome_code else "",
        place=next(iter(parts[SignalPlace]), None),
        subjects=_subjects(parts[SignalSubject], parts[SignalNumber]),
        items=tuple(parts[SignalItem]),
        said=tuple(parts[Statement]),
        answers=_answers(parts[SignalAnswers], theme),
        messages=tuple(parts[SignalMessage]),
        reporter=next(iter(parts[SignalSource]), None),
        emergency_until=emergency_until(signal.dossier_id),
        restricted=kept,
    )

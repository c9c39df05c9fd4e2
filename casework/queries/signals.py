"""What a reporter sees of signals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

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
)
from casework.theme_files import Theme
from casework.theming import active_theme, theme_version
from privacy import grants
from privacy.access import open_one, visible
from privacy.actor import Actor
from privacy.models import CompartmentKind, DossierKind
from privacy.unlock import unlock

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
    answers: tuple[tuple[str, Any], ...]
    messages: tuple[SignalMessage, ...]
    reporter: SignalSource | None


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
        )
        for signal in sorted(signals, key=lambda signal: signal.submitted_at, reverse=True)
    ]


def own_drafts(*, by: Actor) -> list[OwnDraft]:
    """The actor's drafts, newest first; nothing is opened."""
    return [OwnDraft(d.pk, active_theme(d.theme), d.changed_at) for d in visible(SignalDraft, by=by)]


def _subjects(signal: Signal, by: Actor) -> tuple[Mapping[str, Any], ...]:
    numbers = {n.subject_id: n.bsn for n in visible(SignalNumber, by=by).filter(signal=signal)}
    return tuple(
        {
            "kind": subject.get_kind_display(),
            "name": subject.name,
            "birth_date": subject.birth_date,
            "bsn": numbers.get(subject.pk, ""),
        }
        for subject in visible(SignalSubject, by=by).filter(signal=signal)
    )


def _answers(signal: Signal, theme: Theme, by: Actor) -> tuple[tuple[str, Any], ...]:
    row = visible(SignalAnswers, by=by).filter(signal=signal).first()
    labels = {question.key: question.label for question in theme.questions}
    if row is None:
        return ()
    return tuple(
        (labels.get(key, key), ", ".join(value) if isinstance(value, list) else value)
        for key, value in row.body.items()
    )


def signal_view(pk: UUID, *, by: Actor) -> SignalView:
    """One signal, opened and logged; raises NotKnown. What the reader has no key to is simply not there."""
    signal = open_one(Signal, pk, by=by)
    return describe(signal, by=by)


def describe(signal: Signal, *, by: Actor) -> SignalView:
    """A signal that was opened already, as far as the keys go."""
    theme = theme_version(signal.theme, signal.theme_version)
    source = visible(SignalSource, by=by).filter(signal=signal).first()
    mine = grants.valid(by).filter(given_for=f"report:{signal.pk}").exists()
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
        place=visible(SignalPlace, by=by).filter(signal=signal).first(),
        subjects=_subjects(signal, by),
        items=tuple(visible(SignalItem, by=by).filter(signal=signal)),
        answers=_answers(signal, theme, by),
        messages=tuple(visible(SignalMessage, by=by).filter(signal=signal)),
        reporter=source,
    )

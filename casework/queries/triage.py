"""What a procesregisseur sees when judging signals."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import BooleanField, Count, ExpressionWrapper, Q, QuerySet

from casework import likeness
from casework.models import (
    Case,
    CaseFace,
    CaseSignal,
    CaseStatus,
    Severity,
    Signal,
    SignalPlace,
    SignalStatus,
    SignalTrace,
)
from casework.queries.cases import newest_cases
from casework.queries.signals import SignalView, address_line, describe
from casework.theming import active_theme
from partners.models import CaseTable
from partners.profile_files import Profile
from partners.profiling import profile_of
from privacy.access import open_one, opened, visible
from privacy.actor import Actor
from privacy.models import CompartmentKind
from privacy.roles import Role
from privacy.unlock import unlock

WEIGHT = {Severity.ACUTE: 0, Severity.HIGH: 1, Severity.MEDIUM: 2, Severity.LOW: 3}
PAGE = 50
UNDECIDED = (SignalStatus.NEW, SignalStatus.ASKED)


@dataclass(frozen=True, slots=True)
class QueueRow:
    """A signal in the queue."""

    pk: UUID
    reference: str
    theme: str
    theme_name: str
    table: str
    source: str
    severity: str
    severity_label: str
    status: str
    status_label: str
    place: str
    neighbourhood: str
    submitted_at: datetime
    alike: int


@dataclass(frozen=True, slots=True)
class Queue:
    """Signals that wait, most urgent first. `more` says that not all are shown."""

    rows: tuple[QueueRow, ...]
    more: bool


@dataclass(frozen=True, slots=True)
class Alike:
    """A signal that looks like the one being judged, and the case it is in already, if any."""

    pk: UUID
    reference: str
    source: str
    place: str
    submitted_at: datetime
    reasons: tuple[str, ...]
    can_bundle: bool
    case: CaseChoice | None


@dataclass(frozen=True, slots=True)
class CaseChoice:
    """An open case of the same table."""

    pk: UUID
    reference: str
    name: str


@dataclass(frozen=True, slots=True)
class Judging:
    """Everything on the page where a signal is judged."""

    signal: Signal
    view: SignalView
    alike: tuple[Alike, ...]
    cases: tuple[CaseChoice, ...]
    tables: tuple[CaseTable, ...]
    profile: Profile


def _alike_counts(signals: Iterable[Signal], by: Actor) -> dict[UUID, int]:
    """How many other signals share a digest with each of these, in one query."""
    mine = list(
        visible(SignalTrace, by=by).filter(signal__in=[signal.pk for signal in signals]).values_list("signal", "digest")
    )
    pairs = (
        visible(SignalTrace, by=by)
        .filter(digest__in={bytes(digest) for _, digest in mine})
        .values("digest")
        .annotate(signals=Count("signal", distinct=True))
        .filter(signals__gt=1)
    )
    shared = {bytes(row["digest"]): row["signals"] - 1 for row in pairs}
    counts: dict[UUID, int] = {}
    for signal, digest in mine:
        counts[signal] = max(counts.get(signal, 0), shared.get(bytes(digest), 0))
    return counts


def waiting(tables: Iterable[UUID], statuses: Iterable[str] = UNDECIDED, *, by: Actor) -> QuerySet[Signal]:
    """Signals at these tables that wait for a judgement: acute first, then the oldest."""
    # The database sorts: an acute signal stands on top however many older ones wait.
    acute = ExpressionWrapper(Q(severity=Severity.ACUTE), output_field=BooleanField())
    found = visible(Signal, by=by).filter(table__in=tables, status__in=list(statuses))
    return found.select_related("dossier", "source", "table").order_by(acute.desc(), "submitted_at", "pk")


def queue(*, table_id: UUID | None = None, status: str = "", by: Actor) -> Queue:
    """Signals at the actor's tables that wait for a judgement: acute first, then the oldest."""
    mine = by.tables_as(Role.PROCESREGISSEUR)
    tables = mine if table_id is None else mine & {table_id}
    found = list(waiting(tables, [status] if status else UNDECIDED, by=by)[: PAGE + 1])
    shown = found[:PAGE]
    seen = [(signal.dossier_id, signal.dossier.reference) for signal in shown]
    unlock([pk for pk, _ in seen], event="list", parts=[CompartmentKind.TABLE], also_seen=seen, by=by)
    places = {place.signal_id: place for place in opened(SignalPlace).filter(signal__in=shown)}
    counts = _alike_counts(shown, by)
    return Queue(tuple(_row(signal, places.get(signal.pk), counts) for signal in shown), len(found) > PAGE)


def _row(signal: Signal, place: SignalPlace | None, counts: dict[UUID, int]) -> QueueRow:
    return QueueRow(
        pk=signal.pk,
        reference=signal.dossier.reference,
        theme=signal.theme,
        theme_name=active_theme(signal.theme).name,
        table=signal.table.name,
        source=signal.source.name,
        severity=signal.severity,
        severity_label=signal.get_severity_display(),
        status="vraag" if signal.status == SignalStatus.ASKED else "nieuw",
        status_label=signal.get_status_display(),
        place=address_line(place),
        neighbourhood=signal.neighbourhood,
        submitted_at=signal.submitted_at,
        alike=counts.get(signal.pk, 0),
    )


def _choices(cases: Iterable[Case], by: Actor) -> dict[UUID, CaseChoice]:
    """Open cases with their short names; unlocked and logged as a list."""
    rows = list(cases)
    seen = [(case.dossier_id, case.dossier.reference) for case in rows]
    unlock([pk for pk, _ in seen], event="list", parts=[CompartmentKind.TABLE], also_seen=seen, by=by)
    names = {face.case_id: face.short_name for face in opened(CaseFace).filter(case__in=rows)}
    return {case.pk: CaseChoice(case.pk, case.dossier.reference, names.get(case.pk, "")) for case in rows}


def _alike(signal: Signal, by: Actor) -> tuple[Alike, ...]:
    hits = likeness.alike(signal, by=by)[:20]
    dossiers = [hit.signal.dossier_id for hit in hits]
    unlock(dossiers, event="list", parts=[CompartmentKind.TABLE], by=by)
    places = {p.signal_id: p for p in visible(SignalPlace, by=by).filter(signal__in=[hit.signal for hit in hits])}
    links = visible(CaseSignal, by=by).filter(signal_dossier__in=dossiers, case__status=CaseStatus.OPEN)
    case_of = dict(links.values_list("signal_dossier", "case"))
    cases = _choices(visible(Case, by=by).filter(pk__in=set(case_of.values())).select_related("dossier"), by)
    return tuple(
        Alike(
            pk=hit.signal.pk,
            reference=hit.signal.dossier.reference,
            source=hit.signal.source.name,
            place=address_line(places.get(hit.signal.pk)),
            submitted_at=hit.signal.submitted_at,
            reasons=hit.reasons,
            can_bundle=hit.signal.status in UNDECIDED,
            case=cases.get(case_of[hit.signal.dossier_id]) if hit.signal.dossier_id in case_of else None,
        )
        for hit in hits
    )


def judging(pk: UUID, *, by: Actor) -> Judging:
    """One signal with what looks like it and where it could go; opened and logged. Raises NotKnown."""
    signal = open_one(Signal, pk, by=by)
    open_here = newest_cases(100, table_id=signal.table_id, status=CaseStatus.OPEN, by=by)
    cases = _choices(open_here.select_related("dossier"), by)
    tables = tuple(CaseTable.objects.filter(active=True).exclude(pk=signal.table_id))
    return Judging(
        signal, describe(signal, by=by), _alike(signal, by), tuple(cases.values()), tables, profile_of(signal.table)
    )

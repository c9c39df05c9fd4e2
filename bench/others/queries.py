"""The same pages as an ordinary project would ask for them: plain text, no log."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, Count, ExpressionWrapper, Prefetch, Q, QuerySet

from bench.others.models import (
    CaseBase,
    PlainCase,
    PlainContribution,
    PlainDisclosure,
    PlainParticipation,
    PlainSignal,
    PlainTrace,
    WalledContribution,
    WalledFace,
    WalledFile,
    WalledPlace,
)
from casework.models import Case, Disclosure, Participation, RegieAssignment, Severity
from casework.queries import cases
from casework.queries.case_content import _contribution, _names_in_terms
from casework.queries.triage import _alike_counts, waiting
from casework.theming import active_theme
from privacy.access import beside, newest, visible
from privacy.actor import Actor
from privacy.models import DossierKind

UNDECIDED = ("new", "asked")


def _now_directs(model: type[CaseBase]) -> Prefetch:
    """Who directs now, read in one query with the names."""
    regie = model._meta.get_field("regie").related_model
    return Prefetch("regie", regie.objects.filter(until__isnull=True).select_related("user"))


def first_page(rows: QuerySet[Any]) -> list[dict[str, Any]]:
    """The newest 25 with everything the list shows."""
    found = rows.select_related("table").prefetch_related(_now_directs(rows.model)).order_by("-opened_at")[: cases.PAGE]
    return [_row(case) for case in found]


def _row(case: Any) -> dict[str, Any]:
    regie = {row.kind: row.user.name for row in case.regie.all()}
    return {
        "pk": case.pk, "reference": case.reference, "name": case.short_name, "theme": case.theme,
        "theme_name": active_theme(case.theme).name, "table": case.table.name, "open": case.status == "open",
        "outcome": case.outcome_code, "opened_at": case.opened_at, "retain_until": case.retain_until,
        "process": regie.get("process", ""), "case_regie": regie.get("case", ""),
    }  # fmt: skip


def walled_page(status: str = "", table_id: UUID | None = None, *, by: Actor) -> list[tuple[Any, ...]]:
    """Our own list with our own grants and policies, but the names are plain and nobody writes down who looked."""
    covers = newest(DossierKind.CASE, size=cases.PAGE, by=by, **_wish(status, table_id))
    found = list(Case.objects.filter(compartment_id__in=covers).select_related("dossier", "table"))
    names = {
        face.case_id: face.short_name
        for face in visible(WalledFace, by=by).filter(case_id__in=[case.pk for case in found])
    }
    regie = beside(RegieAssignment, found).filter(case__in=found, until__isnull=True)
    who = dict(regie.values_list("case", "user__name"))
    return [(case.dossier.reference, names.get(case.pk), who.get(case.pk), case.table.name) for case in found]


def _wish(status: str, table_id: UUID | None) -> dict[str, Any]:
    return {"shielded": {"": None, "open": False, "closed": True}[status], "table_id": table_id}


def case_page(rows: QuerySet[PlainCase], pk: UUID) -> list[tuple[Any, ...]]:
    """One case with its contributions, who takes part and who got what."""
    case = rows.select_related("table").prefetch_related(_now_directs(rows.model)).get(pk=pk)
    _row(case)
    people = PlainParticipation.objects.filter(case=case).select_related("user", "organisation")
    there = {person.organisation.name for person in people}
    brought = PlainContribution.objects.filter(case=case).select_related("organisation", "author")
    found = list(brought.prefetch_related("attachments").order_by("-at"))
    got: dict[int, list[str]] = {}
    for given in PlainDisclosure.objects.filter(contribution__in=found).select_related("organisation"):
        got.setdefault(given.contribution_id, []).append(given.organisation.name)
    return [
        (
            c.organisation.name,
            c.author.name,
            c.text,
            c.origin,
            c.conditions,
            got.get(c.pk, []),
            there,
            list(c.attachments.all()),
        )
        for c in found
    ]


def walled_case_page(pk: UUID, *, by: Actor) -> list[Any]:
    """Our own case page behind grants and policies, plain and without a log."""
    case = visible(Case, by=by).select_related("dossier", "table").get(pk=pk)
    face = visible(WalledFace, by=by).filter(case_id=pk).first()
    head = cases.head_of(case, face, by=by)
    brought = visible(WalledContribution, by=by).filter(case_id=pk).select_related("organisation", "author")
    rows = list(brought.prefetch_related(Prefetch("attachments", visible(WalledFile, by=by))))
    people = visible(Participation, by=by).filter(case=case).select_related("user", "organisation")
    there = {person.organisation.name for person in people if person.ended_at is None}
    given = visible(Disclosure, by=by).filter(contribution__in=[row.pk for row in rows], ended_at__isnull=True)
    readers: dict[UUID, list[str]] = {}
    for disclosure in given.select_related("organisation"):
        readers.setdefault(disclosure.contribution_id, []).append(disclosure.organisation.name)
    names = _names_in_terms(rows)
    return [_contribution(row, head, readers.get(row.pk, []), there, names, by) for row in rows]


def inbox(rows: QuerySet[PlainSignal], tables: Iterable[UUID], size: int) -> list[tuple[Any, ...]]:
    """What waits at these tables, acute first, with how many look alike."""
    acute = ExpressionWrapper(Q(severity=Severity.ACUTE), output_field=BooleanField())
    waiting = rows.filter(table__in=tables, status__in=UNDECIDED).select_related("source", "table")
    shown = list(waiting.order_by(acute.desc(), "submitted_at", "pk")[: size + 1])[:size]
    mine = PlainTrace.objects.filter(signal__in=[signal.pk for signal in shown])
    shared = (
        PlainTrace.objects.filter(digest__in=mine.values("digest"))
        .values("digest")
        .annotate(signals=Count("signal", distinct=True))
        .filter(signals__gt=1)
    )
    many = {bytes(row["digest"]): row["signals"] - 1 for row in shared}
    counts = {trace["signal"]: many.get(bytes(trace["digest"]), 0) for trace in mine.values("signal", "digest")}
    return [
        (s.reference, s.table.name, s.source.name, s.street, s.number, s.submitted_at, counts.get(s.pk)) for s in shown
    ]


def walled_inbox(tables: Iterable[UUID], size: int, *, by: Actor) -> list[tuple[Any, ...]]:
    """Our own queue behind grants and policies, plain and without a log."""
    shown = list(waiting(tables, by=by)[: size + 1])[:size]
    places = {
        place.signal_id: place
        for place in visible(WalledPlace, by=by).filter(signal_id__in=[signal.pk for signal in shown])
    }
    counts = _alike_counts(shown, by)
    return [(s.dossier.reference, s.table.name, s.source.name, places.get(s.pk), counts.get(s.pk)) for s in shown]

"""What can't wait in the cases that a regisseur directs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from casework.models import Case, CaseStatus, Household, HouseholdCase, Participation, RegieAssignment, RegieKind
from casework.queries.asking import waiting_for
from casework.queries.exclusions import unsettled
from casework.queries.succession import left_open, reporters_who_left
from partners.todo import in_days
from privacy.access import visible
from privacy.actor import Actor
from privacy.roles import Role

RETENTION_ENDS = timedelta(days=60)
PARTICIPATION_ENDS = timedelta(days=14)
MOST = 5  # of each kind: a work list is not a report


@dataclass(frozen=True, slots=True)
class Urgent:
    """Something that can't wait: what, of which dossier, and where to do it."""

    what: str
    reference: str
    url_name: str
    pk: UUID | None
    action: str
    when: str = ""
    dossier_id: UUID | None = None


def of_the_regie(today: date, *, by: Actor) -> list[Urgent]:
    """Everything that needs this regisseur now, by kind: people who wait for an answer first, terms last."""
    directed = visible(Case, by=by).filter(status=CaseStatus.OPEN, table__in=by.tables_as(Role.PROCESREGISSEUR))
    waiting = waiting_for(timezone.now(), by=by)
    return [
        *_asked(directed, waiting),
        *_joining(waiting, by),
        *_ties(directed, by),
        *_left_behind(by),
        *_without_case_regie(directed),
        *_participations(directed, today, by),
        *_retention(directed, today),
    ]


def _about(cases: Iterable[Case], what: str, url_name: str, action: str) -> list[Urgent]:
    return [Urgent(what, c.dossier.reference, url_name, c.pk, action, dossier_id=c.dossier_id) for c in cases]


def _retention(directed: QuerySet[Case], today: date) -> list[Urgent]:
    ending = directed.filter(retain_until__lte=today + RETENTION_ENDS).select_related("dossier")
    return [
        Urgent(
            "Bewaartermijn loopt af",
            case.dossier.reference,
            "case-detail",
            case.pk,
            "Bekijk",
            in_days((case.retain_until - today).days),
            case.dossier_id,
        )
        for case in ending.order_by("retain_until")[:MOST]
    ]


def _without_case_regie(directed: QuerySet[Case]) -> list[Urgent]:
    has_regie = RegieAssignment.objects.filter(case=OuterRef("pk"), kind=RegieKind.CASE, until__isnull=True)
    # A case about a household has the regie of that household.
    linked = HouseholdCase.objects.filter(case_dossier=OuterRef("dossier"), until__isnull=True)
    missing = directed.filter(~Exists(has_regie), ~Exists(linked)).select_related("dossier").order_by("opened_at")
    return _about(missing[:MOST], "Geen casusregisseur", "case-sharing", "Wijs aan")


def _ties(directed: QuerySet[Case], by: Actor) -> list[Urgent]:
    """Who was kept away and still takes part or directs."""
    return [
        line
        for case, tie in unsettled(directed, by=by)[:MOST]
        for line in _about(
            [case],
            f"{tie.user.name} meldde een persoonlijke band" if tie.self_reported else f"{tie.user.name} is uitgesloten",
            "case-exclusions",
            "Wijs een collega aan",
        )
    ]


def _asked(directed: QuerySet[Case], waiting: list[UUID]) -> list[Urgent]:
    """Cases to which somebody asks access."""
    cases = directed.filter(dossier__in=waiting).select_related("dossier")
    return _about(cases[:MOST], "Verzoek om toegang", "case-sharing", "Beslis")


def _joining(waiting: list[UUID], by: Actor) -> list[Urgent]:
    """Households whose plan a case of another table wants to join."""
    rows = visible(Household, by=by).filter(dossier__in=waiting).select_related("dossier")[:MOST]
    what, action = "Casus wil aansluiten bij het plan", "Beslis"
    return [Urgent(what, r.dossier.reference, "household-detail", r.pk, action, dossier_id=r.dossier_id) for r in rows]


def _participations(directed: QuerySet[Case], today: date, by: Actor) -> list[Urgent]:
    ending = visible(Participation, by=by).filter(
        case__in=directed, ended_at__isnull=True, until__lte=timezone.now() + PARTICIPATION_ENDS
    )
    return [
        Urgent(
            "Deelname loopt af",
            row.dossier.reference,
            "case-sharing",
            row.case_id,
            "Bekijk",
            in_days((timezone.localdate(row.until) - today).days),
            row.dossier_id,
        )
        for row in ending.select_related("dossier").order_by("until")[:MOST]
        if row.until
    ]


def _left_behind(by: Actor) -> list[Urgent]:
    """What somebody who left was doing, and nobody does now."""
    people = [("Opvolging nodig", "case-sharing", row.case_id, row.dossier) for row in left_open(by=by)[:MOST]]
    reporters = [("Melder is uit dienst", "triage-detail", s.pk, s.dossier) for s in reporters_who_left(by=by)[:MOST]]
    return [
        Urgent(what, dossier.reference, url_name, pk, "Regel", dossier_id=dossier.pk)
        for what, url_name, pk, dossier in (*people, *reporters)
    ]

"""What can't wait in the cases that a regisseur directs."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import date_format

from casework.models import Case, CaseStatus, Household, Participation
from casework.queries.asking import waiting_for
from casework.queries.exclusions import unsettled
from casework.queries.informing import to_tell
from casework.queries.regie import Waiting, offers_not_taken, offers_to_me, vacancies
from casework.queries.stagnation import Judged
from casework.queries.succession import left_open, reporters_who_left
from partners.models import Alarm
from partners.todo import in_days
from privacy.access import visible
from privacy.actor import Actor
from privacy.roles import Role

RETENTION_ENDS = timedelta(days=60)
PARTICIPATION_ENDS = timedelta(days=14)
MOST = 5  # of each kind: a work list is not a report
SOON = timedelta(days=7)  # what ends later can wait
FEW = 3  # of what is stuck: more than these are one line


@dataclass(frozen=True, slots=True)
class Urgent:
    """Something that can't wait, or not for long: what, of which dossier, and where to do it."""

    what: str
    reference: str
    url_name: str
    pk: UUID | None
    action: str
    when: str = ""
    dossier_id: UUID | None = None
    waits: bool = False  # it ends within weeks, not now


def of_the_regie(today: date, found: Sequence[Judged], *, by: Actor) -> list[Urgent]:
    """Everything that needs this regisseur now, by kind: people who wait for an answer first, terms last."""
    directed = visible(Case, by=by).filter(status=CaseStatus.OPEN, table__in=by.tables_as(Role.PROCESREGISSEUR))
    vacant = _without_regie(by)
    waiting = waiting_for(timezone.now(), by=by)
    return [
        *vacant,
        *_asked(directed, waiting),
        *_joining(waiting, by),
        *_ties(directed, by),
        *_left_behind(by),
        *_stagnation(found, told={line.dossier_id for line in vacant}),
        *_about(to_tell(directed, today, most=MOST, by=by), "Betrokkene informeren", "case-informing", "Bekijk"),
        *_participations(directed, today, by),
        *_retention(directed, today),
    ]


def _without_regie(by: Actor) -> list[Urgent]:
    """Households and cases that nobody has in hand, and offers of the regie that nobody answered."""
    gone = [
        Urgent(
            one.what,
            one.reference,
            "household-regie" if one.household else "case-regie",
            one.pk,
            "Draag over" if one.household else "Neem over",
            f"sinds {_day(one.since)}",
            one.dossier_id,
        )
        for one in vacancies(by=by)[:MOST]
    ]
    return gone + [_offer("Overdracht niet aangenomen", "Bekijk", one) for one in offers_not_taken(by=by)[:MOST]]


def offered(*, by: Actor) -> list[Urgent]:
    """The regie that waits for this person's yes or no."""
    return [
        _offer("Overdracht aan u: neem de regie aan of niet", "Antwoord", one, f"tot {_day(one.expires_at)}")
        for one in offers_to_me(by=by)
    ]


def _day(moment: datetime) -> str:
    return str(date_format(timezone.localtime(moment), "j F"))


def _offer(what: str, action: str, one: Waiting, when: str = "") -> Urgent:
    url_name = "household-regie" if one.household else "case-regie"
    return Urgent(what, one.reference, url_name, one.about, action, when, one.dossier_id)


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
            waits=case.retain_until > today + SOON,
        )
        for case in ending.order_by("retain_until")[:MOST]
    ]


def _stagnation(found: Sequence[Judged], *, told: Container[UUID | None]) -> list[Urgent]:
    """Where nobody directs, and what is stuck: a line each for a few, and one for all of them when there are more.

    Of the ones in `told` a line says already that nobody directs.
    """
    alone = [one for one in found if any(s.alarm is Alarm.REGIE for s in one.stuck)]
    other = [one for one in found if one.stuck and one not in alone]
    alone = [one for one in alone if one.place.dossier_id not in told]
    return _lines(alone, "zonder regisseur", "work-unmanned") + _lines(other, "lopen vast", "work-stuck")


def _lines(found: list[Judged], what: str, url_name: str) -> list[Urgent]:
    if len(found) > FEW:
        every = "gezinnen" if all(one.facts.household for one in found) else "gezinnen en casussen"
        return [Urgent(f"{len(found)} {every} {what}", "", url_name, None, "Bekijk")]
    return [
        Urgent(
            one.stuck[0].alarm.label,
            one.reference,
            "stuck-detail",
            one.place.dossier_id,
            "Bekijk",
            f"sinds {date_format(one.stuck[0].since, 'j F')}",
            one.place.dossier_id,
        )
        for one in found
    ]


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
            waits=timezone.localdate(row.until) > today + SOON,
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

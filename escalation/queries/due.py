"""Terms that end or ended, and cases that were to be judged anew: lines of the work list, for who directs."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.utils.formats import date_format

from casework.queries.urgent import Urgent
from escalation.dutch import AMSTERDAM, day_of
from escalation.models import Standing, Term
from escalation.rungs import LadderKind
from escalation.situations import ladder_of
from privacy import grants
from privacy.actor import Actor
from privacy.models import DossierKind

NEAR = timedelta(days=7)
MOST = 5  # of each; the rest comes when these are done


def due(now: datetime, *, by: Actor) -> list[Urgent]:
    """What ends within a week or ended, in the cases that this person directs; nothing of any case is opened."""
    mine = grants.valid(by).filter(kind=DossierKind.CASE, directs=True, shielded=False).values("content_object")
    terms = Term.objects.filter(dossier__in=mine, ended_at__isnull=True, ends__lte=now + NEAR)
    today = day_of(now)
    reviews = Standing.objects.filter(dossier__in=mine, review_on__lte=today)
    return [
        *_terms(terms.select_related("dossier", "standing").order_by("ends")[:MOST], now),
        *_reviews(reviews.select_related("dossier").order_by("review_on")[:MOST]),
    ]


def _terms(rows: Iterable[Term], now: datetime) -> list[Urgent]:
    found = []
    for row in rows:
        label = ladder_of(row).get(row.rung).term(row.key).label
        over = row.ends <= now
        last = date_format((row.ends - timedelta(microseconds=1)).astimezone(AMSTERDAM), "j F")
        when = f"sinds {last}" if over else f"tot en met {last}"
        what = f"Termijn voorbij: {label}" if over else f"Termijn loopt af: {label}"
        found.append(
            Urgent(what, row.dossier.reference, "case-ladder", row.standing.case_id, "Bekijk", when, row.dossier_id)
        )
    return found


def _reviews(rows: Iterable[Standing]) -> list[Urgent]:
    found = []
    for row in rows:
        what = "Regie opnieuw bekijken" if ladder_of(row).kind is LadderKind.REGIE else "Trede opnieuw bekijken"
        since = f"sinds {date_format(row.review_on, 'j F')}" if row.review_on else ""
        found.append(Urgent(what, row.dossier.reference, "case-ladder", row.case_id, "Bekijk", since, row.dossier_id))
    return found

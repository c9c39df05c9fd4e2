"""What waits for who decides, and what a person decided lately. Lists tell no content: that is read one by one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.formats import date_format

from casework.queries.urgent import Urgent
from escalation.authority_files import authorities
from escalation.models import Holder, Outcome, Proposal
from escalation.situations import ladder_of
from escalation.words import step_said
from privacy import grants
from privacy.access import visible
from privacy.actor import Actor
from privacy.models import Grant
from privacy.unlock import unlock

GIVEN_FOR = "proposal:"
# As long as who answered may look back (`privacy/rls/ladder.py`).
LATELY = timedelta(days=30)
FEW = 3  # on the home page


@dataclass(frozen=True, slots=True)
class ProposalLine:
    """A proposal in a list: the step in words, and of which case by its number alone."""

    pk: UUID
    dossier_id: UUID
    reference: str
    step: str
    ladder: str
    decides: str
    proposed_at: datetime
    review_on: date | None
    outcome: str
    answered_at: datetime | None


def _given(by: Actor) -> QuerySet[Grant]:
    """What somebody was given to decide on, or to look back at."""
    return grants.valid(by).filter(given_for__startswith=GIVEN_FOR)


def has_inbox(by: Actor) -> bool:
    """Whether this person decides for somebody, or has something to decide or to look back at."""
    holds = Holder.objects.filter(user=by.user_id, ended_at__isnull=True).order_by()
    return (
        holds.values("pk").union(_given(by).values("pk"), all=True).exists()
    )  # one question: it is asked on every page


def waiting(by: Actor) -> list[ProposalLine]:
    """The proposals that wait for this person, the oldest first; logged as a list before it is shown."""
    directed = grants.valid(by).filter(directs=True).values("content_object")
    mine = Q(compartment_id__in=_given(by).values("compartment_id")) | Q(
        authorities__contains=["procesregisseur"], dossier__in=directed
    )
    found = visible(Proposal, by=by).filter(mine, outcome=Outcome.OPEN)
    return _lines(found.select_related("dossier").order_by("proposed_at", "id"), by)


def decided_lately(now: datetime, *, by: Actor) -> list[ProposalLine]:
    """What this person decided in the last thirty days, the newest first; logged as a list before it is shown."""
    found = visible(Proposal, by=by).filter(
        answered_by=by.user_id, answered_at__gt=now - LATELY, outcome__in=[Outcome.GRANTED, Outcome.REFUSED],
        recorded=False,
    )  # fmt: skip
    return _lines(found.select_related("dossier").order_by("-answered_at", "id"), by)


def _lines(found: Iterable[Proposal], by: Actor) -> list[ProposalLine]:
    rows = list(found)
    if rows:
        seen = {row.dossier_id: row.dossier.reference for row in rows}
        unlock([], event="list", also_seen=seen.items(), by=by)
    return [_line(row) for row in rows]


def _line(row: Proposal) -> ProposalLine:
    ladder = ladder_of(row)
    return ProposalLine(
        pk=row.pk,
        dossier_id=row.dossier_id,
        reference=row.dossier.reference,
        step=step_said(row.move, row.to, ladder),
        ladder=ladder.name,
        decides=authorities().named(tuple(row.authorities)),
        proposed_at=row.proposed_at,
        review_on=row.review_on,
        outcome=row.outcome,
        answered_at=row.answered_at,
    )


def _since(one: ProposalLine) -> str:
    return f"sinds {date_format(timezone.localtime(one.proposed_at), 'j F')}"


def to_decide(*, by: Actor) -> list[Urgent]:
    """What waits for this person, as lines of the work list: the first few, and how many more."""
    found = waiting(by)
    shown = found if len(found) <= FEW + 1 else found[:FEW]
    lines = [
        Urgent("Besluit gevraagd", one.reference, "decision", one.pk, "Beslis", _since(one), one.dossier_id)
        for one in shown
    ]
    if more := len(found) - len(shown):
        lines.append(Urgent(f"Nog {more} besluiten gevraagd", "", "decision-list", None, "Bekijk"))
    return lines


def too_late(pk: UUID) -> bool:
    """Whether somebody else's answer took this proposal from the actor."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT escalation_too_late(%s)", [pk])
        return bool(cursor.fetchone()[0])

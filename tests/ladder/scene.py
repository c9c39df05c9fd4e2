"""Cases on a ladder, in few words."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from casework.models import Case
from escalation.facts import Fact
from escalation.models import Finding, Holder, Proposal, Standing
from escalation.services import deciding, findings, proposing
from escalation.values import RecordedInput, StepInput
from partners.models import User
from privacy.actor import Actor
from privacy.unlock import unlock
from tests.world import Cast, as_

SOON = date.today() + timedelta(days=28)


@contextmanager
def at_the_ladder(person: User, standing: Standing) -> Iterator[Actor]:
    """Acting as this person, with whatever it may read of the case opened."""
    with as_(person) as (by, _):
        unlock([standing.dossier_id], by=by)
        yield by


def standing_of(case: Case, ladder: str, by: User) -> Standing:
    """Where the case stands, as this person reads it."""
    with as_(by):
        return Standing.objects.select_related("case__dossier", "dossier").get(case=case, ladder=ladder)


def holds(cast: Cast, table: Any, authority: str, person: User) -> Holder:
    """The beheerder notes that this person decides for an authority at the table."""
    with as_(cast.beheer):
        holder = Holder(table=table, authority=authority, user=person)
        holder.save(force_insert=True)
        return holder


def noted(standing: Standing, key: str, fact: Fact, by: User, text: str = "") -> Finding:
    """What is known for a requirement."""
    with at_the_ladder(by, standing) as actor:
        return findings.note(standing, key, fact, text, now=timezone.now(), by=actor)


def proposed(standing: Standing, to: str, criterion: str, by: User, **more: Any) -> Proposal:
    """A step, put to who decides it."""
    values = {"reason": "Het is nodig.", "about": "Piet Voorbeeld", "review_on": SOON} | more
    with at_the_ladder(by, standing) as actor:
        given = StepInput(to=to, criterion=criterion, **values)
        return proposing.propose(standing, given, now=timezone.now(), by=actor)


def granted(proposal: Proposal, by: User, *, now: datetime | None = None) -> None:
    """This person decides that it is done."""
    with as_(by) as (actor, _):
        unlock([proposal.dossier_id], by=actor)
        found = Proposal.objects.select_related("dossier").get(pk=proposal.pk)
        deciding.grant(found, now=now or timezone.now(), by=actor)


def recorded(proposal: Proposal, authority: str, by: User, *, now: datetime | None = None, **more: Any) -> None:
    """The regie records what was decided outside the system."""
    moment, values = now or timezone.now(), {"document": "Brief van vandaag"} | more
    with at_the_ladder(by, proposal.standing) as actor:
        found = Proposal.objects.select_related("dossier", "standing__case", "standing__dossier").get(pk=proposal.pk)
        given = RecordedInput(authority, moment, **values)
        deciding.record_decision(found, given, now=moment, by=actor)

"""What the background does for signals and cases: requests reach who decides them, drafts of who left are destroyed."""

from __future__ import annotations

from dataclasses import replace

from casework.models import SignalDraft
from casework.services import asking, drafts
from partners.models import User
from partners.services.leaving import DRAFTS
from privacy.acting import acting
from privacy.actor import system_actor
from privacy.jobs import handles
from privacy.models.job import Job


@handles(asking.ARRIVES)
def request_arrives(job: Job) -> None:
    """A request for access reaches the regisseurs of the case, if there is one."""
    by = system_actor("verzoek om toegang bezorgen")
    with acting(by):
        asking.arrives(job.subject_id, by=by)


@handles(asking.JOINS)
def case_wants_to_join(job: Job) -> None:
    """A question whether a case may join a plan reaches who directs the household, if there is one."""
    by = system_actor("verzoek om aan te sluiten bezorgen")
    with acting(by):
        asking.arrives(job.subject_id, joining=True, by=by)


@handles(DRAFTS)
def drafts_of_who_left(job: Job) -> None:
    """Destroys what a person who left never handed in; on behalf of that person, since nobody else may touch it."""
    user = User.objects.filter(pk=job.subject_id, is_active=False).first()
    if user is None:
        return
    by = replace(user.as_actor(), purpose="concepten vernietigen na vertrek")
    with acting(by):
        for draft in SignalDraft.objects.select_related("dossier"):
            drafts.drop(draft, by=by)

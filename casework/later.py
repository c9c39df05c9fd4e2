"""What the background does for signals and cases: it brings requests for access to who decides them."""

from __future__ import annotations

from casework.services import asking
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

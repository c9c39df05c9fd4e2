"""What the background does for who decides: a mandate begins, or lapses, on its day."""

from __future__ import annotations

from escalation.models import Mandate
from escalation.services.authorities import MANDATE_DAY, settle_mandate
from partners.later import as_decided
from privacy.acting import acting
from privacy.jobs import handles
from privacy.models.job import Job


@handles(MANDATE_DAY)
def mandate_day(job: Job) -> None:
    """Who decides for the receiver gets what they may decide from today on, or loses what they no longer may."""
    by = as_decided("mandaat gaat in of loopt af")
    with acting(by):
        settle_mandate(Mandate.objects.select_related("table").get(pk=job.subject_id), by=by)

"""What the background does for signals and cases: drafts of who left are destroyed."""

from __future__ import annotations

from dataclasses import replace

from casework.models import SignalDraft
from casework.services import drafts
from partners.models import User
from partners.services.leaving import DRAFTS
from privacy.acting import acting
from privacy.jobs import handles
from privacy.models.job import Job


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

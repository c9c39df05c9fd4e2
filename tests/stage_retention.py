"""A list of what was destroyed, carried out by two officers, so that its certificate can be read."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from privacy.jobs import perform
from privacy.models import Job, OpenReason
from privacy.retention import lists, open_cases
from tests.retention.scene import founded_to_go
from tests.world import Cast, a_case, a_signal, as_


def destroyed(cast: Cast) -> None:
    """A case that was alone on its list: to be staged before anything else is due."""
    signal = a_signal(cast.pieter, cast.overlast)
    with founded_to_go(timezone.localdate()):
        case = a_case(cast.rosa, signal, short_name="Al lang voorbij")
    with as_(cast.fatima) as (by, _):
        open_cases.let_go(case.dossier_id, OpenReason.ASKED, by=by)
        made = lists.make(by=by)
    with as_(cast.faisal) as (by, _):
        lists.check(made, by=by)
    for kind in (lists.LINE, "dossier.shredded"):
        for job in Job.objects.filter(done_at__isnull=True, kind=kind).order_by("made_at", "pk"):
            perform(job.pk, now=timezone.now() + timedelta(hours=1))

"""A list of what was destroyed, carried out by two officers, so that its certificate can be read."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from privacy.audit import record
from privacy.jobs import perform
from privacy.models import Dossier, Job, OpenReason
from privacy.retention import lists, open_cases
from tests.world import Cast, a_case, a_signal, as_


def destroyed(cast: Cast) -> None:
    """A case that was alone on its list: to be staged before anything else is due."""
    case = a_case(cast.rosa, a_signal(cast.pieter, cast.overlast), short_name="Al lang voorbij")
    with as_(cast.rosa) as (by, _):
        Dossier.objects.filter(pk=case.dossier_id).update(retain_until=timezone.localdate())
        record.change("case.changed", dossier=case.dossier, fields=["retain_until"], by=by)
    with as_(cast.fatima) as (by, _):
        open_cases.let_go(case.dossier_id, OpenReason.ASKED, by=by)
        made = lists.make(by=by)
    with as_(cast.faisal) as (by, _):
        lists.check(made, by=by)
    for kind in (lists.LINE, "dossier.shredded"):
        for job in Job.objects.filter(done_at__isnull=True, kind=kind).order_by("made_at", "pk"):
            perform(job.pk, now=timezone.now() + timedelta(hours=1))

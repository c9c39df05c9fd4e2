"""What the background does for partners, besides mail: a seat that was given for later begins."""

from __future__ import annotations

from dataclasses import replace

from django.utils import timezone

from partners.services import seats
from privacy.acting import acting
from privacy.actor import system_actor
from privacy.jobs import handles
from privacy.models.job import Job
from privacy.roles import Role


@handles(seats.STARTS)
def seat_starts(job: Job) -> None:
    """Carries out what a beheerder decided earlier, so with the role that the database asks for it."""
    by = replace(system_actor("zetel gaat in"), roles=frozenset({Role.BEHEERDER}))
    with acting(by):
        seats.begin_seat(job.subject_id, now=timezone.now(), by=by)

"""What the background does for partners, besides mail: seats begin and end on the day that a beheerder chose."""

from __future__ import annotations

from dataclasses import replace

from django.utils import timezone

from partners.services import seats
from privacy.acting import acting
from privacy.actor import Actor, system_actor
from privacy.jobs import handles
from privacy.models.job import Job
from privacy.roles import Role


def as_decided(purpose: str) -> Actor:
    """The system, carrying out what a beheerder decided earlier: with the role that the database asks for it."""
    return replace(system_actor(purpose), roles=frozenset({Role.BEHEERDER}))


@handles(seats.STARTS)
def seat_starts(job: Job) -> None:
    """A seat that was given for later begins."""
    by = as_decided("zetel gaat in")
    with acting(by):
        seats.begin_seat(job.subject_id, now=timezone.now(), by=by)


@handles(seats.ENDS)
def seat_ends(job: Job) -> None:
    """A seat whose last day is over ends, with all that came with it."""
    by = as_decided("zetel loopt af")
    with acting(by):
        seats.end_seat_by_date(job.subject_id, now=timezone.now(), by=by)

"""What the background does for signals, cases and households.

Requests reach who decides them, drafts of who left are destroyed, what is stuck is told of, and so is a regie that
nobody holds. The meetings of a series are made ahead. Terms of who asks for the own data are watched.
"""

from __future__ import annotations

from dataclasses import replace

from celery import shared_task
from django.utils import timezone

from casework.models import SignalDraft
from casework.services import asking, drafts, handing, regie, stagnation
from casework.services.meetings import calling, series
from casework.services.rights import reminding
from partners.mail import reader
from partners.models import Seat, User
from partners.services.leaving import DRAFTS
from privacy import jobs, trace
from privacy.acting import acting
from privacy.actor import system_actor
from privacy.jobs import handles
from privacy.models.job import Job
from privacy.roles import Role

NIGHT = "meeting.night"


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


@shared_task(name="casework.stagnation_morning")  # type: ignore[untyped-decorator]  # celery has no types
def stagnation_morning() -> None:
    """Asks for the count of what is stuck, as a job that can't get lost."""
    trace.begin(trace.Trace(channel="job"))
    stagnation.ask_for_the_digest()


@handles(stagnation.DIGEST)
def stagnation_digest(job: Job) -> None:
    """Who directs a table hears, on its day, that something new is stuck; that day is the one it was asked on."""
    by = system_actor("tellen wat vastloopt")
    with acting(by):
        stagnation.digest(today=timezone.localdate(job.made_at), by=by)


@shared_task(name="casework.rights_morning")  # type: ignore[untyped-decorator]  # celery has no types
def rights_morning() -> None:
    """Asks for the reminders about persons, as a job that can't get lost."""
    trace.begin(trace.Trace(channel="job"))
    reminding.ask_for_the_morning()


@handles(reminding.MORNING)
def reminders_about_persons(job: Job) -> None:
    """Terms of requests, sources that do not answer, and reasons to look at again: each is said once."""
    by = system_actor("herinneren aan termijnen van betrokkenen")
    with acting(by):
        reminding.morning(now=job.now, today=timezone.localdate(job.now), by=by)


@shared_task(name="casework.watch_regie")  # type: ignore[untyped-decorator]  # celery has no types
def watch_regie() -> None:
    """Finds whose regie rests on nothing any more. No job row: what is missed now is found in ten minutes."""
    trace.begin(trace.Trace(channel="job"))
    by = system_actor("nagaan wie de regie heeft")
    with acting(by):
        regie.watch(by=by)


@handles(regie.VACANT)
def regie_is_vacant(job: Job) -> None:
    """Nobody has the regie of a household or a case in fact."""
    by = system_actor("melden dat niemand de regie heeft")
    with acting(by):
        regie.alarm(job.subject_id, by=by)


@handles(handing.LAPSES)
def offer_lapses(job: Job) -> None:
    """Nobody took the regie that was offered."""
    by = system_actor("melden dat een overdracht niet is aangenomen")
    with acting(by):
        handing.lapsed(job.subject_id, by=by)


@shared_task(name="casework.meetings_night")  # type: ignore[untyped-decorator]  # celery has no types
def meetings_night() -> None:
    """Asks for the night's work of everybody who directs a table, each as a job that can't get lost."""
    trace.begin(trace.Trace(channel="job"))
    seats = Seat.objects.valid_at(timezone.now()).filter(role=Role.PROCESREGISSEUR, user__is_active=True)
    for person in seats.values_list("user_id", flat=True).order_by("user_id").distinct():
        jobs.enqueue(NIGHT, person, once=True)


@handles(NIGHT)
def night_of_a_chair(job: Job) -> None:
    """Makes the next meetings of the series that somebody chairs, and calls for what came near.

    On behalf of the chair, who set it so: the system sits at no table, and nobody but who directs one plans there.
    """
    user = reader(job.subject_id)
    if user is None:
        return
    by = replace(user.as_actor(), purpose="overleggen van een reeks klaarzetten")
    with acting(by):
        series.top_up(now=job.now, by=by)
        calling.call_who_was_not(now=job.now, by=by)

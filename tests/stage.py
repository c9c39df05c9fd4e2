"""Run inside a site's environment: `python -m tests.stage` writes the cast, `… jobs` does every waiting job."""

from __future__ import annotations

import sys
from datetime import timedelta
from typing import TYPE_CHECKING

import django

if TYPE_CHECKING:
    from tests.world import Cast


def fill(cast: Cast) -> None:
    """A new signal, an answered question, an open case with partners, a closed one: every kind of page has content.

    And what follows from the walls: a file, an exclusion, an owner's consent, a request, emergency access, a departure,
    and a log that was sealed and checked.
    """
    from uuid import uuid4

    from django.utils import timezone

    from casework.attaching import take_in
    from casework.models import Audience, RegieKind, SubjectKind
    from casework.services import asking, cases, disclosing, drafts, emergency, exclusions, groups, joining, triage
    from casework.values import CaseSubjectInput, Terms
    from privacy import departures, jobs
    from privacy.audit import watching
    from privacy.models import ExclusionReason, Job
    from privacy.unlock import unlock
    from tests import world

    world.a_signal(cast.pieter, cast.overlast, world.item("Geluid in de nacht."), world.confidential("Bron wil niet."))
    asked = world.a_signal(cast.wilma, cast.overlast, world.item("Klacht van de buren."))
    bundled = world.a_signal(cast.wilma, cast.overlast, world.item("Brieven hielpen niet."))
    closed = world.a_signal(cast.pieter, cast.overlast, world.item("Twee meldingen."))
    case = world.a_case(cast.rosa, bundled)
    world.invited(case, cast.rosa, cast.wilma, cast.pieter)
    world.contributed(case, cast.wilma, "Vraag ons eerst.", terms=Terms(ask_first=True))
    world.invited(case, cast.rosa, cast.carla)
    letter = take_in("brief.txt", b"De huurder betaalt.")
    world.contributed(case, cast.wilma, "De huurder betaalt weer op tijd.", files=(letter,))
    world.contributed(case, cast.wilma, "Alleen voor de regie.", audience=Audience.REGIE)
    chosen = {"audience": Audience.CHOSEN, "recipients": (cast.politie.pk,)}
    world.contributed(case, cast.wilma, "Alleen met de politie.", **chosen)
    world.contributed(case, cast.pieter, "Wij reden er drie keer langs.")
    old = world.a_case(cast.rosa, closed, short_name="Pand Plein 2")
    now = timezone.now()
    with world.as_(cast.rosa) as (by, _):
        unlock([asked.dossier_id, case.dossier_id, bundled.dossier_id, old.dossier_id], by=by)
        cases.add_subject(case, CaseSubjectInput(SubjectKind.PERSON, "Piet Voorbeeld"), by=by)
        triage.ask(asked, "Hoe vaak komt dit voor?", now=now, by=by)
        cases.assign_regie(case, RegieKind.CASE, cast.carla.pk, now=now, by=by)
        disclosing.share_signal(case, bundled, cast.politie, ground=world.GROUND, now=now, by=by)
        theme_outcome = cases.theme_version(old.theme, old.theme_version).close_outcomes[0].code
        cases.close(old, theme_outcome, "De overlast is gestopt.", now=now, by=by)
    with world.as_(cast.pieter) as (by, _):
        draft = drafts.start("woonoverlast", now=now, by=by)
        drafts.keep(draft, {"table": [str(cast.overlast.pk)]}, now=now, by=by)
    with world.as_(cast.greet) as (by, _):
        until = timezone.localdate() + timedelta(days=60)
        request = asking.ask(case.dossier.reference, "Ik begeleid dit gezin nu ook.", until, now=now, by=by)
    # By its own job: done twice it would be in the log twice, and change something once.
    jobs.perform(Job.objects.get(kind=asking.ARRIVES, subject_id=request.pk).pk, now=timezone.now())
    with world.as_(cast.petra) as (by, _):
        emergency.open_in_emergency(case.dossier.reference, "Er is nu direct gevaar hier.", now=now, by=by)
    home = world.a_case(cast.rosa, world.a_signal(cast.wilma, cast.overlast, world.item("Over een gezin.")))
    world.invited(home, cast.rosa, cast.wilma, cast.pieter, cast.carla)
    household = world.a_household(home, cast.rosa, cast.carla)
    with world.as_(cast.rosa) as (by, _):
        unlock([case.dossier_id], by=by)
        group = cases.add_subject(case, CaseSubjectInput(SubjectKind.GROUP, "Groep bij het plein"), by=by)
        groups.add(case, group, groups.GroupMemberInput("Jay", "mee"), by=by)
    there = world.a_case(cast.victor, world.a_signal(cast.wilma, cast.jeugd))
    with world.as_(cast.victor) as (by, _):
        joins = joining.ask(household.dossier.reference, there, "Hetzelfde gezin als bij ons.", now=now, by=by)
    jobs.perform(Job.objects.get(kind=asking.JOINS, subject_id=joins.pk).pk, now=timezone.now())
    with world.as_(cast.beheer) as (by, _):
        departures.leave(uuid4(), name="Vera Vertrokken", organisation="GGZ Proef", now=now, by=by)
    with world.as_(cast.rosa) as (by, _):
        exclusions.exclude(case.dossier_id, cast.bram, ExclusionReason.WORK, by=by)
    watching.seal(now=now)
    watching.check_seals(None, now=now)


def main(arguments: list[str]) -> None:
    django.setup()
    from django.utils import timezone

    from privacy import jobs
    from privacy.models import Job
    from tests.world import make_cast

    if arguments == ["jobs"]:
        # What is done may ask for more: a request that arrives is told to the regisseurs.
        while waiting := list(Job.objects.filter(done_at__isnull=True, attempts=0)):
            for job in waiting:
                jobs.perform(job.pk, now=timezone.now())
        left = Job.objects.filter(done_at__isnull=True)
        assert not left, [(job.kind, job.last_error) for job in left]
    else:
        fill(make_cast())


if __name__ == "__main__":
    main(sys.argv[1:])

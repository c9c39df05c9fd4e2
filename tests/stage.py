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
    from casework.services import asking, cases, disclosing, drafts, emergency, exclusions, triage
    from casework.values import CaseSubjectInput, Terms
    from privacy import departures, jobs
    from privacy.audit import watching
    from privacy.models import ExclusionReason, Job
    from privacy.unlock import unlock
    from tests import world

    _a_plan(cast)  # first: who looks at every page looks at the newest of each kind, and the rest hangs on those
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
    with world.as_(cast.beheer) as (by, _):
        departures.leave(uuid4(), name="Vera Vertrokken", organisation="GGZ Proef", now=now, by=by)
    with world.as_(cast.rosa) as (by, _):
        exclusions.exclude(case.dossier_id, cast.bram, ExclusionReason.WORK, by=by)
    watching.seal(now=now)
    watching.check_seals(None, now=now)


def _a_plan(cast: Cast) -> None:
    """A household with goals, actions, an agreement, a version that waits for an answer, and a linked plan."""
    from django.utils import timezone

    from casework.services.plans import links, safety, versions
    from casework.services.plans.links import LinkInput
    from privacy.unlock import unlock
    from tests import world
    from tests.plan import scene

    homes = []
    for regisseur in (cast.carla, cast.wout):
        case = world.a_case(cast.rosa, world.a_signal(cast.wilma, cast.overlast, world.item("Over een gezin.")))
        world.invited(case, cast.rosa, cast.wilma, cast.pieter, regisseur)
        homes.append(world.a_household(case, cast.rosa, regisseur))
    home, other = homes
    rent = scene.a_goal(
        home, cast.carla, "De huur is betaald", cast.corporatie, due_on=scene.SOON, baseline="Drie maanden achter.",
        wished="Elke maand op tijd.", family_text="U betaalt de huur op tijd.",
    )  # fmt: skip
    scene.an_action(home, cast.carla, cast.wilma, "Regeling maken", rent, family_text="Wij maken een regeling.")
    scene.an_action(home, cast.carla, cast.pieter, "Langsgaan")
    scene.an_agreement(home, cast.carla, "Bij ruzie gaat Kim naar oma.", watches="De wijkagent")
    over = scene.an_agreement(home, cast.carla, "Elke dag bellen.")
    with scene.at_the_plan(cast.rosa, home) as by:
        unlock([other.dossier_id], by=by)
        safety.end_agreement(over, "Niet meer nodig.", now=timezone.now(), by=by)
        versions.freeze(home, now=timezone.now(), by=by)
        why = LinkInput("Oma en kleinkind", "Oma past op.", "Anders lukt het niet.", scene.SOON)
        links.tie(home, other, why, now=timezone.now(), by=by)


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

"""Run inside a site's environment: `python -m tests.stage` writes the cast, `… jobs` does every waiting job,
`… ladder CODE` puts a case at the foot of a ladder and prints its key, `… table` makes a table with eight cases.
"""

from __future__ import annotations

import json
import sys
from datetime import timedelta
from typing import TYPE_CHECKING

import django

from tests.stage_meetings_holding import held_with_lines

if TYPE_CHECKING:
    from casework.models import Case, Handover, Household
    from partners.models import User
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
    from casework.queries.sameness import side_by_side
    from casework.services import (
        asking,
        cases,
        disclosing,
        drafts,
        emergency,
        exclusions,
        groups,
        joining,
        same,
        triage,
    )
    from casework.values import CaseSubjectInput, Terms
    from privacy import departures, jobs
    from privacy.audit import watching
    from privacy.models import ExclusionReason, Job
    from privacy.unlock import unlock
    from tests import world
    from tests.stage_meetings_attending import at_an_item
    from tests.stage_meetings_minutes import after_the_table
    from tests.stage_meetings_planning import table_that_meets
    from tests.stage_week import at_the_desks

    _a_plan(cast)  # first: who looks at every page looks at the newest of each kind, and the rest hangs on those
    half_way_a_ladder(cast)
    _a_mandate(cast)
    after_the_table(cast)
    held_with_lines(cast)
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
    _a_home(cast)
    old = world.a_case(cast.rosa, closed, short_name="Pand Plein 2")
    now = timezone.now()
    with world.as_(cast.rosa) as (by, _):
        unlock([asked.dossier_id, case.dossier_id, bundled.dossier_id, old.dossier_id], by=by)
        piet = cases.add_subject(case, CaseSubjectInput(SubjectKind.PERSON, "Piet Voorbeeld"), by=by)
        pair = side_by_side(("casus", piet.pk), ("signaal", bundled.subjects.get().pk), by=by)
        same.say_same(pair, now=now, by=by)
        triage.ask(asked, "Hoe vaak komt dit voor?", now=now, by=by)
        cases.assign_regie(case, RegieKind.CASE, cast.carla.pk, now=now, by=by)
        disclosing.share_signal(case, bundled, cast.politie, ground=world.GROUND, now=now, by=by)
        theme_outcome = cases.theme_version(old.theme, old.theme_version).close_outcomes[0].code
        cases.close(old, theme_outcome, "De overlast is gestopt.", now=now, by=by)
    _a_stuck_household(cast)
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
    regie_on_offer(cast)
    table_that_meets(cast)
    at_an_item(cast)
    at_the_desks(cast, case)
    watching.seal(now=now)
    watching.check_seals(None, now=now)


def _a_home(cast: Cast) -> None:
    """A household with three assessments over a year and an evaluation on the way."""
    from datetime import date

    from django.utils import timezone

    from casework.models import Agreed
    from casework.services import evaluating
    from casework.values import EvaluationInput
    from privacy.unlock import unlock
    from tests import world

    case = world.a_case(cast.rosa, world.a_signal(cast.wilma, cast.overlast), short_name="Gezin Voorbeeld")
    world.invited(case, cast.rosa, cast.wilma, cast.carla)
    household = world.a_household(case, cast.rosa, cast.carla, world.a_member("Piet Voorbeeld"))
    today = date.today()
    for days, level, other in (
        (300, 2, {"financien": 1, "huisvesting": 4, "middelen": 0}),
        (150, 3, {"financien": 1, "justitie": 2}),
        (10, 4, {"financien": 3, "huisvesting": 3, "netwerk": 5}),
    ):
        on = today - timedelta(days=days)
        world.assessed(household, cast.wilma, level, on=on, note="Op huisbezoek.", **other)
    with world.as_(cast.carla) as (by, _):
        unlock([household.dossier_id], by=by)
        later = today + timedelta(days=90)
        said = EvaluationInput("Vaste bezoeken.", Agreed.YES, months=6, before=9, after=2, next_on=later)
        evaluating.evaluate(household, said, now=timezone.now(), by=by)


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


def half_way_a_ladder(cast: Cast) -> Case:
    """A case with a warning that runs for eight weeks and was broken, and a next step that waits for Bram."""
    from django.utils import timezone

    from escalation.facts import Checked, Paper
    from escalation.models import Measure
    from escalation.services import terms
    from escalation.situations import ladder_of
    from tests import world
    from tests.ladder.scene import at_the_ladder, granted, holds, noted, proposed, recorded, standing_of

    case = world.a_case(cast.rosa, world.a_signal(cast.wilma, cast.overlast), short_name="Fam. T. (Trede 4)")
    world.invited(case, cast.rosa, cast.wilma, cast.pieter)
    standing, now = standing_of(case, "woonoverlast", cast.rosa), timezone.now()
    yesterday = timezone.localdate(now) - timedelta(days=1)
    for key in ("gesprek_veilig", "ernstig_herhaald"):
        noted(standing, key, Checked(True), cast.rosa, "Uit het gesprek van gisteren.")
    for key in ("dossier", "waarschuwingsbrief", "voornemen_brief"):
        noted(standing, key, Paper(yesterday), cast.rosa)
    granted(proposed(standing, "zelf", "veilig", cast.rosa), cast.rosa)
    standing = standing_of(case, "woonoverlast", cast.rosa)
    recorded(proposed(standing, "waarschuwing", "ernstig", cast.rosa), "corporatie", cast.rosa)
    standing = standing_of(case, "woonoverlast", cast.rosa)
    with at_the_ladder(cast.rosa, standing) as by:
        rung, measure = ladder_of(standing).get("waarschuwing"), Measure.objects.get(standing=standing)
        later = timezone.now()
        terms.start(standing, rung, "volgen", later, now=later, by=by)
        terms.note_breach(measure, later, "Weer muziek in de nacht.", now=later, by=by)
    holds(cast, cast.overlast, "burgemeester", cast.bram)
    proposed(standing, "voornemen", "ernstig", cast.rosa)
    return case


def _a_mandate(cast: Cast) -> None:
    """A table whose ladder knows a mandate, with the mandate, who decides there, and a house ban that runs."""
    from tests.ladder import house_ban
    from tests.ladder.scene import granted

    table = house_ban.a_table(cast)
    house_ban.gives(cast, table, "burgemeester", cast.bram)
    house_ban.gives(cast, table, "hulpofficier", cast.petra)
    house_ban.mandated(cast, table, house_ban.mandate())
    _, ban = house_ban.a_house_ban(cast, table)
    granted(ban, cast.bram)


def _a_stuck_household(cast: Cast) -> None:
    """A household whose plan stands still: an action that is late, a contact, an alarm that waits, a kept filter."""
    from django.utils import timezone

    from casework.models import ContactKind
    from casework.services import kept, stagnation
    from casework.worklists import Listing, Wish
    from partners.models import Alarm
    from privacy.unlock import unlock
    from tests import world
    from tests.plan import scene

    case = world.a_case(cast.rosa, world.a_signal(cast.wilma, cast.overlast, world.item("Over een gezin.")))
    world.invited(case, cast.rosa, cast.wilma, cast.carla)
    household = world.a_household(case, cast.rosa, cast.carla, days_ago=90)
    now, today = timezone.now(), timezone.localdate()
    scene.an_action(household, cast.rosa, cast.wilma, "Bel de huurder.", due_on=today - timedelta(days=20))
    with world.as_(cast.rosa) as (by, _):
        unlock([household.dossier_id], by=by)
        until = today + timedelta(days=14)
        stagnation.pause(household.dossier, Alarm.NO_GOALS, until, "De school belt nog.", now=now, today=today, by=by)
        kept.keep(Wish(Listing.STUCK, {"alarm": Alarm.OVERDUE.value}), now=now, by=by)
    with world.as_(cast.carla) as (by, _):
        unlock([household.dossier_id], by=by)
        held_on = today - timedelta(days=60)
        stagnation.note_contact(household, held_on, ContactKind.HOME, whom="moeder", now=now, today=today, by=by)


def regie_on_offer(cast: Cast) -> None:
    """Two households that Carla directs: one whose regie waits for Wilma's word, one that was handed over before.

    And the process of the second one's case, that Rachid offers to Rosa.
    """
    from django.utils import timezone

    from casework.models import RegieKind
    from casework.services import cases, handing
    from privacy.unlock import unlock
    from tests import world

    def home(name: str) -> tuple[Case, Household]:
        case = world.a_case(cast.rosa, world.a_signal(cast.wilma, cast.overlast), short_name=name)
        world.invited(case, cast.rosa, cast.wilma, cast.pieter, cast.carla)
        return case, world.a_household(case, cast.rosa, cast.carla)

    def passes(household: Household, by: User, to: User) -> Handover:
        with world.as_(by) as (actor, _):
            unlock([household.dossier_id], by=actor)
            return handing.offer(household, to, "Ik ga op een andere plek werken.", now=timezone.now(), by=actor)

    case, before = home("Fam. D. (Iepenweg 3)")
    for one, other in ((cast.carla, cast.wilma), (cast.wilma, cast.carla)):
        offer = passes(before, one, other)
        with world.as_(other) as (by, _):
            handing.accept(offer, by=by)
    with world.as_(cast.rachid) as (by, _):
        unlock([case.dossier_id], by=by)
        cases.assign_regie(case, RegieKind.PROCESS, cast.rachid.pk, now=timezone.now(), by=by)
        handing.offer_process(case, cast.rosa, "Ik heb te veel casussen.", now=timezone.now(), by=by)
    _, waiting = home("Fam. E. (Iepenweg 9)")
    passes(waiting, cast.carla, cast.wilma)


def main(arguments: list[str]) -> None:
    django.setup()
    from django.utils import timezone

    from escalation.laddering import active_ladder
    from privacy import jobs
    from privacy.models import Job
    from tests.ladder.deciders import a_case_on
    from tests.stage_table import fill_table
    from tests.stage_week import draw_this_week, flagged_case, traces_of_looks
    from tests.world import make_cast, standing_cast

    if arguments == ["jobs"]:
        # What is done may ask for more: a request that arrives is told to the regisseurs.
        # What waits for a later day, such as an offer that lapses, is left for that day.
        due = Job.objects.filter(done_at__isnull=True, not_before__lte=timezone.now() + timedelta(minutes=1))
        while waiting := list(due.filter(attempts=0)):
            for job in waiting:
                jobs.perform(job.pk, now=timezone.now())
        left = due.all()
        assert not left, [(job.kind, job.last_error) for job in left]
    elif arguments == ["table"]:
        print(json.dumps(fill_table(standing_cast())))
    elif arguments[:1] == ["ladder"]:
        print(a_case_on(standing_cast(), active_ladder(arguments[1])).pk)
    elif arguments == ["week"]:
        print(flagged_case(standing_cast()))
    elif arguments == ["sample"]:
        draw_this_week()
    elif arguments[:1] == ["looks"]:
        print(traces_of_looks(arguments[1]))
    else:
        fill(make_cast())


if __name__ == "__main__":
    main(sys.argv[1:])

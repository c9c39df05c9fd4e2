"""One world in which every address has an object, and what each person stands to it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from casework.attaching import take_in
from casework.importing import read_file
from casework.models import (
    Attachment,
    Audience,
    Case,
    CaseSubject,
    Consent,
    GoalPartner,
    Household,
    Participation,
    RegieKind,
    Signal,
    SubjectKind,
)
from casework.queries.sameness import side_by_side
from casework.services import (
    asking,
    cases,
    drafts,
    emergency,
    exclusions,
    groups,
    handing,
    joining,
    kept,
    same,
    triage,
)
from casework.services.groups import GroupMemberInput
from casework.services.importing import import_sheet
from casework.services.plans import links, versions
from casework.services.plans.links import LinkInput
from casework.values import CaseSubjectInput, Terms
from casework.worklists import Listing, Wish
from escalation.facts import Checked
from escalation.models import Mandate
from privacy import departures
from privacy.acting import acting
from privacy.actor import system_actor
from privacy.audit import watching
from privacy.models import EmergencyAccess, Exclusion, ExclusionReason
from privacy.unlock import unlock
from tests.access import accounting, breaches, logbook, login, meetings, retention, review, rights, running
from tests.ladder.measured import measured
from tests.ladder.scene import holds, noted, proposed, standing_of
from tests.plan.scene import SOON, a_goal, an_action, an_agreement, at_the_plan
from tests.world import Cast, a_case, a_household, a_signal, as_, assessed, confidential, contributed, invited, item

PEOPLE = (
    "rosa",
    "victor",
    "carla",
    "wilma",
    "wout",
    "pieter",
    "greet",
    "otto",
    "fatima",
    "conny",
    "cor",
    "beheer",
    "iris",
    "nobody",
)
# rosa directs the table of the case; victor directs another table; carla is casusregisseur in the case;
# wilma reported the signals and takes part; wout is her colleague, who does not; pieter takes part for the police;
# greet sits at the table and takes no part; otto's organisation has no covenant; fatima is privacy officer,
# conny answers persons concerned, cor watches the privacy officers, beheer manages, iris reads in; nobody is not
# logged in.
SAMPLE = Path(__file__).parent.parent / "importing" / "data" / "signalen-export.csv"


@dataclass
class Objects:
    """What the addresses are about."""

    new: Signal
    case: Case
    bundled: Signal
    ids: dict[str, Any]


def stage(cast: Cast) -> Objects:
    """Signals, a draft, a case with partners and contributions, an import."""
    new = a_signal(cast.wilma, cast.overlast, item(), confidential("Alleen voor Rosa."))
    bundled = a_signal(cast.wilma, cast.overlast, item("In de casus."))
    asked = a_signal(cast.wilma, cast.overlast, item("Met een vraag."))
    case = a_case(cast.rosa, bundled)
    invited(case, cast.rosa, cast.wilma, cast.pieter)
    contribution = contributed(
        case, cast.wilma, "Voor iedereen in de casus.", audience=Audience.CHOSEN, recipients=(cast.politie.pk,),
        files=(take_in("notitie.txt", b"In de bijlage."),),
    )  # fmt: skip
    contributed(case, cast.wilma, "Vraag mij eerst.", terms=Terms(ask_first=True))
    invited(case, cast.rosa, cast.carla)
    contributed(case, cast.wilma, "Alleen voor de regie.", audience=Audience.REGIE)
    now = timezone.now()
    with as_(cast.rosa) as (by, _):
        unlock([case.dossier_id, asked.dossier_id], by=by)
        triage.ask(asked, "Hoe vaak?", now=now, by=by)
        subject = cases.add_subject(case, CaseSubjectInput(SubjectKind.PERSON, "Piet Voorbeeld"), by=by)
        group = cases.add_subject(case, CaseSubjectInput(SubjectKind.GROUP, "Groep plein"), by=by)
        youth = groups.add(case, group, GroupMemberInput("Jay", "mee"), by=by)
    with as_(cast.wilma) as (by, _):
        consent = Consent.objects.get(case=case)
        draft = drafts.start("woonoverlast", now=now, by=by)
        drafts.keep(draft, {"table": [str(cast.overlast.pk)]}, now=now, by=by)
    with as_(cast.iris) as (by, _):
        sheet = read_file(SAMPLE.read_bytes(), SAMPLE.name)
        batch = import_sheet(sheet, SAMPLE.name, cast.overlast, now=now, by=by).batch
    assert batch is not None
    on_the_ladder = measured(cast, case)
    home = _at_home(cast, case)
    check = watching.compare_traces(None, now=now)
    deciding = _to_decide(cast)
    request, use = _asked_and_broken(cast, case)
    at_the_table = meetings.at_the_table(cast, case)
    at_the_desk = rights.at_the_desk(cast)
    in_time = retention.in_time(cast)
    with as_(cast.beheer) as (by, _):
        left = departures.leave(uuid4(), name="Vera Vertrokken", organisation="GGZ Proef", now=now, by=by)
    with as_(cast.rosa) as (by, _):
        attachment = Attachment.objects.get(contribution=contribution)
        exclusions.exclude(case.dossier_id, cast.bram, ExclusionReason.WORK, by=by)
        exclusion = Exclusion.objects.get(dossier=case.dossier_id)
        participation = Participation.objects.get(case=case, user=cast.pieter)
        subject_id = CaseSubject.objects.get(pk=subject.pk).pk
        pair = side_by_side(("casus", subject.pk), ("signaal", bundled.subjects.get().pk), by=by)
        tie = same.say_same(pair, now=now, by=by)
        suspect = new.subjects.get().pk
    return Objects(
        new,
        case,
        bundled,
        {
            "signal": new.pk, "asked": asked.pk, "case": case.pk, "bundled": bundled.pk, "draft": draft.pk,
            "contribution": contribution.pk, "participation": participation.pk, "subject": subject_id,
            "tie": tie.pk, "suspect": suspect,
            "batch": batch.pk, "attachment": attachment.pk, "organisation": cast.ggz.pk,
            "person": cast.wout.pk, "table": cast.overlast.pk,
            "exclusion": exclusion.pk, "consent": consent.pk, "reference": case.dossier.reference,
            "request": request, "use": use,
            "seat": cast.greet.seats.get().pk, "covenant": cast.ggz.covenants.get().pk,
            **home, "group": group.pk, "groupmember": youth.pk,
            **on_the_ladder, "check": check.pk, "departure": left.pk, **deciding,
            **at_the_table, **at_the_desk, **in_time, **logbook.staged(cast), **running.failed(),
            **breaches.went_wrong(cast, case, subject), **accounting.examined(cast), **review.reviewed(cast, case),
            **login.with_passkey(cast),
        },
    )  # fmt: skip


def _at_home(cast: Cast, case: Case) -> dict[str, UUID]:
    """A household with a plan and an assessment, parts on offer, and somebody who wants to join."""
    household, wish = _a_home(cast)
    scored = assessed(household, cast.wilma, 3)
    offered, passed_on = _on_offer(cast, household, case)
    joining = _wants_to_join(cast, household)
    return {
        "household": household.pk, **_a_plan(cast, household), "member": scored.member_id,
        "home": household.dossier_id, "kept": wish, "offered": offered, "passed_on": passed_on,
        "joining": joining, "assessment": scored.pk,
    }  # fmt: skip


def _to_decide(cast: Cast) -> dict[str, UUID]:
    """A step of a case that Greet decides for the wijkagent, what is known for it, and a mandate at the table."""
    case = a_case(cast.rosa, a_signal(cast.wilma, cast.overlast, item("Op de ladder.")))
    invited(case, cast.rosa, cast.wilma, cast.pieter, cast.carla)
    holder = holds(cast, cast.overlast, "wijkagent", cast.greet)
    with as_(cast.beheer):
        mandate = Mandate(table=cast.overlast, giver="burgemeester", to="hulpofficier", document="Besluit", since=SOON)
        mandate.save(force_insert=True)
    standing = standing_of(case, "woonoverlast", cast.rosa)
    finding = noted(standing, "gesprek_veilig", Checked(True), cast.rosa)
    proposal = proposed(standing, "zelf", "veilig", cast.rosa)
    return {
        "holder": holder.pk, "mandate": mandate.pk, "proposal": proposal.pk, "finding": finding.pk, "climbing": case.pk,
    }  # fmt: skip


def _a_home(cast: Cast) -> tuple[Household, UUID]:
    """A household that Carla directs, on a case with Wilma and Pieter; its plan stands still.

    And a filter of a work list that Wilma keeps.
    """
    case = a_case(cast.rosa, a_signal(cast.wilma, cast.overlast, item("Over een gezin.")))
    invited(case, cast.rosa, cast.wilma, cast.pieter, cast.carla)
    household = a_household(case, cast.rosa, cast.carla, days_ago=60)
    with as_(cast.wilma) as (by, _):
        wish = kept.keep(Wish(Listing.ACTIONS, {"termijn": "week"}), now=timezone.now(), by=by)
    return household, wish.pk


def _a_plan(cast: Cast, household: Household) -> dict[str, UUID]:
    """A goal that concerns Wilma's corporation with an action of hers, an agreement, a version, and a linked plan."""
    goal = a_goal(household, cast.carla, "De huur is betaald", cast.corporatie)
    action = an_action(household, cast.carla, cast.wilma, "Regeling maken", goal)
    agreement = an_agreement(household, cast.carla, "Bij ruzie gaat Kim naar oma.")
    case = a_case(cast.rosa, a_signal(cast.wilma, cast.overlast, item("Over een ander gezin.")))
    invited(case, cast.rosa, cast.wout)
    other = a_household(case, cast.rosa, cast.wout)
    with at_the_plan(cast.rosa, household) as by:
        unlock([other.dossier_id], by=by)
        versions.freeze(household, now=timezone.now(), by=by)
        given = LinkInput("Grootouders", "Zij passen op.", "Anders werkt het niet.", SOON)
        link = links.tie(household, other, given, now=timezone.now(), by=by)
        concern = GoalPartner.objects.get(goal=goal)
    return {
        "goal": goal.pk, "action": action.pk, "agreement": agreement.pk, "link": link.pk, "concern": concern.pk,
    }  # fmt: skip


def _on_offer(cast: Cast, household: Household, case: Case) -> tuple[UUID, UUID]:
    """Carla offers the regie of the household to Wilma, and Rachid the process of the case to Rosa."""
    now = timezone.now()
    with as_(cast.carla) as (by, _):
        unlock([household.dossier_id], by=by)
        offered = handing.offer(household, cast.wilma, "Ik ga ergens anders werken.", now=now, by=by).pk
    with as_(cast.rachid) as (by, _):
        unlock([case.dossier_id], by=by)
        cases.assign_regie(case, RegieKind.PROCESS, cast.rachid.pk, now=now, by=by)
        passed_on = handing.offer_process(case, cast.rosa, "Ik heb te veel casussen.", now=now, by=by).pk
    return offered, passed_on


def _wants_to_join(cast: Cast, household: Household) -> UUID:
    """Victor's question whether a case of his table may join the plan, which reached Rosa."""
    case = a_case(cast.victor, a_signal(cast.wilma, cast.jeugd))
    with as_(cast.victor) as (by, _):
        asked = joining.ask(household.dossier.reference, case, "Hetzelfde gezin.", now=timezone.now(), by=by)
    with acting(system_actor("proef")) as _:
        asking.arrives(asked.pk, joining=True, by=system_actor("proef"))
    return asked.pk


def _asked_and_broken(cast: Cast, case: Case) -> tuple[UUID, UUID]:
    """Greet's request for access that reached Rosa, and Petra's emergency access with a question to her."""
    now = timezone.now()
    with as_(cast.greet) as (by, _):
        until = timezone.localdate() + timedelta(days=60)
        request = asking.ask(case.dossier.reference, "Ik begeleid dit gezin nu ook.", until, now=now, by=by)
    with as_(cast.petra) as (by, _):
        emergency.open_in_emergency(case.dossier.reference, "Er is nu direct gevaar hier.", now=now, by=by)
        use = EmergencyAccess.objects.get()
    with acting(system_actor("proef")) as _:
        asking.arrives(request.pk, by=system_actor("proef"))
    return request.pk, use.pk


@cache
def every_pattern() -> dict[str, tuple[str, URLPattern]]:
    """URL name to its route and pattern."""
    found: dict[str, tuple[str, URLPattern]] = {}

    def walk(patterns: list[URLPattern | URLResolver], prefix: str) -> None:
        for pattern in patterns:
            route = prefix + str(pattern.pattern)
            if isinstance(pattern, URLResolver):
                walk(pattern.url_patterns, route)
            else:
                assert pattern.name, f"{route} has no name"
                assert pattern.name not in found, f"two addresses are called {pattern.name}"
                found[pattern.name] = (route, pattern)

    walk(get_resolver().url_patterns, "")
    return found


# Which object each address is about, by the address's own argument.
ABOUT = {
    "organisation-edit": {"pk": "organisation"}, "person-edit": {"pk": "person"}, "person-invite": {"pk": "person"},
    "person-leave": {"pk": "person"}, "person-factor": {"pk": "person"}, "organisation-leave": {"pk": "organisation"},
    "household-handover": {"handover_id": "offered"}, "household-handover-no": {"handover_id": "offered"},
    "household-handover-back": {"handover_id": "offered"}, "case-handover": {"handover_id": "passed_on"},
    "case-handover-no": {"handover_id": "passed_on"}, "case-handover-back": {"handover_id": "passed_on"},
    "privacy-departure": {"pk": "departure"},
    "covenant-edit": {"pk": "covenant"}, "table-detail": {"pk": "table"}, "table-edit": {"pk": "table"},
    "table-authorities": {"pk": "table"}, "table-authority-new": {"pk": "table", "code": "wijkboa"},
    "table-authority-end": {"pk": "table", "holder_id": "holder"}, "table-mandate-new": {"pk": "table"},
    "table-mandate-end": {"pk": "table", "mandate_id": "mandate"}, "decision": {"pk": "proposal"},
    "decision-refuse": {"pk": "proposal"},
    "seat-new": {"pk": "table"}, "seat-end": {"pk": "seat"}, "secrecy": {"table": "table"},
    "signal-draft": {"draft_id": "draft", "step": 1}, "signal-draft-drop": {"draft_id": "draft"},
    "signal-answer": {"pk": "asked"}, "case-subject-remove": {"pk": "case", "subject_id": "subject"},
    "case-end": {"pk": "case", "participation_id": "participation"},
    "case-view-as": {"pk": "case", "participation_id": "participation"},
    "case-share": {"pk": "case", "signal_id": "bundled"}, "table-stagnation": {"pk": "table"},
    "work-action": {"pk": "action"}, "work-drop": {"pk": "kept"}, "stuck-detail": {"pk": "home"},
    "stuck-wait": {"pk": "home", "alarm": "contact"}, "stuck-resume": {"pk": "home", "alarm": "contact"},
    "ask-withdraw": {"pk": "request"}, "privacy-emergency": {"pk": "use"}, "privacy-emergency-end": {"pk": "use"},
    "household-assess": {"pk": "household", "member_id": "member", "code": "zrm"},
    "household-member": {"pk": "household", "member_id": "member"},
    "household-member-leave": {"pk": "household", "member_id": "member"},
    "case-group": {"pk": "case", "subject_id": "group"},
    "case-group-member": {"pk": "case", "subject_id": "group", "member_id": "groupmember"},
    "case-group-remove": {"pk": "case", "subject_id": "group", "member_id": "groupmember"},
    "case-subject-period": {"pk": "case", "subject_id": "subject"},
    "household-request": {"pk": "household", "request_id": "joining"},
    "household-request-no": {"pk": "household", "request_id": "joining"},
    "case-succeed": {"pk": "case", "participation_id": "participation"},
    "ladder-proposal": {"pk": "climbing"}, "ladder-proposal-withdraw": {"pk": "climbing"},
    "ladder-version": {"pk": "climbing", "code": "woonoverlast"},
    "ladder-review": {"pk": "climbing", "code": "woonoverlast"},
    "ladder-step": {"pk": "climbing", "code": "woonoverlast", "key": "zelf"},
    "ladder-fact": {"pk": "climbing", "code": "woonoverlast", "key": "zelf", "requirement": "gesprek_veilig"},
    "ladder-fact-withdraw": {"pk": "climbing", "code": "woonoverlast", "key": "zelf"},
    "ladder-term-start": {"pk": "case", "code": "woonoverlast", "rung": "waarschuwing", "key": "volgen"},
    "household-goal": {"goal_id": "goal"}, "household-version": {"number": 1},
    "household-goal-partner-end": {"goal_id": "goal", "concern_id": "concern"},
    "household-agreement": {"agreement_id": "agreement"}, "household-agreement-end": {"agreement_id": "agreement"},
    "household-plan-link-end": {"link_id": "link"},
    "person": {"kind": "casus", "pk": "subject"}, "person-undo": {"pk": "tie"},
    "person-compare": {"kind": "casus", "pk": "subject", "other_kind": "signaal", "other": "suspect"},
    "account_reset_password_from_key": {"uidb36": "x", "key": "y-z"},
    **meetings.ABOUT,
    **logbook.ABOUT,
    **review.ABOUT,
    **breaches.ABOUT,
    **meetings.ABOUT, **accounting.ABOUT,
    **rights.ABOUT,
    **retention.ABOUT,
    **login.ABOUT,
    **retention.ABOUT, **running.ABOUT,
}  # fmt: skip
BY_PREFIX = {
    "signal-": "signal", "triage-": "signal", "case-": "case", "import-": "batch", "attachment": "attachment",
    "emergency-": "use", "household-": "household", "ladder-": "case",
}  # fmt: skip


def path_of(name: str, objects: Objects) -> str:
    """The address, filled in with the staged objects."""
    route, _ = every_pattern()[name]
    given: dict[str, Any] = {}
    for argument in re.findall(r"<(?:\w+:)?(\w+)>", route):  # also of what it is included under
        fallback = argument.removesuffix("_id") if argument != "pk" else None
        by_prefix = next((what for prefix, what in BY_PREFIX.items() if name.startswith(prefix)), None)
        what = ABOUT.get(name, {}).get(argument, fallback or by_prefix)
        given[argument] = objects.ids.get(what, what) if isinstance(what, str) else what
    return reverse(name, kwargs=given)

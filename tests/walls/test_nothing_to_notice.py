"""Pages before and after something that one may not know of are the same, word for word."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

import pytest
from django.utils import timezone

from casework.models import Audience, CaseSubject, Participation, RegieKind, SubjectKind
from casework.services import cases, disclosing, participants
from casework.values import CaseSubjectInput, Terms
from partners.models import User
from privacy.models import Exclusion, Job
from privacy.unlock import unlock
from tests.casework.conftest import Browser, Browsers, Login
from tests.exclusion.conftest import keep_away, main
from tests.world import GROUND, Cast, a_case, a_signal, as_, contributed, invited

OF_A_CASE = (
    "case-detail", "case-signals", "case-subjects", "case-contributions", "case-people", "case-who", "case-export",
)  # fmt: skip
OF_AN_ITEM = ("case-who-contribution", "case-share-contribution", "case-correct", "case-withdraw")
ONES_OWN = ("home", "case-list", "signal-list", "ask-list", "ask-new", "emergency", "search", "signal-new", "help")
Pages = dict[tuple[Any, ...], str]


@pytest.fixture
def browser(login: Login) -> Browsers:
    """The browser of this person."""
    return lambda user: Browser(login(user))


def seen(page: Browser, *addresses: tuple[Any, ...]) -> Pages:
    """What stands on these pages, without the tokens that differ each time."""
    token = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"')
    return {address: token.sub("", main(page.see(*address))) for address in addresses}


def no_mail_to(person: User) -> bool:
    return not Job.objects.filter(subject_id=person.pk).exists()


@pytest.mark.parametrize("viewer", ["wilma", "pieter", "carla"])
def test_a_hidden_partner_changes_no_page_of_the_others(
    cast: Cast, browser: Browsers, viewer: str, time_machine: Any
) -> None:
    time_machine.move_to(timezone.now(), tick=False)
    signal = a_signal(cast.wilma, cast.overlast)
    case = a_case(cast.rosa, signal)
    invited(case, cast.rosa, cast.wilma, cast.pieter, cast.carla)
    items = [contributed(case, cast.people[who], who, terms=Terms(frozenset(), True)) for who in ("wilma", "carla")]
    addresses: list[tuple[Any, ...]] = [(name, case.pk) for name in OF_A_CASE]
    addresses += [(name, case.pk, item.pk) for name in OF_AN_ITEM for item in items]
    addresses += [("signal-detail", signal.pk), ("signal-who", signal.pk), *((name,) for name in ONES_OWN)]
    page = browser(cast.people[viewer])
    before = seen(page, *addresses)
    Job.objects.all().delete()
    invited(case, cast.rosa, cast.greet, hidden=True)
    with as_(cast.rosa) as (by, _):
        unlock([case.dossier_id, signal.dossier_id], by=by)
        disclosing.share_signal(case, signal, cast.ggz, ground=GROUND, now=timezone.now(), by=by)
    contributed(case, cast.greet, "Voor de regie.", audience=Audience.REGIE)
    assert seen(page, *addresses) == before
    assert no_mail_to(cast.people[viewer])


def test_who_is_kept_away_finds_every_page_as_it_was_before_the_case(
    cast: Cast, browser: Browsers, time_machine: Any
) -> None:
    time_machine.move_to(timezone.now(), tick=False)
    page, addresses = browser(cast.greet), [(name,) for name in ONES_OWN]
    before = seen(page, *addresses)
    case = a_case(cast.rosa, a_signal(cast.wilma, cast.overlast))
    invited(case, cast.rosa, cast.greet)
    with as_(cast.rosa) as (by, _):
        unlock([case.dossier_id], by=by)
        cases.assign_regie(case, RegieKind.CASE, cast.greet.pk, now=timezone.now(), by=by)
    keep_away(case, cast.greet, by=cast.rosa)
    Job.objects.all().delete()
    contributed(case, cast.rosa, "Nieuw.")
    with as_(cast.rosa) as (by, _):
        unlock([case.dossier_id], by=by)
        there = Participation.objects.get(case=case, user=cast.greet)
        participants.end_participation(there, now=timezone.now(), by=by)
    assert seen(page, *addresses) == before
    assert no_mail_to(cast.greet)


def test_what_belongs_to_another_case_is_not_found_in_this_one(cast: Cast, browser: Browsers) -> None:
    """Also for who directs, or takes part in, both."""
    signal = a_signal(cast.greet, cast.overlast)
    here, there = a_case(cast.rosa, a_signal(cast.wilma, cast.overlast)), a_case(cast.rosa, signal)
    for case in (here, there):
        invited(case, cast.rosa, cast.wilma, cast.pieter)
    own, of_regie = contributed(there, cast.wilma, "Daar."), contributed(there, cast.rosa, "Ook daar.")
    keep_away(there, cast.petra, by=cast.rosa)
    with as_(cast.rosa) as (by, _):
        unlock([there.dossier_id], by=by)
        given = CaseSubjectInput(SubjectKind.PERSON, "Piet", "", None, "", "")
        subject = cases.add_subject(there, given, by=by)
        taking_part = Participation.objects.get(case=there, user=cast.pieter)
        exclusion = Exclusion.objects.get(dossier=there.dossier_id)
    tries: list[tuple[User, str, UUID]] = [(cast.rosa, name, of_regie.pk) for name in OF_AN_ITEM]
    tries += [(cast.wilma, name, own.pk) for name in OF_AN_ITEM]
    tries += [(cast.rosa, name, taking_part.pk) for name in ("case-end", "case-succeed", "case-view-as")]
    tries += [(cast.rosa, "case-subject-remove", subject.pk), (cast.rosa, "case-exclusion-lift", exclusion.pk)]
    tries += [(cast.rosa, "case-share", signal.pk)]
    sent = {"text": "x", "kind": "feit", "category": "algemeen", "audience": "table", "ground": GROUND}
    sent |= {"organisation": str(cast.politie.pk), "organisations": str(cast.politie.pk)}
    for person, name, pk in tries:
        assert browser(person).do(name, here.pk, pk, **sent).status_code in (404, 405, 409), name
    with as_(cast.rosa):
        assert Participation.objects.get(pk=taking_part.pk).ended_at is None
        assert CaseSubject.objects.filter(pk=subject.pk).exists()
        assert Exclusion.objects.get(pk=exclusion.pk).ended_at is None

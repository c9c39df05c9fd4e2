"""Who or what a case is about: every kind, roles with a period, and the people of a group."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from casework.models import Case, CaseSubject, GroupMember, SubjectKind
from casework.theming import active_theme
from partners.models import CaseTable, Seat, SecrecyStatement
from privacy.access import visible
from privacy.roles import Role
from privacy.unlock import unlock
from tests.casework.conftest import Browsers, words
from tests.world import Cast, a_case, a_signal, as_, canary, invited

TODAY = date.today()


@pytest.fixture
def case(cast: Cast) -> Case:
    """A case of Victor's table for youth; Petra takes part."""
    table = CaseTable.objects.get(pk=cast.jeugd.pk)
    Seat.objects.create(table=table, user=cast.petra, role=Role.PROFESSIONAL, valid_from="2020-01-01T00:00Z")
    SecrecyStatement.objects.create(table=table, user=cast.petra, profile_version="proef")
    found = a_case(cast.victor, a_signal(cast.petra, table))
    invited(found, cast.victor, cast.petra)
    return found


def _group(cast: Cast, case: Case, browser: Browsers) -> CaseSubject:
    browser(cast.victor).do("case-subjects", case.pk, kind="group", name="Groep bij het plein")
    with as_(cast.victor) as (by, _):
        return visible(CaseSubject, by=by).get(case=case, kind=SubjectKind.GROUP)


def _people(cast: Cast, case: Case) -> list[GroupMember]:
    with as_(cast.victor) as (by, _):
        unlock([case.dossier_id], by=by)
        return list(visible(GroupMember, by=by).filter(dossier=case.dossier))


def somebody(**more: str) -> dict[str, Any]:
    return {"name": "Jay", "role": "mee", "birth_date": "2-10-2010", "since": "1-3-2026", "until": ""} | more


def test_a_theme_names_what_its_cases_are_about() -> None:
    assert {"branch", "phenomenon", "legal_person", "place"} <= set(active_theme("ondermijning").subject_kinds)
    assert "branch" not in active_theme("woonoverlast").subject_kinds


def test_a_subject_has_a_role_with_a_period(cast: Cast, case: Case, browser: Browsers) -> None:
    victor = browser(cast.victor)
    given = {"kind": "person", "name": "Jayden Proef", "since": "1-2-2026", "until": "1-4-2026"}
    assert victor.do("case-subjects", case.pk, **given).status_code == 302
    page = words(browser(cast.petra).see("case-subjects", case.pk))
    assert "sinds 1 feb. 2026 tot en met 1 apr. 2026" in page or "sinds 1 feb 2026 tot en met 1 apr 2026" in page
    with as_(cast.victor) as (by, _):
        subject = visible(CaseSubject, by=by).get(case=case)
    wrong = victor.do("case-subject-period", case.pk, subject.pk, since="1-4-2026", until="1-2-2026")
    assert wrong.status_code == 422
    assert "De laatste dag ligt vóór de eerste." in words(wrong)
    role = active_theme("jonge_aanwas").subject_roles[0].code
    assert victor.do("case-subject-period", case.pk, subject.pk, role=role, since="1-2-2026").status_code == 302
    with as_(cast.victor) as (by, _):
        fresh = visible(CaseSubject, by=by).get(case=case)
        assert (fresh.role, fresh.since, fresh.until) == (role, date(2026, 2, 1), None)


def test_people_of_a_group_have_a_role_and_a_period_and_partners_read_them(
    cast: Cast, case: Case, browser: Browsers
) -> None:
    group, name = _group(cast, case, browser), canary("naam")
    assert browser(cast.victor).do("case-group", case.pk, group.pk, **somebody(name=name)).status_code == 302
    page = words(browser(cast.petra).see("case-group", case.pk, group.pk))
    assert name in page
    assert "Meeloper" in page
    assert "Voeg iemand toe" not in page
    assert "Wie zitten erin? (1)" in words(browser(cast.petra).see("case-subjects", case.pk))


def test_roles_change_and_who_does_not_belong_is_wiped(cast: Cast, case: Case, browser: Browsers) -> None:
    group, victor = _group(cast, case, browser), browser(cast.victor)
    victor.do("case-group", case.pk, group.pk, **somebody())
    [row] = _people(cast, case)
    better = somebody(role="plus", until="1-5-2026")
    assert victor.do("case-group-member", case.pk, group.pk, row.pk, **better).status_code == 302
    [row] = _people(cast, case)
    assert (row.role, row.until) == ("plus", date(2026, 5, 1))
    assert victor.do("case-group-remove", case.pk, group.pk, row.pk).status_code == 302
    assert _people(cast, case) == []


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"name": ""}, "Vul een naam of bijnaam in."),
        ({"since": f"{TODAY + timedelta(days=3):%d-%m-%Y}"}, "een dag die al is geweest"),
        ({"until": "1-1-2025"}, "De laatste dag ligt vóór de eerste."),
        ({"birth_date": f"{TODAY + timedelta(days=3):%d-%m-%Y}"}, "ligt in de toekomst"),
    ],
)
def test_what_is_wrong_with_somebody_of_a_group_is_said(
    cast: Cast, case: Case, browser: Browsers, wrong: dict[str, str], said: str
) -> None:
    group = _group(cast, case, browser)
    answer = browser(cast.victor).do("case-group", case.pk, group.pk, **somebody(**wrong))
    assert answer.status_code == 422
    assert said in words(answer)
    assert _people(cast, case) == []


def test_a_partner_changes_no_group_and_others_do_not_know_of_it(cast: Cast, case: Case, browser: Browsers) -> None:
    group = _group(cast, case, browser)
    browser(cast.victor).do("case-group", case.pk, group.pk, **somebody())
    [row] = _people(cast, case)
    petra = browser(cast.petra)
    assert petra.do("case-group", case.pk, group.pk, **somebody()).status_code == 403
    assert petra.do("case-group-member", case.pk, group.pk, row.pk, **somebody()).status_code == 403
    assert petra.do("case-group-remove", case.pk, group.pk, row.pk).status_code == 403
    assert petra.see("case-subject-period", case.pk, group.pk).status_code == 403
    assert browser(cast.wilma).see("case-group", case.pk, group.pk).status_code == 404
    assert browser(cast.rosa).see("case-group", case.pk, group.pk).status_code == 404
    with as_(cast.petra):
        assert GroupMember.objects.update(role="min") == 0, "the database says so too"


def test_only_a_group_has_people(cast: Cast, case: Case, browser: Browsers) -> None:
    browser(cast.victor).do("case-subjects", case.pk, kind="person", name="Jayden Proef")
    with as_(cast.victor) as (by, _):
        subject = visible(CaseSubject, by=by).get(case=case)
    assert browser(cast.victor).see("case-group", case.pk, subject.pk).status_code == 404


def test_taking_a_group_out_takes_its_people_along(cast: Cast, case: Case, browser: Browsers) -> None:
    group = _group(cast, case, browser)
    browser(cast.victor).do("case-group", case.pk, group.pk, **somebody())
    assert browser(cast.victor).do("case-subject-remove", case.pk, group.pk).status_code == 302
    assert _people(cast, case) == []

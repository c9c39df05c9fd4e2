"""The priority list: by a published criterion, for the regie alone, and off it as soon as it can."""

from __future__ import annotations

import pytest
from django.utils import timezone

from casework.models import Case, Priority
from casework.services import cases, priority
from casework.theming import active_theme
from privacy.errors import Refused
from tests.casework.conftest import Browsers, words
from tests.meetings.scene import a_meeting, leading
from tests.world import Cast, a_case, a_signal, as_, invited

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(cast: Cast) -> Case:
    made = a_case(cast.rosa, a_signal(cast.pieter, cast.overlast))
    invited(made, cast.rosa, cast.pieter)
    return made


def test_a_case_comes_on_the_list_and_first_among_the_proposals(cast: Cast, case: Case, browser: Browsers) -> None:
    a_case(cast.rosa, a_signal(cast.wilma, cast.overlast), short_name="De eerste")
    rosa, text = browser(cast.rosa), "Er wonen twee kinderen boven."
    answer = rosa.do("case-priority", case.pk, criterion="kinderen", reason=text)
    assert answer.status_code == 302
    assert text in words(rosa.see("priority-list"))
    assert "Op de" in words(rosa.see("case-detail", case.pk))
    page = words(rosa.see("meeting-prepare", a_meeting(cast.overlast, cast.rosa).pk))
    assert page.index(f"casus-{case.pk}") < page.index("De eerste")


def test_without_a_criterion_or_a_reason_it_is_refused_and_what_was_typed_comes_back(
    cast: Cast, case: Case, browser: Browsers
) -> None:
    answer = browser(cast.rosa).do("case-priority", case.pk, reason="Dit typte ik.")
    assert answer.status_code == 422
    assert "Dit typte ik." in words(answer)
    with leading(cast.rosa, case) as by, pytest.raises(Refused, match="criterium uit de lijst"):
        priority.put_first(case, "verzonnen", "Zomaar.", now=timezone.now(), by=by)


def test_twice_is_refused_and_taking_off_twice_is_once(cast: Cast, case: Case, browser: Browsers) -> None:
    rosa = browser(cast.rosa)
    rosa.do("case-priority", case.pk, criterion="geweld", reason="Er is gedreigd.")
    again = rosa.do("case-priority", case.pk, criterion="geweld", reason="Er is gedreigd.")
    assert again.status_code == 409
    rosa.do("case-priority-off", case.pk)
    assert rosa.do("case-priority-off", case.pk).status_code == 302
    assert "De lijst is leeg" in words(rosa.see("priority-list"))


def test_a_partner_reads_nothing_of_it(cast: Cast, case: Case, browser: Browsers) -> None:
    browser(cast.rosa).do("case-priority", case.pk, criterion="geweld", reason="Er is gedreigd.")
    pieter = browser(cast.pieter)
    assert pieter.see("priority-list").status_code == 403
    assert pieter.do("case-priority", case.pk, criterion="geweld", reason="x").status_code == 403
    assert "prioriteitenlijst" not in words(pieter.see("case-detail", case.pk))
    with as_(cast.pieter):
        assert not Priority.objects.exists(), "nor with SQL of one's own"
    victor = browser(cast.victor)
    assert "De lijst is leeg" in words(victor.see("priority-list"))
    assert victor.do("case-priority-off", case.pk).status_code == 404


def test_a_case_that_closes_leaves_the_list_at_once(cast: Cast, case: Case) -> None:
    with leading(cast.rosa, case) as by:
        priority.put_first(case, "geweld", "Er is gedreigd.", now=timezone.now(), by=by)
    with leading(cast.rosa, case) as by:
        code = active_theme("woonoverlast").close_outcomes[0].code
        cases.close(case, code, "Klaar.", now=timezone.now(), by=by)
    with as_(cast.rosa):
        assert not Priority.objects.filter(until__isnull=True).exists()

"""What ends, or was to be judged anew, stands on the work list of who directs the case, and of nobody else."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from casework.models import Case
from casework.services import cases
from escalation.models import Term
from escalation.queries.due import due
from partners.models import User
from tests.casework.conftest import Browser, Login, words
from tests.ladder.measured import measured
from tests.ladder.scene import at_the_ladder, standing_of
from tests.world import Cast, a_case, a_signal, as_, invited

NEXT = timezone.localdate() + timedelta(days=45)


@pytest.fixture
def case(cast: Cast) -> Case:
    """A case with a warning, and a term for views that runs for two weeks."""
    found = a_case(cast.rosa, a_signal(cast.wilma, cast.overlast))
    invited(found, cast.rosa, cast.wilma)
    measured(cast, found)
    return found


def lines(case: Case, person: User, days: int) -> list[tuple[str, str]]:
    """What this person would read so many days from now."""
    with as_(person) as (by, _):
        found = due(timezone.now() + timedelta(days=days), by=by)
        return [(one.what, one.when) for one in found if one.pk == case.pk]


def test_a_term_is_there_a_week_before_its_end_and_says_when_it_is_over(cast: Cast, case: Case) -> None:
    with as_(cast.rosa):
        term = Term.objects.get(standing__case=case, key="zienswijze")
    left = (term.ends - timezone.now()).days
    assert lines(case, cast.rosa, 0) == []
    assert lines(case, cast.rosa, left - 3)[0][0] == "Termijn loopt af: Zienswijze geven"
    assert lines(case, cast.rosa, left + 2)[0][0] == "Termijn voorbij: Zienswijze geven"
    assert lines(case, cast.rachid, left - 3), "every procesregisseur of the table"
    for other in (cast.wilma, cast.victor, cast.pieter):
        assert lines(case, other, left + 2) == []


def test_a_review_that_is_late_is_there(cast: Cast, case: Case) -> None:
    review = standing_of(case, "woonoverlast", cast.rosa).review_on
    assert review is not None
    late = (review - timezone.localdate()).days + 1
    assert ("Trede opnieuw bekijken", f"sinds {review.day} ") in [
        (what, when[: when.index(" ", 6) + 1]) for what, when in lines(case, cast.rosa, late)
    ]


def test_of_a_closed_case_nothing_is_due(cast: Cast, case: Case) -> None:
    with at_the_ladder(cast.rosa, standing_of(case, "woonoverlast", cast.rosa)) as by:
        cases.close(case, "hulp_loopt", "Het is klaar.", now=timezone.now(), by=by)
    assert lines(case, cast.rosa, 40) == []


def test_the_work_list_has_the_line_with_a_link_to_the_ladder(
    cast: Cast, case: Case, login: Login, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "Termijn loopt af" not in words(Browser(login(cast.rosa)).see("home"))
    monkeypatch.setattr("escalation.queries.due.NEAR", timedelta(days=20))
    home = words(Browser(login(cast.rosa)).see("home"))
    assert "Termijn loopt af: Zienswijze geven" in home
    assert reverse("case-ladder", args=[case.pk]) in home


def test_what_was_judged_anew_and_stays_is_a_decision_with_a_next_day(cast: Cast, case: Case, login: Login) -> None:
    rosa, there = Browser(login(cast.rosa)), standing_of(case, "woonoverlast", cast.rosa)
    address = ("ladder-review", case.pk, "woonoverlast")
    sent = {"about": "Piet Voorbeeld", "reason": "De buren melden niets meer.", "review_on": f"{NEXT:%d-%m-%Y}"}
    assert rosa.do(*address).status_code == 422
    assert rosa.do(*address, **sent | {"review_on": "1-1-2020"}).status_code == 422
    assert rosa.do(*address, **sent).status_code == 302
    after = standing_of(case, "woonoverlast", cast.rosa)
    assert (after.at, after.since, after.review_on, after.steps) == (there.at, there.since, NEXT, there.steps + 1)
    page = words(rosa.see("case-ladder", case.pk))
    assert "Opnieuw bekeken: blijft op “Waarschuwing”" in page
    assert "Waarschuwing" in page
    assert Browser(login(cast.wilma)).do(*address, **sent).status_code == 403

"""A rule is changed by two persons: nothing counts before the second agreed, and the database knows it too."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, ProgrammingError, transaction
from django.utils import timezone

from privacy.errors import Refused
from privacy.models import ReviewRule
from privacy.review import changing
from privacy.review.ruling import in_force
from tests.casework.conftest import Browsers, browser, words
from tests.conftest import Log
from tests.world import Cast, as_

__all__ = ["browser"]


def proposed(cast: Cast, days: int = 21) -> ReviewRule:
    with as_(cast.fatima) as (by, _):
        given = {"days": days, "regie": 0}
        return changing.propose(in_force()["R2"], given, active=True, now=timezone.now(), by=by)


def days(cast: Cast) -> int:
    with as_(cast.fatima):
        return in_force()["R2"].values["days"]


@pytest.mark.parametrize("second", ["faisal", "cor"])
def test_a_change_counts_once_another_agreed(cast: Cast, second: str, log: Log) -> None:
    change = proposed(cast)
    assert days(cast) == 14
    with as_(cast.people[second]) as (by, _):
        changing.agree(change, now=timezone.now(), by=by)
        with pytest.raises(Refused):
            changing.agree(change, now=timezone.now(), by=by)
    assert days(cast) == 21
    assert {"review.rule_proposed", "review.rule_agreed"} <= {entry.event for entry in log.changes()}


def test_nobody_agrees_with_an_own_proposal_not_even_in_the_database(cast: Cast) -> None:
    change = proposed(cast)
    with as_(cast.fatima) as (by, _):
        with pytest.raises(Refused):
            changing.agree(change, now=timezone.now(), by=by)
        with pytest.raises(IntegrityError), transaction.atomic():
            ReviewRule.objects.filter(pk=change.pk).update(agreed_by=by.user_id, agreed_at=timezone.now())
        with pytest.raises(ProgrammingError), transaction.atomic():
            ReviewRule.objects.filter(pk=change.pk).update(agreed_by=cast.faisal.pk, agreed_at=timezone.now())
        with pytest.raises(ProgrammingError), transaction.atomic():
            ReviewRule.objects.filter(pk=change.pk).update(numbers={"days": 90})
    assert days(cast) == 14


@pytest.mark.parametrize("name", ["rosa", "beheer", "conny"])
def test_who_does_not_watch_changes_no_rule(cast: Cast, name: str, browser: Browsers) -> None:
    change = proposed(cast)
    page = browser(cast.people[name])
    assert page.see("privacy-review-rules").status_code == 403
    assert page.do("privacy-review-decide", change.pk).status_code == 403
    with as_(cast.people[name]):
        assert not ReviewRule.objects.exists()


def test_the_page_proposes_and_the_controller_agrees(cast: Cast, browser: Browsers) -> None:
    page = browser(cast.fatima)
    wrong = page.do("privacy-review-rule", "R2", days="400", regie="0", active="on")
    assert "Vul een getal in van 1 tot en met 90." in words(wrong)
    assert page.do("privacy-review-rule", "R2", days="30", regie="0", active="on").status_code == 302
    assert "14 wordt 30" in words(page.see("privacy-review-rules"))
    again = page.do("privacy-review-rule", "R2", days="31", regie="0", active="on")
    assert again.status_code == 409
    with as_(cast.fatima):
        change = ReviewRule.objects.get(agreed_at__isnull=True)
    page.do("privacy-review-decide", change.pk)
    assert days(cast) == 14
    browser(cast.cor).do("privacy-review-decide", change.pk)
    assert days(cast) == 30

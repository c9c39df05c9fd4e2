"""When something counts as stuck, per table: set by the beheerder, in bounds, in the log."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from partners.models import StagnationSettings
from partners.queries import limits_of
from tests.work.conftest import Browsers, words
from tests.world import Cast

RIGHT = {"overdue_days": "3", "contact_weeks": "2", "handover_days": "5", "plan_days": "14", "alarms": ["contact"],
         "digest": "daily"}  # fmt: skip


def test_a_table_that_nobody_set_has_the_defaults(cast: Cast) -> None:
    limits = limits_of([cast.overlast.pk])[cast.overlast.pk]
    assert (limits.overdue_days, limits.contact_weeks, limits.handover_days, limits.plan_days) == (7, 4, 5, 21)
    assert len(limits.alarms) == 6
    assert not StagnationSettings.objects.exists()


def test_the_beheerder_sets_them_for_one_table_and_the_log_says_which(cast: Cast, browser: Browsers, log) -> None:
    beheer = browser(cast.beheer)
    assert beheer.do("table-stagnation", cast.overlast.pk, **RIGHT).status_code == 302
    limits = limits_of([cast.overlast.pk, cast.jeugd.pk])
    assert (limits[cast.overlast.pk].overdue_days, limits[cast.jeugd.pk].overdue_days) == (3, 7)
    assert limits[cast.overlast.pk].alarms == ["contact"]
    assert "na 3 dagen" in words(beheer.see("table-detail", cast.overlast.pk))
    assert beheer.do("table-stagnation", cast.overlast.pk, **(RIGHT | {"overdue_days": "4"})).status_code == 302
    assert [entry.changes for entry in log.changes(event="stagnation.saved")][1] == ["overdue_days"]


@pytest.mark.parametrize(
    ("field", "value"),
    [("overdue_days", "0"), ("overdue_days", "91"), ("contact_weeks", "x"), ("plan_days", ""), ("digest", "zondag"),
     ("alarms", ["regie"])],
)  # fmt: skip
def test_what_is_out_of_bounds_is_refused_with_what_to_do(
    cast: Cast, browser: Browsers, field: str, value: object
) -> None:
    answer = browser(cast.beheer).do("table-stagnation", cast.overlast.pk, **(RIGHT | {field: value}))
    assert answer.status_code == 422
    assert not StagnationSettings.objects.exists()


def test_the_database_keeps_the_bounds_too(cast: Cast) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        StagnationSettings.objects.create(table=cast.overlast, overdue_days=0)

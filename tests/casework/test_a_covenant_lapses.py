"""A covenant that lapses closes what hangs on it, on the next request; renewed, it is open again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from casework.models import Case, Contribution, Participation, Signal
from casework.queries.cases import case_rows, open_case
from casework.queries.search import search
from casework.queries.signals import own_signals
from casework.queries.worklist import worklist
from partners.mail import something_waits
from partners.models import Covenant
from partners.notices import SOMETHING_WAITS
from partners.todo import todo
from privacy.access import visible
from privacy.errors import NotKnown
from privacy.models import Grant, Job
from tests.casework.conftest import Browsers, words
from tests.world import Cast, a_case, a_signal, as_, contributed, invited


@pytest.fixture
def stage(cast: Cast) -> tuple[Case, Signal]:
    """Wilma reported the signal, takes part in the case, and brought something in."""
    signal = a_signal(cast.wilma, cast.overlast)
    case = a_case(cast.rosa, signal)
    invited(case, cast.rosa, cast.wilma, cast.pieter)
    contributed(case, cast.wilma, "Van de corporatie.")
    return case, signal


def everything(cast: Cast, case: Case, signal: Signal) -> list[bool]:
    """Each way in to what Wilma holds."""
    with as_(cast.wilma) as (by, _):
        try:
            opened = bool(open_case(case.pk, by=by).name)
        except NotKnown:
            opened = False
        return [
            opened,
            any(row.pk == case.pk for row in case_rows(by=by).rows),
            any(hit.pk == case.pk for hit in search("Fam", by=by)),
            any(row.pk == signal.pk for row in own_signals(by=by)),
            visible(Contribution, by=by).filter(case=case).exists(),
            Contribution.objects.filter(case=case).exists(),
            Participation.objects.filter(case=case).exists(),
            Grant.objects.filter(kind__in=["case", "signal"]).exists(),
            any(row.pk == case.pk for row in worklist(by=by).cases or ()),
        ]


def ends(cast: Cast, days: int) -> None:
    """The corporation gets a covenant of its own, which ends so many days from today."""
    today = timezone.localdate()
    Covenant.objects.get(name="Convenant Proefstad").organisations.remove(cast.corporatie)
    own, _ = Covenant.objects.update_or_create(
        name="Convenant corporaties",
        defaults={
            "themes": ["woonoverlast"],
            "categories": ["algemeen"],
            "valid_from": today - timedelta(days=300),
            "valid_until": today + timedelta(days=days),
        },
    )
    own.organisations.set([cast.corporatie])


@pytest.fixture
def lapse(cast: Cast) -> Callable[[int], None]:
    return lambda days: ends(cast, days)


def test_everything_is_closed_on_the_next_request_and_open_again_when_it_is_renewed(
    cast: Cast, stage: tuple[Case, Signal], lapse: Callable[[int], None]
) -> None:
    assert all(everything(cast, *stage))
    lapse(-1)
    assert not any(everything(cast, *stage))
    lapse(0)
    assert all(everything(cast, *stage)), "its last day counts"


def test_pages_and_download_are_closed_too(
    cast: Cast, stage: tuple[Case, Signal], lapse: Callable[[int], None], browser: Browsers
) -> None:
    case, signal = stage
    page = browser(cast.wilma)
    addresses = [(name, case.pk) for name in ("case-detail", "case-contributions", "case-export", "case-looked")]
    addresses.append(("signal-detail", signal.pk))
    assert {page.see(*address).status_code for address in addresses} == {200}
    lapse(-1)
    assert {page.see(*address).status_code for address in addresses} == {404}
    lapse(100)
    assert {page.see(*address).status_code for address in addresses} == {200}


def test_no_mail_says_that_something_waits(
    cast: Cast, stage: tuple[Case, Signal], lapse: Callable[[int], None]
) -> None:
    job = Job(kind=SOMETHING_WAITS, subject_id=cast.wilma.pk)
    lapse(-1)
    something_waits(job)
    assert mail.outbox == []
    lapse(10)
    something_waits(job)
    assert len(mail.outbox) == 1


def test_the_regisseur_reads_since_when_and_a_partner_does_not(
    cast: Cast, stage: tuple[Case, Signal], lapse: Callable[[int], None], browser: Browsers
) -> None:
    case, _ = stage
    notice = f"{cast.corporatie.name} valt niet meer onder een geldig convenant: geen toegang sinds"
    assert notice not in words(browser(cast.rosa).see("case-detail", case.pk))
    lapse(-1)
    assert notice in words(browser(cast.rosa).see("case-detail", case.pk))
    assert notice not in words(browser(cast.pieter).see("case-detail", case.pk))
    lapse(30)
    assert notice not in words(browser(cast.rosa).see("case-detail", case.pk))


def test_the_beheerder_reads_what_hangs_on_a_covenant_before_it_ends(cast: Cast, lapse: Callable[[int], None]) -> None:
    lapse(59)
    with as_(cast.beheer):
        lines = [line for line in todo(timezone.now()) if line.what == "Convenant loopt af"]
    assert [line.which for line in lines] == ["Convenant corporaties: 1 organisatie, 2 zetels"]
    lapse(61)
    with as_(cast.beheer):
        assert not [line for line in todo(timezone.now()) if line.what == "Convenant loopt af"]

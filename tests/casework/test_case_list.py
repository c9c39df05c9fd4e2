"""The list of cases: read off the reader's own grants, filtered there, and counted up to a cap."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from casework.models import Case
from casework.queries import cases as listing
from casework.services import cases
from casework.theming import active_theme
from partners.models import CaseTable, Seat, SecrecyStatement, User
from partners.services.seats import SEAT_GROUND
from privacy import access, grants
from privacy.dossiers import part
from privacy.grants import Because
from privacy.models import CompartmentKind, Grant
from privacy.roles import Role
from privacy.unlock import unlock
from tests.casework.conftest import Browsers, words
from tests.world import GROUND, Cast, a_case, a_signal, as_, invited


def a_case_of(cast: Cast) -> Case:
    case = a_case(cast.rosa, a_signal(cast.wilma, cast.overlast))
    invited(case, cast.rosa, cast.wilma)
    return case


def closed(cast: Cast, case: Case) -> None:
    outcome = active_theme("woonoverlast").close_outcomes[0].code
    with as_(cast.rosa) as (by, _):
        unlock([case.dossier_id], by=by)
        cases.close(case, outcome, "Gestopt.", now=timezone.now(), by=by)


def counted(user: User, **wish: object) -> int:
    with as_(user) as (by, _):
        return listing.case_count(by=by, **wish)


def listed(user: User, **wish: object) -> list[object]:
    with as_(user) as (by, _):
        return [row.pk for row in listing.case_rows(by=by, **wish).rows]


def test_the_list_says_how_many_cases_a_reader_has(cast: Cast, browser: Browsers) -> None:
    a_case_of(cast)
    a_case_of(cast)
    a_case(cast.rosa, a_signal(cast.wilma, cast.overlast))
    assert "2 casussen" in words(browser(cast.wilma).see("case-list"))
    assert "3 casussen" in words(browser(cast.rosa).see("case-list"))
    assert counted(cast.victor) == 0


def test_who_has_more_than_the_cap_reads_that_and_nothing_is_counted_further(
    cast: Cast, browser: Browsers, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("privacy.access", "casework.views.cases"):
        monkeypatch.setattr(f"{module}.COUNTED", 2)
    for _ in range(4):
        a_case_of(cast)
    assert "Meer dan 2 casussen" in words(browser(cast.wilma).see("case-list"))
    assert counted(cast.wilma) == access.COUNTED + 1


def test_a_case_held_twice_is_listed_and_counted_once(cast: Cast) -> None:
    case = a_case_of(cast)
    with as_(cast.rosa) as (by, _):
        cover = part(case.dossier, CompartmentKind.COVER)
        grants.give([cover], to=[cast.wilma.pk], level="view", because=Because(GROUND, "seat:proef"), by=by)
    with as_(cast.wilma) as (by, _):
        assert grants.valid(by).filter(compartment=cover).count() == 2
    assert counted(cast.wilma) == 1
    assert listed(cast.wilma) == [case.pk]


def test_a_closed_case_is_found_behind_any_number_of_newer_open_ones(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = a_case_of(cast)
    closed(cast, old)
    for _ in range(3):
        a_case_of(cast)
    monkeypatch.setattr(listing, "PAGE", 2)
    assert listed(cast.rosa, status="closed") == [old.pk]
    assert old.pk not in listed(cast.rosa, status="open")
    assert (counted(cast.rosa, status="closed"), counted(cast.rosa, status="open")) == (1, 3)


def test_a_page_goes_on_where_the_last_one_ended(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    made = [a_case_of(cast).pk for _ in range(5)]
    monkeypatch.setattr(listing, "PAGE", 2)
    seen: list[object] = []
    before = None
    with as_(cast.wilma) as (by, _):
        while True:
            page = listing.case_rows(before=before, by=by)
            seen += [row.pk for row in page.rows]
            if not page.older:
                break
            before = page.rows[-1].opened_at
    assert seen == made[::-1]


def test_a_filter_on_the_table_shows_only_that_table(cast: Cast) -> None:
    case = a_case_of(cast)
    assert listed(cast.wilma, table_id=cast.overlast.pk) == [case.pk]
    assert listed(cast.wilma, table_id=cast.jeugd.pk) == []


def _seated(table: CaseTable, user: User) -> Seat:
    SecrecyStatement.objects.create(table=table, user=user, profile_version="proef")
    return Seat.objects.create(
        table=table, user=user, role=Role.PROCESREGISSEUR, valid_from=timezone.now() - timedelta(days=1)
    )


def test_a_grant_says_that_its_dossier_is_shielded_also_when_it_is_given_afterwards(cast: Cast) -> None:
    shut, live = a_case_of(cast), a_case_of(cast)
    closed(cast, shut)
    seat = _seated(cast.overlast, cast.victor)
    with as_(cast.beheer) as (by, _):
        grants.seat_regisseur(
            table_id=cast.overlast.pk, user_id=cast.victor.pk, because=Because(SEAT_GROUND, seat.key), by=by
        )
    for person in (cast.rosa, cast.victor):
        with as_(person):
            held = Grant.objects.filter(part="cover", kind="case").values_list("content_object", "shielded")
            assert set(held) == {(shut.dossier_id, True), (live.dossier_id, False)}


def _queries(browser: Browsers, user: User, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert browser(user).see(address).status_code == 200
    return len(captured)


@pytest.mark.parametrize("many", [10, pytest.param(100, marks=pytest.mark.prove)])
def test_pages_cost_as_many_queries_for_one_case_as_for_ten_and_a_hundred(
    cast: Cast, browser: Browsers, many: int
) -> None:
    pages = [(cast.rosa, "case-list"), (cast.rosa, "triage-inbox"), (cast.rosa, "home"), (cast.wilma, "case-list"),
             (cast.wilma, "signal-list"), (cast.wilma, "home")]  # fmt: skip
    a_case_of(cast)
    a_signal(cast.wilma, cast.overlast)
    one = [_queries(browser, *page) for page in pages]
    for _ in range(many - 1):
        a_case_of(cast)
        a_signal(cast.wilma, cast.overlast)
    assert [_queries(browser, *page) for page in pages] == one


def test_what_was_not_opened_is_not_among_the_opened(cast: Cast) -> None:
    case = a_case_of(cast)
    with as_(cast.wilma) as (by, _):
        assert not access.opened(listing.CaseFace).exists()
        unlock([case.dossier_id], by=by)
        assert access.opened(listing.CaseFace).get().short_name
    with as_(cast.victor) as (by, _):
        unlock([case.dossier_id], by=by)
        assert not access.opened(listing.CaseFace).exists()
        assert not access.beside(listing.CaseFace, [case]).exists()

"""The pages of emergency access: confirming first, one sentence for every refusal, a banner, and double clicks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from casework.models import Case
from partners.models import Seat, User
from partners.services.seats import end_seat
from privacy import exclusions
from privacy.models import EmergencyAccess, ExclusionReason
from tests.breakglass.conftest import REASON, broken, confirm, form, use_by
from tests.casework.conftest import Browser, words
from tests.world import Cast, a_signal, as_

Browsers = Callable[[User], Browser]
SAME = "Met dit nummer krijgt u geen noodtoegang. Controleer het nummer, of bel de regisseur."


def count(person: User) -> int:
    with as_(person):
        return EmergencyAccess.objects.filter(person=person).count()


def test_the_form_is_there_only_after_confirming_who_one_is(cast: Cast, case: Case, browser: Browsers) -> None:
    page = browser(cast.greet)
    sent_on = page.see("emergency-open")
    assert sent_on.status_code == 302
    assert sent_on["Location"].startswith("/bevestigen/")
    assert confirm(page)["Location"] == "/noodtoegang/openen/"
    shown = words(page.see("emergency-open"))
    for said in ("horen het <strong>meteen</strong>", "vier uur lang", "binnen twee werkdagen"):
        assert said in shown


def test_without_confirming_nothing_opens_and_nothing_typed_is_lost(cast: Cast, case: Case, browser: Browsers) -> None:
    answer = browser(cast.greet).do("emergency-open", **form(case))
    assert answer.status_code == 422
    assert REASON in words(answer)
    assert "Bevestig dat u het bent" in words(answer)
    assert count(cast.greet) == 0


def test_a_wrong_password_confirms_nothing_and_is_in_the_log(
    cast: Cast, case: Case, browser: Browsers, log: Any
) -> None:
    page = browser(cast.greet)
    assert confirm(page, "een ander wachtwoord").status_code == 200
    assert page.do("emergency-open", **form(case)).status_code == 422
    assert [entry.actor_id for entry in log.looks(event="stepup.failed")] == [cast.greet.pk]
    assert count(cast.greet) == 0


def test_confirming_is_in_the_log_and_counts_for_five_minutes(
    cast: Cast, case: Case, browser: Browsers, log: Any, time_machine: Any
) -> None:
    page = browser(cast.greet)
    confirm(page)
    assert [entry.actor_id for entry in log.looks(event="stepup")] == [cast.greet.pk]
    time_machine.move_to(timezone.now() + timedelta(minutes=5, seconds=1))
    assert page.do("emergency-open", **form(case)).status_code == 422
    confirm(page)
    assert page.do("emergency-open", **form(case)).status_code == 302


def test_who_has_no_way_to_confirm_has_not_confirmed(cast: Cast, case: Case, browser: Browsers) -> None:
    User.objects.filter(pk=cast.greet.pk).update(password="!none")
    page = browser(User.objects.get(pk=cast.greet.pk))
    assert page.see("emergency-open").status_code == 302
    assert page.do("emergency-open", **form(case)).status_code == 422


def test_guessing_the_password_is_stopped(cast: Cast, browser: Browsers) -> None:
    page = browser(cast.greet)
    for _ in range(5):
        confirm(page, "geraden")
    assert confirm(page).status_code == 429, "the right one no longer helps"
    assert page.see("emergency-open").status_code == 302


def test_opening_leads_to_the_dossier_with_a_banner_on_every_page(cast: Cast, case: Case, browser: Browsers) -> None:
    page = browser(cast.greet)
    confirm(page)
    there = page.do("emergency-open", **form(case))
    assert there["Location"] == f"/casussen/{case.pk}/"
    until = timezone.localtime(use_by(cast.greet).until)
    for name in ("case-detail", "case-subjects", "case-contributions", "case-people", "case-signals", "case-looked"):
        assert f"U leest dit met noodtoegang, tot {until:%H:%M}." in words(page.see(name, case.pk)), name
    assert "noodtoegang, tot" not in words(browser(cast.wilma).see("case-detail", case.pk))


def test_one_s_own_page_leads_back_to_the_dossier_as_long_as_it_runs(cast: Cast, case: Case, browser: Browsers) -> None:
    broken(cast.greet, case.dossier.reference)
    page = browser(cast.greet)
    assert f"/casussen/{case.pk}/" in words(page.see("emergency"))
    page.do("emergency-end", use_by(cast.greet).pk)
    assert f"/casussen/{case.pk}/" not in words(page.see("emergency"))


def test_the_banner_is_on_a_signal_too(cast: Cast, browser: Browsers) -> None:
    signal = a_signal(cast.wilma, cast.overlast)
    broken(cast.greet, signal.dossier.reference)
    assert "U leest dit met noodtoegang" in words(browser(cast.greet).see("signal-detail", signal.pk))


def test_a_double_click_and_the_back_button_open_one(cast: Cast, case: Case, browser: Browsers) -> None:
    page = browser(cast.greet)
    confirm(page)
    first, again = page.do("emergency-open", **form(case)), page.do("emergency-open", **form(case))
    assert first["Location"] == again["Location"]
    assert count(cast.greet) == 1


def test_an_unknown_number_and_one_that_may_not_read_the_same(cast: Cast, case: Case, browser: Browsers) -> None:
    with as_(cast.rosa) as (by, _):
        exclusions.exclude(case.dossier_id, cast.greet.pk, ExclusionReason.FAMILY, by=by)
    page = browser(cast.greet)
    confirm(page)
    for number in (case.dossier.reference, "2026-22222"):
        answer = page.do("emergency-open", **form(case, number=number))
        assert answer.status_code == 409
        assert SAME in words(answer)
        assert REASON in words(answer)


def test_a_refusal_is_in_the_log(cast: Cast, case: Case, browser: Browsers, log: Any) -> None:
    page = browser(cast.greet)
    confirm(page)
    page.do("emergency-open", **form(case, number="2026-22222"))
    assert [entry.outcome for entry in log.looks(event="emergency.refused")] == ["refused"]


def test_guessing_numbers_is_stopped(cast: Cast, case: Case, browser: Browsers) -> None:
    page = browser(cast.greet)
    confirm(page)
    for _ in range(10):
        page.do("emergency-open", **form(case, number="2026-22222"))
    answer = page.do("emergency-open", **form(case))
    assert answer.status_code == 422
    assert "U probeerde het te vaak" in words(answer)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"reason": "nood"}, "ten minste één hele zin"),
        ({"sure": ""}, "Probeer eerst een regisseur te bereiken"),
        ({"number": "x"}, "geen nummer van een casus of signaal"),
    ],
)
def test_a_form_that_is_not_filled_in_opens_nothing(
    cast: Cast, case: Case, browser: Browsers, wrong: dict[str, str], said: str
) -> None:
    page = browser(cast.greet)
    confirm(page)
    answer = page.do("emergency-open", **form(case, **wrong))
    assert answer.status_code == 422
    assert said in words(answer)


def test_who_reads_in_an_emergency_changes_nothing(cast: Cast, case: Case, browser: Browsers) -> None:
    broken(cast.greet, case.dossier.reference)
    page = browser(cast.greet)
    typed = {"kind": "feit", "category": "algemeen", "ground": "avg_6_1_e", "text": "Iets.", "audience": "table"}
    answer = page.do("case-contributions", case.pk, **typed)
    assert answer.status_code in (403, 409, 422)
    assert page.see("case-sharing", case.pk).status_code == 403


def test_the_person_ends_it_and_the_next_request_finds_nothing(cast: Cast, case: Case, browser: Browsers) -> None:
    broken(cast.greet, case.dossier.reference)
    page = browser(cast.greet)
    assert page.see("case-detail", case.pk).status_code == 200
    page.do("emergency-end", use_by(cast.greet).pk)
    assert page.see("case-detail", case.pk).status_code == 404


@pytest.mark.parametrize("who", ["rosa", "fatima"])
def test_regisseur_and_privacy_officer_end_it_and_it_does_not_come_back(
    cast: Cast, case: Case, browser: Browsers, who: str
) -> None:
    broken(cast.greet, case.dossier.reference)
    page = browser(cast.greet)
    name = "privacy-emergency-end" if who == "fatima" else "emergency-end"
    assert browser(cast.people[who]).do(name, use_by(cast.greet).pk).status_code == 302
    assert page.see("case-detail", case.pk).status_code == 404
    confirm(page)
    answer = page.do("emergency-open", **form(case))
    assert answer.status_code == 409
    assert "Uw noodtoegang tot dit dossier is beëindigd. Bel de regisseur." in words(answer)


@pytest.mark.parametrize("who", ["pieter", "wilma", "victor", "petra"])
def test_others_know_nothing_of_it(cast: Cast, case: Case, browser: Browsers, who: str) -> None:
    broken(cast.greet, case.dossier.reference)
    use = use_by(cast.greet)
    for name in ("emergency-use", "emergency-end", "emergency-answer"):
        page = browser(cast.people[who])
        answer = page.see(name, use.pk) if name == "emergency-use" else page.do(name, use.pk, text="x")
        assert answer.status_code == 404, name


def test_a_seat_that_ends_takes_it_along(cast: Cast, case: Case, browser: Browsers) -> None:
    broken(cast.greet, case.dossier.reference)
    with as_(cast.beheer) as (by, _):
        end_seat(Seat.objects.get(user=cast.greet), by=by)
    assert browser(cast.greet).see("case-detail", case.pk).status_code == 404
    assert not use_by(cast.greet).runs_at(timezone.now())

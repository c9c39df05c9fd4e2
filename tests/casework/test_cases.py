"""A case: what it starts with, who takes part, sharing signals, closing, and what its pages cost."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from casework.models import (
    Audience,
    Case,
    CaseStatus,
    Disclosure,
    Participation,
    RegieAssignment,
    RegieKind,
    SignalItem,
    SignalNumber,
    SignalSource,
)
from casework.services import cases, disclosing
from casework.theming import active_theme
from casework.values import PlaceInput
from partners.models import Covenant, Organisation, Seat, User
from partners.profiling import profile_of
from privacy.access import visible
from privacy.errors import Refused
from privacy.roles import Role
from privacy.unlock import unlock
from tests.casework.conftest import Browser, Browsers, words
from tests.walls.helpers import dossier_models
from tests.world import GROUND, Cast, a_case, a_signal, as_, canary, confidential, contributed, invited, item

# "Niet aan" offers every organisation of the covenant, always: a name in it tells nothing.
CHOICE_OF_ALL = re.compile(r'<input[^>]*name="not_to"[^>]*>.*?</label>', re.DOTALL)

THEME = active_theme("woonoverlast")


@pytest.fixture
def rosa(cast: Cast, browser: Browsers) -> Browser:
    return browser(cast.rosa)


@pytest.fixture
def case(cast: Cast) -> Case:
    """On a signal of Wilma, who takes part with Pieter of the police."""
    found = a_case(cast.rosa, a_signal(cast.wilma, cast.overlast))
    invited(found, cast.rosa, cast.wilma, cast.pieter)
    return found


def as_rosa(cast: Cast, case: Case, act: Callable[[Any], Any], *signals: Any) -> Any:
    """Rosa does something with the case open."""
    with as_(cast.rosa) as (by, _):
        unlock([case.dossier_id, *(signal.dossier_id for signal in signals)], by=by)
        return act(by)


def closed(cast: Cast, case: Case) -> None:
    """Rosa closes the case."""
    outcome = THEME.close_outcomes[0].code
    as_rosa(cast, case, lambda by: cases.close(case, outcome, "Gestopt.", now=timezone.now(), by=by))


# --- opening --------------------------------------------------------------------------------------


def test_the_case_is_kept_from_the_first_processing_of_its_earliest_signal(cast: Cast, rosa: Browser) -> None:
    now = timezone.now()
    with time_machine.travel(now - timedelta(days=20), tick=False):
        early = a_signal(cast.wilma, cast.overlast)
    with time_machine.travel(now - timedelta(days=25), tick=False):
        earlier = a_signal(cast.pieter, cast.overlast)
    case = a_case(cast.rosa, a_signal(cast.wilma, cast.overlast), early)
    first = (now - timedelta(days=20)).date()
    shortest = min(THEME.retain_until(first), profile_of(cast.overlast).retain_until(first))
    assert (case.first_processed_on, case.retain_until) == (first, shortest)
    assert case.dossier.retain_until == shortest

    as_rosa(cast, case, lambda by: cases.add_signal(case, earlier, (), now=now, by=by), earlier)
    first = (now - timedelta(days=25)).date()
    with as_(cast.rosa) as (by, _):
        case = visible(Case, by=by).select_related("dossier").get(pk=case.pk)
    assert case.first_processed_on == first
    assert case.retain_until == case.dossier.retain_until == THEME.retain_until(first)
    assert f"{case.retain_until:%Y}" in words(rosa.see("case-detail", case.pk))


def test_a_case_has_a_number_of_its_own_that_tells_nothing(cast: Cast) -> None:
    numbers = {a_case(cast.rosa, a_signal(cast.wilma, cast.overlast)).dossier.reference for _ in range(3)}
    assert len(numbers) == 3
    assert all(number.startswith(f"{date.today().year}-") for number in numbers)


def test_who_opens_the_case_is_its_procesregisseur_and_a_colleague_directs_along(
    cast: Cast, case: Case, rosa: Browser, browser: Browsers
) -> None:
    head = rosa.see("case-detail", case.pk).context["case"]
    assert (head.process, head.case_regie, head.directs) == (cast.rosa.name, "", True)
    assert browser(cast.rachid).see("case-sharing", case.pk).status_code == 200


# --- who takes part ---------------------------------------------------------------------------------


def test_an_invited_partner_finds_the_case_and_who_was_not_invited_does_not(
    cast: Cast, case: Case, browser: Browsers
) -> None:
    assert case.dossier.reference in words(browser(cast.wilma).see("case-list"))
    for other in (cast.wout, cast.greet, cast.petra):
        assert case.dossier.reference not in words(browser(other).see("case-list"))
        assert browser(other).see("case-detail", case.pk).status_code == 404


def test_a_partner_has_fewer_tabs_and_may_not_direct(cast: Cast, case: Case, browser: Browsers) -> None:
    wilma = browser(cast.wilma)
    labels = {tab["label"] for tab in wilma.see("case-detail", case.pk).context["tabs"]}
    looking = {"Wie kan dit zien", "Wie keek"}
    assert labels == {"Overzicht", "Signalen", "Betrokkenen", "Ladder", "Overleg", "Inbreng", "Deelnemers"} | looking
    directing = {tab["label"] for tab in browser(cast.rosa).see("case-detail", case.pk).context["tabs"]}
    assert directing == labels - {"Deelnemers"} | {"Delen"}, "who directs has the participants under Delen"
    for name in ("case-sharing", "case-rename", "case-close"):
        assert wilma.see(name, case.pk).status_code == 403
        assert wilma.do(name, case.pk, short_name="Van mij").status_code == 403


INVITE: list[tuple[str, str, str]] = [
    ("iris", "heeft geen zetel aan deze tafel", "Kies iemand met een zetel aan deze tafel."),
    ("wilma", "doet al mee aan deze casus", "doet al mee aan deze casus"),
]


@pytest.mark.parametrize(("who", "refused", "told"), INVITE, ids=[who for who, *_ in INVITE])
def test_who_cannot_be_invited_is_named_with_the_reason(
    who: str, refused: str, told: str, cast: Cast, case: Case, rosa: Browser
) -> None:
    with pytest.raises(Refused, match=refused):
        invited(case, cast.rosa, cast.people[who])
    answer = rosa.do("case-sharing", case.pk, user=str(cast.people[who].pk), ground=GROUND)
    assert answer.status_code in (409, 422)
    assert told in words(answer)


def test_whose_organisation_lost_its_covenant_cannot_be_invited(cast: Cast, case: Case) -> None:
    Covenant.objects.get(name="Convenant Proefstad").organisations.remove(cast.ggz)
    with pytest.raises(Refused, match="de organisatie valt niet onder het convenant"):
        invited(case, cast.rosa, cast.greet)


def test_a_kind_of_organisation_that_the_profile_keeps_out_cannot_be_invited(cast: Cast, case: Case) -> None:
    riec = Organisation.objects.create(name="RIEC Proef", kind="riec")
    Covenant.objects.get(name="Convenant Proefstad").organisations.add(riec)
    rik = User.objects.create(email="rik@proefstad.example", name="Rik Proef", organisation=riec)
    Seat.objects.create(table=cast.overlast, user=rik, role=Role.PROFESSIONAL, valid_from=timezone.now())
    with pytest.raises(Refused, match="alleen incidenteel aanschuiven, zonder toegang"):
        invited(case, cast.rosa, rik)


def test_an_invitation_needs_a_person_a_ground_and_a_last_day_to_come(cast: Cast, case: Case, rosa: Browser) -> None:
    greet = {"user": str(cast.greet.pk), "ground": GROUND}
    for wrong, sentence in (
        ({"user": ""}, "Kies iemand."),
        ({"ground": ""}, "Kies een grondslag."),
        ({"ground": "zomaar"}, "Kies een grondslag."),
        ({"until": f"{date.today():%d-%m-%Y}"}, "Kies een datum na vandaag."),
        ({"until": "volgend jaar"}, "Vul een bestaande datum in"),
    ):
        answer = rosa.do("case-sharing", case.pk, **(greet | wrong))
        assert answer.status_code == 422
        assert sentence in words(answer)
    until = date.today() + timedelta(days=30)
    assert rosa.do("case-sharing", case.pk, **greet, until=f"{until:%d-%m-%Y}").status_code == 302
    with as_(cast.rosa) as (by, _):
        there = visible(Participation, by=by).get(case=case, user=cast.greet)
        assert timezone.localdate(there.until) == until


def test_a_participant_that_others_may_not_know_is_on_none_of_their_pages(
    cast: Cast, case: Case, rosa: Browser, browser: Browsers
) -> None:
    contributed(case, cast.wilma, "Voor iedereen die meedoet.")
    invited(case, cast.rosa, cast.greet, hidden=True)
    contributed(case, cast.wilma, "Ook later nog voor iedereen.")
    pages = ("case-detail", "case-people", "case-contributions", "case-signals", "case-subjects", "case-export")
    for name in pages:
        assert cast.greet.name in words(browser(cast.greet).see("case-people", case.pk))
        for other in (cast.wilma, cast.pieter):
            page = words(browser(other).see(name, case.pk))
            assert cast.greet.name not in page
            assert cast.ggz.name not in CHOICE_OF_ALL.sub("", page), f"{other.name} learns of {cast.ggz.name} on {name}"
    for other in (cast.wilma, cast.pieter):
        with as_(other) as (by, _):
            assert not visible(Disclosure, by=by).filter(organisation=cast.ggz).exists()
            assert not visible(Participation, by=by).filter(organisation=cast.ggz).exists()
    assert "Niet zichtbaar voor anderen" in words(rosa.see("case-sharing", case.pk))
    assert "Voor iedereen die meedoet." in words(browser(cast.greet).see("case-contributions", case.pk))


def test_ending_a_participation_is_said_first_and_works_at_once(
    cast: Cast, case: Case, rosa: Browser, browser: Browsers
) -> None:
    with as_(cast.rosa) as (by, _):
        there = visible(Participation, by=by).get(case=case, user=cast.pieter)
    assert rosa.see("case-end", case.pk, there.pk).status_code == 200
    pieter = browser(cast.pieter)
    assert pieter.see("case-detail", case.pk).status_code == 200
    assert rosa.do("case-end", case.pk, there.pk).status_code == 302
    assert pieter.see("case-detail", case.pk).status_code == 404
    assert rosa.do("case-end", case.pk, there.pk).status_code == 302  # twice is once
    invited(case, cast.rosa, cast.pieter)
    assert pieter.see("case-detail", case.pk).status_code == 200


# --- regie --------------------------------------------------------------------------------------------


def test_casusregisseur_and_procesregisseur_are_never_the_same_person(
    cast: Cast, case: Case, rosa: Browser, browser: Browsers
) -> None:
    invited(case, cast.rosa, cast.carla, cast.rosa)
    refused = rosa.do("case-assign", case.pk, user=str(cast.rosa.pk))
    assert refused.status_code == 409
    assert "nooit dezelfde persoon" in words(refused)
    assert rosa.do("case-assign", case.pk, user=str(cast.greet.pk)).status_code == 422
    assert rosa.do("case-assign", case.pk, user=str(cast.carla.pk)).status_code == 302
    assert cast.carla.name in words(browser(cast.wilma).see("case-detail", case.pk))
    with pytest.raises(Refused, match="nooit dezelfde persoon"):
        as_rosa(
            cast,
            case,
            lambda by: cases.assign_regie(case, RegieKind.PROCESS, cast.carla.pk, now=timezone.now(), by=by),
        )


def test_a_new_casusregisseur_begins_when_the_old_one_ends(cast: Cast, case: Case, rosa: Browser) -> None:
    invited(case, cast.rosa, cast.carla)
    for person in (cast.carla, cast.wilma):
        assert rosa.do("case-assign", case.pk, user=str(person.pk)).status_code == 302
    with as_(cast.rosa) as (by, _):
        old, new = visible(RegieAssignment, by=by).filter(case=case, kind=RegieKind.CASE).order_by("since")
    assert (old.user_id, new.user_id) == (cast.carla.pk, cast.wilma.pk)
    assert old.until == new.since
    assert new.until is None


# --- name and subjects ----------------------------------------------------------------------------------


def test_name_and_subjects_are_changed_by_the_regie_only(
    cast: Cast, case: Case, rosa: Browser, browser: Browsers
) -> None:
    assert rosa.do("case-rename", case.pk, short_name="").status_code == 422
    assert rosa.do("case-rename", case.pk, short_name="Nieuwe naam", summary="Anders.").status_code == 302
    wrong = rosa.do("case-subjects", case.pk, kind="person", name="Piet", birth_date="31-2-2000", bsn="999990018")
    assert wrong.status_code == 422
    assert 'value="31-2-2000"' in words(wrong)
    right = {"kind": "person", "name": "Piet Voorbeeld", "birth_date": "1-2-2000", "bsn": "999990019"}
    assert rosa.do("case-subjects", case.pk, **right).status_code == 302
    assert "999990019" in words(rosa.see("case-subjects", case.pk))
    for other in (cast.wilma, cast.pieter):
        page = words(browser(other).see("case-subjects", case.pk))
        assert "Piet Voorbeeld" in page
        assert "999990019" not in page
        assert browser(other).do("case-subjects", case.pk, **right).status_code == 403
    subject = rosa.see("case-subjects", case.pk).context["subjects"][0]
    assert browser(cast.wilma).do("case-subject-remove", case.pk, subject.pk).status_code == 403
    assert rosa.do("case-subject-remove", case.pk, subject.pk).status_code == 302
    assert rosa.do("case-subject-remove", case.pk, subject.pk).status_code == 404
    assert rosa.see("case-subjects", case.pk).context["subjects"] == []


# --- sharing a signal -----------------------------------------------------------------------------------


def test_a_shared_signal_goes_without_what_was_confidential(cast: Cast, browser: Browsers, rosa: Browser) -> None:
    open_text, secret = canary("open"), canary("alleen-regie")
    signal = a_signal(cast.pieter, cast.overlast, item(open_text), confidential(secret))
    case = a_case(cast.rosa, signal)
    invited(case, cast.rosa, cast.greet)
    greet = browser(cast.greet)
    assert signal.dossier.reference not in words(greet.see("case-signals", case.pk))
    to_ggz = {"organisation": str(cast.ggz.pk), "ground": GROUND}
    for wrong, sentence in (
        ({"ground": ""}, "Kies een grondslag."),
        ({"organisation": ""}, "Kies een deelnemer."),
        ({"organisation": str(cast.corporatie.pk)}, "Kies een deelnemer."),
    ):
        answer = rosa.do("case-share", case.pk, signal.pk, **(to_ggz | wrong))
        assert answer.status_code == 422
        assert sentence in words(answer)
    assert rosa.do("case-share", case.pk, signal.pk, **to_ggz).status_code == 302
    again = rosa.do("case-share", case.pk, signal.pk, **to_ggz)
    assert again.status_code == 409
    assert "Dit signaal is al met GGZ Proef gedeeld." in words(again)
    for name, pk in (("case-signals", case.pk), ("case-detail", case.pk), ("signal-detail", signal.pk)):
        page = words(greet.see(name, pk))
        assert open_text in page
        assert secret not in page
        assert "999990019" not in page
        assert cast.pieter.name not in page
    with as_(cast.greet) as (by, _):
        there = [m for m in (SignalItem, SignalNumber, SignalSource) if visible(m, by=by).filter(signal=signal)]
        assert there == [SignalItem]
        with as_(cast.rosa) as (regie, _):
            assert visible(Disclosure, by=regie).get(case=case).ground == GROUND


def test_a_share_that_the_profile_forbids_names_the_article_and_keeps_what_was_chosen(
    cast: Cast, rosa: Browser, browser: Browsers
) -> None:
    signal = a_signal(cast.pieter, cast.overlast, item("Uit het politiesysteem.", category="politie"))
    case = a_case(cast.rosa, signal)
    invited(case, cast.rosa, cast.wilma)
    chosen = {"organisation": str(cast.corporatie.pk), "ground": GROUND, "decision_ref": "Kenmerk-7"}
    answer = rosa.do("case-share", case.pk, signal.pk, **chosen)
    assert answer.status_code == 409
    assert "Wpg 19 en 20" in words(answer)
    assert 'value="Kenmerk-7"' in words(answer)
    answer = rosa.do("case-share", case.pk, signal.pk, **(chosen | {"ground": "wpg_19", "decision_ref": ""}))
    assert "het kenmerk van het besluit" in words(answer)
    assert browser(cast.wilma).see("signal-detail", signal.pk).status_code == 404
    assert rosa.do("case-share", case.pk, signal.pk, **(chosen | {"ground": "wpg_19"})).status_code == 302
    assert browser(cast.wilma).see("signal-detail", signal.pk).status_code == 200


def test_only_a_signal_of_this_case_is_shared_and_only_by_the_regie(cast: Cast, case: Case, browser: Browsers) -> None:
    other = a_signal(cast.wilma, cast.overlast)
    with pytest.raises(Refused, match="hoort niet bij deze casus"):
        as_rosa(
            cast,
            case,
            lambda by: disclosing.share_signal(case, other, cast.politie, ground=GROUND, now=timezone.now(), by=by),
            other,
        )
    answer = browser(cast.wilma).do("case-share", case.pk, other.pk, organisation=str(cast.politie.pk), ground=GROUND)
    assert answer.status_code == 403


# --- closing -----------------------------------------------------------------------------------------------


def test_closing_needs_outcome_reason_and_certainty(cast: Cast, case: Case, rosa: Browser) -> None:
    right = {"outcome": THEME.close_outcomes[0].code, "reason": "De overlast is gestopt.", "sure": "on"}
    for missing, sentence in (
        ("outcome", "Kies een uitkomst."),
        ("reason", "Schrijf op waarom de casus sluit."),
        ("sure", "Zet een vinkje als u zeker weet dat de casus dicht mag."),
    ):
        answer = rosa.do("case-close", case.pk, **{k: v for k, v in right.items() if k != missing})
        assert answer.status_code == 422
        assert sentence in words(answer)
    assert rosa.do("case-close", case.pk, **(right | {"outcome": "zomaar"})).status_code == 422
    answer = rosa.do("case-close", case.pk, **right)
    assert answer.status_code == 302
    assert f"Casus {case.dossier.reference} is gesloten en afgeschermd." in words(rosa.client.get(answer.url))
    assert rosa.do("case-close", case.pk, **right).status_code in (403, 409)


def test_of_a_closed_case_nobody_reads_the_content_any_more_not_even_the_regie(
    cast: Cast, browser: Browsers, rosa: Browser
) -> None:
    secret = canary("gesloten")
    signal = a_signal(cast.wilma, cast.overlast, item(secret))
    case = a_case(cast.rosa, signal, short_name=secret)
    invited(case, cast.rosa, cast.wilma, cast.pieter)
    contributed(case, cast.wilma, secret)
    contributed(case, cast.rosa, secret, audience=Audience.REGIE)
    assert secret in words(rosa.see("case-detail", case.pk))
    closed(cast, case)
    tabs = [tab["url"] for tab in rosa.see("case-detail", case.pk).context["tabs"]]
    assert len(tabs) == 9
    for url in (*tabs, reverse("case-export", args=[case.pk])):
        answer = rosa.client.get(url)
        assert answer.status_code == 200, url
        assert "Gesloten" in words(answer), url
        assert secret not in words(answer), url
    for name in ("case-sharing", "case-rename", "case-close"):
        answer = rosa.see(name, case.pk)
        assert answer.status_code == 403
        assert "Deze casus is gesloten en afgeschermd." in words(answer)
        assert secret not in words(answer)
    for person in (cast.wilma, cast.pieter):
        assert browser(person).see("case-detail", case.pk).status_code == 404
        assert case.dossier.reference not in words(browser(person).see("case-list"))
    for person in (cast.rosa, cast.rachid, cast.wilma, cast.pieter):
        with as_(person) as (by, _):
            left = {m.__name__ for m in dossier_models() if visible(m, by=by).filter(dossier=case.dossier_id).exists()}
            # What stands in the cover: that the case was there, who directed it, and which decisions were taken.
            assert left <= {"Case", "RegieAssignment", "Standing", "Decision", "Measure", "Term"}
            found = browser(person).do("search", q=secret).context["found"]
            assert list(found) == []
    with as_(cast.rosa) as (by, _):
        assert visible(Case, by=by).get(pk=case.pk).status == CaseStatus.CLOSED


def test_in_a_closed_case_nothing_can_be_done(cast: Cast, case: Case, rosa: Browser) -> None:
    closed(cast, case)
    why = "Deze casus is gesloten en afgeschermd."
    for name, given in (
        ("case-sharing", {"user": str(cast.greet.pk), "ground": GROUND}),
        ("case-subjects", {"kind": "person", "name": "Piet"}),
        ("case-contributions", {"text": "Te laat."}),
        ("case-rename", {"short_name": "Te laat"}),
    ):
        answer = rosa.do(name, case.pk, **given)
        assert answer.status_code in (403, 409), name
        assert why in words(answer), name
    late = a_signal(cast.wilma, cast.overlast)
    with pytest.raises(Refused, match="gesloten en afgeschermd"):
        as_rosa(cast, case, lambda by: cases.add_signal(case, late, (), now=timezone.now(), by=by), late)


def test_closed_cases_are_found_with_the_filter_and_show_their_outcome(cast: Cast, case: Case, rosa: Browser) -> None:
    other = a_case(cast.rosa, a_signal(cast.wilma, cast.overlast))
    closed(cast, case)
    page = words(rosa.see("case-list", stand="closed"))
    assert case.dossier.reference in page
    assert THEME.close_outcomes[0].label in page
    assert other.dossier.reference not in page
    assert case.dossier.reference not in words(rosa.see("case-list", stand="open"))


# --- who looked ----------------------------------------------------------------------------------------------


def test_who_looked_shows_only_the_own_organisation(cast: Cast, case: Case, browser: Browsers) -> None:
    for person in (cast.rosa, cast.wilma, cast.pieter):
        browser(person).see("case-detail", case.pk)
    page = browser(cast.wilma).see("case-looked", case.pk)
    assert cast.wilma.name in words(page).split("<main")[1].split("<footer")[0]
    for other in (cast.pieter.name, cast.politie.name):
        assert other not in words(page)
    assert {line.actor_name for line in page.context["lines"]} == {cast.wilma.name}
    assert browser(cast.greet).see("case-looked", case.pk).status_code == 404


# --- what a page costs: the same number of queries, however much there is ------------------------------------------


def cost(browser: Browser, name: str, *args: Any) -> int:
    """Queries of a page on the application's connection."""
    with CaptureQueriesContext(connection) as captured:
        assert browser.see(name, *args).status_code == 200
    return len(captured)


def test_a_list_costs_the_same_for_three_and_for_twelve(cast: Cast, rosa: Browser, browser: Browsers) -> None:
    wilma = browser(cast.wilma)
    lists = (
        (rosa, "case-list"), (rosa, "triage-inbox"), (rosa, "home"), (wilma, "case-list"), (wilma, "signal-list"),
        (wilma, "home"),
    )  # fmt: skip

    def more(many: int) -> None:
        for number in range(many):
            a_signal(cast.wilma, cast.overlast, place=PlaceInput("Dreef", str(number + 1), "7899 EF"))
            invited(a_case(cast.rosa, a_signal(cast.wilma, cast.overlast)), cast.rosa, cast.wilma)

    more(3)
    before = [cost(*page) for page in lists]
    more(9)
    assert [cost(*page) for page in lists] == before


def test_a_page_of_a_case_costs_the_same_for_three_and_for_twelve(cast: Cast, browser: Browsers, rosa: Browser) -> None:
    def filled(many: int) -> Case:
        case = a_case(cast.rosa, *(a_signal(cast.wilma, cast.overlast) for _ in range(many)))
        invited(case, cast.rosa, cast.wilma, cast.pieter)
        for number in range(many):
            contributed(case, cast.wilma, f"Inbreng {number}.")
        return case

    small, large = filled(3), filled(12)
    tabs = ("case-detail", "case-signals", "case-contributions", "case-people", "case-subjects", "case-export")
    for reader in (rosa, browser(cast.wilma)):
        costs = {name: (cost(reader, name, small.pk), cost(reader, name, large.pk)) for name in tabs}
        assert {name: pair for name, pair in costs.items() if pair[0] != pair[1]} == {}


def test_the_regie_can_account_for_the_decision_to_take_a_case_and_partners_do_not_see_it(
    cast: Cast, browser: Browsers
) -> None:
    case = a_case(cast.rosa, a_signal(cast.wilma, cast.overlast))
    invited(case, cast.rosa, cast.wilma)
    mine, theirs = (words(browser(person).see("case-detail", case.pk)) for person in (cast.rosa, cast.wilma))
    assert "Tot deze casus besloot Rosa Proef" in mine
    assert "wonen en zorg" in mine, "the reason with the criterion"
    assert "besloot Rosa Proef" not in theirs
    assert "wonen en zorg" not in theirs

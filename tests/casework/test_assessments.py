"""Assessing how somebody fares: who may, who reads it, correcting it, and how it is drawn."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from casework import instrument_files
from casework.instrument_files import Instrument, instrument_of, instruments
from casework.models import Assessment, Case, Household, Left, Member, Participation
from casework.services import assessing, participants
from casework.values import AssessmentInput
from partners.models import Covenant, User
from privacy.access import visible
from privacy.dossiers import part
from privacy.errors import Refused
from privacy.models import CompartmentKind
from privacy.unlock import unlock
from tests.casework.conftest import Browser, Browsers, words
from tests.conftest import Log
from tests.world import Cast, a_case, a_household, a_member, a_signal, as_, assessed, canary, invited

PAGE = "household-assessments"


@pytest.fixture
def case(cast: Cast) -> Case:
    """On a signal of Wilma, who takes part with Pieter of the police and Carla."""
    found = a_case(cast.rosa, a_signal(cast.wilma, cast.overlast))
    invited(found, cast.rosa, cast.wilma, cast.pieter, cast.carla)
    return found


@pytest.fixture
def household(cast: Cast, case: Case) -> Household:
    return a_household(case, cast.rosa, cast.carla)


@pytest.fixture
def wilma(cast: Cast, browser: Browsers) -> Browser:
    return browser(cast.wilma)


def member_pk(household: Household, reader: User, name: str = "Piet Voorbeeld") -> Any:
    with as_(reader) as (by, _):
        unlock([household.dossier_id], by=by)
        return next(one.pk for one in Member.objects.filter(household=household) if one.name == name)


def given(**more: Any) -> dict[str, Any]:
    """The form of an assessment, rightly filled in."""
    return {"assessed_on": "1-3-2026", "score_financien": "2", "score_huisvesting": "4"} | more


def everything_of(reader: Browser, household: Household, *pks: Any) -> str:
    """Every page on which an assessment of this household could stand."""
    pages = [reader.see("household-detail", household.pk), reader.see(PAGE, household.pk)]
    pages += [reader.see("household-assessment", household.pk, pk) for pk in pks]
    return "".join(words(page) for page in pages)


# --- who reads ---


def test_who_made_it_and_the_regie_read_it_and_no_other_partner(
    cast: Cast, household: Household, browser: Browsers
) -> None:
    secret = canary("meting")
    made = assessed(household, cast.wilma, 2, note=secret)
    for person, reads in (("wilma", True), ("rosa", True), ("rachid", True), ("carla", True), ("pieter", False)):
        assert (secret in everything_of(browser(cast.people[person]), household, made.pk)) == reads, person
        status = browser(cast.people[person]).see("household-assessment", household.pk, made.pk).status_code
        assert status == (200 if reads else 404), person
    with as_(cast.pieter) as (by, _):
        unlock([household.dossier_id], by=by)
        assert not visible(Assessment, by=by).exists()


@pytest.mark.parametrize("person", ["wout", "petra", "greet", "victor", "fatima", "beheer"])
def test_who_does_not_take_part_knows_of_none(person: str, cast: Cast, household: Household, browser: Browsers) -> None:
    secret = canary("meting")
    made = assessed(household, cast.wilma, 2, note=secret)
    reader = browser(cast.people[person])
    assert secret not in everything_of(reader, household, made.pk)
    assert reader.see(PAGE, household.pk).status_code in (403, 404)


def test_a_colleague_who_joins_reads_what_the_organisation_measured(
    cast: Cast, case: Case, household: Household, browser: Browsers
) -> None:
    secret = canary("meting")
    made = assessed(household, cast.wilma, 2, note=secret)
    invited(case, cast.rosa, cast.wout)
    assert secret in everything_of(browser(cast.wout), household, made.pk)


def test_when_access_ends_nothing_is_read_or_written_any_more(
    cast: Cast, case: Case, household: Household, wilma: Browser, browser: Browsers
) -> None:
    secret = canary("meting")
    made = assessed(household, cast.wilma, 2, note=secret)
    piet = member_pk(household, cast.wilma)
    with as_(cast.rosa) as (by, _):
        there = Participation.objects.select_related("case__dossier", "dossier").get(case=case, user=cast.wilma)
        participants.end_participation(there, now=timezone.now(), by=by)
    assert secret not in everything_of(wilma, household, made.pk)
    assert wilma.do("household-assess", household.pk, piet, "zrm", **given()).status_code == 404
    assert wilma.do("household-assessment-correct", household.pk, made.pk, **given(reason="Fout.")).status_code == 404
    assert secret in everything_of(browser(cast.rosa), household, made.pk)


def test_an_assessment_of_another_household_is_not_there(cast: Cast, household: Household, browser: Browsers) -> None:
    made = assessed(household, cast.wilma, 2)
    second = a_case(cast.rosa, a_signal(cast.wilma, cast.overlast))
    invited(second, cast.rosa, cast.wilma, cast.carla)
    other = a_household(second, cast.rosa, cast.carla)
    for reader in (browser(cast.wilma), browser(cast.rosa)):
        assert reader.see("household-assessment", other.pk, made.pk).status_code == 404
        assert reader.see("household-assess", other.pk, made.member_id, "zrm").status_code in (403, 404)


# --- who makes ---


def test_a_participant_fills_it_in_and_skips_what_is_unknown(
    cast: Cast, household: Household, wilma: Browser, log: Log
) -> None:
    piet = member_pk(household, cast.wilma)
    answer = wilma.do("household-assess", household.pk, piet, "zrm", **given(note="Op huisbezoek."))
    assert answer.status_code == 302
    page = words(wilma.client.get(answer.headers["Location"]))
    assert "De meting is vastgelegd." in page
    with as_(cast.wilma) as (by, _):
        unlock([household.dossier_id], by=by)
        made = Assessment.objects.get()
        assert made.scores == {"financien": 2, "huisvesting": 4}
        assert (made.instrument, made.instrument_version, made.assessed_on) == ("zrm", "2017", date(2026, 3, 1))
        assert made.compartment_id == part(household.dossier, CompartmentKind.LIAISON, cast.corporatie.pk).pk
    [entry] = log.changes(event="household.assessed")
    assert "2" not in str(entry.changes)


def test_who_directs_the_process_only_reads(cast: Cast, household: Household, browser: Browsers) -> None:
    piet = member_pk(household, cast.rosa)
    answer = browser(cast.rosa).do("household-assess", household.pk, piet, "zrm", **given())
    assert answer.status_code == 403
    assert assessing.READS_ALONG in words(answer)
    assert "Vul in" not in words(browser(cast.rosa).see(PAGE, household.pk))


def test_the_database_too_lets_who_directs_only_read(cast: Cast, household: Household) -> None:
    made = assessed(household, cast.wilma, 2)
    with as_(cast.rosa) as (by, _):
        unlock([household.dossier_id], by=by)
        assert Assessment.objects.filter(pk=made.pk).update(corrected_at=timezone.now()) == 0
        for organisation, maker in ((cast.corporatie, cast.wilma), (cast.gemeente, cast.rosa)):
            with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
                Assessment(
                    dossier=household.dossier, household=household, member_id=made.member_id,
                    compartment=part(household.dossier, CompartmentKind.LIAISON, cast.corporatie.pk),
                    organisation=organisation, made_by=maker, instrument="zrm", instrument_version="2017",
                    assessed_on=date(2026, 1, 1), scores={},
                ).save(force_insert=True)  # fmt: skip


def test_the_database_lets_nobody_speak_for_another(cast: Cast, household: Household) -> None:
    """The casusregisseur writes in every line, and still says nothing there in the name of a partner."""
    made = assessed(household, cast.wilma, 2)
    with as_(cast.carla) as (by, _):
        unlock([household.dossier_id], by=by)
        assert Assessment.objects.filter(pk=made.pk).update(corrected_at=timezone.now()) == 0
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            Assessment(
                dossier=household.dossier, household=household, member_id=made.member_id,
                compartment=part(household.dossier, CompartmentKind.LIAISON, cast.corporatie.pk),
                organisation=cast.corporatie, made_by=cast.carla, instrument="zrm", instrument_version="2017",
                assessed_on=date(2026, 1, 1), scores={},
            ).save(force_insert=True)  # fmt: skip


def test_who_takes_part_in_the_dark_is_told_who_would_read_it(
    cast: Cast, case: Case, household: Household, browser: Browsers
) -> None:
    """The casusregisseur reads every assessment, and may not know that this partner takes part."""
    invited(case, cast.rosa, cast.greet, hidden=True)
    piet = member_pk(household, cast.wilma)
    answer = browser(cast.greet).do("household-assess", household.pk, piet, "zrm", **given())
    assert answer.status_code == 403
    assert assessing.HIDDEN in words(answer)
    for person in ("carla", "wilma", "pieter"):
        assert "Greet" not in everything_of(browser(cast.people[person]), household)
    with as_(cast.rosa) as (by, _):
        unlock([household.dossier_id], by=by)
        assert not Assessment.objects.exists()


MISTAKES: list[tuple[dict[str, Any], int, str]] = [
    ({"assessed_on": ""}, 422, "Vul een datum in."),
    ({"assessed_on": "1-1-2099"}, 422, "Deze datum is nog niet geweest."),
    ({"assessed_on": "gisteren of zo"}, 422, "datum"),
    ({"score_financien": "6"}, 422, "Kies een niveau uit de lijst."),
    ({"score_financien": "", "score_huisvesting": ""}, 409, "Vul ten minste één domein in."),
]


@pytest.mark.parametrize(("wrong", "status", "sentence"), MISTAKES)
def test_a_mistake_is_told_and_nothing_typed_is_lost(
    wrong: dict[str, Any], status: int, sentence: str, cast: Cast, household: Household, wilma: Browser
) -> None:
    piet = member_pk(household, cast.wilma)
    answer = wilma.do("household-assess", household.pk, piet, "zrm", **given(note="Blijft staan.") | wrong)
    assert answer.status_code == status
    assert sentence in words(answer)
    assert "Blijft staan." in words(answer)
    with as_(cast.wilma):
        assert not Assessment.objects.exists()


def test_an_organisation_scores_only_what_its_covenant_covers(cast: Cast, household: Household, wilma: Browser) -> None:
    covenant = Covenant.objects.get(organisations=cast.corporatie)
    covenant.categories = ["algemeen", "huisvesting"]
    covenant.save()
    piet = member_pk(household, cast.wilma)
    page = words(wilma.see("household-assess", household.pk, piet, "zrm"))
    assert 'name="score_huisvesting"' in page
    assert 'name="score_geestelijk"' not in page
    assert "Geestelijke gezondheid" in page[page.index("Uw convenant noemt") :]
    wilma.do("household-assess", household.pk, piet, "zrm", **given(score_geestelijk="1"))
    with as_(cast.wilma) as (by, _):
        unlock([household.dossier_id], by=by)
        assert Assessment.objects.get().scores == {"huisvesting": 4}
        member = Member.objects.get(pk=piet)
        scores = AssessmentInput(date(2026, 2, 1), {"geestelijk": 1})
        with pytest.raises(Refused, match="mag uw organisatie niet invullen"):
            assessing.assess(household, member, instruments()[0], scores, now=timezone.now(), by=by)


def test_who_left_is_assessed_only_about_the_time_before(cast: Cast, household: Household, wilma: Browser) -> None:
    piet = member_pk(household, cast.wilma)
    with as_(cast.carla):
        member = Member.objects.get(pk=piet)
        member.until, member.left_because = date(2026, 2, 1), Left.MOVED
        member.save(update_fields=["until", "left_because"])
    late = wilma.do("household-assess", household.pk, piet, "zrm", **given(assessed_on="2-2-2026"))
    assert late.status_code == 409
    assert "hoorde deze persoon niet meer bij het gezin" in words(late)
    assert wilma.do("household-assess", household.pk, piet, "zrm", **given(assessed_on="1-2-2026")).status_code == 302


def test_an_instrument_that_is_not_there_is_not_found(cast: Cast, household: Household, wilma: Browser) -> None:
    piet = member_pk(household, cast.wilma)
    assert wilma.see("household-assess", household.pk, piet, "iets-anders").status_code == 404


# --- twice, together, and back ---


def test_sending_twice_or_going_back_and_sending_again_makes_one(
    cast: Cast, household: Household, wilma: Browser
) -> None:
    piet = member_pk(household, cast.wilma)
    assert wilma.do("household-assess", household.pk, piet, "zrm", **given()).status_code == 302
    again = wilma.do("household-assess", household.pk, piet, "zrm", **given(note="Opnieuw."))
    assert again.status_code == 409
    assert "Verbeter die meting." in words(again)
    assert "Opnieuw." in words(again)
    with as_(cast.wilma):
        assert Assessment.objects.count() == 1


def test_two_organisations_measure_on_the_same_day_beside_each_other(cast: Cast, household: Household) -> None:
    day = date(2026, 3, 1)
    assessed(household, cast.wilma, 2, on=day)
    assessed(household, cast.pieter, 4, on=day)
    with as_(cast.rosa) as (by, _):
        unlock([household.dossier_id], by=by)
        assert {row.scores["financien"] for row in Assessment.objects.all()} == {2, 4}


def test_of_two_who_correct_the_second_hears_it(cast: Cast, case: Case, household: Household) -> None:
    invited(case, cast.rosa, cast.wout)
    made = assessed(household, cast.wilma, 2)
    new = AssessmentInput(date(2026, 3, 1), {"financien": 3})
    for person, first in ((cast.wout, True), (cast.wilma, False)):
        with as_(person) as (by, _):
            unlock([household.dossier_id], by=by)
            if first:
                assessing.correct(made, new, "Verkeerd ingevuld.", now=timezone.now(), by=by)
            else:
                with pytest.raises(Refused, match="al verbeterd"):
                    assessing.correct(made, new, "Ook.", now=timezone.now(), by=by)


# --- correcting ---


def test_a_correction_replaces_it_and_the_old_one_stays_readable(
    cast: Cast, household: Household, wilma: Browser, browser: Browsers, log: Log
) -> None:
    made = assessed(household, cast.wilma, 2, on=date(2026, 3, 1), note="Oude toelichting.")
    form = wilma.see("household-assessment-correct", household.pk, made.pk).context["form"]
    assert form["score_financien"].value() == "2"
    assert form["note"].value() == "Oude toelichting."
    sent = given(score_financien="3", reason="Ik keek naar de verkeerde brief.")
    assert wilma.do("household-assessment-correct", household.pk, made.pk, **sent).status_code == 302
    rosa = browser(cast.rosa)
    old = words(rosa.see("household-assessment", household.pk, made.pk))
    assert "Deze meting is vervangen" in old
    assert "Oude toelichting." in old
    with as_(cast.wilma) as (by, _):
        unlock([household.dossier_id], by=by)
        new = Assessment.objects.get(corrected_at=None)
        assert (new.corrects_id, new.scores["financien"]) == (made.pk, 3)
    assert "Ik keek naar de verkeerde brief." in words(rosa.see("household-assessment", household.pk, new.pk))
    page = rosa.see(PAGE, household.pk, persoon=made.member_id)
    assert len(page.context["series"].measured) == 1
    assert "(vervangen)" in words(page)
    assert log.changes(event="household.assessment_corrected")


def test_a_correction_without_a_reason_is_refused_and_keeps_what_was_typed(
    cast: Cast, household: Household, wilma: Browser
) -> None:
    made = assessed(household, cast.wilma, 2)
    answer = wilma.do("household-assessment-correct", household.pk, made.pk, **given(note="Nieuw.", reason=" "))
    assert answer.status_code == 422
    assert "Schrijf op waarom u de meting verbetert." in words(answer)
    assert "Nieuw." in words(answer)


def test_the_regie_corrects_nothing_of_a_partner(cast: Cast, household: Household, browser: Browsers) -> None:
    made = assessed(household, cast.wilma, 2)
    for person in ("carla", "rosa"):
        answer = browser(cast.people[person]).do(
            "household-assessment-correct", household.pk, made.pk, **given(reason="Anders.")
        )
        assert answer.status_code == 403, person
    assert "Verbeter de meting" not in words(browser(cast.carla).see("household-assessment", household.pk, made.pk))


# --- versions of the instrument ---


def test_a_running_series_keeps_the_version_it_began_with(
    cast: Cast, household: Household, monkeypatch: pytest.MonkeyPatch
) -> None:
    assessed(household, cast.wilma, 2, on=date(2026, 1, 1))
    old = instrument_of("zrm", "2017")
    new = Instrument("zrm", "2030", old.name, "", old.levels, old.domains[:3])
    monkeypatch.setattr(instrument_files, "instruments", lambda: (old, new))
    assert assessed(household, cast.wilma, 3, on=date(2026, 2, 1)).instrument_version == "2017"
    assert assessed(household, cast.pieter, 3, on=date(2026, 2, 1)).instrument_version == "2030"


def test_without_an_instrument_there_is_no_tab(
    cast: Cast, household: Household, wilma: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "Zelfredzaamheid" in words(wilma.see("household-detail", household.pk))
    monkeypatch.setattr("casework.views.household_pages.instruments", lambda: ())
    assert "Zelfredzaamheid" not in words(wilma.see("household-detail", household.pk))


# --- how it is drawn ---


def test_first_and_newest_are_drawn_with_words_and_a_table_beside_it(
    cast: Cast, household: Household, wilma: Browser
) -> None:
    for month, level in ((1, 1), (5, 2), (9, 4)):
        made = assessed(household, cast.wilma, level, on=date(2026, month, 1))
    page = words(wilma.see(PAGE, household.pk, persoon=made.member_id))
    drawings = re.findall(r"<svg class=\"ct-chart ct-chart--\w+\".*?</svg>", page, re.DOTALL)
    assert len(drawings) == 14  # one radar and thirteen lines
    for drawing in drawings:
        assert 'role="img"' in drawing
        for kind in ("title", "desc"):
            [said] = re.findall(rf'<{kind} id="([^"]+)">[^<]+</{kind}>', drawing)
            assert said in re.findall(r'aria-labelledby="([^"]+)"', drawing)[0]
        assert "style=" not in drawing
        assert "<script" not in drawing
        assert not re.search(r'(?:x|y|d|cx|cy)="[^"]*\d,\d', drawing)
    assert len(re.findall(r'id="([^"]+)"', page)) == len(set(re.findall(r'id="([^"]+)"', page)))
    row = page[page.index("1. Financiën") :]
    assert [found in row[:900] for found in ("3 hoger", "1, 2, 4")] == [True, True]
    assert "Een score beslist niets." in page


def test_what_was_not_scored_is_said_and_not_drawn_as_low(cast: Cast, household: Household, wilma: Browser) -> None:
    piet = member_pk(household, cast.wilma)
    wilma.do("household-assess", household.pk, piet, "zrm", **given())
    wilma.do("household-assess", household.pk, piet, "zrm", **given(assessed_on="1-4-2026", score_financien=""))
    series = wilma.see(PAGE, household.pk, persoon=piet).context["series"]
    assert [(row.label, row.change) for row in series.rows()] == [
        ("Financiën", "niet te vergelijken"), ("Huisvesting", "gelijk"),
    ]  # fmt: skip
    assert len(series.rows()[0].drawing.outline.marks) == 1


def test_the_regie_sees_each_organisation_in_a_series_of_its_own(
    cast: Cast, household: Household, browser: Browsers
) -> None:
    assessed(household, cast.wilma, 2, on=date(2026, 1, 1))
    made = assessed(household, cast.pieter, 4, on=date(2026, 2, 1))
    page = browser(cast.carla).see(PAGE, household.pk, persoon=made.member_id)
    assert {one.organisation for one in page.context["all_series"]} == {"Woningstichting Proef", "Politie Proefstad"}
    chosen = next(one for one in page.context["all_series"] if one.organisation == "Woningstichting Proef")
    other = browser(cast.carla).see(PAGE, household.pk, persoon=made.member_id, reeks=chosen.key)
    assert other.context["series"].newest.scores["financien"] == 2


@pytest.mark.parametrize(
    "asked", [{"persoon": "x"}, {"persoon": "00000000-0000-4000-8000-000000000000"}, {"reeks": "?"}]
)
def test_an_address_that_was_changed_by_hand_shows_what_is_there(
    asked: dict[str, str], household: Household, wilma: Browser
) -> None:
    assert wilma.see(PAGE, household.pk, **asked).status_code == 200


def test_who_came_out_of_another_household_has_the_assessments_of_then_there(
    cast: Cast, household: Household, browser: Browsers
) -> None:
    made = assessed(household, cast.wilma, 2)
    second = a_case(cast.rosa, a_signal(cast.wilma, cast.overlast))
    invited(second, cast.rosa, cast.wilma, cast.greet, cast.carla)
    now = replace(a_member("Piet Voorbeeld"), came_from=made.member_id)
    other = a_household(second, cast.rosa, cast.carla, now)
    link = reverse(PAGE, args=[household.pk]) + f"?persoon={made.member_id}"
    for person, there in (("wilma", True), ("rosa", True), ("greet", False)):
        assert (link in words(browser(cast.people[person]).see(PAGE, other.pk))) == there, person


def queries(reader: Browser, *args: Any, **query: Any) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert reader.client.get(reverse(PAGE, args=args), query).status_code == 200
    return len(asked)


@pytest.mark.parametrize("name", ["wilma", "carla", "rosa"])
def test_the_page_asks_as_much_for_one_as_for_a_hundred(
    name: str, cast: Cast, case: Case, browser: Browsers, settings: Any
) -> None:
    people = [a_member(f"Persoon {number}") for number in range(100)]
    household = a_household(case, cast.rosa, cast.carla, a_member("Piet Voorbeeld"), *people)
    made = assessed(household, cast.wilma, 3, on=date(2026, 1, 1))
    reader = browser(cast.people[name])
    reader.see(PAGE, household.pk)
    asked = [queries(reader, household.pk, persoon=made.member_id)]
    begun = 1
    for count in (10, 100):
        with as_(cast.wilma) as (by, _):
            unlock([household.dossier_id], by=by)
            for number in range(begun, count):
                Assessment(
                    dossier=household.dossier, household=household, member_id=made.member_id,
                    compartment_id=made.compartment_id, organisation=cast.corporatie, made_by=cast.wilma,
                    instrument="zrm", instrument_version="2017", scores={"financien": 3},
                    assessed_on=date(2026, 1, 1) + timedelta(days=number),
                ).save(force_insert=True)  # fmt: skip
        begun = count
        asked.append(queries(reader, household.pk, persoon=made.member_id))
    assert len(set(asked)) == 1, asked

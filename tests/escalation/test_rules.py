"""What the law forbids is refused with the sentence that the screen shows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from escalation.authority_files import authorities
from escalation.dutch import AMSTERDAM
from escalation.facts import Born, Checked, Consent, Fact, Package, Paper, Urgent, Views, age, midnight_after
from escalation.ladder import (
    Decider,
    Move,
    Situation,
    World,
    checklist,
    destinations,
    missing,
    move_of,
    proposed_regie,
    proposed_rungs,
    refusals,
    why_not_adopt,
    why_not_decide,
    why_not_extend_measure,
    why_not_there,
)
from escalation.laddering import active_ladder, ladder_for, regie_ladder
from escalation.rungs import Ladder
from escalation.terms import Running
from privacy.free_days import free_days
from tests.escalation.facts import BOTH, NOW, TODAY, WORLD, ready, right, step

BURGEMEESTER = Decider(frozenset({"burgemeester"}))
HULPOFFICIER = Decider(frozenset({"hulpofficier"}))
MANDATED = Decider(frozenset({"hulpofficier"}), frozenset({("burgemeester", "hulpofficier")}))
ALL_THREE = frozenset({"burgemeester", "officier", "politiechef"})


def sentences(code: str, at: str, to: str, fact: tuple[str, Fact | None]) -> list[str]:
    """What is missing when all is there but this one fact is as given."""
    ladder = active_ladder(code)
    situation = ready(ladder, at, to)
    changed = {**situation.facts, fact[0]: fact[1]}
    return [one.sentence for one in missing(ladder, replace(situation, facts=changed), to, WORLD)]


# -- the tijdelijk huisverbod

IMPOSED = Running(datetime(2026, 11, 20, 23, 30, tzinfo=AMSTERDAM), datetime(2026, 11, 30, 23, 30, tzinfo=AMSTERDAM))


def test_the_hulpofficier_imposes_with_a_mandate_and_not_without() -> None:
    ladder = active_ladder("hgkm")
    situation = ready(ladder, "fase1", "huisverbod")
    assert why_not_decide(ladder, situation, "huisverbod", MANDATED, authorities()) is None
    refusal = why_not_decide(ladder, situation, "huisverbod", HULPOFFICIER, authorities())
    assert refusal is not None
    assert (
        refusal.sentence
        == "De hulpofficier van justitie heeft hiervoor een mandaat van de burgemeester nodig (Wth 3(1))."
    )


def extending(decider: Decider, until: datetime) -> str:
    term = active_ladder("hgkm").get("huisverbod").term("duur")
    refusal = why_not_extend_measure(term, IMPOSED, until=until, decider=decider, world=WORLD)
    return refusal.sentence if refusal else ""


def test_who_may_only_impose_does_not_extend() -> None:
    until = datetime(2026, 12, 18, 23, 30, tzinfo=AMSTERDAM)
    assert extending(MANDATED, until) == "Verlengen doet de burgemeester zelf, zonder mandaat (Wth 9(1))."
    assert extending(BURGEMEESTER, until) == ""
    too_long = "Verlengen kan tot vrijdag 18 december 2026 om 23.30 uur, niet langer (Wth 9(1))."
    assert extending(BURGEMEESTER, until + timedelta(minutes=1)) == too_long


def test_a_mandate_to_impose_is_none_to_withdraw() -> None:
    ladder = active_ladder("hgkm")
    situation = ready(ladder, "fase1", "huisverbod", frozenset({"huisverbod"}))
    refusal = why_not_decide(ladder, situation, "huisverbod", MANDATED, authorities())
    assert refusal is not None
    assert refusal.sentence == "Hierover beslist de burgemeester (Wth 2(1))."
    assert why_not_decide(ladder, situation, "huisverbod", BURGEMEESTER, authorities()) is None


@pytest.mark.parametrize(
    ("born", "sentence"),
    [
        (date(2008, 11, 26), None),  # eighteen today
        (date(2008, 11, 27), "Betrokkene is 17 jaar en dit kan pas vanaf 18 jaar: alleen voor volwassenen (Wth 2(2))."),
        (date(2026, 11, 27), "De geboortedatum ligt in de toekomst (Wth 2(2))."),
    ],
)
def test_a_huisverbod_is_for_adults(born: date, sentence: str | None) -> None:
    assert sentences("hgkm", "fase1", "huisverbod", ("volwassen", Born(born))) == ([sentence] if sentence else [])


def test_a_birthday_on_29_february_counts_from_1_march() -> None:
    assert age(date(2008, 2, 29), date(2026, 2, 28)) == 17
    assert age(date(2008, 2, 29), date(2026, 3, 1)) == 18


def test_the_order_to_a_parent_is_for_a_child_under_twelve() -> None:
    assert sentences("jonge_aanwas", "stap6", "bevel_172b", ("onder_twaalf", Born(date(2014, 11, 27)))) == []
    assert sentences("jonge_aanwas", "stap6", "bevel_172b", ("onder_twaalf", Born(date(2014, 11, 26)))) == [
        "Het kind is 12 jaar en dit kan alleen onder 12 jaar: alleen voor kinderen onder twaalf (Gemeentewet 172b(1))."
    ]


# -- ondermijning: nothing reaches the RIEC without the driehoek

RIEC = active_ladder("ondermijning")


@pytest.mark.parametrize("at", ["signaal", "casustafel", "tvo"])
@pytest.mark.parametrize("beside", [frozenset(), frozenset({"controle", "bibob", "vergunning", "damocles"})])
def test_the_riec_is_reached_from_the_driehoek_only(at: str, beside: frozenset[str]) -> None:
    situation = ready(RIEC, at, "riec", beside)
    found = refusals(RIEC, situation, step(RIEC, situation, "riec"), Decider(frozenset(authorities().codes)), WORLD)
    assert [one.sentence for one in found] == ["Naar “RIEC” gaat het alleen vanaf “Driehoek” (WGS 2.16)."]


@pytest.mark.parametrize("at", ["signaal", "casustafel"])
def test_the_driehoek_is_reached_from_the_tvo_only(at: str) -> None:
    refusal = why_not_there(RIEC, Situation(at), "driehoek")
    assert refusal is not None
    assert "alleen vanaf “Tactisch veiligheidsoverleg (TVO)”" in refusal.sentence


def test_on_this_chain_no_link_is_skipped() -> None:
    refusal = why_not_there(RIEC, Situation("signaal"), "tvo")
    assert refusal is not None
    assert refusal.sentence == (
        "Op deze ladder slaat u geen trede over: “Tactisch veiligheidsoverleg (TVO)” is nog niet aan de beurt "
        "(Lokale keten ondermijning)."
    )


ARTICLE = "(Uitvoeringsplan Veiligheid: instemming van de driehoek)."


@pytest.mark.parametrize(
    ("fact", "sentence"),
    [
        (None, "De instemming van de driehoek ontbreekt: leg datum, leden en besluit vast"),
        (Checked(True), "De instemming van de driehoek ontbreekt: leg datum, leden en besluit vast"),
        (Consent(TODAY, ALL_THREE, False), "De driehoek heeft op donderdag 26 november 2026 niet ingestemd"),
        (
            Consent(TODAY, frozenset({"burgemeester"}), True),
            "Bij de instemming van de driehoek hoort ook het besluit van de officier van justitie en de politiechef",
        ),
        (
            Consent(TODAY + timedelta(days=1), ALL_THREE, True),
            "De datum van “Instemming met aanbieden aan het RIEC” ligt in de toekomst",
        ),
        (
            Consent(date(2026, 5, 25), ALL_THREE, True),
            "“Instemming met aanbieden aan het RIEC” is van maandag 25 mei 2026 en gold tot en met "
            "woensdag 25 november 2026: leg het opnieuw vast",
        ),
    ],
)
def test_consent_has_a_date_all_members_and_a_decision(fact: Fact | None, sentence: str) -> None:
    assert sentences("ondermijning", "driehoek", "riec", ("instemming", fact)) == [f"{sentence} {ARTICLE}"]


def test_consent_of_six_months_old_today_still_counts() -> None:
    assert (
        sentences("ondermijning", "driehoek", "riec", ("instemming", Consent(date(2026, 5, 26), ALL_THREE, True))) == []
    )


@pytest.mark.parametrize(
    ("package", "sentence"),
    [
        (Package(1, frozenset({"identiteit", "kadaster"}), False), ""),
        (Package(1, frozenset({"belasting"}), True), "In fase 1 horen geen gegevens over “belasting”"),
        (Package(2, frozenset({"belasting", "identiteit"}), True), ""),
        (
            Package(2, frozenset({"belasting"}), False),
            "Fase 2 kan alleen als vaststaat: samen verwerken is nodig voor een activiteit van het RIEC",
        ),
        (
            Package(2, frozenset({"politie_9_10"}), True),
            "In fase 2 horen geen gegevens over “politiegegevens artikel 9 en 10”",
        ),
        (Package(3, frozenset({"politie_9_10", "belasting"}), True), ""),
        (Package(0, frozenset(), True), "Kies een gegevensfase van 1 tot en met 3"),
        (Package(4, frozenset(), True), "Kies een gegevensfase van 1 tot en met 3"),
        (Package(3, frozenset({"ras"}), True), "In fase 3 horen geen gegevens over “ras”"),
    ],
)
def test_a_package_holds_what_its_phase_allows(package: Package, sentence: str) -> None:
    expected = [f"{sentence} (WGS 2.23(6))."] if sentence else []
    assert sentences("ondermijning", "driehoek", "riec", ("gegevensfase", package)) == expected


def test_only_the_driehoek_decides_about_the_riec() -> None:
    situation = ready(RIEC, "driehoek", "riec")
    for code in ("burgemeester", "officier", "politiechef", "procesregisseur", "riec"):
        refusal = why_not_decide(RIEC, situation, "riec", Decider(frozenset({code})), authorities())
        assert refusal is not None
        assert refusal.sentence == "Hierover beslist de driehoek (WGS 2.16)."


# -- woonoverlast

WOON = active_ladder("woonoverlast")


def test_a_rung_may_be_skipped_and_stepped_back_to() -> None:
    moves = {one.rung.key: one.move for one in destinations(WOON, Situation("waarschuwing"))}
    assert moves == {
        "melding": Move.BACK, "zelf": Move.BACK, "buurtbemiddeling": Move.BACK, "afspraken": Move.DOWN,
        "voornemen": Move.UP, "dwangsom": Move.SKIP, "bestuursdwang": Move.SKIP, "huisverbod": Move.SKIP,
        "huurrecht": Move.SKIP, "sluiting": Move.SKIP, "drugspand": Move.BEGIN,
    }  # fmt: skip
    assert move_of(WOON, Situation("melding", frozenset({"drugspand"})), "drugspand") is Move.END


def test_a_drugs_closure_does_not_move_the_case_on_its_ladder() -> None:
    moves = destinations(WOON, Situation("zelf", frozenset({"drugspand"})))
    assert {one.rung.key: one.move for one in moves}["drugspand"] is Move.END
    assert {one.rung.key: one.move for one in moves}["buurtbemiddeling"] is Move.UP


def test_the_same_rung_is_no_step() -> None:
    refusal = why_not_there(WOON, Situation("zelf"), "zelf")
    assert refusal is not None
    assert refusal.sentence == "De casus staat al op trede “Zelf in gesprek” (Escalatieladder woonoverlast (CCV))."


def test_closing_a_home_is_not_mandated() -> None:
    situation = ready(WOON, "bestuursdwang", "sluiting")
    refusal = why_not_decide(WOON, situation, "sluiting", Decider(frozenset({"politiechef"})), authorities())
    assert refusal is not None
    assert refusal.sentence == (
        "Hierover beslist de burgemeester, en mandaat kan niet (Gemeentewet 174a en Gemeentewet 177(2))."
    )


def test_the_corporation_does_not_decide_what_the_judge_does() -> None:
    situation = ready(WOON, "huisverbod", "huurrecht")
    refusal = why_not_decide(WOON, situation, "huurrecht", Decider(frozenset({"corporatie"})), authorities())
    assert refusal is not None
    assert refusal.sentence == "Hierover beslist de kantonrechter (BW 7:213)."


def test_back_to_a_measure_is_decided_by_who_imposes_it_and_further_back_by_who_ends_it() -> None:
    back_to_measure = ready(WOON, "huurrecht", "dwangsom")
    corporation = Decider(frozenset({"corporatie"}))
    assert why_not_decide(WOON, back_to_measure, "dwangsom", corporation, authorities()) is not None
    assert why_not_decide(WOON, back_to_measure, "dwangsom", BURGEMEESTER, authorities()) is None
    assert why_not_decide(WOON, back_to_measure, "afspraken", corporation, authorities()) is None
    from_measure = ready(WOON, "dwangsom", "afspraken")
    assert why_not_decide(WOON, from_measure, "afspraken", corporation, authorities()) is not None


@pytest.mark.parametrize(
    ("fact", "sentence"),
    [
        (
            None,
            "Eerst moet vaststaan: het kan redelijkerwijs niet op een andere geschikte manier (Gemeentewet 151d(2)).",
        ),
        (
            Checked(False),
            "Dit staat niet vast: het kan redelijkerwijs niet op een andere geschikte manier (Gemeentewet 151d(2)).",
        ),
    ],
)
def test_a_gedragsaanwijzing_is_the_last_resort(fact: Fact | None, sentence: str) -> None:
    assert sentences("woonoverlast", "voornemen", "dwangsom", ("ultimum_remedium", fact)) == [sentence]


@pytest.mark.parametrize(
    ("fact", "sentence"),
    [
        (None, "De zienswijze is nog niet gevraagd: Zienswijze van de bewoner (Awb 4:8)."),
        (Views(), "De zienswijze is nog niet gevraagd: Zienswijze van de bewoner (Awb 4:8)."),
        (
            Views(ends=midnight_after(date(2026, 11, 26))),
            "De termijn voor de zienswijze loopt nog tot en met donderdag 26 november 2026 (Awb 4:8).",
        ),
        (Views(ends=midnight_after(date(2026, 11, 25))), ""),
        (Views(ends=midnight_after(date(2026, 12, 9)), given=TODAY), ""),
        (Urgent(), ""),
    ],
)
def test_the_resident_is_heard_or_had_time_or_it_was_urgent(fact: Fact | None, sentence: str) -> None:
    assert sentences("woonoverlast", "voornemen", "dwangsom", ("zienswijze", fact)) == ([sentence] if sentence else [])


def test_an_oral_huisverbod_is_written_down_later_and_nothing_else_may_wait() -> None:
    assert sentences("hgkm", "fase1", "huisverbod", ("besluit", Urgent())) == []
    assert sentences("hgkm", "fase1", "huisverbod", ("risicotaxatie", Urgent())) == [
        "Ook bij spoed is dit nodig: Ingevuld risicotaxatie-instrument (RiHG) (Wth 2(1))."
    ]
    assert sentences("hgkm", "fase1", "huisverbod", ("vt_gevraagd", Urgent())) == [
        "Eerst moet vaststaan: bij kindermishandeling, of een ernstig vermoeden daarvan, is vooraf met Veilig Thuis "
        "overlegd (Wth 2(3))."
    ]


def test_a_document_of_tomorrow_is_none() -> None:
    assert sentences("woonoverlast", "afspraken", "waarschuwing", ("dossier", Paper(TODAY + timedelta(days=1)))) == [
        "De datum van “Dossier met data en feiten van de overlast” ligt in de toekomst (Awb 3:2)."
    ]


def test_buurtbemiddeling_keeps_its_outcome_only() -> None:
    assert WOON.get("buurtbemiddeling").status_only


@pytest.mark.parametrize(("number", "right_length"), [(0, False), (1, True), (2, True), (3, False)])
def test_a_length_is_chosen_within_what_the_file_allows(number: int, right_length: bool) -> None:
    term = WOON.get("voornemen").term("zienswijze")
    if right_length:
        assert str(term.chosen(number).length) in ("1 week", "2 weken")
        return
    with pytest.raises(ValueError, match=r"Kies 1 tot en met 2 weken \(Awb 4:8\)"):
        term.chosen(number)


# -- HG/KM


def test_herstel_waits_for_safety() -> None:
    hgkm = active_ladder("hgkm")
    refusal = why_not_there(hgkm, Situation("fase1"), "fase3")
    assert refusal is not None
    assert "alleen vanaf “Fase 2: risico's verminderen”" in refusal.sentence
    assert sentences("hgkm", "fase1", "fase2", ("veiligheidsdoelen", None)) == [
        "Eerst moet vaststaan: de doelen voor directe veiligheid zijn gehaald (Visie gefaseerde ketenzorg)."
    ]


def test_every_step_of_the_meldcode_reminds_of_the_duty_to_report() -> None:
    rungs = [rung for rung in active_ladder("hgkm").rungs if rung.part == "meldcode"]
    assert len(rungs) == 5
    assert all("onveiligheid" in rung.reminder for rung in rungs)


def test_terms_of_veilig_thuis_are_information() -> None:
    hgkm = active_ladder("hgkm")
    roles = {term.role for key in ("vt_triage", "vt_onderzoek") for term in hgkm.get(key).terms}
    assert roles == {"informatie"}


# -- AVE beside the ladder of the theme


def test_a_heavier_measure_proposes_a_higher_level_and_never_a_lower() -> None:
    ave = regie_ladder()
    assert ave is not None
    proposed = proposed_regie(WOON.get("sluiting"), ave, "ave2")
    assert proposed is not None
    assert proposed.key == "ave4"
    assert proposed_regie(WOON.get("sluiting"), ave, "ave4") is None
    assert proposed_regie(WOON.get("zelf"), ave, "ave3") is None


def test_a_higher_level_proposes_the_rungs_that_belong_to_it() -> None:
    ave = regie_ladder()
    assert ave is not None
    assert [rung.key for rung in proposed_rungs(WOON, "bestuursdwang", ave.get("ave4"))] == ["huisverbod", "sluiting"]


def test_each_level_names_four_responsibilities() -> None:
    ave = regie_ladder()
    assert ave is not None
    for level in ave.rungs:
        assert level.regie is not None
        assert all((level.regie.casusregie, level.regie.procesregie, level.regie.operationeel, level.regie.bestuurlijk))


def test_a_theme_finds_its_ladder_and_ave_is_no_theme() -> None:
    found = ladder_for("jonge_aanwas")
    assert found is not None
    assert found.code == "jonge_aanwas"
    assert ladder_for("ave") is None


def test_level_three_needs_a_casusregisseur() -> None:
    ave = active_ladder("ave")
    situation = replace(ready(ave, "ave2", "ave3"), regisseurs=BOTH - {"casusregisseur"})
    found = refusals(ave, situation, step(ave, situation, "ave3"), right(ave, situation, "ave3"), WORLD)
    assert [one.sentence for one in found] == [
        "Wijs eerst een casusregisseur aan: op dit niveau is één casusregisseur verplicht (Methode AVE)."
    ]


def test_the_moment_is_passed_in() -> None:
    later = World(authorities(), free_days(), NOW + timedelta(days=200))
    situation = ready(RIEC, "driehoek", "riec")
    assert missing(RIEC, situation, "riec", WORLD) == ()
    assert [one.code for one in missing(RIEC, situation, "riec", later)] == ["instemming"]


# -- the panel, and another version


def test_the_checklist_names_all_that_is_asked_met_or_not() -> None:
    situation = ready(WOON, "voornemen", "dwangsom")
    partly = replace(situation, facts={key: fact for key, fact in situation.facts.items() if key != "besluit"})
    items = checklist(WOON, partly, "dwangsom", WORLD)
    assert [(one.requirement.key, one.refusal is None) for one in items] == [
        ("ernstig_herhaald", True), ("ultimum_remedium", True), ("zienswijze", True), ("besluit", False),
    ]  # fmt: skip


def test_to_end_a_measure_nothing_is_asked_but_a_regisseur() -> None:
    situation = Situation("fase1", frozenset({"huisverbod"}), {}, BOTH)
    hgkm = active_ladder("hgkm")
    assert checklist(hgkm, situation, "huisverbod", WORLD) == ()
    assert missing(hgkm, situation, "huisverbod", WORLD) == ()


def newer(**changes: object) -> Ladder:
    return replace(WOON, version="2027.1", **changes)


@pytest.mark.parametrize(
    ("new", "situation", "sentence"),
    [
        (newer(), Situation("zelf", frozenset({"drugspand"})), ""),
        (WOON, Situation("zelf"), "De casus heeft versie 2026.1 al"),
        (active_ladder("hgkm"), Situation("zelf"), "is een andere ladder dan “Woonoverlast”"),
        (
            newer(rungs=tuple(rung for rung in WOON.rungs if rung.key != "zelf")),
            Situation("zelf"),
            "Versie 2027.1 heeft de trede “Zelf in gesprek” niet: verlaat die eerst",
        ),
        (
            newer(rungs=tuple(rung for rung in WOON.rungs if not rung.aside)),
            Situation("zelf", frozenset({"drugspand"})),
            "Versie 2027.1 heeft de trede “Sluiting drugspand” niet",
        ),
        (
            newer(rungs=tuple(replace(rung, aside=rung.key == "zelf") for rung in WOON.rungs)),
            Situation("zelf"),
            "heeft de trede “Zelf in gesprek” niet",
        ),
    ],
)
def test_a_case_goes_on_under_another_version_when_that_has_its_rungs(
    new: Ladder, situation: Situation, sentence: str
) -> None:
    refusal = why_not_adopt(WOON, new, situation)
    assert (refusal is None) is (sentence == "")
    assert sentence in (refusal.sentence if refusal else "")

"""Handing in a signal: four steps, mistakes that lose nothing, drafts, and following it up as a reporter."""

from __future__ import annotations

import csv
import io
import json
from datetime import date, timedelta
from typing import Any

import pytest
from django.forms.models import model_to_dict
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from casework.models import Signal, SignalDraft, SignalItem, SignalNumber, SignalSource, SignalSubject, SubjectKind
from casework.services import disclosing, drafts, signals, triage
from casework.theming import themes
from casework.values import PlaceInput, SubjectInput
from partners.models import CaseTable, Covenant, User
from privacy.access import open_one, visible
from privacy.errors import Refused
from privacy.models import Compartment, Dossier
from privacy.unlock import unlock
from tests.casework.conftest import Browser, Browsers, words
from tests.commits import committed
from tests.world import GROUND, Cast, a_case, a_signal, as_, canary, confidential, invited, item

TODAY = date.today()
DAY = f"{TODAY:%-d-%-m-%Y}"
RIGHT: dict[int, dict[str, Any]] = {
    1: {
        "street": "Lindelaan", "number": "14 a", "postcode": "7899ab", "city": "Proefstad", "neighbourhood": "Oost",
        "observed_on": DAY, "severity": "hoog", "q_soort": ["Geluid"],
    },
    2: {"kind_0": "person", "name_0": "Piet Voorbeeld", "birth_0": "12-3-1981"},
    3: {"text_0": "Muziek tot drie uur.", "what_0": "waarneming", "audience_0": "table", "category_0": "huisvesting"},
    4: {"told": "yes", "correct": "on"},
}  # fmt: skip


def begun(browser: Browser, table: CaseTable) -> str:
    """A new draft for this table; its key."""
    there = browser.do("signal-new", table=str(table.pk))
    assert there.status_code == 302
    return there.url.split("/")[-3]


def typed(browser: Browser, draft: str, *steps: int, **more: Any) -> HttpResponse:
    """Types the right things in these steps; `more` replaces or adds fields in the last."""
    for step in steps[:-1]:
        assert browser.do("signal-draft", draft, step, **RIGHT[step]).status_code == 302
    return browser.do("signal-draft", draft, steps[-1], **{**RIGHT[steps[-1]], **more})


def own_signals(user: User) -> list[Signal]:
    """What this person handed in."""
    with as_(user) as (by, _):
        return list(visible(Signal, by=by).filter(draft_id__isnull=False).select_related("dossier"))


@pytest.fixture
def wilma(cast: Cast, browser: Browsers) -> Browser:
    return browser(cast.wilma)


@pytest.fixture
def draft(cast: Cast, wilma: Browser) -> str:
    """A draft that Wilma began for woonoverlast."""
    return begun(wilma, cast.overlast)


# --- four steps ----------------------------------------------------------------------------------


def test_a_whole_signal_is_handed_in_in_four_steps(cast: Cast, wilma: Browser, draft: str) -> None:
    answer = typed(wilma, draft, 1, 2, 3, 4)
    [signal] = own_signals(cast.wilma)
    assert answer.url == reverse("signal-sent", args=[signal.pk])
    assert signal.dossier.reference in words(wilma.see("signal-sent", signal.pk))
    page = words(wilma.see("signal-detail", signal.pk))
    for text in ("Lindelaan 14A", "7899 AB", "Piet Voorbeeld", "Muziek tot drie uur.", "Geluid"):
        assert text in page
    with as_(cast.wilma) as (by, _):
        unlock([signal.dossier_id], by=by)
        source = SignalSource.objects.get(signal=signal)
        assert (source.reporter_id, source.told) == (cast.wilma.pk, "yes")
        assert source.stated_correct_at is not None
        assert SignalItem.objects.get(signal=signal).category == "huisvesting"


def test_the_last_step_reads_everything_back(wilma: Browser, draft: str) -> None:
    typed(wilma, draft, 1, 2, 3)
    page = words(wilma.see("signal-draft", draft, 4))
    for text in ("Lindelaan", "7899ab", "Piet Voorbeeld", "Muziek tot drie uur."):
        assert text in page


def test_who_skips_to_the_end_is_brought_to_the_step_that_is_not_ready(cast: Cast, wilma: Browser, draft: str) -> None:
    typed(wilma, draft, 1)
    assert wilma.see("signal-draft", draft, 4).url == reverse("signal-draft", args=[draft, 2])
    assert typed(wilma, draft, 4).url == reverse("signal-draft", args=[draft, 2])
    assert own_signals(cast.wilma) == []


def test_another_person_and_another_piece_can_be_added_without_losing_the_first(
    cast: Cast, wilma: Browser, draft: str
) -> None:
    typed(wilma, draft, 1)
    assert typed(wilma, draft, 2, go="meer").url == reverse("signal-draft", args=[draft, 2])
    assert "Piet Voorbeeld" in words(wilma.see("signal-draft", draft, 2))
    wilma.do("signal-draft", draft, 2, **RIGHT[2], kind_1="person", name_1="Puck Voorbeeld")
    typed(wilma, draft, 3, go="meer")
    wilma.do("signal-draft", draft, 3, **RIGHT[3], text_1="Alleen voor Rosa.", audience_1="regie")
    typed(wilma, draft, 4)
    [signal] = own_signals(cast.wilma)
    with as_(cast.wilma) as (by, _):
        unlock([signal.dossier_id], by=by)
        assert {s.name for s in SignalSubject.objects.filter(signal=signal)} == {"Piet Voorbeeld", "Puck Voorbeeld"}
        assert {i.text: i.audience for i in SignalItem.objects.filter(signal=signal)} == {
            "Muziek tot drie uur.": "table",
            "Alleen voor Rosa.": "regie",
        }


def test_going_back_keeps_what_was_typed_right_or_wrong(wilma: Browser, draft: str) -> None:
    typed(wilma, draft, 1)
    assert wilma.do("signal-draft", draft, 2, name_0="Half", go="terug").url == reverse("signal-draft", args=[draft, 1])
    assert 'value="Half"' in words(wilma.see("signal-draft", draft, 2))


# --- mistakes: the sentence that helps, and nothing lost -------------------------------------------

CHECK_DATE = "Deze datum is nog niet geweest. Vul een datum tot en met vandaag in."
TOMORROW = f"{TODAY + timedelta(days=1):%-d-%-m-%Y}"
MISTAKES: list[tuple[int, dict[str, Any], str]] = [
    (1, {"street": "", "postcode": ""}, "Vul een straat of postcode in, of beschrijf de plek."),
    (1, {"observed_on": ""}, "Vul in wanneer u het zag of hoorde, bijvoorbeeld 23-11-2026."),
    (1, {"observed_on": "pas geleden"}, "23-11-2026"),
    (1, {"observed_on": "31-2-2026"}, "Deze datum bestaat niet."),
    (1, {"observed_on": TOMORROW}, CHECK_DATE),
    (1, {"severity": ""}, "Kies hoe ernstig het is."),
    (1, {"severity": "erg"}, "Kies hoe ernstig het is."),
    (1, {"postcode": "78 AB"}, "postcode"),
    (1, {"number": "veertien"}, "huisnummer"),
    (1, {"q_soort": []}, "Geef antwoord op de vraag: Wat voor overlast is het?"),
    (2, {"kind_0": ""}, "Kies wie of wat het is. Weet u het niet, kies dan 'Weet ik niet'."),
    (2, {"name_0": ""}, "Vul een naam in, of kies 'Weet ik niet'."),
    (2, {"birth_0": TOMORROW}, "Deze geboortedatum ligt in de toekomst. Controleer het jaar."),
    (3, {"text_0": "", "origin_0": "Huisbezoek"}, "Schrijf op wat er aan de hand is."),
    (3, {"on_0": TOMORROW}, CHECK_DATE),
    (4, {"told": ""}, "Kies of u het de persoon hebt verteld."),
    (4, {"told": "no"}, "Schrijf op waarom u het de persoon niet hebt verteld."),
    (4, {"told": "no", "not_told_reason": "   "}, "Schrijf op waarom u het de persoon niet hebt verteld."),
    (4, {"told": "yes", "correct": "", "not_told_reason": "Toch niet"}, "Kijk het signaal na en zet dan een vinkje."),
]


@pytest.mark.parametrize(
    ("step", "wrong", "sentence"), MISTAKES, ids=[f"{s}-{'-'.join(w)}-{n}" for n, (s, w, _) in enumerate(MISTAKES)]
)
def test_a_mistake_is_told_in_dutch_and_nothing_that_was_typed_is_lost(
    step: int, wrong: dict[str, Any], sentence: str, cast: Cast, wilma: Browser, draft: str
) -> None:
    answer = typed(wilma, draft, *range(1, step + 1), **wrong)
    assert answer.status_code == 422
    page = words(answer)
    assert sentence in page
    for field in (RIGHT[step] | wrong).items():
        assert _still_there(page, *field), field
    assert own_signals(cast.wilma) == []


def _still_there(page: str, name: str, value: Any) -> bool:
    """Whether what was typed stands in the page: as a value, as a text, or as a ticked choice."""
    values = [text.strip() for text in ([value] if isinstance(value, str) else value)]
    return name in ("correct", "severity") or all(
        not text or f'value="{text}"' in page or f"{text}</textarea>" in page for text in values
    )


def test_a_person_without_a_kind_is_not_left_out_in_silence(cast: Cast, wilma: Browser, draft: str) -> None:
    typed(wilma, draft, 1)
    typed(wilma, draft, 2, go="meer")
    answer = typed(wilma, draft, 2, name_1="Puck Voorbeeld")
    assert answer.status_code == 422
    assert "Kies wie of wat het is." in words(answer)
    assert "Puck Voorbeeld" in words(answer)
    empty = typed(wilma, draft, 2, name_1="", kind_1="")
    assert empty.status_code == 302


def test_a_piece_without_its_text_is_not_left_out_in_silence(wilma: Browser, draft: str) -> None:
    typed(wilma, draft, 1, 2)
    typed(wilma, draft, 3, go="meer")
    answer = typed(wilma, draft, 3, text_1="", origin_1="Huisbezoek")
    assert answer.status_code == 422
    assert "Schrijf op wat er aan de hand is." in words(answer)
    preset = {"what_1": "waarneming", "audience_1": "table", "category_1": "huisvesting"}
    assert typed(wilma, draft, 3, text_1="", origin_1="", **preset).status_code == 302


@pytest.mark.parametrize("junk", ["x", "-1", "99999999999999999999", ""])
def test_a_count_that_was_tampered_with_breaks_nothing(junk: str, wilma: Browser, draft: str) -> None:
    assert wilma.do("signal-draft", draft, 2, **RIGHT[2], subjects=junk).status_code == 302
    assert wilma.do("signal-draft", draft, 2, **RIGHT[2], go="meer").status_code == 302
    assert wilma.see("signal-draft", draft, 2).status_code == 200


def test_a_draft_stays_at_its_table_whatever_is_sent_along(cast: Cast, wilma: Browser, draft: str) -> None:
    typed(wilma, draft, 1, 2, 3, table=str(cast.jeugd.pk))
    typed(wilma, draft, 4, table="x")
    [signal] = own_signals(cast.wilma)
    assert signal.table_id == cast.overlast.pk


def test_a_step_that_does_not_exist_is_not_known(wilma: Browser, draft: str) -> None:
    assert wilma.see("signal-draft", draft, 5).status_code == 404


# --- drafts ----------------------------------------------------------------------------------------


def test_a_draft_is_there_again_after_logging_out_and_in_another_browser(
    cast: Cast, wilma: Browser, draft: str, browser: Browsers
) -> None:
    typed(wilma, draft, 1)
    wilma.client.logout()
    assert wilma.see("signal-draft", draft, 1).status_code == 302
    later = browser(cast.wilma)
    assert reverse("signal-draft", args=[draft, 1]) in words(later.see("signal-list"))
    assert 'value="Lindelaan"' in words(later.see("signal-draft", draft, 1))


def test_a_colleague_and_the_regisseur_cannot_read_or_change_a_draft(
    cast: Cast, wilma: Browser, draft: str, browser: Browsers
) -> None:
    typed(wilma, draft, 1)
    for other in (cast.wout, cast.rosa, cast.fatima):
        stranger = browser(other)
        assert stranger.see("signal-draft", draft, 1).status_code in (403, 404)
        assert stranger.do("signal-draft", draft, 1, street="Anders").status_code in (403, 404)
        assert stranger.do("signal-draft-drop", draft).status_code in (403, 404)
        with as_(other) as (by, _):
            assert not visible(SignalDraft, by=by).exists()
    assert 'value="Lindelaan"' in words(wilma.see("signal-draft", draft, 1))


def test_saving_by_itself_keeps_half_a_form_and_answers_without_a_page(wilma: Browser, draft: str) -> None:
    answer = wilma.do("signal-draft", draft, 1, street="Linde", severity="", headers={"X-Autosave": "1"})
    assert (answer.status_code, answer.content) == (204, b"")
    assert 'value="Linde"' in words(wilma.see("signal-draft", draft, 1))


def test_a_half_draft_can_be_kept_for_later_and_thrown_away(cast: Cast, wilma: Browser, draft: str) -> None:
    kept = wilma.do("signal-draft", draft, 1, street="Linde", go="bewaar")
    assert kept.url == reverse("signal-list")
    page = words(wilma.see("signal-list"))
    assert "Uw concept is bewaard. U vindt het bij Signalen." in page
    assert "Linde" not in page.split("Nog niet verstuurd")[1].split("</section>")[0]
    assert wilma.do("signal-draft-drop", draft).url == reverse("signal-list")
    assert wilma.see("signal-draft", draft, 1).status_code == 404


def test_dropping_a_draft_destroys_its_row_and_its_key(cast: Cast) -> None:
    def begin() -> SignalDraft:
        with as_(cast.petra) as (by, _):
            return drafts.start("woonoverlast", now=timezone.now(), by=by)

    def drop() -> None:
        with as_(cast.petra) as (by, _):
            drafts.drop(open_one(SignalDraft, draft.pk, by=by), by=by)

    draft = committed(begin)
    kept = [Compartment.objects.using("maintenance").filter(dossier=draft.dossier_id)]
    kept.append(SignalDraft.objects.using("maintenance").filter(pk=draft.pk))
    assert all(rows.exists() for rows in kept)
    committed(drop)
    assert not any(rows.all().exists() for rows in kept)


def test_sending_destroys_the_draft(cast: Cast, wilma: Browser, draft: str, log) -> None:
    typed(wilma, draft, 1, 2, 3, 4)
    assert log.changes(event="draft.dropped")
    assert log.changes(event="dossier.destroyed")
    with as_(cast.wilma) as (by, _):
        assert not visible(SignalDraft, by=by).exists()


def test_a_double_click_on_send_gives_one_signal(cast: Cast, wilma: Browser, draft: str) -> None:
    first = typed(wilma, draft, 1, 2, 3, 4)
    second = typed(wilma, draft, 4)
    assert first.url == second.url
    assert len(own_signals(cast.wilma)) == 1
    [signal] = own_signals(cast.wilma)
    with as_(cast.wilma) as (by, _):
        again = signals.send_draft(signal.draft_id, None, now=timezone.now(), by=by)  # type: ignore[arg-type]
    assert again.pk == signal.pk


def test_the_back_button_after_sending_leads_to_what_was_sent(cast: Cast, wilma: Browser, draft: str) -> None:
    there = typed(wilma, draft, 1, 2, 3, 4).url
    for step in (1, 2, 3, 4):
        assert wilma.see("signal-draft", draft, step).url == there
    assert wilma.do("signal-draft", draft, 1, street="Te laat", headers={"X-Autosave": "1"}).url == there


# --- what may not be handed in -----------------------------------------------------------------------


def test_radicalisation_is_sent_to_where_it_belongs_and_nothing_of_it_is_kept(cast: Cast, wilma: Browser, log) -> None:
    [door] = themes().refused()
    assert door.name in words(wilma.see("signal-new"))
    secret = canary("deur")
    answer = wilma.do("signal-new", table=door.code, text=secret, same=secret)
    page = words(answer)
    assert answer.status_code == 200
    for text in ("Er is niets bewaard", door.where, door.article):
        assert text in page
    assert secret not in page
    with as_(cast.wilma) as (by, _):
        assert not visible(SignalDraft, by=by).exists()
        assert not visible(Signal, by=by).exists()
        assert not Dossier.objects.filter(created_by=by.user_id, sort_at__gte=log.since).exists()
    entries = [json.dumps(model_to_dict(entry), default=str) for entry in [*log.looks(), *log.changes()]]
    assert entries
    assert not any(secret in entry for entry in entries)


def test_an_organisation_without_a_covenant_reads_why_it_cannot_report(cast: Cast, browser: Browsers) -> None:
    otto = browser(cast.otto)
    page = words(otto.see("signal-new"))
    assert "Uw organisatie kan hier nog geen signalen melden" in page
    assert str(cast.overlast.pk) not in page
    refused = otto.do("signal-new", table=str(cast.overlast.pk))
    assert refused.status_code in (200, 422)
    with as_(cast.otto) as (by, _):
        assert not visible(SignalDraft, by=by).exists()


def test_a_covenant_that_ends_before_sending_stops_the_signal_and_keeps_the_draft(
    cast: Cast, wilma: Browser, draft: str
) -> None:
    typed(wilma, draft, 1, 2, 3)
    Covenant.objects.update(valid_until=TODAY - timedelta(days=1))
    answer = typed(wilma, draft, 4)
    assert answer.status_code in (302, 422)
    assert own_signals(cast.wilma) == []
    assert 'value="Lindelaan"' in words(wilma.see("signal-draft", draft, 1))


def test_a_corporation_is_not_asked_for_a_bsn_and_one_that_is_sent_along_is_not_kept(
    cast: Cast, wilma: Browser, draft: str
) -> None:
    typed(wilma, draft, 1)
    assert "Burgerservicenummer" not in words(wilma.see("signal-draft", draft, 2))
    assert typed(wilma, draft, 2, bsn_0="999990019").status_code == 302
    typed(wilma, draft, 3, 4)
    [signal] = own_signals(cast.wilma)
    with as_(cast.wilma) as (by, _):
        unlock([signal.dossier_id], by=by)
        assert not SignalNumber.objects.filter(signal=signal).exists()
    with pytest.raises(Refused, match="geen wettelijke basis om een BSN"):
        a_signal(cast.wilma, cast.overlast, subjects=(SubjectInput(SubjectKind.PERSON, "Piet", None, "999990019"),))


def test_the_police_may_fill_in_a_bsn_and_a_wrong_one_is_told(cast: Cast, browser: Browsers) -> None:
    pieter = browser(cast.pieter)
    draft = begun(pieter, cast.overlast)
    typed(pieter, draft, 1)
    assert "Burgerservicenummer" in words(pieter.see("signal-draft", draft, 2))
    wrong = typed(pieter, draft, 2, bsn_0="999990018")
    assert wrong.status_code == 422
    assert 'value="999990018"' in words(wrong)
    assert typed(pieter, draft, 2, bsn_0="999990019").status_code == 302


def test_a_category_that_the_covenant_does_not_name_cannot_be_brought_in(
    cast: Cast, wilma: Browser, draft: str
) -> None:
    covenant = Covenant.objects.get(name="Convenant Proefstad")
    covenant.categories = ["algemeen", "huisvesting"]
    covenant.save()
    typed(wilma, draft, 1, 2)
    assert 'value="politie"' not in words(wilma.see("signal-draft", draft, 3))
    answer = typed(wilma, draft, 3, category_0="politie")
    assert answer.status_code == 422
    assert "Muziek tot drie uur." in words(answer)
    with pytest.raises(Refused, match="noemt deze soort gegevens niet"):
        a_signal(cast.wilma, cast.overlast, item(category="politie"))


def test_the_reason_for_not_telling_is_kept_for_the_regie_and_the_reporter(
    cast: Cast, wilma: Browser, draft: str
) -> None:
    typed(wilma, draft, 1, 2, 3, 4, told="no", not_told_reason="Onveilig voor een kind.")
    [signal] = own_signals(cast.wilma)
    with as_(cast.rosa) as (by, _):
        signal = open_one(Signal, signal.pk, by=by)
        assert (signal.reporter.told, signal.reporter.not_told_reason) == ("no", "Onveilig voor een kind.")


# --- following it up -----------------------------------------------------------------------------------


def test_the_name_of_the_reporter_stays_with_source_and_regie_when_the_signal_is_shared(
    cast: Cast, browser: Browsers
) -> None:
    signal = a_signal(cast.wilma, cast.overlast, item("Voor de tafel."), confidential("Bron is de buurvrouw."))
    case = a_case(cast.rosa, signal)
    invited(case, cast.rosa, cast.greet)
    with as_(cast.rosa) as (by, _):
        unlock([case.dossier_id, signal.dossier_id], by=by)
        disclosing.share_signal(case, signal, cast.ggz, ground=GROUND, now=timezone.now(), by=by)
    greet = browser(cast.greet)
    for address in (("signal-detail", signal.pk), ("case-signals", case.pk), ("case-export", case.pk)):
        answer = greet.see(*address)
        assert answer.status_code == 200
        assert "Voor de tafel." in words(answer)
        assert cast.wilma.name not in words(answer)
        assert "Bron is de buurvrouw." not in words(answer)
    assert cast.wilma.name in words(browser(cast.rosa).see("triage-detail", signal.pk))


def test_the_own_list_says_in_words_how_it_stands_and_shows_a_question_first(cast: Cast, wilma: Browser) -> None:
    asked = a_signal(cast.wilma, cast.overlast)
    new = a_signal(cast.wilma, cast.overlast)
    taken = a_signal(cast.wilma, cast.overlast)
    gone = a_signal(cast.wilma, cast.overlast)
    case = a_case(cast.rosa, taken, short_name="Geheime casus")
    with as_(cast.rosa) as (by, _):
        unlock([asked.dossier_id, gone.dossier_id], by=by)
        triage.ask(asked, "Hoe vaak komt dit voor?", now=timezone.now(), by=by)
        triage.reject(gone, "te_weinig", now=timezone.now(), by=by)
    page = words(wilma.see("signal-list"))
    for status in ("Vraag aan u", "Ontvangen, wacht op beoordeling", "Opgepakt", "Niet opgepakt"):
        assert status in page
    assert page.index(asked.dossier.reference) < page.index(gone.dossier.reference) < page.index(new.dossier.reference)
    assert case.dossier.reference not in page
    assert "Geheime casus" not in page
    assert "Hoe vaak komt dit voor?" in words(wilma.see("signal-detail", asked.pk))
    assert "Hoe vaak komt dit voor?" not in words(wilma.see("signal-detail", new.pk))
    assert wilma.do("signal-answer", asked.pk, text="").status_code == 422
    assert wilma.do("signal-answer", asked.pk, text="Elke nacht.").status_code == 302
    assert "Vraag aan u" not in words(wilma.see("signal-list"))


@pytest.mark.parametrize("judged", ["opened", "rejected"])
def test_a_signal_that_was_judged_cannot_be_added_to_and_the_text_comes_back(
    judged: str, cast: Cast, wilma: Browser
) -> None:
    signal = a_signal(cast.wilma, cast.overlast)
    if judged == "opened":
        a_case(cast.rosa, signal)
    else:
        with as_(cast.rosa) as (by, _):
            triage.reject(open_one(Signal, signal.pk, by=by), "te_weinig", now=timezone.now(), by=by)
    answer = wilma.do("signal-answer", signal.pk, text="Nog iets vergeten.")
    assert answer.status_code in (409, 422)
    assert "Dit signaal is al beoordeeld. U kunt het niet meer aanvullen." in words(answer)
    assert "Nog iets vergeten." in words(answer)


def test_a_colleague_finds_neither_the_signal_nor_its_page(cast: Cast, browser: Browsers) -> None:
    signal = a_signal(cast.wilma, cast.overlast)
    wout = browser(cast.wout)
    assert signal.dossier.reference not in words(wout.see("signal-list"))
    assert wout.see("signal-detail", signal.pk).status_code == 404
    assert wout.do("signal-answer", signal.pk, text="Ik ook.").status_code == 404


def _cells(answer: HttpResponse) -> list[list[str]]:
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))


@pytest.mark.parametrize("start", ["=", "+", "-", "@"])
def test_a_formula_in_a_download_is_text(start: str, cast: Cast, wilma: Browser) -> None:
    a_signal(cast.wilma, cast.overlast, place=PlaceInput(street=f"{start}HYPERLINK(1)"))
    [_, row] = _cells(wilma.see("signal-export"))
    assert row[3] == f"'{start}HYPERLINK(1)"


def test_a_download_holds_only_own_signals_and_is_logged_as_a_download(
    cast: Cast, wilma: Browser, browser: Browsers, log
) -> None:
    mine, other = a_signal(cast.wilma, cast.overlast), a_signal(cast.pieter, cast.overlast)
    answer = wilma.see("signal-export")
    assert [row[0] for row in _cells(answer)] == ["Nummer", mine.dossier.reference]
    assert "attachment" in answer["Content-Disposition"]
    # Who directs reads every signal of the table, but downloads only what was reported personally.
    assert _cells(browser(cast.rosa).see("signal-export"))[1:] == []
    [entry] = log.looks(event="export", actor_name=cast.wilma.name)
    assert (mine.dossier_id in entry.dossiers, other.dossier_id in entry.dossiers) == (True, False)


def test_older_signals_are_on_the_next_page_and_none_is_lost_or_double(cast: Cast, wilma: Browser) -> None:
    made = {a_signal(cast.wilma, cast.overlast).dossier.reference for _ in range(27)}
    first = wilma.see("signal-list")
    assert "Oudere signalen" in words(first)
    older = wilma.see("signal-list", tot=first.context["older"])
    pages = [[row.reference for row in page.context["rows"]] for page in (first, older)]
    assert [len(page) for page in pages] == [25, 2]
    assert {*pages[0], *pages[1]} == made
    assert "Oudere signalen" not in words(older)
    assert wilma.see("signal-list", tot="onzin").status_code == 200
    assert wilma.see("signal-list", tot="2026-13-45T99:99").status_code == 200
    assert wilma.see("signal-list", tot="2026-01-01T00:00").status_code == 200


def test_a_second_signal_at_the_same_address_starts_with_that_address(cast: Cast, wilma: Browser) -> None:
    earlier, foreign = a_signal(cast.wilma, cast.overlast), a_signal(cast.pieter, cast.overlast)
    there = wilma.do("signal-new", table=str(cast.overlast.pk), same=str(earlier.pk))
    assert 'value="Lindelaan"' in words(wilma.client.get(there.url))
    for other in (str(foreign.pk), "onzin"):
        there = wilma.do("signal-new", table=str(cast.overlast.pk), same=other)
        assert "Lindelaan" not in words(wilma.client.get(there.url))


def test_without_choosing_a_theme_the_page_asks_for_one(wilma: Browser) -> None:
    assert "Kies waar het signaal over gaat." in words(wilma.do("signal-new", same=""))


def test_who_is_not_logged_in_is_brought_to_the_log_in_page(cast: Cast, client: Client, draft: str) -> None:
    assert reverse("account_login") in client.get(reverse("signal-draft", args=[draft, 1])).url

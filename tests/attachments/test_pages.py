"""Files in the forms: kept with the draft, never lost in silence, and told apart in words."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from django.utils import timezone

from casework.models import Attachment, Case, Signal, SignalDraft
from casework.services import drafts
from privacy.access import visible
from privacy.uploads import MOST_AT_ONCE, MOST_OF_ONE
from tests.attachments.bad import BAD
from tests.attachments.hands import brought, files_of, given, sent
from tests.attachments.makers import GOOD
from tests.casework.conftest import Browser, Browsers, words
from tests.world import Cast, as_

ITEM = {"text_0": "Harde muziek.", "what_0": "waarneming", "audience_0": "table", "category_0": "algemeen"}
PLACE = {
    "street": "Lindelaan", "number": "14", "postcode": "7899 AB", "city": "Proefstad", "severity": "hoog",
    "observed_on": "1-11-2026", "q_soort": ["Geluid"], "q_gedaan": "Gebeld.",
}  # fmt: skip
WHO = {"kind_0": "person", "name_0": "Piet Voorbeeld"}
CHECK = {"told": "yes", "correct": "on"}


@pytest.fixture
def wilma(cast: Cast, browser: Browsers) -> Browser:
    return browser(cast.wilma)


@pytest.fixture
def draft(cast: Cast, wilma: Browser) -> UUID:
    """A draft of Wilma with its first two steps done."""
    with as_(cast.wilma) as (by, _):
        made = drafts.start("woonoverlast", now=timezone.now(), by=by)
        drafts.keep(made, {"table": [str(cast.overlast.pk)]}, now=timezone.now(), by=by)
    wilma.do("signal-draft", made.pk, 1, **PLACE)
    wilma.do("signal-draft", made.pk, 2, **WHO)
    return made.pk


def test_files_of_a_signal_go_from_the_draft_to_the_regisseur(
    cast: Cast, wilma: Browser, draft: UUID, browser: Browsers
) -> None:
    two = ITEM | {"text_1": "Alleen voor u.", "what_1": "oordeel", "audience_1": "regie", "category_1": "algemeen"}
    wilma.do("signal-draft", draft, 3, go="meer")
    step = wilma.do("signal-draft", draft, 3, **two, files_0=sent(GOOD["jpeg"], GOOD["pdf"]), files_1=sent(GOOD["txt"]))
    assert step.status_code == 302
    check = words(wilma.see("signal-draft", draft, 4))
    assert all(GOOD[kind][0] in check for kind in ("jpeg", "pdf", "txt"))
    assert wilma.do("signal-draft", draft, 4, **CHECK).status_code == 302
    with as_(cast.rosa) as (by, _):
        signal = visible(Signal, by=by).get()
    page = words(browser(cast.rosa).see("triage-detail", signal.pk))
    assert all(GOOD[kind][0] in page for kind in ("jpeg", "pdf", "txt"))
    assert "Foto (JPEG)" in page
    with as_(cast.wilma) as (by, _):
        assert {(row.item_id is not None, row.draft_id, row.slot) for row in visible(Attachment, by=by)} == {
            (True, None, 0)
        }
        assert not visible(SignalDraft, by=by).exists()
    for pk in files_of(cast.rosa):
        assert browser(cast.rosa).see("attachment", pk).status_code == 200


@pytest.mark.parametrize("go", ["verder", "terug", "meer", "bewaar"])
def test_a_refused_file_comes_back_with_the_text_whichever_button_was_pressed(
    go: str, cast: Cast, wilma: Browser, draft: UUID
) -> None:
    name, content, told = BAD["word with a macro"]
    answer = wilma.do("signal-draft", draft, 3, **ITEM, go=go, files_0=sent((name, content)))
    assert answer.status_code == 422
    assert told in words(answer)
    assert "Harde muziek." in words(answer)
    assert "Harde muziek." in words(wilma.see("signal-draft", draft, 3))
    assert files_of(cast.wilma) == []


def test_right_files_are_kept_also_when_the_text_is_not_right_yet(cast: Cast, wilma: Browser, draft: UUID) -> None:
    answer = wilma.do("signal-draft", draft, 3, **ITEM | {"text_0": ""}, files_0=sent(GOOD["pdf"]))
    assert answer.status_code == 422
    assert "Schrijf op wat er aan de hand is." in words(answer)
    assert GOOD["pdf"][0] in words(answer)
    assert len(files_of(cast.wilma)) == 1


def test_taking_a_file_out_of_a_draft_keeps_what_was_typed(cast: Cast, wilma: Browser, draft: UUID) -> None:
    wilma.do("signal-draft", draft, 3, **ITEM, files_0=sent(GOOD["pdf"], GOOD["txt"]))
    first, second = files_of(cast.wilma)
    there = wilma.do("signal-draft", draft, 3, **ITEM | {"text_0": "Nieuw getypt."}, go=f"weg:{first}")
    assert there.headers["Location"].endswith(f"{draft}/3/")
    page = words(wilma.see("signal-draft", draft, 3))
    assert "Nieuw getypt." in page
    assert GOOD["pdf"][0] not in page
    assert files_of(cast.wilma) == [second]
    assert wilma.do("signal-draft", draft, 3, **ITEM, go="weg:onzin").status_code == 404


def test_enter_in_a_field_goes_on_and_takes_nothing_out(wilma: Browser, draft: UUID) -> None:
    wilma.do("signal-draft", draft, 3, **ITEM, files_0=sent(GOOD["pdf"]))
    page = words(wilma.see("signal-draft", draft, 3))
    form = page[page.index("data-autosave=") :]
    assert form.index('value="verder"') < form.index('value="weg:')


def test_an_item_of_files_alone_asks_for_its_text(cast: Cast, wilma: Browser, draft: UUID) -> None:
    wilma.do("signal-draft", draft, 3, go="meer")
    answer = wilma.do("signal-draft", draft, 3, **ITEM, files_1=sent(GOOD["pdf"]))
    assert answer.status_code == 422
    assert len(files_of(cast.wilma)) == 1
    assert wilma.do("signal-draft", draft, 4, **CHECK).headers["Location"].endswith("/3/")


def test_too_many_files_on_one_item_are_refused_on_its_field(cast: Cast, wilma: Browser, draft: UUID) -> None:
    wilma.do("signal-draft", draft, 3, **ITEM, files_0=sent(*[GOOD["txt"]] * 6))
    answer = wilma.do("signal-draft", draft, 3, **ITEM, files_0=sent(*[GOOD["txt"]] * 5))
    assert answer.status_code == 422
    assert "ten hoogste 10 bijlagen" in words(answer)
    assert len(files_of(cast.wilma)) == 6
    eleven = wilma.do("signal-draft", draft, 3, **ITEM, files_0=sent(*[GOOD["txt"]] * 11))
    assert "Dit zijn 11 bestanden." in words(eleven)


def test_autosave_sends_no_files_and_takes_none_away(cast: Cast, wilma: Browser, draft: UUID) -> None:
    wilma.do("signal-draft", draft, 3, **ITEM, files_0=sent(GOOD["pdf"]))
    assert wilma.do("signal-draft", draft, 3, headers={"X-Autosave": "1"}, **ITEM).status_code == 204
    assert len(files_of(cast.wilma)) == 1


@pytest.mark.parametrize("more", [{"ground": ""}, {"audience": "chosen"}, {"category": "politie"}])
def test_a_contribution_that_comes_back_says_to_choose_the_files_again(
    more: dict[str, Any], cast: Cast, case: Case, wilma: Browser
) -> None:
    answer = wilma.do("case-contributions", case.pk, **given(GOOD["pdf"], text="Lange tekst.", **more))
    assert answer.status_code in (409, 422)
    assert "Kies uw bestanden opnieuw." in words(answer)
    assert "Lange tekst." in words(answer)
    assert files_of(cast.wilma) == []


def test_a_contribution_lists_its_files_with_kind_and_size(cast: Cast, case: Case, browser: Browsers) -> None:
    brought(case, cast.wilma, ("verslag.txt", b"a" * 1_300_000), ("kort.txt", b"a"))
    page = words(browser(cast.pieter).see("case-contributions", case.pk))
    assert "Tekst, 1,2 MB" in page
    assert "Tekst, 1 kB" in page
    assert "Haal weg" not in page
    assert "Haal weg" in words(browser(cast.wout).see("case-contributions", case.pk))


def test_paper_names_the_files_and_offers_nothing_to_press(cast: Cast, case: Case, browser: Browsers) -> None:
    brought(case, cast.wilma, GOOD["txt"])
    page = words(browser(cast.pieter).see("case-export", case.pk))
    assert GOOD["txt"][0] in page
    assert "/bijlagen/" not in page


def test_where_nothing_is_scanned_the_pages_say_so(settings: Any, case: Case, wilma: Browser, draft: UUID) -> None:
    pages = (("case-contributions", case.pk), ("signal-draft", draft, 3))
    for page in pages:
        assert "De virusscan staat uit" in words(wilma.see(*page))
    settings.CLAMD_ADDRESS = "127.0.0.1:3310"
    for page in pages:
        assert "De virusscan staat uit" not in words(wilma.see(*page))


def test_a_file_past_the_bounds_of_memory_is_refused_and_not_left_out(case: Case, wilma: Browser) -> None:
    huge = wilma.do("case-contributions", case.pk, **given(("groot.txt", b"a" * (MOST_OF_ONE + 1))))
    assert "groot.txt is groter dan 10 MB." in words(huge)
    each = b"a" * (9 * 1024 * 1024)
    files = [(f"deel{number}.txt", each) for number in range(MOST_AT_ONCE // len(each) + 1)]
    many = wilma.do("case-contributions", case.pk, **given(*files))
    assert many.status_code == 422
    assert "deel4.txt past er niet meer bij: samen is dit meer dan 40 MB." in words(many)


def test_an_empty_field_of_files_is_no_file(cast: Cast, case: Case, wilma: Browser) -> None:
    assert wilma.do("case-contributions", case.pk, **given()).status_code == 302
    assert files_of(cast.wilma) == []

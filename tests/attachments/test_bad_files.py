"""What must not come in, does not: by the door itself, and through the page, where nothing that was typed is lost."""

from __future__ import annotations

import pytest

from casework.attaching import FileRefused, take_in
from casework.models import Attachment, Case
from tests.attachments.bad import BAD
from tests.attachments.hands import given
from tests.attachments.makers import GOOD
from tests.casework.conftest import Browsers, words
from tests.world import Cast


@pytest.mark.parametrize("what", BAD)
def test_a_bad_file_is_refused_with_what_to_do(what: str) -> None:
    name, content, told = BAD[what]
    with pytest.raises(FileRefused, match=told) as refusal:
        take_in(name, content)
    assert str(refusal.value).endswith(".")


def test_forty_bad_files_and_more_are_refused() -> None:
    assert len(BAD) >= 40
    kept = []
    for name, content, _ in BAD.values():
        try:
            kept.append(take_in(name, content).name)
        except FileRefused:
            continue
    assert kept == []


@pytest.mark.parametrize("what", sorted(BAD)[::9])
def test_on_the_page_the_text_stays_and_the_file_is_named(what: str, cast: Cast, case: Case, browser: Browsers) -> None:
    name, content, told = BAD[what]
    answer = browser(cast.wilma).do("case-contributions", case.pk, **given((name, content), text="Wat ik typte."))
    assert answer.status_code == 422
    assert "Wat ik typte." in words(answer)
    assert told in words(answer)
    assert not Attachment.objects.using("maintenance").exists()


def test_one_bad_file_among_good_ones_keeps_none_and_says_so(cast: Cast, case: Case, browser: Browsers) -> None:
    files = (GOOD["pdf"], BAD["svg with a script"][:2])
    page = words(browser(cast.wilma).do("case-contributions", case.pk, **given(*files)))
    assert "plaatje.svg is geen soort bestand dat u hier kunt toevoegen. Bewaar de afbeelding als PNG." in page
    assert "Kies ook de andere opnieuw." in page


NAMES = {
    "../../etc/passwd.txt": "passwd.txt",
    "C:\\Users\\jan\\verslag.txt": "verslag.txt",
    "verslag\u202etxt.exe.txt": "verslagtxt.exe.txt",
    "ver\x00slag\r\nX: y.txt": "verslagX- y.txt",
    "  dubbele   spaties .txt": "dubbele spaties .txt",
    "ruzie?<b>.txt": "ruzie--b-.txt",
    "ge\u0308nt.txt": "g\u00ebnt.txt",
}


@pytest.mark.parametrize("name", NAMES)
def test_a_name_keeps_what_a_reader_needs_and_loses_what_misleads(name: str) -> None:
    assert take_in(name, b"tekst").name == NAMES[name]

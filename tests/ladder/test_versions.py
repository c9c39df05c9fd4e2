"""A case keeps the version of the ladder that it began with; going on under another one is a decision."""

from __future__ import annotations

from pathlib import Path

import pytest

from casework.models import Case
from escalation import laddering
from escalation.authority_files import authorities
from escalation.facts import Checked
from escalation.ladder_files import load_ladders
from escalation.models import Decision
from tests.casework.conftest import Browser, Browsers, Login, words
from tests.ladder.scene import granted, noted, proposed, standing_of
from tests.world import Cast, a_case, a_signal, as_, invited

OLD = laddering.DIRECTORY / "woonoverlast-2026.1.toml"


@pytest.fixture
def browser(login: Login) -> Browsers:
    """The browser of this person."""
    return lambda user: Browser(login(user))


@pytest.fixture
def case(cast: Cast) -> Case:
    found = a_case(cast.rosa, a_signal(cast.wilma, cast.overlast))
    invited(found, cast.rosa, cast.wilma)
    return found


def loads_version_two(monkeypatch: pytest.MonkeyPatch, folder: Path, *changes: tuple[str, str]) -> None:
    """A second version of the ladder of nuisance appears beside the first, as a municipality would add it."""
    text = OLD.read_text(encoding="utf-8")
    for before, after in (('version = "2026.1"', 'version = "2027.1"'), *changes):
        assert before in text
        text = text.replace(before, after)
    new = folder / "woonoverlast-2027.1.toml"
    new.write_text(text, encoding="utf-8")
    both = load_ladders([*sorted(laddering.DIRECTORY.glob("*.toml")), new], authorities(), laddering.known_themes())
    monkeypatch.setattr(laddering, "ladders", lambda: both)


RENAMED = ('name = "Zelf in gesprek"', 'name = "Samen in gesprek"')
WITHOUT = ('key = "zelf"', 'key = "samen_praten"')
SENT = {"about": "Piet Voorbeeld", "reason": "De nieuwe versie past beter."}


def test_a_case_on_version_one_keeps_its_rungs_when_version_two_is_loaded(
    cast: Cast, case: Case, browser: Browsers, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    loads_version_two(monkeypatch, tmp_path, RENAMED)
    rosa = browser(cast.rosa)
    panel = words(rosa.see("case-ladder", case.pk))
    assert "Zelf in gesprek" in panel
    assert "Samen in gesprek" not in panel
    assert "Er is een nieuwe versie van deze ladder" in panel
    standing = standing_of(case, "woonoverlast", cast.rosa)
    noted(standing, "gesprek_veilig", Checked(True), cast.rosa)
    granted(proposed(standing, "zelf", "veilig", cast.rosa), cast.rosa)
    assert "Samen in gesprek" not in words(rosa.see("case-ladder", case.pk))
    new = a_case(cast.rosa, a_signal(cast.wilma, cast.overlast))
    assert "Samen in gesprek" in words(rosa.see("case-ladder", new.pk))


def test_moving_a_case_to_a_new_version_is_a_decision_with_a_reason(
    cast: Cast, case: Case, browser: Browsers, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    loads_version_two(monkeypatch, tmp_path, RENAMED)
    rosa = browser(cast.rosa)
    assert rosa.do("ladder-version", case.pk, "woonoverlast").status_code == 422
    assert rosa.do("ladder-version", case.pk, "woonoverlast", **SENT).status_code == 302
    assert standing_of(case, "woonoverlast", cast.rosa).ladder_version == "2027.1"
    assert "Over naar versie 2027.1 van de ladder" in words(rosa.see("case-ladder", case.pk))
    with as_(cast.rosa):
        assert Decision.objects.get(standing__case=case).ladder_version == "2026.1"
    again = rosa.do("ladder-version", case.pk, "woonoverlast", **SENT)
    assert again.status_code == 409
    assert "heeft versie 2027.1 al" in words(again)


def test_a_version_without_the_rung_of_the_case_is_refused(
    cast: Cast, case: Case, browser: Browsers, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    standing = standing_of(case, "woonoverlast", cast.rosa)
    noted(standing, "gesprek_veilig", Checked(True), cast.rosa)
    granted(proposed(standing, "zelf", "veilig", cast.rosa), cast.rosa)
    loads_version_two(monkeypatch, tmp_path, WITHOUT)
    refused = browser(cast.rosa).do("ladder-version", case.pk, "woonoverlast", **SENT)
    assert refused.status_code == 409
    assert "heeft de trede “Zelf in gesprek” niet: verlaat die eerst" in words(refused)


def test_nobody_but_the_regisseur_moves_a_case_to_a_version(
    cast: Cast, case: Case, browser: Browsers, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    loads_version_two(monkeypatch, tmp_path, RENAMED)
    assert browser(cast.wilma).do("ladder-version", case.pk, "woonoverlast", **SENT).status_code == 403
    assert browser(cast.victor).do("ladder-version", case.pk, "woonoverlast", **SENT).status_code == 404

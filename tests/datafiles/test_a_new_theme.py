"""A fifth theme is one new file: no code, no migration."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from casework import theming
from partners.models import CaseTable, Covenant, User
from tests.world import Cast, a_signal

Login = Callable[[User], Client]


@pytest.fixture
def fifth(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The themes of the house and one more."""
    folder = tmp_path / "casework" / "themes"
    shutil.copytree(theming.DIRECTORY, folder)
    text = (folder / "woonoverlast-2026.1.toml").read_text(encoding="utf-8")
    text = text.replace('code = "woonoverlast"', 'code = "leegstand"', 1)
    text = text.replace('name = "Woonoverlast"', 'name = "Leegstand"', 1)
    text = text.replace("Wat voor overlast is het?", "Hoe lang staat het pand leeg?", 1)
    (folder / "leegstand-2026.1.toml").write_text(text, encoding="utf-8")
    monkeypatch.setattr(theming, "DIRECTORY", folder)
    theming.themes.cache_clear()
    yield
    theming.themes.cache_clear()


def test_a_table_can_be_made_for_it(cast: Cast, login: Login, fifth: None) -> None:
    page = login(cast.beheer).get(reverse("table-new"))
    assert "Leegstand" in page.content.decode()
    covenant = login(cast.beheer).get(reverse("covenant-new"))
    assert "Leegstand" in covenant.content.decode()


def test_a_signal_can_be_handed_in_for_it_with_its_own_questions(cast: Cast, login: Login, fifth: None) -> None:
    covenant = Covenant.objects.get(name="Convenant Proefstad")
    covenant.themes = [*covenant.themes, "leegstand"]
    covenant.save()
    table = CaseTable.objects.create(
        name="Tafel leegstand", code="leegstand", theme="leegstand", area="Proefstad", profile="gemeentelijk"
    )
    wilma = login(cast.wilma)
    assert "Kies Leegstand" in wilma.get(reverse("signal-new")).content.decode()
    draft = wilma.post(reverse("signal-new"), {"table": str(table.pk)})
    assert "Hoe lang staat het pand leeg?" in wilma.get(draft.url).content.decode()
    signal = a_signal(cast.wilma, table)
    assert "Leegstand" in wilma.get(reverse("signal-detail", args=[signal.pk])).content.decode()
    assert "Leegstand" in wilma.get(reverse("signal-list")).content.decode()


def test_without_its_file_nobody_sees_it(cast: Cast, login: Login) -> None:
    assert "Leegstand" not in login(cast.beheer).get(reverse("table-new")).content.decode()

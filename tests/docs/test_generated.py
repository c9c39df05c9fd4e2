"""The pages that follow from the code say what the code says, and every link leads somewhere."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.urls import path

from casework.models import Signal
from config import docs_access, docs_data, docs_ladders
from config.management.commands import generate_docs
from escalation import laddering
from privacy.access import guarded
from privacy.audit import events
from privacy.encryption.fields import SealedTextField
from privacy.models import DossierRow
from privacy.roles import Verb

ROOT = Path(__file__).resolve().parents[2]
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s#]+)[^)]*\)")


@pytest.mark.parametrize("name", sorted(generate_docs.PAGES))
def test_the_committed_page_says_what_the_code_says(name: str) -> None:
    written = (ROOT / name).read_text(encoding="utf-8")
    assert written == generate_docs.PAGES[name](), f"{name} is stale: run `make docs` and commit it"


def test_no_ladder_has_a_page_that_nothing_writes_any_more() -> None:
    written = {str(path.relative_to(ROOT)) for path in (ROOT / "docs" / "ladders").iterdir()}
    assert written == {name for name in generate_docs.PAGES if name.startswith("docs/ladders/")}


def test_a_rung_that_is_added_makes_page_and_drawing_stale() -> None:
    ladder = laddering.active_ladder("ave")
    more = replace(ladder, rungs=(*ladder.rungs, replace(ladder.rungs[-1], key="ave5", number=5, name="AVE 5")))
    assert "## 5. AVE 5" in docs_ladders.ladder_page(more)
    assert docs_ladders.ladder_page(more) != docs_ladders.ladder_page(ladder)
    assert docs_ladders.drawing(more) != docs_ladders.drawing(ladder)


def test_an_address_that_is_added_makes_the_page_stale(monkeypatch: pytest.MonkeyPatch) -> None:
    from config import urls

    @guarded(Verb.SEARCH)
    def extra(request: object) -> None: ...

    before = docs_access.render()
    monkeypatch.setattr(urls, "urlpatterns", [*urls.urlpatterns, path("nieuw/", extra, name="extra")])
    monkeypatch.setattr(docs_access, "get_resolver", lambda: _Resolver(urls.urlpatterns))
    after = docs_access.render()
    assert after != before
    assert "| `/nieuw/` | `extra` | any | `search` |" in after


class _Resolver:
    def __init__(self, url_patterns: list[object]) -> None:
        self.url_patterns = url_patterns


def test_an_address_without_declared_access_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def bare(request: object) -> None: ...

    monkeypatch.setattr(docs_access, "get_resolver", lambda: _Resolver([path("open/", bare, name="open")]))
    with pytest.raises(TypeError, match="/open/ declares no access"):
        docs_access.render()


def test_an_event_that_is_added_makes_the_page_stale(monkeypatch: pytest.MonkeyPatch) -> None:
    before = docs_data.render()
    monkeypatch.setitem(events.EVENTS, "cake.eaten", events.Event("at taart", events.ADMIN))
    after = docs_data.render()
    assert after != before
    assert "| `cake.eaten` | at taart | beheer |" in after


def test_a_field_that_is_added_makes_the_page_stale(monkeypatch: pytest.MonkeyPatch) -> None:
    before = docs_data.render()
    field = SealedTextField(null=True)
    field.set_attributes_from_name("secret_hobby")
    field.model = Signal
    fields = [*Signal._meta.concrete_fields, field]
    monkeypatch.setitem(Signal._meta.__dict__, "concrete_fields", fields)
    after = docs_data.render()
    assert after != before
    assert "| `secret_hobby` | SealedTextField | **sealed** |" in after


def test_every_table_inside_a_dossier_is_walled_and_watched() -> None:
    inside = {model._meta.db_table for model in docs_data.own_models() if issubclass(model, DossierRow)}
    assert inside
    assert inside <= docs_data.walled()
    assert inside <= docs_data.watched()


def test_check_names_the_stale_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(generate_docs, "PAGES", {"docs/access.md": lambda: "something else"})
    with pytest.raises(CommandError, match=r"Stale: docs/access\.md"):
        call_command("generate_docs", check=True)


def _pages() -> list[Path]:
    return [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]


@pytest.mark.parametrize("page", _pages(), ids=lambda page: str(page.relative_to(ROOT)))
def test_every_relative_link_leads_to_a_file(page: Path) -> None:
    links = [link for link in LINK.findall(page.read_text(encoding="utf-8")) if "://" not in link]
    broken = [link for link in links if not (page.parent / link).exists()]
    assert broken == []

"""Whoever changes the content hears of a mistake at once, with the place where it stands."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from config.demo_data import DemoDataError, load
from config.demo_data.reading import CONTENT

LINDELAAN = "woonoverlast/01-lindelaan-14.toml"
MISTAKES = [
    (LINDELAAN, 'severity = "hoog"', 'severity = "heftig"', "heftig"),
    (LINDELAAN, 'severity = "hoog"', 'ernst = "hoog"', "unknown field ernst"),
    (LINDELAAN, 'by = "woonconsulent"', 'by = "niemand"', "niemand"),
    (LINDELAAN, 'sent = "-71 09:20"', 'sent = "-71"', "no hour"),
    (LINDELAAN, 'seen = "-73 00:45"', 'seen = "-70 00:45"', "before it was seen"),
    (LINDELAAN, 'opened = "-58 10:30"', 'opened = "-90 10:30"', "not in order of time"),
    (LINDELAAN, 'at = "Lindelaan 14"', 'at = "Nergensweg 14"', "Nergensweg"),
    (LINDELAAN, 'audience = ["de_brink"]', 'audience = ["ggz"]', "not there"),
    (LINDELAAN, 'audience = ["de_brink"]', 'audience = "iedereen"', "audience is"),
    (LINDELAAN, 'category = "financien"', 'category = "fiscaal"', "no covenant lets de_brink"),
    (LINDELAAN, 'on = "-53 10:00"', 'on = "-93 10:00"', "before joining"),
    (LINDELAAN, 'key = "lindelaan-politie"', 'key = "lindelaan-brink"', "stands there twice"),
    (LINDELAAN, 'signal = "lindelaan-politie"', 'signal = "beukenhof-brink"', "unknown signal"),
    (
        LINDELAAN,
        'casusregisseur = "casusregisseur_oost"',
        'casusregisseur = "wijkwerker"',
        "no casusregisseur",
    ),
    ("hgkm/inbox.toml", 'to_table = "woonoverlast"', 'to_table = "nergens"', "nergens"),
    ("tables.toml", 'chair = "regisseur_hgkm"', 'chair = "woonconsulent"', "no seat"),
    ("people.toml", 'roles = ["beheerder"]', 'roles = ["baas"]', "baas"),
    ("organisations.toml", 'kind = "halt"', 'kind = "circus"', "circus"),
    ("tables.toml", "municipality =", "municipality", "tables.toml"),
]


@pytest.mark.parametrize(("file", "right", "wrong", "told"), MISTAKES, ids=[told for *_, told in MISTAKES])
def test_a_mistake_is_refused_and_named(tmp_path: Path, file: str, right: str, wrong: str, told: str) -> None:
    content = tmp_path / "content"
    shutil.copytree(CONTENT, content)
    text = (content / file).read_text(encoding="utf-8")
    assert right in text
    (content / file).write_text(text.replace(right, wrong, 1), encoding="utf-8")

    with pytest.raises(DemoDataError, match=told):
        load(content)

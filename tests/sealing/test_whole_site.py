"""A site in which people worked, in real transactions: its two accounts agree, and its seals hold."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests.database import PREFIX
from tests.site import Site


@pytest.mark.prove
def test_what_the_people_of_a_site_did_compares_and_verifies(tmp_path: Path) -> None:
    site = Site(tmp_path, f"{PREFIX}{os.getpid()}_main_sealed")
    try:
        site.do_jobs()
        assert "Verschillen: 0." in site.python("manage.py", "compare_audit")
        site.python("manage.py", "seal_audit")
        anchor = tmp_path / "anker.json"
        anchor.write_text(site.python("manage.py", "export_anchor", "--every-head"))
        said = site.python("manage.py", "verify_audit", "--anchor", str(anchor))
        assert "Het logboek klopt" in said
        assert json.loads(anchor.read_text())["heads"]
    finally:
        site.stop()

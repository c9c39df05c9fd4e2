"""After everything that was done in the browser: what the site wrote is what its log says, and the seals hold."""

from __future__ import annotations

from tests.site import Site


def test_what_everybody_did_in_the_browser_compares_and_verifies(site: Site) -> None:
    site.do_jobs()
    assert "Verschillen: 0." in site.python("manage.py", "compare_audit")
    site.python("manage.py", "seal_audit")
    assert "Het logboek klopt" in site.python("manage.py", "verify_audit")

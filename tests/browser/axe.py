"""What axe finds wrong on a page. Only that comes back: of what is right, thousands of elements would be described."""

from __future__ import annotations

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
    "resultTypes": ["violations"],
}
RUN = """rules => axe.run(rules).then(({passes, violations}) => ({
  rules: passes.length,
  wrong: violations.flatMap(fault => fault.nodes.map(node => `${fault.id}: ${node.html.slice(0, 160)}`)),
}))"""


def faults(page: Page) -> list[str]:
    """The rules that this page breaks as it stands now, and where. A page gets axe once, however often it is asked."""
    if page.evaluate("typeof axe === 'undefined'"):
        page.evaluate(AXE_SCRIPT)
    found = page.evaluate(RUN, RULES)
    assert found["rules"], f"axe looked at nothing of {page.url}"
    wrong: list[str] = found["wrong"]
    return wrong

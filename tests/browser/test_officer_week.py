"""A week of the privacy officer: from looks that stand out to a breach in its register, and never a word of a case."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable
from uuid import uuid4

from playwright.sync_api import Locator, Page, expect

from tests.browser.hands import Hands
from tests.site import Site
from tests.stage_week import CANARIES

OpenAs = Callable[..., Page]
QUESTION = "U vroeg vanmiddag zeven keer naar iets wat er niet is. Wat zocht u?"
EXPLAINED = "Ik had een oude lijst met koppelingen. Die heb ik weggegooid."
WRONG = "Deze persoon had vandaag niets te doen in dit dossier."


class Watched(Hands):
    """An officer of whom every page is kept, with the trace under which it was asked for."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.seen: dict[str, tuple[str, str]] = {}

    def _go(self, target: Locator) -> None:
        trace = secrets.token_hex(16)
        self.page.set_extra_http_headers({"traceparent": f"00-{trace}-{secrets.token_hex(8)}-01"})
        super()._go(target)
        self.seen[trace] = (self.page.url, self.page.content())

    def line(self, *texts: str) -> None:
        """Opens the line of a table that has these texts."""
        row = self.page.locator("tbody tr")
        for text in texts:
            row = row.filter(has_text=text)
        self._go(row.first.get_by_role("link"))

    def only(self, rule: str) -> None:
        """Shows in the inbox what was found by one rule."""
        self.follow("Controle")
        self.pick("Regel", rule)
        self.press("Toon")


def test_from_looks_that_stand_out_to_a_breach_in_the_register(site: Site, open_as: OpenAs) -> None:
    case, number = site.python("-m", "tests.stage", "week").split()
    for_wilma, pieter = open_as("wilma"), Hands(open_as("pieter"))
    for_wilma.goto(f"/casussen/{case}/")
    expect(for_wilma.get_by_text(CANARIES[3]).first).to_be_visible()
    for _ in range(7):
        assert pieter.page.goto(f"/casussen/{uuid4()}/").status == 404  # type: ignore[union-attr]
    site.python("-m", "tests.stage", "sample")

    fatima = Watched(open_as("fatima"))
    fatima.follow("Privacy")
    fatima.follow("Controle")
    fatima.press("Controleer nu")
    site.do_jobs()
    judges_a_line_of_the_sample(fatima)
    asks(fatima, pieter, site)
    ends_and_opens_a_file(fatima, number)
    still = for_wilma.goto(f"/casussen/{case}/")
    assert still is not None
    assert still.status == 404, "her access has ended"
    handles_the_breach(fatima, number)

    for path, html in fatima.seen.values():
        assert not [word for word in CANARIES if word in html], path
    logged = set(site.python("-m", "tests.stage", "looks", "Fatima Proef").split())
    assert not [path for trace, (path, _) in fatima.seen.items() if trace not in logged]
    assert len(fatima.seen) > 20


def judges_a_line_of_the_sample(fatima: Watched) -> None:
    """Coverage is on top of the page and goes up by one."""
    fatima.only("Steekproef")
    before = re.match(r"\d+", fatima.number(r"\d+ van \d+ beoordeeld, oudste van vandaag"))
    assert before
    fatima.line("Steekproef")
    fatima.choose(re.compile("^Terecht"))
    fatima.press("Bewaar")
    fatima.reads("Uw oordeel is bewaard.")
    fatima.reads(f"{int(before[0]) + 1} van")


def asks(fatima: Watched, pieter: Hands, site: Site) -> None:
    """Pieter was refused seven times, and says in his own window why."""
    fatima.only("R11")
    fatima.line("Pieter Proef")
    fatima.choose(re.compile("^Navragen"))
    fatima.write("Uw vraag of toelichting", QUESTION)
    fatima.press("Bewaar")
    fatima.reads("Uw vraag is verstuurd.")
    site.do_jobs()
    assert QUESTION not in site.mails()
    pieter.page.goto("/")
    pieter.page.locator("a[href*='/uitleg/']").first.click()
    pieter.reads(QUESTION)
    pieter.write("Uw uitleg", EXPLAINED)
    pieter.press("Verstuur uw uitleg")
    fatima.only("R11")
    fatima.line("Pieter Proef")
    fatima.reads(EXPLAINED)
    fatima.choose(re.compile("^Terecht"))
    fatima.press("Bewaar")


def ends_and_opens_a_file(fatima: Watched, number: str) -> None:
    """Wilma looked where special care is asked, and had nothing to do there."""
    fatima.only("R4")
    fatima.line("Wilma Proef")
    fatima.reads(number)
    fatima.choose(re.compile("^Onterecht"))
    fatima.write("Uw vraag of toelichting", WRONG)
    fatima.tick(re.compile("^Beëindig de toegang"))
    fatima.tick(re.compile("^Open een dossier datalek"))
    fatima.press("Bewaar")
    fatima.reads("Er is een dossier datalek geopend.")


def handles_the_breach(fatima: Watched, number: str) -> None:
    """What happened, what it means, who was told, what was learned: and then it stands in the register."""
    fatima.follow("Datalekken")
    fatima.line("Nog te beoordelen")
    fatima.reads(WRONG)
    fatima.reads(number)
    fatima.follow("Vul aan of verbeter")
    fatima.tick(re.compile("^Vertrouwelijkheid"))
    fatima.press("Bewaar")
    fatima.follow("Beoordeel en besluit")
    fatima.choose(re.compile("^Waarschijnlijk geen risico"))
    fatima.write("Wie kreeg of zag de gegevens, en is die te vertrouwen?", "Iemand met een geheimhoudingsplicht.")
    for question, answer in (
        ("Waarom wel of niet aan de AP?", "Niet melden: een risico is onwaarschijnlijk (AVG 33, lid 1)"),
        ("Waarom wel of niet aan de betrokkenen?", "Niet vertellen: er is geen hoog risico (AVG 34, lid 1)"),
        ("Waarom wel of niet aan de partners?", "Niet vertellen"),
    ):
        fatima.choose(answer)
        fatima.write(question, "Er is niets verder verteld.")
    fatima.press("Bewaar het oordeel")
    fatima.follow("Leg vast wie het hoorde")
    fatima.choose(re.compile("^Intern"))
    fatima.write("Welke organisatie, of wie?", "De CISO")
    fatima.press("Leg vast")
    fatima.follow("Sluit het dossier")
    fatima.write("Wat leert u ervan?", "Wij nodigen alleen uit wie iets te doen heeft.")
    fatima.press("Sluit het dossier")
    fatima.follow("Datalekken")
    fatima.reads("Waarschijnlijk geen risico")

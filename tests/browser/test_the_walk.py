"""The first walk through the house, by four people with a keyboard: from two signals to one case, and who looked."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page

from tests.browser.hands import Hands
from tests.site import Site

OpenAs = Callable[..., Page]
SECRET = "Wilma hoorde van de buurvrouw over een mes in de la"
NUISANCE = "Elke nacht harde muziek en geschreeuw tot vier uur."
RECORDS = "Drie meldingen van geluid deze maand."


def report(hands: Hands, text: str, *, secret: str = "") -> str:
    """Hands in a signal about Lindelaan 14; returns its number."""
    hands.follow("Signaal melden")
    hands.press(re.compile("Kies Woonoverlast"), exact=False)
    hands.headed("Waar en wanneer?")
    hands.write("Straat (niet verplicht)", "Lindelaan", exact=True)
    hands.write("Huisnummer", "14")
    hands.write("Postcode", "7899 AB")
    hands.choose(re.compile("^Hoog"))
    hands.tick("Geluid")
    hands.press("Verder")
    hands.headed("Over wie gaat het?")
    hands.choose("Persoon")
    hands.write("Naam", "Piet Voorbeeld")
    hands.press("Verder")
    hands.headed("Wat is er aan de hand?")
    hands.write("Wat is er aan de hand?", text)
    if secret:
        hands.press("Nog een onderdeel toevoegen")
        hands.write("Wat is er aan de hand?", secret, nth=1)
        hands.choose("Alleen de regisseur", nth=1)
    hands.press("Verder")
    hands.headed("Klopt het?")
    hands.choose("Ja")
    hands.tick(re.compile("Het klopt"))
    hands.press("Versturen")
    hands.headed("Uw signaal is ontvangen")
    return hands.number(r"S\d\d-[0-9A-Z]{5}")


def judge_and_open(hands: Hands, first: str, second: str) -> str:
    """Opens a case on two signals; returns its number."""
    hands.follow("Beoordelen")
    hands.follow(first)
    hands.reads(SECRET)
    hands.reads(second)
    hands.follow(re.compile("^Open een casus"))
    hands.tick(re.compile(second))
    hands.write("Korte naam van de casus", "Fam. V. (Lindelaan 14)")
    for number in range(hands.page.get_by_role("radio", name="Ja").count()):
        hands.choose("Ja", nth=number)
    hands.press("Open de casus")
    return hands.number(r"20\d\d-[0-9A-Z]{5}")


def invite(hands: Hands, person: str, ground: str) -> None:
    """Invites somebody from the seats of the table."""
    hands.pick("Wie nodigt u uit?", person)
    hands.pick("Op welke grondslag", ground)
    hands.press("Nodig uit")
    hands.reads("De uitnodiging is verstuurd.")


def bring_in(hands: Hands, case: str, text: str, readers: str) -> None:
    """Brings something into the case."""
    hands.follow("Casussen")
    hands.follow(re.compile(case))
    hands.follow("Inbreng")
    closed = hands.page.locator("details:not([open]) > summary", has_text="Breng iets in")
    if closed.count():
        hands.tab_to(closed)
        hands.page.keyboard.press("Enter")
    hands.write("Wat brengt u in?", text)
    hands.choose(re.compile("^Waarneming"))
    hands.choose(readers)
    hands.press("Breng in")
    hands.reads(text)


def everything_that_is_shown_to(page: Page) -> str:
    """The source of every page that this person can reach by following links, and of every download."""
    seen: dict[str, str] = {}
    todo = ["/"]
    while todo:
        path = todo.pop()
        if path in seen:
            continue
        answer = page.request.get(path)
        seen[path] = answer.text()
        if "html" in answer.headers.get("content-type", ""):
            links = re.findall(r'href="(/[^"#]*)"', seen[path])
            todo += [link for link in links if "/static/" not in link and "uitloggen" not in link]
    assert len(seen) > 10, sorted(seen)
    return "\n".join(seen.values())


def test_two_signals_become_one_case_and_the_confidential_item_stays_with_the_regisseur(
    site: Site, open_as: OpenAs
) -> None:
    wilma, pieter, rosa = (Hands(open_as(name)) for name in ("wilma", "pieter", "rosa"))
    first = report(wilma, NUISANCE, secret=SECRET)
    second = report(pieter, RECORDS)

    case = judge_and_open(rosa, first, second)
    invite(rosa, "Woningstichting Proef: Wilma", "Taak van algemeen belang")
    invite(rosa, "Politie Proefstad: Pieter", "Taak van algemeen belang")

    bring_in(wilma, case, "Wij hebben twee brieven gestuurd.", "Alle deelnemers aan deze casus")
    bring_in(wilma, case, "Alleen voor Rosa: de huurder is bang voor zijn broer.", "Alleen de regisseur")
    bring_in(pieter, case, "Wij rijden daar vaker langs.", "Alle deelnemers aan deze casus")

    shown = everything_that_is_shown_to(pieter.page)
    assert case in shown
    assert "Wij hebben twee brieven gestuurd." in shown
    assert SECRET not in shown
    assert "bang voor zijn broer" not in shown
    assert NUISANCE not in shown, "the signal of the corporation was not shared with the police"
    rosa.follow("Casussen")
    rosa.follow(re.compile(case))
    rosa.follow("Inbreng")
    rosa.reads("bang voor zijn broer")

    found = pieter.page.request.post(
        "/zoeken/", form={"q": "mes", "csrfmiddlewaretoken": csrf(pieter.page)}, headers={"Referer": site.address}
    )
    assert found.ok
    assert SECRET not in found.text()
    assert first not in found.text()

    site.do_jobs()
    assert "Er staat iets voor u klaar" in site.mails()
    for secret in (SECRET, first, second, case, "Lindelaan"):
        assert secret not in site.mails()

    fatima = Hands(open_as("fatima"))
    fatima.follow("Privacy")
    fatima.write("Nummer van het dossier", case)
    fatima.press("Toon het logboek")
    fatima.choose(re.compile("Controle op rechtmatigheid"))
    fatima.press("Ga naar het logboek")
    shown = every_line_of_the_log(fatima)
    for name in ("Rosa Proef", "Wilma Proef", "Pieter Proef"):
        assert name in shown
    assert SECRET not in shown
    assert "Lindelaan" not in shown


def every_line_of_the_log(officer: Hands) -> str:
    """From the newest page of it back to the first thing that happened."""
    shown = officer.page.content()
    while officer.page.get_by_role("link", name="Ouder", exact=True).count():
        officer.follow("Ouder")
        shown += officer.page.content()
    return shown


def csrf(page: Page) -> str:
    """The token of this person's page."""
    value = page.locator("[name=csrfmiddlewaretoken]").first.get_attribute("value")
    assert value
    return value

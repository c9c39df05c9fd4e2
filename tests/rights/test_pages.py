"""The pages of a request from its letter to its answer, as the contact point, a source and the officer see them."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client
from django.utils import timezone

from casework.models import RightsPassage, RightsQuestion, RightsRequest
from tests.pdf import text_of_pdf
from tests.rights.scene import BORN, BSN, FAMILY, MOTHER, a_home, answered, collected, judged, registered
from tests.world import Cast, as_

GIVEN = {
    "kind": "inzage", "channel": "brief", "about": "self", "name": MOTHER, "birth_date": "2-4-1985", "bsn": BSN,
    "address": "Lindelaan 14, 7899 AB Proefstad", "wish": "Ik wil alles weten.",
}  # fmt: skip


def detail_of(client: Client, **more: str) -> str:
    """Registers a request; returns the address of its page."""
    today = timezone.localdate().strftime("%d-%m-%Y")
    answer = client.post("/verzoeken/nieuw/", GIVEN | {"received_on": today} | more)
    assert answer.status_code == 302, answer.content.decode()
    return str(answer.url)


def test_a_request_from_letter_to_the_question_to_the_sources(cast: Cast, login: Callable[..., Client]) -> None:
    a_home(cast)
    client = login(cast.conny)
    page = detail_of(client)
    assert "Stap 1" in client.get(page).content.decode()
    client.post(f"{page}identiteit/", {"how": "balie", "said": "Paspoort gezien.", "doubt": ""})
    client.post(f"{page}zoek/")
    shown = client.get(page).content.decode()
    assert "zelfde achternaam en geboortedatum" in shown
    assert "Verzamel</button>" not in shown
    with as_(cast.conny):
        ids = list(RightsRequest.objects.get().candidates.values_list("pk", flat=True))
    client.post(f"{page}bevestig/", {f"c{pk.hex}": "ja" for pk in ids})
    client.post(f"{page}verzamel/")
    shown = client.get(page).content.decode()
    assert "Wat de bronnen zeggen" in shown
    assert "te beoordelen" in shown
    assert "nog passages" not in shown
    release = client.get(f"{page}besluit/").content.decode()
    assert "U kunt nog niet besluiten" in release
    assert client.post(f"{page}besluit/", {"said": "Groet."}).status_code == 409


def test_a_passage_is_judged_sentence_by_sentence(cast: Cast, login: Callable[..., Client]) -> None:
    home = a_home(cast)
    request = collected(cast)
    client = login(cast.conny)
    with as_(cast.conny):
        passage = RightsPassage.objects.get(organisation=cast.corporatie, source="Inbreng in de casus")
    address = f"/verzoeken/{request.pk}/passage/{passage.pk}/"
    page = client.get(address).content.decode()
    assert "Gevonden: “Jay”" in page
    assert "“K. van der Proef”" in page
    assert "“H. Bedacht”" in page
    assert "“Sara”" not in page
    wrong = client.post(address, {"words": "staat hier niet", "words_ground": "avg_15_4", "whole": ""})
    assert wrong.status_code == 422
    assert "staat hier niet" in wrong.content.decode()
    right = client.post(
        address,
        {"s1": "avg_15_4", "s2": "avg_15_4", "s3": "medisch", "words": "afspraken", "words_ground": "uavg_41_i"},
    )
    assert right.status_code == 302
    left = client.get(address).content.decode().split("Wat er nu overblijft")[1].split("</section>")[0]
    assert home.hers[1] in left
    assert "7:457 BW" in left
    assert "onder i, UAVG" in left
    assert "afspraken" not in left
    assert not any(other in left for other in home.of_others)


def test_a_source_answers_with_a_ground_and_a_reason(cast: Cast, login: Callable[..., Client]) -> None:
    a_home(cast)
    collected(cast)
    client = login(cast.pieter)
    assert "Vraag van het contactpunt" in client.get("/").content.decode()
    with as_(cast.pieter):
        question = RightsQuestion.objects.get()
        passage = RightsPassage.objects.get()
    assert str(question.pk) in client.get("/verzoeken/bron/").content.decode()
    page = client.get(f"/verzoeken/bron/{question.pk}/").content.decode()
    assert "Wij spraken mevrouw" in page
    assert MOTHER not in page
    address = f"/verzoeken/bron/{question.pk}/{passage.pk}/"
    assert client.post(address, {"verdict": "refused"}).status_code == 409
    assert (
        client.post(address, {"verdict": "except", "ground": "wpg_27", "reason": "x", "except_words": "y"}).status_code
        == 409
    )
    good = {"verdict": "refused", "ground": "wpg_27", "reason": "Er loopt een onderzoek."}
    assert client.post(address, good).status_code == 302
    again = client.post(address, {"verdict": "may"})
    assert again.status_code == 409
    assert "al geantwoord" in again.content.decode()
    for other in ("wout", "greet", "victor"):
        assert login(cast.people[other]).get(address).status_code == 404, other


def test_what_the_source_refuses_stays_out(cast: Cast, login: Callable[..., Client]) -> None:
    a_home(cast)
    request = collected(cast)
    answered(cast, request, cast.pieter, verdict="refused", ground="wpg_27", reason="Onderzoek.")
    client = login(cast.conny)
    with as_(cast.conny):
        passage = RightsPassage.objects.get(organisation=cast.politie)
    address = f"/verzoeken/{request.pk}/passage/{passage.pk}/"
    answer = client.post(address, {"whole": "", "words_ground": "avg_15_4"})
    assert answer.status_code == 409
    assert "artikel 27 Wpg" in answer.content.decode()
    assert client.post(address, {"whole": "wpg_27", "words_ground": "avg_15_4"}).status_code == 302


def test_the_officer_sees_terms_and_no_content(cast: Cast, login: Callable[..., Client]) -> None:
    home = a_home(cast)
    request = collected(cast)
    page = login(cast.fatima).get("/verzoeken/toezicht/").content.decode()
    assert request.reference in page
    assert "Passages beoordelen" in page
    for word in (MOTHER, BSN, *FAMILY, *home.hers, *home.of_others, home.case.dossier.reference):
        assert word not in page, word
    for path in (f"/verzoeken/{request.pk}/", "/verzoeken/", f"/verzoeken/{request.pk}/bestand/"):
        assert login(cast.fatima).get(path).status_code == 403
    for name in ("conny", "rosa", "wilma", "beheer"):
        assert login(cast.people[name]).get("/verzoeken/toezicht/").status_code == 403, name


def test_a_released_request_gives_its_files_and_changes_no_more(cast: Cast, login: Callable[..., Client]) -> None:
    home = a_home(cast)
    request = collected(cast, registered(cast))
    for person in (cast.wilma, cast.pieter, cast.rosa, cast.carla):
        with as_(person):
            there = RightsPassage.objects.filter(answer__isnull=True, organisation=person.organisation).exists()
        if there:
            answered(cast, request, person)
    judged(cast, request, home)
    client = login(cast.conny)
    page = f"/verzoeken/{request.pk}/"
    assert client.post(f"{page}besluit/", {"said": "Belt u gerust.", "recheck_on": ""}).status_code == 302
    assert client.get(f"{page}brief/").content[:4] == client.get(f"{page}bestand/").content[:4] == b"%PDF"
    assert client.post(f"{page}besluit/", {"said": ""}).status_code == 409
    assert client.post(f"{page}weiger/", {"article": "avg_12_5"}).status_code == 409
    with as_(cast.pieter):
        assert not RightsQuestion.objects.exists()
    with as_(cast.conny):
        assert RightsPassage.objects.filter(request=request).update(left_out=True) == 0


def test_a_child_under_sixteen_does_not_ask_alone(cast: Cast, login: Callable[..., Client]) -> None:
    client = login(cast.conny)
    born = timezone.localdate().replace(year=timezone.localdate().year - 13)
    page = detail_of(client, name=FAMILY[0], birth_date=born.strftime("1-1-%Y"), bsn="")
    shown = client.get(page).content.decode()
    assert "artikel 5.3.2 Wmo" in shown
    assert "Stap 1" not in shown
    assert client.post(f"{page}identiteit/", {"how": "balie", "doubt": ""}).status_code == 409
    assert client.post(f"{page}weiger/", {"article": "uavg_5_4_jonger_dan_16", "said": ""}).status_code == 302
    assert client.get(f"{page}brief/").content[:4] == b"%PDF"
    assert client.get(f"{page}bestand/").status_code == 404


def test_what_is_wrong_comes_back_as_it_was_typed(cast: Cast, login: Callable[..., Client]) -> None:
    client = login(cast.conny)
    answer = client.post("/verzoeken/nieuw/", GIVEN | {"received_on": "morgen", "about": "child"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "morgen" in page
    assert "Vul in wie het vraagt." in page


def test_a_late_request_stands_on_top_and_is_marked(cast: Cast, login: Callable[..., Client]) -> None:
    today = timezone.localdate()
    registered(cast)
    late = registered(cast, received_on=BORN.replace(year=today.year - 1))
    page = login(cast.conny).get("/verzoeken/").content.decode()
    assert "Te laat" in page
    assert page.index(late.reference) == min(page.index(f"R-{r}") for r in _references(page))


def _references(page: str) -> list[str]:
    return [part[:8] for part in page.split("R-")[1:]]


def test_another_question_ends_in_a_letter_that_says_what_was_decided(cast: Cast, login: Callable[..., Client]) -> None:
    client = login(cast.conny)
    page = detail_of(client, kind="rectificatie")
    client.post(f"{page}identiteit/", {"how": "balie", "doubt": ""})
    client.post(f"{page}verzamel/")
    empty = client.post(f"{page}besluit/", {"said": "", "recheck_on": ""})
    assert empty.status_code == 409
    assert "Schrijf op wat u hebt besloten" in empty.content.decode()
    assert client.post(f"{page}besluit/", {"said": "Uw adres is verbeterd."}).status_code == 302
    letter = text_of_pdf(client.get(f"{page}brief/").content)
    assert "artikel 16 AVG" in letter
    assert "Uw adres is verbeterd." in letter
    assert client.get(f"{page}bestand/").status_code == 404

"""Run inside a site's environment: lets the cast type in planted values everywhere, and prints them as JSON.

Every value goes in through the pages, as a person types it, with a real commit, a real broker and real mail jobs.
"""

from __future__ import annotations

import json
import sys
from datetime import timedelta
from itertools import count
from typing import TYPE_CHECKING, Any

import django

if TYPE_CHECKING:
    from django.test import Client

    from partners.models import User


class Planter:
    """Makes values that occur nowhere by themselves, and remembers them."""

    def __init__(self) -> None:
        self.values: list[str] = []
        self._numbers = count(1)

    def __call__(self, what: str) -> str:
        value = f"Kanarie{what.title()}{next(self._numbers):03d}zq"
        self.values.append(value)
        return value

    def exactly(self, value: str) -> str:
        self.values.append(value)
        return value


def files(plant: Planter) -> Any:
    """Two files whose names and content are planted: a text, and a picture that says who made it."""
    import io

    from django.core.files.uploadedfile import SimpleUploadedFile
    from PIL import Image

    exif, out = Image.Exif(), io.BytesIO()
    exif[0x013B] = plant("maker")
    Image.new("RGB", (9, 9)).save(out, "JPEG", exif=exif)
    text = SimpleUploadedFile(plant("bestand") + ".txt", plant("bijlage").encode() * 9000)
    return [text, SimpleUploadedFile(plant("foto") + ".jpg", out.getvalue())]


def valid_bsn(number: int) -> str:
    """The next BSN from 99999xxxx that passes the 11-test."""
    from stdnum.nl import bsn

    return next(str(n) for n in range(999990000 + number * 1000, 999999999) if bsn.is_valid(str(n)))


def log_in(user: User) -> Client:
    from django.test import Client

    client = Client(HTTP_HOST="127.0.0.1")
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def post(client: Client, path: str, data: dict[str, Any], *, expect: int = 302) -> str:
    """Sends a form; returns where it led to."""
    answer = client.post(path, data)
    assert answer.status_code == expect, (path, answer.status_code, answer.content.decode()[2500:9000])
    return str(answer.headers.get("Location", ""))


def hand_in(client: Client, table: str, plant: Planter, bsn: str) -> str:
    """A signal in four steps; returns its id."""
    here = post(client, "/signalen/nieuw/", {"table": table}).removesuffix("1/")
    post(
        client,
        f"{here}1/",
        {
            "street": plant("straat"),
            "number": "14",
            "postcode": "7899 AB",
            "city": plant("plaats"),
            "description": plant("plek"),
            "observed_on": "1-11-2026",
            "severity": "hoog",
            "q_soort": ["Geluid"],
            "q_gedaan": plant("gedaan"),
        },
    )
    post(
        client,
        f"{here}2/",
        {
            "kind_0": "person",
            "name_0": plant("naam"),
            "birth_0": "12-3-1981",
            "bsn_0": plant.exactly(bsn),
        },
    )
    post(client, f"{here}3/", {"go": "meer"})
    post(
        client,
        f"{here}3/",
        {
            "text_0": plant("feit"),
            "what_0": "feit",
            "audience_0": "table",
            "origin_0": plant("bron"),
            "files_0": files(plant),
            "text_1": plant("geheim"),
            "what_1": "oordeel",
            "audience_1": "regie",
            "origin_1": plant("bron"),
        },
    )
    sent = post(client, f"{here}4/", {"told": "no", "not_told_reason": plant("verzwegen"), "correct": "on"})
    return sent.split("/")[2]


def download_all(client: Client, page: str, plant: Planter) -> None:
    """Opens every file that the page links to; each holds one of the planted texts, or a picture without its maker."""
    import re

    links = set(re.findall(r'href="(/bijlagen/[^"]+)"', client.get(page).content.decode()))
    assert links
    for link in links:
        content = client.get(link).content
        assert content.startswith(b"\xff\xd8") or any(value.encode() in content for value in plant.values), link


def leave_a_draft(client: Client, table: str, plant: Planter) -> None:
    here = post(client, "/signalen/nieuw/", {"table": table}).removesuffix("1/")
    post(client, f"{here}1/", {"street": plant("concept"), "description": plant("concept"), "go": "bewaar"})
    post(client, f"{here}3/", {"text_0": plant("concept"), "files_0": files(plant), "go": "bewaar"})


def read_in(client: Client, table: str, plant: Planter) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    heading = "Datum;Organisatie;Melder;Thema;Straat;Huisnummer;Betrokkene;BSN;Omschrijving;Soort;Ernst"
    rows = [
        f"1-11-2026;{organisation};{plant('melder')};woonoverlast;{plant('straat')};3;{plant('naam')};"
        f"{plant.exactly(valid_bsn(n))};{plant('tekst')};feit;hoog"
        for n, organisation in ((7, "Politie Proefstad"), (8, "Onbekende Club"))
    ]
    name = f"{plant('bestand')}.csv"
    file = SimpleUploadedFile(name, "\n".join([heading, *rows]).encode(), "text/csv")
    post(client, "/beheer/inlezen/", {"table": table, "file": file, "go": "lees"})


def work_the_case(rosa: Client, pieter: Client, wilma: Client, signals: list[str], plant: Planter) -> str:
    """Everything that participants type in a case; returns its id."""
    from casework.theming import active_theme
    from partners.models import User

    first, second = signals
    post(rosa, f"/triage/{first}/vraag/", {"question": plant("vraag")})
    post(pieter, f"/signalen/{first}/antwoord/", {"text": plant("antwoord")})
    criteria = {f"met_{c.key}": "nee" for c in active_theme("woonoverlast").criteria}
    reasons = {f"why_{c.key}": plant("toelichting") for c in active_theme("woonoverlast").criteria}
    opened = {"short_name": plant("casus"), "summary": plant("samenvatting"), "signals": [second]}
    case = post(rosa, f"/triage/{first}/openen/", opened | criteria | reasons).split("/")[2]
    for name in ("pieter", "wilma", "carla"):
        person = str(User.objects.get(email__startswith=name).pk)
        post(rosa, f"/casussen/{case}/delen/", {"user": person, "ground": "avg_6_1_e"})
    post(
        rosa,
        f"/casussen/{case}/betrokkenen/",
        {
            "kind": "person",
            "name": plant("naam"),
            "address": plant("adres"),
            "bsn": plant.exactly(valid_bsn(9)),
        },
    )
    for client in (rosa, pieter, wilma):
        for audience in ("own", "regie", "table"):
            values = {name: plant(name) for name in ("text", "origin", "conditions")}
            chosen = {"kind": "waarneming", "category": "algemeen", "audience": audience, "ground": "avg_6_1_e"}
            post(client, f"/casussen/{case}/inbreng/", values | chosen | {"attachments": files(plant)})
            download_all(client, f"/casussen/{case}/inbreng/", plant)
    wilma.post("/zoeken/", {"q": plant("zoekwoord")})
    wilma.get(f"/casussen/{case}/uitdraai/")
    return case


def make_a_plan(rosa: Client, carla: Client, pieter: Client, case: str, plant: Planter) -> str:
    """Everything that people type in the plan of a household, and the letter to the family. Returns where it is."""
    from partners.models import User

    person = {name: str(User.objects.get(email__startswith=f"{name}@").pk) for name in ("carla", "pieter")}
    member = found(rosa, f"/casussen/{case}/gezin/", r'name="(relation-[0-9a-f-]{36})"')
    home = post(
        rosa,
        f"/casussen/{case}/gezin/",
        {
            member: "ouder",
            "name": plant("gezin"),
            "address": plant("adres"),
            "regisseur": person["carla"],
            "reason": plant("waarom"),
        },
    )
    plan = f"{home}plan/"
    goal = {name: plant("doel") for name in ("title", "baseline", "wished", "family_text")}
    police = str(User.objects.get(pk=person["pieter"]).organisation_id)
    goal |= {"domain": "veiligheid", "concerns": police, "ground": "avg_6_1_e", "decision_ref": plant("besluit")}
    goal |= {"text_0": plant("actie"), "user_0": person["pieter"], "day_0": "1-3-2030"}
    post(carla, f"{plan}doelen/nieuw/", goal)
    post(carla, f"{plan}afspraken/nieuw/", {"text": plant("afspraak"), "watches": plant("oplet"), "for_family": "on"})
    post(rosa, f"{plan}versies/vaststellen/", {})
    post(pieter, f"{plan}versies/akkoord/", {"number": "1", "agreed": "nee", "remark": plant("bezwaar")})
    link = found(pieter, plan, rf'href="({plan}acties/[^/]+/melden/)"')
    seen = found(pieter, link, r'name="seen" value="(\d+)"')
    post(pieter, link, {"status": "done", "result": plant("resultaat"), "seen": seen})
    for page in ("", "versies/1/", "brief/", "brief/afdrukken/", "brief/pdf/"):
        assert carla.get(plan + page).status_code == 200
    return home


def a_sentence(plant: Planter, what: str) -> str:
    return f"Ik schrijf hier een hele zin over {plant(what)}."


def found(client: Client, page: str, pattern: str) -> str:
    """What stands on a page."""
    import re

    text = client.get(page).content.decode()
    match = re.search(pattern, text)
    assert match, (page, pattern, text[2500:9000])
    return match[1]


def ask_for_access(petra: Client, rosa: Client, case: str, number: str, plant: Planter) -> None:
    from datetime import date, timedelta

    from django.utils import timezone

    from privacy import jobs
    from privacy.models import Job

    until = date.today() + timedelta(days=30)
    asked = {"number": number, "reason": a_sentence(plant, "verzoek"), "until": f"{until:%d-%m-%Y}"}
    post(petra, "/toegang/vragen/", asked)
    for job in Job.objects.filter(done_at=None, kind="request.arrives"):
        jobs.perform(job.pk, now=timezone.now())
    link = found(rosa, f"/casussen/{case}/delen/", rf"(/casussen/{case}/delen/verzoek/[^/]+/)")
    assert plant.values[-1] in rosa.get(link).content.decode()
    post(rosa, f"{link}nee/", {"reason": plant("weigering")})


def open_in_emergency(greet: Client, fatima: Client, number: str, plant: Planter) -> None:
    from tests.world import PASSWORD

    post(greet, "/bevestigen/", {"password": PASSWORD, "next": "/noodtoegang/openen/"})
    post(greet, "/noodtoegang/openen/", {"number": number, "reason": a_sentence(plant, "noodreden"), "sure": "on"})
    use = found(greet, "/noodtoegang/", r'href="/noodtoegang/([0-9a-f-]{36})/"')
    review = f"/privacy/noodtoegang/{use}/"
    fatima.get("/privacy/")
    assert plant.values[-1] in fatima.get(review).content.decode()
    post(fatima, review, {"verdict": "asked", "text": plant("navraag")})
    post(greet, f"/noodtoegang/{use}/antwoord/", {"text": plant("verantwoording")})
    post(fatima, review, {"verdict": "wrong", "text": plant("oordeel")})
    assert plant.values[-1] in fatima.get(review).content.decode()


def ask_whether_known(rosa: Client, table: str, plant: Planter) -> None:
    asked = {
        "from_table": table, "purpose": "beoordelen", "name": plant("navraag"), "birth_date": "12-3-1981",
        "bsn": plant.exactly(valid_bsn(6)), "street": plant("straat"), "number": "14", "city": plant("plaats"),
    }  # fmt: skip
    post(rosa, "/bekend/", asked, expect=200)


def words_of_evaluation(plant: Planter) -> dict[str, str]:
    words = ("goal_words", "nuisance_words", "worked", "not_worked", "family_words")
    return {name: plant(name) for name in words} | {"family": "deels"}


def measure(rosa: Client, carla: Client, wilma: Client, home: str, plant: Planter) -> str:
    """An assessment of Wilma, a better one, and what Carla notes and evaluates. Returns the household's number."""
    from datetime import date, timedelta

    spoken = {"held_on": f"{date.today():%d-%m-%Y}", "kind": "home", "whom": plant("metwie"), "note": plant("notitie")}
    post(carla, f"{home}contact/", spoken)
    here = f"{home}zelfredzaamheid/"
    assess = found(wilma, here, rf'href="({here}[0-9a-f-]{{36}}/zrm/)"')
    scores = {"assessed_on": "1-3-2026", "score_financien": "2"}
    post(wilma, assess, scores | {"note": plant("meting")})
    made = found(wilma, here, rf'href="({here}meting/[0-9a-f-]{{36}}/)"')
    post(wilma, f"{made}verbeteren/", scores | {"note": plant("meting"), "reason": plant("verbetering")})
    assert plant.values[-1] not in wilma.get(here).content.decode()
    later = f"{date.today() + timedelta(days=90):%d-%m-%Y}"
    post(carla, f"{home}evaluaties/nieuw/", words_of_evaluation(plant) | {"next_on": later})
    assert plant.values[-1] in rosa.get(f"{home}evaluaties/").content.decode()
    return found(rosa, home, r"\b(G\d\d-[0-9A-Z]{5})\b")


def stand_still(rosa: Client, plant: Planter) -> None:
    """Waiting with an alarm, and a filter that is not kept."""
    from django.utils import timezone

    stuck = found(rosa, "/werk/zonder-regisseur/", r"(/werk/loopt-vast/[0-9a-f-]{36}/)")
    day = timezone.localdate()
    later = f"{day + timedelta(days=9):%d-%m-%Y}"
    post(rosa, f"{stuck}regie/wacht/", {"until": later, "reason": plant("wachten")})
    post(rosa, "/werk/filters/", {"lijst": "vast", "thema": plant("filter")}, expect=403)
    rosa.get("/werk/loopt-vast/?wijk=" + plant("wijkfilter"))


def climb(case: str, plant: Planter) -> None:
    """Everything that people write on a ladder: findings, a step that is recorded, one that is refused, a breach."""
    from django.utils import timezone

    from casework.models import Case
    from escalation.facts import Checked, Paper
    from escalation.models import Breach, Holder, Measure, Proposal
    from escalation.services import deciding
    from partners.models import User
    from privacy import dossiers
    from privacy.models import CompartmentKind
    from privacy.unlock import unlock
    from tests.ladder.scene import at_the_ladder, noted, proposed, recorded, standing_of
    from tests.world import as_

    rosa, wilma, beheer = (User.objects.get(email__startswith=f"{name}@") for name in ("rosa", "wilma", "beheer"))
    with as_(rosa):
        row = Case.objects.get(pk=case)
    standing, now = standing_of(row, "woonoverlast", rosa), timezone.now()
    for key in ("dossier", "waarschuwingsbrief"):
        noted(standing, key, Paper(timezone.localdate(now) - timedelta(days=1)), rosa, plant("bevinding"))
    words = {name: plant(name) for name in ("about", "reason")}
    waiting = proposed(standing, "waarschuwing", "ernstig", rosa, **words)
    recorded(waiting, "corporatie", rosa, document=plant("document"))
    with as_(beheer):
        Holder(table_id=row.table_id, authority="corporatie", user=wilma).save(force_insert=True)
    standing = standing_of(row, "woonoverlast", rosa)
    noted(standing, "gesprek_veilig", Checked(True), rosa, plant("bevinding"))
    back = proposed(standing, "zelf", "gestopt", rosa, **{name: plant(name) for name in ("about", "reason")})
    with at_the_ladder(rosa, standing) as by:
        regie = dossiers.part(standing.dossier, CompartmentKind.REGIE)
        broken = Breach(dossier=standing.dossier, compartment=regie, measure=Measure.objects.get(standing=standing))
        broken.at, broken.note, broken.noted_by_id = now, plant("overtreding"), by.user_id
        broken.save(force_insert=True)
    with as_(wilma) as (by, _):
        unlock([row.dossier_id], by=by)
        asked = Proposal.objects.select_related("dossier").get(pk=back.pk)
        deciding.refuse(asked, plant("antwoord"), now=timezone.now(), by=by)


def meet(rosa: Client, pieter: Client, wilma: Client, case: str, plant: Planter) -> None:
    """Everything that people write before a meeting: a goal, questions, answers, a refusal, a guest and wishes."""
    from casework.models import Case
    from partners.models import User
    from tests.meetings.scene import a_meeting, an_item, published
    from tests.world import as_

    people = {name: User.objects.get(email__startswith=f"{name}@") for name in ("rosa", "pieter", "wilma")}
    with as_(people["rosa"]):
        row = Case.objects.select_related("dossier", "table").get(pk=case)
        table = row.table
    meeting = a_meeting(table, people["rosa"])
    for client in (pieter, wilma):
        post(client, f"/overleg/casus/{case}/bespreken/", {"reason": plant("wens")})
    post(rosa, _wishes(rosa)[0], {"says": "nee", "answer": plant("nietnu")})
    item = an_item(meeting, row, people["rosa"], people["pieter"], people["wilma"], goal=plant("punt"))
    published(meeting, people["rosa"], row)
    here = f"/overleg/punt/{item.pk}/"
    homes = [str(people[name].organisation_id) for name in ("pieter", "wilma")]
    asked = {"organisations": homes, "text": plant("vooraf"), "day": f"{meeting.cutoff_at:%d-%m-%Y}", "time": "09:00"}
    post(rosa, f"{here}vragen/", asked | {"seen": "0"})
    post(pieter, f"{here}niet-delen/", {"text": plant("weiger")})
    values = {name: plant(name) for name in ("text", "origin", "conditions")}
    chosen = {"kind": "waarneming", "category": "algemeen", "audience": "table", "ground": "avg_6_1_e"}
    post(wilma, f"{here}inbrengen/", values | chosen)
    guest = {name: plant("gast") for name in ("name", "organisation", "why", "question", "agreements")}
    post(rosa, f"{here}gasten/", guest | {"signed_on": "2-11-2026"})
    sheet = found(rosa, f"{here}gasten/", r'href="(/overleg/gast/[^/]+/blad/)"')
    assert rosa.get(sheet).status_code == 200
    for client, page in ((pieter, here), (wilma, here), (pieter, f"/overleg/{meeting.pk}/"), (rosa, f"{here}vragen/")):
        assert client.get(page).status_code == 200


def _wishes(rosa: Client) -> list[str]:
    import re

    return sorted(set(re.findall(r"/overleg/verzoek/[0-9a-f-]{36}/", rosa.get("/").content.decode())))


def close(rosa: Client, case: str, home: str, plant: Planter) -> None:
    from casework.theming import active_theme

    outcome = active_theme("woonoverlast").close_outcomes[0].code
    said = {f"{home}-{name}": words for name, words in words_of_evaluation(plant).items()}
    sent = {"outcome": outcome, "reason": plant("afsluiting"), "sure": "on"}
    post(rosa, f"/casussen/{case}/sluiten/", sent | said)


def main() -> None:
    django.setup()
    from casework.theming import active_theme
    from partners.models import CaseTable, User

    plant = Planter()
    people = {
        name: log_in(User.objects.get(email__startswith=f"{name}@"))
        for name in ("rosa", "carla", "pieter", "wilma", "iris", "petra", "greet", "fatima")
    }
    table = str(CaseTable.objects.get(code="woonoverlast").pk)
    other = str(CaseTable.objects.get(code="jeugd").pk)
    signals = [hand_in(people["pieter"], table, plant, valid_bsn(n)) for n in (1, 2)]
    leave_a_draft(people["wilma"], table, plant)
    read_in(people["iris"], table, plant)
    case = work_the_case(people["rosa"], people["pieter"], people["wilma"], signals, plant)
    stand_still(people["rosa"], plant)
    home = make_a_plan(people["rosa"], people["carla"], people["pieter"], case, plant)
    number = found(people["rosa"], f"/casussen/{case}/", r"\b(20\d\d-[0-9A-Z]{5})\b")
    ask_for_access(people["petra"], people["rosa"], case, number, plant)
    open_in_emergency(people["greet"], people["fatima"], number, plant)
    ask_whether_known(people["rosa"], table, plant)
    refused, sent_on = (hand_in(people["pieter"], table, plant, valid_bsn(n)) for n in (3, 4))
    reason = active_theme("woonoverlast").reject_reasons[0].code
    post(people["rosa"], f"/triage/{refused}/afwijzen/", {"reason": reason, "sure": "on"})
    post(people["rosa"], f"/triage/{sent_on}/doorsturen/", {"table": other, "reason": plant("reden")})
    climb(case, plant)
    meet(people["rosa"], people["pieter"], people["wilma"], case, plant)
    number = measure(people["rosa"], people["carla"], people["wilma"], home, plant)
    close(people["rosa"], case, number, plant)
    people["rosa"].get("/casussen/00000000-0000-4000-8000-000000000000/?q=" + plant("adresregel"))
    sys.stdout.write(json.dumps(plant.values))


if __name__ == "__main__":
    main()

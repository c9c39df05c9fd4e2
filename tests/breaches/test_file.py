"""From the report to the closed file, and every step that is refused on the way."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from casework.models import Case
from casework.queries.cases import open_case
from partners.models import User
from privacy.models import Breach, BreachDossier, BreachNotice, BreachReceipt, BreachTask, Job
from tests.breaches.conftest import SUMMARY, opened
from tests.casework.conftest import Browser, words
from tests.world import Cast, as_, canary

Browsers = Callable[[User], Browser]
PAGES = (
    "breach",
    "breach-ap",
    "breach-facts",
    "breach-touched",
    "breach-assess",
    "breach-notice",
    "breach-measure",
    "breach-close",
)


def typed(moment: Any) -> str:
    return f"{timezone.localtime(moment):%d-%m-%Y %H:%M}"


def reread(cast: Cast, breach: Breach) -> Breach:
    with as_(cast.fatima):
        return Breach.objects.get(pk=breach.pk)


def judged(cast: Cast, breach: Breach, **more: str) -> dict[str, Any]:
    start = {
        "seen": reread(cast, breach).version, "risk": "high", "why_nature": "Drie dagen lang zichtbaar.",
        "ap": "yes", "ap_reason": "Er is een risico.", "persons": "yes", "persons_reason": "Hoog risico.",
        "partners": "no", "partners_reason": "Geen van hen is geraakt.",
    }  # fmt: skip
    return start | more


def noticed(**more: Any) -> dict[str, Any]:
    start = {"made": str(uuid4()), "kind": "ap", "to_whom": "Autoriteit Persoonsgegevens", "at": typed(timezone.now())}
    return start | more


def searched(cast: Cast) -> str:
    now = timezone.now()
    return f"?van={typed(now - timedelta(days=1))}&tot={typed(now + timedelta(minutes=2))}&wie={cast.wilma.pk}".replace(
        " ", "+"
    )


def test_everybody_reports_and_sees_that_it_arrived_but_not_the_file(cast: Cast, browser: Browsers, log: Any) -> None:
    for name in ("wilma", "bram", "beheer", "iris", "conny", "cor"):
        page = browser(cast.people[name])
        assert "Meld een mogelijk datalek" in words(page.see("help"))
        sent = {
            "made": str(uuid4()),
            "summary": "Een mail ging naar de verkeerde.",
            "discovered_at": typed(timezone.now()),
        }
        answer = page.do("breach-report", **sent)
        assert answer.status_code == 302, name
        with as_(cast.people[name]):
            (receipt,) = BreachReceipt.objects.all()
        assert receipt.reference in words(page.see("breach-reported"))
        again = page.do("breach-report", **sent)
        assert again.status_code == 409
        assert "al aangekomen" in words(again)
        with as_(cast.fatima):
            breach = Breach.objects.get(source_id=sent["made"])
        for address in PAGES:
            assert page.see(address, breach.pk).status_code == 403, (name, address)
        assert page.see("privacy-breaches").status_code == 403


def test_a_report_comes_back_with_what_was_typed(cast: Cast, browser: Browsers) -> None:
    tomorrow = typed(timezone.now() + timedelta(days=1))
    answer = browser(cast.wilma).do(
        "breach-report", made=str(uuid4()), summary="Iets ging mis.", discovered_at=tomorrow
    )
    assert answer.status_code == 422
    assert "Iets ging mis." in words(answer)
    assert "nog niet gebeurd" in words(answer)


def test_from_open_to_closed(cast: Cast, breach: Breach, case: Case, browser: Browsers, log: Any) -> None:
    secret = canary("casus")
    with as_(cast.rosa) as (by, _):
        open_case(case.pk, by=by)
    with as_(cast.wilma) as (by, _):
        open_case(case.pk, by=by)
    page = browser(cast.fatima)
    now = timezone.now()
    facts = {
        "seen": breach.version, "summary": f"Wilma keek rond. {secret}", "for_ap": "Een medewerker keek zonder reden.",
        "discovered_at": typed(breach.discovered_at), "began_at": typed(now - timedelta(days=3)), "ended_at": "",
        "kinds": ["confidentiality"], "categories": ["contact", "zorg"], "persons_count": "4",
    }  # fmt: skip
    assert page.do("breach-facts", breach.pk, **facts).status_code == 302
    found = page.client.get(f"/privacy/datalekken/{breach.pk}/geraakt/{searched(cast)}")
    assert case.dossier.reference in words(found)
    assert "wat alle deelnemers lezen" in words(found)
    key = f"{case.dossier_id}.{cast.wilma.pk}"
    kept = page.client.post(f"/privacy/datalekken/{breach.pk}/geraakt/{searched(cast)}", {"lines": [key]})
    assert kept.status_code == 302
    assert page.do("breach-assess", breach.pk, **judged(cast, breach)).status_code == 302
    assert page.do("breach-notice", breach.pk, **noticed(number="AP-123")).status_code == 302
    assert page.do("breach-notice", breach.pk, **noticed(kind="internal", to_whom="De CISO")).status_code == 302
    with as_(cast.fatima):
        row = BreachDossier.objects.get(breach=breach)
        assert (row.person_name, row.times >= 1) == (cast.wilma.name, True)
    asked = page.do(
        "breach-tell", breach.pk, row.pk, teller=str(cast.conny.pk), text="Er ging iets mis met uw gegevens."
    )
    assert asked.status_code == 302
    measure = {"made": str(uuid4()), "what": "Rechten nalopen", "who": "Beheer", "due_on": "1-1-2030"}
    assert page.do("breach-measure", breach.pk, **measure).status_code == 302
    early = page.do("breach-close", breach.pk, seen=reread(cast, breach).version, lessons="Eerder kijken.")
    assert early.status_code == 409
    assert "Wacht op antwoord: 1 keer" in words(early)
    assert "Eerder kijken." in words(early)
    with as_(cast.conny):
        task = BreachTask.objects.get()
    teller = browser(cast.conny)
    shown = words(teller.see("breach-task", task.pk))
    assert "Er ging iets mis met uw gegevens." in shown
    assert secret not in shown
    assert teller.do("breach-task", task.pk, done_on=f"{timezone.localdate():%d-%m-%Y}").status_code == 302
    assert teller.do("breach-task", task.pk, done_on=f"{timezone.localdate():%d-%m-%Y}").status_code == 409
    assert (
        page.do("breach-close", breach.pk, seen=reread(cast, breach).version, lessons="Eerder kijken.").status_code
        == 302
    )
    closed = reread(cast, breach)
    assert closed.closed_at
    assert page.do("breach-measure", breach.pk, **measure | {"made": str(uuid4())}).status_code == 409
    register = words(page.see("privacy-breaches"))
    assert "Afgesloten" in register
    assert "te laat" not in register.lower()
    printed = words(page.see("breach-ap", breach.pk))
    for kept_out in (secret, cast.wilma.name, cast.conny.name, case.dossier.reference):
        assert kept_out not in printed.partition("<dl")[2].partition("</dl>")[0]
    assert "Een medewerker keek zonder reden." in printed
    assert secret not in words(page.see("privacy-breaches-print"))
    assert "Gedaan" in words(page.see("breach", breach.pk))


def test_no_page_shows_what_is_in_a_case_and_each_look_is_in_the_log(
    cast: Cast, case: Case, browser: Browsers, log: Any
) -> None:
    breach = opened(cast.fatima, dossiers=(case.dossier_id,), reader_id=cast.wilma.pk, source="look")
    page = browser(cast.fatima)
    with as_(cast.rosa) as (by, _):
        hidden = open_case(case.pk, by=by).name
    for address in PAGES:
        shown = words(page.see(address, breach.pk))
        assert hidden not in shown, address
        assert "Piet Voorbeeld" not in shown, address
    looks = [e for e in log.looks(event="breach.read", actor_id=cast.fatima.pk) if breach.dossier_id in e.dossiers]
    assert len(looks) == len(PAGES)
    page.client.get(f"/privacy/datalekken/{breach.pk}/geraakt/{searched(cast)}")
    assert log.looks(event="breach.searched", actor_id=cast.fatima.pk)


def test_of_two_officers_at_once_the_second_hears_it_and_loses_nothing(
    cast: Cast, breach: Breach, browser: Browsers
) -> None:
    stale = judged(cast, breach)
    assert browser(cast.faisal).do("breach-assess", breach.pk, **judged(cast, breach)).status_code == 302
    answer = browser(cast.fatima).do("breach-assess", breach.pk, **stale | {"why_nature": "Mijn eigen reden."})
    assert answer.status_code == 409
    assert "Een collega wijzigde" in words(answer)
    assert "Mijn eigen reden." in words(answer)


@pytest.mark.parametrize(
    ("more", "status", "says"),
    [
        ({"ap": "no"}, 409, "AVG 33, lid 1"),
        ({"persons": "no"}, 409, "AVG 34, lid 3"),
        ({"ap_reason": ""}, 422, "waarom u zo besluit"),
        ({"why_nature": ""}, 422, "waarom u zo oordeelt"),
    ],
)
def test_decisions_that_the_law_or_reason_does_not_allow(
    cast: Cast, breach: Breach, browser: Browsers, more: dict[str, str], status: int, says: str
) -> None:
    answer = browser(cast.fatima).do("breach-assess", breach.pk, **judged(cast, breach, **more))
    assert answer.status_code == status
    assert says in words(answer)
    assert reread(cast, breach).risk == ""


def test_not_telling_is_kept_too_and_stops_the_clock(cast: Cast, browser: Browsers) -> None:
    breach = opened(cast.fatima, hours_ago=200)
    page = browser(cast.fatima)
    no = judged(cast, breach, risk="none", ap="no", ap_reason="Alles was versleuteld.", persons="no")
    assert page.do("breach-assess", breach.pk, **no).status_code == 302
    shown = words(page.see("breach", breach.pk))
    assert "Alles was versleuteld." in shown
    assert "niet nodig" in shown
    refused = page.do("breach-notice", breach.pk, **noticed(delay="Te druk."))
    assert refused.status_code == 409
    assert "Wijzig eerst dat besluit" in words(refused)


def test_a_notice_after_72_hours_asks_why(cast: Cast, browser: Browsers) -> None:
    breach = opened(cast.fatima, hours_ago=73)
    page = browser(cast.fatima)
    answer = page.do("breach-notice", breach.pk, **noticed())
    assert answer.status_code == 409
    assert "na 72 uur" in words(answer)
    in_time = noticed(at=typed(breach.discovered_at + timedelta(hours=71)))
    assert page.do("breach-notice", breach.pk, **in_time).status_code == 302
    twice = page.do("breach-notice", breach.pk, **in_time)
    assert twice.status_code == 409
    assert "niets dubbel" in words(twice)
    assert "gedaan, binnen de termijn" in words(page.see("breach", breach.pk))
    later = noticed(at=typed(timezone.now()), number="AP-9")
    assert page.do("breach-notice", breach.pk, **later).status_code == 302, "an addition is no first notice"
    with as_(cast.fatima):
        assert BreachNotice.objects.filter(breach=breach).count() == 2


def test_the_home_of_the_officer_shows_the_clock(cast: Cast, browser: Browsers) -> None:
    late, soon = opened(cast.fatima, hours_ago=80), opened(cast.fatima, hours_ago=1)
    shown = words(browser(cast.faisal).see("privacy-home"))
    assert shown.index(late.dossier.reference) < shown.index(soon.dossier.reference)
    assert "voorbij" in shown
    assert SUMMARY not in shown


def test_whom_it_is_about_gets_404_everywhere(cast: Cast, browser: Browsers) -> None:
    breach = opened(cast.fatima, source="look", reader_id=cast.faisal.pk)
    page = browser(cast.faisal)
    for address in PAGES:
        assert page.see(address, breach.pk).status_code == 404, address
    assert breach.dossier.reference not in words(page.see("privacy-breaches"))


def test_only_who_was_asked_reads_the_task_and_only_that(cast: Cast, case: Case, browser: Browsers) -> None:
    breach = opened(cast.fatima, dossiers=(case.dossier_id,))
    with as_(cast.fatima):
        about = BreachDossier.objects.get(breach=breach)
    page = browser(cast.fatima)
    offered = words(page.see("breach-tell", breach.pk, about.pk))
    assert cast.conny.name in offered
    assert cast.rosa.name in offered
    assert cast.wilma.name not in offered
    sent = {"teller": str(cast.rosa.pk), "text": "Vertel dit."}
    assert page.do("breach-tell", breach.pk, about.pk, **sent).status_code == 302
    assert page.do("breach-tell", breach.pk, about.pk, **sent).status_code == 409
    assert page.do("breach-tell", breach.pk, about.pk, **sent | {"teller": str(cast.wilma.pk)}).status_code == 422
    with as_(cast.rosa):
        task = BreachTask.objects.get()
        assert not Breach.objects.exists()
    assert Job.objects.filter(kind="notice.something_waits", subject_id=cast.rosa.pk).exists()
    assert "Vertel dit." in words(browser(cast.rosa).see("breach-task", task.pk))
    assert "Vertellen over een datalek" in words(browser(cast.rosa).see("home"))
    assert case.dossier.reference in words(browser(cast.rosa).see("breach-tasks"))
    assert browser(cast.rachid).see("breach-task", task.pk).status_code == 404
    assert browser(cast.wilma).see("breach-task", task.pk).status_code == 403
    future = f"{timezone.localdate() + timedelta(days=1):%d-%m-%Y}"
    assert browser(cast.rosa).do("breach-task", task.pk, done_on=future).status_code == 422


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE privacy_breachnotice SET kind = 'ap'",
        "UPDATE privacy_breachtask SET reference = 'X'",
        "UPDATE privacy_breachdossier SET times = 0",
        "DELETE FROM privacy_breachreceipt",
        "UPDATE privacy_breachreceipt SET reference = 'X'",
    ],
)
def test_what_was_noted_does_not_change(cast: Cast, breach: Breach, statement: str) -> None:
    with as_(cast.fatima), pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_nobody_else_notes_anything_in_a_file(cast: Cast, breach: Breach) -> None:
    for name in ("conny", "rosa", "wilma"):
        with as_(cast.people[name]):
            assert not Breach.objects.exists()
            assert not Breach.objects.update(risk="none")


def test_an_officer_who_is_kept_away_does_not_learn_which_dossier(cast: Cast, case: Case) -> None:
    from privacy import exclusions
    from privacy.models import ExclusionReason

    breach = opened(cast.fatima, dossiers=(case.dossier_id,))
    with as_(cast.rosa) as (by, _):
        exclusions.exclude(case.dossier_id, cast.faisal.pk, ExclusionReason.FRIEND, by=by)
    with as_(cast.faisal):
        assert not BreachDossier.objects.filter(breach=breach).exists()
    with as_(cast.fatima):
        assert BreachDossier.objects.filter(breach=breach).exists()

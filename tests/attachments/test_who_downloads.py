"""Who may read the thing may download its files: nobody else, no longer, and never without an entry."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from django.utils import timezone

from casework.attaching import take_in
from casework.models import Audience, Case, Contribution, Participation
from casework.services import cases, contributions, disclosing, participants
from casework.theming import active_theme
from partners.models import User
from privacy.access import visible
from privacy.audit import record
from privacy.errors import AuditUnavailable
from privacy.unlock import unlock
from tests.attachments.hands import brought, files_of
from tests.attachments.makers import GOOD
from tests.casework.conftest import Browsers
from tests.conftest import Log
from tests.world import GROUND, Cast, a_case, a_signal, as_, confidential, invited, item

READERS: list[tuple[Audience, set[str]]] = [
    (Audience.OWN, {"wilma", "wout"}),
    (Audience.REGIE, {"wilma", "wout", "rosa", "rachid"}),
    (Audience.CHOSEN, {"wilma", "wout", "rosa", "rachid", "pieter"}),
    (Audience.TABLE, {"wilma", "wout", "rosa", "rachid", "pieter", "greet"}),
]
# petra and carla take no part; victor directs another table; otto has no covenant.
STRANGERS = ("petra", "carla", "victor", "otto")
NO_CONTENT = ("fatima", "beheer", "iris")
EVERYBODY = ("wilma", "wout", "rosa", "rachid", "pieter", "greet", *STRANGERS)


def status(browser: Browsers, person: User, pk: UUID) -> int:
    return browser(person).see("attachment", pk).status_code


def the_file(person: User) -> UUID:
    [pk] = files_of(person)
    return pk


@pytest.mark.parametrize(("audience", "readers"), READERS, ids=[audience.value for audience, _ in READERS])
def test_the_readers_of_a_contribution_and_nobody_else(
    audience: Audience, readers: set[str], cast: Cast, case: Case, browser: Browsers
) -> None:
    chosen = {"recipients": (cast.politie.pk,)} if audience == Audience.CHOSEN else {}
    brought(case, cast.wilma, GOOD["txt"], audience=audience, **chosen)
    pk = the_file(cast.wilma)
    for person in EVERYBODY:
        expected = 200 if person in readers else 404
        assert status(browser, cast.people[person], pk) == expected, person
        assert bool(files_of(cast.people[person])) == (person in readers), person
    for person in NO_CONTENT:
        assert status(browser, cast.people[person], pk) == 403, person


def test_a_file_of_a_confidential_item_is_for_reporter_and_regie(cast: Cast, browser: Browsers) -> None:
    files = (take_in(*GOOD["txt"]),)
    a_signal(cast.wilma, cast.overlast, item("Zie foto."), confidential("Alleen u.", files=files))
    pk = the_file(cast.wilma)
    for person in EVERYBODY:
        assert (status(browser, cast.people[person], pk) == 200) == (person in {"wilma", "rosa", "rachid"}), person


def test_a_signal_that_is_shared_shares_the_files_of_its_shared_items_alone(cast: Cast, browser: Browsers) -> None:
    shared, secret = (take_in("deel.txt", b"x"),), (take_in("geheim.txt", b"y"),)
    signal = a_signal(cast.wilma, cast.overlast, item("Voor allen.", files=shared), confidential("Nee.", files=secret))
    case = a_case(cast.rosa, signal)
    invited(case, cast.rosa, cast.pieter)
    assert files_of(cast.pieter) == []
    with as_(cast.rosa) as (by, _):
        unlock([case.dossier_id, signal.dossier_id], by=by)
        disclosing.share_signal(case, signal, cast.politie, ground=GROUND, now=timezone.now(), by=by)
    pk = the_file(cast.pieter)
    assert browser(cast.pieter).see("attachment", pk).headers["Content-Disposition"].endswith('"deel.txt"')
    assert [status(browser, cast.pieter, other) for other in files_of(cast.wilma) if other != pk] == [404]


def withdrawn(case: Case, cast: Cast) -> None:
    with as_(cast.wilma) as (by, _):
        unlock([case.dossier_id], by=by)
        contributions.withdraw(visible(Contribution, by=by).get(), now=timezone.now(), by=by)


def ended(case: Case, cast: Cast) -> None:
    with as_(cast.rosa) as (by, _):
        unlock([case.dossier_id], by=by)
        there = Participation.objects.get(case=case, user=cast.pieter)
        participants.end_participation(there, now=timezone.now(), by=by)


def closed(case: Case, cast: Cast) -> None:
    with as_(cast.rosa) as (by, _):
        unlock([case.dossier_id], by=by)
        outcome = active_theme(case.theme).close_outcomes[0].code
        cases.close(case, outcome, "De overlast is gestopt.", now=timezone.now(), by=by)


def unbound(case: Case, cast: Cast) -> None:
    covenant = cast.politie.covenants.get()
    covenant.valid_until = timezone.localdate() - timedelta(days=1)
    covenant.save()


@pytest.mark.parametrize("over", [withdrawn, ended, closed, unbound])
def test_what_is_over_is_over_on_the_next_request(over: object, cast: Cast, case: Case, browser: Browsers) -> None:
    brought(case, cast.wilma, GOOD["txt"])
    pk, pieter = the_file(cast.wilma), browser(cast.pieter)
    assert pieter.see("attachment", pk).status_code == 200
    over(case, cast)  # type: ignore[operator]
    assert pieter.see("attachment", pk).status_code == 404
    assert pieter.client.head(f"/bijlagen/{pk}/").status_code == 404


def test_a_download_names_the_file_in_the_log_before_it_is_sent(
    cast: Cast, case: Case, browser: Browsers, log: Log
) -> None:
    brought(case, cast.wilma, GOOD["txt"])
    pk = the_file(cast.wilma)
    browser(cast.pieter).see("attachment", pk)
    [entry] = log.looks(event="file.opened")
    assert (entry.object_pk, entry.actor_id, entry.dossiers) == (str(pk), cast.pieter.pk, [case.dossier_id])
    assert entry.purpose == "bijlage openen"
    assert GOOD["txt"][0] not in str(entry.__dict__)


def test_without_a_log_there_is_no_file(
    cast: Cast, case: Case, browser: Browsers, monkeypatch: pytest.MonkeyPatch
) -> None:
    brought(case, cast.wilma, GOOD["txt"])
    pk, pieter = the_file(cast.wilma), browser(cast.pieter)

    def down(*args: object, **kwargs: object) -> None:
        raise AuditUnavailable

    monkeypatch.setattr(record, "look", down)
    answer = pieter.see("attachment", pk)
    assert answer.status_code == 503
    assert GOOD["txt"][1] not in answer.content


def test_a_refusal_is_in_the_log_too(cast: Cast, case: Case, browser: Browsers, log: Log) -> None:
    brought(case, cast.wilma, GOOD["txt"])
    pk = the_file(cast.wilma)
    browser(cast.petra).see("attachment", pk)
    assert [entry.object_pk for entry in log.looks(event="refused", actor_id=cast.petra.pk)] == [str(pk)]


def test_a_browser_is_told_to_keep_it_apart(cast: Cast, case: Case, browser: Browsers) -> None:
    brought(case, cast.wilma, ("verslag van ë.txt", b"Wat er stond."))
    answer = browser(cast.pieter).see("attachment", the_file(cast.wilma))
    wanted = {
        "Content-Disposition": "attachment; filename*=utf-8''verslag%20van%20%C3%AB.txt",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Cache-Control": "no-store",
        "Accept-Ranges": "none",
        "X-Frame-Options": "DENY",
    }
    assert {name: answer.headers.get(name) for name in wanted} == wanted


def test_no_part_of_a_file_is_given_and_head_shows_nothing(cast: Cast, case: Case, browser: Browsers, log: Log) -> None:
    brought(case, cast.wilma, GOOD["txt"])
    pk = the_file(cast.wilma)
    pieter = browser(cast.pieter).client
    part = pieter.get(f"/bijlagen/{pk}/", headers={"Range": "bytes=0-3"})
    assert (part.status_code, part.content) == (200, GOOD["txt"][1])
    head = pieter.head(f"/bijlagen/{pk}/")
    assert (head.status_code, head.content) == (200, b"")
    assert len(log.looks(event="file.opened")) == 2


def test_only_the_owner_takes_a_file_off(cast: Cast, case: Case, browser: Browsers) -> None:
    kept = brought(case, cast.wilma, GOOD["txt"], GOOD["pdf"])
    pk = files_of(cast.wilma)[0]
    for person in ("pieter", "rosa", "greet", "petra"):
        assert browser(cast.people[person]).do("case-attachment-remove", case.pk, kept.pk, pk).status_code == 404
    assert len(files_of(cast.wilma)) == 2
    assert browser(cast.wout).do("case-attachment-remove", case.pk, kept.pk, pk).status_code == 302
    assert len(files_of(cast.pieter)) == 1
    assert browser(cast.pieter).see("attachment", pk).status_code == 404


def test_a_file_is_not_reached_through_another_contribution(cast: Cast, case: Case, browser: Browsers) -> None:
    brought(case, cast.wilma, GOOD["txt"])
    other = brought(case, cast.wilma)
    pk = the_file(cast.wilma)
    assert browser(cast.wilma).see("case-attachment-remove", case.pk, other.pk, pk).status_code == 404


def test_finding_a_file_by_its_name_is_not_possible(cast: Cast, case: Case, browser: Browsers, log: Log) -> None:
    brought(case, cast.wilma, ("zeldzame-naam.txt", b"zeldzame inhoud"))
    page = browser(cast.pieter).do("search", q="zeldzame")
    assert b"zeldzame-naam" not in page.content
    assert not log.looks(event="file.opened")

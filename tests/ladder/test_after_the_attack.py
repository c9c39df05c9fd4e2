"""What an attack on the pages of the ladder found: each was broken once."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from casework.models import Case
from escalation.facts import Born, Checked, Fact, Paper, Views
from escalation.laddering import active_ladder
from escalation.models import Holder, Measure, Proposal, Standing, Term
from escalation.rungs import RequirementKind, Rung
from escalation.services import authorities, proposing
from partners.models import CaseTable, Seat, SecrecyStatement, User
from privacy.errors import Refused
from privacy.models import Grant
from privacy.roles import Role
from tests.casework.conftest import Browser, Browsers, Login, words
from tests.ladder.home import a_home, asked, mandated, measure
from tests.ladder.house_ban import a_table
from tests.ladder.scene import at_the_ladder, granted, noted, proposed, recorded, standing_of
from tests.ladder.test_pages import SENT
from tests.ladder.test_riec import DRIEHOEK, ready, steps
from tests.ladder.test_versions import WITHOUT, loads_version_two
from tests.world import Cast, a_case, a_signal, as_, invited

TODAY = date.today()
TOLD = f"{TODAY:%d-%m-%Y}"


@pytest.fixture
def browser(login: Login) -> Browsers:
    """The browser of this person."""
    return lambda user: Browser(login(user))


@pytest.fixture
def case(cast: Cast) -> Case:
    found = a_case(cast.rosa, a_signal(cast.wilma, cast.overlast))
    invited(found, cast.rosa, cast.wilma, cast.pieter)
    return found


def here(case: Case, by: User) -> Standing:
    return standing_of(case, "woonoverlast", by)


def waits(cast: Cast, case: Case) -> Proposal:
    """A step that the corporation decides outside the system."""
    noted(here(case, cast.rosa), "gesprek_veilig", Checked(True), cast.rosa)
    granted(proposed(here(case, cast.rosa), "zelf", "veilig", cast.rosa), cast.rosa)
    noted(here(case, cast.rosa), "afsprakenblad", Paper(TODAY), cast.rosa)
    return proposed(here(case, cast.rosa), "afspraken", "houdt_aan", cast.rosa)


@pytest.mark.parametrize("days", [("1-1-2026", "31-12-9999"), ("31-12-9999", ""), ("1-1-0001", "31-12-2030")])
def test_a_mandate_until_the_end_of_time_is_asked_about(cast: Cast, browser: Browsers, days: tuple[str, str]) -> None:
    since, until = days
    sent = {"pair": "burgemeester:hulpofficier", "document": "Besluit", "since": since, "until": until}
    answer = browser(cast.beheer).do("table-mandate-new", a_table(cast).pk, **sent)
    assert answer.status_code == 422
    assert "Controleer het jaartal." in words(answer)


def test_a_step_that_a_colleague_took_first_gives_back_what_was_typed(
    cast: Cast, case: Case, browser: Browsers
) -> None:
    noted(here(case, cast.rosa), "gesprek_veilig", Checked(True), cast.rosa)
    granted(proposed(here(case, cast.rosa), "zelf", "veilig", cast.rosa), cast.rosa)
    answer = browser(cast.rosa).do("ladder-step", case.pk, "woonoverlast", "zelf", **SENT | {"reason": "Lang verhaal."})
    assert answer.status_code == 409
    assert "Lang verhaal." in words(answer)


def test_recording_in_a_second_tab_is_told_why_not_and_loses_nothing(cast: Cast, case: Case, browser: Browsers) -> None:
    waiting, rosa = waits(cast, case), browser(cast.rosa)
    sent = {"authority": "corporatie", "decided_on": TOLD, "document": "Verslag 7"}
    assert rosa.do("ladder-proposal", case.pk, waiting.pk, **sent).status_code == 302
    again = rosa.do("ladder-proposal", case.pk, waiting.pk, **sent | {"document": "Verslag 8"})
    assert again.status_code == 409
    assert "is al beslist" in words(again)
    assert "Verslag 8" in words(again)
    taken_back = rosa.do("ladder-proposal-withdraw", case.pk, waiting.pk)
    assert taken_back.status_code == 409
    assert "is al beslist" in words(taken_back)


def test_a_measure_does_not_end_before_it_began(cast: Cast, browser: Browsers) -> None:
    case, rosa = a_home(cast), browser(cast.rosa)
    mandated(cast, case)
    begun = timezone.now() - timedelta(days=2)
    granted(asked(case, cast.rosa, begun), cast.petra, now=begun)
    standing = standing_of(case, "hgkm", cast.rosa)
    address = ("ladder-withdraw-measure", case.pk, measure(standing, cast.rosa).pk)
    assert rosa.do(*address, about="Piet Voorbeeld", reason="Het is rustig.").status_code == 302
    with as_(cast.beheer) as (by, _):
        holder = Holder.objects.select_related("user", "table").get(table=case.table, authority="burgemeester")
        authorities.end(holder, now=timezone.now(), by=by)
    with at_the_ladder(cast.rosa, standing):
        waiting = Proposal.objects.get(standing=standing, move="intrekken")
    sent = {"authority": "burgemeester", "decided_on": "1-1-1900", "document": "Brief"}
    answer = rosa.do("ladder-proposal", case.pk, waiting.pk, **sent)
    assert answer.status_code == 409
    assert "nog niet begonnen waar" in words(answer)
    assert measure(standing, cast.rosa).ended_at is None
    assert rosa.do("ladder-proposal", case.pk, waiting.pk, **sent | {"decided_on": TOLD}).status_code == 302
    assert measure(standing, cast.rosa).ended_at is not None


FACTS: dict[RequirementKind, Fact] = {
    RequirementKind.CHECK: Checked(True),
    RequirementKind.DOCUMENT: Paper(TODAY),
    RequirementKind.VIEWS: Views(given=TODAY),
    RequirementKind.AGE: Born(date(1981, 3, 12)),
}


def goes(cast: Cast, case: Case, rung: Rung, criterion: str) -> None:
    """To this rung with all that it asks, as whoever decides it outside the system."""
    for one in rung.requires:
        noted(here(case, cast.rosa), one.key, FACTS[one.kind], cast.rosa)
    step = proposed(here(case, cast.rosa), rung.key, criterion, cast.rosa)
    if "procesregisseur" in step.authorities:
        granted(step, cast.rosa)
    else:
        recorded(step, step.authorities[0], cast.rosa)


def test_going_down_to_a_measure_begins_no_term_without_a_measure(cast: Cast, case: Case) -> None:
    ladder = active_ladder("woonoverlast")
    for rung in ladder.main[1:]:
        if rung.key != "huisverbod":
            goes(cast, case, rung, rung.enter[0].key)
    goes(cast, case, ladder.get("huisverbod"), "afgelopen")
    assert here(case, cast.rosa).at == "huisverbod"
    with as_(cast.rosa):
        assert not Measure.objects.filter(rung="huisverbod").exists()
        assert not Term.objects.filter(rung="huisverbod").exists()


def at_the_driehoek(cast: Cast) -> Case:
    """An ondermijning case of Rosa that the driehoek has before it, with all that the RIEC asks."""
    table = CaseTable.objects.create(
        name="Casustafel ondermijning", code="ondermijning", theme="ondermijning", area="Proefstad",
        profile="gemeentelijk",
    )  # fmt: skip
    for person, role in ((cast.rosa, Role.PROCESREGISSEUR), (cast.wilma, Role.PROFESSIONAL)):
        begun = timezone.now() - timedelta(days=3)
        Seat.objects.create(table=table, user=person, role=role, valid_from=begun)
        SecrecyStatement.objects.create(table=table, user=person, profile_version="proef")
    case = a_case(cast.rosa, a_signal(cast.wilma, table))
    steps(cast, case, "casustafel", "concreet", "procesregisseur", eigen_waarneming=Checked(True))
    steps(cast, case, "tvo", "georganiseerd", "tvo", toetsing=Checked(True), geprobeerd=Paper(TODAY))
    steps(cast, case, "driehoek", "voorstel", "driehoek", pakket=Paper(TODAY))
    return case


def test_the_driehoek_sent_nothing_to_the_riec_before_it_had_the_case(cast: Cast, browser: Browsers) -> None:
    case, rosa = at_the_driehoek(cast), browser(cast.rosa)
    waiting = proposed(ready(cast, case), "riec", "ingestemd", cast.rosa)
    sent = {"authority": "driehoek", "document": "Verslag", "members": sorted(DRIEHOEK)}
    for day in ("1-1-1900", f"{TODAY - timedelta(days=1):%d-%m-%Y}"):
        answer = rosa.do("ladder-proposal", case.pk, waiting.pk, **sent, decided_on=day)
        assert answer.status_code == 409
        assert "Toen stond de casus nog niet op deze trede" in words(answer)
    assert standing_of(case, "ondermijning", cast.rosa).at == "driehoek"
    assert rosa.do("ladder-proposal", case.pk, waiting.pk, **sent, decided_on=TOLD).status_code == 302
    assert standing_of(case, "ondermijning", cast.rosa).at == "riec"


def test_what_was_proposed_under_an_older_version_is_still_read(
    cast: Cast, case: Case, browser: Browsers, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    noted(here(case, cast.rosa), "gesprek_veilig", Checked(True), cast.rosa)
    up = proposed(here(case, cast.rosa), "zelf", "veilig", cast.rosa)
    granted(up, cast.rosa)
    down = proposed(here(case, cast.rosa), "melding", "gelukt", cast.rosa)
    granted(down, cast.rosa)
    loads_version_two(monkeypatch, tmp_path, WITHOUT)
    rosa = browser(cast.rosa)
    why = {"about": "Piet Voorbeeld", "reason": "Zij past beter."}
    assert rosa.do("ladder-version", case.pk, "woonoverlast", **why).status_code == 302
    for older, said in ((up, "Omhoog naar “Zelf in gesprek”"), (down, "Terug naar")):
        page = rosa.see("ladder-proposal", case.pk, older.pk)
        assert page.status_code == 200
        assert said in words(page)


@pytest.mark.parametrize("before", [True, False])
def test_who_decides_reads_no_longer_than_the_seat_lasts(
    cast: Cast, case: Case, browser: Browsers, before: bool
) -> None:
    ends = timezone.now() + timedelta(days=2)
    Seat.objects.filter(table=cast.overlast, user=cast.petra).update(valid_until=ends)

    def petra_decides() -> None:
        with as_(cast.beheer) as (by, _):
            authorities.give(cast.overlast, "wijkagent", cast.petra, now=timezone.now(), by=by)

    if before:
        petra_decides()
    waiting = waits(cast, case)
    if not before:
        petra_decides()
    assert browser(cast.petra).see("decision", waiting.pk).status_code == 200
    with as_(cast.petra):
        given = Grant.objects.get(given_for=f"proposal:{waiting.pk}", user=cast.petra)
        assert given.valid_until == ends


def test_what_is_withdrawn_no_longer_stands_beside_and_may_be_imposed_anew(cast: Cast) -> None:
    found = a_home(cast)
    mandated(cast, found)
    granted(asked(found, cast.rosa, timezone.now()), cast.bram)
    standing = standing_of(found, "hgkm", cast.rosa)
    assert standing.beside == ["huisverbod"]
    with at_the_ladder(cast.rosa, standing) as by:
        runs = Measure.objects.select_related("standing__case__dossier", "standing__dossier", "dossier").get(
            standing=standing
        )
        ends = proposing.propose_withdrawal(runs, about="Piet", reason="Het is over.", now=timezone.now(), by=by)
    granted(ends, cast.bram)
    assert standing_of(found, "hgkm", cast.rosa).beside == []
    granted(asked(found, cast.rosa, timezone.now()), cast.bram)
    assert standing_of(found, "hgkm", cast.rosa).beside == ["huisverbod"]


def test_nobody_alone_is_noted_as_the_driehoek(cast: Cast) -> None:
    with as_(cast.beheer) as (by, _), pytest.raises(Refused, match="De driehoek beslist samen"):
        authorities.give(cast.overlast, "driehoek", cast.rosa, now=timezone.now(), by=by)

"""Who decides for whom at a table: said by the beheerder alone, and what waits follows at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.utils import timezone

from casework.models import Case
from escalation import later
from escalation.facts import Checked, Paper
from escalation.models import Holder, Mandate, Proposal
from escalation.queries.decisions import waiting
from escalation.services import authorities
from escalation.services.authorities import give
from escalation.services.proposing import RefusedStep
from partners.models import CaseTable, Seat, User
from partners.services.seats import end_seat
from privacy import exclusions
from privacy.access import visible
from privacy.errors import Refused
from privacy.models import ExclusionReason, Grant
from privacy.models.job import Job
from tests.ladder import house_ban
from tests.ladder.house_ban import a_house_ban, a_table, mandate, mandated
from tests.ladder.scene import granted, noted, proposed, standing_of
from tests.world import Cast, a_case, a_signal, as_, invited

TODAY = date.today()
Login = Callable[[User], Client]


@pytest.fixture
def case(cast: Cast) -> Case:
    found = a_case(cast.rosa, a_signal(cast.wilma, cast.overlast))
    invited(found, cast.rosa, cast.wilma, cast.pieter)
    return found


def waits(cast: Cast, case: Case) -> Proposal:
    """A step that the wijkboa, the wijkagent or the corporation decides."""
    standing = standing_of(case, "woonoverlast", cast.rosa)
    noted(standing, "gesprek_veilig", Checked(True), cast.rosa)
    granted(proposed(standing, "zelf", "veilig", cast.rosa), cast.rosa)
    standing = standing_of(case, "woonoverlast", cast.rosa)
    noted(standing, "afsprakenblad", Paper(TODAY), cast.rosa)
    return proposed(standing, "afspraken", "houdt_aan", cast.rosa)


def gives(cast: Cast, code: str, person: User, table: CaseTable | None = None) -> Holder:
    with as_(cast.beheer) as (by, _):
        return give(table or cast.overlast, code, person, now=timezone.now(), by=by)


def ends(cast: Cast, holder: Holder) -> None:
    with as_(cast.beheer) as (by, _):
        authorities.end(holder, now=timezone.now(), by=by)


def reads(person: User) -> list[Proposal]:
    """What waits for this person."""
    with as_(person) as (by, _):
        return list(visible(Proposal, by=by))


# --- who is noted -----------------------------------------------------------------------------------------


def test_who_has_no_seat_at_the_table_decides_for_nobody_there(cast: Cast) -> None:
    with pytest.raises(Refused, match="geen zetel aan deze tafel"):
        gives(cast, "wijkagent", cast.otto)
    with pytest.raises(Refused, match="geen zetel"):
        gives(cast, "wijkagent", cast.pieter, cast.jeugd)


def test_a_seat_that_has_ended_is_no_seat(cast: Cast) -> None:
    with as_(cast.beheer) as (by, _):
        end_seat(Seat.objects.get(user=cast.pieter, table=cast.overlast), by=by)
    with pytest.raises(Refused, match="geen zetel"):
        gives(cast, "wijkagent", cast.pieter)


@pytest.mark.parametrize("code", ["procesregisseur", "casusregisseur", "professional"])
def test_what_follows_from_the_case_is_not_noted(cast: Cast, code: str) -> None:
    with pytest.raises(Refused, match="volgt uit de casus zelf"):
        gives(cast, code, cast.pieter)


def test_who_decides_outside_is_not_noted(cast: Cast) -> None:
    with pytest.raises(Refused, match="beslist buiten Casustafel"):
        gives(cast, "rechter", cast.pieter)
    with pytest.raises(Refused, match="uit de lijst"):
        gives(cast, "koning", cast.pieter)


def test_nobody_is_noted_twice_and_nobody_ends_twice(cast: Cast) -> None:
    holder = gives(cast, "wijkagent", cast.pieter)
    with pytest.raises(Refused, match="beslist hier al voor de wijkagent"):
        gives(cast, "wijkagent", cast.pieter)
    ends(cast, holder)
    with pytest.raises(Refused, match="al niet meer"):
        ends(cast, holder)
    gives(cast, "wijkagent", cast.pieter)


def test_only_a_beheerder_says_who_decides(cast: Cast) -> None:
    for person in (cast.rosa, cast.pieter, cast.fatima):
        with pytest.raises(DatabaseError), transaction.atomic(), as_(person):
            Holder(table=cast.overlast, authority="burgemeester", user=cast.pieter).save(force_insert=True)
        with pytest.raises(DatabaseError), transaction.atomic(), as_(person), connection.cursor() as cursor:
            cursor.execute("SELECT escalation_settle(%s, %s)", [cast.overlast.pk, [cast.pieter.pk]])


# --- what waits follows -----------------------------------------------------------------------------------


def test_who_is_newly_noted_gets_what_waits_already_and_nothing_else_of_the_case(cast: Cast, case: Case) -> None:
    proposal = waits(cast, case)
    assert reads(cast.petra) == []
    gives(cast, "wijkagent", cast.petra)
    assert reads(cast.petra) == [proposal]
    with as_(cast.petra) as (by, _):
        held = Grant.objects.filter(user=cast.petra, content_object=case.dossier_id, revoked_at__isnull=True)
        assert [grant.given_for for grant in held] == [proposal.key]
        assert [line.pk for line in waiting(by)] == [proposal.pk]
    granted(proposal, cast.petra)


def test_who_is_noted_for_another_authority_gets_nothing(cast: Cast, case: Case) -> None:
    waits(cast, case)
    gives(cast, "burgemeester", cast.petra)
    assert reads(cast.petra) == []


def test_who_is_excluded_gets_nothing(cast: Cast, case: Case) -> None:
    waits(cast, case)
    with as_(cast.rosa) as (by, _):
        exclusions.exclude(case.dossier_id, cast.petra.pk, ExclusionReason.NEIGHBOUR, by=by)
    gives(cast, "wijkagent", cast.petra)
    assert reads(cast.petra) == []


def test_who_decides_no_more_reads_it_no_more_at_once(cast: Cast, case: Case) -> None:
    holder = gives(cast, "wijkagent", cast.petra)
    proposal = waits(cast, case)
    assert reads(cast.petra) == [proposal]
    ends(cast, holder)
    assert reads(cast.petra) == []


def test_who_holds_another_authority_of_the_proposal_keeps_it(cast: Cast, case: Case) -> None:
    agent, boa = gives(cast, "wijkagent", cast.petra), gives(cast, "wijkboa", cast.petra)
    proposal = waits(cast, case)
    ends(cast, agent)
    assert reads(cast.petra) == [proposal]
    ends(cast, boa)
    assert reads(cast.petra) == []


def test_with_the_last_seat_ends_the_authority_and_a_later_seat_does_not_bring_it_back(cast: Cast, case: Case) -> None:
    holder = gives(cast, "wijkagent", cast.petra)
    waits(cast, case)
    with as_(cast.beheer) as (by, _):
        end_seat(Seat.objects.get(user=cast.petra, table=cast.overlast), by=by)
    with as_(cast.beheer):
        holder.refresh_from_db()
    assert holder.ended_at is not None
    assert reads(cast.petra) == []


def test_a_colleague_who_decides_too_keeps_it(cast: Cast, case: Case) -> None:
    holder = gives(cast, "wijkagent", cast.petra)
    gives(cast, "wijkagent", cast.greet)
    proposal = waits(cast, case)
    ends(cast, holder)
    assert reads(cast.greet) == [proposal]


# --- mandates ---------------------------------------------------------------------------------------------


@pytest.fixture
def huiselijk(cast: Cast) -> CaseTable:
    return a_table(cast)


def test_a_mandate_that_no_rung_knows_is_refused(cast: Cast, huiselijk: CaseTable) -> None:
    with pytest.raises(Refused, match="Geen trede op de ladder van deze tafel kent een mandaat"):
        mandated(cast, huiselijk, mandate(to="wijkagent"))
    with pytest.raises(Refused, match="Geen trede"):
        mandated(cast, huiselijk, mandate("hulpofficier", "burgemeester"))


def test_where_the_law_lets_no_mandate_the_refusal_says_so(cast: Cast) -> None:
    with pytest.raises(Refused, match=r"Bij “Sluiting van de woning” kan mandaat niet \(Gemeentewet 177\(2\)\)"):
        mandated(cast, cast.overlast, mandate())


def test_a_mandate_has_days_that_can_be(cast: Cast, huiselijk: CaseTable) -> None:
    with pytest.raises(Refused, match="voor de eerste dag"):
        mandated(cast, huiselijk, mandate(until=TODAY - timedelta(days=1)))
    before = TODAY - timedelta(days=9)
    with pytest.raises(Refused, match="al voorbij"):
        mandated(cast, huiselijk, mandate(since=before, until=before))


def test_a_mandate_is_not_given_twice_for_the_same_days_nor_ended_twice(cast: Cast, huiselijk: CaseTable) -> None:
    one = mandated(cast, huiselijk, mandate(until=TODAY + timedelta(days=5)))
    with pytest.raises(Refused, match="staat er al"):
        mandated(cast, huiselijk, mandate(since=TODAY + timedelta(days=5)))
    mandated(cast, huiselijk, mandate(since=TODAY + timedelta(days=6)))
    with as_(cast.beheer) as (by, _):
        authorities.end_mandate(one, now=timezone.now(), by=by)
        with pytest.raises(Refused, match="al beëindigd"):
            authorities.end_mandate(one, now=timezone.now(), by=by)


def test_a_mandate_is_looked_at_again_on_its_first_day_and_after_its_last(cast: Cast, huiselijk: CaseTable) -> None:
    row = mandated(cast, huiselijk, mandate(since=TODAY + timedelta(days=2), until=TODAY + timedelta(days=4)))
    jobs = list(Job.objects.filter(kind=authorities.MANDATE_DAY, subject_id=row.pk).order_by("not_before"))
    days = [timezone.localdate(job.not_before) for job in jobs]
    assert days == [TODAY + timedelta(days=2), TODAY + timedelta(days=5)]


def test_without_a_mandate_the_hulpofficier_does_not_read_it_and_with_one_does(
    cast: Cast, huiselijk: CaseTable
) -> None:
    house_ban.gives(cast, huiselijk, "hulpofficier", cast.pieter)
    _, proposal = a_house_ban(cast, huiselijk)
    assert reads(cast.pieter) == []
    row = mandated(cast, huiselijk, mandate())
    assert reads(cast.pieter) == [proposal]
    with as_(cast.beheer) as (by, _):
        authorities.end_mandate(row, now=timezone.now(), by=by)
    assert reads(cast.pieter) == []


def test_who_has_a_mandate_gets_a_new_proposal_and_a_mandate_that_lapses_takes_it_back(
    cast: Cast, huiselijk: CaseTable
) -> None:
    house_ban.gives(cast, huiselijk, "hulpofficier", cast.pieter)
    row = mandated(cast, huiselijk, mandate(since=TODAY - timedelta(days=9)))
    _, proposal = a_house_ban(cast, huiselijk)
    assert reads(cast.pieter) == [proposal]
    with as_(cast.beheer):
        Mandate.objects.filter(pk=row.pk).update(until=TODAY - timedelta(days=1))
    with pytest.raises(RefusedStep, match="heeft hiervoor een mandaat van de burgemeester nodig"):
        granted(proposal, cast.pieter)
    later.mandate_day(Job(kind=authorities.MANDATE_DAY, subject_id=row.pk))
    assert reads(cast.pieter) == []


# --- the pages --------------------------------------------------------------------------------------------


def test_the_page_says_who_decides_and_the_links_lead_on(cast: Cast, login: Login) -> None:
    gives(cast, "burgemeester", cast.bram)
    browser = login(cast.beheer)
    page = browser.get(f"/beheer/tafels/{cast.overlast.pk}/bevoegdheden/").content.decode()
    assert "Bram Proef (Gemeente Proefstad, Veiligheid)" in page
    assert "beslist buiten Casustafel" in page
    assert "bevoegdheden" in browser.get(f"/beheer/tafels/{cast.overlast.pk}/").content.decode()


def test_the_beheerder_notes_and_ends_in_the_browser_and_a_second_click_is_told(cast: Cast, login: Login) -> None:
    browser, here = login(cast.beheer), f"/beheer/tafels/{cast.overlast.pk}/bevoegdheden/"
    new = f"{here}wijkagent/nieuw/"
    assert browser.post(new, {"user": ""}).status_code == 422
    assert browser.post(new, {"user": str(cast.otto.pk)}).status_code == 422
    assert browser.post(new, {"user": str(cast.petra.pk)}).status_code == 302
    again = browser.post(new, {"user": str(cast.petra.pk)})
    assert again.status_code == 409
    assert "beslist hier al voor de wijkagent" in again.content.decode()
    with as_(cast.beheer):
        holder = Holder.objects.get(user=cast.petra)
    assert browser.post(f"{here}{holder.pk}/").status_code == 302
    assert browser.post(f"{here}{holder.pk}/").status_code == 409
    assert "Dit is al beëindigd." in browser.get(f"{here}{holder.pk}/").content.decode()


def test_a_mandate_is_typed_and_what_was_typed_stays(cast: Cast, huiselijk: CaseTable, login: Login) -> None:
    browser, here = login(cast.beheer), f"/beheer/tafels/{huiselijk.pk}/bevoegdheden/"
    typed = {"pair": "burgemeester:hulpofficier", "document": "Mandaatbesluit", "since": "32-1-2026", "until": ""}
    wrong = browser.post(f"{here}mandaat/nieuw/", typed)
    assert (wrong.status_code, "Mandaatbesluit" in wrong.content.decode()) == (422, True)
    assert browser.post(f"{here}mandaat/nieuw/", typed | {"since": "1-1-2026"}).status_code == 302
    assert browser.post(f"{here}mandaat/nieuw/", typed | {"since": "1-1-2026"}).status_code == 409
    with as_(cast.beheer):
        row = Mandate.objects.get()
    assert browser.post(f"{here}mandaat/{row.pk}/").status_code == 302
    assert browser.post(f"{here}mandaat/{row.pk}/").status_code == 409


def test_the_holder_of_another_table_is_not_known_there(cast: Cast, login: Login) -> None:
    holder = gives(cast, "wijkagent", cast.petra)
    elsewhere = f"/beheer/tafels/{cast.jeugd.pk}/bevoegdheden/{holder.pk}/"
    assert login(cast.beheer).get(elsewhere).status_code == 404
    assert login(cast.beheer).get(f"/beheer/tafels/{cast.jeugd.pk}/bevoegdheden/koning/nieuw/").status_code == 404
    assert login(cast.rosa).get(elsewhere).status_code == 403


def test_the_log_says_what_the_beheerder_did(cast: Cast, log: Any) -> None:
    ends(cast, gives(cast, "wijkagent", cast.petra))
    events = [entry.event for entry in log.changes() if entry.event.startswith("authority")]
    assert events == ["authority.given", "authority.ended"]

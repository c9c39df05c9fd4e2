"""What a person hears of who looked: days, organisations and plain words, and no name of anybody."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.utils import timezone

from privacy import exclusions
from privacy.audit.events import EVENTS
from privacy.errors import Refused
from privacy.logbook import plain
from privacy.logbook.looked import LookedDay, looked_at
from privacy.models import ExclusionReason
from tests.conftest import Log
from tests.logbook.conftest import CHANGE, MONDAY, about, planted, words
from tests.world import Cast, a_case, a_signal, as_, invited

PERSON = "/privacy/logboek/betrokkene/"


def told(cast: Cast, *dossiers: UUID, since: datetime | None = None, by: str = "fatima") -> list[LookedDay]:
    with as_(cast.people[by]) as (actor, _):
        return looked_at(dossiers, since=since, until=timezone.now(), by=actor)


def test_lines_of_a_day_are_one_and_people_are_counted_once(cast: Cast) -> None:
    dossier = uuid4()
    for who, hour in ((cast.pieter, 9), (cast.pieter, 10), (cast.petra, 11)):
        planted(MONDAY.replace(hour=hour), who, **about(dossier))
    planted(MONDAY + timedelta(days=1), cast.wilma, event="export", ground="avg_6_1_e", **about(dossier))
    later, first = (day for day in told(cast, dossier) if day.day.year == MONDAY.year)
    assert (first.organisation, first.people, first.did) == (cast.politie.name, 2, ("lazen uw gegevens",))
    assert first.roles == ("medewerker",)
    assert (later.organisation, later.did) == (cast.corporatie.name, ("maakten een afdruk of bestand met uw gegevens",))
    assert any("6" in basis for basis in later.basis)


def test_what_was_said_at_the_table_counts_and_names_no_scribe(cast: Cast) -> None:
    dossier = uuid4()
    planted(who=cast.pieter, channel="table", purpose=f"aan tafel, genoteerd door {cast.rosa.name}", **about(dossier))
    (day,) = told(cast, dossier)
    assert day.did == (plain.AT_TABLE,)
    assert cast.rosa.name not in str(day)


def test_the_officers_own_look_and_what_was_refused_are_told(cast: Cast) -> None:
    dossier, thing = uuid4(), str(uuid4())
    planted(who=cast.rosa, object_pk=thing, **about(dossier))
    planted(who=cast.wilma, event="refused", outcome="refused", object_pk=thing)
    told(cast, dossier)
    days = told(cast, dossier)
    assert [day.did for day in days if day.organisation == cast.corporatie.name] == [(plain.REFUSED,)]
    assert plain.CHECKED in {said for day in days for said in day.did}


def test_the_police_are_told_of_for_four_years_and_others_always(cast: Cast) -> None:
    dossier = uuid4()
    long_ago = timezone.now() - timedelta(days=4 * 366 + 2)
    for at in (long_ago, timezone.now() - timedelta(days=4 * 365 - 2)):
        planted(at, cast.pieter, **about(dossier))
        planted(at, cast.wilma, **about(dossier))
    days = [(day.organisation, day.day.year) for day in told(cast, dossier) if day.organisation != cast.gemeente.name]
    assert [name for name, _ in days].count(cast.politie.name) == 1
    assert [name for name, _ in days].count(cast.corporatie.name) == 2


def test_a_beginning_leaves_out_what_was_before(cast: Cast) -> None:
    dossier = uuid4()
    planted(MONDAY, cast.pieter, **about(dossier))
    assert told(cast, dossier, since=MONDAY + timedelta(days=1)) == []


@pytest.mark.parametrize("name", ["rosa", "pieter", "beheer", "cor", "conny"])
def test_the_database_tells_nobody_who_may_not_ask(cast: Cast, name: str) -> None:
    """Nor the contact point, as long as no request of the person is known to the database."""
    planted(MONDAY, cast.pieter, **about(dossier := uuid4()))
    with pytest.raises(Refused):
        told(cast, dossier, by=name)


def test_an_officer_who_is_kept_away_does_not_ask(cast: Cast, log: Log) -> None:
    case = a_case(cast.rosa, a_signal(cast.wilma, cast.overlast))
    invited(case, cast.rosa, cast.pieter)
    keep_away(cast, case.dossier_id)
    with pytest.raises(Refused):
        told(cast, case.dossier_id)
    assert log.looks(event="log.looked", actor_id=cast.fatima.pk), "that it was tried is known"


def keep_away(cast: Cast, dossier: UUID) -> None:
    with as_(cast.faisal) as (by, _):
        exclusions.exclude(dossier, cast.fatima.pk, ExclusionReason.FAMILY, by=by)


def test_the_letter_is_plain_and_nameless_and_in_the_log(officer: Client, cast: Cast, log: Log) -> None:
    case = a_case(cast.rosa, a_signal(cast.wilma, cast.overlast))
    invited(case, cast.rosa, cast.pieter)
    reference = case.dossier.reference
    asked = {"nummers": f"{reference.lower()},\n2026-NIETS"}
    for address in (PERSON, f"{PERSON}afdruk/"):
        shown = words(officer.get(address, asked))
        letter = shown.partition("<article")[2].partition("</article>")[0]
        assert cast.gemeente.name in letter
        assert "Wij noemen geen namen" in letter
        for person in cast.people.values():
            assert person.name not in letter
        assert reference not in letter
    assert "Van deze nummers staat niets in het logboek: 2026-NIETS" in words(officer.get(PERSON, asked))
    entries = log.looks(event="log.looked")
    assert {entry.purpose for entry in entries} == {"verzoek van een betrokkene"}
    assert {tuple(entry.references) for entry in entries} == {(reference,)}


@pytest.mark.parametrize("wrong", ["", "2026-7K3QF; DROP", "x" * 31])
def test_what_is_no_number_is_said(officer: Client, wrong: str) -> None:
    answer = officer.get(PERSON, {"nummers": wrong})
    assert answer.status_code == 422
    assert officer.get(f"{PERSON}afdruk/", {"nummers": wrong}).status_code == 422


def test_every_event_has_plain_words() -> None:
    for event in EVENTS:
        said = plain.done(event, "web", "ok", urgent=False)
        assert said
        assert not any(word in said for word in ("log", "dossierrow", "grant", "keyring")), event


def test_a_code_that_says_a_person_nothing_is_left_out() -> None:
    assert plain.ground("balie") == ""
    assert plain.ground("zetel") == "deelname aan het overleg"


def test_a_purpose_that_is_not_ours_is_left_out() -> None:
    assert plain.purpose("aan tafel, genoteerd door Rosa Proef") == ""
    assert plain.purpose("deelnemen aan de casus") == "deelnemen aan de casus"


def test_what_the_system_did_is_said_as_such(cast: Cast) -> None:
    dossier = uuid4()
    planted(organisation_name="systeem", event="dossier.shielded", action=CHANGE, actor_roles="", **about(dossier))
    (day,) = told(cast, dossier)
    assert (day.organisation, day.did) == (plain.SYSTEM, ("schermden uw dossier af",))

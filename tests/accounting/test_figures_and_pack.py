"""What leaves the house for a report or an audit: counts only, to who may, in the log, and nothing of a person."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Callable

import pytest
from django.db import ProgrammingError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from casework.services import triage
from partners.accounting import evidence, yearly
from partners.accounting.judging import State
from partners.models import User
from tests.accounting.test_people import noted
from tests.world import Cast, a_case, a_signal, as_, canary, item

Login = Callable[[User], Client]
ACCOUNTABLE = ("fatima", "cor", "beheer")
OTHERS = ("rosa", "wilma", "carla", "bram", "conny", "iris")


def _refused(function: str) -> None:
    with connection.cursor() as cursor, pytest.raises(ProgrammingError), transaction.atomic():
        cursor.execute(f"SELECT * FROM {function}")


def test_the_database_counts_for_who_accounts_and_for_nobody_else(cast: Cast) -> None:
    functions = (
        "partners_upkeep_counted()",
        "partners_proofs_counted()",
        "partners_desks_counted('Europe/Amsterdam')",
        "partners_desks_of_year('Europe/Amsterdam')",
        "partners_yearly_counted('Europe/Amsterdam')",
    )
    for name in OTHERS:
        with as_(cast.people[name]):
            for function in functions:
                _refused(function)
    with as_(cast.beheer):
        _refused(functions[3])
        _refused(functions[4])
    for name in ACCOUNTABLE:
        with as_(cast.people[name]):
            evidence.requirements(timezone.now())


def test_a_role_that_was_taken_away_counts_no_more(cast: Cast) -> None:
    cast.cor.roles = []
    with as_(cast.beheer):
        cast.cor.save()
    with as_(cast.cor):
        _refused("partners_upkeep_counted()")


def test_a_year_is_counted_past_the_walls_and_small_numbers_stay_inside(cast: Cast) -> None:
    with as_(cast.fatima):
        before = yearly.counted()
    signals = [a_signal(cast.wilma, cast.overlast, item()) for _ in range(7)]
    a_case(cast.rosa, signals[0])
    with as_(cast.rosa) as (by, _):
        triage.reject(signals[1], "te_weinig", now=timezone.now(), by=by)
    year = timezone.localdate().year

    def added(measure: str) -> int:
        key = (year, cast.overlast.pk, measure)
        return after.get(key, 0) - before.get(key, 0)

    with as_(cast.cor):
        after = yearly.counted()
        shown = yearly.of_year(
            {(year, cast.overlast.pk, "signals"): 7, (year, cast.overlast.pk, "opened"): 1}, {}, year
        )
    assert [added(measure) for measure in yearly.MEASURES] == [7, 1, 1, 1, 0, 0]
    line = next(line for line in shown.lines if line.table == cast.overlast.name)
    assert line.numbers == (7, 0, 0, None, 0, 0)
    assert shown.lines[-1].table == yearly.TOGETHER
    assert shown.lines[-1].numbers == (7, 0, 0, None, 0, 0)
    assert shown.others == (("Verzoeken van betrokkenen", {}), ("Datalekken", {}))


@pytest.mark.parametrize("address", ["accounting-figures", "accounting-figures-csv"])
def test_officer_and_controller_read_the_figures_and_nobody_else(cast: Cast, login: Login, address: str) -> None:
    for name in ("fatima", "cor"):
        assert login(cast.people[name]).get(reverse(address)).status_code == 200
    for name in ("beheer", *OTHERS):
        assert login(cast.people[name]).get(reverse(address)).status_code == 403


def test_a_year_that_makes_no_sense_is_this_year(cast: Cast, login: Login) -> None:
    page = login(cast.fatima).get(reverse("accounting-figures"), {"jaar": "'; --"}).content.decode()
    assert f"Cijfers van {timezone.localdate().year}" in page


PAGES = ["accounting", "accounting-evidence", "accounting-pack", "accounting-dpia", "accounting-examinations"]


@pytest.mark.parametrize("address", PAGES)
def test_who_accounts_opens_the_pages_and_nobody_else(cast: Cast, login: Login, address: str) -> None:
    for name in ACCOUNTABLE:
        assert login(cast.people[name]).get(reverse(address)).status_code == 200, name
    for name in OTHERS:
        assert login(cast.people[name]).get(reverse(address)).status_code == 403, name


@pytest.mark.parametrize("address", [*PAGES, "accounting-figures", "accounting-figures-csv"])
def test_no_page_names_a_person_concerned_or_a_dossier(cast: Cast, login: Login, address: str) -> None:
    name = canary("betrokkene")
    case = a_case(cast.rosa, a_signal(cast.wilma, cast.overlast, item(canary("melding"))), short_name=name)
    answer = login(cast.fatima).get(reverse(address)).content
    for told in (name, "kanarie-", "Piet Voorbeeld", "Lindelaan", case.dossier.reference):
        assert told.encode() not in answer


def test_the_pack_holds_everything_with_digests_is_in_the_log_and_names_nobody(cast: Cast, login: Login, log) -> None:
    name = canary("betrokkene")
    case = a_case(cast.rosa, a_signal(cast.wilma, cast.overlast), short_name=name)
    content = login(cast.fatima).get(reverse("accounting-pack")).content
    with zipfile.ZipFile(io.BytesIO(content)) as pack:
        files = {one: pack.read(one) for one in pack.namelist()}
    assert {one.rpartition(".")[2] for one in files} == {"json", "csv", "html", "SHA256SUMS"}
    for line in files.pop("SHA256SUMS").decode().splitlines():
        digest, _, named = line.partition("  ")
        assert hashlib.sha256(files[named]).hexdigest() == digest
    for told in (name, "Piet Voorbeeld", "Lindelaan", case.dossier.reference, "Wilma Proef"):
        assert not any(told.encode() in one for one in files.values()), told
    assert len(json.loads(files["bewijs.json"])["requirements"]) > 15
    (entry,) = log.looks(event="account.file")
    assert entry.changes[0].endswith(f"sha256:{hashlib.sha256(content).hexdigest()}")


def test_the_beheerders_pack_has_no_figures(cast: Cast, login: Login) -> None:
    content = login(cast.beheer).get(reverse("accounting-pack")).content
    with zipfile.ZipFile(io.BytesIO(content)) as pack:
        assert "cijfers.csv" not in pack.namelist()


def test_people_are_counted_without_a_name(cast: Cast) -> None:
    with as_(cast.cor):
        before = {row.key: row.judged for row in evidence.requirements(timezone.now())}
    everybody = [name for name in cast.people if name not in ("otto", "beheer")]
    for name in everybody:
        noted(cast, name)
    with as_(cast.cor):
        after = {row.key: row.judged for row in evidence.requirements(timezone.now())}
    assert before["screening"].state == State.MISSING
    assert after["screening"].says == f"Gescreend: {len(everybody)} van {len(everybody) + 1} mensen (93%)."
    assert after["secrecy"].state == State.OK

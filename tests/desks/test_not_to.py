"""Whom a file is about learns of it nowhere, and why a dossier stays is known to who set that only. Plain SQL first."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from partners.models import User
from privacy import desks, grants
from privacy.audit import record
from privacy.audit.events import EVENTS
from privacy.breaches import register
from privacy.breaches.opening import BreachStart, open_file
from privacy.logbook.counting import _counted
from privacy.models import AuditEntry, Breach, Desk
from tests.logbook.conftest import BOOK, PURPOSE
from tests.rights.scene import a_home, collected
from tests.world import Cast, a_case, a_signal, as_

Login = Callable[[User], Client]
ENTRIES = "SELECT count(*) FROM privacy_auditentry WHERE dossiers @> ARRAY[%s::uuid]"


def rows(statement: str, *values: object) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())


def entries(dossier: UUID) -> object:
    ((many,),) = rows(ENTRIES, dossier)
    return many


@pytest.fixture
def breach(cast: Cast) -> Breach:
    """A file about Faisal, an officer himself."""
    now = timezone.now()
    with as_(cast.fatima) as (by, _):
        start = BreachStart("Een collega keek zonder reden.", now, "own", None, reader_id=cast.faisal.pk)
        return open_file(start, now=now, by=by)


def test_the_officer_whom_a_breach_is_about_reads_no_entry_of_it(cast: Cast, breach: Breach) -> None:
    with as_(cast.fatima):
        assert entries(breach.dossier_id)
    with as_(cast.faisal):
        assert not entries(breach.dossier_id)
        assert not rows("SELECT 1 FROM privacy_auditentry WHERE object_pk = %s", str(breach.pk))
        assert not rows(
            'SELECT 1 FROM privacy_auditentry WHERE "references" @> ARRAY[%s]::varchar[]', breach.dossier.reference
        )


def test_the_file_of_a_case_that_the_officer_may_know_stays_readable(cast: Cast, breach: Breach) -> None:
    case = a_case(cast.rosa, a_signal(cast.wilma, cast.overlast))
    with as_(cast.faisal):
        assert entries(case.dossier_id)


def test_a_list_that_names_the_file_beside_others_is_not_to_that_officer_either(cast: Cast, breach: Breach) -> None:
    with as_(cast.fatima) as (by, _):
        record.change("breach.measured", dossier=breach.dossier, obj=breach, by=by)
        register.still_open(timezone.now(), by=by)
    with as_(cast.faisal):
        assert not entries(breach.dossier_id)


@pytest.mark.parametrize("about", ["cor", "rachid"])
def test_a_controller_or_a_colleague_whom_it_is_about_reads_none_either(cast: Cast, about: str) -> None:
    now = timezone.now()
    with as_(cast.fatima) as (by, _):
        start = BreachStart("Een collega keek.", now, "own", None, reader_id=cast.people[about].pk)
        made = open_file(start, now=now, by=by)
    with as_(cast.people[about]):
        assert not entries(made.dossier_id)
    other = "cor" if about == "rachid" else "faisal"
    with as_(cast.people[other]):
        assert entries(made.dossier_id), "cor watches the officers, and faisal is one of the desk"


def test_who_is_asked_in_a_file_about_him_reads_nobody_elses_entries_of_it(cast: Cast) -> None:
    now = timezone.now()
    with as_(cast.fatima) as (by, _):
        made = desks.found(Desk.REVIEW, now=now, today=timezone.localdate(now), not_to=cast.rachid.pk, by=by)
        part = desks.add_part(made, cast.gemeente.pk, by=by)
        because = grants.Because("vraag", "proef:1")
        grants.give([part], to=[cast.rachid.pk], level="contribute", because=because, by=by)
    with as_(cast.rachid):
        assert rows("SELECT 1 FROM privacy_grant WHERE dossier_id = %s", made.pk)
        assert not entries(made.pk)


def test_no_page_export_or_figure_of_the_log_tells_of_it(cast: Cast, breach: Breach, login: Login) -> None:
    reference, told = breach.dossier.reference, EVENTS["breach.opened"].sentence
    for name, knows in (("fatima", True), ("faisal", False)):
        client = login(cast.people[name])
        client.post(PURPOSE, {"use": "lawful"})
        for address, asked in (("/privacy/logboek/", {"ref": reference}), (BOOK, {"nummer": reference}), (BOOK, {})):
            shown = client.get(address, asked).content.decode()
            assert (told in shown) is knows, (name, address)
        assert ("breach.opened" in taken(client)) is knows


def taken(client: Client) -> str:
    """The lines of the export."""
    answer = client.get("/privacy/logboek/uitvoer/", {"vorm": "csv"})
    with zipfile.ZipFile(io.BytesIO(b"".join(answer))) as archive:
        return archive.read("logboek.csv").decode()


def test_the_figures_of_that_officer_leave_it_out(cast: Cast, breach: Breach) -> None:
    counts = []
    for name in ("fatima", "faisal"):
        with as_(cast.people[name]):
            counts.append(_counted(AuditEntry.objects.filter(xact__isnull=False))["changes"].total())
    assert counts[0] - counts[1] == 3, "a dossier was founded, laid at the desk, and the file opened in it"


def test_what_somebody_is_kept_from_is_asked_once_however_long_the_log_is(cast: Cast, breach: Breach) -> None:
    with as_(cast.faisal):
        plan = "\n".join(str(row[0]) for row in rows("EXPLAIN (COSTS OFF) SELECT count(*) FROM privacy_auditentry"))
    assert "InitPlan 1" in plan
    assert "privacy_kept_away" not in plan


def test_a_beheerder_does_not_read_why_a_dossier_stays(cast: Cast) -> None:
    case = a_home(cast).case
    collected(cast)
    with as_(cast.beheer):
        assert not rows("SELECT because, source_id FROM privacy_block WHERE dossier_id = %s", case.dossier_id)
        assert not rows("SELECT 1 FROM privacy_block")
    for name in ("conny", "rosa", "fatima"):
        with as_(cast.people[name]):
            assert rows("SELECT because FROM privacy_block WHERE dossier_id = %s", case.dossier_id), name

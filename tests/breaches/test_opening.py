"""Opening the file of a breach: it lies at the desk, and who opened it or whom it is about reads nothing of it."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from casework.models import Case
from privacy.access import open_one, visible
from privacy.errors import NotKnown
from privacy.models import Breach, BreachDossier, Dossier, Job
from privacy.retention.terms import years_after
from tests.breaches.conftest import SUMMARY, ids, opened
from tests.world import Cast, as_


def read_by(cast: Cast, name: str) -> set[Any]:
    with as_(cast.people[name]) as (by, _):
        return ids(*visible(Breach, by=by))


def test_the_officers_read_it_and_who_reported_does_not(cast: Cast) -> None:
    breach = opened(cast.wilma, source="report")
    for name in ("fatima", "faisal"):
        with as_(cast.people[name]) as (by, _):
            assert open_one(Breach, breach.pk, event="breach.read", by=by).summary == SUMMARY
    for name in ("wilma", "rosa", "conny", "cor", "beheer"):
        assert not read_by(cast, name), name
        with as_(cast.people[name]) as (by, _), pytest.raises(NotKnown):
            open_one(Breach, breach.pk, event="breach.read", by=by)


def test_whom_it_is_about_never_reads_it_nor_gets_a_mail(cast: Cast) -> None:
    breach = opened(cast.fatima, source="look", reader_id=cast.faisal.pk)
    assert read_by(cast, "fatima") == {breach.pk}
    assert not read_by(cast, "faisal")
    told = set(Job.objects.filter(kind="notice.something_waits").values_list("subject_id", flat=True))
    assert cast.fatima.pk in told
    assert cast.faisal.pk not in told


def test_dossiers_are_named_as_the_log_knows_them(cast: Cast, case: Case) -> None:
    breach = opened(cast.fatima, source="look", dossiers=(case.dossier_id,))
    with as_(cast.fatima):
        assert [row.reference for row in BreachDossier.objects.filter(breach=breach)] == [case.dossier.reference]


def test_it_is_kept_five_years(cast: Cast) -> None:
    breach = opened(cast.fatima)
    with as_(cast.fatima):
        dossier = Dossier.objects.get(pk=breach.dossier_id)
        assert dossier.retain_until == years_after(dossier.first_processed_on, 5)


def test_opening_is_in_the_log_without_a_word_of_it(cast: Cast, log: Any) -> None:
    breach = opened(cast.wilma, source="report")
    (entry,) = log.changes(event="breach.opened")
    assert entry.references == [breach.dossier.reference]
    assert entry.changes == ["report"]


@pytest.mark.parametrize("bad", ["risk = 'risk', ap = 'no'", "risk = 'high', persons = 'no'", "closed_at = now()"])
def test_the_database_holds_what_the_law_forbids(cast: Cast, breach: Breach, bad: str) -> None:
    with as_(cast.fatima), pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE privacy_breach SET {bad}")  # noqa: S608

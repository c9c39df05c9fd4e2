"""Whatever a dossier of any kind can hold, it goes: files, plans, rungs, meetings, minutes, requests, emergencies."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import connections
from django.utils import timezone

from privacy.models import Block, DestructionList, Dossier, DossierRow, Extension, OpenReason
from privacy.retention import extension, lists, open_cases
from tests.commits import committed
from tests.prove.behind import partners_put_back
from tests.retention.scene import as_person, checked, due, jobs_done, stands
from tests.stage import fill
from tests.world import Cast

USING = "maintenance"


@pytest.fixture
def house(cast: Cast) -> Iterator[Cast]:
    """The whole stage, committed; the people and tables that it brings go again, for tests that count them."""
    with partners_put_back():
        committed(lambda: fill(cast))
        yield cast


def test_a_whole_house_goes_list_after_list_and_nothing_is_left_of_it(house: Cast) -> None:
    cast = house
    every = list(Dossier.objects.using(USING).values_list("pk", flat=True))
    due(*every)
    # What a person asked for keeps its dossiers; here that is over.
    Block.objects.using(USING).filter(ended_at__isnull=True).update(ended_at=timezone.now(), ended_by=cast.conny.pk)
    # So does a request to keep one longer, until it is taken back.
    for row in Extension.objects.using(USING).filter(outcome=""):
        as_person(cast, "rosa", lambda by, row=row: extension.withdraw(row, by=by))
    # A list that waits on this stage for its second person holds what is on it: stopped, it lets go.
    for waiting in DestructionList.objects.using(USING).filter(checked_at__isnull=True, stopped_at__isnull=True):
        as_person(cast, "fatima", lambda by, made=waiting: lists.stop(made, by=by))
    # Nobody closed some of its cases: an officer says that they may go.
    for case in as_person(cast, "fatima", lambda by: open_cases.still_open(by=by)):
        as_person(cast, "fatima", lambda by, pk=case.pk: open_cases.let_go(pk, OpenReason.LEFT, by=by))
    # A case goes after the household whose plan runs in it: on the list after.
    for _ in range(2):
        checked(cast)
        jobs_done()
    assert [str(Dossier.objects.using(USING).get(pk=one).kind) for one in every if stands(one)] == []
    inside = [model for model in apps.get_models() if issubclass(model, DossierRow)]
    left = {m._meta.label: n for m in inside if (n := m._base_manager.using(USING).exclude(dossier__kind="x").count())}
    assert left == {}
    with connections[USING].cursor() as cursor:
        for table in ("casework_knownmark", "casework_sameness", "privacy_grant", "privacy_exclusion"):
            cursor.execute(f"SELECT count(*) FROM {table}")
            assert cursor.fetchone() == (0,), table

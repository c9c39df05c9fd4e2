"""Files at a desk are read by everybody with the role of the desk, and by nobody without it."""

from __future__ import annotations

import pytest
from django.db import ProgrammingError, connection, transaction
from django.utils import timezone

from privacy import desks, dossiers, grants
from privacy.models import Compartment, CompartmentKind, Desk, DeskFile, Dossier
from tests.world import Cast, as_

PARTS = {"cover", "table", "regie"}


def founded(cast: Cast, desk: Desk = Desk.BREACH, by: str = "wilma", not_to: str = "") -> Dossier:
    now = timezone.now()
    about = cast.people[not_to].pk if not_to else None
    with as_(cast.people[by]) as (actor, _):
        return desks.found(desk, now=now, today=timezone.localdate(now), not_to=about, by=actor)


def parts_read(cast: Cast, name: str, dossier: Dossier) -> set[str]:
    with as_(cast.people[name]) as (by, _):
        return set(grants.valid(by).filter(content_object=dossier).values_list("part", flat=True))


def test_who_reports_leaves_the_file_with_the_desk_and_reads_it_no_more(cast: Cast) -> None:
    dossier = founded(cast)
    assert parts_read(cast, "fatima", dossier) == parts_read(cast, "faisal", dossier) == PARTS
    for name in ("wilma", "rosa", "conny", "cor", "beheer"):
        assert not parts_read(cast, name, dossier), name
        with as_(cast.people[name]) as (by, _):
            assert not DeskFile.objects.filter(dossier=dossier).exists()
            desks.take_up(Desk.BREACH, by=by)
        assert not parts_read(cast, name, dossier), name


@pytest.mark.parametrize(("desk", "reads"), [(Desk.RIGHTS, "conny"), (Desk.OFFICERS, "cor"), (Desk.REVIEW, "fatima")])
def test_each_desk_has_its_own_people(cast: Cast, desk: Desk, reads: str) -> None:
    dossier = founded(cast, desk)
    readers = {name for name in cast.people if parts_read(cast, name, dossier)}
    assert readers == ({"fatima", "faisal"} if reads == "fatima" else {reads})


def test_whom_a_file_is_about_never_reads_it_as_one_of_the_desk(cast: Cast) -> None:
    dossier = founded(cast, Desk.REVIEW, not_to="faisal")
    with as_(cast.faisal) as (by, _):
        desks.take_up(Desk.REVIEW, by=by)
    assert not parts_read(cast, "faisal", dossier)
    assert parts_read(cast, "fatima", dossier) == PARTS


def test_a_newcomer_takes_up_what_lies_there_once(cast: Cast) -> None:
    dossier = founded(cast, Desk.RIGHTS)
    cast.wout.roles = ["contact_point"]
    with as_(cast.beheer):
        cast.wout.save()
    for _ in range(2):
        with as_(cast.wout) as (by, _ring):
            desks.take_up(Desk.RIGHTS, by=by)
    assert parts_read(cast, "wout", dossier) == PARTS


def test_with_the_role_the_access_ends_in_the_same_act(cast: Cast) -> None:
    dossier = founded(cast, Desk.RIGHTS)
    cast.conny.roles = []
    with as_(cast.beheer):
        cast.conny.save()
    assert not parts_read(cast, "conny", dossier)


def test_nobody_lays_a_file_of_another_or_of_earlier_at_a_desk(cast: Cast) -> None:
    dossier = founded(cast)
    with as_(cast.pieter), connection.cursor() as cursor:
        with pytest.raises(ProgrammingError), transaction.atomic():
            cursor.execute("SELECT privacy_lay_at_desk(%s, 'rights', NULL)", [dossier.pk])


def test_what_is_asked_of_one_person_stands_in_a_part_that_the_desk_reads_too(cast: Cast) -> None:
    dossier = founded(cast)
    with as_(cast.fatima) as (by, _):
        part = desks.add_part(dossier, cast.politie.pk, by=by)
        grants.give([part], to=[cast.pieter.pk], level="contribute", because=grants.Because("vraag", "proef:1"), by=by)
    assert parts_read(cast, "pieter", dossier) == {"item"}
    assert parts_read(cast, "faisal", dossier) == PARTS | {"item"}


def test_who_is_not_of_the_desk_adds_no_part(cast: Cast) -> None:
    dossier = founded(cast)
    with as_(cast.pieter) as (by, _), pytest.raises(ProgrammingError), transaction.atomic():
        desks.add_part(dossier, cast.politie.pk, by=by)
    assert not Compartment.objects.using("maintenance").filter(dossier=dossier, kind=CompartmentKind.ITEM).exists()
    assert dossiers.compartment_id(dossier, CompartmentKind.COVER)

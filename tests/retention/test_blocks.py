"""An open request, an objection or a hold keeps a dossier; each is set and lifted by whom it belongs to."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import ProgrammingError, transaction

from casework.models import Case
from privacy.models import Block
from privacy.retention import holds
from tests.conftest import Log
from tests.rights.scene import kept_for, refused
from tests.world import Cast, a_case, a_signal, as_, item


def bundled(cast: Cast) -> Case:
    return a_case(cast.rosa, a_signal(cast.pieter, cast.overlast, item("het lawaai duurt voort")))


def standing(dossier_id: object) -> list[str]:
    found = Block.objects.filter(dossier_id=dossier_id, ended_at__isnull=True)
    return sorted(found.values_list("because", flat=True))


def test_the_contact_point_blocks_what_it_does_not_read(cast: Cast, log: Log) -> None:
    case = bundled(cast)
    request = kept_for(cast, case)
    with as_(cast.conny) as (by, _):
        holds.block([case.dossier_id], because="request", source_id=request.pk, by=by)
        assert standing(case.dossier_id) == ["request"]
    refused(cast, request)
    with as_(cast.conny):
        assert standing(case.dossier_id) == []
    about = log.changes(event__startswith="retention.", dossiers__contains=[case.dossier_id])
    assert [entry.event for entry in about] == [
        "retention.blocked",
        "retention.unblocked",
    ]


@pytest.mark.parametrize(
    ("who", "because"),
    [("rosa", "request"), ("pieter", "objection"), ("fatima", "request"), ("conny", "objection"), ("fatima", "hold")],
)
def test_nobody_else_blocks(cast: Cast, who: str, because: str) -> None:
    case = bundled(cast)
    with as_(cast.people[who]) as (by, _), pytest.raises(ProgrammingError), transaction.atomic():
        holds.block([case.dossier_id], because=because, source_id=uuid4(), by=by)  # type: ignore[arg-type]


def test_an_objection_is_taken_back_by_who_made_it_and_lifted_by_an_officer_only(cast: Cast) -> None:
    case = bundled(cast)
    for lifts, allowed in (("pieter", False), ("conny", False), ("rosa", True), ("fatima", True)):
        source = uuid4()
        with as_(cast.rosa) as (by, _):
            holds.block([case.dossier_id], because="objection", source_id=source, by=by)
        with as_(cast.people[lifts]) as (by, _):
            if allowed:
                holds.unblock(source, by=by)
            else:
                with pytest.raises(ProgrammingError), transaction.atomic():
                    holds.unblock(source, by=by)
        with as_(cast.rosa):
            assert (standing(case.dossier_id) == []) is allowed
        with as_(cast.fatima) as (by, _):
            holds.unblock(source, by=by)

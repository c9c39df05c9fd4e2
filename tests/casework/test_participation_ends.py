"""Taking part ends: by the regisseur, by its date, with the seat. Then nothing of the case is left, in any table."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from casework.models import Audience, Case, Contribution, Participation
from casework.queries.search import search
from casework.services import participants
from privacy.access import visible
from privacy.unlock import unlock
from tests.walls.helpers import dossier_models
from tests.world import GROUND, Cast, a_case, a_signal, as_, contributed, invited


def rows_of(case: Case, person: str, cast: Cast) -> list[str]:
    """Tables in which this person finds anything of the case."""
    with as_(cast.people[person]) as (by, _):
        return [
            model.__name__
            for model in dossier_models()
            if visible(model, by=by).filter(dossier=case.dossier_id).exists()
        ]


@pytest.fixture
def case(cast: Cast) -> Case:
    """Wilma and Wout of one organisation take part, and Pieter; each has something of the others."""
    found = a_case(cast.rosa, a_signal(cast.greet, cast.overlast))
    invited(found, cast.rosa, cast.wilma, cast.wout, cast.pieter)
    contributed(found, cast.wilma, "Wilma deelt met iedereen.")
    contributed(found, cast.pieter, "Pieter deelt met iedereen.")
    contributed(found, cast.wilma, "Alleen van ons.", audience=Audience.OWN)
    return found


def end(case: Case, person: str, cast: Cast) -> None:
    with as_(cast.rosa) as (by, _):
        unlock([case.dossier_id], by=by)
        participation = Participation.objects.get(case=case, user=cast.people[person])
        participants.end_participation(participation, now=timezone.now(), by=by)


def test_whose_participation_was_ended_reads_nothing_more_not_even_what_a_colleague_shared(
    case: Case, cast: Cast
) -> None:
    assert "Contribution" in rows_of(case, "wout", cast)
    end(case, "wout", cast)
    assert rows_of(case, "wout", cast) == []
    assert "Contribution" in rows_of(case, "wilma", cast)


def test_a_participation_with_a_last_day_takes_everything_with_it_on_that_day(cast: Cast) -> None:
    case = a_case(cast.rosa, a_signal(cast.greet, cast.overlast))
    invited(case, cast.rosa, cast.wilma)
    now = timezone.now()
    with as_(cast.rosa) as (by, _):
        unlock([case.dossier_id], by=by)
        until = now + timedelta(days=20)
        participants.invite(case, cast.pieter, ground=GROUND, until=until, now=now, by=by)
    contributed(case, cast.wilma, "Later gedeeld met iedereen.")
    with as_(cast.pieter) as (by, _):
        assert visible(Contribution, by=by).filter(case=case).exists()
    with time_machine.travel(now + timedelta(days=21), tick=False):
        assert rows_of(case, "pieter", cast) == []
        with as_(cast.pieter) as (by, _):
            assert search("gedeeld", by=by) == []


def test_what_is_shared_later_does_not_reach_who_left(case: Case, cast: Cast) -> None:
    end(case, "pieter", cast)
    contributed(case, cast.wilma, "Na het vertrek van Pieter.")
    assert rows_of(case, "pieter", cast) == []

"""What the tests of exclusion share: browsers, a case with its signal, and short ways to keep somebody away."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpResponse
from django.utils import timezone

from casework.models import Case, Signal
from casework.services import cases, exclusions
from partners.models import User
from privacy.models import Exclusion, ExclusionReason, Job
from privacy.unlock import unlock
from tests.casework.conftest import Browser, Login, words
from tests.world import CRITERIA, Cast, a_case, a_signal, as_, invited


@pytest.fixture
def browser(login: Login) -> Callable[[User], Browser]:
    """The browser of this person."""
    return lambda user: Browser(login(user))


@pytest.fixture
def signal(cast: Cast) -> Signal:
    """A signal that Wilma handed in."""
    return a_signal(cast.wilma, cast.overlast)


@pytest.fixture
def case(cast: Cast, signal: Signal) -> Case:
    """A case on Wilma's signal, in which Pieter and Wilma take part."""
    found = a_case(cast.rosa, signal)
    invited(found, cast.rosa, cast.pieter, cast.wilma)
    return found


def main(response: HttpResponse) -> str:
    """What stands on a page, without the tokens that differ each time."""
    return words(response).partition("<main")[2].partition("</main")[0]


def keep_away(row: Case | Signal, person: User, by: User) -> None:
    with as_(by) as (actor, _):
        exclusions.exclude(row.dossier_id, person, ExclusionReason.NEIGHBOUR, by=actor)


def report_tie(row: Case | Signal, person: User) -> None:
    with as_(person) as (actor, _):
        exclusions.report_own_tie(row.dossier_id, ExclusionReason.FAMILY, by=actor)


def lift(row: Case | Signal, person: User, by: User) -> None:
    with as_(by) as (actor, _):
        exclusions.lift(Exclusion.objects.get(dossier=row.dossier_id, user=person, ended_at=None), by=actor)


def bundle(case: Case, signal: Signal, by: User) -> None:
    with as_(by) as (actor, _):
        unlock([case.dossier_id, signal.dossier_id], by=actor)
        cases.add_signal(case, signal, CRITERIA, now=timezone.now(), by=actor)


def kept_away(row: Case | Signal) -> set[Any]:
    """Who is kept away from this dossier, as no policy hides."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT p.id FROM partners_user p WHERE p.id NOT IN (SELECT privacy_reachable(%s, "
            "ARRAY(SELECT id FROM partners_user)))",
            [row.dossier_id],
        )
        return {one[0] for one in cursor.fetchall()}


def mailed(person: User) -> bool:
    """Whether a mail to this person waits."""
    return Job.objects.filter(kind="notice.something_waits", subject_id=person.pk).exists()


def no_mail_yet() -> None:
    Job.objects.filter(kind="notice.something_waits").delete()

"""Two cases of one table with the same woman in both, and short ways to say so."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from casework.models import Case, CaseSubject, Sameness, SubjectKind
from casework.queries.sameness import side_by_side
from casework.services import cases, same
from casework.values import CaseSubjectInput
from partners.models import CaseTable, Seat, SecrecyStatement, User
from privacy.roles import Role
from privacy.unlock import unlock
from tests.casework.conftest import Browser, Browsers
from tests.world import Cast, a_case, a_signal, as_

BORN = date(1981, 3, 12)


@pytest.fixture
def browser(login: Callable[[User], Client]) -> Browsers:
    """The browser of this person."""
    return lambda user: Browser(login(user))


def person_in(case: Case, regisseur: User, name: str, **more: object) -> CaseSubject:
    """Somebody put in a case."""
    given = CaseSubjectInput(SubjectKind.PERSON, name, **{"birth_date": BORN, **more})
    with as_(regisseur) as (by, _):
        unlock([case.dossier_id], by=by)
        return cases.add_subject(case, given, by=by)


def seated(person: User, table: CaseTable) -> None:
    """This person directs that table too, from now on."""
    begun = timezone.now() - timedelta(days=1)
    Seat.objects.create(table=table, user=person, role=Role.PROCESREGISSEUR, valid_from=begun)
    SecrecyStatement.objects.create(table=table, user=person, profile_version="proef")


@dataclass
class Scene:
    """Anja in two cases, under two names."""

    one: Case
    other: Case
    anja: CaseSubject
    bakker: CaseSubject


@pytest.fixture
def scene(cast: Cast) -> Scene:
    return set_up(cast)


def set_up(cast: Cast) -> Scene:
    """Both cases at the table of Rosa and Rachid; nobody takes part yet."""
    one = a_case(cast.rosa, a_signal(cast.wilma, cast.overlast))
    other = a_case(cast.rosa, a_signal(cast.pieter, cast.overlast), short_name="Pand Plein 2")
    anja = person_in(one, cast.rosa, "Anja de Vries-Bakker", address="Lindelaan 14, 7899 AB")
    return Scene(one, other, anja, person_in(other, cast.rosa, "Anja Bakker", address="Plein 2, 7811 AA"))


def said(left: CaseSubject, right: CaseSubject, person: User, *, different: bool = False) -> Sameness:
    """This person says that two are the same, or not."""
    with as_(person) as (by, _):
        pair = side_by_side(("casus", left.pk), ("casus", right.pk), by=by)
        return (same.say_different if different else same.say_same)(pair, now=timezone.now(), by=by)

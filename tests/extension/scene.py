"""A case near its end, with data of two partners, and requests to keep it longer."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from casework.models import Case
from casework.queries.extension import directed_case
from casework.services import cases, extending
from casework.theming import theme_version
from partners.models import User
from privacy.access import open_one
from privacy.models import Dossier, Extension
from privacy.unlock import unlock
from tests.retention.scene import a_case_going
from tests.world import Cast, as_, contributed, invited

REASON = "Kanarie Verlenggraag: de overlast kwam in oktober terug."


def in_days(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)


def a_case_near_its_end(cast: Cast, days: int = 10) -> Case:
    """On a signal of Pieter (police), with a contribution of Wilma (corporation); both take part."""
    case = a_case_going(cast, in_days(days))
    invited(case, cast.rosa, cast.wilma, cast.pieter)
    contributed(case, cast.wilma, "De huur is betaald.")
    return case


def closed(cast: Cast, case: Case) -> None:
    with as_(cast.rosa) as (by, _):
        unlock([case.dossier_id], by=by)
        outcome = theme_version(case.theme, case.theme_version).close_outcomes[0].code
        cases.close(open_one(Case, case.pk, by=by), outcome, "Klaar.", now=timezone.now(), by=by)


def asked(cast: Cast, case: Case, ground: str = "a", who: str = "rosa") -> Extension:
    with as_(cast.people[who]) as (by, _):
        return extending.ask(directed_case(case.dossier_id, by=by), ground, REASON, now=timezone.now(), by=by)


def answered(row: Extension, person: User, agreed: bool = True) -> None:
    with as_(person) as (by, _):
        extending.answer(row, agreed, by=by)


def all_agree(cast: Cast, row: Extension) -> None:
    for person in (cast.wilma, cast.pieter):
        answered(row, person)


def by_hand(person: User, statement: str, **given: Any) -> Any:
    """Plain SQL as the application, with this person as its true actor."""
    with as_(person), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, given)
        return cursor.fetchone()[0] if cursor.description else None


def ends(cast: Cast, case: Case) -> date | None:
    with as_(cast.rosa):
        return Dossier.objects.get(pk=case.dossier_id).retain_until

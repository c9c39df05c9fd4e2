"""Asking to keep a case longer, within what the profile of its table allows, and who hears of what."""

from __future__ import annotations

from datetime import datetime

from casework.models import Case
from partners.models import CaseTable
from partners.notices import tell
from partners.profile_files import Extension as Rule
from partners.profile_files import ExtensionGround
from partners.profiling import profile_of
from privacy.access import require
from privacy.actor import Actor
from privacy.models import Extension
from privacy.retention import extension

NOT_HERE = "Het juridisch profiel van deze tafel kent geen verlenging van de bewaartermijn."


def rule_of(table: CaseTable) -> Rule | None:
    """What the profile says of extending; None when it extends no term."""
    return profile_of(table).extension


def grounds_of(case: Case) -> list[ExtensionGround]:
    """The grounds of the profile that count for the theme of this case."""
    rule = rule_of(case.table)
    return [one for one in rule.grounds if rule.ground(one.code, case.theme)] if rule else []


def ask(case: Case, ground: str, reason: str, *, now: datetime, by: Actor) -> Extension:
    """Asks every source of the case to consent to a longer term; raises Refused."""
    rule = rule_of(case.table)
    require(rule is not None, NOT_HERE)
    assert rule is not None
    require(rule.ground(ground, case.theme) is not None, "Kies een grond die voor dit thema geldt.")
    made = extension.ask(case.dossier, ground, rule.years, reason, now=now, by=by)
    people = {person for persons in extension.whom(case.dossier_id).values() for person in persons}
    tell(people - {by.user_id}, about=case.dossier_id)
    return made


def answer(asked: Extension, agreed: bool, *, by: Actor) -> None:
    """Answers for one's own organisation; who asked hears that there is an answer."""
    extension.answer(asked, agreed, by=by)
    tell({asked.asked_by} - {by.user_id}, about=asked.dossier_id)

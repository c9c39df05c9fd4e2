"""Changing a rule: one proposes, another agrees, and only then it counts. The database holds that they are two."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from privacy.access import require
from privacy.actor import Actor
from privacy.audit import record
from privacy.errors import NotKnown, Refused
from privacy.models import AuditEntry, ReviewRule
from privacy.review.ruling import Rule

OWN = "Een ander moet instemmen met wat u voorstelde: een andere privacy officer of de controleur."
GONE = "Over dit voorstel is intussen beslist. Open de pagina opnieuw."
WAITS = "Voor deze regel ligt al een voorstel. Laat dat eerst vervallen, of stem ermee in."
SAME = "Dit verandert niets. Wijzig een getal, of zet de regel aan of uit."


def proposals() -> dict[str, ReviewRule]:
    """What was proposed and waits for a second person, by the code of the rule."""
    return {one.code: one for one in ReviewRule.objects.filter(agreed_at__isnull=True, dropped_at__isnull=True)}


def proposal(pk: UUID) -> ReviewRule:
    """One proposal; raises NotKnown."""
    found = ReviewRule.objects.filter(pk=pk).first()
    if found is None:
        raise NotKnown
    return found


def propose(rule: Rule, numbers: Mapping[str, int], *, active: bool, now: datetime, by: Actor) -> ReviewRule:
    """Proposes other numbers for a rule, or to turn it on or off."""
    require(rule.with_values(numbers, on=active) != rule, SAME)
    made = ReviewRule(
        code=rule.code, active=active, numbers=dict(numbers), proposed_by=by.user_id, proposed_name=by.name,
        proposed_at=now,
    )  # fmt: skip
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError as error:
        raise Refused(WAITS) from error
    changed = [name for name, value in numbers.items() if value != rule.values[name]]
    record.change(
        "review.rule_proposed", obj=made, fields=[rule.code, *changed], action=AuditEntry.Action.CREATE, by=by
    )
    return made


def agree(given: ReviewRule, *, now: datetime, by: Actor) -> None:
    """A second person agrees: from now on it counts."""
    require(given.proposed_by != by.user_id, OWN)
    _end(given, "review.rule_agreed", agreed_by=by.user_id, agreed_at=now, by=by)


def drop(given: ReviewRule, *, now: datetime, by: Actor) -> None:
    """Whoever proposed takes it back, or another says no."""
    _end(given, "review.rule_dropped", dropped_by=by.user_id, dropped_at=now, by=by)


def _end(given: ReviewRule, event: str, *, by: Actor, **values: UUID | datetime) -> None:
    waits = ReviewRule.objects.filter(pk=given.pk, agreed_at__isnull=True, dropped_at__isnull=True)
    require(bool(waits.update(**values)), GONE)
    record.change(event, obj=given, fields=[given.code], by=by)

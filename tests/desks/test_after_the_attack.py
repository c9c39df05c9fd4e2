"""What a blind attacker found at the desks: with plain SQL as the application, and the actor told truly."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.utils import timezone

from privacy.breaches.opening import BreachStart, open_file
from privacy.models import ReviewRule
from privacy.sheets import harmless
from tests.world import Cast, a_case, a_signal, as_


def refused(statement: str, *values: object) -> None:
    with pytest.raises((ProgrammingError, IntegrityError)), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_a_regisseur_does_not_turn_a_case_into_a_file_that_the_desk_reads(cast: Cast) -> None:
    case = a_case(cast.rosa, a_signal(cast.wilma, cast.overlast))
    with as_(cast.rosa):
        refused("UPDATE privacy_dossier SET kind = 'request' WHERE id = %s", case.dossier_id)
        refused("UPDATE privacy_dossier SET created_by = %s WHERE id = %s", cast.rosa.pk, case.dossier_id)
        refused("UPDATE privacy_dossier SET founded_in = pg_current_xact_id() WHERE id = %s", case.dossier_id)
        refused("UPDATE privacy_dossier SET destroyed_at = now() WHERE id = %s", case.dossier_id)
        refused("SELECT privacy_lay_at_desk(%s, 'review', NULL)", case.dossier_id)


def test_a_breach_stands_as_it_was_noted_and_nobody_takes_it_away(cast: Cast) -> None:
    now = timezone.now()
    with as_(cast.fatima) as (by, _):
        breach = open_file(BreachStart("Een look.", now, "own", None, reader_id=cast.pieter.pk), now=now, by=by)
    with as_(cast.faisal):
        refused("DELETE FROM privacy_deskfile WHERE dossier_id = %s", breach.dossier_id)
        refused("DELETE FROM privacy_breach WHERE id = %s", breach.pk)
        later = now + timedelta(days=9)
        refused("UPDATE privacy_breach SET discovered_at = %s WHERE id = %s", later, breach.pk)
        refused("UPDATE privacy_breach SET reader_id = %s WHERE id = %s", cast.wilma.pk, breach.pk)


def test_a_rule_is_not_changed_by_one_officer_who_names_another(cast: Cast) -> None:
    with as_(cast.fatima):
        rule = ReviewRule(code="R7", active=False, proposed_by=cast.fatima.pk, proposed_name="Fatima")
        rule.save(force_insert=True)
        both = "UPDATE privacy_reviewrule SET dropped_by = %s, agreed_by = %s, agreed_at = now() WHERE id = %s"
        refused(both, cast.fatima.pk, cast.faisal.pk, rule.pk)
        refused("UPDATE privacy_reviewrule SET agreed_by = %s, agreed_at = now() WHERE id = %s", uuid4(), rule.pk)


@pytest.mark.parametrize("cell", ["\n=1+1", " =1+1", "\u00a0=1", "\ufeff=1", "\u200b=1"])
def test_what_is_not_seen_before_a_formula_does_not_let_it_run(cell: str) -> None:
    assert harmless(cell).startswith("'")

"""The trigger's rows against the log: what one knows and the other does not is a difference."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection as django_connection

from privacy.audit import comparing, watching
from tests.prove.behind import really_committing
from tests.sealing.conftest import START, Connection, Vault, a_vault, add, an_entry
from tests.stage import fill
from tests.world import Cast


def trace(connection: Connection, xact: int, seconds: int = 0) -> None:
    connection.execute(
        "INSERT INTO privacy_rowchange (at, table_name, row_id, operation, xact, database_role) "
        "VALUES (%s, 'casework_signal', gen_random_uuid(), 'UPDATE', %s, 'casustafel_app')",
        [START + timedelta(seconds=seconds), xact],
    )


@pytest.fixture(scope="module")
def two() -> Vault:
    return a_vault("compare")


def test_what_belongs_together_is_no_difference(two: Vault) -> None:
    with two.spoiling() as connection:
        add(connection, an_entry(1, xact=7, object_type="casework.signal"), an_entry(2, xact=None))
        trace(connection, 7)
        trace(connection, 7)
        found = comparing.compare(connection, None)
    assert (found.transactions, found.wrong, found.sentences) == (1, 0, [])


def test_a_change_without_an_entry_is_a_difference(two: Vault) -> None:
    with two.spoiling() as connection:
        trace(connection, 8)
        found = comparing.compare(connection, None)
    assert found.wrong == 1
    assert "zonder regel in het logboek (transactie 8)" in found.sentences[0]


@pytest.mark.parametrize("values", [{"object_type": "casework.signal"}, {"event": "dossier.founded"}])
def test_an_entry_of_a_change_that_changed_nothing_is_a_difference(two: Vault, values: dict[str, str]) -> None:
    with two.spoiling() as connection:
        add(connection, an_entry(1, xact=9, **values))
        found = comparing.compare(connection, None)
    assert found.wrong == 1
    assert "transactie 9" in found.sentences[0]


def test_an_entry_about_something_outside_dossiers_needs_no_trace(two: Vault) -> None:
    with two.spoiling() as connection:
        add(connection, an_entry(1, xact=10, object_type="partners.seat", event="seat.given"))
        assert comparing.compare(connection, None).wrong == 0


def test_only_what_is_new_since_the_last_comparison_is_looked_at(two: Vault) -> None:
    with two.spoiling() as connection:
        trace(connection, 11)
        assert comparing.compare(connection, START + timedelta(hours=1)).wrong == 1, "may have been committed late"
        assert comparing.compare(connection, START + timedelta(days=2)).wrong == 0


def test_a_number_that_comes_back_after_a_restore_does_not_answer_for_a_new_transaction(two: Vault) -> None:
    with two.spoiling() as connection:
        add(connection, an_entry(-400 * 86_400, xact=12, object_type="casework.signal"))
        trace(connection, 12)
        assert comparing.compare(connection, START).wrong == 1


def test_what_the_people_of_the_house_do_compares_without_a_difference(cast: Cast) -> None:
    """Everything on the stage, done anew; what other tests did past every service on purpose is not looked at."""
    newest = number_of_this_transaction()
    with really_committing():  # the stage has a table of its own, which goes again
        fill(cast)
    with watching.watching("test") as connection:
        found = comparing.compare(connection, None)
    assert found.transactions > 50
    assert not [said for said in found.sentences if number_in(said) > newest]


def number_of_this_transaction() -> int:
    with django_connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id()::text::bigint")
        return int(cursor.fetchone()[0])


def number_in(sentence: str) -> int:
    found = re.search(r"transactie (\d+)", sentence)
    assert found, sentence
    return int(found[1])

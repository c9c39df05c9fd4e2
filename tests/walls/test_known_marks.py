"""The marks by which somebody is found to be known: no wall lets anybody at them but through the question."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from casework import known
from casework.models import KnownMark, Signal
from casework.queries import known as queries
from tests.walls.helpers import row_level_security_off
from tests.world import Cast, a_signal, as_


@pytest.fixture
def signal(cast: Cast) -> Signal:
    return a_signal(cast.pieter, cast.overlast)


def test_the_application_reads_counts_and_writes_no_mark(cast: Cast, signal: Signal) -> None:
    for statement in (
        "SELECT * FROM casework_knownmark",
        "SELECT count(*) FROM casework_knownmark",
        "INSERT INTO casework_knownmark (id) VALUES (gen_random_uuid())",
        "UPDATE casework_knownmark SET kind = 'x'",
        "DELETE FROM casework_knownmark",
        "COPY casework_knownmark TO STDOUT",
    ):
        with (
            as_(cast.rosa),
            pytest.raises(DatabaseError, match="permission denied"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)
    with as_(cast.rosa), pytest.raises(DatabaseError), transaction.atomic():
        KnownMark.objects.count()


def test_nobody_marks_what_he_may_not_write(cast: Cast, signal: Signal) -> None:
    with as_(cast.rosa):
        subject = signal.subjects.get()
    for person in (cast.victor, cast.wilma, cast.fatima):
        with as_(person), pytest.raises(DatabaseError), transaction.atomic():
            known.mark(subject)


def test_without_the_database_the_gate_still_asks_for_the_right(cast: Cast) -> None:
    with row_level_security_off(), as_(cast.pieter) as (by, _):
        assert queries.asking_seats(by=by) == []

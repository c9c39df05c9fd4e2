"""Killed at any point, nothing is half destroyed, and going on ends it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import override_settings
from django.utils import timezone

from casework.models import CaseFace, Contribution
from privacy.jobs import perform, sweep
from privacy.models import Compartment, Grant, Job, Shredded
from privacy.retention import lists
from tests.backup.conftest import Elsewhere, backed_up, elsewhere  # noqa: F401  # fixtures
from tests.commits import committed
from tests.keys.scene import Interrupted
from tests.retention.scene import checked, due, jobs_done, stands, tombstone
from tests.retention.test_destroying import a_case_here
from tests.world import Cast, as_

USING = "maintenance"
POINTS = 20


class Stop:
    """Lets so many statements through, and then the process is gone."""

    def __init__(self, at: int) -> None:
        self.at, self.seen = at, 0

    def __call__(self, execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: Any) -> Any:
        result = execute(sql, params, many, context)
        self.seen += 1
        if self.seen >= self.at:
            raise Interrupted
        return result


def run_until(at: int) -> None:
    """Does the lines that wait, in a process that is killed after so many statements."""

    def act() -> None:
        with connection.execute_wrapper(Stop(at)):
            try:
                for job in Job.objects.filter(done_at__isnull=True, kind=lists.LINE).order_by("made_at", "pk"):
                    perform(job.pk, now=timezone.now())
            except Interrupted:
                connection.close()

    committed(act)


def whole_or_gone(dossier_id: Any) -> bool:
    """True when it is gone; fails for anything in between."""
    inside = (Compartment, CaseFace, Contribution)
    counts = [model.objects.using(USING).filter(dossier=dossier_id).count() for model in inside]
    grants = Grant.objects.using(USING).filter(content_object=dossier_id).count()
    noted = Shredded.objects.using(USING).filter(dossier_id=dossier_id).count()
    gone = tombstone(dossier_id).destroyed_at is not None
    assert (all(counts) and grants and not noted) if not gone else (not any(counts) and not grants and noted == 1)
    return gone


@pytest.mark.parametrize("at", range(1, 2 * POINTS, 2))
def test_killed_at_this_point_nothing_is_half_destroyed_and_going_on_ends_it(cast: Cast, at: int) -> None:
    cases = [a_case_here(cast) for _ in range(2)]
    due(*(case.dossier_id for case in cases))
    made_list = checked(cast)
    run_until(at)
    before = [whole_or_gone(case.dossier_id) for case in cases]
    committed(lambda: sweep(now=timezone.now() + timedelta(minutes=5)))
    jobs_done()
    after = [whole_or_gone(case.dossier_id) for case in cases]
    assert after == [True, True], before
    with as_(cast.fatima):
        ended = lists.one_list(made_list.pk)
    assert ended.ended_at is not None
    assert ended.certificate["destroyed"] == 2


def test_a_destroyed_case_is_unreadable_in_a_restored_back_up_and_is_destroyed_there_again(
    cast: Cast,
    elsewhere: Elsewhere,  # noqa: F811
    backed_up: Callable[[], tuple[str, str]],  # noqa: F811
    tmp_path: Path,
) -> None:
    gone, kept = a_case_here(cast), a_case_here(cast)
    data, keys = backed_up()
    shred_list = tmp_path / "shred-list"
    with override_settings(SHRED_LIST=str(shred_list)):
        due(gone.dossier_id)
        checked(cast)
        jobs_done()
        assert not stands(gone.dossier_id)
        assert str(gone.dossier_id) in shred_list.read_text()
        elsewhere.restored(data, "--keys", keys, "--shred-list", str(shred_list))
    rows = elsewhere.rows(f"SELECT reference, destroyed_at FROM privacy_dossier WHERE id = '{gone.dossier_id}'")
    assert rows[0][0].startswith("X-")  # type: ignore[attr-defined]
    assert rows[0][1] is not None
    for table in ("privacy_compartment", "privacy_grant", "casework_caseface", "casework_contribution"):
        assert not elsewhere.rows(f"SELECT 1 FROM {table} WHERE dossier_id = '{gone.dossier_id}'"), table
        assert elsewhere.rows(f"SELECT 1 FROM {table} WHERE dossier_id = '{kept.dossier_id}'"), table

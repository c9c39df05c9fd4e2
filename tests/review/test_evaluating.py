"""The rules go over the log: what is found is there once, and nothing is skipped."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from tests.review.scene import a_taken_case, found, hits, looked
from tests.world import Cast


def test_a_look_without_a_role_is_found_once_however_often_the_rules_run(cast: Cast) -> None:
    case, now = a_taken_case(cast, "wilma"), timezone.now()
    looked(cast.greet, case, now)
    looked(cast.wilma, case, now)
    for _ in range(2):
        found(now + timedelta(minutes=1))
    (hit,) = hits(cast.fatima, rule="R1", reader_id=cast.greet.pk)
    assert (hit.times, hit.references) == (1, [case.dossier.reference])
    assert not hits(cast.fatima, rule="R1", reader_id=cast.wilma.pk)

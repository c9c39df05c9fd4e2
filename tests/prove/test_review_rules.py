"""Thirty planted patterns of misuse in a working year of the log: found and missed per rule, and false alarms."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection

from privacy.models import AuditEntry, ReviewRun
from privacy.review import evaluating
from privacy.review.facts import Found, ReaderDay
from privacy.review.ruling import Rule
from tests.proofs import Proof
from tests.prove.behind import past_policies, seen_from_behind
from tests.prove.review_year import BEGIN, Key, a_year, ordinary, plant
from tests.world import Cast

FULL, SAMPLE = 100_000, 4_000
# R2 is noisy and has a bound of its own: one in ten misses a meeting and reads on. Measured 12.6 per thousand at full
# size and 18.3 in the sample, where fewer acts lie between two looks. All other rules together: 1.2 and 0.0.
MOST_R2, MOST_OTHERS = 25.0, 3.0
SECONDS = 60.0
_ACTOR = "SELECT set_config('casustafel.actor', %s, true)"


def _told(found: list[tuple[Rule, ReaderDay, Found]]) -> Counter[Key]:
    return Counter((rule.code, day.reader, day.day) for rule, day, _ in found)


@pytest.mark.proof("review_rules", full=30, sample=30)
def test_planted_misuse_is_found_among_ordinary_work(
    cast: Cast, proof: Proof, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = request.config.getoption("--prove")
    many = FULL if whole else SAMPLE
    with seen_from_behind():
        with past_policies(), connection.cursor() as cursor:
            cursor.execute(_ACTOR, [str(cast.rosa.pk)])
            year = a_year(cast, days=250 if whole else 60, seed=37)
            ordinary(year, many)
            plant(year)
            AuditEntry.objects.bulk_create(year.entries, batch_size=2000)
            start = evaluating.midnight(BEGIN)
            ReviewRun(begins_at=start, until=start, looks=0, hits=0).save(force_insert=True)
            cursor.execute("ANALYZE privacy_auditentry")
        found: list[tuple[Rule, ReaderDay, Found]] = []
        before = evaluating.findings
        monkeypatch.setattr(evaluating, "findings", lambda *given: _kept(before(*given), found))
        begun = time.monotonic()
        kept = evaluating.evaluate(now=evaluating.midnight(max(year.days)) + timedelta(days=3))
        took = time.monotonic() - begun
    _judge(proof, year.planted, _told(found), {p.pk for p in year.people[30:]}, len(year.entries), took)
    assert kept.looks


def _kept(
    rows: Iterator[tuple[Rule, ReaderDay, Found]], into: list[tuple[Rule, ReaderDay, Found]]
) -> Iterator[tuple[Rule, ReaderDay, Found]]:
    for row in rows:
        into.append(row)
        yield row


def _judge(
    proof: Proof, planted: dict[Key, str], told: Counter[Key], planters: set[UUID], entries: int, took: float
) -> None:
    for key, code in planted.items():
        proof.attempt(key in told, f"{code} was missed")
    false = [key for key in told if key[1] not in planters]
    print(f"\nreview_rules: {entries} entries in {took:.1f} s")
    print(f"{'rule':<6}{'planted':>8}{'found':>7}{'missed':>8}{'false':>7}{'per 1000':>10}")
    for code in [f"R{n}" for n in range(1, 17)]:
        mine = [key for key, one in planted.items() if one == code]
        hit, wrong = sum(key in told for key in mine), sum(key[0] == code for key in false)
        print(f"{code:<6}{len(mine):>8}{hit:>7}{len(mine) - hit:>8}{wrong:>7}{1000 * wrong / entries:>10.2f}")
    rate = 1000 * len(false) / entries
    print(f"{'all':<6}{len(planted):>8}{'':>15}{len(false):>7}{rate:>10.2f}")
    noisy = 1000 * sum(key[0] == "R2" for key in false) / entries
    if noisy > MOST_R2 or rate - noisy > MOST_OTHERS:
        proof.fail(f"false alarms per thousand entries: {noisy:.1f} by R2, {rate - noisy:.1f} by the others")
    if took > SECONDS:
        proof.fail(f"the rules took {took:.0f} seconds")

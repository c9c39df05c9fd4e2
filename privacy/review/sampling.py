"""The weekly sample: of each organisation so many lines, by a seed that is shown afterwards."""

from __future__ import annotations

import secrets
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import connection
from django.utils import timezone

from privacy.acting import acting
from privacy.audit import record, watching
from privacy.models import ReviewSample
from privacy.review.evaluating import contents, midnight
from privacy.review.ruling import SAMPLE, in_force

PURPOSE = "steekproef trekken uit het logboek"
WEEK = timedelta(days=7)


def last_week(today: date) -> date:
    """The Monday of the week that is over."""
    return today - timedelta(days=today.weekday()) - WEEK


def draw(week: date, *, now: datetime) -> int:
    """Draws a week that is over, once: a second time draws nothing, so nobody draws until it suits."""
    with acting(watching.watcher(PURPOSE), changing=True), connection.cursor() as cursor:
        rule = in_force()[SAMPLE]
        if not rule.on:
            return 0
        n = rule.values
        given = (
            week, midnight(week), midnight(week + WEEK), contents(), secrets.token_hex(32), n["percent"], n["least"],
            timezone.get_current_timezone_name(), now,
        )  # fmt: skip
        cursor.execute("SELECT privacy_review_draw(%s, %s, %s, %s, %s, %s, %s, %s, %s)", given)
        made = int(cursor.fetchone()[0])
        if made >= 0:
            record.change("review.drawn", fields=["lines"], by=watching.watcher(PURPOSE))
    return max(made, 0)


def drawn_again(sample: ReviewSample) -> set[UUID]:
    """The entries that the seed of a sample draws, to check it with."""
    begins, ends = midnight(sample.week), midnight(sample.week + WEEK)
    with acting(watching.watcher(PURPOSE)), connection.cursor() as cursor:
        cursor.execute(
            "SELECT * FROM privacy_review_drawn(%s, %s, %s, %s, %s, %s)",
            [begins, ends, contents(), sample.seed, sample.percent, sample.least],
        )
        return {row[0] for row in cursor.fetchall()}

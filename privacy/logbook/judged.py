"""What was reviewed, and what was found wrong: a count per organisation and month, from everything that is judged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import datetime

from django.utils import timezone

from privacy.models import Departure, DepartureVerdict, EmergencyAccess, HitVerdict, ReviewHit, Verdict

Judgement = tuple[str, datetime, bool]  # organisation, when, found wrong
Cell = tuple[str, str]


def _emergencies(since: datetime, until: datetime) -> Iterable[Judgement]:
    done = EmergencyAccess.objects.filter(
        reviewed_at__gte=since, reviewed_at__lt=until, verdict__in=(Verdict.RIGHT, Verdict.WRONG)
    )
    for organisation, at, verdict in done.values_list("person__organisation__name", "reviewed_at", "verdict"):
        assert at is not None  # asked for by its moment
        yield organisation, at, verdict == Verdict.WRONG


def _departures(since: datetime, until: datetime) -> Iterable[Judgement]:
    done = Departure.objects.filter(judged_at__gte=since, judged_at__lt=until).exclude(verdict=DepartureVerdict.ASK)
    for organisation, at, verdict in done.values_list("organisation_name", "judged_at", "verdict"):
        assert at is not None  # asked for by its moment
        yield organisation, at, verdict == DepartureVerdict.WRONG


def _review(since: datetime, until: datetime) -> Iterable[Judgement]:
    """What a rule found or the sample drew, as far as who asks may see it."""
    done = ReviewHit.objects.filter(
        judged_at__gte=since, judged_at__lt=until, verdict__in=(HitVerdict.RIGHT, HitVerdict.WRONG)
    )
    for organisation, at, verdict in done.values_list("organisation_name", "judged_at", "verdict"):
        assert at is not None  # asked for by its moment
        yield organisation, at, verdict == HitVerdict.WRONG


# Whatever else is reviewed adds its own here.
SOURCES: list[Callable[[datetime, datetime], Iterable[Judgement]]] = [_emergencies, _departures, _review]


def judged(since: datetime, until: datetime) -> tuple[Counter[Cell], Counter[Cell]]:
    """How many were judged, and how many of these found wrong, per organisation and month."""
    every: Counter[Cell] = Counter()
    wrong: Counter[Cell] = Counter()
    for source in SOURCES:
        for organisation, at, was_wrong in source(since, until):
            cell = (organisation, timezone.localtime(at).strftime("%m"))
            every[cell] += 1
            wrong[cell] += was_wrong
    return every, wrong

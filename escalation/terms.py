"""Every term is computed here, by pure functions, and says in Dutch how. No database, no clock: moments are passed in.

Two ways of counting:

- `DAY`: the day of the cause does not count, and the term ends with its last day. When the Algemene termijnenwet (Atw)
  holds, an end on a Saturday, Sunday or holiday moves to the next day that is none of these (Atw 1), and a term of at
  least three days holds at least two such days (Atw 2).
- `MOMENT`: a measure of so many days, weeks or months ends at the clock time at which it began, whatever day that is.
  The Atw never lengthens a measure: the law gives it a maximum.

Hours are hours that really pass, also in the night in which the clock changes. Moments come out in UTC: two moments of
one local zone compare by the clock on the wall, which is wrong in the hour that comes twice.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from escalation.dutch import AMSTERDAM, day_of, spoken_day, spoken_moment
from privacy.free_days import FreeDays


class Unit(StrEnum):
    """What a term is counted in, with the word of the files."""

    HOURS = "uren"
    DAYS = "kalenderdagen"
    WORKING_DAYS = "werkdagen"
    WEEKS = "weken"
    MONTHS = "maanden"
    YEARS = "jaren"


SINGULAR = {
    Unit.HOURS: "uur", Unit.DAYS: "kalenderdag", Unit.WORKING_DAYS: "werkdag",
    Unit.WEEKS: "week", Unit.MONTHS: "maand", Unit.YEARS: "jaar",
}  # fmt: skip
# Longer terms, and terms in hours or years, are none of the Atw's business (Atw 4(a)).
LONGEST_UNDER_ATW = {Unit.DAYS: 90, Unit.WEEKS: 12, Unit.MONTHS: 3}


class Counts(StrEnum):
    """From clock time to clock time, or to the end of the last day."""

    MOMENT = "moment"
    DAY = "dag"


@dataclass(frozen=True, slots=True)
class Length:
    """So many of a unit."""

    number: int
    unit: Unit

    def __str__(self) -> str:
        same = self.number == 1 or self.unit in (Unit.HOURS, Unit.YEARS)
        return f"{self.number} {SINGULAR[self.unit] if same else self.unit.value}"


@dataclass(frozen=True, slots=True)
class Extension:
    """How far a term may be extended: `each` time, so many `times`, `maximum` from its beginning. None: no limit."""

    each: Length | None
    times: int | None
    maximum: Length | None
    article: str


@dataclass(frozen=True, slots=True)
class TermRule:
    """How a term is counted, and where that is written."""

    length: Length
    counts: Counts
    termijnenwet: bool
    article: str
    extension: Extension | None = None


@dataclass(frozen=True, slots=True)
class Deadline:
    """When a term ends. `ends` is the first moment at which it is over; `how` are the lines that show how we know."""

    since: datetime
    ends: datetime
    counts: Counts
    how: tuple[str, ...]

    @property
    def last_day(self) -> date:
        return _last_day(self.ends)

    def __str__(self) -> str:
        """For the screen: "tot en met …" for a day, "tot … om … uur" for a moment."""
        if self.counts is Counts.DAY:
            return f"tot en met {spoken_day(self.last_day)}"
        return f"tot {spoken_moment(self.ends)}"


@dataclass(frozen=True, slots=True)
class Running:
    """A term as it stands: what was computed or decided, and how often it was extended. Its moments are in UTC."""

    since: datetime
    ends: datetime
    extended: int = 0


class State(StrEnum):
    """Where a term stands at a moment."""

    RUNNING = "loopt"
    SOON = "loopt bijna af"
    OVER = "is voorbij"


def why_no_termijnenwet(length: Length, counts: Counts) -> str:
    """Why the Atw can't hold for such a term; empty when it can. What a ladder file is checked with."""
    if counts is Counts.MOMENT:
        return "de Algemene termijnenwet verlengt geen termijn die van tijdstip tot tijdstip loopt"
    if length.unit is Unit.WORKING_DAYS:
        return "een termijn in werkdagen eindigt altijd op een werkdag"
    if length.number > LONGEST_UNDER_ATW.get(length.unit, 0):
        return f"de Algemene termijnenwet geldt niet voor {length} (Atw 4)"
    return ""


def add(day: date, length: Length, days: FreeDays) -> date:
    """The day that lies this far ahead. The 31st plus a month is the last day of a shorter month."""
    match length.unit:
        case Unit.DAYS | Unit.WEEKS:
            return day + timedelta(days=length.number * (7 if length.unit is Unit.WEEKS else 1))
        case Unit.MONTHS | Unit.YEARS:
            return _add_months(day, length.number * (12 if length.unit is Unit.YEARS else 1))
        case Unit.WORKING_DAYS:
            return _add_working_days(day, length.number, days)
        case Unit.HOURS:
            raise ValueError("hours are counted from a moment")


def _add_months(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _add_working_days(day: date, number: int, days: FreeDays) -> date:
    while number:
        day += timedelta(days=1)
        number -= not days.why_not_working(day)
    return day


def _utc(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("a moment without time zone")
    return moment.astimezone(UTC)


def _at(day: date, clock: time) -> datetime:
    """This clock time on this day. In the skipped hour it is an hour later, in the double hour the first."""
    return datetime.combine(day, clock.replace(fold=0), AMSTERDAM).astimezone(UTC)


def _last_day(ends: datetime) -> date:
    return day_of(_utc(ends) - timedelta(microseconds=1))


def compute(rule: TermRule, since: datetime, *, days: FreeDays) -> Deadline:
    """When this term ends that began at `since`; raises ValueError for a moment without time zone."""
    start = _utc(since).astimezone(AMSTERDAM)
    if rule.length.unit is Unit.HOURS:
        return _hours(rule, start)
    if rule.counts is Counts.MOMENT:
        return _moment(rule, start, days)
    return _whole_days(rule, start, days)


def _hours(rule: TermRule, start: datetime) -> Deadline:
    ends = _utc(start) + timedelta(hours=rule.length.number)
    how = [
        f"{rule.length} na {spoken_moment(start)} is {spoken_moment(ends)} ({rule.article}).",
        *_clock(start, ends.astimezone(AMSTERDAM)),
    ]
    how.append("Een termijn in uren loopt door in het weekend en op feestdagen.")
    return Deadline(_utc(start), ends, Counts.MOMENT, tuple(how))


def _clock(start: datetime, ends: datetime) -> list[str]:
    before, after = start.utcoffset(), ends.utcoffset()
    if before == after or before is None or after is None:
        return []
    return [f"In deze uren gaat de klok een uur {'vooruit' if after > before else 'terug'}; dat is meegeteld."]


def _moment(rule: TermRule, start: datetime, days: FreeDays) -> Deadline:
    ends = _at(add(start.date(), rule.length, days), start.time())
    how = (
        f"{rule.length} na {spoken_moment(start)} is {spoken_moment(ends)} ({rule.article}).",
        "De maatregel eindigt op hetzelfde tijdstip als waarop zij begon, ook in het weekend of op een feestdag.",
    )
    return Deadline(_utc(start), ends, Counts.MOMENT, how)


def _whole_days(rule: TermRule, start: datetime, days: FreeDays) -> Deadline:
    last = add(start.date(), rule.length, days)
    how = [
        f"{spoken_day(start.date()).capitalize()} telt niet mee; de termijn begint de dag erna.",
        f"{rule.length} later is {spoken_day(last)} ({rule.article}).",
    ]
    if rule.termijnenwet:
        last = _by_termijnenwet(start.date(), last, rule.length, days, how)
    else:
        how.append("De Algemene termijnenwet geldt hier niet: een weekend of feestdag maakt geen verschil.")
    return Deadline(_utc(start), _at(last + timedelta(days=1), time()), Counts.DAY, tuple(how))


def _by_termijnenwet(first: date, last: date, length: Length, days: FreeDays, how: list[str]) -> date:
    """The last day after Atw 1 and 2; says what it did."""
    while why := days.why_free(last):
        how.append(f"{spoken_day(last).capitalize()} is vrij ({why}): de termijn loopt een dag door (Atw 1).")
        last += timedelta(days=1)
    if length.unit is not Unit.DAYS or length.number >= 3:
        while sum(not days.why_free(first + timedelta(days=n)) for n in range(1, (last - first).days + 1)) < 2:
            last += timedelta(days=1)
            how.append(f"Een termijn van drie dagen of meer heeft twee gewone dagen: tot {spoken_day(last)} (Atw 2).")
    if last.year > days.known_until:
        how.append(f"Voor {last.year} is nog niet bekend welke dagen met een feestdag zijn gelijkgesteld.")
    return last


def latest_extension(rule: TermRule, running: Running, *, days: FreeDays) -> Deadline | None:
    """The latest end that one more extension may have; None when the rule has no extension or sets no limit."""
    extension = rule.extension
    if extension is None:
        return None
    found = []
    if extension.each:
        # From the end as it was decided, so that a shorter first period gives no longer second one.
        before = running.ends if rule.counts is Counts.MOMENT else running.ends - timedelta(microseconds=1)
        found.append(compute(_like(rule, extension.each), before, days=days))
    if extension.maximum:
        found.append(compute(_like(rule, extension.maximum), running.since, days=days))
    return min(found, key=lambda deadline: deadline.ends) if found else None


def _like(rule: TermRule, length: Length) -> TermRule:
    article = rule.extension.article if rule.extension else rule.article
    lawful = rule.termijnenwet and not why_no_termijnenwet(length, rule.counts)
    return TermRule(length, rule.counts, lawful, article)


def why_not_extend(rule: TermRule, running: Running, *, until: datetime, now: datetime, days: FreeDays) -> str:
    """Why this term can't be extended until then, with the article; empty when it can."""
    extension, until, now = rule.extension, _utc(until), _utc(now)
    if extension is None:
        return f"Deze termijn kan niet worden verlengd ({rule.article})."
    if now >= running.ends:
        over = spoken_moment(running.ends)
        return f"De termijn is voorbij sinds {over}; verlengen kan alleen zolang zij loopt ({extension.article})."
    if extension.times is not None and running.extended >= extension.times:
        return f"Deze termijn is al {extension.times} keer verlengd; vaker mag niet ({extension.article})."
    if until <= running.ends:
        return f"Kies een einde na {spoken_moment(running.ends)} ({extension.article})."
    latest = latest_extension(rule, running, days=days)
    if latest and until > latest.ends:
        return f"Verlengen kan {latest}, niet langer ({extension.article})."
    return ""


def why_not_spread(
    chosen: Collection[date], first: date, *, most: int, within: Length, article: str, days: FreeDays
) -> str:
    """Why an order can't hold on these days, spread over a longer time (Gemeentewet 172a(6)); empty when it can."""
    last = add(first, within, days) - timedelta(days=1)
    if len(set(chosen)) > most:
        return f"U koos {len(set(chosen))} dagen; ten hoogste {most} mag ({article})."
    outside = sorted(day for day in chosen if not first <= day <= last)
    if outside:
        return f"{spoken_day(outside[0]).capitalize()} valt buiten {within} vanaf {spoken_day(first)} ({article})."
    return ""


def reminder(running: Running, before: int, *, days: FreeDays) -> datetime:
    """When to remind: at nine, so many days before the last one, on a working day; at once for a shorter term."""
    day = days.working_day_before(_last_day(running.ends) - timedelta(days=before))
    return max(_at(day, time(9)), _utc(running.since))


def state(running: Running, before: int, *, now: datetime, days: FreeDays) -> State:
    """Where the term stands at this moment: over from `ends` on, soon from its reminder on."""
    if _utc(now) >= running.ends:
        return State.OVER
    return State.SOON if _utc(now) >= reminder(running, before, days=days) else State.RUNNING


def next_look(running: Running, before: int, *, now: datetime, days: FreeDays) -> datetime | None:
    """When there may be something new to say of this term: its reminder, then its end; None when it is over."""
    moments = (reminder(running, before, days=days), running.ends)
    return next((moment for moment in moments if _utc(now) < moment), None)

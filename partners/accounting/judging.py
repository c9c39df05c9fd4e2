"""Whether what an audit asks is in order (BGS 1.18): pure functions of facts and a day, each with a sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from partners.accounting.counting import InTime

ENOUGH = 95  # per cent of people; our choice
AUDIT_FIRST = date(2027, 3, 1)  # two years after the WGS came into force
AUDIT_EVERY = 4


class State(StrEnum):
    OK = "ok"
    WATCH = "watch"
    MISSING = "missing"

    @property
    def label(self) -> str:
        return {"ok": "Op orde", "watch": "Let op", "missing": "Ontbreekt"}[self]


@dataclass(frozen=True, slots=True)
class Judged:
    """A state with what is so and what to do."""

    state: State
    says: str


@dataclass(frozen=True, slots=True)
class Done:
    """When something was last done well, whether the last attempt went well, and how often it was done."""

    on: date | None = None
    well: bool = True
    times: int = 0


@dataclass(frozen=True, slots=True)
class Assessed:
    """A version of a profile that tables use, with its DPIA: the day to look at it again, and how it ended."""

    version: str
    held_on: date | None = None
    review_on: date | None = None
    stopped: bool = False
    waits: bool = False


@dataclass(frozen=True, slots=True)
class Examined:
    """A pentest or audit as it stands: what is open, and when that is examined again."""

    held_on: date
    unsolved: int = 0
    again_on: date | None = None
    sent: bool = True


@dataclass(frozen=True, slots=True)
class Share:
    """How many of how many."""

    done: int
    of: int

    @property
    def per_cent(self) -> int:
        """Rounded down: 99.9 is not everybody."""
        return self.done * 100 // self.of if self.of else 100


def ok(says: str) -> Judged:
    return Judged(State.OK, says)


def watch(says: str) -> Judged:
    return Judged(State.WATCH, says)


def missing(says: str) -> Judged:
    return Judged(State.MISSING, says)


def day(value: date) -> str:
    return f"{value:%d-%m-%Y}"


def regular(done: Done, within: timedelta, today: date) -> Judged:
    """Something that must be done now and then: a back-up, a test, a drill, a check."""
    if done.on is None:
        return missing("Nog nooit gedaan.")
    if not done.well:
        return watch(f"Laatst goed op {day(done.on)}; de laatste keer ging het mis.")
    if today - done.on > within:
        return watch(f"Laatst op {day(done.on)}; dat is te lang geleden.")
    return ok(f"Laatst op {day(done.on)}.")


def people(share: Share, what: str) -> Judged:
    """How many people have something that counts today."""
    says = f"{what}: {share.done} van {share.of} mensen ({share.per_cent}%)."
    if not share.done and share.of:
        return missing(says)
    return ok(says) if share.per_cent >= ENOUGH else watch(says)


def dpias(versions: Sequence[Assessed], today: date) -> Judged:
    """Every version that a table uses has a DPIA that lets it, and whose review is not due (AVG 35(11))."""
    without = [one.version for one in versions if one.held_on is None]
    if without:
        return missing(f"Geen DPIA voor {', '.join(without)}.")
    stopped = [one.version for one in versions if one.stopped]
    if stopped:
        return missing(f"De DPIA zegt dat het niet kan, en toch in gebruik: {', '.join(stopped)}.")
    due = [one.version for one in versions if one.review_on is not None and one.review_on <= today]
    if due:
        return watch(f"Tijd om opnieuw te beoordelen: {', '.join(due)}.")
    waits = [one.version for one in versions if one.waits]
    if waits:
        return watch(f"De AP heeft nog niet geantwoord over {', '.join(waits)}.")
    return ok(f"{len(versions)} {'versie' if len(versions) == 1 else 'versies'} in gebruik, elk met een DPIA.")


def covenants(unbound: Sequence[str], ending: Sequence[str]) -> Judged:
    """Every active table works under a covenant in force."""
    if unbound:
        return missing(f"Geen geldig convenant voor {', '.join(unbound)}.")
    return watch(f"Loopt af: {', '.join(ending)}.") if ending else ok("Elke tafel werkt onder een geldig convenant.")


def pentests(rows: Sequence[Examined], today: date) -> Judged:
    """Before the start and every year, with nothing open whose re-test has passed (requirement 86)."""
    if not rows:
        return missing("Er is nog geen pentest genoteerd.")
    newest, open_ones = max(row.held_on for row in rows), sum(row.unsolved for row in rows)
    if any(row.unsolved and row.again_on is not None and row.again_on <= today for row in rows):
        return watch(f"De hertoets is voorbij en er staan nog {open_ones} bevindingen open.")
    if today - newest > timedelta(days=366):
        return watch(f"De laatste pentest was op {day(newest)}; dat is meer dan een jaar geleden.")
    says = f"Laatst op {day(newest)}."
    return watch(f"{says} Er staan {open_ones} bevindingen open.") if open_ones else ok(says)


def audits(rows: Sequence[Examined], today: date) -> Judged:
    """The first about March 2027, then every four years; what failed again within a year (WGS 1.10, BGS 1.18)."""
    if not rows:
        due = f"De eerste audit moet voor {day(AUDIT_FIRST)} klaar zijn."
        if today >= AUDIT_FIRST:
            return missing(f"Er is nog geen audit. {due}")
        return watch(due) if today >= AUDIT_FIRST - timedelta(days=180) else ok(due)
    newest = max(rows, key=lambda row: row.held_on)
    again = newest.held_on.replace(year=newest.held_on.year + AUDIT_EVERY, day=min(newest.held_on.day, 28))
    if today >= again:
        return missing(f"De laatste audit was op {day(newest.held_on)}; de volgende moest uiterlijk {day(again)}.")
    late = [row for row in rows if row.unsolved and row.again_on is not None and row.again_on <= today]
    if late:
        return missing("Wat niet in orde was, moest al opnieuw zijn getoetst.")
    if any(row.unsolved for row in rows):
        return watch(f"Er staan {sum(row.unsolved for row in rows)} bevindingen open.")
    if not newest.sent:
        return watch("Noteer wanneer de AP een afschrift kreeg.")
    return ok(f"Laatst op {day(newest.held_on)}; de volgende voor {day(again)}.")


def in_time(numbers: InTime, what: str) -> Judged:
    """What has a term, over the last year: all of it in time."""
    late = numbers.all - numbers.in_time
    says = f"{what}: {numbers.in_time} van {numbers.all} op tijd."
    return watch(says) if late else ok(says)


def looks(numbers: InTime) -> Judged:
    """What was drawn or found for review is judged within two weeks; what is younger does not count yet."""
    says = f"Getrokken of gevonden voor controle: {numbers.in_time} van {numbers.all} beoordeeld."
    return ok(says) if numbers.in_time == numbers.all else watch(says)


def destroyed(done: Done, kept: bool) -> Judged:
    """What is destroyed stays destroyed, also after a restore: the list outside the database holds all of it."""
    if not kept:
        return missing("De lijst van wat is vernietigd, wordt niet buiten de database bewaard.")
    if not done.well:
        return watch("Een deel van de lijst staat nog niet buiten de database.")
    return ok(f"{done.times} dossiers vernietigd, elk met een bewijs in de lijst.")


def emergencies(done: Done) -> Judged:
    """Every use is judged within two working days; what is younger than four days does not count yet."""
    if done.well:
        return ok(f"{done.times} keer gebruikt en beoordeeld.")
    return watch("Er wacht noodtoegang te lang op een oordeel.")


def worst(judged: Mapping[str, Judged]) -> State:
    """The state of all together."""
    states = {one.state for one in judged.values()}
    return State.MISSING if State.MISSING in states else State.WATCH if State.WATCH in states else State.OK

"""What must hold between the files of the demo. Each check answers with sentences for whoever wrote the content."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from config.demo_data import words
from config.demo_data.cases import Case, Contribution
from config.demo_data.data import DemoData
from config.demo_data.relative import Moment
from config.demo_data.signals import Signal
from config.demo_data.tables import Person


def problems(data: DemoData) -> list[str]:
    """Everything that is wrong, as `where: what`; empty when the content holds together."""
    found = list(_duplicates(data))
    if found:
        return found  # a look-up by key would only hide it
    found.extend(_tables(data))
    found.extend(_people(data))
    for signal in data.signals:
        found.extend(f"signal {signal.key}: {what}" for what in _signal(signal, data))
    for case in data.cases:
        found.extend(f"case {case.key}: {what}" for what in _case(case, data))
    return found


def _duplicates(data: DemoData) -> Iterator[str]:
    kinds: dict[str, Iterable[str]] = {
        "organisation": (one.key for one in data.organisations),
        "organisation name": (one.name for one in data.organisations),
        "person": (one.key for one in data.people),
        "mail address": (one.email for one in data.people),
        "neighbourhood": (one.key for one in data.neighbourhoods),
        "street": (street.name for one in data.neighbourhoods for street in one.streets),
        "covenant": (one.key for one in data.covenants),
        "table": (one.key for one in data.tables),
        "signal": (one.key for one in data.signals),
        "case": (one.key for one in data.cases),
    }
    for kind, keys in kinds.items():
        yield from (f"{kind} {key} stands there twice" for key, count in Counter(keys).items() if count > 1)


def _unknown(what: str, keys: Iterable[str], known: Iterable[str]) -> Iterator[str]:
    yield from (f"unknown {what} {key!r}" for key in sorted(set(keys) - set(known)))


def _tables(data: DemoData) -> Iterator[str]:
    organisations = {one.key for one in data.organisations}
    covenants = {one.key for one in data.covenants}
    yield from _unknown("organisation kind", (one.kind for one in data.organisations), words.ORGANISATION_KINDS)
    for covenant in data.covenants:
        yield from _unknown("organisation", covenant.organisations, organisations)
        yield from _unknown("category", covenant.categories, words.CATEGORIES)
        yield from _unknown("theme", covenant.themes, words.THEMES)
    for table in data.tables:
        yield from _unknown("covenant", table.covenants, covenants)
        yield from _unknown("neighbourhood", table.area, (one.key for one in data.neighbourhoods))
        if ("procesregisseur", table.chair) not in _seated(data, table.key):
            yield f"table {table.key}: the chair {table.chair!r} has no seat there"


def _seated(data: DemoData, table: str) -> set[tuple[str, str]]:
    return {(seat.role, one.key) for one in data.people for seat in one.seats if seat.table == table}


def _people(data: DemoData) -> Iterator[str]:
    for one in data.people:
        yield from _unknown("organisation", [one.organisation], (each.key for each in data.organisations))
        yield from _unknown("table", (seat.table for seat in one.seats), (each.key for each in data.tables))
        yield from _unknown("role", one.roles, words.PERSONAL_ROLES)
        yield from _unknown("seat", (seat.role for seat in one.seats), words.SEAT_ROLES)
        if one.seats and set(one.roles) & set(words.KEPT_APART):
            yield f"person {one.key}: who checks or manages sits at no table"
        if not one.seats and not one.roles:
            yield f"person {one.key}: can do nothing"
        for seat in one.seats:
            if not _in_covenant(data, one, seat.table):
                yield f"person {one.key}: {one.organisation} is in no covenant of table {seat.table}"


def _in_covenant(data: DemoData, person: Person, table: str) -> bool:
    return any(person.organisation in data.covenant(key).organisations for key in data.table(table).covenants)


def _sat(data: DemoData, person: str, table: str, then: Moment) -> bool:
    known = {one.key: one for one in data.people}
    seats = known[person].seats if person in known else ()
    return any(seat.table == table and seat.from_days_ago >= then.days_ago for seat in seats)


def _signal(signal: Signal, data: DemoData) -> Iterator[str]:
    if not _sat(data, signal.reporter, signal.table, signal.sent):
        yield f"{signal.reporter!r} had no seat at {signal.table} then"
    elif not data.person(signal.reporter).signed:
        yield f"{signal.reporter} has not signed for secrecy yet"
    yield from _unknown("state", [signal.state], words.SIGNAL_STATES)
    yield from _unknown("severity", [signal.severity] if signal.severity else [], words.SEVERITIES)
    yield from _unknown("item kind", (item.kind for item in signal.items), words.ITEM_KINDS)
    yield from _unknown("audience", (item.audience for item in signal.items), ("table", "regie"))
    yield from _unknown("subject kind", (one.kind for one in signal.subjects), words.SUBJECT_KINDS)
    if signal.observed.days_ago < signal.sent.days_ago:
        yield "was sent before it was seen"
    if signal.sent.time is None:
        yield "has no hour of sending"
    if signal.state != "draft":
        yield from _whole(signal)
    yield from _course(signal, data)


def _whole(signal: Signal) -> Iterator[str]:
    if not signal.items or not signal.severity or not signal.subjects:
        yield "misses its items, subjects or severity"
    if signal.told is None:
        yield "does not say whether the person was told"
    if signal.place.street and not signal.place.town:
        yield f"street {signal.place.street!r} is unknown"


def _course(signal: Signal, data: DemoData) -> Iterator[str]:
    if (signal.state == "asked") and not signal.questions:
        yield "was asked nothing"
    if (signal.state == "draft") != bool(signal.draft_step):
        yield "a draft, and only a draft, has a step"
    steps = [signal.sent]
    for question in signal.questions:
        steps.extend([question.asked] + ([question.answered] if question.answered else []))
        if bool(question.answer) != bool(question.answered):
            yield "an answer has a text and a moment"
    directors = [question.by for question in signal.questions]
    if signal.outcome is not None:
        steps.append(signal.outcome.moment)
        directors.append(signal.outcome.by)
        if signal.state == "forwarded":
            yield from _unknown("table", [signal.outcome.to_table], (one.key for one in data.tables))
    if steps != sorted(steps, key=lambda step: step.age):
        yield "its steps are not in order of time"
    yield from _directed(directors, signal.table, data)


def _directed(people: Iterable[str], table: str, data: DemoData) -> Iterator[str]:
    chairs = {person for role, person in _seated(data, table) if role == "procesregisseur"}
    yield from (f"{person!r} does not direct {table}" for person in set(people) - chairs)


def _case(case: Case, data: DemoData) -> Iterator[str]:
    yield from _directed([case.opened_by], case.table, data)
    yield from _unknown("state", [case.state], words.CASE_STATES)
    if case.casusregisseur and ("casusregisseur", case.casusregisseur) not in _seated(data, case.table):
        yield f"{case.casusregisseur!r} is no casusregisseur of {case.table}"
    if not case.casusregisseur and case.state != "stagnating":
        yield "has no casusregisseur and does not stagnate"
    if not case.signals or not case.subjects or not case.criteria or not case.participants:
        yield "misses signals, subjects, criteria or participants"
    if (case.state == "closed") != (case.closing is not None):
        yield "is closed without a closing, or the other way round"
    if case.state in ("stagnating", "near_retention") and not case.attention:
        yield "does not say what asks for attention"
    if case.opened not in [data.signal(key).sent for key in case.signals] and not any(
        one.outcome and one.outcome.moment == case.opened for one in map(data.signal, case.signals)
    ):
        yield "was opened from no signal"
    yield from _participants(case, data)
    for one in case.contributions:
        yield from _contribution(one, case)
    for share in case.signal_shares:
        yield from _unknown("signal", [share.signal], case.signals)
        yield from _unknown("participant", [share.organisation], (one.organisation for one in case.participants))


def _participants(case: Case, data: DemoData) -> Iterator[str]:
    organisations = [one.organisation for one in case.participants]
    if len(organisations) != len(set(organisations)):
        yield "an organisation takes part twice"
    for one in case.participants:
        if one.joined.age < case.opened.age:
            yield f"{one.organisation} joined before the case was opened"
        for person in one.people:
            if not _sat(data, person, case.table, one.joined):
                yield f"{person!r} had no seat at {case.table} then"
            elif data.person(person).organisation != one.organisation:
                yield f"{person} does not work at {one.organisation}"
    yield from _unknown("subject kind", (one.kind for one in case.subjects), words.SUBJECT_KINDS)


def _contribution(one: Contribution, case: Case) -> Iterator[str]:
    part = next((each for each in case.participants if one.person in each.people), None)
    directs = one.person in (case.opened_by, case.casusregisseur)
    since = case.opened if directs else part.joined if part else None
    until = case.closing.moment if case.closing else Moment(0)
    if since is None:
        yield f"{one.person!r} contributes without taking part"
    elif not since.age <= one.moment.age <= until.age:
        yield f"{one.person} contributes before joining or after closing"
    yield from _unknown("category", [one.category], words.CATEGORIES)
    yield from _unknown("item kind", [one.kind], words.ITEM_KINDS)
    organisations = {each.organisation for each in case.participants}
    yield from _unknown("recipient", one.audience.organisations, organisations - {one.organisation})
    if (one.audience.kind == "organisations") != bool(one.audience.organisations):
        yield "a contribution for organisations names them"
    if bool(one.withdrawn) != bool(one.withdrawn_reason):
        yield "a withdrawal has a moment and a reason"

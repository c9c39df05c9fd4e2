"""What must hold between the files of the demo. Each check answers with sentences for whoever wrote the content."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from config.demo_data import words
from config.demo_data.cases import Case, Contribution
from config.demo_data.data import DemoData
from config.demo_data.households import Household
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


def _bound(data: DemoData, organisation: str, theme: str, then: Moment) -> bool:
    """Whether a covenant bound this organisation for this theme at that moment."""
    return any(
        organisation in one.organisations and theme in one.themes and one.from_days_ago >= then.days_ago
        for one in data.covenants
    )


def _categories(data: DemoData, organisation: str, theme: str) -> set[str]:
    """What the covenants let this organisation bring to the tables of this theme."""
    binding = [one for one in data.covenants if organisation in one.organisations and theme in one.themes]
    return {category for one in binding for category in one.categories}


def _not_there(data: DemoData, person: str, table: str, then: Moment, role: str = "") -> Iterator[str]:
    """What kept this person from acting at the table at that moment."""
    known = {one.key: one for one in data.people}
    if person not in known:
        yield f"{person!r} does not exist"
        return
    who, theme = known[person], data.table(table).theme
    seats = [seat for seat in who.seats if seat.table == table and seat.role == (role or seat.role)]
    if not any(seat.from_days_ago >= then.days_ago for seat in seats):
        yield f"{person} had no {role or 'seat'} at {table} then"
    if not _bound(data, who.organisation, theme, then):
        yield f"no covenant bound {who.organisation} for {theme} then"
    if not who.signed:
        yield f"{person} has not signed for secrecy yet"


def _signal(signal: Signal, data: DemoData) -> Iterator[str]:
    yield from _not_there(data, signal.reporter, signal.table, signal.sent)
    yield from _unknown("state", [signal.state], words.SIGNAL_STATES)
    yield from _unknown("severity", [signal.severity] if signal.severity else [], words.SEVERITIES)
    yield from _unknown("item kind", (item.kind for item in signal.items), words.ITEM_KINDS)
    yield from _unknown("category", (item.category for item in signal.items), words.THEME_CATEGORIES[signal.theme])
    yield from _unknown("audience", (item.audience for item in signal.items), ("table", "regie"))
    yield from _unknown("subject kind", (one.kind for one in signal.subjects), words.SUBJECT_KINDS)
    if signal.observed.days_ago < signal.sent.days_ago:
        yield "was sent before it was seen"
    if signal.sent.time is None:
        yield "has no hour of sending"
    if signal.state != "draft":
        yield from _whole(signal)
    yield from _course(signal, data)
    yield from _decided(signal, data)


def _whole(signal: Signal) -> Iterator[str]:
    if not signal.items or not signal.severity or not signal.subjects:
        yield "misses its items, subjects or severity"
    if signal.told is None:
        yield "does not say whether the person was told"
    if signal.place.street and not signal.place.town:
        yield f"street {signal.place.street!r} is unknown"


def _course(signal: Signal, data: DemoData) -> Iterator[str]:
    """Every step after the one before, each by somebody who directed the table when the signal came in."""
    steps = [signal.sent]
    for question in signal.questions:
        steps.extend([question.asked] + ([question.answered] if question.answered else []))
        if bool(question.answer) != bool(question.answered):
            yield "an answer has a text and a moment"
    directors = [question.by for question in signal.questions]
    if signal.outcome is not None:
        steps.append(signal.outcome.moment)
        directors.append(signal.outcome.by)
    if steps != sorted(steps, key=lambda step: step.age):
        yield "its steps are not in order of time"
    for person in directors:
        yield from _not_there(data, person, signal.table, signal.sent, "procesregisseur")


def _decided(signal: Signal, data: DemoData) -> Iterator[str]:
    if (signal.state == "asked") and not signal.questions:
        yield "was asked nothing"
    if (signal.state == "draft") != bool(signal.draft_step):
        yield "a draft, and only a draft, has a step"
    if (signal.state in ("bundled", "rejected", "forwarded")) != (signal.outcome is not None):
        yield "has no outcome, or one too many"
    if signal.outcome is None:
        return
    if (signal.state == "rejected") != bool(signal.outcome.reason):
        yield "a reason code belongs to a rejection"
    if signal.state == "forwarded":
        known = {one.key: one.theme for one in data.tables}
        yield from _unknown("table", [signal.outcome.to_table], known)
        employer = {one.key: one.organisation for one in data.people}.get(signal.reporter, "")
        theme = known.get(signal.outcome.to_table, "")
        if not signal.outcome.feedback or not _bound(data, employer, theme, signal.outcome.moment):
            yield f"is handed on without a reason, or to a table where {employer} does not sit"


def _case(case: Case, data: DemoData) -> Iterator[str]:
    yield from _not_there(data, case.opened_by, case.table, case.opened, "procesregisseur")
    yield from _unknown("state", [case.state], words.CASE_STATES)
    yield from _casusregie(case, data)
    if not case.signals or not case.subjects or not case.criteria or not case.participants:
        yield "misses signals, subjects, criteria or participants"
    if (case.state == "closed") != (case.closing is not None):
        yield "is closed without a closing, or the other way round"
    if case.state in ("stagnating", "near_retention") and not case.attention:
        yield "does not say what asks for attention"
    bundled = [one.outcome.moment for one in map(data.signal, case.signals) if one.outcome]
    if case.opened not in bundled or min(bundled, key=lambda one: one.age) != case.opened:
        yield "is opened from its first signals"
    yield from _participants(case, data)
    yield from _household(case, data)
    for one in case.contributions:
        yield from _contribution(one, case)
        yield from _unknown("category", [one.category], words.THEME_CATEGORIES[case.theme])
        if one.category not in _categories(data, one.organisation, case.theme):
            yield f"no covenant lets {one.organisation} bring in {one.category} for {case.theme}"
    for share in case.signal_shares:
        yield from _unknown("signal", [share.signal], case.signals)
        yield from _present("a signal is shared with", [share.organisation], case, share.moment)


def _casusregie(case: Case, data: DemoData) -> Iterator[str]:
    if case.casusregisseur and case.casusregisseur_since:
        since = case.casusregisseur_since
        yield from _not_there(data, case.casusregisseur, case.table, since, "casusregisseur")
        if not any(case.casusregisseur in one.people for one in case.participants):
            yield "the casusregisseur does not take part"
    elif case.state != "stagnating":
        yield "has no casusregisseur and does not stagnate"


def _participants(case: Case, data: DemoData) -> Iterator[str]:
    organisations = [one.organisation for one in case.participants]
    if len(organisations) != len(set(organisations)):
        yield "an organisation takes part twice"
    employers = {one.key: one.organisation for one in data.people}
    for one in case.participants:
        if one.joined.age < case.opened.age:
            yield f"{one.organisation} joined before the case was opened"
        for person in one.people:
            yield from _not_there(data, person, case.table, one.joined)
            if employers.get(person) != one.organisation:
                yield f"{person} does not work at {one.organisation}"
    yield from _unknown("subject kind", (one.kind for one in case.subjects), words.SUBJECT_KINDS)


def _household(case: Case, data: DemoData) -> Iterator[str]:
    """A household has its casusregisseur in the case, and its members are there when they leave or go elsewhere."""
    if case.joins:
        yield from _unknown("household", [case.joins.household], (h.key for h in _households(data)))
    home = case.household
    if home is None:
        return
    if not any(home.regisseur in one.people for one in case.participants):
        yield "the casusregisseur of its household does not take part"
    if home.founded.age < case.opened.age:
        yield "its household is older than the case"
    yield from _unknown("relation", (one.relation for one in home.members), words.RELATIONS)
    reasons = [one.left.because for one in home.members if one.left] + [one.because for one in home.splits]
    yield from _unknown("reason of leaving", reasons, words.LEFT)
    for split in home.splits:
        yield from _unknown("member", split.members, (one.name for one in home.members if not one.left))


def _households(data: DemoData) -> Iterator[Household]:
    yield from (case.household for case in data.cases if case.household)


def _present(what: str, organisations: Iterable[str], case: Case, then: Moment) -> Iterator[str]:
    """Only whoever takes part at that moment, and is not hidden, can be given something."""
    there = {one.organisation for one in case.participants if one.joined.age <= then.age and not one.hidden}
    yield from (f"{what} {one}, who is not there (yet) or hidden" for one in set(organisations) - there)


def _contribution(one: Contribution, case: Case) -> Iterator[str]:
    part = next((each for each in case.participants if one.person in each.people), None)
    until = case.closing.moment if case.closing else Moment(0)
    if part is None:
        yield f"{one.person!r} contributes without taking part"
    elif not part.joined.age <= one.moment.age <= until.age:
        yield f"{one.person} contributes before joining or after closing"
    elif part.hidden and one.audience.kind not in ("regie", "own"):
        yield f"{one.person} is hidden and would show with this contribution"
    yield from _unknown("item kind", [one.kind], words.ITEM_KINDS)
    yield from _present("a contribution is meant for", one.audience.organisations, case, one.moment)
    if (one.audience.kind == "organisations") != bool(one.audience.organisations):
        yield "a contribution for organisations names them"
    if one.organisation in one.audience.organisations:
        yield "a contribution is meant for others"

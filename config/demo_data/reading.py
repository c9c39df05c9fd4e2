"""Reads the whole content of the demo, in the order in which things depend on each other."""

from __future__ import annotations

from pathlib import Path

from config.demo_data import read_cases, read_signals, read_tables
from config.demo_data.cases import Case
from config.demo_data.checks import problems
from config.demo_data.data import DemoData
from config.demo_data.errors import DemoDataError
from config.demo_data.fields import Fields, read_toml
from config.demo_data.read_signals import Setting
from config.demo_data.signals import Signal
from config.demo_data.tables import Organisation, Person

CONTENT = Path(__file__).parent / "content"


def load(content: Path = CONTENT) -> DemoData:
    """Voorbeeldstad as it stands in the files; refuses content that does not hold together."""
    data = _read(content)
    found = problems(data)
    if found:
        raise DemoDataError("\n".join(found))
    return data


def _read(content: Path) -> DemoData:
    organisations = _organisations(content)
    people = _people(content, organisations)
    top = read_toml(content / "tables.toml", content)
    neighbourhoods = tuple(read_tables.neighbourhood(row) for row in top.tables("neighbourhoods"))
    covenants = tuple(read_tables.covenant(row) for row in top.tables("covenants"))
    tables = tuple(read_tables.case_table(row) for row in top.tables("tables"))
    municipality = top.text("municipality")
    top.done()
    employers = {one.key: one.organisation for one in people}
    kinds = {one.key: one.kind for one in organisations}
    reporter_kinds = {key: kinds.get(employer, "") for key, employer in employers.items()}
    signals: list[Signal] = []
    cases: list[Case] = []
    for table in tables:
        loose = Setting(table.theme, table.key, neighbourhoods, reporter_kinds)
        for path in sorted((content / table.theme).glob("*.toml")):
            more = _theme_file(read_toml(path, content), loose, table.chair, employers)
            signals.extend(more[0])
            cases.extend(more[1])
    return DemoData(
        municipality=municipality,
        organisations=organisations,
        people=people,
        neighbourhoods=neighbourhoods,
        tables=tables,
        covenants=covenants,
        signals=tuple(sorted(signals, key=lambda one: (one.sent.age, one.key))),
        cases=tuple(sorted(cases, key=lambda one: (one.opened.age, one.key))),
    )


def _organisations(content: Path) -> tuple[Organisation, ...]:
    top = read_toml(content / "organisations.toml", content)
    made = tuple(read_tables.organisation(row) for row in top.tables("organisations"))
    top.done()
    return made


def _people(content: Path, organisations: tuple[Organisation, ...]) -> tuple[Person, ...]:
    top = read_toml(content / "people.toml", content)
    domains = {one.key: one.mail_domain for one in organisations}
    made = tuple(read_tables.person(row, domains) for row in top.tables("people"))
    top.done()
    return made


def _theme_file(file: Fields, loose: Setting, chair: str, employers: dict[str, str]) -> tuple[list[Signal], list[Case]]:
    """A file with a `[case]` holds that case and its signals; one without holds loose signals."""
    if not file.has("case"):
        signals = [read_signals.signal(row, loose) for row in file.tables("signals")]
        file.done()
        return signals, []
    setting, head = read_cases.with_case(file, loose, chair)
    signals = [read_signals.signal(row, setting) for row in file.tables("signals")]
    case = read_cases.case(head, file, setting=setting, signals=signals, employers=employers)
    file.done()
    return signals, [case]

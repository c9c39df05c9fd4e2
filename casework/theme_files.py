"""Themes as data: one TOML file per theme and version. No code lists themes; a new file is a new theme."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from casework.models import Severity, SubjectKind
from casework.normalise import fold
from privacy.datafiles import DataFile, Section, refuse_mistakes
from privacy.retention.terms import years_after

QUESTION_KINDS = ("text", "choice", "multichoice", "date", "yesno")


@dataclass(frozen=True, slots=True)
class Coded:
    """A code with the words a person reads. For reasons and outcomes the label is a whole sentence."""

    code: str
    label: str


@dataclass(frozen=True, slots=True)
class Question:
    """A question of the signal form that only this theme asks."""

    key: str
    label: str
    help: str
    kind: str
    options: tuple[str, ...]
    required: bool


@dataclass(frozen=True, slots=True)
class Criterion:
    """An admission criterion, answered yes or no with a reason."""

    key: str
    question: str
    help: str
    source: str


@dataclass(frozen=True, slots=True)
class Call:
    """Whom to call when it is acute."""

    who: str
    number: str


@dataclass(frozen=True, slots=True)
class Emergency:
    """What to do first when it is acute."""

    title: str
    text: str
    calls: tuple[Call, ...]


@dataclass(frozen=True, slots=True)
class Theme:
    """One theme in one version; a case keeps the version it began with."""

    code: str
    version: str
    name: str
    names: tuple[str, ...]
    sentence: str
    order: int
    retention_years: int
    retention_source: str
    reminder: str
    emergency: Emergency
    questions: tuple[Question, ...]
    severities: Mapping[str, str]
    categories: tuple[str, ...]
    subject_kinds: tuple[str, ...]
    criteria: tuple[Criterion, ...]
    reject_reasons: tuple[Coded, ...]
    close_outcomes: tuple[Coded, ...]
    subject_roles: tuple[Coded, ...]
    phenomena: tuple[Coded, ...]
    priority: tuple[Coded, ...]
    suggested_partners: tuple[str, ...]
    response_days: int
    phased: bool

    def retain_until(self, first_processed: date) -> date:
        """The day on which it goes, counted from first processing (WGS 1.8(7))."""
        return years_after(first_processed, self.retention_years)

    def label_of(self, group: tuple[Coded, ...], code: str) -> str:
        """The words of a code in one of the lists; the code itself for one that an older version had."""
        return next((coded.label for coded in group if coded.code == code), code)


@dataclass(frozen=True, slots=True)
class RefusedTheme:
    """What does not belong at any table here, and where it must go. Nothing of such a signal is kept."""

    code: str
    name: str
    words: tuple[str, ...]
    sentence: str
    where: str
    article: str


@dataclass(frozen=True, slots=True)
class ThemeSet:
    """All themes in all versions, and those that are refused at the door."""

    versions: tuple[Theme, ...]
    at_the_door: tuple[RefusedTheme, ...]

    def active(self) -> tuple[Theme, ...]:
        """The newest version of each theme, in their own order."""
        newest: dict[str, Theme] = {}
        for theme in sorted(self.versions, key=lambda theme: theme.version):
            newest[theme.code] = theme
        return tuple(sorted(newest.values(), key=lambda theme: (theme.order, theme.name)))

    def get(self, code: str, version: str) -> Theme:
        """One theme in one version; raises KeyError."""
        for theme in self.versions:
            if (theme.code, theme.version) == (code, version):
                return theme
        raise KeyError(f"{code} {version}")

    def refused(self) -> tuple[RefusedTheme, ...]:
        """What is refused at the door."""
        return self.at_the_door

    def by_label(self, text: str) -> Theme | None:
        """The theme that a person means with this word, whatever its capitals, spaces and dashes."""
        wanted = fold(text)
        return next((t for t in self.active() if wanted in {fold(name) for name in (t.code, t.name, *t.names)}), None)


def _coded(top: Section, key: str, *, least: int = 1) -> tuple[Coded, ...]:
    found = []
    for section in top.sections(key, least=least):
        found.append(Coded(section.text("code"), section.text("label")))
        section.close()
    return tuple(found)


def _question(section: Section) -> Question:
    kind = section.choice("kind", QUESTION_KINDS)
    options = section.texts("options", default=())
    if kind in ("choice", "multichoice") and len(options) < 2:
        section.wrong("options", "een keuzevraag heeft ten minste twee 'options'")
    question = Question(
        section.text("key"), section.text("label"), section.text("help", ""), kind, options, section.flag("required")
    )
    section.close()
    return question


def _criterion(section: Section) -> Criterion:
    criterion = Criterion(
        section.text("key"), section.text("question"), section.text("help", ""), section.text("source")
    )
    section.close()
    return criterion


def _emergency(section: Section) -> Emergency:
    calls = []
    for call in section.sections("calls", least=1, unique="who"):
        calls.append(Call(call.text("who"), call.text("number")))
        call.close()
    emergency = Emergency(section.text("title"), section.text("text"), tuple(calls))
    section.close()
    return emergency


def _severities(section: Section) -> dict[str, str]:
    words = {severity.value: section.text(severity.value) for severity in Severity}
    section.close()
    return words


def _theme(file: DataFile) -> Theme:
    top = file.top()
    retention = top.section("retention")
    theme = Theme(
        code=top.text("code"),
        version=top.text("version"),
        name=top.text("name"),
        names=top.texts("names", default=()),
        sentence=top.text("sentence"),
        order=top.number("order", least=0, default=100),
        retention_years=retention.number("years", least=1),
        retention_source=retention.text("source"),
        reminder=top.text("reminder", ""),
        emergency=_emergency(top.section("emergency")),
        questions=tuple(_question(section) for section in top.sections("questions", unique="key")),
        severities=_severities(top.section("severity")),
        categories=top.texts("categories"),
        subject_kinds=top.texts("subject_kinds", among=[kind.value for kind in SubjectKind]),
        criteria=tuple(_criterion(section) for section in top.sections("criteria", least=1, unique="key")),
        reject_reasons=_coded(top, "reject_reasons"),
        close_outcomes=_coded(top, "close_outcomes"),
        subject_roles=_coded(top, "subject_roles"),
        phenomena=_coded(top, "phenomena", least=0),
        priority=_coded(top, "priority", least=0),
        suggested_partners=top.texts("suggested_partners"),
        response_days=top.number("response_days", least=1),
        phased=top.flag("phased"),
    )
    retention.close()
    top.close()
    return theme


def _refused(file: DataFile) -> RefusedTheme:
    top = file.top()
    theme = RefusedTheme(
        top.text("code"), top.text("name"), top.texts("words"), top.text("sentence"), top.text("where"),
        top.text("article"),
    )  # fmt: skip
    top.close()
    return theme


def _note_twins(files: list[tuple[DataFile, Theme]]) -> None:
    seen: dict[tuple[str, str], str] = {}
    for file, theme in files:
        twin = seen.setdefault((theme.code, theme.version), file.name)
        if twin != file.name:
            file.wrong(("version",), f"{theme.code} {theme.version} staat ook in {twin}")


def load_themes(directory: Path) -> ThemeSet:
    """Reads every theme in the folder and what is refused at the door; raises DataFileError with all mistakes."""
    files = [DataFile(path) for path in sorted(directory.glob("*.toml"))]
    doors = [DataFile(path) for path in sorted((directory / "refused").glob("*.toml"))]
    themes = [(file, _theme(file)) for file in files if file.readable]
    refused = [_refused(file) for file in doors if file.readable]
    _note_twins(themes)
    refuse_mistakes([*files, *doors])
    return ThemeSet(tuple(theme for _, theme in themes), tuple(refused))

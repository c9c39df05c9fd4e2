"""Ladders as data: one TOML file per ladder and version. Every mistake is told with file, line and reason."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from escalation import ladder_checks
from escalation.authority_files import Authorities
from escalation.rungs import (
    SINCE,
    Criterion,
    DataPhase,
    Ladder,
    LadderKind,
    Mandate,
    Named,
    Regie,
    Requirement,
    RequirementKind,
    Rung,
    RungTerm,
    TermRole,
)
from escalation.terms import Counts, Extension, Length, TermRule, Unit
from privacy.datafiles import DataFile, Section, refuse_mistakes

E = TypeVar("E", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class LadderSet:
    """All ladders in all versions."""

    versions: tuple[Ladder, ...]

    def active(self) -> tuple[Ladder, ...]:
        """The newest version of each ladder, in their own order."""
        newest: dict[str, Ladder] = {}
        for ladder in sorted(self.versions, key=lambda ladder: ladder.version):
            newest[ladder.code] = ladder
        return tuple(sorted(newest.values(), key=lambda ladder: (ladder.order, ladder.name)))

    def get(self, code: str, version: str) -> Ladder:
        """One ladder in one version; raises KeyError."""
        for ladder in self.versions:
            if (ladder.code, ladder.version) == (code, version):
                return ladder
        raise KeyError(f"{code} {version}")


class _Reader:
    """Reads one file against the authorities and themes that there are."""

    def __init__(self, authorities: Authorities, themes: Collection[str]) -> None:
        self.authorities, self.themes = authorities, themes

    def deciders(self, section: Section, key: str, default: Sequence[str] | None = None) -> tuple[str, ...]:
        return section.texts(key, among=self.authorities.codes, default=default)

    def criteria(self, section: Section, key: str) -> tuple[Criterion, ...]:
        found = []
        for one in section.sections(key, unique="key"):
            found.append(Criterion(one.text("key"), one.text("text"), one.text("source")))
            one.close()
        return tuple(found)

    def requirement(self, section: Section) -> Requirement:
        kind = one_of(section, "kind", RequirementKind)
        found = Requirement(
            key=section.text("key"),
            kind=kind,
            label=section.text("label"),
            article=section.text("article"),
            valid=length(section.section("valid")) if section.has("valid") else None,
            who=section.choice("who", self.authorities.codes) if kind is RequirementKind.CONSENT else "",
            least_age=section.number("least_age", least=1, default=0) if kind is RequirementKind.AGE else 0,
            below_age=section.number("below_age", least=1, default=0) if kind is RequirementKind.AGE else 0,
            urgent=section.text("urgent", "") if kind in (RequirementKind.VIEWS, RequirementKind.DOCUMENT) else "",
        )
        section.close()
        return found

    def mandate(self, section: Section) -> Mandate:
        codes = self.authorities.codes
        found = Mandate(section.choice("giver", codes), section.choice("to", codes), section.text("article"))
        section.close()
        return found

    def term(self, section: Section, decides: tuple[str, ...]) -> RungTerm:
        basic = length(section, closing=False)
        extension, extend_decides = None, decides
        if section.has("extension"):
            inner = section.section("extension")
            extension, extend_decides = self.extension(inner), self.deciders(inner, "decides", decides)
            inner.close()
        rule = TermRule(
            basic, one_of(section, "counts", Counts), section.flag("termijnenwet"),
            section.text("article"), extension,
        )  # fmt: skip
        found = RungTerm(
            key=section.text("key"),
            label=section.text("label"),
            role=one_of(section, "role", TermRole),
            since=section.choice("since", SINCE),
            rule=rule,
            least=section.number("least", least=1, default=basic.number),
            most=section.number("most", least=1, default=basic.number),
            remind=section.number("remind", least=0, default=0),
            within=length(section.section("within")) if section.has("within") else None,
            reached=section.text("reached"),
            extend_decides=extend_decides,
        )
        section.close()
        return found

    def extension(self, section: Section) -> Extension:
        return Extension(
            each=length(section.section("each")) if section.has("each") else None,
            times=section.number("times", least=1) if section.has("times") else None,
            maximum=length(section.section("maximum")) if section.has("maximum") else None,
            article=section.text("article"),
        )

    def rung(self, section: Section, kind: LadderKind, parts: Iterable[str]) -> Rung:
        decides = self.deciders(section, "decides")
        found = Rung(
            key=section.text("key"),
            number=section.number("number", least=0),
            name=section.text("name"),
            part=section.choice("part", parts, ""),
            sentence=section.text("sentence"),
            measure=section.text("measure", ""),
            decides=decides,
            leave_decides=self.deciders(section, "leave_decides", decides),
            mandates=tuple(self.mandate(one) for one in section.sections("mandates", unique="to")),
            no_mandate=section.text("no_mandate", ""),
            basis=section.texts("basis", default=()),
            enter=self.criteria(section, "enter"),
            leave=self.criteria(section, "leave"),
            requires=tuple(self.requirement(one) for one in section.sections("requires", unique="key")),
            terms=tuple(self.term(one, decides) for one in section.sections("terms", unique="key")),
            only_from=section.texts("only_from", default=()),
            aside=section.flag("aside"),
            care=section.text("care"),
            reminder=section.text("reminder", ""),
            status_only=section.flag("status_only"),
            regie_level=section.number("regie_level", least=1, default=0),
            regie=regie(section.section("regie")) if kind is LadderKind.REGIE else None,
        )
        section.close()
        return found

    def ladder(self, file: DataFile) -> Ladder:
        top = file.top()
        kind = one_of(top, "kind", LadderKind)
        parts = named(top, "parts")
        codes = [one.code for one in parts]
        found = Ladder(
            code=top.text("code"),
            version=top.text("version"),
            name=top.text("name"),
            sentence=top.text("sentence"),
            kind=kind,
            themes=top.texts("themes", among=self.themes, default=()),
            order=top.number("order", least=0, default=100),
            source=top.text("source"),
            start=top.text("start"),
            skip=top.text("skip", ""),
            regie_source=top.text("regie_source"),
            parts=parts,
            data_phases=tuple(data_phase(one) for one in top.sections("data_phases", unique="number")),
            rungs=tuple(self.rung(one, kind, codes) for one in top.sections("rungs", least=2, unique="key")),
        )
        top.close()
        return found


def one_of(section: Section, key: str, kind: type[E]) -> E:
    """One of the words of an enumeration; its first one, with a mistake noted, for any other word."""
    value = section.choice(key, kind)
    return kind(value) if value in set(kind) else next(iter(kind))


def length(section: Section, *, closing: bool = True) -> Length:
    """So many of a unit; with `closing`, a table that holds nothing else."""
    found = Length(section.number("number", least=1), one_of(section, "unit", Unit))
    if closing:
        section.close()
    return found


def regie(section: Section) -> Regie:
    """The four responsibilities of a level."""
    found = Regie(
        section.text("casusregie"), section.text("procesregie"), section.text("operationeel"),
        section.text("bestuurlijk"),
    )  # fmt: skip
    section.close()
    return found


def named(section: Section, key: str, *, least: int = 0) -> tuple[Named, ...]:
    """A list of codes with their labels."""
    found = []
    for one in section.sections(key, least=least):
        found.append(Named(one.text("code"), one.text("label")))
        one.close()
    return tuple(found)


def data_phase(section: Section) -> DataPhase:
    """A phase of data."""
    found = DataPhase(
        section.number("number", least=1), section.text("label"), named(section, "categories", least=1),
        section.text("condition", ""), section.text("article"),
    )  # fmt: skip
    section.close()
    return found


def read_ladder(file: DataFile, authorities: Authorities, themes: Collection[str]) -> Ladder | None:
    """One ladder; its mistakes are noted in the file. None when the file can't be read at all."""
    if not file.readable:
        return None
    ladder = _Reader(authorities, themes).ladder(file)
    if file.readable:
        # What stands beside something else is only looked at when each thing by itself is right.
        ladder_checks.note(file, ladder, authorities)
    return ladder


def _note_twins(files: Iterable[tuple[DataFile, Ladder]]) -> None:
    seen: dict[tuple[str, str], str] = {}
    for file, ladder in files:
        twin = seen.setdefault((ladder.code, ladder.version), file.name)
        if twin != file.name:
            file.wrong(("version",), f"{ladder.code} {ladder.version} staat ook in {twin}")


def _note_rivals(files: Iterable[tuple[DataFile, Ladder]]) -> None:
    """A case begins on one ladder of measures and one of regie: two of either need one code, as versions."""
    seen: dict[str, str] = {}
    for file, ladder in files:
        for place in ladder.themes if ladder.kind is LadderKind.MEASURES else ("regie",):
            rival = seen.setdefault(place, ladder.code)
            if rival != ladder.code:
                key = "themes" if ladder.kind is LadderKind.MEASURES else "kind"
                file.wrong((key,), f"voor '{place}' is er al de ladder '{rival}'; geef deze dezelfde code, als versie")


def load_ladders(paths: Sequence[Path], authorities: Authorities, themes: Collection[str]) -> LadderSet:
    """Reads these files; raises DataFileError with all mistakes of all files at once."""
    files = [DataFile(path) for path in paths]
    read = [(file, ladder) for file in files if (ladder := read_ladder(file, authorities, themes))]
    _note_twins(read)
    _note_rivals(read)
    refuse_mistakes(files)
    return LadderSet(tuple(ladder for _, ladder in read))

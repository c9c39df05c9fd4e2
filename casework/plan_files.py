"""The list of life domains as data: one TOML file per list and version. A running plan keeps its version."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from privacy.datafiles import DataFile, refuse_mistakes

DIRECTORY = Path(__file__).parent / "domains"


@dataclass(frozen=True, slots=True)
class LifeDomain:
    """A life domain. `category` is the kind of data of its goals; `phased`: its goals go by the phases of safety."""

    code: str
    label: str
    category: str
    phased: bool


@dataclass(frozen=True, slots=True)
class DomainList:
    """One list in one version, in the order in which a plan shows it."""

    code: str
    version: str
    name: str
    domains: tuple[LifeDomain, ...]

    def get(self, code: str) -> LifeDomain:
        """A domain; raises KeyError."""
        return {domain.code: domain for domain in self.domains}[code]


def _read(file: DataFile) -> DomainList:
    top = file.top()
    domains = []
    for section in top.sections("domains", least=1):
        domains.append(
            LifeDomain(section.text("code"), section.text("label"), section.text("category"), section.flag("phased"))
        )
        section.close()
    found = DomainList(top.text("code"), top.text("version"), top.text("name"), tuple(domains))
    top.close()
    return found


@lru_cache(maxsize=1)
def domain_lists() -> tuple[DomainList, ...]:
    """Every list in every version, oldest first; raises DataFileError with file, line and reason for a mistake."""
    files = [DataFile(path) for path in sorted(DIRECTORY.glob("*.toml"))]
    lists = [_read(file) for file in files if file.readable]
    refuse_mistakes(files)
    return tuple(sorted(lists, key=lambda one: one.version))


def newest_domains() -> DomainList:
    """The list that a new plan begins with."""
    return domain_lists()[-1]


def domains_of(code: str, version: str) -> DomainList:
    """The list that a plan began with; raises KeyError when its file is gone."""
    for one in domain_lists():
        if (one.code, one.version) == (code, version):
            return one
    raise KeyError(f"{code} {version}")

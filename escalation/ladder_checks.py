"""What must hold between the parts of one ladder: rungs can be reached, articles are named, no term passes the law."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise

from escalation.authority_files import Authorities
from escalation.rungs import Ladder, LadderKind, Requirement, RequirementKind, Rung, RungTerm
from escalation.terms import Counts, Length, Unit, why_no_termijnenwet
from privacy.datafiles import DataFile

Path = tuple[str | int, ...]
Found = Iterator[tuple[Path, str]]

# What no local rule can lengthen: everything together, from the beginning, under this article.
CEILINGS: Mapping[str, Length] = {
    "Wth 2(1)": Length(4, Unit.WEEKS),
    "Wth 9(1)": Length(4, Unit.WEEKS),
    "Gemeentewet 151d(3)": Length(4, Unit.WEEKS),
    "Gemeentewet 172a(6)": Length(12, Unit.MONTHS),
    "Gemeentewet 172b(2)": Length(3, Unit.MONTHS),
}
ROUGHLY = {Unit.HOURS: 1 / 24, Unit.DAYS: 1, Unit.WORKING_DAYS: 1.4, Unit.WEEKS: 7, Unit.MONTHS: 30.4, Unit.YEARS: 365}


def note(file: DataFile, ladder: Ladder, authorities: Authorities) -> None:
    """Notes in the file what is wrong between the parts of this ladder."""
    keys = [rung.key for rung in ladder.rungs]
    if ladder.start not in keys:
        file.wrong(("start",), f"'{ladder.start}' is geen trede; kies uit {', '.join(keys)}")
        return
    for path, reason in _ladder(ladder):
        file.wrong(path, reason)
    for index, rung in enumerate(ladder.rungs):
        for path, reason in (
            *_rung(rung, ladder, authorities),
            *_requirements(rung, ladder, authorities),
            *_terms(rung),
        ):
            file.wrong(("rungs", index, *path), reason)


def _ladder(ladder: Ladder) -> Found:
    for index, (lower, higher) in enumerate(pairwise(ladder.rungs)):
        if higher.number <= lower.number:
            reason = f"trede {higher.number} staat na trede {lower.number}; de nummers lopen op"
            yield ("rungs", index + 1, "number"), reason
    reached = _reachable(ladder)
    for index, rung in enumerate(ladder.rungs):
        if rung.key not in reached:
            yield ("rungs", index, "only_from"), f"trede '{rung.key}' is vanaf '{ladder.start}' niet te bereiken"
    for index, phase in enumerate(ladder.data_phases):
        if phase.number != index + 1:
            yield ("data_phases", index, "number"), "de gegevensfasen lopen op vanaf 1"


def _reachable(ladder: Ladder) -> set[str]:
    reached, waiting = {ladder.start}, [ladder.get(ladder.start)]
    while waiting:
        at = waiting.pop()
        fresh = [rung for rung in ladder.rungs if rung.key not in reached and ladder.leads(at, rung)]
        reached |= {rung.key for rung in fresh}
        waiting += fresh
    return reached


def _rung(rung: Rung, ladder: Ladder, authorities: Authorities) -> Found:
    keys = {one.key for one in ladder.rungs}
    for key in rung.only_from:
        if key not in keys or key == rung.key:
            yield ("only_from",), f"'{key}' in 'only_from' is geen andere trede van deze ladder"
    if not rung.decides:
        yield ("decides",), "noem wie over deze trede beslist"
    if rung.key != ladder.start and not rung.enter:
        yield ("enter",), "noem ten minste één criterium om deze trede op te gaan"
    if rung.key != ladder.start and not rung.leave:
        yield ("leave",), "noem ten minste één criterium om deze trede te verlaten"
    lawful = rung.measure or rung.mandates or any(authorities.get(code).public for code in rung.decides)
    if lawful and not rung.basis:
        yield ("basis",), "het artikel ontbreekt: deze trede is een maatregel of een besluit van een overheid"
    for index, mandate in enumerate(rung.mandates):
        if mandate.giver not in rung.decides:
            yield (
                ("mandates", index, "giver"),
                f"'{mandate.giver}' beslist niet over deze trede en kan geen mandaat geven",
            )
        if rung.no_mandate:
            yield ("no_mandate",), f"mandaat kan hier niet ({rung.no_mandate}), maar er staat wel een mandaat"
    if rung.regie_level and ladder.kind is LadderKind.REGIE:
        yield ("regie_level",), "een regieladder verwijst niet naar een regieniveau"


def _requirements(rung: Rung, ladder: Ladder, authorities: Authorities) -> Found:
    for index, one in enumerate(rung.requires):
        for key, reason in _requirement(one, rung, ladder, authorities):
            yield ("requires", index, key), reason


def _requirement(one: Requirement, rung: Rung, ladder: Ladder, authorities: Authorities) -> Iterator[tuple[str, str]]:
    if one.kind is RequirementKind.AGE and bool(one.least_age) == bool(one.below_age):
        yield "least_age", "noem of 'least_age' of 'below_age'"
    if one.kind is RequirementKind.CONSENT and not authorities.get(one.who).members:
        yield "who", f"'{one.who}' is geen overleg met leden; instemming noemt wie erbij waren"
    if one.kind is RequirementKind.PHASE and not ladder.data_phases:
        yield "kind", "deze ladder heeft geen [[data_phases]]"
    if one.kind is RequirementKind.VIEWS and not any(term.role == "zienswijze" for term in _all_terms(ladder)):
        yield "kind", 'er is nergens een termijn met role = "zienswijze"'


def _all_terms(ladder: Ladder) -> Iterator[RungTerm]:
    for rung in ladder.rungs:
        yield from rung.terms


def _terms(rung: Rung) -> Found:
    for index, term in enumerate(rung.terms):
        for path, reason in (*_term(term), *_extension(term)):
            yield ("terms", index, *path), reason
    if rung.measure and sum(term.role == "maatregel" for term in rung.terms) > 1:
        yield ("terms",), 'een maatregel heeft één termijn met role = "maatregel"'


def _term(term: RungTerm) -> Found:
    rule = term.rule
    if rule.length.unit is Unit.HOURS and rule.counts is Counts.DAY:
        yield ("counts",), 'een termijn in uren loopt van tijdstip tot tijdstip: counts = "moment"'
    why = why_no_termijnenwet(rule.length, rule.counts)
    if rule.termijnenwet and why:
        yield ("termijnenwet",), why
    if not term.least <= rule.length.number <= term.most:
        yield ("number",), f"{rule.length.number} ligt niet tussen 'least' {term.least} en 'most' {term.most}"
    ceiling = CEILINGS.get(rule.article)
    longest = Length(term.most, rule.length.unit)
    if ceiling and _longer(longest, ceiling):
        yield ("most",), f"{longest} is langer dan {ceiling}, het maximum van {rule.article}"
    if term.within and not _longer(term.within, rule.length):
        yield ("within",), "'within' is langer dan het aantal dagen"


def _extension(term: RungTerm) -> Found:
    extension, length = term.rule.extension, term.rule.length
    if extension is None:
        return
    if not extension.each and not extension.maximum:
        yield ("extension",), "noem hoe ver verlengen mag: 'each' (per keer) of 'maximum' (samen)"
    together = _days(length) + _days(extension.each) * (extension.times or 1)
    if extension.maximum and not _longer(extension.maximum, length):
        yield ("extension", "maximum"), f"{extension.maximum} is niet langer dan de termijn zelf ({length})"
    elif extension.maximum and extension.each and extension.times and together > _days(extension.maximum) + 1:
        yield ("extension", "times"), f"samen komt dit voorbij het maximum van {extension.maximum}"
    ceiling = CEILINGS.get(extension.article)
    if ceiling and max(together, _days(extension.maximum)) > _days(ceiling) + 1:
        yield ("extension",), f"verlengen kan dan tot voorbij {ceiling}, het maximum van {extension.article}"


def _days(length: Length | None) -> float:
    return length.number * ROUGHLY[length.unit] if length else 0


def _longer(one: Length, other: Length) -> bool:
    return _days(one) > _days(other)

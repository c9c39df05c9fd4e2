"""`docs/ladders/*.md` and their drawings: each ladder with who decides, on what basis, what it asks and how long."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from django.template.loader import render_to_string

from config.docs_tables import GENERATED, page
from escalation.authority_files import authorities
from escalation.drawing import draw
from escalation.laddering import ladders
from escalation.rungs import SINCE, Criterion, DataPhase, Ladder, Requirement, Rung, RungTerm
from escalation.terms import Counts

FOLDER = "docs/ladders"


def pages() -> Mapping[str, Callable[[], str]]:
    """Every page and drawing with how it is made: an overview, and two files for the newest version of each ladder."""
    found: dict[str, Callable[[], str]] = {f"{FOLDER}/README.md": overview}
    for ladder in ladders().active():
        found[f"{FOLDER}/{ladder.code}.md"] = _making(ladder, ladder_page)
        found[f"{FOLDER}/{ladder.code}.svg"] = _making(ladder, drawing)
    return found


def _making(ladder: Ladder, make: Callable[[Ladder], str]) -> Callable[[], str]:
    return lambda: make(ladder)


def overview() -> str:
    """Which ladders there are."""
    lines = [f"- [{one.name}]({one.code}.md), versie {one.version}: {one.sentence}" for one in ladders().active()]
    return page(
        "# Ladders",
        GENERATED,
        "Elke ladder is een bestand in `escalation/ladders/`. Een casus houdt de versie waarmee zij begon. Een eigen "
        "ladder maken: [hoe dat gaat](../own-ladders.md).",
        "\n".join(lines),
    )


def drawing(ladder: Ladder) -> str:
    """The drawing by itself."""
    return render_to_string("escalation/ladder.svg", {"drawing": draw(ladder, authorities())})


def ladder_page(ladder: Ladder) -> str:
    """One ladder, rung by rung, in lists: a table is too wide for a telephone."""
    skip = ladder.skip or "Overslaan kan niet: elke trede komt aan de beurt."
    return page(
        f"# {ladder.name}",
        GENERATED,
        f"{ladder.sentence} Versie {ladder.version}. Bron: {ladder.source}. {skip}",
        f"![{ladder.name}: dezelfde treden als in de lijst hieronder]({ladder.code}.svg)",
        "## De treden",
        _list(ladder),
        *(_rung(rung, ladder) for rung in ladder.rungs),
        *_phases(ladder),
    )


def _list(ladder: Ladder) -> str:
    lines = [f"{rung.number}. {rung.name}{' (naast de ladder)' if rung.aside else ''}" for rung in ladder.rungs]
    # Markdown numbers a list by itself, and a ladder may begin at 0.
    return "\n".join(f"- {line}" for line in lines)


def _rung(rung: Rung, ladder: Ladder) -> str:
    return "\n".join([f"## {rung.number}. {rung.name}", "", rung.sentence, "", *_facts(rung, ladder)])


def _facts(rung: Rung, ladder: Ladder) -> Iterator[str]:
    names = authorities()
    yield f"- **Beslist:** {names.labels(rung.decides)}"
    for mandate in rung.mandates:
        yield f"- **Mandaat:** {names.get(mandate.giver).label} aan {names.get(mandate.to).label} ({mandate.article})"
    if rung.no_mandate:
        yield f"- **Mandaat:** kan niet ({rung.no_mandate})"
    if rung.leave_decides != rung.decides:
        yield f"- **Over terugstappen beslist:** {names.labels(rung.leave_decides)}"
    yield f"- **Grondslag:** {', '.join(rung.basis) or 'werkafspraak'}"
    if rung.only_from:
        yield f"- **Alleen vanaf:** {', '.join(ladder.get(key).name for key in rung.only_from)}"
    yield from _criteria("Erop", rung.enter)
    yield from _criteria("Eraf", rung.leave)
    yield from (f"- **Moet er zijn:** {_requirement(one)}" for one in rung.requires)
    yield from (f"- **Termijn:** {_term(term)}" for term in rung.terms)
    yield f"- **Zorg ernaast:** {rung.care}"
    if rung.reminder:
        yield f"- **Let op:** {rung.reminder}"
    if rung.regie:
        yield f"- **Casusregie:** {rung.regie.casusregie}"
        yield f"- **Procesregie:** {rung.regie.procesregie}"
        yield f"- **Operationeel verantwoordelijk:** {rung.regie.operationeel}"
        yield f"- **Bestuurlijk verantwoordelijk:** {rung.regie.bestuurlijk}"


def _criteria(word: str, criteria: tuple[Criterion, ...]) -> Iterator[str]:
    yield from (f"- **{word}:** {one.text} ({one.source})" for one in criteria)


def _requirement(one: Requirement) -> str:
    valid = f"; geldig {one.valid}" if one.valid else ""
    urgent = f"; niet bij spoed ({one.urgent})" if one.urgent else ""
    return f"{one.label} ({one.kind.value}; {one.article}{valid}{urgent})"


def _term(term: RungTerm) -> str:
    rule = term.rule
    length = str(rule.length) if term.least == term.most else f"{term.least} tot en met {term.most} {rule.length.unit}"
    law = "met de Algemene termijnenwet" if rule.termijnenwet else "zonder de Algemene termijnenwet"
    counting = "van tijdstip tot tijdstip" if rule.counts is Counts.MOMENT else f"in hele dagen, {law}"
    spread = f", verspreid over {term.within}" if term.within else ""
    return f"{term.label}: {length}{spread} na {SINCE[term.since]}, {counting} ({rule.article}){_extension(term)}"


def _extension(term: RungTerm) -> str:
    extension = term.rule.extension
    if extension is None:
        return ""
    parts = [
        f"telkens {extension.each}" if extension.each else "",
        f"{extension.times} keer" if extension.times else "",
    ]
    parts.append(f"tot {extension.maximum} na het begin" if extension.maximum else "")
    who = authorities().named(term.extend_decides)
    return f"; verlengen door {who}: {', '.join(part for part in parts if part)} ({extension.article})"


def _phases(ladder: Ladder) -> Iterator[str]:
    if ladder.data_phases:
        yield "\n".join(["## Gegevensfasen", "", *(_phase(phase) for phase in ladder.data_phases)])


def _phase(phase: DataPhase) -> str:
    what = ", ".join(one.label for one in phase.categories)
    condition = f"; alleen als vaststaat: {phase.condition}" if phase.condition else ""
    return f"- **Fase {phase.number}, {phase.label}:** {what} ({phase.article}){condition}"

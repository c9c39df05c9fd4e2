"""Facts, steps and outcomes as a person reads them: one place, for the panel, the inbox and the printed page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from escalation.authority_files import Authorities
from escalation.dutch import joined, spoken_day
from escalation.fact_values import load
from escalation.facts import Born, Checked, Consent, Fact, Package, Paper, Urgent, Views
from escalation.models import DecisionMove
from escalation.rungs import Ladder

STEP = {
    DecisionMove.UP: "Omhoog naar “{}”",
    DecisionMove.SKIP: "Omhoog naar “{}”, treden overgeslagen",
    DecisionMove.DOWN: "Terug naar “{}”",
    DecisionMove.BACK: "Terug naar “{}”, meer dan één trede",
    DecisionMove.BEGIN: "Inzetten naast de ladder: “{}”",
    DecisionMove.END: "Beëindigen: “{}”",
    DecisionMove.EXTEND: "Verlengen: “{}”",
    DecisionMove.WITHDRAW: "Intrekken: “{}”",
    DecisionMove.STAY: "Opnieuw bekeken: blijft op “{}”",
    DecisionMove.ADOPT: "Over naar versie {} van de ladder",
}


def step_said(move: str, to: str, ladder: Ladder) -> str:
    """What a decision does, in words."""
    kind = DecisionMove(move)
    return STEP[kind].format(to if kind is DecisionMove.ADOPT else ladder.get(to).name)


def fact_said(fact: Fact, ladder: Ladder, authorities: Authorities) -> str:
    """What is known, in one sentence."""
    match fact:
        case Checked(held):
            return "Ja, dit staat vast." if held else "Nee, dit staat niet vast."
        case Paper(dated):
            return f"Document van {spoken_day(dated)}."
        case Views(given=given) if given:
            return f"Gegeven op {spoken_day(given)}."
        case Views(ends=ends) if ends:
            return f"Gevraagd. De termijn loopt tot {spoken_day(ends.date())}."
        case Views():
            return "Gevraagd."
        case Urgent():
            return "Dit kon niet wachten (spoed)."
        case Consent(dated, members, agreed):
            who = joined([authorities.get(code).named for code in sorted(members)])
            return (
                f"{'Ingestemd' if agreed else 'Niet ingestemd'} op {spoken_day(dated)}{f', door {who}' if who else ''}."
            )
        case Born(day):
            return f"Geboren op {spoken_day(day)}."
        case Package(phase, categories, condition_met):
            names = {one.code: one.label for part in ladder.data_phases for one in part.categories}
            listed = joined([names.get(code, code) for code in sorted(categories)]) or "nog geen gegevens"
            return f"Fase {phase}: {listed}.{' Aan de voorwaarde van deze fase is voldaan.' if condition_met else ''}"


def stored_said(stored: Mapping[str, Any], ladder: Ladder, authorities: Authorities) -> str:
    """The same for a fact as it is stored."""
    return fact_said(load(stored), ladder, authorities)

"""Deciding a step: by who holds the authority, or recorded where nobody in the system does."""

from __future__ import annotations

import pytest

from casework.models import Case
from escalation.facts import Checked, Paper
from escalation.models import Decision, Measure, Standing, Term
from escalation.services.proposing import RefusedStep
from partners.models import User
from privacy.errors import Refused
from tests.ladder.scene import granted, holds, noted, proposed, recorded, standing_of
from tests.world import Cast, a_case, a_signal, as_, invited


@pytest.fixture
def case(cast: Cast) -> Case:
    found = a_case(cast.rosa, a_signal(cast.wilma, cast.overlast))
    invited(found, cast.rosa, cast.wilma, cast.pieter)
    return found


def test_a_new_case_stands_at_the_foot_of_its_ladder_and_of_ave(cast: Cast, case: Case) -> None:
    assert standing_of(case, "woonoverlast", cast.rosa).steps == 0
    assert standing_of(case, "ave", cast.rosa).steps == 0


def stands(standing: Standing, by: User) -> str:
    return standing_of(standing.case, standing.ladder, by).at


def climbed(cast: Cast, case: Case) -> Standing:
    """At rung 1, where the regisseur decided."""
    standing = standing_of(case, "woonoverlast", cast.rosa)
    noted(standing, "gesprek_veilig", Checked(True), cast.rosa)
    granted(proposed(standing, "zelf", "veilig", cast.rosa), cast.rosa)
    return standing_of(case, "woonoverlast", cast.rosa)


def test_the_regisseur_takes_a_step_that_is_the_regisseurs(cast: Cast, case: Case) -> None:
    standing = climbed(cast, case)
    assert (standing.at, standing.steps) == ("zelf", 1)


def test_a_step_without_what_the_rung_asks_is_refused_with_the_article(cast: Cast, case: Case) -> None:
    standing = standing_of(case, "woonoverlast", cast.rosa)
    with pytest.raises(RefusedStep, match="Escalatieladder woonoverlast"):
        proposed(standing, "zelf", "veilig", cast.rosa)
    assert stands(standing, cast.rosa) == "melding"


def test_nobody_decides_for_an_authority_they_do_not_have(cast: Cast, case: Case) -> None:
    standing = climbed(cast, case)
    noted(standing, "afsprakenblad", Paper(standing.since.date()), cast.rosa)
    holds(cast, cast.overlast, "wijkagent", cast.pieter)
    proposal = proposed(standing, "afspraken", "houdt_aan", cast.rosa)
    with pytest.raises(RefusedStep, match="Hierover beslist"):
        granted(proposal, cast.rosa)
    with pytest.raises(Refused, match="beslist hierover zelf"):
        recorded(proposal, "wijkagent", cast.rosa)
    granted(proposal, cast.pieter)
    with pytest.raises(Refused, match="al beslist"):
        granted(proposal, cast.pieter)
    assert stands(standing, cast.rosa) == "afspraken"


def test_where_nobody_in_the_system_decides_the_regie_records_it_and_the_measure_and_its_terms_begin(
    cast: Cast, case: Case
) -> None:
    standing = climbed(cast, case)
    for key in ("dossier", "waarschuwingsbrief", "afsprakenblad"):
        noted(standing, key, Paper(standing.since.date()), cast.rosa)
    recorded(proposed(standing, "afspraken", "houdt_aan", cast.rosa), "corporatie", cast.rosa)
    now_there = standing_of(case, "woonoverlast", cast.rosa)
    recorded(proposed(now_there, "waarschuwing", "niet_nagekomen", cast.rosa), "corporatie", cast.rosa)
    assert stands(standing, cast.rosa) == "waarschuwing"
    with as_(cast.pieter):
        assert [row.number for row in Decision.objects.filter(standing=standing)] == [3, 2, 1]
        assert [row.rung for row in Measure.objects.filter(standing=standing)] == ["waarschuwing"]
        left = Term.objects.get(standing=standing)
        assert (left.key, left.rung, left.ended_because) == ("volgen", "afspraken", "left")

"""No road of an ondermijning case leads to the RIEC without the driehoek: each is tried, and refused by article."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from casework.models import Case
from escalation.facts import Checked, Consent, Fact, Package, Paper
from escalation.laddering import active_ladder
from escalation.models import Finding, Measure, Proposal, Standing, Term
from escalation.services import deciding, findings, proposing
from escalation.services.proposing import RefusedStep
from partners.models import CaseTable, Seat, SecrecyStatement
from privacy.errors import Refused
from privacy.roles import Role
from privacy.unlock import unlock
from tests.ladder.scene import at_the_ladder, granted, holds, noted, proposed, recorded, standing_of
from tests.world import Cast, a_case, a_signal, as_

TODAY = date.today()
DRIEHOEK = frozenset({"burgemeester", "officier", "politiechef"})
PACKAGE = Package(1, frozenset({"identiteit"}), False)
CONSENT = Consent(TODAY, DRIEHOEK, True)


@pytest.fixture
def case(cast: Cast) -> Case:
    table = CaseTable.objects.create(
        name="Casustafel ondermijning", code="ondermijning", theme="ondermijning", area="Proefstad",
        profile="gemeentelijk",
    )  # fmt: skip
    begun = timezone.now() - timedelta(days=3)
    for person, role in ((cast.rosa, Role.PROCESREGISSEUR), (cast.wilma, Role.PROFESSIONAL), (cast.bram, Role.DECIDER)):
        Seat.objects.create(table=table, user=person, role=role, valid_from=begun)
        SecrecyStatement.objects.create(table=table, user=person, profile_version="proef")
    return a_case(cast.rosa, a_signal(cast.wilma, table))


def here(cast: Cast, case: Case) -> Standing:
    return standing_of(case, "ondermijning", cast.rosa)


def steps(cast: Cast, case: Case, to: str, criterion: str, authority: str, **facts: Fact) -> None:
    """A step that whoever decides it outside the system took."""
    for key, fact in facts.items():
        noted(here(cast, case), key, fact, cast.rosa)
    members = DRIEHOEK if authority == "driehoek" else frozenset[str]()
    proposal = proposed(here(cast, case), to, criterion, cast.rosa)
    if authority == "procesregisseur":
        granted(proposal, cast.rosa)
    else:
        recorded(proposal, authority, cast.rosa, members=members)


@pytest.fixture
def at_tvo(cast: Cast, case: Case) -> Case:
    steps(cast, case, "casustafel", "concreet", "procesregisseur", eigen_waarneming=Checked(True))
    steps(cast, case, "tvo", "georganiseerd", "tvo", toetsing=Checked(True), geprobeerd=Paper(TODAY))
    return case


@pytest.fixture
def at_driehoek(cast: Cast, at_tvo: Case) -> Case:
    steps(cast, at_tvo, "driehoek", "voorstel", "driehoek", pakket=Paper(TODAY))
    return at_tvo


def ready(cast: Cast, case: Case, **instead: Fact | None) -> Standing:
    """All that the RIEC asks is there, but for what is said."""
    facts: dict[str, Fact | None] = {"instemming": CONSENT, "gegevensfase": PACKAGE, "feiten_juist": Checked(True)}
    for key, fact in (facts | instead).items():
        if fact is not None:
            noted(here(cast, case), key, fact, cast.rosa)
    return here(cast, case)


def not_there(cast: Cast, case: Case) -> None:
    assert here(cast, case).at != "riec"
    with as_(cast.rosa):
        assert not Term.objects.filter(rung="riec").exists()
        assert not Measure.objects.filter(rung="riec").exists()


def test_with_the_driehoek_it_goes(cast: Cast, at_driehoek: Case) -> None:
    proposal = proposed(ready(cast, at_driehoek), "riec", "ingestemd", cast.rosa)
    recorded(proposal, "driehoek", cast.rosa, members=DRIEHOEK)
    assert here(cast, at_driehoek).at == "riec"


WITHOUT = {
    "nothing was said": ({"instemming": None}, "instemming van de driehoek ontbreekt"),
    "one member was not there": (
        {"instemming": Consent(TODAY, DRIEHOEK - {"officier"}, True)}, "instemming van de driehoek",
    ),
    "nobody was there": ({"instemming": Consent(TODAY, frozenset(), True)}, "instemming van de driehoek"),
    "it refused": ({"instemming": Consent(TODAY, DRIEHOEK, False)}, "instemming van de driehoek"),
    "it is still to come": ({"instemming": replace(CONSENT, dated=TODAY + timedelta(days=1))}, "instemming van"),
    "it is too old": ({"instemming": replace(CONSENT, dated=TODAY - timedelta(days=200))}, "instemming van"),
    "a check instead of a consent": ({"instemming": Checked(True)}, "instemming van de driehoek"),
    "a paper instead of a consent": ({"instemming": Paper(TODAY)}, "instemming van de driehoek"),
    "no phase was chosen": ({"gegevensfase": None}, "WGS 2.23"),
    "data of a later phase": ({"gegevensfase": Package(1, frozenset({"belasting"}), True)}, "WGS 2.23"),
    "its condition was not met": ({"gegevensfase": Package(2, frozenset({"belasting"}), False)}, "WGS 2.2"),
    "data that no phase knows": ({"gegevensfase": Package(1, frozenset({"roddel"}), True)}, "WGS 2.2"),
    "a phase that is none": ({"gegevensfase": Package(7, frozenset({"identiteit"}), True)}, "WGS 2.2"),
    "nobody vouches for the facts": ({"feiten_juist": Checked(False)}, "BGS 1.6"),
}  # fmt: skip


@pytest.mark.parametrize("why", WITHOUT)
def test_without_what_the_law_asks_nobody_even_proposes_it(cast: Cast, at_driehoek: Case, why: str) -> None:
    instead, article = WITHOUT[why]
    standing = ready(cast, at_driehoek, **instead)
    with pytest.raises(RefusedStep, match=article):
        proposed(standing, "riec", "ingestemd", cast.rosa)
    not_there(cast, at_driehoek)


def test_no_rung_before_the_driehoek_leads_there(cast: Cast, case: Case) -> None:
    def tries() -> None:
        standing = ready(cast, case)
        with pytest.raises(RefusedStep, match="alleen vanaf “Driehoek”") as refused:
            proposed(standing, "riec", "ingestemd", cast.rosa)
        assert "WGS 2.16" in str(refused.value)

    tries()
    steps(cast, case, "casustafel", "concreet", "procesregisseur", eigen_waarneming=Checked(True))
    tries()
    steps(cast, case, "tvo", "georganiseerd", "tvo", toetsing=Checked(True), geprobeerd=Paper(TODAY))
    tries()
    not_there(cast, case)


def test_from_a_rung_beside_the_ladder_it_does_not_go(cast: Cast, at_tvo: Case) -> None:
    recorded(proposed(here(cast, at_tvo), "controle", "aanwijzing", cast.rosa), "college", cast.rosa)
    assert here(cast, at_tvo).beside == ["controle"]
    with pytest.raises(RefusedStep, match="alleen vanaf"):
        proposed(ready(cast, at_tvo), "riec", "ingestemd", cast.rosa)
    not_there(cast, at_tvo)


def test_a_case_that_left_the_driehoek_goes_past_it_again(cast: Cast, at_driehoek: Case) -> None:
    waiting = proposed(ready(cast, at_driehoek), "riec", "ingestemd", cast.rosa)
    down = proposed(here(cast, at_driehoek), "tvo", "geen_instemming", cast.rosa)
    recorded(down, "burgemeester", cast.rosa)
    with pytest.raises(Refused, match="al beslist"):
        recorded(waiting, "driehoek", cast.rosa, members=DRIEHOEK)
    with pytest.raises(RefusedStep, match="alleen vanaf"):
        proposed(here(cast, at_driehoek), "riec", "ingestemd", cast.rosa)
    not_there(cast, at_driehoek)


# --- once it is proposed ---


def ends(key: str) -> Callable[[Cast, Standing], None]:
    def act(cast: Cast, standing: Standing) -> None:
        with at_the_ladder(cast.rosa, standing) as by:
            found = Finding.objects.select_related("standing__case", "dossier").get(requirement=key, ended_at=None)
            findings.withdraw(found, now=timezone.now(), by=by)

    return act


def becomes(key: str, fact: Fact) -> Callable[[Cast, Standing], None]:
    return lambda cast, standing: noted(standing, key, fact, cast.rosa) and None


@pytest.mark.parametrize("in_the_system", [True, False])
@pytest.mark.parametrize(
    "changes",
    [
        ends("instemming"),
        ends("gegevensfase"),
        becomes("instemming", Consent(TODAY, DRIEHOEK, False)),
        becomes("instemming", Consent(TODAY, frozenset({"burgemeester"}), True)),
        becomes("gegevensfase", Package(1, frozenset({"strafrecht"}), True)),
    ],
)
def test_what_is_withdrawn_after_proposing_counts(
    cast: Cast, at_driehoek: Case, changes: Callable[[Cast, Standing], None], in_the_system: bool
) -> None:
    if in_the_system:
        holds(cast, at_driehoek.table, "driehoek", cast.bram)
    standing = ready(cast, at_driehoek)
    proposal = proposed(standing, "riec", "ingestemd", cast.rosa)
    changes(cast, standing)
    with pytest.raises(RefusedStep):
        if in_the_system:
            granted(proposal, cast.bram)
        else:
            recorded(proposal, "driehoek", cast.rosa, members=DRIEHOEK)
    not_there(cast, at_driehoek)


def test_a_consent_that_grew_old_while_it_waited_counts_no_more(cast: Cast, at_driehoek: Case) -> None:
    old = replace(CONSENT, dated=TODAY - timedelta(days=170))
    proposal = proposed(
        ready(cast, at_driehoek, instemming=old), "riec", "ingestemd", cast.rosa,
        review_on=TODAY + timedelta(days=300),
    )  # fmt: skip
    with pytest.raises(RefusedStep, match="instemming van de driehoek"):
        recorded(
            proposal, "driehoek", cast.rosa, members=DRIEHOEK, now=timezone.now() + timedelta(days=60)
        )  # fmt: skip
    not_there(cast, at_driehoek)


@pytest.mark.parametrize("missing", sorted(DRIEHOEK))
def test_a_decision_without_a_member_is_none_of_the_driehoek(cast: Cast, at_driehoek: Case, missing: str) -> None:
    proposal = proposed(ready(cast, at_driehoek), "riec", "ingestemd", cast.rosa)
    with pytest.raises(Refused, match="hoort ook"):
        recorded(proposal, "driehoek", cast.rosa, members=DRIEHOEK - {missing})
    not_there(cast, at_driehoek)


@pytest.mark.parametrize("authority", ["burgemeester", "procesregisseur", "riec", "tvo", ""])
def test_nobody_else_is_recorded_as_who_decided(cast: Cast, at_driehoek: Case, authority: str) -> None:
    proposal = proposed(ready(cast, at_driehoek), "riec", "ingestemd", cast.rosa)
    with pytest.raises(Refused, match="Kies wie"):
        recorded(proposal, authority, cast.rosa, members=DRIEHOEK)
    not_there(cast, at_driehoek)


@pytest.mark.parametrize("authority", ["burgemeester", "officier", "politiechef", "tvo", "college", "riec"])
def test_one_of_the_driehoek_or_another_body_does_not_grant_it(cast: Cast, at_driehoek: Case, authority: str) -> None:
    holds(cast, at_driehoek.table, authority, cast.rosa)
    proposal = proposed(ready(cast, at_driehoek), "riec", "ingestemd", cast.rosa)
    with pytest.raises(RefusedStep, match="Hierover beslist de driehoek"):
        granted(proposal, cast.rosa)
    not_there(cast, at_driehoek)


def test_where_the_driehoek_decides_in_the_system_nobody_records_it(cast: Cast, at_driehoek: Case) -> None:
    holds(cast, at_driehoek.table, "driehoek", cast.bram)
    proposal = proposed(ready(cast, at_driehoek), "riec", "ingestemd", cast.rosa)
    with pytest.raises(Refused, match="beslist hierover zelf"):
        recorded(proposal, "driehoek", cast.rosa, members=DRIEHOEK)
    with pytest.raises(RefusedStep, match="Hierover beslist"):
        granted(proposal, cast.rosa)
    granted(proposal, cast.bram)
    assert here(cast, at_driehoek).at == "riec"


def test_a_new_version_or_an_extension_brings_no_case_there(cast: Cast, at_tvo: Case) -> None:
    standing = here(cast, at_tvo)
    with at_the_ladder(cast.rosa, standing) as by:
        with pytest.raises(RefusedStep, match="heeft versie"):
            proposing.propose_version(standing, about="Pand", reason="Nieuw.", now=timezone.now(), by=by)
        term = Term(standing=standing, rung="riec", key="terugkoppeling", ladder=standing.ladder, number=1)
        term.ladder_version, term.since, term.ends = standing.ladder_version, timezone.now(), timezone.now()
        with pytest.raises(Refused, match="Alleen een maatregel wordt hier verlengd"):
            proposing.propose_extension(
                term, timezone.now() + timedelta(days=9), about="Pand", reason="Langer.", now=timezone.now(), by=by
            )
    not_there(cast, at_tvo)


def test_a_proposal_for_one_rung_is_not_carried_out_as_another(cast: Cast, at_tvo: Case) -> None:
    proposal = proposed(here(cast, at_tvo), "controle", "aanwijzing", cast.rosa)
    with as_(cast.rosa) as (by, _):
        unlock([proposal.dossier_id], by=by)
        found = Proposal.objects.select_related("dossier", "standing__case", "standing__dossier").get(pk=proposal.pk)
        found.to, found.move = "riec", "opschalen"
        with pytest.raises(RefusedStep):
            deciding.grant(found, now=timezone.now(), by=by)
        with pytest.raises(DatabaseError), transaction.atomic():
            found.save(update_fields=["to", "move"])
    not_there(cast, at_tvo)


def test_a_case_does_not_begin_there(cast: Cast, case: Case) -> None:
    assert active_ladder("ondermijning").start == "signaal"
    assert here(cast, case).at == "signaal"
    with as_(cast.rosa):
        assert Standing.objects.filter(case=case).update(at="riec") == 0
    not_there(cast, case)


def test_not_even_own_sql_carries_out_what_the_driehoek_did_not_grant(cast: Cast, at_driehoek: Case) -> None:
    holds(cast, at_driehoek.table, "driehoek", cast.bram)
    proposal = proposed(ready(cast, at_driehoek), "riec", "ingestemd", cast.rosa)

    def sends(statement: str, *values: Any) -> None:
        with as_(cast.rosa), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, values)

    for statement in (
        "SELECT escalation_carry_out(%s, '[]', false)",
        "UPDATE escalation_proposal SET authorities = '{procesregisseur}' WHERE id = %s",
        "UPDATE escalation_proposal SET outcome = 'granted', authority = 'driehoek', answered_at = now(), "
        "decided_at = now(), answered_by_id = proposed_by_id WHERE id = %s",
        "UPDATE escalation_proposal SET outcome = 'granted', authority = 'driehoek', answered_at = now(), "
        "decided_at = now(), answered_by_id = proposed_by_id, recorded = true, document = reason WHERE id = %s",
    ):
        with pytest.raises(DatabaseError):
            sends(statement, proposal.pk)
    not_there(cast, at_driehoek)

"""Two decide at the same moment, in real transactions: exactly one decision takes effect, and the other is told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from casework.models import Case
from casework.queries.cases import open_case
from casework.services import cases
from escalation.facts import Checked, Paper
from escalation.models import Decision, Finding, Holder, Outcome, Proposal, Standing
from escalation.services import deciding, findings, proposing
from partners.models import CaseTable, User
from privacy.actor import Actor
from privacy.errors import NotKnown
from privacy.models import Grant
from privacy.unlock import unlock
from tests.commits import committed, really_commits
from tests.ladder.scene import at_the_ladder, granted, holds, noted, proposed, standing_of
from tests.proofs import Proof
from tests.prove.test_two_at_once import at_once
from tests.world import Cast, a_case, a_signal, as_

Act = Callable[[], Any]
one_decision = pytest.mark.proof("one_decision", full=60, sample=2)


@pytest.fixture
def deciders(cast: Cast) -> None:
    """Bram decides as wijkagent and Carla as wijkboa."""
    really_commits()
    committed(lambda: holds(cast, cast.overlast, "wijkagent", cast.bram))
    committed(lambda: holds(cast, cast.overlast, "wijkboa", cast.carla))


def a_step(cast: Cast) -> tuple[Standing, Proposal]:
    """A case at rung 1, with a step put to Bram and Carla."""
    case = a_case(cast.rosa, a_signal(cast.wilma, cast.overlast))
    standing = standing_of(case, "woonoverlast", cast.rosa)
    for key in ("gesprek_veilig", "beiden_akkoord", "geschikt"):
        noted(standing, key, Checked(True), cast.rosa)
    noted(standing, "afsprakenblad", Paper(timezone.localdate() - timedelta(days=1)), cast.rosa)
    granted(proposed(standing, "zelf", "veilig", cast.rosa), cast.rosa)
    standing = standing_of(case, "woonoverlast", cast.rosa)
    return standing, proposed(standing, "afspraken", "houdt_aan", cast.rosa)


def answers(proposal: Proposal, by: User, how: Callable[[Proposal, Actor], None]) -> Act:
    """Opens the proposal and answers it; who comes when it is answered does not know it any more."""

    def act() -> None:
        with as_(by) as (actor, _):
            unlock([proposal.dossier_id], by=actor)
            found = Proposal.objects.select_related("dossier").filter(pk=proposal.pk).first()
            if found is None:
                raise NotKnown
            how(found, actor)

    return act


def grants(proposal: Proposal, by: User) -> Act:
    return answers(proposal, by, lambda found, actor: deciding.grant(found, now=timezone.now(), by=actor))


def refuses(proposal: Proposal, by: User) -> Act:
    return answers(proposal, by, lambda found, actor: deciding.refuse(found, "Nog niet.", now=timezone.now(), by=actor))


def withdraws(proposal: Proposal, by: User) -> Act:
    def act() -> None:
        with at_the_ladder(by, proposal.standing) as actor:
            found = Proposal.objects.select_related("dossier", "standing__case").get(pk=proposal.pk)
            proposing.withdraw(found, now=timezone.now(), by=actor)

    return act


def ends_finding(standing: Standing, key: str, by: User) -> Act:
    def act() -> None:
        with at_the_ladder(by, standing) as actor:
            found = Finding.objects.select_related("standing__case", "dossier").get(
                standing=standing, requirement=key, ended_at=None
            )
            findings.withdraw(found, now=timezone.now(), by=actor)

    return act


def ends_holding(person: User, beheer: User) -> Act:
    def act() -> None:
        with as_(beheer):
            held = Holder.objects.get(user=person, ended_at=None)
            CaseTable.objects.select_for_update().get(pk=held.table_id)
            Holder.objects.filter(pk=held.pk).update(ended_at=timezone.now())

    return act


def closes(case: Case, by: User) -> Act:
    def act() -> None:
        with as_(by) as (actor, _):
            head = open_case(case.pk, by=actor)
            cases.close(head.case, head.theme.close_outcomes[0].code, "Klaar.", now=timezone.now(), by=actor)

    return act


def wrong(cast: Cast, standing: Standing, more: int, at: set[str]) -> list[str]:
    """What does not hold: where the case stands, the decisions, and the proposals that are granted."""
    with as_(cast.rosa):
        row = Standing.objects.get(pk=standing.pk)
        numbers = sorted(Decision.objects.filter(standing=row).values_list("number", flat=True))
        done = Proposal.objects.filter(standing=row, outcome=Outcome.GRANTED).count()
    found = []
    if row.at not in at:
        found.append(f"at {row.at}")
    if row.steps != 1 + more or numbers != list(range(1, row.steps + 1)):
        found.append(f"{row.steps} steps and decisions {numbers}")
    if done != len(numbers):
        found.append(f"{done} granted")
    return found


def one_of(ended: list[str]) -> bool:
    """One did it and the other was told so: with a sentence, or by finding the proposal gone."""
    return ended in (["Refused", "done"], ["NotKnown", "done"], ["RefusedStep", "done"])


def reads(person: User, proposal: Proposal) -> bool:
    with as_(person):
        return Grant.objects.filter(compartment=proposal.compartment_id).exists()


@one_decision
def test_two_grant_the_same_proposal(cast: Cast, deciders: None, proof: Proof) -> None:
    while not proof.enough:
        standing, proposal = committed(lambda: a_step(cast))
        ended = at_once(grants(proposal, cast.bram), grants(proposal, cast.carla))
        found = wrong(cast, standing, 1, {"afspraken"})
        readers = [reads(cast.bram, proposal), reads(cast.carla, proposal)]
        proof.attempt(one_of(ended) and not found and sum(readers) == 1, (ended, found, readers))


@one_decision
def test_one_grants_what_the_other_refuses(cast: Cast, deciders: None, proof: Proof) -> None:
    while not proof.enough:
        standing, proposal = committed(lambda: a_step(cast))
        ended = at_once(grants(proposal, cast.bram), refuses(proposal, cast.carla))
        mine = reads(cast.bram, proposal)
        found = wrong(cast, standing, int(mine), {"afspraken"} if mine else {"zelf"})
        proof.attempt(one_of(ended) and not found, (ended, found))


@one_decision
def test_one_grants_what_the_regie_takes_back(cast: Cast, deciders: None, proof: Proof) -> None:
    while not proof.enough:
        standing, proposal = committed(lambda: a_step(cast))
        ended = at_once(grants(proposal, cast.bram), withdraws(proposal, cast.rosa))
        mine = reads(cast.bram, proposal)
        found = wrong(cast, standing, int(mine), {"afspraken"} if mine else {"zelf"})
        proof.attempt(one_of(ended) and not found and not reads(cast.carla, proposal), (ended, found))


@one_decision
def test_of_two_steps_from_one_rung_one_is_taken(cast: Cast, deciders: None, proof: Proof) -> None:
    while not proof.enough:
        standing, first = committed(lambda: a_step(cast))
        second = committed(lambda standing=standing: proposed(standing, "buurtbemiddeling", "beiden_willen", cast.rosa))
        ended = at_once(grants(first, cast.bram), grants(second, cast.rachid))
        found = wrong(cast, standing, 1, {"afspraken", "buurtbemiddeling"})
        proof.attempt(one_of(ended) and not found, (ended, found))


@one_decision
def test_what_a_step_needs_is_withdrawn_while_it_is_granted(cast: Cast, deciders: None, proof: Proof) -> None:
    while not proof.enough:
        standing, proposal = committed(lambda: a_step(cast))
        ended = at_once(grants(proposal, cast.bram), ends_finding(standing, "afsprakenblad", cast.rosa))
        with as_(cast.rosa):
            done = Proposal.objects.get(pk=proposal.pk).outcome == Outcome.GRANTED
        found = wrong(cast, standing, int(done), {"afspraken"} if done else {"zelf"})
        proof.attempt(ended == (["done", "done"] if done else ["RefusedStep", "done"]) and not found, (ended, found))


@one_decision
def test_who_decides_no_longer_does_while_it_is_granted(cast: Cast, deciders: None, proof: Proof) -> None:
    while not proof.enough:
        standing, proposal = committed(lambda: a_step(cast))
        ended = at_once(grants(proposal, cast.bram), ends_holding(cast.bram, cast.beheer))
        with as_(cast.rosa):
            done = Proposal.objects.get(pk=proposal.pk).outcome == Outcome.GRANTED
        found = wrong(cast, standing, int(done), {"afspraken"} if done else {"zelf"})
        told = ended == ["done", "done"] if done else one_of(ended)
        proof.attempt(told and not found, (ended, found))
        committed(lambda: holds(cast, cast.overlast, "wijkagent", cast.bram))


@one_decision
def test_the_case_closes_while_it_is_granted(cast: Cast, deciders: None, proof: Proof) -> None:
    while not proof.enough:
        standing, proposal = committed(lambda: a_step(cast))
        ended = at_once(grants(proposal, cast.bram), closes(standing.case, cast.rosa))
        with as_(cast.rosa):
            row = Standing.objects.get(pk=standing.pk)
            decisions = Decision.objects.filter(standing=row).count()
        told = ended == ["done", "done"] if row.at == "afspraken" else one_of(ended)
        proof.attempt(told and row.steps == decisions == (2 if row.at == "afspraken" else 1), (ended, row.at))

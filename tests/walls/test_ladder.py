"""Where a case stands moves by a decision of who may take it, whatever SQL somebody sends as the application."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from casework.models import Case, Participation, RegieAssignment
from casework.queries.cases import case_rows
from casework.queries.search import search
from casework.queries.worklist import worklist
from casework.services import cases
from casework.theming import active_theme
from escalation.facts import Checked, Paper
from escalation.models import Breach, Decision, Finding, Holder, Mandate, Measure, Proposal, Standing, Term
from escalation.services import proposing
from escalation.services.deciding import decider_in
from partners.models import Covenant, Seat, User
from partners.services.seats import end_seat, seat
from privacy import exclusions
from privacy.models import Compartment, Dossier, ExclusionReason, Grant
from privacy.roles import Role
from privacy.unlock import unlock
from tests.ladder.scene import at_the_ladder, granted, holds, noted, proposed, recorded, standing_of
from tests.walls.helpers import dossier_models
from tests.world import Cast, a_case, a_signal, as_, invited

NOW = timezone.now
YESTERDAY = date.today() - timedelta(days=1)
ALIKE = ("rosa", "carla", "wilma", "pieter", "bram", "victor", "beheer", "fatima", "iris", "otto")


@dataclass
class Ladder:
    """A case at rung 1 of woonoverlast, a step put to Bram, and a measure that runs."""

    case: Case
    standing: Standing
    proposal: Proposal
    holder: Holder


@pytest.fixture
def there(cast: Cast) -> Ladder:
    case = a_case(cast.rosa, a_signal(cast.wilma, cast.overlast))
    invited(case, cast.rosa, cast.wilma, cast.pieter)
    standing = standing_of(case, "woonoverlast", cast.rosa)
    noted(standing, "gesprek_veilig", Checked(True), cast.rosa)
    for key in ("afsprakenblad", "dossier", "waarschuwingsbrief"):
        noted(standing, key, Paper(YESTERDAY), cast.rosa)
    granted(proposed(standing, "zelf", "veilig", cast.rosa), cast.rosa)
    holder = holds(cast, cast.overlast, "wijkagent", cast.bram)
    standing = standing_of(case, "woonoverlast", cast.rosa)
    return Ladder(case, standing, proposed(standing, "afspraken", "houdt_aan", cast.rosa), holder)


def touches(person: User, statement: str, values: Any = None, then: tuple[str, Any] | None = None) -> int:
    """How many rows somebody's own statements touch, in one act; none when the database refuses it."""
    with as_(person):
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement, values)
                touched = cursor.rowcount
                if then is not None:
                    cursor.execute(*then)
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # as when the act is over
                cursor.execute("SET CONSTRAINTS ALL DEFERRED")
                return touched
        except DatabaseError:
            return 0


def carries_out(there: Ladder) -> tuple[str, Any]:
    return "SELECT escalation_carry_out(%s, '[]', false)", [there.proposal.pk]


def answers(person: User, there: Ladder, outcome: str = "granted", **more: Any) -> int:
    """Answers the proposal and carries it out, with nothing but SQL."""
    values = {
        "outcome": outcome, "answered_by_id": person.pk, "answered_at": NOW(), "decided_at": NOW(),
        "authority": "wijkagent",
    } | more  # fmt: skip
    sets = ", ".join(f"{name} = %({name})s" for name in values)
    answer = f"UPDATE escalation_proposal SET {sets} WHERE id = %(pk)s"
    then = carries_out(there) if outcome == "granted" else None
    return touches(person, answer, values | {"pk": there.proposal.pk}, then)


def stands(cast: Cast, there: Ladder) -> tuple[str, int, int]:
    """The rung, the steps that were counted, and the decisions that are there."""
    with as_(cast.rosa):
        row = Standing.objects.get(pk=there.standing.pk)
        return row.at, row.steps, Decision.objects.filter(standing=row).count()


def reads(person: User, model: Any) -> int:
    with as_(person):
        return int(model.objects.count())


AT_ZELF = ("zelf", 1, 1)


# --- nothing moves but by a decision ---


REWRITING = (
    "UPDATE escalation_standing SET at = 'sluiting'",
    "UPDATE escalation_standing SET steps = 9, since = now()",
    "DELETE FROM escalation_standing",
    "UPDATE escalation_decision SET authority = 'burgemeester'",
    "DELETE FROM escalation_decision",
    "DELETE FROM escalation_proposal",
    "DELETE FROM escalation_finding",
    "UPDATE escalation_proposal SET \"to\" = 'sluiting'",
    "UPDATE escalation_proposal SET authorities = '{procesregisseur}'",
    "UPDATE escalation_proposal SET regisseurs = '{casusregisseur}'",
    "UPDATE escalation_proposal SET outcome = 'overtaken', answered_at = now()",
    "UPDATE escalation_proposal SET outcome = 'granted', answered_at = now(), authority = 'wijkagent', "
    "answered_by_id = (SELECT user_id FROM escalation_holder LIMIT 1)",
    "UPDATE escalation_finding SET requirement = 'besluit'",
    "UPDATE escalation_finding SET fact = note",
)  # fmt: skip


@pytest.mark.parametrize("name", ALIKE)
def test_nobody_moves_rewrites_or_drops_what_happened(cast: Cast, there: Ladder, name: str) -> None:
    assert [one for one in REWRITING if touches(cast.people[name], one)] == []


@pytest.mark.parametrize("name", ALIKE)
def test_nobody_adds_a_decision_or_a_measure(cast: Cast, there: Ladder, name: str) -> None:
    with as_(cast.rosa):
        decision = Decision.objects.get(standing=there.standing)
    copies = "id, dossier_id, compartment_id, standing_id"
    none = touches(
        cast.people[name],
        f"INSERT INTO escalation_measure ({copies}, decision_id, ladder_version, rung, since) SELECT "
        "gen_random_uuid(), dossier_id, compartment_id, standing_id, id, ladder_version, 'sluiting', now() "
        "FROM escalation_decision",
    )
    assert none == 0
    rest = 'move, at, "to", criterion, authority, mandate_of, decided_by_id, decided_at, noted_at, recorded, members'
    none = touches(
        cast.people[name],
        f"INSERT INTO escalation_decision ({copies}, proposal_id, number, {rest}, ladder_version) SELECT "
        f"gen_random_uuid(), dossier_id, compartment_id, standing_id, %s, 2, {rest}, ladder_version "
        "FROM escalation_decision WHERE id = %s",
        [there.proposal.pk, decision.pk],
    )
    assert none == 0


@pytest.fixture
def running(cast: Cast, there: Ladder) -> Term:
    """A term of who took the step, which runs."""
    granted(there.proposal, cast.bram)
    with as_(cast.rosa):
        return Term.objects.get(standing=there.standing)


@pytest.mark.parametrize("name", [name for name in ALIKE if name != "rosa"])
def test_nobody_but_who_directs_ends_a_term(cast: Cast, running: Term, name: str) -> None:
    ends = "UPDATE escalation_term SET ended_at = now(), ended_because = 'done'"
    assert touches(cast.people[name], ends) == 0
    assert touches(cast.rosa, ends) == 1


def test_not_even_who_directs_moves_a_term_or_opens_it_again(cast: Cast, running: Term) -> None:
    for change in ("ends = ends + interval '1 day'", "extended = 2", "number = 9", "ladder_version = 'x'"):
        assert touches(cast.rosa, f"UPDATE escalation_term SET {change}") == 0, change
    assert touches(cast.rosa, "UPDATE escalation_term SET ended_at = now(), ended_because = 'done'") == 1
    assert touches(cast.rosa, "UPDATE escalation_term SET ended_at = NULL, ended_because = ''") == 0
    assert touches(cast.rosa, "UPDATE escalation_term SET ended_because = 'closed'") == 0


def test_nothing_is_noted_for_the_ladder_of_another_case(cast: Cast, there: Ladder) -> None:
    other = a_case(cast.rosa, a_signal(cast.wilma, cast.overlast))
    elsewhere = standing_of(other, "woonoverlast", cast.rosa)
    copies = "requirement, fact, note, found_by_id, found_at, version"
    none = touches(
        cast.rosa,
        f"INSERT INTO escalation_finding (id, dossier_id, compartment_id, standing_id, {copies}) SELECT "
        f"gen_random_uuid(), dossier_id, compartment_id, %s, {copies} FROM escalation_finding WHERE ended_at IS NULL",
        [elsewhere.pk],
    )
    assert none == 0
    none = touches(
        cast.rosa,
        "INSERT INTO escalation_standing (id, dossier_id, compartment_id, case_id, ladder, ladder_version, at, beside, "
        "since, steps) SELECT gen_random_uuid(), dossier_id, compartment_id, %s, 'ondermijning', '1', 'riec', '{}', "
        "now(), 0 FROM escalation_standing WHERE id = %s",
        [other.pk, there.standing.pk],
    )
    assert none == 0


def test_no_term_hangs_on_the_measure_of_another_case(cast: Cast, there: Ladder) -> None:
    other = a_case(cast.rosa, a_signal(cast.wilma, cast.overlast))
    elsewhere = standing_of(other, "woonoverlast", cast.rosa)
    for key in ("dossier", "waarschuwingsbrief"):
        noted(elsewhere, key, Paper(YESTERDAY), cast.rosa)
    recorded(proposed(elsewhere, "waarschuwing", "ernstig", cast.rosa), "corporatie", cast.rosa)
    with as_(cast.rosa):
        measure = Measure.objects.get(standing=elsewhere)
    columns = "dossier_id, compartment_id, ladder, ladder_version"
    term = (
        f"INSERT INTO escalation_term (id, standing_id, {columns}, measure_id, rung, key, number, since, ends, "
        f"extended, ended_because) SELECT gen_random_uuid(), id, {columns}, %s, 'zelf', 'volgen', 1, now(), "
        "now() + interval '1 day', 0, '' FROM escalation_standing WHERE id = %s"
    )
    assert touches(cast.rosa, term, [measure.pk, there.standing.pk]) == 0
    assert touches(cast.rosa, term, [measure.pk, elsewhere.pk]) == 1


def a_proposal_of(cast: Cast, there: Ladder, about: Standing, by: User) -> int:
    """A proposal in the part of one case, about where another case stands, that its writer may decide."""
    changed = {"id", "standing_id", "at", "to", "authorities", "proposed_by_id"}
    copies = ", ".join(f.column for f in Proposal._meta.concrete_fields if f.column not in changed)
    return touches(
        by,
        f'INSERT INTO escalation_proposal (id, standing_id, at, "to", authorities, proposed_by_id, {copies}) SELECT '
        f"gen_random_uuid(), %s, %s, 'sluiting', '{{professional}}', %s, {copies} FROM escalation_proposal "
        "WHERE id = %s",
        [about.pk, about.at, by.pk, there.proposal.pk],
    )


def test_no_proposal_is_about_where_another_case_stands(cast: Cast, there: Ladder) -> None:
    other = a_case(cast.rachid, a_signal(cast.wilma, cast.overlast))
    elsewhere = standing_of(other, "woonoverlast", cast.rachid)
    assert a_proposal_of(cast, there, elsewhere, cast.rosa) == 0
    assert a_proposal_of(cast, there, there.standing, cast.rosa) == 1, "the statement itself is right"


def test_a_proposal_begins_open_and_in_the_name_of_who_made_it(cast: Cast, there: Ladder) -> None:
    assert a_proposal_of(cast, there, there.standing, cast.bram) == 0
    assert a_proposal_of(cast, there, there.standing, cast.wilma) == 0


# --- who decides ---


def test_who_holds_the_authority_decides_and_once(cast: Cast, there: Ladder) -> None:
    assert answers(cast.bram, there) > 0
    assert stands(cast, there) == ("afspraken", 2, 2)
    assert touches(cast.bram, "SELECT escalation_carry_out(%s, '[]', false)", [there.proposal.pk]) == 0
    assert answers(cast.bram, there) == 0
    assert answers(cast.bram, there, "refused") == 0
    assert stands(cast, there) == ("afspraken", 2, 2)


@pytest.mark.parametrize("name", [name for name in ALIKE if name != "bram"])
def test_nobody_answers_for_an_authority_they_do_not_have(cast: Cast, there: Ladder, name: str) -> None:
    person = cast.people[name]
    for outcome in ("granted", "refused"):
        for authority in ("wijkagent", "procesregisseur", "professional"):
            assert answers(person, there, outcome, authority=authority) == 0
            assert answers(person, there, outcome, authority=authority, answered_by_id=cast.bram.pk) == 0
    assert stands(cast, there) == AT_ZELF


def test_who_decides_does_not_take_a_proposal_back(cast: Cast, there: Ladder) -> None:
    assert answers(cast.bram, there, "withdrawn", authority="") == 0
    assert answers(cast.rosa, there, "withdrawn", authority="") == 1


def test_what_is_granted_and_not_carried_out_is_not_granted(cast: Cast, there: Ladder) -> None:
    granted_only = (
        "UPDATE escalation_proposal SET outcome = 'granted', answered_by_id = %s, answered_at = now(), "
        "decided_at = now(), authority = 'wijkagent' WHERE id = %s"
    )
    assert touches(cast.bram, granted_only, [cast.bram.pk, there.proposal.pk]) == 0


def test_who_decides_changes_nothing_without_an_answer(cast: Cast, there: Ladder) -> None:
    assert touches(cast.bram, "UPDATE escalation_proposal SET facts = reason") == 0
    assert touches(cast.bram, "UPDATE escalation_proposal SET version = 9") == 0


def test_what_was_answered_stands(cast: Cast, there: Ladder) -> None:
    granted(there.proposal, cast.bram)
    for change in ("facts = reason", "reason = about", "answer = about", "document = about", "decided_at = now()"):
        for person in (cast.bram, cast.rosa):
            assert touches(person, f"UPDATE escalation_proposal SET {change} WHERE outcome = 'granted'") == 0, change


def records(there: Ladder, by: User, authority: str) -> int:
    answer = (
        "UPDATE escalation_proposal SET outcome = 'granted', answered_by_id = %s, answered_at = now(), "
        "decided_at = now(), authority = %s, recorded = true, document = reason WHERE id = %s"
    )
    return touches(by, answer, [by.pk, authority, there.proposal.pk], carries_out(there))


def test_what_somebody_decides_in_the_system_is_recorded_by_nobody(cast: Cast, there: Ladder) -> None:
    assert records(there, cast.rosa, "wijkagent") == 0
    assert records(there, cast.rosa, "burgemeester") == 0, "it was not asked"
    assert records(there, cast.bram, "corporatie") == 0, "only who directs records"
    assert records(there, cast.rosa, "corporatie") > 0


@pytest.mark.parametrize("authority", ["procesregisseur", "casusregisseur", "professional"])
def put(there: Ladder, cast: Cast, move: str, *authorities: str, to: str = "afspraken") -> Proposal:
    """A proposal as only a mistake in the application would make one."""
    standing = there.standing
    proposal = Proposal(
        dossier=standing.dossier, standing=standing, ladder=standing.ladder, ladder_version=standing.ladder_version,
        at=standing.at, move=move, to=to, authorities=list(authorities), about="a", reason="b", facts={},
        proposed_by=cast.rosa,
    )  # fmt: skip
    proposal.mandated = ["hulpofficier"]
    with at_the_ladder(cast.rosa, standing) as by:
        return proposing._put(proposal, [*authorities, "hulpofficier"], NOW(), by)


@pytest.mark.parametrize("authority", ["procesregisseur", "casusregisseur", "professional"])
def test_nobody_records_for_who_is_in_the_case_itself(cast: Cast, there: Ladder, authority: str) -> None:
    with as_(cast.rosa):
        Participation.objects.filter(case=there.case).update(ended_at=NOW())
    there.proposal = put(there, cast, "trede overslaan", authority, to="sluiting")
    assert records(there, cast.rosa, authority) == 0


# --- and no longer ---


def test_without_a_regisseur_nobody_decides(cast: Cast, there: Ladder) -> None:
    with as_(cast.rosa):
        RegieAssignment.objects.filter(case=there.case).update(vacant_since=NOW(), vacant_because="seat")
    assert answers(cast.bram, there) == 0
    with pytest.raises(proposing.RefusedStep, match="regisseur"):
        granted(there.proposal, cast.bram)
    assert stands(cast, there) == AT_ZELF


def test_in_a_closed_case_nobody_decides(cast: Cast, there: Ladder) -> None:
    outcome = active_theme("woonoverlast").close_outcomes[0].code
    with as_(cast.rosa) as (by, _):
        unlock([there.case.dossier_id], by=by)
        cases.close(there.case, outcome, "Klaar.", now=NOW(), by=by)
    assert answers(cast.bram, there) == 0
    assert reads(cast.bram, Proposal) == 0


def test_without_a_covenant_nobody_decides(cast: Cast, there: Ladder) -> None:
    for covenant in Covenant.objects.filter(organisations=cast.gemeente):
        covenant.valid_until = YESTERDAY
        covenant.save()
    assert answers(cast.bram, there) == 0
    assert reads(cast.bram, Proposal) == 0


def test_who_is_excluded_decides_nothing_and_loses_the_proposal_at_once(cast: Cast, there: Ladder) -> None:
    assert reads(cast.bram, Proposal) == 1
    with as_(cast.rosa) as (by, _):
        exclusions.exclude(there.case.dossier_id, cast.bram.pk, ExclusionReason.NEIGHBOUR, by=by)
    assert reads(cast.bram, Proposal) == 0
    assert answers(cast.bram, there) == 0


def test_once_the_holder_ended_nobody_decides(cast: Cast, there: Ladder) -> None:
    with as_(cast.beheer):
        Holder.objects.filter(pk=there.holder.pk).update(ended_at=NOW())
    assert answers(cast.bram, there) == 0


def test_once_the_seat_ended_nobody_decides(cast: Cast, there: Ladder) -> None:
    with as_(cast.beheer) as (by, _):
        end_seat(Seat.objects.get(user=cast.bram), by=by)
    assert answers(cast.bram, there) == 0


@pytest.mark.parametrize(
    ("since", "until", "ended", "counts"),
    [
        (date.today(), None, None, True),
        (date.today() - timedelta(days=9), date.today(), None, True),
        (date.today() + timedelta(days=1), None, None, False),
        (date.today() - timedelta(days=9), YESTERDAY, None, False),
        (date.today() - timedelta(days=9), None, NOW(), False),
    ],
)
def test_a_mandate_counts_on_its_days(
    cast: Cast, there: Ladder, since: date, until: date | None, ended: Any, counts: bool
) -> None:
    with as_(cast.beheer):
        Holder.objects.filter(pk=there.holder.pk).update(authority="hulpofficier")
        given = {"table": cast.overlast, "giver": "wijkagent", "to": "hulpofficier", "document": "Besluit"}
        Mandate(since=since, until=until, ended_at=ended, **given).save()
    there.proposal = put(there, cast, "trede overslaan", "wijkagent", to="dwangsom")
    assert answers(cast.bram, there, authority="hulpofficier", mandate_of="corporatie") == 0
    assert (answers(cast.bram, there, authority="hulpofficier", mandate_of="wijkagent") > 0) is counts


def test_a_mandate_to_impose_is_none_to_lengthen_end_or_withdraw(cast: Cast, there: Ladder) -> None:
    with as_(cast.beheer):
        Holder.objects.filter(pk=there.holder.pk).update(authority="hulpofficier")
        given = {"giver": "burgemeester", "to": "hulpofficier", "document": "Besluit", "since": date.today()}
        Mandate(table=cast.overlast, **given).save()
    by_mandate = {"authority": "hulpofficier", "mandate_of": "burgemeester"}
    for move in ("verlengen", "intrekken", "beëindigen", "nieuwe versie"):
        there.proposal = put(there, cast, move, "burgemeester")
        assert answers(cast.bram, there, "refused", **by_mandate) == 0, move
    there.proposal = put(there, cast, "trede overslaan", "burgemeester", to="dwangsom")
    assert answers(cast.bram, there, "refused", **by_mandate) == 1


def test_a_measure_begins_with_a_step_and_with_nothing_else(cast: Cast, there: Ladder) -> None:
    holds(cast, cast.overlast, "burgemeester", cast.carla)
    there.proposal = put(there, cast, "nieuwe versie", "burgemeester", to="x")
    imposing = ("SELECT escalation_carry_out(%s, '[]', true)", [there.proposal.pk])
    answer = (
        "UPDATE escalation_proposal SET outcome = 'granted', answered_by_id = %s, answered_at = now(), "
        "decided_at = now(), authority = 'burgemeester' WHERE id = %s"
    )
    assert touches(cast.carla, answer, [cast.carla.pk, there.proposal.pk], imposing) == 0
    assert answers(cast.carla, there, authority="burgemeester") > 0


# --- who reads ---


def test_who_decides_reads_the_proposal_and_nothing_else_of_the_case(cast: Cast, there: Ladder) -> None:
    with as_(cast.bram) as (by, _):
        unlock([there.case.dossier_id], by=by)
        assert Proposal.objects.get().reason == "Het is nodig."
        read = {model.__name__: model.objects.count() for model in dossier_models()}
        assert {name for name, count in read.items() if count} == {"Proposal"}
        assert Compartment.objects.count() == 1
        assert list(Grant.objects.values_list("part", "may_write", "directs")) == [("item", False, False)]
        assert [row.pk for row in Dossier.objects.all()] == [there.case.dossier_id]
        assert not case_rows(by=by).rows
        assert search("Fam", by=by) == search(there.case.dossier.reference, by=by) == []
        assert not [one for one in worklist(by=by).cases if one.pk == there.case.pk]


def test_who_takes_part_reads_where_the_case_stands_and_no_proposal(cast: Cast, there: Ladder) -> None:
    for person in (cast.wilma, cast.pieter):
        assert (reads(person, Standing), reads(person, Decision)) == (2, 1)
        assert reads(person, Proposal) == reads(person, Finding) == reads(person, Breach) == 0
    for person in (cast.greet, cast.victor, cast.beheer, cast.fatima, cast.otto):
        models = (Standing, Decision, Measure, Term, Proposal, Finding, Breach)
        assert [reads(person, model) for model in models] == [0] * 7


def test_who_is_seated_to_direct_later_reads_what_waits(cast: Cast, there: Ladder) -> None:
    with as_(cast.beheer) as (by, _):
        seat(cast.overlast, cast.victor, Role.PROCESREGISSEUR, now=NOW(), by=by)
    assert (reads(cast.victor, Proposal), reads(cast.victor, Finding)) == (2, 4)


def test_who_decides_hands_the_proposal_to_nobody_and_takes_it_from_nobody(cast: Cast, there: Ladder) -> None:
    copies = (
        "permission_id, dossier_id, compartment_id, kind, part, table_id, theme, may_write, directs, ground, given_by, "
        "given_for, given_at, sort_at, excluded"
    )
    statement = (
        f"INSERT INTO privacy_grant (id, user_id, {copies}) SELECT gen_random_uuid(), %s, "
        f"{copies.replace('given_by', '%s')} FROM privacy_grant WHERE part = 'item'"
    )
    assert touches(cast.bram, statement, [cast.greet.pk, cast.bram.pk]) == 0
    key = Seat.objects.get(user=cast.rosa, table=cast.overlast).key
    with as_(cast.bram), connection.cursor() as cursor:
        cursor.execute("SELECT privacy_end_grants(%s, NULL, NULL)", [key])
        assert cursor.fetchone()[0] == 0


@pytest.mark.parametrize("outcome", ["granted", "refused"])
def test_once_answered_the_others_lose_it_and_who_answered_looks_back_for_a_while(
    cast: Cast, there: Ladder, outcome: str
) -> None:
    holds(cast, cast.overlast, "wijkboa", cast.carla)
    with as_(cast.rosa) as (by, _):
        unlock([there.case.dossier_id], by=by)
        proposing.withdraw(Proposal.objects.get(pk=there.proposal.pk), now=NOW(), by=by)
    assert (reads(cast.bram, Proposal), reads(cast.carla, Proposal)) == (0, 0)
    there.proposal = proposed(there.standing, "afspraken", "houdt_aan", cast.rosa)
    assert (reads(cast.bram, Proposal), reads(cast.carla, Proposal)) == (1, 1)
    assert answers(cast.carla, there, outcome, authority="wijkboa") > 0
    assert (reads(cast.bram, Proposal), reads(cast.carla, Proposal)) == (0, 1)
    with as_(cast.carla):
        left = Grant.objects.get().valid_until - NOW()
        assert timedelta(days=29) < left <= timedelta(days=30)


def test_a_proposal_that_another_decision_overtook_ends_for_who_would_decide_it(cast: Cast, there: Ladder) -> None:
    noted(there.standing, "beiden_akkoord", Checked(True), cast.rosa)
    noted(there.standing, "geschikt", Checked(True), cast.rosa)
    granted(proposed(there.standing, "buurtbemiddeling", "beiden_willen", cast.rosa), cast.rosa)
    assert reads(cast.bram, Proposal) == 0
    with as_(cast.rosa):
        assert Proposal.objects.get(pk=there.proposal.pk).outcome == "overtaken"


# --- whoever asks ---


def test_whom_a_covenant_no_longer_binds_does_not_stand_in_the_way_of_recording(cast: Cast, there: Ladder) -> None:
    with as_(cast.beheer):
        seat_of = Seat(table=cast.overlast, user=cast.otto, role=Role.DECIDER, valid_from=NOW() - timedelta(days=1))
        seat_of.save()
    holds(cast, cast.overlast, "corporatie", cast.otto)
    with as_(cast.rosa):
        assert proposing.deciders(there.standing, ["corporatie"]) == []
    recorded(there.proposal, "corporatie", cast.rosa)
    assert stands(cast, there) == ("afspraken", 2, 2)


def test_a_holder_of_another_table_decides_nothing_here(cast: Cast, there: Ladder) -> None:
    holds(cast, cast.jeugd, "corporatie", cast.wilma)
    with as_(cast.wilma):
        assert decider_in(there.standing.pk).holds == frozenset({"professional"})


def test_nobody_but_a_beheerder_says_who_decides(cast: Cast, there: Ladder) -> None:
    for name in ("rosa", "bram", "wilma", "fatima"):
        person = cast.people[name]
        assert touches(person, "UPDATE escalation_holder SET authority = 'burgemeester'") == 0
        assert touches(
            person,
            "INSERT INTO escalation_holder (id, table_id, authority, user_id, since) "
            "VALUES (gen_random_uuid(), %s, 'burgemeester', %s, now())",
            [cast.overlast.pk, person.pk],
        ) == 0  # fmt: skip
        assert touches(
            person,
            "INSERT INTO escalation_mandate (id, table_id, giver, \"to\", document, since) "
            "VALUES (gen_random_uuid(), %s, 'wijkagent', 'procesregisseur', 'x', now())",
            [cast.overlast.pk],
        ) == 0  # fmt: skip

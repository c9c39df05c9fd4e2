"""Roles, seats, covenants and log-ins."""

from __future__ import annotations

from config.demo_data import DemoData
from config.demo_data.words import PERSONAL_ROLES, SEAT_ROLES
from privacy import roles


def test_the_demo_knows_the_same_roles_as_the_house() -> None:
    assert set(SEAT_ROLES) == {role.value for role in roles.SEAT_ROLES}
    assert set(PERSONAL_ROLES) == {role.value for role in roles.PERSONAL_ROLES}


def test_every_role_has_a_documented_log_in(demo: DemoData) -> None:
    shown = {role for one in demo.logins for role in one.roles}
    shown |= {seat.role for one in demo.logins for seat in one.seats}

    assert shown == set(PERSONAL_ROLES) | set(SEAT_ROLES)


def test_every_table_has_its_procesregisseur_among_the_log_ins(demo: DemoData) -> None:
    directed = {seat.table for one in demo.logins for seat in one.seats if seat.role == "procesregisseur"}

    assert directed == {table.key for table in demo.tables}


def test_one_procesregisseur_directs_two_tables_and_nobody_directs_all(demo: DemoData) -> None:
    counts = [sum(seat.role == "procesregisseur" for seat in one.seats) for one in demo.people]

    assert max(counts) == 2


def test_two_people_of_one_corporation_and_one_of_another_can_compare_what_they_see(demo: DemoData) -> None:
    corporations = {one.key for one in demo.organisations if one.kind == "woningcorporatie"}
    at_work = [one.organisation for one in demo.people if one.organisation in corporations]

    assert len(corporations) == 2
    assert len(at_work) == 3


def test_every_covenant_leaves_somebody_out(demo: DemoData) -> None:
    everyone = {one.key for one in demo.organisations}

    assert all(everyone - set(covenant.organisations) for covenant in demo.covenants)


def test_exactly_one_covenant_ends_within_a_month(demo: DemoData) -> None:
    assert [one.key for one in demo.covenants if one.until_days <= 31] == ["convenant_hgkm"]


def test_somebody_new_still_has_to_sign_for_secrecy(demo: DemoData) -> None:
    assert [one.key for one in demo.people if not one.signed] == ["jeugdverpleegkundige"]


def test_nobody_is_procesregisseur_and_casusregisseur_of_one_case(demo: DemoData) -> None:
    assert all(case.opened_by != case.casusregisseur for case in demo.cases)


def test_the_corporation_of_lindelaan_knows_the_noise_but_not_the_children(demo: DemoData) -> None:
    noise, children = demo.case("lindelaan-14"), demo.case("sanne-v")

    assert "de_brink" in {one.organisation for one in noise.participants}
    assert "de_brink" not in {one.organisation for one in children.participants}
    assert {one.bsn for one in noise.subjects} & {one.bsn for one in children.subjects}

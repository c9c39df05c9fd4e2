"""The households of Voorbeeldstad, through the same verbs as the screens. What belongs to a plan comes after this."""

from __future__ import annotations

from datetime import timedelta

from casework.models import Household, Left, Member, Relation
from casework.services import asking, cases, households, joining, members, splitting
from casework.services.households import HouseholdInput, MemberInput
from casework.services.splitting import SplitInput
from config import demo_data as demo
from config.demo_effect import load_assessments, load_evaluations
from config.demo_plans import load_plan
from config.demo_regie import load_contacts, load_handovers
from config.demo_town import Town
from privacy.acting import acting
from privacy.actor import system_actor


def load_households(town: Town) -> None:
    """Founds every household on its case, lets people leave and part, and lets other cases join."""
    for one in town.data.cases:
        if one.household:
            _found(town, one, one.household)
    for one in town.data.cases:
        if one.joins:
            _join(town, one, one.joins)
    for one in town.data.cases:
        if one.household:
            _work(town, town.households[one.household.key], one, one.household)
    for one in town.data.cases:
        for split in one.household.splits if one.household else ():
            _split(town, one, split)
    for one in town.data.cases:
        if one.household:
            load_handovers(town, town.households[one.household.key], one.household.handovers)


def _work(town: Town, household: Household, one: demo.Case, home: demo.Household) -> None:
    """What was done with the family before it parted: what follows, follows."""
    if one.plan:
        load_plan(town, household, one.plan)
    load_assessments(town, household, home.assessments)
    load_evaluations(town, household, home.evaluations)
    load_contacts(town, household, home.contacts)


def _found(town: Town, one: demo.Case, home: demo.Household) -> None:
    case = town.cases[one.key]
    given = HouseholdInput(
        name=home.name,
        regisseur=town.people[home.regisseur].pk,
        address=home.address,
        members=tuple(_member(town, row) for row in home.members),
        reason=home.reason,
    )
    with town.doing(one.opened_by, case.dossier_id) as by:
        locked = cases.lock_open(case, by=by)
        made = households.found(locked, given, now=home.founded.at(town.today), by=by)
    town.households[home.key] = made
    for row in home.members:
        if row.left:
            left = row.left
            with town.doing(home.regisseur, made.dossier_id) as by:
                gone = _named(made, row.name)
                on, now = left.moment.on(town.today), left.moment.at(town.today)
                members.leave(gone, Left(left.because), on, left.reason, now=now, by=by)


def _member(town: Town, row: demo.Member) -> MemberInput:
    born = row.birth.on(town.today) if row.birth else None
    return MemberInput(row.name, Relation(row.relation), row.since.on(town.today), born)


def _named(household: Household, name: str) -> Member:
    rows = Member.objects.filter(household=household, until__isnull=True).select_related("dossier", "household")
    return next(row for row in rows if row.name == name)


def _join(town: Town, one: demo.Case, joins: demo.Joins) -> None:
    case, household = town.cases[one.key], town.households[joins.household]
    with town.doing(one.opened_by, case.dossier_id) as by:
        number = household.dossier.reference
        asked = joining.ask(number, case, joins.reason, now=joins.asked.at(town.today), by=by)
    system = system_actor("demo laden")
    with acting(system):
        asking.arrives(asked.pk, joining=True, by=system)
    with town.doing(joins.answered_by, household.dossier_id, asked.dossier_id) as by:
        joining.accept(asked, household, joins.answer, now=joins.answered.at(town.today), by=by)


def _split(town: Town, one: demo.Case, split: demo.Split) -> None:
    assert one.household is not None
    household = town.households[one.household.key]
    with town.doing(one.opened_by, household.dossier_id, town.cases[one.key].dossier_id) as by:
        given = SplitInput(
            members=frozenset(_named(household, name).pk for name in split.members),
            cases=frozenset({town.cases[one.key].dossier_id}),
            name=split.name,
            address=split.address,
            regisseur=town.people[one.household.regisseur].pk,
            because=Left(split.because),
            on=split.moment.on(town.today),
            reason=split.reason,
        )
        now = split.moment.at(town.today) + timedelta(minutes=5)
        town.households[split.key] = splitting.split(household, given, now=now, by=by).household

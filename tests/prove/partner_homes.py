"""Households in a world of partners: on one case or two, at one table or two, now and then split, with a plan."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils import timezone

from casework.models import Agreed, HouseholdCase, Left, Member, Relation
from casework.services import asking, assessing, cases, evaluating, households, joining, splitting
from casework.services.households import HouseholdInput, MemberInput
from casework.services.plans import actions, concerns, goals, versions
from casework.services.plans.actions import ActionInput
from casework.services.plans.concerns import ConcernInput
from casework.services.plans.goals import GoalInput
from casework.services.splitting import SplitInput
from casework.values import AssessmentInput, EvaluationInput
from partners.models import User
from privacy import grants
from privacy.acting import acting
from privacy.actor import system_actor
from privacy.errors import Refused
from privacy.unlock import unlock
from tests.prove.partner_oracle import Home, Joint, World
from tests.world import GROUND, as_

if TYPE_CHECKING:
    from tests.prove.partner_world import Builder


def live_together(builder: Builder) -> None:
    """Some of the open cases are about a household; another case may come to its plan."""
    running = [case for case in builder.world.cases if not case.closed]
    homes: list[Home] = []
    for case in running:
        if homes and builder.chance.random() < 0.5:
            _join(builder, homes[0], case)
        elif builder.chance.random() < 0.8:
            homes += _found(builder, case)
    for home in homes:
        if builder.chance.random() < 0.6:
            _split(builder, home)
    for home in builder.world.homes:
        _plan(builder.world, home)
        _measure(builder.world, home)


def _open(case: Joint) -> list[UUID]:
    """Who could direct: there, not hidden, and nobody whose seat ends in this world."""
    return [t.user.pk for t in case.taking if not t.over and not t.hidden and t.user.name not in ("Tijn Proef",)]


def _known(builder: Builder, home: Home) -> None:
    world, row = builder.world, home.row
    world.homes.append(home)
    world.by_dossier[row.dossier_id] = home
    for word in (str(world.keep("household", row.pk)), str(row.dossier_id), row.dossier.reference.lower()):
        world.secret("gezin bestaat", home, lambda o, u: o.home_table(u, home), word)
    world.references.append(row.dossier.reference)


def _found(builder: Builder, case: Joint) -> list[Home]:
    there = _open(case)
    if not there:
        return []
    home = Home(None, [case], builder.chance.choice(there))  # type: ignore[arg-type]
    all_of = lambda what: builder.world.secret(what, home, lambda o, u: o.home_table(u, home))  # noqa: E731
    people = tuple(
        MemberInput(all_of("lid"), relation, timezone.localdate()) for relation in (Relation.PARENT, Relation.CHILD)
    )
    reason = builder.world.secret("gezinsreden", home, lambda o, u: o.home_whole(u, home))
    given = HouseholdInput(all_of("gezinsnaam"), home.holder, all_of("gezinsadres"), people, reason)
    with as_(builder._regisseur(case.table)) as (by, _):
        unlock([case.row.dossier_id], by=by)
        home.row = households.found(cases.lock_open(case.row, by=by), given, now=timezone.now(), by=by)
        for member in Member.objects.filter(household=home.row):
            builder.world.keep("member", member.pk)
    _known(builder, home)
    return [home]


def _join(builder: Builder, home: Home, case: Joint) -> None:
    """Asked by the regisseur of the case, answered by the one of the household; a person who directs both need not."""
    now, first = timezone.now(), home.cases[0]
    with as_(builder._regisseur(case.table)) as (by, _):
        unlock([case.row.dossier_id, home.row.dossier_id], by=by)
        if case.table == first.table:
            joining.join(home.row, cases.lock_open(case.row, by=by), "Zelfde gezin.", now=now, by=by)
            home.cases.append(case)
            return
        asked = joining.ask(home.row.dossier.reference, case.row, "Zelfde gezin.", now=now, by=by)
        builder.world.typed.add((home.row.dossier.reference.lower(), by.user_id))
    with acting(system_actor("proef")):
        asking.arrives(asked.pk, joining=True, by=system_actor("proef"))
    if builder.chance.random() < 0.6:
        with as_(builder._regisseur(first.table)) as (by, _):
            unlock([home.row.dossier_id, asked.dossier_id], by=by)
            joining.accept(asked, home.row, "Eén plan.", now=now, by=by)
        home.cases.append(case)


def _split(builder: Builder, home: Home) -> None:
    new = Home(None, [], home.holder)  # type: ignore[arg-type]
    all_of = lambda what: builder.world.secret(what, new, lambda o, u: o.home_table(u, new))  # noqa: E731
    reason = builder.world.secret("splitreden", home, lambda o, u: o.home_whole(u, home) or o.home_whole(u, new))
    first = home.cases[0]
    with as_(builder._regisseur(first.table)) as (by, _):
        unlock([home.row.dossier_id], by=by)
        going = Member.objects.filter(household=home.row, until=None, relation=Relation.CHILD)
        links = HouseholdCase.objects.filter(household=home.row, until=None)
        kept = [case for case in home.cases if case is first or builder.chance.random() < 0.5]
        keep = {case.row.dossier_id for case in kept}
        name = all_of("gezinsnaam")
        given = SplitInput(
            members=frozenset(row.pk for row in going), cases=frozenset(keep), name=name, address=all_of("gezinsadres"),
            regisseur=home.holder, because=Left.MOVED, on=timezone.localdate(), reason=reason,
        )  # fmt: skip
        assert links.exists()
        try:
            new.row = splitting.split(home.row, given, now=timezone.now(), by=by).household
        except Refused:
            return  # the casusregisseur left meanwhile
    new.cases = kept
    _known(builder, new)


def _there(home: Home) -> list[User]:
    """Everybody who takes part in the open."""
    return [t.user for case in home.cases for t in case.taking if not t.hidden and not t.over and not case.closed]


def _holder(world: World, home: Home) -> User | None:
    """The casusregisseur, as long as that person is among those."""
    return next((user for user in _there(home) if user.pk == home.holder), None)


def _plan(world: World, home: Home) -> None:
    """A goal for the regie alone, one that concerns one organisation, and an action for everybody."""
    holder, now, soon = _holder(world, home), timezone.now(), timezone.localdate() + timedelta(days=30)
    if holder is None:
        return
    homes = sorted({user.organisation_id for user in _there(home)}, key=str)
    for circle in (frozenset[UUID](), frozenset([world.chance.choice(homes)])):
        words = lambda what, circle=circle: world.secret(what, home, lambda o, u: o.home_goal(u, home, circle))  # noqa: E731
        given = GoalInput(words("doel"), "netwerk", due_on=soon, baseline=words("begin"), wished=words("gewenst"))
        with as_(holder) as (by, _):
            unlock([home.row.dossier_id], by=by)
            goal = goals.add_goal(home.row, given, now=now, by=by)
            word = str(world.keep("goal", goal.pk))
            world.secret("doel bestaat", home, lambda o, u, circle=circle: o.home_goal(u, home, circle), word)  # type: ignore[misc]
            for organisation in circle:
                concerns.concern(goal, ConcernInput(organisation, GROUND), now=now, by=by)
    for person in {user.organisation_id: user for user in _there(home)}.values():
        line = person.organisation_id
        text = world.secret("actie", home, lambda o, u, line=line: o.home_line(u, home, line))  # type: ignore[misc]
        with as_(holder) as (by, _):
            unlock([home.row.dossier_id], by=by)
            made = actions.add_action(home.row, ActionInput(text, person.pk, soon), now=now, by=by)
        word = str(world.keep("action", made.pk))
        world.secret("actie bestaat", home, lambda o, u, line=line: o.home_line(u, home, line), word)  # type: ignore[misc]
    with as_(holder) as (by, _):
        unlock([home.row.dossier_id], by=by)
        if not grants.directs(home.row.dossier_id, by=by):
            versions.freeze(home.row, now=now, by=by)


def _measure(world: World, home: Home) -> None:
    """Some who take part in the open assess a member, and the casusregisseur evaluates."""
    now = timezone.now()
    for person in {user.organisation_id: user for user in _there(home)}.values():
        with as_(person) as (by, _):
            unlock([home.row.dossier_id], by=by)
            member = Member.objects.filter(household=home.row, until=None).first()
            if member is None or assessing.why_not_assess(home.row, by=by):
                continue
            line = person.organisation_id
            note = world.secret("meting", home, lambda o, u, line=line: o.home_line(u, home, line))  # type: ignore[misc]
            given = AssessmentInput(timezone.localdate(now), {"financien": 2}, note)
            instrument = assessing.instrument_for(member, "zrm", by=by)
            made = assessing.assess(home.row, member, instrument, given, now=now, by=by)
        world.inside.setdefault(home.row.pk, {}).setdefault("assessment", []).append(world.keep("assessment", made.pk))
        world.secret("meting bestaat", home, lambda o, u, line=line: o.home_line(u, home, line), str(made.pk))  # type: ignore[misc]
    holder = _holder(world, home)
    if holder is not None:
        with as_(holder) as (by, _):
            unlock([home.row.dossier_id], by=by)
            evaluating.keep(home.row, an_evaluation(world, home), closing=False, now=now, by=by)


def an_evaluation(world: World, home: Home) -> EvaluationInput:
    """Words that only the regie reads, and after closing nobody."""
    words = (world.secret("evaluatie", home, lambda o, u: o.home_whole(u, home)) for _ in range(3))
    return EvaluationInput(next(words), Agreed.YES, not_worked=next(words), nuisance_words=next(words))

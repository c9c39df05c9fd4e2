"""Households in a world of partners: on a case, with members, assessments of those who take part, and evaluations."""

from __future__ import annotations

from datetime import timedelta
from typing import cast

from django.utils import timezone

from casework.models import Agreed, Household, Member, Relation
from casework.services import assessing, cases, evaluating, households
from casework.services.households import HouseholdInput, MemberInput
from casework.values import AssessmentInput, EvaluationInput
from partners.models import User
from privacy.unlock import unlock
from tests.prove.partner_oracle import Home, Joint, World
from tests.world import as_


def a_home(world: World, case: Joint, regisseur: User) -> Home | None:
    """A household on this case, directed by somebody whom the others may know to take part."""
    directing = {user.pk for user in world.people.values() if user.pk == regisseur.pk}
    open_ones = [t.user for t in case.taking if not t.hidden and not t.over and t.user.pk not in directing]
    if not open_ones:
        return None
    home = Home(cast(Household, None), case, world.chance.choice(open_ones))
    for_all = lambda what: world.secret(what, home, lambda o, u: o.home_table(u, home))  # noqa: E731
    since = timezone.localdate() - timedelta(days=300)
    members = tuple(MemberInput(for_all("lid"), relation, since) for relation in (Relation.PARENT, Relation.CHILD))
    reason = world.secret("gezinsbesluit", home, lambda o, u: o.home_regie(u, home))
    given = HouseholdInput(for_all("gezin"), home.holder.pk, for_all("gezinsadres"), members, reason)
    with as_(regisseur) as (by, _):
        unlock([case.row.dossier_id], by=by)
        home.row = households.found(cases.lock_open(case.row, by=by), given, now=timezone.now(), by=by)
        found = list(Member.objects.filter(household=home.row).values_list("pk", flat=True))
    world.homes.append(home)
    world.by_dossier[home.row.dossier_id] = home
    inside = world.inside.setdefault(home.row.pk, {})
    inside["member"] = [world.keep("member", pk) for pk in found]
    words = (str(world.keep("household", home.row.pk)), str(home.row.dossier_id), home.row.dossier.reference.lower())
    for word in words:
        world.secret("gezin bestaat", home, lambda o, u: o.home_known(u, home), word)
    return home


def measured_in(world: World, home: Home | None) -> None:
    """Some who take part in the open assess a member, and the casusregisseur evaluates."""
    if home is None:
        return
    now, there = timezone.now(), [t.user for t in home.case.taking if not t.hidden and not t.over]
    for person in {user.organisation_id: user for user in there}.values():
        with as_(person) as (by, _):
            unlock([home.row.dossier_id], by=by)
            member = Member.objects.filter(household=home.row).first()
            if member is None or assessing.why_not_assess(home.row, by=by):
                continue
            line = person.organisation_id
            note = world.secret("meting", home, lambda o, u, line=line: o.home_line(u, home, line))  # type: ignore[misc]
            given = AssessmentInput(timezone.localdate(now), {"financien": 2}, note)
            instrument = assessing.instrument_for(member, "zrm", by=by)
            made = assessing.assess(home.row, member, instrument, given, now=now, by=by)
        world.inside[home.row.pk].setdefault("assessment", []).append(world.keep("assessment", made.pk))
        world.secret("meting bestaat", home, lambda o, u, line=line: o.home_line(u, home, line), str(made.pk))  # type: ignore[misc]
    with as_(home.holder) as (by, _):
        unlock([home.row.dossier_id], by=by)
        evaluating.keep(home.row, an_evaluation(world, home), closing=False, now=now, by=by)


def an_evaluation(world: World, home: Home) -> EvaluationInput:
    """Words that only the regie reads, and after closing nobody."""
    words = (world.secret("evaluatie", home, lambda o, u: o.home_regie(u, home)) for _ in range(3))
    return EvaluationInput(next(words), Agreed.YES, not_worked=next(words), nuisance_words=next(words))

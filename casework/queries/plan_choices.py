"""What the forms of a plan let somebody choose from."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db.models import Q

from casework.models import GOAL_RUNS, Goal, GoalPartner, Household, HouseholdStatus, Member
from casework.queries.households import HouseholdHead
from casework.services.plans.people import Partner, organisations_among
from partners.models import Organisation, User
from partners.profiling import profile_version
from privacy import grants
from privacy.access import opened
from privacy.actor import Actor
from privacy.models import DossierKind
from privacy.unlock import unlock

Choice = tuple[str, str]
MOST = 200  # in one list to choose from
UNSEEN = " (doet ongezien mee; de casusregisseur leest dit dan wel)"


def people(partners: list[Partner]) -> list[Choice]:
    """Everybody who may do an action, with the organisation."""
    found = User.objects.filter(pk__in={one.user_id for one in partners}).select_related("organisation")
    seen = {one.user_id for one in partners if not one.hidden}
    return [
        (str(one.pk), f"{one.name}, {one.organisation.name}{'' if one.pk in seen else UNSEEN}")
        for one in found.order_by("name")
    ]


def organisations(partners: list[Partner], *, but: Collection[UUID] = ()) -> list[Choice]:
    """The organisations that a goal may concern."""
    found = Organisation.objects.filter(pk__in=organisations_among(partners)).exclude(pk__in=but)
    seen = organisations_among(one for one in partners if not one.hidden)
    return [(str(one.pk), f"{one.name}{'' if one.pk in seen else UNSEEN}") for one in found.order_by("name")]


def grounds(partners: list[Partner]) -> list[Choice]:
    """The grounds of the legal profiles of the cases about the household."""
    profiles = {(one.case.profile, one.case.profile_version) for one in partners}
    found = {
        ground.code: f"{ground.label} ({ground.article})"
        for code, version in sorted(profiles)
        for ground in profile_version(code, version).grounds
    }
    return list(found.items())


def members(head: HouseholdHead, goal: Goal | None = None) -> list[Choice]:
    """Who belongs to the household now and has this plan; and whom a goal is for already, whatever happened since."""
    able = Q(until__isnull=True, planned_in__isnull=True) | Q(pk=goal.member_id if goal else None)
    return [(str(one.pk), one.name) for one in opened(Member).filter(able, household=head.household)]


def running_goals(head: HouseholdHead) -> list[Choice]:
    """The goals that this reader holds and that run."""
    found = opened(Goal).filter(household=head.household, status__in=GOAL_RUNS)
    return [(str(one.pk), one.title) for one in found]


def concerned(goal: Goal) -> set[UUID]:
    """The organisations that a goal concerns now, for who works on the whole plan."""
    rows = GoalPartner.objects.filter(goal=goal, until__isnull=True)
    return set(rows.values_list("organisation_id", flat=True))


def other_households(head: HouseholdHead, *, by: Actor) -> list[Choice]:
    """The other households that the actor directs, by number; logged as a list before it is shown."""
    directed = grants.valid(by).filter(kind=DossierKind.HOUSEHOLD, directs=True).values("content_object")
    found = Household.objects.filter(dossier__in=directed, status=HouseholdStatus.ACTIVE).exclude(pk=head.pk)
    rows = list(found.select_related("dossier").order_by("-opened_at")[:MOST])
    unlock([], event="list", also_seen=[(row.dossier_id, row.dossier.reference) for row in rows], by=by)
    return [(str(row.pk), row.dossier.reference) for row in rows]

"""Who is kept away from a dossier, for its regie and the privacy officer; and who could be."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from casework.models import Case, Participation, RegieAssignment, RegieKind
from partners.models import CaseTable, Organisation, User
from partners.queries import bound_organisations, seated_people
from privacy import exclusions
from privacy.access import visible
from privacy.actor import Actor
from privacy.models import Exclusion

SHOWN = 25


@dataclass(frozen=True, slots=True)
class Excluded:
    """One exclusion. `participation` and `directs` say what the person still does there, for the regie to settle."""

    pk: UUID
    name: str
    organisation: str
    reason: str
    set_by: str
    set_at: datetime
    self_reported: bool
    participation: UUID | None = None
    directs: bool = False


def excluded(dossier_id: UUID, *, case: Case | None = None, by: Actor) -> list[Excluded]:
    """The exclusions that stand; what the person still does in the case only for who may see that."""
    rows = list(exclusions.standing(dossier_id).select_related("user__organisation").order_by("set_at"))
    setters = User.objects.in_bulk([row.set_by for row in rows])
    there, directing = _still_there(case, by) if case else ({}, set())
    return [
        Excluded(
            pk=row.pk,
            name=row.user.name,
            organisation=row.user.organisation.name,
            reason=row.get_reason_display(),
            set_by=setters[row.set_by].name if row.set_by in setters else "",
            set_at=row.set_at,
            self_reported=row.self_reported,
            participation=there.get(row.user_id),
            directs=row.user_id in directing,
        )
        for row in rows
    ]


def _still_there(case: Case, by: Actor) -> tuple[dict[UUID, UUID], set[UUID]]:
    there = visible(Participation, by=by).filter(case=case, ended_at__isnull=True)
    directing = visible(RegieAssignment, by=by).filter(case=case, kind=RegieKind.PROCESS, until__isnull=True)
    return dict(there.values_list("user_id", "pk")), set(directing.values_list("user_id", flat=True))


def unsettled(directed: QuerySet[Case], *, by: Actor) -> list[tuple[Case, Exclusion]]:
    """Directed cases in which somebody who is kept away still takes part or directs: a colleague must be named."""
    ties = Exclusion.objects.filter(dossier__in=directed.values("dossier"), ended_at__isnull=True)
    found = {(tie.dossier_id, tie.user_id): tie for tie in ties.select_related("user").order_by("set_at")}
    if not found:
        return []
    cases = {case.dossier_id: case for case in directed.select_related("dossier")}
    concerned = {"dossier__in": cases, "user__in": [user for _, user in found]}
    there = visible(Participation, by=by).filter(**concerned, ended_at__isnull=True)
    directing = visible(RegieAssignment, by=by).filter(**concerned, until__isnull=True)
    open_ones = {*there.values_list("dossier_id", "user_id"), *directing.values_list("dossier_id", "user_id")}
    return [(cases[key[0]], tie) for key, tie in found.items() if key in open_ones]


def _named(people: QuerySet[User], name: str) -> QuerySet[User]:
    for word in name.split():
        people = people.filter(Q(name__icontains=word) | Q(organisation__name__icontains=word))
    return people


def could_be_excluded(case: Case, name: str, *, by: Actor) -> list[User]:
    """Who could ever reach this case: seats and participants; with a name, anyone of the covenant's organisations."""
    now = timezone.now()
    if name:
        organisations = bound_organisations(case.theme, timezone.localdate(now))
        people = _named(User.objects.filter(is_active=True, organisation__in=organisations), name)
    else:
        seated = seated_people(CaseTable.objects.get(pk=case.table_id), now)
        there = visible(Participation, by=by).filter(case=case, ended_at__isnull=True)
        people = User.objects.filter(Q(pk__in=seated.values("pk")) | Q(pk__in=there.values("user")))
    return _left(people, case.dossier_id, by)[:SHOWN] if name else _left(people, case.dossier_id, by)


def anyone_named(dossier_id: UUID, name: str, *, by: Actor) -> list[User]:
    """Anyone with this name, for the privacy officer, who may not know who takes part where."""
    if not name:
        return []
    people = User.objects.filter(is_active=True, organisation__in=Organisation.objects.filter(active=True))
    return _left(_named(people, name), dossier_id, by)[:SHOWN]


def _left(people: QuerySet[User], dossier_id: UUID, by: Actor) -> list[User]:
    away = exclusions.standing(dossier_id).values("user")
    left = people.exclude(pk__in=away).exclude(pk=by.user_id)
    return list(left.select_related("organisation").order_by("organisation__name", "name").distinct())

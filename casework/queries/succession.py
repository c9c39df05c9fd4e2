"""Who left a case or a signal, who could take over, and whose organisation no covenant binds any more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.formats import date_format

from casework.models import Case, CaseStatus, Participation, Signal, SignalSource, SignalStatus
from partners.models import Covenant
from partners.queries import bound_organisations, successor_of
from privacy.access import visible
from privacy.actor import Actor
from privacy.models import CompartmentKind


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A participant who left, with who was proposed to take over."""

    participation_id: UUID
    name: str
    organisation: str
    hidden: bool
    successor: str


def left_open(*, by: Actor) -> QuerySet[Participation]:
    """Participations in open cases of people who left, whose organisation has nobody there and nothing was decided."""
    still = Participation.objects.filter(
        case=OuterRef("case"), organisation=OuterRef("organisation"), ended_at__isnull=True
    )
    rows = visible(Participation, by=by).filter(
        case__status=CaseStatus.OPEN, ended_at__isnull=False, handed_on_at__isnull=True, user__is_active=False
    )
    return rows.exclude(Exists(still)).select_related("user", "organisation", "compartment", "dossier", "case")


def follow_ups(case: Case, *, now: datetime, by: Actor) -> list[FollowUp]:
    """What waits for a decision of who directs this case."""
    return [
        FollowUp(
            row.pk,
            row.user.name,
            row.organisation.name,
            row.compartment.kind == CompartmentKind.LIAISON,
            successor.name if (successor := successor_of(row.user_id, case.table_id, now)) else "",
        )
        for row in left_open(by=by).filter(case=case)
    ]


def without_anybody(case: Case, *, by: Actor) -> list[str]:
    """Organisations that take part and have nobody since somebody left, as far as the reader may know."""
    return sorted(set(left_open(by=by).filter(case=case).values_list("organisation__name", flat=True)))


def reporters_who_left(*, by: Actor) -> QuerySet[Signal]:
    """Signals with a question to a reporter who left, at tables that the actor directs."""
    gone = visible(SignalSource, by=by).filter(reporter__is_active=False)
    asked = visible(Signal, by=by).filter(status=SignalStatus.ASKED, pk__in=gone.values("signal"))
    return asked.select_related("dossier").order_by("submitted_at")


@dataclass(frozen=True, slots=True)
class Lapsed:
    """An organisation in a case that no covenant binds any more."""

    organisation: str
    since: date | None

    @property
    def sentence(self) -> str:
        """What the regisseur reads."""
        since = f" sinds {date_format(self.since, 'j F Y')}" if self.since else ""
        return f"{self.organisation} valt niet meer onder een geldig convenant: geen toegang{since}"


def lapsed(case: Case, today: date, *, by: Actor) -> list[Lapsed]:
    """Who takes part on paper and reads nothing, because the covenant is over."""
    there = visible(Participation, by=by).filter(case=case, ended_at__isnull=True)
    bound = bound_organisations(case.theme, today)
    gone = there.exclude(organisation__in=bound).select_related("organisation")
    found = {row.organisation_id: row.organisation.name for row in gone}
    return [Lapsed(name, _since(pk, case.theme, today)) for pk, name in sorted(found.items(), key=lambda one: one[1])]


def _since(organisation_id: UUID, theme: str, today: date) -> date | None:
    over = Covenant.objects.filter(organisations=organisation_id, themes__contains=[theme], valid_until__lt=today)
    last = over.order_by("-valid_until").values_list("valid_until", flat=True).first()
    return last + timedelta(days=1) if last else None

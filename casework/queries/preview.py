"""Bekijk als …: a case as one participant sees it, never more than who looks may read."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.utils import timezone

from casework.models import CaseSignal
from casework.queries.case_content import BundledSignal, ContributionRow, bundled, contributions
from casework.queries.cases import CaseHead, Person, SubjectRow, open_case, people, subjects
from partners.models import User
from partners.queries import is_bound
from privacy.access import visible
from privacy.acting import looking_apart
from privacy.actor import Actor
from privacy.models import CompartmentKind, Dossier
from privacy.who import eyes_of, who_reads


@dataclass(frozen=True, slots=True)
class Preview:
    """What one person sees of a case. `nothing` says in a sentence why that is nothing; `own` that there are notes of
    the own organisation, which who looks may not read.
    """

    name: str
    organisation: str
    nothing: str
    own: bool
    case: CaseHead | None = None
    subjects: tuple[SubjectRow, ...] = ()
    people: tuple[Person, ...] = ()
    signals: tuple[BundledSignal, ...] = ()
    contributions: tuple[ContributionRow, ...] = ()


def _why_nothing(user: User, theme: str) -> str:
    if not user.is_active:
        return f"{user.name} kan niet inloggen en ziet dus niets."
    if not is_bound(user.organisation_id, theme, timezone.localdate()):
        return f"{user.organisation} valt niet onder een geldig convenant. {user.name} ziet nu niets."
    return ""


def as_seen_by(head: CaseHead, user: User, *, by: Actor) -> Preview:
    """The case through the eyes of this person. Looking is logged as a preview of who looks, not of the person."""
    links = visible(CaseSignal, by=by).filter(case=head.case).values("signal_dossier")
    dossiers = Dossier.objects.filter(pk__in=links).values_list("pk", "reference")
    readings = who_reads([(head.dossier_id, head.reference), *dossiers], by=by)
    own = any(r.user_id == user.pk and r.part == CompartmentKind.OWN for r in readings)
    eyes = eyes_of(user.pk, user.organisation_id, readings)
    seen_by = Preview(user.name, user.organisation.name, _why_nothing(user, head.theme.code), own)
    if seen_by.nothing:
        return seen_by
    if not any(r.user_id == user.pk and r.dossier_id == head.dossier_id for r in readings):
        return replace(seen_by, nothing=f"{user.name} ziet niets van deze casus.")
    looker = replace(by, eyes=eyes)
    with looking_apart():
        seen = open_case(head.pk, event="preview", by=looker)
        return replace(
            seen_by,
            case=seen,
            subjects=tuple(subjects(seen, by=looker)),
            people=tuple(person for person in people(seen, by=looker) if person.ended_at is None),
            signals=tuple(bundled(seen, by=looker)),
            contributions=tuple(contributions(seen, by=looker)),
        )

"""What was noted, as it counts now: the newest DPIA of a version, and each pentest and audit as it stands."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from partners.models import Examination, ExaminationKind, ImpactAssessment
from privacy.errors import NotKnown


def assessments(profile: str, version: str) -> QuerySet[ImpactAssessment]:
    """Every DPIA on one version of a profile, the one that counts first."""
    return ImpactAssessment.objects.filter(profile=profile, version=version).order_by("-noted_at", "-pk")


def newest_assessment(profile: str, version: str) -> ImpactAssessment | None:
    """The DPIA on a version that counts."""
    return assessments(profile, version).first()


def current_examinations(kind: ExaminationKind) -> QuerySet[Examination]:
    """How each stands now, the newest first."""
    return Examination.objects.filter(kind=kind, replaced_by__isnull=True).order_by("-held_on", "-noted_at")


def one_examination(pk: UUID, kind: ExaminationKind) -> Examination:
    """One as it stands or stood; raises NotKnown."""
    found = Examination.objects.filter(pk=pk, kind=kind).first()
    if found is None:
        raise NotKnown
    return found

"""The decision to take a case, as who directs it can account for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from casework.models import CaseAdmission
from casework.queries.cases import CaseHead
from partners.models import User
from privacy.access import visible
from privacy.actor import Actor


@dataclass(frozen=True, slots=True)
class Admission:
    """Who decided when, on which criteria (question, met, reason); and from when the keeping counts."""

    decided_by: str
    decided_at: datetime
    criteria: tuple[tuple[str, bool, str], ...]
    first_processed_on: date


def admission(head: CaseHead, *, by: Actor) -> Admission | None:
    """The decision with which the case was opened; None for who does not direct it, and after closing."""
    row = visible(CaseAdmission, by=by).filter(case=head.case, step="opened").first()
    if row is None:
        return None
    questions = {criterion.key: criterion.question for criterion in head.theme.criteria}
    return Admission(
        decided_by=User.objects.get(pk=row.decided_by).name,
        decided_at=row.decided_at,
        criteria=tuple((questions.get(c["key"], c["key"]), c["met"], c["reason"]) for c in row.criteria),
        first_processed_on=head.case.first_processed_on,
    )

"""A background job that failed, to be done again."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from privacy.models import Job
from privacy.models.job import JobState

ABOUT: dict[str, dict[str, Any]] = {"system-again": {"pk": "failedjob"}}


def failed() -> dict[str, UUID]:
    """The key of what was made, by what it is."""
    return {"failedjob": Job.objects.create(kind="seat.ends", subject_id=uuid4(), state=JobState.FAILED).pk}

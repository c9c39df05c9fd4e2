"""Word to a person that something waits. The mail says that and nothing else: no number, name, theme or partner."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from privacy import jobs

SOMETHING_WAITS = "notice.something_waits"


def tell(people: Iterable[UUID | None]) -> None:
    """Queues one mail per person; sent after the act is committed, or not at all."""
    for person in {person for person in people if person is not None}:
        jobs.enqueue(SOMETHING_WAITS, person, once=True)

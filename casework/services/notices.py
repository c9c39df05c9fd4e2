"""Word to a person that something waits. The mail says that and nothing else: no number, name, theme or partner."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from privacy import exclusions, jobs

SOMETHING_WAITS = "notice.something_waits"


def tell(people: Iterable[UUID | None], *, about: UUID) -> None:
    """Queues one mail per person who is not kept away from the dossier that it is about; sent after the commit."""
    for person in exclusions.reachable({person for person in people if person is not None}, about):
        jobs.enqueue(SOMETHING_WAITS, person, once=True)

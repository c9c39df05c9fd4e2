"""Word to a person that something waits. The mail says that and nothing else: no number, name, theme or partner."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from privacy import exclusions, jobs

SOMETHING_WAITS = "notice.something_waits"


def tell(people: Iterable[UUID | None], *, about: UUID | None) -> None:
    """Queues one mail per person, sent after the act is committed, or not at all.

    Who is kept away from the dossier that it is about gets none; `about` is None for what is about no dossier.
    """
    wanted = {person for person in people if person is not None}
    for person in wanted if about is None else exclusions.reachable(wanted, about):
        jobs.enqueue(SOMETHING_WAITS, person, once=True)

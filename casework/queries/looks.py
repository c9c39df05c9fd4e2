"""What somebody was asked about own looks, for the work list."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from casework.queries.urgent import Urgent
from privacy.actor import Actor
from privacy.review import judging


def about_own_looks(today: date, *, by: Actor) -> Iterator[Urgent]:
    """Questions that wait for this person's own explanation, and those that he or she reads along."""
    for hit in judging.questions(by=by):
        when = judging.days_left(hit.answer_by, today) if hit.answer_by else ""
        yield Urgent("Vraag over wat u bekeek", ", ".join(hit.references[:1]), "look-explain", hit.pk, "Antwoord", when)
    for hit in judging.to_read_along(by=by):
        yield Urgent(f"Vraag aan {hit.reader_name}", "", "look-explain", hit.pk, "Lees mee", waits=True)

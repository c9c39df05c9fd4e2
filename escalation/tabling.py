"""What the ladder brings to the table: cases to judge anew, decisions that wait, and where a case stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from uuid import UUID

from casework.models import Case, Why
from casework.tabled import Known, Need
from escalation.models import Outcome, Proposal, Standing
from escalation.situations import ladder_of
from privacy.access import visible
from privacy.actor import Actor


def needs(table_id: UUID, on: date, by: Actor) -> Iterator[Need]:
    """Open cases of the table that are to be judged anew by the day of the meeting, or in which a decision waits."""
    of_table = {"case__table": table_id, "case__status": "open"}
    for row in visible(Standing, by=by).filter(review_on__lte=on, **of_table):
        yield Need(row.case_id, Why.REVIEW, f"Opnieuw bekijken op {ladder_of(row).name}.")
    waiting = visible(Proposal, by=by).filter(
        outcome=Outcome.OPEN, **{f"standing__{name}": value for name, value in of_table.items()}
    )
    for case in waiting.values_list("standing__case", flat=True).distinct():
        yield Need(case, Why.DECISION, "Een voorgelegde stap wacht op een besluit.")


def known(case: Case, by: Actor) -> Iterable[Known]:
    """On which rung the case stands, on each of its ladders."""
    rows = visible(Standing, by=by).filter(case=case).order_by("ladder")
    return [Known(ladder.name, ladder.get(row.at).name, "case-ladder") for row in rows for ladder in [ladder_of(row)]]

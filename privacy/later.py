"""What the background does for the walls."""

from __future__ import annotations

from privacy.dossiers import SHREDDED
from privacy.jobs import handles
from privacy.models.job import Job
from privacy.upkeep.shredding import note_all


@handles(SHREDDED)
def shredded(job: Job) -> None:
    """Adds what was destroyed to the list outside the database; also what an earlier job could not."""
    note_all()

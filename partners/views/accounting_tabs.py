"""Which tabs and buttons of accountability this reader has."""

from __future__ import annotations

from privacy.access import ActorRequest
from privacy.roles import Verb


def tabs(request: ActorRequest) -> dict[str, bool]:
    """For the template: whether the reader writes, manages, and reads the figures of a year."""
    actor = request.actor
    return {
        "writes": actor.may(Verb.ACCOUNT_WRITE),
        "manages": actor.may(Verb.MANAGE),
        "counts_years": actor.may(Verb.FIGURES_READ),
    }

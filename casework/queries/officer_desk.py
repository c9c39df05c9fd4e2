"""What the privacy officer is told of cases on the overview: how many requests and persons wait, and their terms."""

from __future__ import annotations

from datetime import date

from casework.models import RightsRequest
from casework.queries.informing import counts
from casework.queries.rights.desk import MOST, by_term, line_of
from privacy.actor import Actor
from privacy.waiting import Waits, counted


def requests(today: date, by: Actor) -> Waits:
    """Requests of persons concerned, with the term that ends first; part of a page that logs its own look."""
    rows = RightsRequest.objects.order_by("-received_on")[:MOST]
    lines = by_term([line for line in (line_of(row, today) for row in rows) if line.open])
    words = counted(len(lines), "verzoek loopt", "verzoeken lopen")
    first = min(lines[0].due_on, lines[0].police_on or lines[0].due_on) if lines else None
    term = f"antwoord voor {first:%d-%m-%Y}" if first else ""
    return Waits("Verzoeken van betrokkenen", words, "privacy-rights", "", term, lines[0].how if lines else "ruim", 4)


def informing(today: date, by: Actor) -> Waits:
    """Persons who should have been told; part of a page that logs its own look."""
    late = counts(today).late
    words = counted(late, "persoon weet het nog niet", "personen weten het nog niet")
    return Waits(
        "Informeren",
        words,
        "privacy-informing",
        "",
        "termijn voorbij" if late else "",
        "te_laat" if late else "ruim",
        5,
    )

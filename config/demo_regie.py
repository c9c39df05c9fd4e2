"""The contact with the households of Voorbeeldstad, and the regie that is handed over, as on the screens."""

from __future__ import annotations

from collections.abc import Iterable

from casework.models import ContactKind, Household
from casework.services import handing, stagnation
from config.demo_data.households import Contact, HandOver
from config.demo_town import Town


def load_contacts(town: Town, household: Household, rows: Iterable[Contact]) -> None:
    """Everybody notes that they spoke with the family, on the day that they did."""
    for one in rows:
        day = one.moment.on(town.today)
        with town.doing(one.person, household.dossier_id) as by:
            stagnation.note_contact(
                household,
                day,
                ContactKind(one.kind),
                whom=one.whom,
                note=one.note,
                now=one.moment.at(town.today),
                today=day,
                by=by,
            )


def load_handovers(town: Town, household: Household, rows: Iterable[HandOver]) -> None:
    """The regie is offered; the receiver takes it over today (the database's clock says when), or still thinks."""
    for one in rows:
        with town.doing(one.person, household.dossier_id) as by:
            made = handing.offer(household, town.people[one.to], one.reason, now=one.moment.at(town.today), by=by)
        if one.accepted:
            with town.doing(one.to, household.dossier_id) as by:
                handing.accept(made, by=by)

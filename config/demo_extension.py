"""A case of Voorbeeldstad that must stay longer: its sources are asked, and one has answered."""

from __future__ import annotations

from django.utils import timezone

from casework.queries.extension import directed_case
from casework.services import extending
from config.demo_town import Town
from privacy.retention import extension

DIRECTS, CASE = "regisseur_wonen_jeugd", "kastanjeplein-40"
WHY = (
    "De overlast nam af, maar kwam in september twee keer terug. De begeleiding loopt nog een jaar. "
    "Zonder de geschiedenis van de afspraken begint iedereen opnieuw."
)


def load_extension(town: Town) -> None:
    """The regisseur asks in time; of the sources the first that is not the regisseur's own says yes."""
    case = town.cases[CASE]
    with town.doing(DIRECTS) as by:
        about = directed_case(case.dossier_id, by=by)
        if extension.barrier(case.dossier_id):
            return
        row = extending.ask(about, "a", WHY, now=timezone.now(), by=by)
        asked = {person for home, people in extension.whom(case.dossier_id).items() if home != by.home
                 for person in people}  # fmt: skip
    answering = next((key for key, person in town.people.items() if person.pk in asked), None)
    if answering is not None:
        with town.doing(answering) as by:
            extending.answer(row, True, by=by)

"""`manage.py escrow_drill`: two people prove that their shares give the root key, without showing it."""

from __future__ import annotations

from typing import Any

from privacy.actor import Actor
from privacy.encryption import escrow
from privacy.errors import Refused
from privacy.upkeep.command import UpkeepCommand
from privacy.upkeep.escrow import drill, root_bytes


class Command(UpkeepCommand):
    help = "Oefening: twee personen typen hun deel. Klopt het, dan staat dat met de datum in het logboek."
    purpose = "oefening met de delen van de hoofdsleutel"

    def work(self, by: Actor, options: dict[str, Any]) -> None:
        root_bytes()
        try:
            given = escrow.ask(tell=self.tell)
        except escrow.NotAShare as wrong:
            drill(None, by=by)
            raise Refused(f"{wrong} Maak nieuwe delen: python manage.py escrow_split") from wrong
        if not drill(given, by=by):
            raise Refused("Deze delen geven niet de hoofdsleutel van nu. Maak nieuwe: python manage.py escrow_split")
        self.tell("Deze twee delen geven de hoofdsleutel. De oefening staat in het logboek.")

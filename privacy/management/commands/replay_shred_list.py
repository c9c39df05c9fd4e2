"""`manage.py replay_shred_list`: destroys again, after a restore, what had been destroyed since the back-up."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings

from privacy.access import require
from privacy.actor import Actor
from privacy.errors import Refused
from privacy.upkeep.command import UpkeepCommand
from privacy.upkeep.shredding import replay


class Command(UpkeepCommand):
    help = "Vernietigt na het terugzetten van een back-up alles wat op de vernietigingslijst staat."
    purpose = "vernietigingslijst opnieuw uitvoeren"

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("file", nargs="?", default=settings.SHRED_LIST, help="anders: SHRED_LIST")

    def work(self, by: Actor, options: dict[str, Any]) -> None:
        require(bool(options["file"]), "Zeg welke lijst: python manage.py replay_shred_list BESTAND")
        try:
            listed, destroyed = replay(Path(options["file"]), by=by)
        except (OSError, ValueError) as error:
            raise Refused(f"De vernietigingslijst is niet te lezen: {error}") from error
        self.tell(f"{listed} dossiers op de lijst, {destroyed} daarvan waren terug en zijn opnieuw vernietigd.")

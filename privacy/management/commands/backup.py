"""`manage.py backup DIR --keys DIR2`: the data in one folder, the wrapped keys in another."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.utils import timezone

from privacy.actor import Actor
from privacy.errors import Refused
from privacy.upkeep.backup import backup
from privacy.upkeep.command import UpkeepCommand


class Command(UpkeepCommand):
    help = (
        "Maakt een back-up: gegevens in de ene map, sleutels in de andere. Bewaar die twee op verschillende plaatsen."
    )
    purpose = "back-up"

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("folder", type=Path, help="map voor de gegevens")
        parser.add_argument("--keys", type=Path, required=True, help="map voor de sleutels, op een andere plaats")

    def work(self, by: Actor, options: dict[str, Any]) -> None:
        try:
            made = backup(options["folder"], options["keys"], now=timezone.now(), by=by)
        except OSError as error:
            raise Refused(f"De back-up kan niet worden geschreven: {error}") from error
        self.tell(f"De back-up staat in {made}, de sleutels in {options['keys'] / made.name}.")

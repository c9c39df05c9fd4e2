"""`manage.py replace_root OLD_FILE`: under the root of the settings, instead of the one in this file."""

from __future__ import annotations

import base64
import binascii
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from privacy.actor import Actor
from privacy.encryption.providers.file import FileRoot
from privacy.errors import Refused
from privacy.upkeep.command import UpkeepCommand
from privacy.upkeep.rerooting import replace_root


class Command(UpkeepCommand):
    help = "Zet alles onder de hoofdsleutel van de instellingen. Stop eerst de webserver en de worker."
    purpose = "andere hoofdsleutel"

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("old", type=Path, help="bestand met de oude hoofdsleutel")

    def work(self, by: Actor, options: dict[str, Any]) -> None:
        try:
            old = FileRoot(base64.b64decode(options["old"].read_text().strip(), validate=True))
        except (OSError, binascii.Error) as error:
            raise Refused(f"{options['old']} is niet te lezen als sleutel.") from error
        moved = replace_root(old, by=by)
        self.tell(f"{moved} sleutels staan onder de nieuwe hoofdsleutel. Maak nu een back-up en nieuwe delen.")

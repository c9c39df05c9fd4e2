"""`manage.py reencrypt_dossier REFERENCE --reason …`: new keys for one dossier, everything in it sealed anew."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from privacy.access import require
from privacy.actor import Actor
from privacy.upkeep.command import UpkeepCommand
from privacy.upkeep.reencrypting import reencrypt


class Command(UpkeepCommand):
    help = "Versleutelt een dossier opnieuw met nieuwe sleutels, en laat de inhoud zoals die is. Geef een reden."
    purpose = "dossier opnieuw versleutelen"

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("reference", help="nummer van het dossier")

    def work(self, by: Actor, options: dict[str, Any]) -> None:
        require(bool(options["reason"].strip()), "Geef met --reason waarom; het komt in het logboek van het dossier.")
        rows = reencrypt(options["reference"], by=by)
        self.tell(f"{options['reference']}: {rows} regels zijn opnieuw versleuteld. Maak nu een back-up.")

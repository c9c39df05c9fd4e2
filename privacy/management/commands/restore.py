"""`manage.py restore DIR --keys DIR2`: a back-up into an empty database, checked."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.utils import timezone

from privacy.access import require
from privacy.actor import Actor
from privacy.audit import watching
from privacy.errors import Refused, TamperedValue
from privacy.upkeep.command import UpkeepCommand
from privacy.upkeep.restore import Restored, newest, open_sample, restore
from privacy.upkeep.shredding import replay


class Command(UpkeepCommand):
    help = "Zet een back-up terug in een lege database, vernietigt opnieuw wat vernietigd was, en controleert alles."
    purpose = "back-up terugzetten"

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("folder", type=Path, help="map met back-ups, of één back-up")
        parser.add_argument("--keys", type=Path, required=True, help="map met sleutels")
        parser.add_argument("--shred-list", type=Path, help="vernietigingslijst; anders SHRED_LIST")
        parser.add_argument("--no-shred-list", action="store_true", help="er is nog nooit iets vernietigd")

    def work(self, by: Actor, options: dict[str, Any]) -> None:
        shreds = options["shred_list"] or (Path(settings.SHRED_LIST) if settings.SHRED_LIST else None)
        require(
            bool(options["no_shred_list"] or (shreds and shreds.is_file())),
            "De vernietigingslijst is er niet. Zeg met --shred-list waar die staat.",
        )
        data = newest(options["folder"])
        self.tell(f"Terugzetten van {data} …")
        try:
            self._report(restore(data, options["keys"]))
            if shreds and not options["no_shred_list"]:
                listed, again = replay(shreds, by=by)
                self.tell(f"Vernietigingslijst: {listed} dossiers, {again} opnieuw vernietigd.")
            for kind, rows in open_sample(by=by).items():
                self.tell(f"Steekproef {kind}: {rows} regels geopend.")
        except (OSError, ValueError) as error:
            raise Refused(f"Het terugzetten is mislukt: {error}") from error
        except TamperedValue as error:
            raise Refused("Een waarde gaat niet open met deze sleutels. Is dit de goede hoofdsleutel?") from error
        self._verify_log()
        self.tell("Klaar. Was dit een proef? Noteer die op de echte omgeving: python manage.py note_restore_test")

    def _report(self, restored: Restored) -> None:
        if restored.same_keys and restored.different:
            raise Refused(f"Deze tabellen zijn niet gelijk aan de back-up: {', '.join(restored.different)}.")
        if restored.same_keys:
            self.tell(f"{restored.tables} tabellen, elk gelijk aan de back-up.")
        else:
            self.tell(
                f"{restored.tables} tabellen, met sleutels van een ander moment: {restored.left_out} regels hebben "
                f"geen sleutel meer en zijn weggelaten. Anders dan de back-up: {', '.join(restored.different)}."
            )

    def _verify_log(self) -> None:
        """What waited for its seal when the back-up was made gets it first: it waited longer than it may."""
        while watching.seal(now=timezone.now()):
            pass
        call_command("verify_audit", stdout=self.stdout)

"""`manage.py destroy_epochs`: old epochs that no back-up of keys needs any more."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone

from privacy.actor import Actor
from privacy.upkeep.command import UpkeepCommand
from privacy.upkeep.rotating import destroy, destroyable


class Command(UpkeepCommand):
    help = "Vernietigt oude sleutels. Wat in een oude back-up daaronder staat, gaat nooit meer open."
    purpose = "oude sleutels vernietigen"

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--yes", action="store_true", help="vraag niets")

    def work(self, by: Actor, options: dict[str, Any]) -> None:
        horizon, now = timedelta(days=settings.KEYS_BACKUP_DAYS), timezone.now()
        old = destroyable(horizon, now)
        if not old:
            self.tell(f"Er is geen sleutel die langer dan {horizon.days} dagen buiten gebruik is.")
            return
        numbers = ", ".join(str(epoch.epoch) for epoch in old)
        self.sure(options, f"Sleutel {numbers} wordt vernietigd. Dat is niet terug te draaien.")
        destroyed = destroy(horizon, now=now, by=by)
        self.tell(f"Vernietigd: {', '.join(map(str, destroyed))}. Herstart de webserver en de worker.")

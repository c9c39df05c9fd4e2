"""`manage.py note_restore_test`: on the real installation, that a restore elsewhere was tried and went well."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from privacy.actor import Actor
from privacy.audit import record
from privacy.models import OperationKind
from privacy.upkeep.command import UpkeepCommand
from privacy.upkeep.work import USING, done, step


class Command(UpkeepCommand):
    help = "Noteert dat een proef met terugzetten is gelukt."
    purpose = "proef met terugzetten"

    def work(self, by: Actor, options: dict[str, Any]) -> None:
        with step(by):
            record.change("backup.tested", using=USING, by=by)
            done(OperationKind.RESTORE_TEST, timezone.now(), by=by)
        self.tell("Genoteerd.")

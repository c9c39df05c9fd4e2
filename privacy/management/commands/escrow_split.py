"""`manage.py escrow_split`: the root key in three shares, on the screen and nowhere else."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.utils import timezone

from privacy.actor import Actor
from privacy.audit import record
from privacy.encryption import escrow
from privacy.models import OperationKind
from privacy.upkeep.command import UpkeepCommand
from privacy.upkeep.escrow import root_bytes
from privacy.upkeep.work import USING, done, step

PAPER = """\f
Casustafel, hoofdsleutel: {name} van {shares}
Gegeven aan: ______________________________   op: {on}

    {share}

Met twee delen van deze set is de hoofdsleutel te herstellen:
    python manage.py escrow_restore BESTAND
Bewaar dit deel apart van de andere delen en van de back-ups."""


class Command(UpkeepCommand):
    help = "Verdeelt de hoofdsleutel over drie personen; twee van hen kunnen die herstellen. Druk af en bewaar niets."
    purpose = "hoofdsleutel verdelen"

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--yes", action="store_true", help="vraag niets")

    def work(self, by: Actor, options: dict[str, Any]) -> None:
        root = root_bytes()
        self.sure(options, "De drie delen komen op dit scherm. Zorg dat niemand meekijkt.")
        now = timezone.now()
        with step(by):
            record.change("escrow.split", using=USING, by=by)
            done(OperationKind.ESCROW_SPLIT, now, number=escrow.SHARES, by=by)
        for share in escrow.split(root):
            self.tell(
                PAPER.format(name=share.name, shares=escrow.SHARES, on=timezone.localdate(now).isoformat(), share=share)
            )

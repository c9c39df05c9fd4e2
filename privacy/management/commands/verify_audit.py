"""`manage.py verify_audit`: does the log still hold? The exit code is 0 only when everything does."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from privacy.audit import anchors, watching
from privacy.audit.heads import Head


def heads_in(files: list[Path]) -> list[Head]:
    """The heads in these files; raises CommandError with the name of one that is no anchor."""
    found = []
    for file in files:
        try:
            found += anchors.read(file.read_text())
        except (OSError, ValueError) as error:
            raise CommandError(f"{file} is geen ankerbestand van Casustafel of is niet te lezen.") from error
    return found


class Command(BaseCommand):
    help = (
        "Controleert het hele logboek: is er iets verwijderd, gewijzigd, ingevoegd of verplaatst, waar, en sinds "
        "wanneer? Met een ankerbestand ook of de geschiedenis is herschreven."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--anchor", action="append", default=[], type=Path, help="een ankerbestand; mag vaker")
        parser.add_argument("--database", default="maintenance", help="over welke verbinding (maintenance)")

    def handle(self, *args: Any, **options: Any) -> None:
        report = watching.verify(heads_in(options["anchor"]), now=timezone.now(), using=options["database"])
        self.stdout.write(str(report))
        if not report.clean:
            sys.exit(1)

"""`manage.py inclusion_proof REFERENCE`: the log of one dossier with its way up to the signed heads."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from privacy import queries
from privacy.acting import acting
from privacy.audit import watching
from privacy.errors import NotKnown


class Command(BaseCommand):
    help = "Schrijft een bewijs dat het logboek van een dossier verzegeld is. Het bevat namen van wie keek."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("reference", help="nummer van het dossier, bijvoorbeeld 2026-7K3QF")

    def handle(self, *args: Any, **options: Any) -> None:
        reference = options["reference"].strip().upper()
        try:
            by = watching.watcher("bewijs van het logboek")
            with acting(by):
                text = queries.proof_of_reference(reference, now=timezone.now(), by=by)
        except NotKnown as error:
            raise CommandError(f"Van {reference} staat niets in het logboek.") from error
        self.stdout.write(text, ending="")

"""`manage.py import_signals FILE --table …`: reads in a partner's export, as somebody with the right to do so."""

from __future__ import annotations

from argparse import ArgumentParser
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from casework.importing import FileRefused, Sheet, read_file
from casework.models import ImportOutcome
from casework.services.importing import Report, import_sheet, rehearse
from partners.models import CaseTable, User
from privacy.acting import acting
from privacy.actor import Actor
from privacy.roles import PURPOSES, Role, Verb


class Command(BaseCommand):
    help = "Leest een bestand van een partner in. Elke regel wordt ingelezen, is dubbel, of is geweigerd met een reden."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="CSV of XLSX")
        parser.add_argument("--table", required=True, help="korte naam van de tafel, zoals in Beheer")
        parser.add_argument("--dry-run", action="store_true", help="laat zien wat er zou gebeuren; schrijft niets")
        parser.add_argument("--as", dest="email", help="e-mailadres van wie inleest; nodig als er meer importeurs zijn")

    def handle(self, *args: Any, **options: Any) -> None:
        table = CaseTable.objects.filter(code=options["table"]).first()
        if table is None:
            known = ", ".join(CaseTable.objects.values_list("code", flat=True))
            raise CommandError(f"Er is geen tafel '{options['table']}'. Kies uit: {known}.")
        sheet = _sheet(options["file"])
        by, now = _importer(options["email"]), timezone.now()
        with acting(by):
            if options["dry_run"]:
                report = rehearse(sheet, table, now=now, by=by)
            else:
                report = import_sheet(sheet, options["file"].name, table, now=now, by=by)
        self._tell(report, dry_run=options["dry_run"])

    def _tell(self, report: Report, *, dry_run: bool) -> None:
        for warning in report.warnings:
            self.stdout.write(f"Let op: {warning}")
        for row in report.rows:
            what = f"regel {row.number}: {row.outcome.label.lower()}"
            detail = row.reference or " ".join(row.reasons)
            self.stdout.write(f"{what}{': ' + detail if detail else ''}")
        counts = ", ".join(f"{ImportOutcome(o).label.lower()} {count}" for o, count in report.counts.items())
        self.stdout.write(f"{'Proef, niets geschreven: ' if dry_run else ''}{len(report.rows)} regels: {counts}.")


def _sheet(file: Path) -> Sheet:
    try:
        return read_file(file.read_bytes(), file.name)
    except OSError as error:
        raise CommandError(f"{file} kan niet worden gelezen: {error.strerror}.") from error
    except FileRefused as refusal:
        raise CommandError(str(refusal)) from refusal


def _importer(email: str | None) -> Actor:
    importers = User.objects.filter(is_active=True, roles__contains=[Role.IMPORTER])
    if email:
        importers = importers.filter(email__iexact=email)
    if importers.count() != 1:
        known = ", ".join(User.objects.filter(roles__contains=[Role.IMPORTER]).values_list("email", flat=True))
        raise CommandError(f"Zeg met --as wie inleest: iemand met de rol importeur. Bekend: {known or 'niemand'}.")
    return replace(importers.get().as_actor(), purpose=PURPOSES[Verb.SIGNAL_IMPORT])

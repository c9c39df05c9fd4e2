"""`manage.py export_anchor`: heads to carry away, or the public key to check them with."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from privacy.actor import system_actor
from privacy.audit import heads, mac, record, watching


class Command(BaseCommand):
    help = "Schrijft een ankerbestand: het laatste zegel van elke dag. Bewaar het buiten deze server."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--every-head", action="store_true", help="alle zegels, niet één per dag")
        parser.add_argument("--public-key", action="store_true", help="alleen de publieke sleutel (PEM)")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["public_key"]:
            self.stdout.write(heads.pem(mac.public_key()), ending="")
            return
        record.look("log.anchor", by=system_actor("ankerbestand maken"))
        self.stdout.write(watching.anchor(whole=options["every_head"], now=timezone.now()), ending="")

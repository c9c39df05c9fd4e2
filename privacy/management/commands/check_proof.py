"""`manage.py check_proof FILE`: checks a proof or an anchor with the public key alone."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from privacy.audit import heads, mac, offline


class Command(BaseCommand):
    help = "Controleert een bewijs of ankerbestand. Elders kan het met: python -m privacy.audit.offline."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--public-key", type=Path, help="PEM-bestand; anders de sleutel van deze installatie")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            given = options["public_key"]
            key = heads.of_pem(given.read_text()) if given else mac.public_key()
            wrong = offline.check(options["file"].read_text(), key)
        except (OSError, ValueError) as error:
            raise CommandError("Dit is geen bewijs of ankerbestand van Casustafel, of het is niet te lezen.") from error
        self.stdout.write("\n".join(wrong or ["Alles klopt: de zegels zijn met deze sleutel gezet."]))
        if wrong:
            sys.exit(1)

"""`manage.py compare_audit`: does every change that the trigger saw stand in the log, and the other way round?"""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from privacy.audit import watching


class Command(BaseCommand):
    help = "Vergelijkt de wijzigingen die de database zelf zag met het logboek. Er mogen geen verschillen zijn."

    def handle(self, *args: Any, **options: Any) -> None:
        check = watching.compare_traces(None, now=timezone.now())
        self.stdout.write(f"Vergeleken: {check.entries} transacties. Verschillen: {check.wrong}.")
        for sentence in check.findings:
            self.stdout.write(sentence)
        if check.wrong:
            sys.exit(1)

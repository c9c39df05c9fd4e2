"""`manage.py seal_audit`: seals what waits, as Celery's beat does every half minute."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from privacy.audit import watching


class Command(BaseCommand):
    help = "Verzegelt de regels van het logboek die daarop wachten."

    def handle(self, *args: Any, **options: Any) -> None:
        made = watching.seal(now=timezone.now())
        count = sum(head.count for head in made)
        self.stdout.write(f"{count} regels verzegeld in {len(made)} blokken." if made else "Er wachtte niets.")

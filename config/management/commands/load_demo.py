"""`manage.py load_demo`: fills an empty database with the fictional municipality."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from config.demo_loading import load
from partners.models import User


class Command(BaseCommand):
    help = "Loads the fictional municipality Voorbeeldstad, once, into a demo."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("This is no demo (DEMO is not set): nothing is loaded beside real people.")
        if User.objects.exclude(email__endswith=".example").exists():
            raise CommandError("There are real users in this database: the demo is not loaded beside them.")
        if User.objects.exists():
            self.stdout.write("The demo is there already.")
            return
        load(timezone.localdate())
        self.stdout.write("Voorbeeldstad is there.")

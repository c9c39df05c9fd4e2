"""`manage.py demo_logins`: who can log in to the demo, and with what."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from config import demo_data
from config.demo_loading import PASSWORD


class Command(BaseCommand):
    help = "Prints the log-ins of the demo."

    def handle(self, *args: Any, **options: Any) -> None:
        people = demo_data.load().logins
        width = max(len(person.email) for person in people)
        self.stdout.write(f"Password of everybody: {PASSWORD}\n")
        for person in people:
            self.stdout.write(f"  {person.email:<{width}}  {person.login}")

"""The shape of a command of upkeep: as the system, with a reason that the log keeps; a refusal is one clear line."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from privacy import trace
from privacy.actor import Actor, system_actor
from privacy.encryption.providers import RootUnavailable
from privacy.errors import Refused


class UpkeepCommand(BaseCommand):
    """`purpose` stands in the log, with the reason that was typed."""

    purpose = ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--reason", default="", help="waarom nu; komt in het logboek, dus geen namen")

    def handle(self, *args: Any, **options: Any) -> None:
        trace.begin(trace.Trace(channel="command"))
        reason = options["reason"].strip()
        by = system_actor(f"{self.purpose}: {reason}"[:200] if reason else self.purpose)
        try:
            self.work(by, options)
        except (Refused, RootUnavailable) as refusal:
            raise CommandError(str(refusal)) from refusal

    def work(self, by: Actor, options: dict[str, Any]) -> None:
        raise NotImplementedError

    def tell(self, text: str) -> None:
        self.stdout.write(text)

    def sure(self, options: dict[str, Any], question: str) -> None:
        """Asks before what can't be undone; raises Refused without a yes."""
        if not options["yes"] and input(f"{question} Typ ja: ").strip().lower() != "ja":
            raise Refused("Er is niets gedaan.")

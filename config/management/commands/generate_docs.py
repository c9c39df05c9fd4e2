"""`manage.py generate_docs`: writes the pages under docs/ that follow from the code. Needs no database."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from config import docs_access, docs_data, docs_ladders

PAGES: Mapping[str, Callable[[], str]] = {
    "docs/access.md": docs_access.render,
    "docs/data.md": docs_data.render,
    **docs_ladders.pages(),
}


def stale(root: Path) -> list[str]:
    """The generated pages that do not say what the code says."""
    return [
        name
        for name, render in PAGES.items()
        if not (root / name).exists() or (root / name).read_text(encoding="utf-8") != render()
    ]


class Command(BaseCommand):
    help = "Writes the generated pages under docs/, or with --check says which are stale."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="write nothing; fail when a page is stale")

    def handle(self, *args: Any, **options: Any) -> None:
        root = Path(settings.BASE_DIR)
        names = stale(root)
        if options["check"]:
            if names:
                raise CommandError(f"Stale: {', '.join(names)}. Run `make docs`.")
            return
        for name in names:
            (root / name).write_text(PAGES[name](), encoding="utf-8")
            self.stdout.write(f"{name} written")

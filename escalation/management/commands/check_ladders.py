"""`manage.py check_ladders FILE…`: is this ladder right? Says in Dutch what is wrong, on which line, and what to do."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from escalation import laddering
from escalation.authority_files import authorities
from escalation.ladder_files import load_ladders
from escalation.rungs import Ladder
from privacy.datafiles import DataFileError, Mistake


class Command(BaseCommand):
    help = "Controleert een ladder voordat u hem gebruikt, en legt elke fout uit."
    # A mistake in an installed ladder must not keep one from checking the file that mends it.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="een ladder, zoals ladder.toml")

    def handle(self, *args: Any, **options: Any) -> None:
        paths: list[Path] = [path.resolve() for path in options["files"]]
        for path in paths:
            if not path.is_file():
                raise CommandError(f"Dit bestand is er niet: {path}")
        try:
            found = load_ladders(paths, authorities(), laddering.known_themes())
        except DataFileError as error:
            raise CommandError(_explained(error, paths)) from None
        for ladder in found.versions:
            self.stdout.write(_summary(ladder))
        for sentence in _beside_installed(found.versions, paths):
            self.stdout.write(sentence)


def _explained(error: DataFileError, paths: list[Path]) -> str:
    count = len(error.mistakes)
    lines = [f"{count} {'fout' if count == 1 else 'fouten'}. Er verandert niets totdat alles klopt."]
    for mistake in error.mistakes:
        lines += [f"  {mistake.file}, regel {mistake.line}: {mistake.reason}.", f"    {_line(mistake, paths)}"]
    return "\n".join(lines)


def _line(mistake: Mistake, paths: list[Path]) -> str:
    """The line itself, to recognise it by."""
    path = next(path for path in paths if mistake.file.endswith(path.name))
    lines = path.read_text(encoding="utf-8-sig", errors="replace").splitlines()
    text = lines[mistake.line - 1].strip() if mistake.line <= len(lines) else ""
    return f"| {text[:100]}{'…' if len(text) > 100 else ''}"


def _summary(ladder: Ladder) -> str:
    lines = [f"Goed: {ladder.name} ({ladder.code}, versie {ladder.version}), {len(ladder.rungs)} treden."]
    for rung in ladder.rungs:
        beside = ", naast de ladder" if rung.aside else ""
        lines.append(f"  {rung.number:>2}  {rung.name}: beslist {authorities().named(rung.decides)}{beside}")
    return "\n".join(lines)


def _beside_installed(versions: tuple[Ladder, ...], paths: list[Path]) -> list[str]:
    """What loading would do; a file that is installed already is not compared with itself."""
    installed = {path.resolve() for path in laddering.DIRECTORY.glob("*.toml")}
    if installed.issuperset(paths):
        return []
    lines = []
    for ladder in versions:
        twins = [one.version for one in laddering.ladders().versions if one.code == ladder.code]
        if ladder.version in twins:
            raise CommandError(f"{ladder.code} {ladder.version} is al in gebruik. Geef deze versie een ander nummer.")
        if twins and ladder.version < max(twins):
            lines.append(f"Let op: nieuwe zaken houden {ladder.code} {max(twins)}, want die versie telt als nieuwer.")
    return [*lines, "Zaken die al lopen houden de versie waarmee zij begonnen."]

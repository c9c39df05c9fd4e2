"""Dossiers that are really there, and looking whether everything in them can still be read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connections

from casework.models import Signal, SignalItem, SignalPlace
from privacy.unlock import unlock
from tests.commits import committed
from tests.world import Cast, a_signal, as_, item


def every_step(last: int) -> Any:
    """Each statement after which a command may stop: some in every run, all of them when proving."""
    steps = [pytest.param(at, marks=() if at % 5 == 1 else pytest.mark.prove) for at in range(1, last + 1)]
    return pytest.mark.parametrize("at", steps)


class Interrupted(Exception):
    """The process ended here."""


def signals(cast: Cast, count: int) -> list[Signal]:
    """Signals that were committed, each with a text of its own."""
    return [
        committed(lambda number=number: a_signal(cast.pieter, cast.overlast, item(f"tekst {number}")))
        for number in range(count)
    ]


def unreadable(cast: Cast, made: list[Signal]) -> list[str]:
    """What the reporter can't read any more; empty when all is well."""

    def read() -> list[str]:
        wrong = []
        with as_(cast.pieter) as (by, _):
            unlock([signal.dossier_id for signal in made], by=by)
            for number, signal in enumerate(made):
                texts = [one.text for one in SignalItem.objects.filter(signal=signal)]
                streets = [place.street for place in SignalPlace.objects.filter(signal=signal)]
                if (texts, streets) != ([f"tekst {number}"], ["Lindelaan"]):
                    wrong.append(f"{number}: {texts} {streets}")
        return wrong

    return committed(read)


def run(name: str, *arguments: str, **options: Any) -> str:
    """Runs a command as it would run by itself: on connections of its own, really committing."""

    def act() -> str:
        out = StringIO()
        call_command(name, *arguments, stdout=out, **options)
        return out.getvalue()

    return committed(act)


class Stopper:
    """Lets statements of the maintenance connection through, until the chosen one."""

    def __init__(self, at: int) -> None:
        self.at, self.seen = at, 0

    def __call__(self, execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: Any) -> Any:
        result = execute(sql, params, many, context)
        self.seen += 1
        if self.seen == self.at:
            raise Interrupted
        return result


@contextmanager
def stopping(at: int) -> Iterator[Stopper]:
    """Ends whatever runs in this block after this many statements of maintenance."""
    stopper = Stopper(at)
    with connections["maintenance"].execute_wrapper(stopper):
        yield stopper


def run_until(at: int, name: str, *arguments: str, **options: Any) -> bool:
    """Runs a command that is interrupted after this many statements; whether it got that far."""

    def act() -> bool:
        with stopping(at):
            try:
                call_command(name, *arguments, stdout=StringIO(), **options)
            except Interrupted:
                # What a process leaves that is gone: nothing of a connection survives it.
                connections["maintenance"].close()
                return True
        return False

    return committed(act)

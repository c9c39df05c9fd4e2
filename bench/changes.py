"""What the log costs a change: our entry beside the packages that keep a history, and one whole verb."""

from __future__ import annotations

from unittest.mock import patch

import psycopg
from auditlog.context import set_actor

from bench.figures import OURS, Bound, Figure, Report
from bench.measure import Deed, in_turns
from bench.others import models as others
from bench.stage import TEXT, Stage
from casework.services import cases
from privacy.acting import acting
from privacy.actor import Actor
from privacy.audit import record
from privacy.encryption import keyring
from privacy.unlock import unlock
from tests.world import actor

ROUNDS = 300  # each is short, and a busy machine makes a few of them say little
BARE = "no history"
BOUNDS = (Bound(BARE, 1.5),)
RIVALS = {
    BARE: others.BareNote,
    "django-auditlog": others.AuditlogNote,
    "django-simple-history": others.SimpleHistoryNote,
    "django-pghistory": others.PghistoryNote,
}


def _update(model: type, by: Actor, after: Deed = lambda: None) -> Deed:
    """Reads a row, changes one field, saves it: in an act of its own, as a view that was posted to does.

    All of them in the same kind of act, so that the history is what differs.
    """
    pk = model.objects.create(title="Notitie", body=TEXT).pk

    def deed() -> None:
        with acting(by, changing=True):
            note = model.objects.get(pk=pk)
            note.number += 1
            note.save()
            after()

    return deed


def _rows(stage: Stage, report: Report) -> None:
    by = actor(stage.director)
    deeds = {OURS: _update(others.OursNote, by, lambda: record.change("case.changed", fields=["number"], by=by))}
    with set_actor(stage.director):
        deeds |= {name: _update(model, by) for name, model in RIVALS.items()}
        report.add(Figure("one row changed and logged", 1, in_turns(deeds, rounds=ROUNDS), BOUNDS))


def _verb(stage: Stage, filler: psycopg.Connection, report: Report) -> None:
    """A real verb, with its entry and the trace of the trigger; then the same without either."""
    by = actor(stage.director)
    with acting(by) as ring:
        unlock([stage.case.dossier_id], by=by)
        held = {pk: ring.get(pk) for pk in ring.compartments()}

    def rename() -> None:
        with acting(by, changing=True):
            for pk, key in held.items():
                keyring.current().add(pk, key)
            cases.rename(stage.case, short_name="Fam. V.", summary=TEXT, by=by)

    def unlogged() -> None:
        with patch.object(record, "change", lambda *args, **kwargs: None):
            rename()

    def trigger(name: str) -> None:
        verb = "ENABLE" if name == OURS else "DISABLE"
        filler.execute(f"ALTER TABLE casework_caseface {verb} TRIGGER casework_caseface_watch")

    times = in_turns({OURS: rename, BARE: unlogged}, rounds=ROUNDS, before=trigger)
    trigger(OURS)
    report.add(Figure("one verb (rename a case), entry and trigger", 1, times, BOUNDS))


def measure(stage: Stage, filler: psycopg.Connection, report: Report) -> None:
    """A row, then a verb."""
    _rows(stage, report)
    _verb(stage, filler, report)

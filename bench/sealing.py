"""A sealed field against the same field in plain text: two tables that differ in nothing else."""

from __future__ import annotations

from django.db import connections, models

from bench.measure import line, usual_of
from casework.models import Case
from privacy import rls
from privacy.acting import acting
from privacy.dossiers import part
from privacy.encryption.fields import SealedTextField
from privacy.models import CompartmentKind, DossierRow, SealedModel
from privacy.unlock import unlock
from tests.world import Cast, actor

ROWS = 200
TEXT = "Harde muziek na middernacht, en de bewoner doet niet open. " * 4


class PlainNote(DossierRow):
    version = models.PositiveIntegerField(default=1)
    text = models.TextField()

    class Meta(DossierRow.Meta):
        app_label, managed, db_table = "bench", False, "bench_plainnote"


class SealedNote(SealedModel):
    text = SealedTextField()

    class Meta(SealedModel.Meta):
        app_label, managed, db_table = "bench", False, "bench_sealednote"


def _make_tables() -> None:
    with connections["owner"].cursor() as cursor:
        for model, kind in ((PlainNote, "text"), (SealedNote, "bytea")):
            name = model._meta.db_table
            cursor.execute(
                f"CREATE TABLE {name} (id uuid PRIMARY KEY, dossier_id uuid NOT NULL, compartment_id uuid NOT NULL, "
                f"version integer NOT NULL, text {kind} NOT NULL)"
            )
            cursor.execute(rls.protect(name))


def _first_case(cast: Cast) -> Case:
    return Case.objects.select_related("dossier").order_by("opened_at")[0]


def report(cast: Cast) -> None:
    """Prints what sealing costs, through the ORM and behind row level security, both."""
    _make_tables()
    by = actor(cast.rosa)
    with acting(by):
        case = _first_case(cast)
        unlock([case.dossier_id], by=by)
        table = part(case.dossier, CompartmentKind.TABLE)

        def save(model: type[DossierRow]) -> None:
            for _ in range(ROWS // 10):
                model(dossier=case.dossier, compartment=table, text=TEXT).save(force_insert=True)

        def read(model: type[DossierRow]) -> None:
            assert all(note.text == TEXT for note in model.objects.all()[:ROWS])

        saves = usual_of({"plain": lambda: save(PlainNote), "sealed": lambda: save(SealedNote)}, rounds=24)
        reads = usual_of({"plain": lambda: read(PlainNote), "sealed": lambda: read(SealedNote)}, rounds=24)
        sizes = [len(TEXT.encode()), len(bytes(SealedNote.objects.all()[0].__dict__["text"]))]
    print(f"\nSealed over plain, a text of {sizes[0]} bytes, key in the keyring")
    line("", "ratio")
    line(f"save {ROWS // 10} rows, one by one", saves["sealed"] / saves["plain"])
    line(f"read {ROWS} rows and their text", reads["sealed"] / reads["plain"])
    line("bytes stored", sizes[1] / sizes[0])

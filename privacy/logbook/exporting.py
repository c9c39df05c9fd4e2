"""Lines of the log to take along, with the proof that they were sealed, in one zip: all of them, however many.

It is made while it is given, a batch at a time, each read as who asks. What is asked and how many lines that is stands
in the log before the first byte, which dossiers a batch names before that batch, and the hash before the last byte.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from privacy.access import require
from privacy.acting import acting
from privacy.actor import Actor
from privacy.audit import inclusion, record, watching
from privacy.logbook import standard
from privacy.logbook.asking import After, Question, entries
from privacy.logbook.packing import Packing
from privacy.logbook.reading import seen
from privacy.models import AuditEntry
from privacy.queries import lines_of
from privacy.sheets import as_lines, as_sheet

BATCH = 1000
NOTHING = "Er zijn geen regels die bij deze vraag passen. Er is niets om mee te nemen."
HEAD = (
    "Wanneer", "Wie", "Organisatie", "Rol", "Wat", "Gebeurtenis", "Dossiers", "Doel", "Grondslag", "Uitkomst",
    "Met toegang", "Noodtoegang", "Kanaal", "Adres", "Velden", "Spoor", "Kenmerk van de regel",
)  # fmt: skip


def _yes(value: bool) -> str:
    return "ja" if value else "nee"


Batches = Iterable[Sequence[AuditEntry]]
_PLACE = "hier"


def _cells(rows: Sequence[AuditEntry]) -> Iterator[tuple[str, ...]]:
    for row, line in zip(rows, lines_of(rows), strict=True):
        yield (
            timezone.localtime(line.at).strftime("%d-%m-%Y %H:%M:%S"), line.actor_name, line.organisation_name,
            line.roles, line.sentence, row.event, " ".join(line.references), line.purpose, line.ground, line.outcome,
            _yes(line.granted), _yes(line.emergency), line.channel, line.address, ", ".join(row.changes or ()),
            line.trace_id, str(row.pk),
        )  # fmt: skip


def sheet(batches: Batches) -> Iterator[bytes]:
    """The lines as a spreadsheet."""
    yield as_sheet([HEAD])
    for rows in batches:
        yield as_lines(_cells(rows))


def _written(around: object, *lists: Iterable[Iterable[object]]) -> Iterator[bytes]:
    """JSON with, at each place that `around` has for it, a list that comes in pieces."""
    begin, *rest = json.dumps(around, ensure_ascii=False, indent=1).split(json.dumps(_PLACE))
    yield begin.encode()
    for pieces, after in zip(lists, rest, strict=True):
        between = "[\n"
        for some in pieces:
            for one in some:
                yield (between + json.dumps(one, ensure_ascii=False)).encode()
                between = ",\n"
        yield f"{between if between[0] == '[' else ''}\n]{after}".encode()


def ldv(batches: Batches) -> Iterator[bytes]:
    """The lines as Logboek Dataverwerkingen."""
    return _written(_PLACE, map(standard.records, batches))


def otlp(batches: Batches) -> Iterator[bytes]:
    """The lines as OpenTelemetry."""
    return _written(standard.message(_PLACE), map(standard.spans, batches))


@dataclass(frozen=True, slots=True)
class Form:
    """One way to write lines."""

    label: str
    name: str
    write: Callable[[Batches], Iterator[bytes]]
    note: str


_NO_STAFF = (
    "Er staat een regel per dossier. Een dossier staat er met een pseudoniem: in elke uitvoer hetzelfde. "
    "Wie het deed, is geen veld van de standaard en staat er niet bij. Regels zonder dossier staan er niet bij."
)
FORMS: dict[str, Form] = {
    "csv": Form("Rekenblad (CSV)", "logboek.csv", sheet, "Open het met een rekenblad: puntkomma's, UTF-8."),
    "ldv": Form("Logboek Dataverwerkingen (JSON)", "logboek-dataverwerkingen.json", ldv, _NO_STAFF),
    "otlp": Form("OpenTelemetry (OTLP/JSON)", "opentelemetry.json", otlp, _NO_STAFF),
}


def _read_me(form: Form, lines: int, proven: int, *, by: Actor) -> str:
    return "\n".join([
        f"Uit het logboek van Casustafel: {lines} regel(s).",
        f"Waarvoor: {by.purpose}. Gebruik dit bestand voor niets anders (WGS artikel 1.8, vierde lid).",
        "",
        f"{form.name}: de regels. {form.note}",
        f"bewijs.json: bewijs van {proven} regel(s) dat zij in het zegel staan. De jongste regels krijgen hun zegel "
        "binnen een minuut; die staan er nog niet in.",
        "Controleer het bewijs met: python -m privacy.audit.offline bewijs.json casustafel-publieke-sleutel.pem",
        "Het bewijs bevat de namen van wie keek. Bewaar alles zo zorgvuldig als het logboek.",
        "",
    ])  # fmt: skip


def _filters(question: Question) -> Iterator[str]:
    """What was asked, as codes."""
    for one in fields(question):
        value = getattr(question, one.name)
        if value:
            yield f"{one.name}:{value.isoformat() if isinstance(value, date) else value}"


class Export:
    """One export. Making it notes what is asked and raises Refused when that is nothing; `pieces` gives the zip."""

    def __init__(self, question: Question, form_name: str, *, now: datetime, by: Actor) -> None:
        self.question, self.form, self.now, self.by = question, FORMS[form_name], now, by
        self.name = f"logboek-{timezone.localdate(now)}.zip"
        self.lines = self.proven = 0
        self._numbers: set[int] = set()
        many = self._entries(None).count()
        require(many > 0, NOTHING)
        self._note("log.export", f"vorm:{form_name}", f"regels:{many}", *_filters(question))

    def _entries(self, after: After | None) -> QuerySet[AuditEntry]:
        return entries(self.question, after).filter(timestamp__lte=self.now)

    def _note(self, event: str, *about: str, rows: Sequence[AuditEntry] = ()) -> None:
        record.look(event, seen=seen(rows), fields=about, by=self.by)

    def _batches(self) -> Iterator[list[AuditEntry]]:
        """The entries, newest first: each batch in a short transaction of its own, as who asks."""
        after: After | None = None
        while True:
            with acting(self.by):
                rows = list(self._entries(after)[:BATCH])
            yield rows
            if len(rows) < BATCH:
                return
            after = After(rows[-1].timestamp, rows[-1].pk)

    def _told(self) -> Iterator[list[AuditEntry]]:
        for rows in self._batches():
            self._note("log.export_part", f"regels:{len(rows)}", rows=rows)
            self.lines += len(rows)
            yield rows

    def _found(self) -> Iterator[list[dict[str, Any]]]:
        for rows in self._batches():
            with acting(self.by):
                found = inclusion.proven(watching.plain(), [row.pk for row in rows])
            self._numbers.update(one["block"] for one in found)
            self.proven += len(found)
            yield found

    def _heads(self) -> Iterator[list[dict[str, object]]]:
        numbers = sorted(self._numbers)
        for begin in range(0, len(numbers), BATCH):
            with acting(self.by):
                found = inclusion.heads_of(watching.plain(), numbers[begin : begin + BATCH])
            yield found

    def _files(self) -> Iterator[tuple[str, Iterable[bytes]]]:
        yield self.form.name, self.form.write(self._told())
        around = inclusion.about("uitvoer", now=self.now) | {"entries": _PLACE, "heads": _PLACE}
        yield "bewijs.json", _written(around, self._found(), self._heads())
        yield "leesmij.txt", [_read_me(self.form, self.lines, self.proven, by=self.by).encode()]

    def pieces(self) -> Iterator[bytes]:
        """The zip. Who breaks off has a file that does not open, and no hash in the log."""
        packing = Packing(self.now)
        yield from packing.pack(self._files())
        end, digest = packing.last()
        self._note("log.export_done", f"sha256:{digest}", f"regels:{self.lines}")
        yield end

"""Lines of the log to take along, with the proof that they were sealed, in one zip.

It is made whole before it is given: its hash stands in the log first. So there is a limit, and it is said.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.utils import timezone

from privacy.access import require
from privacy.actor import Actor
from privacy.audit import inclusion, record, watching
from privacy.logbook import standard
from privacy.logbook.asking import Question, entries
from privacy.logbook.reading import seen
from privacy.models import AuditEntry
from privacy.queries import lines_of
from privacy.sheets import as_sheet

MOST = 5000
TOO_MANY = f"Dit zijn meer dan {MOST} regels. Kies een kortere periode of een strenger filter, en neem ze in delen mee."
NOTHING = "Er zijn geen regels die bij deze vraag passen. Er is niets om mee te nemen."
HEAD = (
    "Wanneer", "Wie", "Organisatie", "Rol", "Wat", "Gebeurtenis", "Dossiers", "Doel", "Grondslag", "Uitkomst",
    "Met toegang", "Noodtoegang", "Kanaal", "Adres", "Velden", "Spoor", "Kenmerk van de regel",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Export:
    """A file to give."""

    content: bytes
    name: str


def _yes(value: bool) -> str:
    return "ja" if value else "nee"


def sheet(rows: Sequence[AuditEntry]) -> bytes:
    """The lines as a spreadsheet."""
    cells = [
        (
            timezone.localtime(line.at).strftime("%d-%m-%Y %H:%M:%S"), line.actor_name, line.organisation_name,
            line.roles, line.sentence, row.event, " ".join(line.references), line.purpose, line.ground, line.outcome,
            _yes(line.granted), _yes(line.emergency), line.channel, line.address, ", ".join(row.changes or ()),
            line.trace_id, str(row.pk),
        )
        for row, line in zip(rows, lines_of(rows), strict=True)
    ]  # fmt: skip
    return as_sheet([HEAD, *cells])


def _written(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1).encode()


def ldv(rows: Sequence[AuditEntry]) -> bytes:
    """The lines as Logboek Dataverwerkingen."""
    return _written(list(standard.records(rows)))


def otlp(rows: Sequence[AuditEntry]) -> bytes:
    """The lines as OpenTelemetry."""
    return _written(standard.traces(rows))


@dataclass(frozen=True, slots=True)
class Form:
    """One way to write lines."""

    label: str
    name: str
    write: Callable[[Sequence[AuditEntry]], bytes]
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


def _read_me(form: Form, rows: Sequence[AuditEntry], proven: int, *, by: Actor) -> str:
    return "\n".join([
        f"Uit het logboek van Casustafel: {len(rows)} regel(s).",
        f"Waarvoor: {by.purpose}. Gebruik dit bestand voor niets anders (WGS artikel 1.8, vierde lid).",
        "",
        f"{form.name}: de regels. {form.note}",
        f"bewijs.json: bewijs van {proven} regel(s) dat zij in het zegel staan. De jongste regels krijgen hun zegel "
        "binnen een minuut; die staan er nog niet in.",
        "Controleer het bewijs met: python -m privacy.audit.offline bewijs.json casustafel-publieke-sleutel.pem",
        "Het bewijs bevat de namen van wie keek. Bewaar alles zo zorgvuldig als het logboek.",
        "",
    ])  # fmt: skip


def _zipped(files: dict[str, bytes], now: datetime) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, timezone.localtime(now).timetuple()[:6]), content)
    return made.getvalue()


def export(question: Question, form_name: str, *, now: datetime, by: Actor) -> Export:
    """What answers the question, as a file; raises Refused when that is nothing or too much.

    The hash of the file, its form and the number of lines are in the log before it is given.
    """
    form = FORMS[form_name]
    rows = list(entries(question)[: MOST + 1])
    require(bool(rows), NOTHING)
    require(len(rows) <= MOST, TOO_MANY)
    proof = inclusion.document_of_entries(watching.plain(), "uitvoer", (row.pk for row in rows), now=now)
    proven = len(json.loads(proof)["entries"])
    files = {
        form.name: form.write(rows),
        "bewijs.json": proof.encode(),
        "leesmij.txt": _read_me(form, rows, proven, by=by).encode(),
    }
    content = _zipped(files, now)
    about = [f"sha256:{sha256(content).hexdigest()}", f"vorm:{form_name}", f"regels:{len(rows)}"]
    record.look("log.export", seen=seen(rows), fields=about, by=by)
    return Export(content, f"logboek-{timezone.localdate(now)}.zip")

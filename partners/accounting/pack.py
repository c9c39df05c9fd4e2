"""Files of accountability: each is in the log, with its digest, before it leaves. None holds anything of a dossier."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone

from partners.accounting import counting, evidence, register, yearly
from partners.accounting.evidence import Requirement
from privacy.actor import Actor
from privacy.audit import record
from privacy.downloads import as_file
from privacy.roles import Verb
from privacy.sheets import as_sheet

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "zip": "application/zip",
}


def given(name: str, content: bytes, *, by: Actor) -> HttpResponse:
    """The file as an answer; what was given is in the log by its digest."""
    digest = hashlib.sha256(content).hexdigest()
    record.look("account.file", fields=[f"{name} sha256:{digest}"], by=by)
    return as_file(content, TYPES[name.rpartition(".")[2]], name)


def as_json(data: object) -> bytes:
    """Plain data as a file that people can read as well."""
    return json.dumps(data, ensure_ascii=False, indent=2, default=str).encode()


def register_csv(found: register.Register) -> bytes:
    return as_sheet([register.COLUMNS, *register.rows(found)])


def figures_csv(found: list[yearly.Year]) -> bytes:
    return as_sheet([yearly.headings(), *(row for year in found for row in yearly.rows(year))])


def evidence_rows(rows: list[Requirement]) -> list[tuple[str, ...]]:
    """Requirements as lines of a sheet."""
    return [(row.article, row.what, row.judged.state.label, row.judged.says) for row in rows]


def evidence_data(rows: list[Requirement], now: datetime) -> dict[str, Any]:
    """Requirements as plain data."""
    lines = [
        {"key": row.key, "article": row.article, "what": row.what, "state": row.judged.state, "says": row.judged.says}
        for row in rows
    ]
    return {"made_at": now.isoformat(), "requirements": lines}


def files(now: datetime, *, by: Actor) -> dict[str, bytes]:
    """Everything for an audit: as data, as sheets and to print."""
    rows, found = evidence.requirements(now), register.register(now)
    made = {
        "bewijs.json": as_json(evidence_data(rows, now)),
        "bewijs.csv": as_sheet([["Artikel", "Eis", "Stand", "Toelichting"], *evidence_rows(rows)]),
        "bewijs.html": printed("evidence", {"rows": rows, "made_at": now}),
        "register.json": as_json(register.as_data(found)),
        "register.csv": register_csv(found),
        "register.html": printed("register", {"register": found, "made_at": now}),
    }
    if by.may(Verb.FIGURES_READ):
        made["cijfers.csv"] = figures_csv(every_year(now))
    return made


def every_year(now: datetime) -> list[yearly.Year]:
    """All years there are figures of."""
    counts, desks = yearly.counted(), counting.of_years()
    return [yearly.of_year(counts, desks, year) for year in yearly.years(counts, timezone.localdate(now).year)]


def printed(name: str, context: Mapping[str, Any]) -> bytes:
    """A page on its own, to print."""
    return render_to_string(f"partners/accounting/print/{name}.html", dict(context)).encode()


def zipped(contents: Mapping[str, bytes], now: datetime) -> bytes:
    """One file of all, with the digest of each."""
    sums = "".join(f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in contents.items())
    out = io.BytesIO()
    stamp = timezone.localtime(now).timetuple()[:6]
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as pack:
        for name, content in {**contents, "SHA256SUMS": sums.encode()}.items():
            pack.writestr(zipfile.ZipInfo(name, stamp), content)
    return out.getvalue()

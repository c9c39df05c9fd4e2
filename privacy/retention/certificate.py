"""The proof that a list was carried out: counts, terms, names of staff and digests. Of no dossier more than that."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.dateformat import format as in_words
from django.utils.timezone import localtime

from privacy import paper
from privacy.models import DestructionLine, DestructionList, DossierKind, LineState, Shredded
from privacy.models.retention import KeepReason, NotDue
from privacy.retention.terms import source_of, table_name, theme_name

PAPER = Path(__file__).parent / "verklaring.typ"
LABELS = dict([*KeepReason.choices, *NotDue.choices])


def draw_up(made: DestructionList, lines: Iterable[DestructionLine]) -> dict[str, Any]:
    """What the certificate of this list says, from the lines as they ended."""
    lines = list(lines)
    gone = sorted(str(line.dossier_id) for line in lines if line.state == LineState.DONE)
    return {
        "made": [made.made_by_name, made.made_at.isoformat()],
        "checked": [made.checked_by_name, made.checked_at.isoformat() if made.checked_at else ""],
        "destroyed": len(gone),
        "counts": _counts(lines),
        "stayed": [[LABELS.get(why, why), number] for why, number in sorted(_stayed(lines).items())],
        "ids": sha256("\n".join(gone).encode()).hexdigest(),
        "shred_list": _shred_list(gone),
    }


def _counts(lines: Iterable[DestructionLine]) -> list[dict[str, Any]]:
    """How many of each kind, theme and table, with the term and its article."""
    gone = Counter((one.kind, one.theme, str(one.table_id or "")) for one in lines if one.state == LineState.DONE)
    return [
        {
            "kind": DossierKind(kind).label,
            "theme": theme_name(theme),
            "table": table_name(table),
            "number": number,
            "source": source_of(kind, theme, table),
        }
        for (kind, theme, table), number in sorted(gone.items())
    ]


def _stayed(lines: Iterable[DestructionLine]) -> Counter[str]:
    return Counter(line.why for line in lines if line.state in (LineState.KEPT, LineState.REFUSED))


def _shred_list(gone: list[str]) -> str:
    """A digest over the very lines that the shred list outside the database gets for these dossiers."""
    rows = Shredded.objects.filter(dossier_id__in=gone).order_by("dossier_id", "at")
    return sha256("".join(f"{row.dossier_id} {row.at.isoformat()}\n" for row in rows).encode()).hexdigest()


def as_json(content: dict[str, Any]) -> str:
    """The certificate as it is kept."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True)


def as_pdf(made: DestructionList) -> bytes:
    """The certificate on paper: what it says and nothing more."""
    proof = made.certificate
    gone = int(proof["destroyed"])
    return paper.as_pdf(
        PAPER,
        {
            "municipality": settings.MUNICIPALITY_NAME,
            "destroyed": f"{gone} dossier is" if gone == 1 else f"{gone} dossiers zijn",
            "moments": [
                ["Lijst gemaakt", _moment(made.made_at, made.made_by_name)],
                ["Lijst gecontroleerd", _moment(made.checked_at, made.checked_by_name)],
                ["Klaar", _moment(made.ended_at)],
            ],
            "counts": [{name: value or "–" for name, value in row.items()} for row in proof["counts"]],
            "stayed": [f"{number}: {why[0].lower()}{why[1:]}" for why, number in proof["stayed"]],
            "ids": proof["ids"],
            "shred_list": proof["shred_list"],
        },
    )


def _moment(at: datetime | None, who: str = "") -> str:
    words = in_words(localtime(at), "j F Y, H:i") if at else "–"
    return f"{words}, {who}" if who else words

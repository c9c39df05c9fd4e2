"""The proof that a list was carried out: counts, terms, names of staff and digests. Of no dossier more than that."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from hashlib import sha256
from typing import Any

from privacy.models import DestructionLine, DestructionList, DossierKind, LineState, Shredded
from privacy.models.retention import KeepReason, NotDue
from privacy.retention.terms import source_of, table_name, theme_name

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

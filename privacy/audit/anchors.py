"""Anchors: heads that are carried away, so that nobody who holds the database and every key can rewrite history."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from privacy.audit import heads
from privacy.audit.heads import Head

KIND = "casustafel anchor 1"


def document(kept: Iterable[Head], public_pem: str, *, now: datetime) -> str:
    """The file to carry away. It names the key for the eye; who checks it uses a key that was kept elsewhere."""
    found = [head.as_json() for head in kept]
    return written({"kind": KIND, "made_at": now.isoformat(), "public_key": public_pem, "heads": found})


def written(file: Mapping[str, object]) -> str:
    """A file of ours as text."""
    return json.dumps(file, indent=1, ensure_ascii=False) + "\n"


def parsed(text: str) -> Any:
    """The JSON of a file that somebody hands us; raises ValueError for anything else, however deep."""
    try:
        return json.loads(text)
    except RecursionError as error:
        raise ValueError("too deep") from error


def read(text: str) -> list[Head]:
    """The heads in a file; raises ValueError when it is no anchor of ours."""
    file = parsed(text)
    if not isinstance(file, dict) or file.get("kind") != KIND or not isinstance(file.get("heads"), list):
        raise ValueError("no anchor")
    return [heads.of_json(head) for head in file["heads"]]

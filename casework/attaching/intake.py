"""From what a browser sent to what may be kept."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass

from casework.attaching.kinds import Kind, ask_for, kind_of
from casework.attaching.limits import MB, MOST_BYTES
from casework.attaching.names import clean_name, extension_of
from casework.attaching.refused import FileRefused
from casework.attaching.scanning import scan
from casework.attaching.texts import MARKUP

TWO_IN_ONE = "lijkt twee soorten bestand tegelijk. Open het, en bewaar het opnieuw."
PACKAGES = ("docx", "xlsx", "odt")
HEAD = 1024
END_OF_PACKAGE = 22


@dataclass(frozen=True, slots=True)
class CleanFile:
    """A file that was checked, scanned and stripped. Only `take_in` makes one."""

    name: str
    kind: str
    content: bytes


def _check_single(content: bytes, kind: Kind) -> None:
    """A file that is also something else is meant for a reader that looks with other eyes than ours."""
    if kind.code in PACKAGES:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            first = min(entry.header_offset for entry in package.infolist())
        doubled = first != 0 or content[-END_OF_PACKAGE:][:4] != b"PK\x05\x06"  # something before it, or behind
    else:
        doubled = zipfile.is_zipfile(io.BytesIO(content)) or (
            kind.code != "txt" and bool(MARKUP.search(content[:HEAD]))
        )
    if doubled or (kind.code != "pdf" and b"%PDF-" in content[:HEAD]):
        raise FileRefused(TWO_IN_ONE)


def take_in(name: str, content: bytes, *, size: int | None = None) -> CleanFile:
    """The file to keep; raises FileRefused with what to do. `size` is what was sent, also when it was not kept."""
    name = clean_name(name)
    if (len(content) if size is None else size) > MOST_BYTES:
        raise FileRefused(f"is groter dan {MOST_BYTES // MB} MB. Maak het kleiner, of splits het.")
    if not content:
        raise FileRefused(f"is leeg. {ask_for(extension_of(name))}")
    scan(content)
    kind = kind_of(content, extension_of(name))
    _check_single(content, kind)
    cleaned = kind.clean(content)
    if len(cleaned) > MOST_BYTES:
        raise FileRefused(f"wordt groter dan {MOST_BYTES // MB} MB als het schoon is opgeslagen. Maak het kleiner.")
    return CleanFile(name, kind.code, cleaned)

"""The name of a file, as it may stand on a page and on somebody's disk."""

from __future__ import annotations

import re
import unicodedata

from casework.attaching.refused import FileRefused

LONGEST = 120
RESERVED = re.compile(r"^(con|prn|aux|nul|com\d|lpt\d)$", re.IGNORECASE)
NOT_ON_DISKS = re.compile(r'[<>:"|?*]')
HIDDEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}  # controls, and what turns the direction of reading


def clean_name(given: str) -> str:
    """The last part of a path, without what hides or turns letters; raises FileRefused when that is no name."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", given))[-1]
    shown = "".join(letter for letter in last if unicodedata.category(letter) not in HIDDEN)
    name = " ".join(NOT_ON_DISKS.sub("-", shown).split()).strip(". ")
    stem, _, extension = name.rpartition(".")
    if not stem.strip(". ") or not extension:
        raise FileRefused("heeft geen naam met een punt en een soort erachter. Geef het bestand een naam als foto.jpg.")
    if len(name) > LONGEST:
        raise FileRefused(f"heeft een te lange naam. Kort de naam in tot ten hoogste {LONGEST} tekens.")
    if RESERVED.match(stem.partition(".")[0]):
        raise FileRefused("heeft een naam die op Windows niet mag. Geef het bestand een andere naam.")
    return name


def extension_of(name: str) -> str:
    """The part after the last dot, in small letters."""
    return name.rpartition(".")[2].lower()

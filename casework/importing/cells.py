"""One cell, made clean on the way in."""

from __future__ import annotations

import re
import unicodedata

from privacy.sheets import FORMULA_START

# `harmless` puts it there on the way out.
_HAS_QUOTE = re.compile(rf"^'(?='*[{FORMULA_START}])")
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)
_MANGLED = re.compile("[\u00c2-\u00c5\u00e2][\u0080-\u00bf\u0152-\u2122]")


def _tidy(text: str) -> str:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x85", "\n").replace("\xa0", " ")
    return unicodedata.normalize("NFC", _INVISIBLE.sub("", lines)).strip()


def clean(text: str) -> str:
    """The cell as it was meant: no mangled or invisible letters, no space around it, no quote of ours."""
    before = None
    while before != text:
        before, text = text, _tidy(unmangle(text))
    return _HAS_QUOTE.sub("", text)


def is_formula(text: str) -> bool:
    """Whether the cell would be computed by a spreadsheet. We never compute it."""
    return text.startswith(("=", "＝"))


def _windows_bytes(text: str) -> bytes:
    """The bytes as Windows writes them; the few that its table leaves open stand for themselves."""
    return b"".join(letter.encode("latin-1" if "\x80" <= letter < "\xa0" else "cp1252") for letter in text)


def unmangle(text: str) -> str:
    """The text with 'Ã«' back to 'ë', where a partner's system read UTF-8 as Windows text."""
    while _MANGLED.search(text):
        try:
            mended = _windows_bytes(text).decode("utf-8")
        except UnicodeError:
            return text
        text = mended
    return text

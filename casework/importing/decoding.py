"""Bytes to text. Partners send UTF-8, Windows text (cp1252), UTF-16, and files glued together."""

from __future__ import annotations

import codecs

from casework.importing.grid import FileRefused

BINARY = "Dit bestand is geen CSV of Excel-bestand (.xlsx). Sla het op als .xlsx of CSV en bied het opnieuw aan."
MIXED = "In dit bestand zijn twee soorten tekens door elkaar gebruikt. Controleer letters met een accent."

_TOO_MANY_CONTROLS = 0.02


def decode(data: bytes) -> tuple[str, tuple[str, ...]]:
    """The text of the file, with a warning when its bytes were of two kinds."""
    encoding = _utf16(data)
    if encoding:
        text = _strictly(data, encoding)
        warnings: tuple[str, ...] = ()
    else:
        text, warnings = _eight_bits(data.removeprefix(codecs.BOM_UTF8))
    if _looks_binary(text):
        raise FileRefused(BINARY)
    return text.removeprefix("\ufeff").rstrip("\x1a"), warnings


def _utf16(data: bytes) -> str:
    """The UTF-16 flavour, told by its mark or, without one, by where the zero bytes stand."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    head = data[:2000]
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if odd > len(head) * 0.3 and not even:
        return "utf-16-le"
    if even > len(head) * 0.3 and not odd:
        return "utf-16-be"
    return ""


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        raise FileRefused(BINARY) from None


def _eight_bits(data: bytes) -> tuple[str, tuple[str, ...]]:
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError:
        pass
    lines = data.splitlines(keepends=True)
    mixed = any(not line.isascii() and _is_utf8(line) for line in lines)
    return "".join(_line(line) for line in lines), (MIXED,) if mixed else ()


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _line(line: bytes) -> str:
    """One line by itself: a Windows line between UTF-8 lines must not spoil them."""
    for encoding in ("utf-8", "cp1252"):
        try:
            return line.decode(encoding)
        except UnicodeDecodeError:
            continue
    return line.decode("latin-1")


def _looks_binary(text: str) -> bool:
    controls = sum(1 for letter in text if letter < " " and letter not in "\t\r\n\x0b\x0c")
    return controls > max(8, len(text) * _TOO_MANY_CONTROLS)

"""Plain text: readable, and nothing that a browser or a system would run."""

from __future__ import annotations

import re

from casework.attaching.refused import FileRefused

# Looked for in every kind that is not made anew from its content: what a browser that guesses would take for a page.
MARKUP = re.compile(rb"<\s*(!doctype|html|head|body|script|svg|iframe|object|embed|\?xml|\?php)", re.IGNORECASE)
RUNS = (b"#!", b"MZ", b"\x7fELF", b"%PDF", b"%!PS", b"@echo", b"{\\rtf")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
WHY_NOT = "is geen gewone tekst. Bewaar het als PDF, of als tekst zonder opmaak."


def _decoded(content: bytes) -> str | None:
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def is_text(content: bytes) -> bool:
    """Whether this can be read as text at all."""
    text = _decoded(content)
    return text is not None and not CONTROL.search(text)


def clean(content: bytes) -> bytes:
    """The text in UTF-8; raises FileRefused for mark-up and scripts."""
    text = _decoded(content)
    if text is None or content.lstrip().lower().startswith(tuple(run.lower() for run in RUNS)):
        raise FileRefused(WHY_NOT)
    if MARKUP.search(content):
        raise FileRefused("bevat opmaak of een script. Bewaar het als PDF, of als tekst zonder opmaak.")
    return text.encode()

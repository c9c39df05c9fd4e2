"""What a PDF says."""

from __future__ import annotations

from io import BytesIO

from pypdf import PdfReader


def text_of_pdf(content: bytes) -> str:
    """The words of all its pages, in reading order."""
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)

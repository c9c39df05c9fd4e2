"""The kinds of file that are taken, each known by its first bytes and not by what its name says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from casework.attaching import images, office, pdf, texts
from casework.attaching.refused import FileRefused


@dataclass(frozen=True, slots=True)
class Kind:
    """`is_it` looks at the content; `clean` gives the file back without what it should not hold, or refuses it."""

    code: str
    label: str
    content_type: str
    extensions: tuple[str, ...]
    is_it: Callable[[bytes], bool]
    clean: Callable[[bytes], bytes]


_OOXML = "application/vnd.openxmlformats-officedocument."
KINDS: dict[str, Kind] = {
    kind.code: kind
    for kind in (
        Kind("pdf", "PDF", "application/pdf", ("pdf",), pdf.is_pdf, pdf.clean),
        Kind("jpeg", "Foto (JPEG)", "image/jpeg", ("jpg", "jpeg"), images.is_jpeg, images.clean),
        Kind("png", "Afbeelding (PNG)", "image/png", ("png",), images.is_png, images.clean),
        Kind("webp", "Afbeelding (WebP)", "image/webp", ("webp",), images.is_webp, images.clean),
        Kind(
            "docx", "Word", _OOXML + "wordprocessingml.document", ("docx",), office.holds("word/"), office.clean_ooxml
        ),
        Kind("xlsx", "Excel", _OOXML + "spreadsheetml.sheet", ("xlsx",), office.holds("xl/"), office.clean_ooxml),
        Kind(
            "odt",
            "OpenDocument",
            office.ODT.decode(),
            ("odt",),
            office.is_odt,
            office.clean_odt,
        ),
        # Last: a text is what is nothing else.
        Kind("txt", "Tekst", "text/plain; charset=utf-8", ("txt",), texts.is_text, texts.clean),
    )
}
ACCEPT = ",".join(f".{extension}" for kind in KINDS.values() for extension in kind.extensions)
NAMES = "PDF, Word (docx), Excel (xlsx), OpenDocument (odt), tekst (txt) of een foto (JPG, PNG, WebP)"
MENDS: dict[str, str] = {
    "heic": "Zet de foto om naar JPG. Op een iPhone: Instellingen, Camera, Structuren, Meest compatibel.",
    "doc": "Bewaar het document in Word als docx of als PDF.",
    "xls": "Bewaar het werkblad in Excel als xlsx.",
    "docm": "Dit bestand kan macro's bevatten. Bewaar het als docx zonder macro's, of als PDF.",
    "xlsm": "Dit bestand kan macro's bevatten. Bewaar het als xlsx zonder macro's.",
    "msg": "Bewaar de mail als PDF, en voeg de bijlagen van de mail apart toe.",
    "eml": "Bewaar de mail als PDF, en voeg de bijlagen van de mail apart toe.",
    "zip": "Pak het bestand uit en voeg de bestanden apart toe.",
    "svg": "Bewaar de afbeelding als PNG.",
}


def ask_for(extension: str) -> str:
    """What to do with a file that is not taken."""
    return MENDS.get(extension, f"Kies een {NAMES}.")


def kind_of(content: bytes, extension: str) -> Kind:
    """What the content is; raises FileRefused for another kind and for a name that says something else."""
    found = next((kind for kind in KINDS.values() if kind.is_it(content)), None)
    if found is None or not any(extension in kind.extensions for kind in KINDS.values()):
        raise FileRefused(f"is geen soort bestand dat u hier kunt toevoegen. {ask_for(extension)}")
    if extension not in found.extensions:
        raise FileRefused(
            f"heet .{extension}, maar is van binnen iets anders ({found.label}). "
            f"Open het bestand, en bewaar het opnieuw als .{found.extensions[0]}."
        )
    return found

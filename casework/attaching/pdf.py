"""PDF: nothing in it may run, start, send or bring along another file; then it is written anew without its metadata."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import pikepdf

from casework.attaching.images import without_segments
from casework.attaching.limits import MOST_UNPACKED
from casework.attaching.refused import FileRefused

# Names of dictionary keys and of actions; walking every object finds them wherever they hang.
ACTIVE_KEYS = {"/JS", "/JavaScript", "/AA", "/EmbeddedFiles", "/EF", "/XFA", "/RichMediaContent", "/RichMediaSettings"}
ACTIVE_KINDS = {
    "/JavaScript",
    "/Launch",
    "/SubmitForm",
    "/ImportData",
    "/GoToR",
    "/GoToE",
    "/Rendition",
    "/RichMedia",
    "/RichMediaExecute",
    "/Movie",
    "/Sound",
    "/Screen",
    "/3D",
    "/FileAttachment",
}
PRIVATE_KEYS = ("/Metadata", "/PieceInfo", "/LastModified")
DEEPEST = 60
# A few bytes of a PDF can unpack to gigabytes, in layers: qpdf gives up where a real document never comes.
pikepdf.settings.set_qpdf_limits(
    max_stream_filters=3,
    flate_max_memory=MOST_UNPACKED,
    run_length_max_memory=MOST_UNPACKED,
    png_max_memory=MOST_UNPACKED,
    tiff_max_memory=MOST_UNPACKED,
)
ACTIVE = "bevat iets dat kan starten of een ander bestand. Druk het document af naar een nieuwe PDF, en voeg die toe."
LOCKED = "heeft een wachtwoord. Bewaar de PDF zonder wachtwoord."
BROKEN = "is beschadigd en kan niet als PDF worden gelezen. Bewaar of scan het document opnieuw."


def is_pdf(content: bytes) -> bool:
    return content.startswith(b"%PDF-")


def _names(value: Any, depth: int = 0) -> Iterator[pikepdf.Dictionary]:
    """Every dictionary in an object, its own direct parts included; what is indirect is walked by itself."""
    if depth > DEEPEST:
        raise FileRefused(BROKEN)
    if isinstance(value, pikepdf.Stream):
        value = value.stream_dict
    if isinstance(value, pikepdf.Dictionary):
        yield value
        for key in value.keys():  # noqa: SIM118  # a pikepdf dictionary does not iterate over its keys
            part = value[key]
            if not getattr(part, "is_indirect", False):
                yield from _names(part, depth + 1)
    elif isinstance(value, pikepdf.Array):
        for part in value:
            if not getattr(part, "is_indirect", False):
                yield from _names(part, depth + 1)


def _check(entry: pikepdf.Dictionary) -> None:
    keys = set(entry.keys())
    kinds = {str(entry[key]) for key in ("/S", "/Subtype") if key in keys and isinstance(entry[key], pikepdf.Name)}
    if keys & ACTIVE_KEYS or kinds & ACTIVE_KINDS:
        raise FileRefused(ACTIVE)


def _without_metadata(pdf: pikepdf.Pdf) -> None:
    for found in list(pdf.objects):
        if isinstance(found, pikepdf.Stream) and found.get("/Filter") == pikepdf.Name.DCTDecode:
            found.write(without_segments(found.read_raw_bytes()), filter=pikepdf.Name.DCTDecode)
        for entry in list(_names(found)):
            _check(entry)
            for key in PRIVATE_KEYS:
                if key in entry:
                    del entry[key]
    if "/Info" in pdf.trailer:
        del pdf.trailer["/Info"]


def clean(content: bytes) -> bytes:
    """The same pages, written anew; raises FileRefused for what can act, for a password and for a broken file."""
    try:
        with pikepdf.open(io.BytesIO(content), suppress_warnings=True) as pdf:
            if pdf.is_encrypted:
                raise FileRefused(LOCKED)
            if not len(pdf.pages):
                raise FileRefused(BROKEN)
            _without_metadata(pdf)
            out = io.BytesIO()
            pdf.save(out, fix_metadata_version=False, object_stream_mode=pikepdf.ObjectStreamMode.generate)
            # qpdf leaves out what it could not unpack; a document must not lose a part without anybody knowing.
            if any("decoding stream data" in str(warning) for warning in pdf.get_warnings()):
                raise FileRefused(BROKEN)
            return out.getvalue()
    except pikepdf.PasswordError as error:
        raise FileRefused(LOCKED) from error
    except (pikepdf.PdfError, pikepdf.ForeignObjectError, ValueError, TypeError, RecursionError) as error:
        raise FileRefused(BROKEN) from error

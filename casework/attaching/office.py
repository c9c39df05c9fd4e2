"""Word, Excel and OpenDocument: a package of parts, looked through part by part and packed anew."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from typing import Any
from xml.sax.saxutils import quoteattr

from defusedxml import ElementTree

from casework.attaching import images
from casework.attaching.limits import MB, MOST_PARTS, MOST_RATIO, MOST_UNPACKED
from casework.attaching.refused import FileRefused

ODT = b"application/vnd.oasis.opendocument.text"
TYPES, ROOT_RELATIONS = "[Content_Types].xml", "_rels/.rels"
MACROS = "bevat macro's of ingesloten onderdelen. Bewaar het zonder macro's, of bewaar het als PDF."
OUTSIDE = "haalt iets op van buiten het bestand. Bewaar het als PDF."
BOMB = "is uitgepakt veel te groot. Bewaar het als PDF."
BROKEN = "is beschadigd en kan niet worden gelezen. Open het en bewaar het opnieuw."

PARTS_THAT_ACT = re.compile(
    r"vbaproject|vbadata|activex|macrosheets|dialogsheets|oleobject|/embeddings/|customui|attachedtoolbars"
    r"|^scripts/|^basic/|^object[^/]*/|\.(exe|dll|js|vbs|hta|lnk|jar|bin|zip|html?|svg)$",
    re.IGNORECASE,
)
HARMLESS_BIN = re.compile(r"/printersettings\d*\.bin$", re.IGNORECASE)
TYPES_THAT_ACT = re.compile(rb"macroenabled|vbaproject|ms-office\.activex|oleobject|x-msdownload", re.IGNORECASE)
WORDS_THAT_ACT = re.compile(rb"ddeLink|script:event-listener|xlink:href=\"(?:vnd\.sun\.star\.|macro:)")
FIELD = re.compile(rb"<\w*:?instrText[^>]*>([^<]*)|:instr=\"([^\"]*)")  # what a field of Word does, run by run
DDE = re.compile(rb"\bDDE(AUTO)?\b", re.IGNORECASE)
DECLARED = re.compile(rb"<!(DOCTYPE|ENTITY)", re.IGNORECASE)
# A link that a reader clicks may point outside; what is fetched without a click may not.
MAY_POINT_OUTSIDE = ("/hyperlink",)
TELLS = ("core-properties", "extended-properties", "custom-properties", "thumbnail")
RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}"
TYPE = "{http://schemas.openxmlformats.org/package/2006/content-types}"
EMPTY_META = (
    b'<?xml version="1.0" encoding="UTF-8"?><office:document-meta '
    b'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" office:version="1.2"><office:meta/>'
    b"</office:document-meta>"
)
Parts = dict[str, bytes]


def holds(folder: str) -> Callable[[bytes], bool]:
    """Knows an OOXML package by its content types and the folder of its kind."""

    def is_it(content: bytes) -> bool:
        names = _names(content)
        return TYPES in names and any(name.startswith(folder) for name in names)

    return is_it


def is_odt(content: bytes) -> bool:
    """An OpenDocument text says so in its first part, which is stored as it is."""
    return content[30:38] == b"mimetype" and content[38 : 38 + len(ODT)] == ODT and "content.xml" in _names(content)


def _names(content: bytes) -> list[str]:
    if not content.startswith(b"PK\x03\x04"):
        return []
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            return package.namelist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return []


def _check_entry(entry: zipfile.ZipInfo) -> None:
    if entry.flag_bits & 0x1:
        raise FileRefused("heeft een wachtwoord. Bewaar het zonder wachtwoord.")
    if entry.file_size > MB and entry.file_size > MOST_RATIO * max(entry.compress_size, 1):
        raise FileRefused(BOMB)
    if ".." in entry.filename.split("/") or entry.filename.startswith(("/", "\\")) or "\\" in entry.filename:
        raise FileRefused(BROKEN)


def unpack(content: bytes) -> Parts:
    """Every part by its name, never more than the limits, whatever the package says of its own size."""
    parts: Parts = {}
    left = MOST_UNPACKED
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            entries = [entry for entry in package.infolist() if not entry.is_dir()]
            if len(entries) > MOST_PARTS:
                raise FileRefused(BOMB)
            for entry in entries:
                _check_entry(entry)
                with package.open(entry) as part:
                    body = part.read(left + 1)
                left -= len(body)
                if left < 0:
                    raise FileRefused(BOMB)
                if entry.filename in parts:
                    raise FileRefused(BROKEN)
                parts[entry.filename] = body
    except FileRefused:
        raise
    except Exception as error:  # zipfile raises whatever its decompressors raise; all of it means the same here
        raise FileRefused(BROKEN) from error
    return parts


def _is_xml(name: str) -> bool:
    return name.endswith((".xml", ".rels", ".vml"))


def _text(body: bytes) -> bytes:
    """XML in the letters that the rules below are written in; raises FileRefused for letters that nobody uses."""
    if body.startswith((b"\xff\xfe", b"\xfe\xff")):
        body = body.decode("utf-16", "replace").encode()
    if b"\x00" in body:
        raise FileRefused(BROKEN)
    return body


def _acts(text: bytes) -> bool:
    instructions = b"".join(run + attribute for run, attribute in FIELD.findall(text))
    return bool(WORDS_THAT_ACT.search(text) or DDE.search(instructions))


def _check_parts(parts: Parts) -> None:
    for name, body in parts.items():
        if PARTS_THAT_ACT.search(name) and not HARMLESS_BIN.search(name):
            raise FileRefused(MACROS)
        if not _is_xml(name):
            continue
        text = _text(body)
        if DECLARED.search(text):
            raise FileRefused(BROKEN)
        if _acts(text):
            raise FileRefused(MACROS)


def _parsed(body: bytes) -> Any:
    try:
        return ElementTree.fromstring(body)
    except Exception as error:  # whatever the parser does not like
        raise FileRefused(BROKEN) from error


def _check_relations(parts: Parts) -> None:
    """Nothing but a link to click may lead outside: templates, frames and pictures would be fetched by themselves."""
    for name in (name for name in parts if name.endswith(".rels")):
        for relation in _parsed(parts[name]).iter(f"{RELATION}Relationship"):
            outside = relation.get("TargetMode") == "External"
            if outside and not str(relation.get("Type", "")).endswith(MAY_POINT_OUTSIDE):
                raise FileRefused(OUTSIDE)


def _bare_pictures(parts: Parts) -> None:
    for name, body in parts.items():
        drawn = "/media/" in name or name.startswith(("Pictures/", "Thumbnails/"))
        if drawn and (images.is_jpeg(body) or images.is_png(body) or images.is_webp(body)):
            parts[name] = images.clean(body)


def _row(tag: str, attributes: dict[str, str]) -> str:
    return f"<{tag} {' '.join(f'{name}={quoteattr(value)}' for name, value in attributes.items())}/>"


def _document(tag: str, namespace: str, rows: list[str]) -> bytes:
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    return f'{head}<{tag} xmlns="{namespace.strip("{}")}">{"".join(rows)}</{tag}>'.encode()


def _drop_properties(parts: Parts) -> None:
    """Takes out the parts that say who wrote it, where and with what, and every mention of them."""
    keep, gone = [], set()
    for relation in _parsed(parts.get(ROOT_RELATIONS, b"")).iter(f"{RELATION}Relationship"):
        if str(relation.get("Type", "")).endswith(TELLS):
            gone.add(str(relation.get("Target", "")).lstrip("/"))
        else:
            keep.append(_row("Relationship", dict(relation.attrib)))
    gone |= {name for name in parts if name.startswith("docProps/")}
    parts[ROOT_RELATIONS] = _document("Relationships", RELATION, keep)
    types = [
        _row(str(found.tag).removeprefix(TYPE), dict(found.attrib))
        for found in _parsed(parts[TYPES])
        if str(found.get("PartName", "")).lstrip("/") not in gone
    ]
    parts[TYPES] = _document("Types", TYPE, types)
    for name in gone:
        parts.pop(name, None)


def pack(parts: Parts, first: str) -> bytes:
    """The parts as a package anew: no comments, extra fields, times or left-overs of the old one."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name in sorted(parts, key=lambda name: (name != first, name)):
            entry = zipfile.ZipInfo(name)
            entry.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            package.writestr(entry, parts[name])
    return out.getvalue()


def clean_ooxml(content: bytes) -> bytes:
    """A Word or Excel file without properties; raises FileRefused for what acts, fetches or explodes."""
    parts = unpack(content)
    _check_parts(parts)
    if TYPES_THAT_ACT.search(parts[TYPES]):
        raise FileRefused(MACROS)
    _check_relations(parts)
    _drop_properties(parts)
    _bare_pictures(parts)
    return pack(parts, TYPES)


def clean_odt(content: bytes) -> bytes:
    """An OpenDocument text without properties; raises FileRefused for what acts or explodes."""
    parts = unpack(content)
    _check_parts(parts)
    if "META-INF/manifest.xml" not in parts or b"manifest:encryption-data" in parts["META-INF/manifest.xml"]:
        raise FileRefused(BROKEN)
    parts["meta.xml"] = EMPTY_META
    _bare_pictures(parts)
    return pack(parts, "mimetype")

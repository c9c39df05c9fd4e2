"""Small files of every kind, good and bad, made on the spot."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Any

import pikepdf
from PIL import Image

AUTHOR = "KanarieAuteur Proef"
GPS = 34853
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


def picture(kind: str = "PNG", size: tuple[int, int] = (40, 20), **more: Any) -> bytes:
    out = io.BytesIO()
    Image.effect_noise(size, 60).convert("RGB").save(out, kind, **more)
    return out.getvalue()


def photo_with_place(kind: str = "JPEG") -> bytes:
    """A picture that tells where it was made and by whom."""
    exif = Image.Exif()
    exif[0x013B] = AUTHOR
    exif[0x8298] = "(c) " + AUTHOR
    exif[GPS] = {1: "N", 2: (52.0, 43.0, 11.0), 3: "E", 4: (6.0, 54.0, 7.0)}
    return picture(kind, exif=exif, **({"comment": AUTHOR.encode()} if kind == "JPEG" else {}))


def pdf(change: Callable[[pikepdf.Pdf], None] | None = None, **save: Any) -> bytes:
    """A page, with an author in both places where PDF keeps one."""
    made = pikepdf.new()
    made.add_blank_page(page_size=(200, 200))
    made.docinfo["/Author"] = AUTHOR
    with made.open_metadata() as metadata:
        metadata["dc:creator"] = [AUTHOR]
    if change:
        change(made)
    out = io.BytesIO()
    made.save(out, **save)
    return out.getvalue()


XML = '<?xml version="1.0" encoding="UTF-8"?>'
RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
CT = "http://schemas.openxmlformats.org/package/2006/content-types"
WML = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
SML = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"


def relations(*rows: tuple[str, str, bool]) -> str:
    shown = "".join(
        f'<Relationship Id="r{n}" Type="{OFFICE}/{kind}" Target="{target}"'
        + (' TargetMode="External"/>' if outside else "/>")
        for n, (kind, target, outside) in enumerate(rows)
    )
    return f'{XML}<Relationships xmlns="{RELS}">{shown}</Relationships>'


def package(parts: dict[str, str | bytes], comment: bytes = b"") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, body in parts.items():
            how = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            made.writestr(name, body, how)
        made.comment = comment
    return out.getvalue()


def ooxml_parts(main: str = "word/document.xml", kind: str = WML) -> dict[str, str | bytes]:
    body = f'{XML}<w:document xmlns:w="urn:w"><w:body><w:p><w:t>Verslag</w:t></w:p></w:body></w:document>'
    return {
        "[Content_Types].xml": f'{XML}<Types xmlns="{CT}"><Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/{main}" ContentType="{kind}"/><Override PartName="/docProps/core.xml" '
        f'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>',
        "_rels/.rels": f'{XML}<Relationships xmlns="{RELS}"><Relationship Id="a" Type="{OFFICE}/officeDocument" '
        f'Target="{main}"/><Relationship Id="b" Type="{RELS}/metadata/core-properties" Target="docProps/core.xml"/>'
        f'<Relationship Id="c" Type="{OFFICE}/extended-properties" Target="docProps/app.xml"/>'
        f'<Relationship Id="d" Type="{OFFICE}/custom-properties" Target="docProps/custom.xml"/></Relationships>',
        main: body,
        "docProps/core.xml": f"{XML}<cp><creator>{AUTHOR}</creator><lastModifiedBy>{AUTHOR}</lastModifiedBy></cp>",
        "docProps/app.xml": f"{XML}<Properties><Company>{AUTHOR}</Company></Properties>",
        "docProps/custom.xml": f"{XML}<Properties><property>{AUTHOR}</property></Properties>",
    }


def docx(**parts: str | bytes) -> bytes:
    """A Word file; extra parts by name, `__` for `/`."""
    media = {"word/media/image1.jpeg": photo_with_place()}
    return package(ooxml_parts() | media | {name.replace("__", "/"): body for name, body in parts.items()})


def xlsx(more: dict[str, str | bytes] | None = None) -> bytes:
    return package(ooxml_parts("xl/workbook.xml", SML) | (more or {}))


ODT = "application/vnd.oasis.opendocument.text"


def odt(more: dict[str, str | bytes] | None = None) -> bytes:
    manifest = '<manifest:manifest xmlns:manifest="urn:m"><manifest:file-entry/></manifest:manifest>'
    return package(
        {
            "mimetype": ODT,
            "content.xml": f'{XML}<office:document-content xmlns:office="urn:o"/>',
            "meta.xml": f'{XML}<office:document-meta xmlns:office="urn:o">{AUTHOR}</office:document-meta>',
            "META-INF/manifest.xml": XML + manifest,
        }
        | (more or {})
    )


GOOD: dict[str, tuple[str, bytes]] = {
    "pdf": ("verslag.pdf", pdf()),
    "jpeg": ("foto.jpg", photo_with_place()),
    "png": ("kaart.png", photo_with_place("PNG")),
    "webp": ("kaart.webp", photo_with_place("WEBP")),
    "docx": ("brief.docx", docx()),
    "xlsx": ("lijst.xlsx", xlsx()),
    "odt": ("brief.odt", odt()),
    "txt": ("notitie.txt", "Gezien om 23 uur, met ë.".encode()),
}

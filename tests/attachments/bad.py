"""Files that must not come in, each with a word of the reason. Made here, small, and harmless."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from tests.attachments.makers import GOOD, ODT, SML, XML, docx, odt, ooxml_parts, package, pdf, picture, relations, xlsx

Change = Callable[[pikepdf.Pdf], None]


def _root(name: str, make: Callable[[pikepdf.Pdf], Any]) -> Change:
    def change(made: pikepdf.Pdf) -> None:
        made.Root[name] = make(made)

    return change


def _action(kind: str, **more: Any) -> Callable[[pikepdf.Pdf], Any]:
    return lambda made: Dictionary(S=Name(f"/{kind}"), **more)


def _annotation(subtype: str, **more: Any) -> Change:
    def change(made: pikepdf.Pdf) -> None:
        note = Dictionary(Type=Name.Annot, Subtype=Name(f"/{subtype}"), Rect=Array([0, 0, 9, 9]), **more)
        made.pages[0].Annots = Array([note])

    return change


def _brought_along(made: pikepdf.Pdf) -> None:
    made.attachments["virus.exe"] = b"MZ"


def _hidden_deep(made: pikepdf.Pdf) -> None:
    action = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))
    made.Root.Outlines = made.make_indirect(Dictionary(First=Dictionary(Title=String("x"), A=action)))


def png_of(width: int, height: int) -> bytes:
    """A picture that says to be this large and is a few bytes: a decompression bomb."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack("!I", len(body)) + kind + body + struct.pack("!I", zlib.crc32(kind + body))

    head = struct.pack("!IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = zlib.compress(bytes(1000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def _moving() -> bytes:
    from PIL import Image

    out = io.BytesIO()
    frames = [Image.new("RGB", (9, 9), colour) for colour in ("red", "green")]
    frames[0].save(out, "WEBP", save_all=True, append_images=frames[1:])
    return out.getvalue()


def _locked_package() -> bytes:
    """The flag that says that a part has a password, set by hand."""
    content = bytearray(docx())
    for start in range(len(content) - 4):
        if content[start : start + 4] == b"PK\x01\x02":
            content[start + 8] |= 1
    return bytes(content)


def _doubled_part() -> bytes:
    out = io.BytesIO(docx())
    with zipfile.ZipFile(out, "a") as made:
        import warnings

        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            made.writestr("word/document.xml", XML + "<x/>")
    return out.getvalue()


def pdf_that_unpacks(layers: int) -> bytes:
    """A PDF of a few hundred bytes whose objects lie in a stream of 80 megabytes."""
    packed = b"4 0 <</A 1>>" + b" " * (80 * 1024 * 1024)
    for _ in range(layers):
        packed = zlib.compress(packed, 9)
    filters = b"/FlateDecode " * layers
    bodies = {
        1: b"<</Type/Catalog/Pages 2 0 R/X 4 0 R>>",
        2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>",
        5: b"<</Type/ObjStm/N 1/First 4/Filter[%s]/Length %d>>\nstream\n%s\nendstream" % (filters, len(packed), packed),
    }
    out, at = b"%PDF-1.5\n", {}
    for number, body in bodies.items():
        at[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    rows = [(0, 0, 255), (1, at[1], 0), (1, at[2], 0), (1, at[3], 0), (2, 5, 0), (1, at[5], 0), (1, len(out), 0)]
    table = b"".join(struct.pack("!BIB", *row) for row in rows)
    head = b"<</Type/XRef/Size 7/W[1 4 1]/Root 1 0 R/Length %d>>" % len(table)
    return out + b"6 0 obj\n%s\nstream\n%s\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % (head, table, len(out))


def _word(**parts: str | bytes) -> bytes:
    return docx(**parts)


def _types(kind: str) -> bytes:
    return package(ooxml_parts(kind=kind))


MACRO_WORD = "application/vnd.ms-word.document.macroEnabled.main+xml"
BOMB = bytes(30 * 1024 * 1024)
DTD = XML + '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>'
REMOTE = relations(("attachedTemplate", "https://kwaad.example/t.dotm", True))
FRAME = relations(("frame", "https://kwaad.example/", True))
OLE = relations(("oleObject", "https://kwaad.example/x", True))
PDF, JPG, PNG = GOOD["pdf"][1], GOOD["jpeg"][1], GOOD["png"][1]
UP = "../" * 3 + "etc/cron.d/x"

BAD: dict[str, tuple[str, bytes, str]] = {
    # what is not taken at all
    "svg with a script": ("plaatje.svg", b'<svg xmlns="x"><script>alert(1)</script></svg>', "geen soort bestand"),
    "html": ("pagina.html", b"<html><script>alert(1)</script></html>", "geen soort bestand"),
    "windows program": ("setup.exe", b"MZ\x90\x00" + bytes(200), "geen soort bestand"),
    "linux program": ("setup", b"\x7fELF" + bytes(60), "geen naam"),
    "archive": ("alles.zip", package({"a.txt": "x"}), "Pak het bestand uit"),
    "rar": ("alles.rar", b"Rar!\x1a\x07\x00" + bytes(60), "geen soort bestand"),
    "old word": ("brief.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "Bewaar het document in Word als docx"),
    "script": ("doe.js", b"alert(1)", "geen soort bestand"),
    "batch": ("doe.bat", b"@echo off\r\ndel x", "geen soort bestand"),
    "gif": ("plaatje.gif", b"GIF89a" + bytes(40), "geen soort bestand"),
    "heic": ("foto.heic", b"\0\0\0\x18ftypheic" + bytes(40), "Meest compatibel"),
    "mail": ("mail.eml", b"From: a@b.example\nSubject: x\n\nHoi", "Bewaar de mail als PDF"),
    "word with macros, by name": ("brief.docm", _word(word__vbaProject__x="x"), "macro"),
    # what says to be something else
    "program called pdf": ("verslag.pdf", b"MZ\x90\x00" + bytes(200), "geen soort bestand"),
    "pdf called jpg": ("foto.jpg", PDF, "van binnen iets anders"),
    "picture called pdf": ("verslag.pdf", PNG, "van binnen iets anders"),
    "word called xlsx": ("lijst.xlsx", docx(), "van binnen iets anders"),
    "archive called docx": ("brief.docx", package({"a.txt": "x"}), "geen soort bestand"),
    "html called txt": ("notitie.txt", b"<!DOCTYPE html><body onload=alert(1)>", "opmaak of een script"),
    "shell script called txt": ("notitie.txt", b"#!/bin/sh\nrm -rf x", "geen gewone tekst"),
    "bytes called txt": ("notitie.txt", b"\x00\x01\x02" * 40, "geen soort bestand"),
    # names
    "long name": ("a" * 200 + ".pdf", PDF, "te lange naam"),
    "no name": (".pdf", PDF, "geen naam"),
    "reserved name": ("CON.txt", b"tekst", "Windows"),
    # sizes
    "empty": ("leeg.pdf", b"", "is leeg"),
    "too large": ("groot.txt", b"a" * (10 * 1024 * 1024 + 1), "groter dan 10 MB"),
    "picture that unpacks to gigabytes": ("bom.png", png_of(60_000, 60_000), "beeldpunten"),
    "package that unpacks to megabytes": ("bom.docx", _word(word__x__xml=BOMB), "uitgepakt veel te groot"),
    "package of very many parts": (
        "bom2.docx", package(ooxml_parts() | {f"word/{n}.xml": b"" for n in range(2100)}), "uitgepakt veel te groot",
    ),
    "entities that multiply": ("bom3.docx", _word(word__styles__xml="x", **{"word/a.xml": DTD}), "beschadigd"),
    # pdf that acts
    "pdf that opens with javascript": (
        "a.pdf", pdf(_root("/OpenAction", _action("JavaScript", JS=String("app.alert(1)")))), "kan starten",
    ),
    "pdf that launches": ("b.pdf", pdf(_root("/OpenAction", _action("Launch", F=String("cmd.exe")))), "kan starten"),
    "pdf with a file in it": ("c.pdf", pdf(_brought_along), "kan starten"),
    "pdf with javascript deep inside": ("d.pdf", pdf(_hidden_deep), "kan starten"),
    "pdf that sends a form": ("e.pdf", pdf(_root("/OpenAction", _action("SubmitForm"))), "kan starten"),
    "pdf with a form of xml": ("f.pdf", pdf(_root("/AcroForm", lambda _: Dictionary(XFA=String("x")))), "kan starten"),
    "pdf with extra actions": ("g.pdf", pdf(_root("/AA", lambda made: Dictionary())), "kan starten"),
    "pdf with rich media": ("h.pdf", pdf(_annotation("RichMedia")), "kan starten"),
    "pdf with a file as annotation": ("i.pdf", pdf(_annotation("FileAttachment")), "kan starten"),
    "pdf that opens another file": ("j.pdf", pdf(_root("/OpenAction", _action("GoToR", F=String("x")))), "kan starten"),
    "pdf with javascript packed away": (
        "k.pdf",
        pdf(_hidden_deep, object_stream_mode=pikepdf.ObjectStreamMode.generate, compress_streams=True),
        "kan starten",
    ),
    "pdf with a password": (
        "l.pdf", pdf(encryption=pikepdf.Encryption(owner="x", user="y")), "heeft een wachtwoord",
    ),
    "pdf that only its owner may change": (
        "m.pdf", pdf(encryption=pikepdf.Encryption(owner="x", user="")), "heeft een wachtwoord",
    ),
    "pdf that unpacks to megabytes": ("o.pdf", pdf_that_unpacks(1), "beschadigd"),
    "pdf that unpacks in layers": ("p.pdf", pdf_that_unpacks(2), "beschadigd"),
    "pdf of nothing": ("n.pdf", b"%PDF-1.7\n%%EOF\n", "beschadigd"),
    # office that acts
    "word with a macro": ("a.docx", _word(**{"word/vbaProject.bin": b"x"}), "macro"),
    "word that is typed as macro": ("b.docx", _types(MACRO_WORD), "macro"),
    "word with active x": ("c.docx", _word(**{"word/activeX/activeX1.xml": XML + "<x/>"}), "macro"),
    "word with another file in it": ("d.docx", _word(**{"word/embeddings/oleObject1.bin": b"x"}), "macro"),
    "word that fetches a template": ("e.docx", _word(**{"word/_rels/settings.xml.rels": REMOTE}), "van buiten"),
    "word with a frame from outside": ("f.docx", _word(**{"word/_rels/document.xml.rels": FRAME}), "van buiten"),
    "word with an object from outside": ("g.docx", _word(**{"word/_rels/document.xml.rels": OLE}), "van buiten"),
    "word that starts a program": (
        "h.docx", _word(**{"word/footer.xml": XML + '<w:p><w:instrText xml:space="x"> DDEA</w:instrText><w:r/>'
        '<w:instrText>UTO c:\\x cmd</w:instrText></w:p>'}), "macro",
    ),
    "word that starts a program in other letters": (
        "h.docx", _word(**{"customXml/item1.xml": '<w:fldSimple w:instr="DDE x"/>'.encode("utf-16")}), "macro",
    ),
    "excel with old macros": ("i.xlsx", xlsx({"xl/macrosheets/sheet1.xml": XML + "<x/>"}), "macro"),
    "excel that is typed as macro": (
        "j.xlsx", package(ooxml_parts("xl/workbook.xml", SML.replace("openxmlformats", "macroEnabled"))), "macro",
    ),
    "odt with a macro": ("k.odt", odt({"Basic/Standard/Module1.xml": XML + "<x/>"}), "macro"),
    "odt that acts on opening": ("l.odt", odt({"styles.xml": XML + "<script:event-listener/>"}), "macro"),
    "word with a password": ("m.docx", _locked_package(), "wachtwoord"),
    "package with a path upwards": ("n.docx", _word(**{UP: "x"}), "beschadigd"),
    "package with a part twice": ("o.docx", _doubled_part(), "beschadigd"),
    "package with a program in it": ("p.docx", _word(**{"word/media/image.exe": b"MZ"}), "macro"),
    # two in one
    "pdf that is a package too": ("a.pdf", PDF + package({"x.txt": "x"}), "twee soorten"),
    "picture that is a package too": ("b.jpg", JPG + package({"x.txt": "x"}), "twee soorten"),
    "picture with a pdf in its head": ("c.jpg", picture("JPEG", comment=b"%PDF-1.7"), "twee soorten"),
    "picture with a page in its head": ("d.jpg", picture("JPEG", comment=b"<script>x</script>"), "twee soorten"),
    "package behind other bytes": ("e.docx", b"PK\x03\x04junkjunkjunkjunk" + docx(), "twee soorten"),
    "package with bytes behind it": ("f.docx", package(ooxml_parts(), comment=b"MZ" + bytes(20)), "twee soorten"),
    "a text that is a package": ("g.txt", docx(), "van binnen iets anders"),
    # broken
    "half a picture": ("a.png", PNG[: len(PNG) // 2], "beschadigd"),
    "half a photo": ("b.jpg", JPG[: len(JPG) // 2], "beschadigd"),
    "half a package": ("c.docx", docx()[:-40], "geen soort bestand"),
    "half a pdf": ("d.pdf", PDF[:30], "beschadigd"),
    "moving picture": ("e.webp", _moving(), "bewegende afbeelding"),
    "odt without its list": (
        "f.odt", package({"mimetype": ODT, "content.xml": XML + "<x/>"}), "beschadigd",
    ),
}  # fmt: skip

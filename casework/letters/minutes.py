"""The whole minutes as a document of a word processor, for the archive of the municipality."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from docx import Document
from docx.document import Document as Doc
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.table import Table

from privacy.paper import each_text, without_controls

DUTCH = "nl-NL"
HEADINGS = ("Actie", "Wie", "Klaar op")


def as_docx(content: Mapping[str, Any]) -> bytes:
    """Headings, real tables with a heading row, Dutch throughout; of the machine or the person who made it, nothing."""
    content = each_text(dict(content), without_controls)
    document = Document()
    _properties(document, content)
    _styles(document)
    document.sections[0].header.paragraphs[0].text = f"Vertrouwelijk – voor {content['reader']}"
    document.add_heading(f"Verslag van het overleg van {content['day']}", level=1)
    place = f" Plaats: {content['place']}." if content["place"] else ""
    document.add_paragraph(f"{content['table']}, {content['municipality']}.{place}")
    document.add_paragraph(f"Voorzitter: {content['chair']}. Verslaglegger: {content['secretary']}.")
    document.add_paragraph(f"{content['state']}. Versie {content['version']}.")
    for part in content["parts"]:
        _part(document, part)
    made = BytesIO()
    document.save(made)
    return made.getvalue()


def _properties(document: Doc, content: Mapping[str, Any]) -> None:
    properties = document.core_properties
    properties.title = f"Verslag van het overleg van {content['day']}"
    properties.author = properties.last_modified_by = content["municipality"]
    properties.language = DUTCH
    properties.comments = properties.keywords = ""
    _leave_out_template(document)
    # The same content gives the same file: when it was taken along is in the log.
    properties.created = properties.modified = datetime(2000, 1, 1, tzinfo=UTC)


def _leave_out_template(document: Doc) -> None:
    """The empty document that it begins with brings a picture and says on which program it was made."""
    links = document.part.package.rels
    for key in [key for key, link in links.items() if link.reltype.endswith(("/thumbnail", "/extended-properties"))]:
        del links[key]


def _styles(document: Doc) -> None:
    for level in (1, 2, 3):
        document.styles[f"Heading {level}"].font.color.rgb = RGBColor(0, 0, 0)  # pale blue is hard to read
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Arial", Pt(11)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), DUTCH)
    for style in document.styles.element.iter(qn("w:rPrDefault")):
        found = style.find(qn("w:rPr"))
        for old in found.findall(qn("w:lang")):
            found.remove(old)
        found.append(language)


def _line(document: Doc, label: str, words: str) -> None:
    if words:
        paragraph = document.add_paragraph()
        paragraph.add_run(f"{label}: ").bold = True
        paragraph.add_run(words)


def _part(document: Doc, part: Mapping[str, Any]) -> None:
    document.add_heading(f"{part['reference']} {part['name']}".strip(), level=2)
    if part["reads_item"]:
        before = f" Eerder besproken op {', '.join(part['before'])}." if part["before"] else ""
        document.add_paragraph(f"{part['why']}. {part['outcome']}.{before}")
        _line(document, "Doel", part["goal"])
        _line(document, "Aanwezig", ", ".join(part["present"]))
        _line(document, "Afwezig", ", ".join(part["absent"]))
        _decisions(document, part["decisions"])
    if part["actions"]:
        document.add_heading("Acties", level=3)
        _actions(document, part["actions"])
    _line(document, "Komt terug op", part["review_on"])
    _line(document, "Opmerking", part["remark"])


def _decisions(document: Doc, decisions: Sequence[Mapping[str, str]]) -> None:
    if not decisions:
        document.add_paragraph("Er is geen besluit genomen.")
        return
    document.add_heading("Besluiten", level=3)
    for one in decisions:
        consents = f" ({one['consents']})" if one["consents"] else ""
        document.add_paragraph(f"{one['text']}{consents}", style="List Bullet")


def _actions(document: Doc, actions: Iterable[Mapping[str, str]]) -> None:
    table = document.add_table(rows=1, cols=len(HEADINGS), style="Table Grid")
    _row(table, 0, HEADINGS)
    properties = table.rows[0]._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:tblHeader"))  # repeated on each page, and read aloud as headings
    for one in actions:
        table.add_row()
        _row(table, -1, (one["text"], f"{one['owner']}, {one['organisation']}", one["due"]))
    for row in table.rows:
        for cell, width in zip(row.cells, (Cm(8.5), Cm(4.5), Cm(3)), strict=True):
            cell.width = width


def _row(table: Table, at: int, words: Iterable[str]) -> None:
    for cell, text in zip(table.rows[at].cells, words, strict=True):
        cell.text = text

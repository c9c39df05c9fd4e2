"""Minutes as files: each holds what its reader has, is accessible, and tells nothing of who or what made it."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import pdfua
import pikepdf
import pytest
from django.test import Client
from django.utils import timezone
from docx import Document

from casework.letters import as_pdf
from casework.letters.minutes import as_docx
from casework.models import Meeting
from partners.models import User
from tests.conftest import Log
from tests.meetings.scene import a_meeting, an_item, begun, published
from tests.meetings.scene_minutes import agreed, decided, ended, fixed, noted
from tests.pdf import text_of_pdf
from tests.world import Cast, a_case, a_signal, canary

Login = Callable[[User], Client]
pytestmark = pytest.mark.django_db
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
NASTY = '#read("/etc/passwd") *vet* <b>&amp;</b> $x$ @bron \\ // "'


@dataclass
class Three:
    """Three organisations, each at an item of its own; per person the words that only that person may read."""

    meeting: Meeting
    words: dict[str, set[str]]


@pytest.fixture
def three(cast: Cast) -> Three:
    meeting = a_meeting(cast.overlast, cast.rosa)
    words: dict[str, set[str]] = {}
    items = []
    for name in ("pieter", "greet", "wout"):
        person = cast.people[name]
        mine = {canary(f"{what}-{name}") for what in ("casus", "besluit", "actie", "doel")}
        title, decision, action, goal = sorted(mine)
        case = a_case(cast.rosa, a_signal(cast.wilma, cast.overlast), short_name=title)
        item = an_item(meeting, case, cast.rosa, person, goal=goal)
        published(meeting, cast.rosa, case)
        if not items:
            begun(meeting, cast.rosa)
        decided(item, cast.rosa, f"{decision} {NASTY}")
        noted(item, cast.rosa, person)
        agreed(item, cast.rosa, person, action)
        items.append(item)
        words[name] = mine | {case.dossier.reference, person.name}
    ended(meeting, cast.rosa, *items)
    fixed(meeting, cast.rosa)
    return Three(meeting, words)


def text_of_docx(content: bytes) -> str:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        root = ElementTree.fromstring(archive.read("word/document.xml"))  # noqa: S314  # made here
    return "".join(node.text or "" for node in root.iter(f"{W}t"))


def squeezed(text: str) -> str:
    return "".join(text.split())


def file_of(login: Login, person: User, meeting: Meeting, kind: str) -> bytes:
    answer = login(person).get(f"/overleg/{meeting.pk}/verslag/{kind}/")
    assert answer.status_code == 200
    return bytes(answer.content)


def test_of_three_organisations_each_page_and_pdf_holds_only_its_own(cast: Cast, three: Three, login: Login) -> None:
    every = {word for words in three.words.values() for word in words}
    for name, mine in three.words.items():
        person = cast.people[name]
        page = login(person).get(f"/overleg/{three.meeting.pk}/verslag/").content.decode()
        pdf = text_of_pdf(file_of(login, person, three.meeting, "pdf"))
        # In the frame of every page stands who is logged in: no word of the minutes.
        for found in (page, pdf):
            assert {word for word in every if squeezed(word) in squeezed(found)} == mine, name


def test_the_archive_has_everything_and_is_for_who_leads_alone(cast: Cast, three: Three, login: Login) -> None:
    text = text_of_docx(file_of(login, cast.rosa, three.meeting, "docx"))
    assert all(word in text for words in three.words.values() for word in words)
    for person in (cast.pieter, cast.greet, cast.wout):
        assert login(person).get(f"/overleg/{three.meeting.pk}/verslag/docx/").status_code == 403
    assert login(cast.victor).get(f"/overleg/{three.meeting.pk}/verslag/docx/").status_code == 404


def test_who_has_nothing_in_them_gets_no_file(cast: Cast, three: Three, login: Login) -> None:
    for person in (cast.wilma, cast.petra, cast.victor):
        assert login(person).get(f"/overleg/{three.meeting.pk}/verslag/pdf/").status_code == 404


def test_a_download_is_an_export_in_the_log_with_safe_headers(cast: Cast, three: Three, login: Login) -> None:
    client, log = login(cast.greet), Log()
    answer = client.get(f"/overleg/{three.meeting.pk}/verslag/pdf/")
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="verslag.pdf"'
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-store"
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    (entry,) = log.looks(event="export")
    assert (entry.actor_id, len(entry.dossiers)) == (cast.greet.pk, 1)


def test_the_pdf_passes_the_checks_and_says_for_whom_it_is(
    cast: Cast, three: Three, login: Login, tmp_path: Path
) -> None:
    content = file_of(login, cast.greet, three.meeting, "pdf")
    file = tmp_path / "verslag.pdf"
    file.write_bytes(content)
    report = pdfua.validate(str(file))
    assert report.findings == ()
    text = text_of_pdf(content)
    assert "Vertrouwelijk – voor GGZ Proef" in text
    with pikepdf.open(file) as document:
        assert str(document.Root.Lang) == "nl"
        assert str(document.docinfo["/Title"]).startswith("Verslag van het overleg")
        assert b"pdfuaid:part" in document.Root.Metadata.read_bytes()


def test_what_somebody_typed_is_never_source(cast: Cast, three: Three, login: Login) -> None:
    text = text_of_pdf(file_of(login, cast.greet, three.meeting, "pdf"))
    assert squeezed('#read("/etc/passwd")*vet*<b>&amp;</b>') in squeezed(text).replace("”", '"').replace("“", '"')
    assert "root:" not in text


def content(**more: object) -> dict[str, object]:
    """Minutes as words, with nothing in them."""
    return {
        "municipality": "Gemeente Proefstad", "table": "Casustafel", "day": "dinsdag 1 december 2026", "place": "",
        "chair": "Rosa Proef", "secretary": "Rosa Proef", "reader": "GGZ Proef", "state": "Concept", "version": 1,
        "parts": [],
    } | more  # fmt: skip


def part(**more: object) -> dict[str, object]:
    return {
        "reference": "2026-7K3PX", "name": "", "reads_item": True, "why": "Herziening", "goal": "", "remark": "",
        "outcome": "Besproken", "review_on": "", "before": [], "present": [], "absent": [], "decisions": [],
        "actions": [],
    } | more  # fmt: skip


@pytest.mark.parametrize(
    "parts",
    [
        [],
        [part()],
        [part(reads_item=False, actions=[{"text": NASTY, "owner": "X", "organisation": "Y", "due": "1 mei 2027"}])],
        [part(name="L" * 400, present=["P" * 300], before=["1 mei 2026", "8 mei 2026"]) for _ in range(60)],
    ],
    ids=["nothing", "an item without anything", "an action alone", "sixty long items"],
)
def test_any_minutes_become_both_files(parts: list[dict[str, object]], tmp_path: Path) -> None:
    words = content(parts=parts)
    file = tmp_path / "verslag.pdf"
    file.write_bytes(as_pdf("verslag", words))
    assert pdfua.validate(str(file)).findings == ()
    document = Document(BytesIO(as_docx(words)))
    assert len([p for p in document.paragraphs if p.style is not None and p.style.name == "Heading 2"]) == len(parts)


def test_the_document_has_headings_a_table_with_headings_and_dutch(cast: Cast, three: Three, login: Login) -> None:
    made = file_of(login, cast.rosa, three.meeting, "docx")
    document = Document(BytesIO(made))
    styles = [paragraph.style.name for paragraph in document.paragraphs if paragraph.style is not None]
    assert styles.count("Heading 1") == 1
    assert styles.count("Heading 2") == 3
    assert [cell.text for cell in document.tables[0].rows[0].cells] == ["Actie", "Wie", "Klaar op"]
    assert "Vertrouwelijk – voor" in document.sections[0].header.paragraphs[0].text
    with zipfile.ZipFile(BytesIO(made)) as archive:
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")):
                ElementTree.fromstring(archive.read(name))  # noqa: S314  # made here; it must be well-formed
        assert archive.testzip() is None
        assert b"<w:tblHeader/>" in archive.read("word/document.xml")
        assert b'w:lang w:val="nl-NL"' in archive.read("word/styles.xml")


def test_the_document_tells_nothing_of_who_or_what_made_it(cast: Cast, three: Three, login: Login) -> None:
    made = file_of(login, cast.rosa, three.meeting, "docx")
    properties = Document(BytesIO(made)).core_properties
    assert "Rosa" not in properties.author + properties.last_modified_by
    assert properties.created is not None
    assert properties.created.year == 2000
    with zipfile.ZipFile(BytesIO(made)) as archive:
        names = archive.namelist()
        assert not any("thumbnail" in name or "app.xml" in name for name in names)
        everything = b"".join(archive.read(name) for name in names)
    assert b"python-docx" not in everything
    assert str(Path.home()).encode() not in everything
    assert json.dumps(timezone.now().year).encode() not in archive_core(made)


def archive_core(made: bytes) -> bytes:
    with zipfile.ZipFile(BytesIO(made)) as archive:
        text = archive.read("docProps/core.xml")
    # The title says when the meeting was; nothing else names this year.
    return text.partition(b"<dc:title>")[0] + text.partition(b"</dc:title>")[2]

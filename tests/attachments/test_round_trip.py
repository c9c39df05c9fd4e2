"""Good files of each kind come in, stay readable for their readers and lose what they should not tell."""

from __future__ import annotations

import io
import zipfile

import pikepdf
import pytest
from PIL import Image

from casework.attaching import KINDS, take_in
from casework.models import Case
from tests.attachments.hands import files_of, given
from tests.attachments.makers import AUTHOR, GOOD, GPS, XML, docx, pdf, photo_with_place, picture
from tests.casework.conftest import Browsers, words
from tests.world import Cast


@pytest.mark.parametrize("kind", GOOD)
def test_every_kind_goes_in_and_comes_out_for_another_partner_without_its_author(
    kind: str, cast: Cast, case: Case, browser: Browsers
) -> None:
    name, content = GOOD[kind]
    assert browser(cast.wilma).do("case-contributions", case.pk, **given((name, content))).status_code == 302
    pieter = browser(cast.pieter)
    assert name in words(pieter.see("case-contributions", case.pk))
    [pk] = files_of(cast.pieter)
    answer = pieter.see("attachment", pk)
    assert answer.status_code == 200
    assert answer["Content-Type"] == KINDS[kind].content_type
    assert KINDS[kind].is_it(answer.content)
    assert not tells(answer.content)


def tells(content: bytes) -> bool:
    """Whether the author can be found back, also inside packed parts."""
    if AUTHOR.encode() in content or AUTHOR.encode("utf-16-be") in content:
        return True
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            return any(tells(package.read(name)) for name in package.namelist())
    if content.startswith(b"%PDF"):
        with pikepdf.open(io.BytesIO(content)) as pdf:
            streams = [part.read_bytes() for part in pdf.objects if isinstance(part, pikepdf.Stream)]
            return "/Info" in pdf.trailer or "/Metadata" in pdf.Root or any(AUTHOR.encode() in s for s in streams)
    return False


@pytest.mark.parametrize("kind", sorted(set(GOOD) - {"txt"}))
def test_the_author_was_there_before(kind: str) -> None:
    assert tells(GOOD[kind][1])


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_photo_loses_its_place_and_stays_the_same_photo(kind: str) -> None:
    before = photo_with_place(kind)
    assert Image.open(io.BytesIO(before)).getexif().get_ifd(GPS)
    after = Image.open(io.BytesIO(take_in(f"foto.{kind.lower()}", before).content))
    assert not after.getexif()
    assert after.size == (40, 20)
    if kind == "PNG":
        assert after.tobytes() == Image.open(io.BytesIO(before)).tobytes()


def test_a_photo_that_lay_on_its_side_stands_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    after = Image.open(io.BytesIO(take_in("foto.jpg", picture("JPEG", exif=exif)).content))
    assert after.size == (20, 40)


def test_a_photo_of_a_telephone_with_previews_behind_it_is_a_photo() -> None:
    out = io.BytesIO()
    frames = [Image.new("RGB", (40, 20), colour) for colour in ("red", "green")]
    frames[0].save(out, "MPO", save_all=True, append_images=frames[1:])
    after = Image.open(io.BytesIO(take_in("foto.jpg", out.getvalue()).content))
    assert (after.format, after.size, getattr(after, "n_frames", 1)) == ("JPEG", (40, 20), 1)


@pytest.mark.parametrize("mode", ["L", "CMYK"])
def test_photos_of_every_make_come_through(mode: str) -> None:
    out = io.BytesIO()
    Image.new(mode, (8, 4)).save(out, "JPEG")
    assert Image.open(io.BytesIO(take_in("foto.jpg", out.getvalue()).content)).size == (8, 4)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16"])
def test_pictures_of_every_make_come_through(mode: str) -> None:
    out = io.BytesIO()
    Image.new(mode, (8, 4)).save(out, "PNG")
    assert Image.open(io.BytesIO(take_in("kaart.png", out.getvalue()).content)).size == (8, 4)


def test_a_see_through_picture_stays_see_through() -> None:
    out = io.BytesIO()
    made = Image.new("P", (4, 4))
    made.putpalette([255, 0, 0, 0, 255, 0])
    made.save(out, "PNG", transparency=0)
    after = Image.open(io.BytesIO(take_in("kaart.png", out.getvalue()).content)).convert("RGBA")
    assert after.getpixel((0, 0))[3] == 0


def test_a_photo_inside_a_word_file_loses_its_place_too() -> None:
    with zipfile.ZipFile(io.BytesIO(take_in("brief.docx", docx()).content)) as package:
        names = package.namelist()
        photo = Image.open(io.BytesIO(package.read("word/media/image1.jpeg")))
        assert b"docProps" not in package.read("_rels/.rels") + package.read("[Content_Types].xml")
    assert not photo.getexif()
    assert not [name for name in names if name.startswith("docProps")]


def test_links_to_click_may_stay_in_a_word_file() -> None:
    from tests.attachments.makers import relations

    link = relations(("hyperlink", "https://www.voorbeeldstad.example", True))
    assert take_in("brief.docx", docx(**{"word/_rels/document.xml.rels": link})).kind == "docx"


def test_a_letter_may_speak_of_what_it_may_not_do() -> None:
    text = XML + "<w:p><w:t>De DDE van de macro is een script.</w:t></w:p>"
    assert take_in("brief.docx", docx(**{"word/footer1.xml": text})).kind == "docx"


def test_a_photo_inside_a_pdf_loses_its_place_and_keeps_its_pixels() -> None:
    photo = photo_with_place()

    def place(made: pikepdf.Pdf) -> None:
        shape = {"Width": 40, "Height": 20, "BitsPerComponent": 8}
        made.Root.Photo = pikepdf.Stream(
            made, photo, Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, ColorSpace=pikepdf.Name.DeviceRGB,
            Filter=pikepdf.Name.DCTDecode, **shape,
        )  # fmt: skip

    before = pdf(place)
    assert AUTHOR.encode() in before
    with pikepdf.open(io.BytesIO(take_in("scan.pdf", before).content)) as after:
        kept = after.Root.Photo.read_raw_bytes()
    assert AUTHOR.encode() not in kept
    assert not Image.open(io.BytesIO(kept)).getexif()
    assert Image.open(io.BytesIO(kept)).tobytes() == Image.open(io.BytesIO(photo)).tobytes()


@pytest.mark.parametrize("kind", ["xlsx", "odt", "png", "txt"])
def test_what_is_clean_stays_as_it_is(kind: str) -> None:
    name, content = GOOD[kind]
    once = take_in(name, content).content
    assert take_in(name, once).content == once

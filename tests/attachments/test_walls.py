"""The database's own answer: a file stays in its compartment, with its thing and of its owner, whatever Python does."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from casework.models import Attachment, AttachmentChunk, Case
from partners.models import User
from privacy.errors import LockedValue, TamperedValue
from privacy.unlock import unlock
from tests.attachments.hands import a_real_case, brought, files_of, tamper
from tests.attachments.makers import GOOD
from tests.casework.conftest import Browsers, words
from tests.commits import committed
from tests.conftest import Log
from tests.world import Cast, a_case, a_signal, as_, invited


def every(person: User, model: type[Any]) -> list[Any]:
    """All rows the database gives this person when Python asks for everything."""
    with as_(person):
        return list(model.objects.all())


def test_without_any_filter_each_gets_the_files_of_its_own_grants(cast: Cast, case: Case) -> None:
    brought(case, cast.wilma, GOOD["txt"], audience="own")
    for model in (Attachment, AttachmentChunk):
        assert len(every(cast.wout, model)) == 1
        for person in ("rosa", "pieter", "greet", "petra", "victor", "fatima", "beheer"):
            assert every(cast.people[person], model) == [], person
        assert list(model.objects.all()) == []  # nobody acts


@contextmanager
def refused(*errors: type[Exception]) -> Iterator[None]:
    with pytest.raises(errors or (DatabaseError,)):
        with transaction.atomic():
            yield
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def a_copy(file: Attachment, **changed: Any) -> Attachment:
    """Another row like this one, with something changed."""
    names = [
        field.attname for field in Attachment._meta.concrete_fields if field.name not in ("id", "name", "file_key")
    ]
    copy = Attachment(id=uuid4(), **{name: getattr(file, name) for name in names} | changed)
    copy.seal("x.txt", "txt", b"x")
    return copy


def test_nobody_hangs_a_file_on_what_another_organisation_brought_in(cast: Cast, case: Case) -> None:
    kept = brought(case, cast.wilma, GOOD["txt"])
    with as_(cast.rosa) as (by, _):  # the regie may write in this compartment
        unlock([case.dossier_id], by=by)
        file = Attachment.objects.get(contribution=kept)
        with refused():
            a_copy(file).save(force_insert=True)
        with refused(IntegrityError):
            a_copy(file, organisation_id=by.home, added_by_id=by.user_id).save(force_insert=True)


def test_a_file_lies_in_the_compartment_of_its_contribution(cast: Cast, case: Case) -> None:
    kept = brought(case, cast.wilma, GOOD["txt"])
    brought(case, cast.wilma, GOOD["txt"], audience="own")
    with as_(cast.wilma) as (by, _):
        unlock([case.dossier_id], by=by)
        mine = Attachment.objects.exclude(contribution=kept).get()
        with refused(IntegrityError):
            a_copy(mine, contribution_id=kept.pk).save(force_insert=True)
        with refused(IntegrityError):
            a_copy(mine, contribution_id=None).save(force_insert=True)


def test_a_chunk_lies_in_the_compartment_of_its_file_and_is_never_written_over(cast: Cast, case: Case) -> None:
    brought(case, cast.wilma, GOOD["txt"])
    brought(case, cast.wilma, GOOD["txt"], audience="own")
    with as_(cast.wilma) as (by, _):
        one, other = AttachmentChunk.objects.all()
        with refused(IntegrityError):
            AttachmentChunk(
                dossier_id=one.dossier_id, compartment_id=one.compartment_id, organisation_id=by.home,
                attachment_id=other.attachment_id, number=1, body=b"x",
            ).save(force_insert=True)  # fmt: skip
        assert AttachmentChunk.objects.update(body=b"x") == 0


def test_another_partner_neither_changes_nor_removes_a_file(cast: Cast, case: Case) -> None:
    brought(case, cast.wilma, GOOD["txt"])
    with as_(cast.pieter):
        for model in (AttachmentChunk, Attachment):
            assert model.objects.count() == 1
            assert model.objects.all()._raw_delete("default") == 0
        assert Attachment.objects.update(size=1) == 0


def test_without_its_key_a_file_does_not_open(cast: Cast, case: Case) -> None:
    brought(case, cast.wilma, GOOD["txt"])
    with as_(cast.pieter):
        file = Attachment.objects.get()
        with pytest.raises(LockedValue):
            file.content()
        with pytest.raises(LockedValue):
            str(file.name)


CHUNKS = "UPDATE casework_attachmentchunk SET body = {} WHERE attachment_id = %s"
FILE = "UPDATE casework_attachment SET {} WHERE id = %s"
TAMPERED = {
    "a bit": CHUNKS.format("set_byte(body, 20, get_byte(body, 20) # 1)"),
    "cut off": CHUNKS.format("substr(body, 1, 30)"),
    "gone": "DELETE FROM casework_attachmentchunk WHERE attachment_id = %s",
    "size": FILE.format("size = size - 1"),
    "count": FILE.format("chunk_count = chunk_count + 1"),
    "version": FILE.format("version = version + 1"),
    "key": FILE.format("file_key = name"),
}


@pytest.mark.parametrize("what", TAMPERED)
def test_of_a_file_that_somebody_changed_in_the_database_nothing_is_shown(
    what: str, cast: Cast, browser: Browsers, log: Log
) -> None:
    case = a_real_case(cast)
    committed(lambda: brought(case, cast.wilma, GOOD["txt"]))
    [pk] = files_of(cast.pieter)
    tamper(TAMPERED[what], pk)
    answer = browser(cast.pieter).see("attachment", pk)
    assert answer.status_code == 500
    assert "kan niet worden getoond" in words(answer)
    assert GOOD["txt"][1] not in answer.content
    assert "Content-Disposition" not in answer
    [entry] = log.looks(event="file.damaged")
    assert (entry.object_pk, entry.outcome) == (str(pk), "error")


def test_a_file_key_of_another_file_does_not_open_this_one(cast: Cast, case: Case) -> None:
    brought(case, cast.wilma, GOOD["txt"], GOOD["pdf"])
    with as_(cast.pieter) as (by, _):
        unlock([case.dossier_id], by=by)
        one, other = Attachment.objects.order_by("at")
        one.__dict__["file_key"] = other.__dict__["file_key"]
        with pytest.raises(TamperedValue):
            one.content()


def test_the_rows_of_another_case_are_not_there(cast: Cast, case: Case) -> None:
    elsewhere = a_case(cast.rosa, a_signal(cast.petra, cast.overlast), short_name="Elders")
    invited(elsewhere, cast.rosa, cast.petra)
    brought(elsewhere, cast.petra, GOOD["txt"])
    assert files_of(cast.pieter) == []
    assert every(cast.pieter, AttachmentChunk) == []

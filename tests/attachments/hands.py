"""Short ways to bring in files through the pages."""

from __future__ import annotations

import os
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

import psycopg
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from casework.attaching import take_in
from casework.models import Attachment, Case
from partners.models import User
from privacy.access import visible
from tests.commits import committed
from tests.world import GROUND, Cast, a_case, a_signal, as_, contributed, invited

Sent = tuple[str, bytes]


def sent(*files: Sent) -> list[SimpleUploadedFile]:
    return [SimpleUploadedFile(name, content) for name, content in files]


def given(*files: Sent, **more: Any) -> dict[str, Any]:
    """The form of bringing in, rightly filled in, with files."""
    form = {"text": "Zie bijlage.", "kind": "feit", "category": "algemeen", "audience": "table", "ground": GROUND}
    return form | {"attachments": sent(*files)} | more


def brought(case: Case, person: User, *files: Sent, **more: Any) -> Any:
    """A contribution of this person with these files."""
    taken = tuple(take_in(name, content) for name, content in files)
    return contributed(case, person, "Zie bijlage.", files=taken, **more)


def files_of(person: User) -> list[UUID]:
    """The files that this person may know of."""
    with as_(person) as (by, _):
        return [row.pk for row in visible(Attachment, by=by)]


def a_real_case(cast: Cast) -> Case:
    """A case with Wilma and Pieter in it that is really committed."""

    def make() -> Case:
        case = a_case(cast.rosa, a_signal(cast.wilma, cast.overlast))
        invited(case, cast.rosa, cast.wilma, cast.pieter)
        return case

    return committed(make)


def tamper(statement: str, pk: UUID) -> None:
    """What somebody with all powers over the database does to one file, past triggers and policies."""
    address = urlsplit(os.environ["CASUSTAFEL_TEST_SUPERUSER"])._replace(
        path=f"/{settings.DATABASES['default']['NAME']}"
    )
    with psycopg.connect(address.geturl()) as superuser:
        superuser.execute("SET session_replication_role = replica")
        superuser.execute(statement, [pk])  # type: ignore[arg-type]

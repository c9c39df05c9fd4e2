"""Dossiers whose time has come, and lists of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from unittest.mock import patch
from uuid import UUID

from django.db import connections
from django.utils import timezone

from casework.models import Case
from privacy import dossiers
from privacy.actor import SYSTEM_ID, Actor
from privacy.errors import Refused
from privacy.jobs import perform
from privacy.models import Compartment, DestructionList, Dossier, Job
from privacy.retention import lists
from privacy.retention.terms import years_after
from tests.commits import committed
from tests.world import Cast, a_case, a_signal, as_, item

CANARY = "Kanarie Zanggraag"


def a_full_case(cast: Cast, text: str = "het lawaai duurt voort") -> Case:
    """A case on one signal."""
    return a_case(cast.rosa, a_signal(cast.pieter, cast.overlast, item(text)), short_name=CANARY)


def a_case_going(cast: Cast, day: date) -> Case:
    """A case that goes on this day; its signal stays as long as any."""
    signal = a_signal(cast.pieter, cast.overlast, item("het lawaai duurt voort"))
    with founded_to_go(day):
        return a_case(cast.rosa, signal, short_name=CANARY)


@contextmanager
def founded_to_go(day: date) -> Iterator[None]:
    """What is founded here goes on this day, as if it had come in five years before."""
    found = dossiers.found

    def long_ago(birth: dossiers.Birth, *, by: Actor) -> Dossier:
        return found(replace(birth, first_processed_on=years_after(day, -5), retain_until=day), by=by)

    with patch.object(dossiers, "found", long_ago):
        yield


def ends_on(dossier_id: UUID, day: date) -> None:
    """Its time comes on this day: set by maintenance, as if it had been founded so many years ago."""
    with connections["maintenance"].cursor() as cursor:
        cursor.execute("SELECT set_config('casustafel.actor', %s, false)", [str(SYSTEM_ID)])
        cursor.execute("UPDATE privacy_dossier SET retain_until = %s WHERE id = %s", [day, dossier_id])
        cursor.execute("SELECT set_config('casustafel.actor', '', false)")


def may_go_open(dossier_id: UUID) -> None:
    """As if an officer said that it goes though nobody closed it."""
    with connections["maintenance"].cursor() as cursor:
        cursor.execute(
            "INSERT INTO privacy_opengoes (id, dossier_id, reason, said_by, said_at) "
            "VALUES (gen_random_uuid(), %s, 'asked', %s, now()) ON CONFLICT DO NOTHING",
            [dossier_id, SYSTEM_ID],
        )


def due(*dossier_ids: UUID) -> None:
    """Their time came today, and an officer said that they go, open or not."""

    def act() -> None:
        for one in dossier_ids:
            ends_on(one, timezone.localdate())
            may_go_open(one)

    committed(act)


def later(*dossier_ids: UUID, days: int) -> None:
    """Their time comes in so many days."""
    committed(lambda: [ends_on(one, timezone.localdate() + timedelta(days=days)) for one in dossier_ids])


def as_person(cast: Cast, name: str, act: Callable[[Any], Any]) -> Any:
    """What this person does, committed."""

    def work() -> Any:
        with as_(cast.people[name]) as (by, _):
            return act(by)

    return committed(work)


def made(cast: Cast, name: str = "fatima") -> DestructionList:
    return as_person(cast, name, lambda by: lists.make(by=by))


def checked(cast: Cast, name: str = "faisal", maker: str = "fatima") -> DestructionList:
    found = made(cast, maker)
    as_person(cast, name, lambda by: lists.check(found, by=by))
    return found


def jobs_done() -> None:
    """Every job of destroying that waits, and then what follows from it."""
    for kind in (lists.LINE, "dossier.shredded"):
        for job in Job.objects.using("maintenance").filter(done_at__isnull=True, kind=kind).order_by("made_at", "pk"):
            committed(lambda job=job: perform(job.pk, now=timezone.now() + timedelta(hours=1)))


def listed(cast: Cast, name: str = "fatima") -> set[UUID]:
    """What a list that this person makes now would hold; it is made and undone."""

    def act(by: Any) -> set[UUID]:
        try:
            found = lists.make(by=by)
        except Refused:
            return set()
        names = set(lists.lines_of(found).values_list("dossier_id", flat=True))
        lists.stop(found, by=by)
        return names

    return as_person(cast, name, act)  # type: ignore[no-any-return]


def stands(dossier_id: UUID) -> bool:
    """Whether its keys are there."""
    return Compartment.objects.using("maintenance").filter(dossier=dossier_id).exists()


def tombstone(dossier_id: UUID) -> Dossier:
    return Dossier.objects.using("maintenance").get(pk=dossier_id)

"""Sealing goes on while people work, and people work while it seals: no lock of the one is a lock of the other."""

from __future__ import annotations

from threading import Thread

from django.db import connections
from django.utils import timezone

from privacy.acting import acting
from privacy.audit import sealing, watching
from privacy.locks import Lock
from privacy.models import AuditUnsealed
from tests.commits import committed
from tests.keys.scene import signals
from tests.world import Cast, actor, as_


def waits() -> int:
    return AuditUnsealed.objects.using("maintenance").count()


def test_what_waits_is_sealed_while_somebody_acts(cast: Cast) -> None:
    signals(cast, 1)
    assert waits() > 0

    def seal_amid_work() -> int:
        with acting(actor(cast.rosa)):
            other = Thread(target=lambda: (watching.seal(now=timezone.now()), connections.close_all()))
            other.start()
            other.join()
        return waits()

    assert committed(seal_amid_work) == 0


def test_nobody_waits_for_a_block_that_is_being_made(cast: Cast) -> None:
    signals(cast, 1)

    def work_amid_sealing() -> bool:
        done = []

        def work() -> None:
            with as_(cast.rosa):
                done.append(True)
            connections.close_all()

        with watching.watching("logboek verzegelen") as connection:
            assert sealing.seal_block(connection, now=timezone.now()) is not None
            other = Thread(target=work)
            other.start()
            other.join(3)
            in_time = bool(done)
        other.join()
        return in_time

    assert committed(work_amid_sealing)


def test_no_lock_has_the_number_of_another() -> None:
    assert len({int(lock) for lock in Lock.__members__.values()}) == len(Lock.__members__)

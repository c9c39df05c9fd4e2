"""Sealing and checking as the house does them: on its own connection, as who watches, with the outcome kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connections, transaction
from django.utils import timezone
from psycopg import Connection, sql

from privacy import jobs
from privacy.acting import acting
from privacy.actor import Actor, system_actor
from privacy.audit import anchors, comparing, heads, mac, sealing
from privacy.audit.findings import Report
from privacy.audit.heads import Head
from privacy.audit.verifying import Verifier
from privacy.models import AuditCheck, CheckKind, Job
from privacy.models.job import JobState
from privacy.roles import Role

CHECK_SEALS = "audit.check_seals"
COMPARE = "audit.compare"
MAIL_ANCHOR = "audit.mail_anchor"
BLOCKS_AT_ONCE = 20
_EACH_DAY = sql.SQL(
    "WHERE number IN (SELECT max(number) FROM privacy_auditblock GROUP BY (sealed_at AT TIME ZONE 'UTC')::date) "
    "ORDER BY number"
)
NOBODY = UUID(int=0)  # the subject of a job that the night asks for


def watcher(purpose: str) -> Actor:
    """The system in the role that may read the log and add seals."""
    return replace(system_actor(purpose), roles=frozenset({Role.PRIVACY_OFFICER}))


def plain(using: str = "default") -> Connection[Any]:
    """The connection of psycopg behind Django's: for streams of bytes, in the same transaction."""
    connection = connections[using]
    connection.ensure_connection()
    return connection.connection  # type: ignore[no-any-return]  # Django does not say which driver


@contextmanager
def watching(purpose: str, using: str = "default") -> Iterator[Connection[Any]]:
    """One transaction in which the log can be read and sealed."""
    with acting(watcher(purpose), using=using):
        yield plain(using)


def seal(*, now: datetime) -> list[Head]:
    """Seals what waits, block by block, each in a transaction of its own; says every head aloud after its commit."""
    made = []
    for _ in range(BLOCKS_AT_ONCE):
        with watching("logboek verzegelen") as connection:
            head = sealing.seal_block(connection, now=now)
        if head is None:
            break
        sealing.announce(head)
        made.append(head)
    return made


def verify(carried: Iterable[Head] = (), *, now: datetime, using: str = "default") -> Report:
    """Checks the whole log over this connection."""
    with watching("logboek controleren", using) as connection:
        return Verifier(connection, key=mac.entry_key(), public=mac.public_key(), now=now).run(carried)


def check_seals(asked_by: UUID | None, *, now: datetime) -> AuditCheck:
    """Checks the whole log and keeps the outcome."""
    report = verify(now=now)
    return _keep(
        AuditCheck(
            kind=CheckKind.SEALS, asked_by=asked_by, begun_at=now, entries=report.entries, blocks=report.blocks,
            waiting=report.waiting, wrong=report.wrong, findings=list(report.told()),
        )
    )  # fmt: skip


def compare_anchor(carried: list[Head], asked_by: UUID, *, now: datetime) -> AuditCheck:
    """Compares an anchor with the heads that are here now, and keeps the outcome. Does not read the entries."""
    with watching("ankerbestand vergelijken") as connection:
        report = Verifier(connection, key=mac.entry_key(), public=mac.public_key(), now=now).run_anchors(carried)
    return _keep(
        AuditCheck(
            kind=CheckKind.ANCHOR, asked_by=asked_by, begun_at=now, blocks=report.anchored, wrong=report.wrong,
            findings=list(report.told()),
        )
    )  # fmt: skip


def compare_traces(asked_by: UUID | None, *, now: datetime) -> AuditCheck:
    """Compares the trigger's rows with the log since the last comparison, and keeps the outcome."""
    with watching("logboek vergelijken") as connection:
        before = AuditCheck.objects.filter(kind=CheckKind.TRACES).order_by("-ended_at").first()
        found = comparing.compare(connection, before.begun_at if before else None)
    return _keep(
        AuditCheck(
            kind=CheckKind.TRACES, asked_by=asked_by, begun_at=now, entries=found.transactions, wrong=found.wrong,
            findings=found.sentences,
        )
    )  # fmt: skip


def anchor(*, whole: bool = False, now: datetime) -> str:
    """A file to carry away: the last head of every day, which stands for all before it, or every head."""
    with watching("ankerbestand maken") as connection:
        kept = list(sealing.stored_heads(connection, sealing.IN_ORDER if whole else _EACH_DAY))
    return anchors.document(kept, heads.pem(mac.public_key()), now=now)


def newest(*, now: datetime) -> tuple[Head, str] | None:
    """The newest head and a file with it alone; None before the first seal."""
    with watching("zegel versturen") as connection:
        head = sealing.newest_head(connection)
    return None if head is None else (head, anchors.document([head], heads.pem(mac.public_key()), now=now))


def _keep(check: AuditCheck) -> AuditCheck:
    with watching("uitkomst bewaren"):
        check.ended_at = timezone.now()
        check.save(force_insert=True)
    return check


def ask_for_check(*, by: Actor) -> None:
    """A check as a job, since it may take a minute; one that waits already is enough."""
    jobs.enqueue(CHECK_SEALS, by.user_id, once=True)


def checking() -> bool:
    """Whether a check waits or runs."""
    busy = (JobState.WAITING, JobState.RUNNING)
    return Job.objects.filter(kind=CHECK_SEALS, state__in=busy).exists()


@transaction.atomic
def ask_for_the_night() -> None:
    """What is done every night."""
    for kind in (COMPARE, CHECK_SEALS, MAIL_ANCHOR):
        jobs.enqueue(kind, NOBODY, once=True)

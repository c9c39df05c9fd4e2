"""Whatever is done, and however, is in the log: random acts that really commit, and a comparison of what is left.

Pages, services and jobs leave an entry that says who and what for. Bulk updates and plain SQL leave what the trigger
wrote, with who it was; comparing both finds exactly these acts and no other. Keys that were opened are counted where
they are opened, and must equal what the entries name.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import resolve
from django.utils import timezone

from casework.models import CaseSignal, Participation, Signal, SignalDraft, SignalItem, SignalTrace
from partners.models import Seat, SecrecyStatement, User
from partners.services import seats
from privacy import exclusions, jobs
from privacy.dossiers import part
from privacy.encryption import keys
from privacy.errors import NotKnown, Refused
from privacy.models import CompartmentKind, ExclusionReason
from privacy.roles import Role
from tests.commits import wipe
from tests.proofs import Proof
from tests.prove.behind import past, past_policies, really_committing, rows
from tests.prove.partner_oracle import World
from tests.prove.partner_world import a_world
from tests.prove.requests import Sender
from tests.world import Cast, a_signal, as_, contributed, invited

PER_WORLD = 1_000
BULK = (
    (Signal, "neighbourhood", "Oost"), (SignalDraft, "changed_at", None), (SignalItem, "added_at", None),
    (Participation, "since", None), (CaseSignal, "at", None),
)  # fmt: skip
# What a program asked at an address of nobody: there is no one to name, and nothing was shown.
OF_NOBODY = ("calendar.unknown",)


@dataclass
class Left:
    """What one act left behind."""

    entries: list[tuple[Any, ...]]
    changes: list[tuple[Any, ...]]

    @property
    def unnamed(self) -> list[str]:
        """Entries and changes that do not say who, or what for."""
        named = [entry for entry in self.entries if entry[0] not in OF_NOBODY]
        nobody = [str(event) for event, actor, purpose, _ in named if actor is None or not purpose]
        return nobody + [f"{table} by nobody" for table, actor, _ in self.changes if actor is None]

    @property
    def unlogged(self) -> set[int]:
        """Transactions that changed rows and have no entry."""
        return {xact for _, _, xact in self.changes} - {xact for *_, xact in self.entries}


@dataclass
class Doer:
    """Does random things in one world. A way returns whether it must have left an entry, a bare change, or nothing."""

    world: World
    chance: random.Random
    sender: Sender
    met: Counter[str] = field(default_factory=Counter)
    last: object = ""

    def anybody(self) -> User:
        return self.chance.choice(list(self.world.people.values()))

    def page(self) -> str:
        self.last = sent = self.sender.next()
        if sent.who == "nobody":
            sent.who = "wilma"
        answer = self.sender.send(sent)[0]
        # Sent on without having done anything, or a page without content such as the log-in: nothing was shown.
        declared = resolve(sent.path.partition("?")[0]).func.access.verb  # type: ignore[attr-defined]
        return "maybe" if 300 <= answer.status_code < 400 or declared is None else "entry"

    def service(self) -> str:
        case = self.chance.choice([case for case in self.world.cases if not case.closed])
        regisseur = next(u for u in self.world.people.values() if self.sender.oracle.directs(u, case.table))
        person = self.anybody()
        acts: list[Callable[[], Any]] = [
            lambda: a_signal(person, case.table),
            lambda: contributed(case.row, self.chance.choice([person, regisseur]), "Van de dienst."),
            lambda: invited(case.row, regisseur, person),
            lambda: self._exclude(case.row.dossier_id, regisseur, person),
        ]
        try:
            self.chance.choice(acts)()
        except (Refused, NotKnown, DatabaseError, LookupError):
            return "maybe"  # refused past the pages: what it had done is undone with its entry
        return "entry"

    @staticmethod
    def _exclude(dossier_id: Any, regisseur: User, person: User) -> None:
        if person.pk == regisseur.pk:
            raise LookupError("somebody must remain who directs")
        with as_(regisseur) as (by, _):
            if exclusions.standing(dossier_id).filter(user=person).exists():
                raise LookupError("kept away already: twice is once, and there is nothing to write")
            exclusions.exclude(dossier_id, person.pk, ExclusionReason.WORK, by=by)

    def job(self) -> str:
        """A seat that begins and ends by itself: the system's own acts at a table."""
        table = self.chance.choice(self.world.tables)
        user = User(email=f"{uuid4()}@proef.example", name="Taak Proef", organisation=self.world.cast.gemeente)
        user.set_unusable_password()
        user.save()
        now = timezone.now()
        seat = Seat.objects.create(table=table, user=user, role=Role.PROCESREGISSEUR, valid_from=now)
        SecrecyStatement.objects.create(table=table, user=user, profile_version="proef")
        jobs.perform(jobs.enqueue(seats.STARTS, seat.pk).pk, now=timezone.now())
        Seat.objects.filter(pk=seat.pk).update(valid_until=timezone.now())
        done = jobs.enqueue(seats.ENDS, seat.pk)
        jobs.perform(done.pk, now=timezone.now())
        done.refresh_from_db()
        assert done.done_at is not None, done.last_error
        return "entry"

    def bulk(self) -> str:
        model, column, value = self.chance.choice(BULK)
        with as_(self.anybody()):
            model._default_manager.update(**{column: value or timezone.now()})
        return "bare"

    def bulk_create(self) -> str:
        person, signal = self.anybody(), self.chance.choice(self.world.signals).row
        try:
            with as_(person):
                SignalTrace.objects.bulk_create(
                    [
                        SignalTrace(
                            dossier_id=signal.dossier_id, compartment=part(signal.dossier, CompartmentKind.REGIE),
                            signal=signal, kind="proef", digest=b"x",
                        )
                    ]
                )  # fmt: skip
        except DatabaseError:
            return "nothing"
        return "bare"

    def plain_sql(self) -> str:
        with as_(self.anybody()):
            rows("UPDATE casework_signal SET neighbourhood = 'West'")
        return "bare"

    def sql_of_nobody(self) -> str:
        with transaction.atomic():
            rows("UPDATE casework_signal SET neighbourhood = 'Noord'")
        return "nothing"

    def insert_of_nobody(self) -> str:
        signal = self.chance.choice(self.world.signals).row
        with pytest.raises(DatabaseError), transaction.atomic(), past_policies():
            rows("UPDATE casework_signal SET neighbourhood = 'Zuid' WHERE id = %s", [signal.pk])
        return "nothing"

    def one(self) -> tuple[str, str]:
        self.last = ""
        way = self.chance.choices(
            (self.page, self.service, self.bulk, self.bulk_create, self.plain_sql, self.sql_of_nobody,
             self.insert_of_nobody, self.job),
            (60, 12, 6, 6, 6, 4, 4, 2),
        )[0]  # fmt: skip
        expected = way()
        self.met[f"{way.__name__} {expected}"] += 1
        return way.__name__, expected


def newest() -> tuple[datetime, int]:
    (((change,),),) = past("SELECT coalesce(max(id), 0) FROM privacy_rowchange")
    return timezone.now(), change


def left_since(at: datetime, change: int) -> Left:
    return Left(
        *past(
            f"SELECT event, actor_id, purpose, xact FROM privacy_auditentry WHERE \"timestamp\" >= '{at.isoformat()}'",
            f"SELECT table_name, actor_id, xact FROM privacy_rowchange WHERE id > {change}",
        )
    )


def wrong_about(left: Left, expected: str) -> list[str]:
    """What is not as it should be after one act."""
    wrong = left.unnamed
    if expected == "entry" and not left.entries:
        wrong.append("no entry")
    if expected == "nothing" and left.changes:
        wrong.append("changed rows all the same")
    if expected != "bare" and left.unlogged:
        wrong.append(f"rows changed without an entry: {sorted({table for table, *_ in left.changes})}")
    if expected == "bare" and left.changes and not left.unlogged:
        wrong.append("the comparison does not find it")
    return wrong


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Every data key that is really opened, wherever that is asked."""
    found: list[object] = []
    real = keys.unwrap

    def counted(*args: Any, **more: Any) -> bytes:
        found.append(more.get("compartment_id"))
        return real(*args, **more)

    monkeypatch.setattr(keys, "unwrap", counted)
    return found


def compared_at_the_end(begun: tuple[datetime, int], on_purpose: set[int], opened: list[object]) -> list[str]:
    """The nightly question over the whole run, and keys against entries."""
    left = left_since(*begun)
    with past_policies():
        named = rows(
            'SELECT coalesce(sum(cardinality(compartments)), 0) FROM privacy_auditentry WHERE "timestamp" >= %s',
            [begun[0]],
        )[0][0]
    wrong = [] if left.unlogged == on_purpose else ["the comparison finds other transactions than were bare on purpose"]
    return wrong if named == len(opened) else [*wrong, f"{len(opened)} keys opened, {named} named in entries"]


def in_one_world(doer: Doer, opened: list[object], proof: Proof, where: str) -> None:
    """Acts in a world, each looked at by itself and all of them at the end."""
    begun, on_purpose = newest(), set[int]()
    opened.clear()
    for _ in range(min(PER_WORLD, proof.size - proof.tried)):
        before = newest()
        way, expected = doer.one()
        left = left_since(*before)
        if expected == "bare":
            on_purpose |= left.unlogged
        wrong = wrong_about(left, expected)
        proof.attempt(not wrong, f"{where}, {way} {doer.last}: {wrong}")
    for wrong_at_last in compared_at_the_end(begun, on_purpose, opened):
        proof.fail(f"{where}: {wrong_at_last}")


@pytest.mark.proof("audit_completeness", full=10_000, sample=60)
def test_every_act_leaves_an_entry_or_is_found(cast: Cast, opened: list[object], proof: Proof) -> None:
    seed = random.randrange(2**32)
    chance, met = random.Random(seed), Counter[str]()
    while not proof.enough:
        with really_committing():  # for each world anew: who manages lets people go and organisations stop
            world = a_world(cast, chance)
            doer = Doer(world, chance, Sender(world, chance))
            assert connection.get_autocommit()
            in_one_world(doer, opened, proof, f"seed {seed}")
        wipe()
        met += doer.met
    assert opened, "no key was opened: nothing was read"
    assert met["page entry"] > proof.size / 4
    assert met["bulk bare"] + met["plain_sql bare"] > 0

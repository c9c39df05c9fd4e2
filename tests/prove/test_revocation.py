"""Access that ends, ends on the very next request: same browser, same session, same process, and any other.

Everything is really committed: a person reads, somebody ends it in another connection in one of twenty ways, and
the next request of that person gets nothing of it, nor does a database connection of another process.
"""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from django.db import connections
from django.test import Client
from django.utils import timezone

from casework.models import Audience, Case, Contribution, Participation, Signal
from casework.services import cases, contributions, disclosing, participants, triage
from casework.theming import theme_version
from partners.models import CaseTable, Covenant, Organisation, Seat, SecrecyStatement, User
from partners.services.organisations import save_covenant, save_organisation
from partners.services.seats import end_seat
from partners.services.users import switch_off
from privacy import exclusions
from privacy.models import ExclusionReason
from privacy.roles import Role
from privacy.unlock import unlock
from tests.proofs import Proof
from tests.prove.behind import as_owner, really_committing
from tests.prove.requests import BACKEND
from tests.world import (
    ALL_CATEGORIES,
    ALL_THEMES,
    GROUND,
    Cast,
    a_case,
    a_signal,
    actor,
    as_,
    canary,
    contributed,
    invited,
    item,
)


@dataclass
class Reading:
    """Who reads what now, and the case and signal it is about."""

    person: User
    path: str
    word: str
    case: Case
    signal: Signal
    contribution: Contribution | None = None


class Stage:
    """A table of its own with a regisseur and a partner; a fresh person of a fresh organisation for every attempt."""

    def __init__(self, cast: Cast, client: Client, elsewhere: Executor) -> None:
        self.beheer, self.client, self.elsewhere = cast.beheer, client, elsewhere
        self.table, self.other = self._table(), self._table()
        self.rik, self.rita = (self._person("gemeente_veiligheid", Role.PROCESREGISSEUR) for _ in range(2))
        self.owner = self._person("woningcorporatie", Role.PROFESSIONAL)
        for user in (self.rik, self.rita):
            self._seat(user, self.other, Role.PROCESREGISSEUR)
        self.case: Case | None = None

    @staticmethod
    def _table() -> CaseTable:
        code = f"proef-{uuid4().hex[:10]}"
        return CaseTable.objects.create(
            name=code, code=code, theme="woonoverlast", area="Proef", profile="gemeentelijk"
        )

    @staticmethod
    def _seat(user: User, table: CaseTable, role: Role) -> None:
        Seat.objects.create(table=table, user=user, role=role, valid_from=timezone.now() - timedelta(days=2))
        SecrecyStatement.objects.create(table=table, user=user, profile_version="proef")

    def _person(self, kind: str, role: Role) -> User:
        stamp = uuid4().hex[:12]
        home = Organisation.objects.create(name=f"Proef {stamp}", kind=kind)
        bound = Covenant.objects.create(
            name=f"Proef {stamp}", themes=ALL_THEMES, categories=ALL_CATEGORIES,
            valid_from=timezone.localdate() - timedelta(days=90),
        )  # fmt: skip
        bound.organisations.set([home])
        user = User(email=f"{stamp}@proef.example", name=f"Proef {stamp}", organisation=home)
        user.set_unusable_password()
        user.save()
        self._seat(user, self.table, role)
        return user

    def participant(self) -> Reading:
        """A new person who takes part in an open case and has it open."""
        if self.case is None:
            self.signal_word, self.case_word = canary("signaal"), canary("casus")
            self.signal = a_signal(self.owner, self.table, item(self.signal_word))
            self.case = a_case(self.rik, self.signal, short_name=self.case_word)
            invited(self.case, self.rik, self.owner)
        person = self._person("politie", Role.PROFESSIONAL)
        invited(self.case, self.rik, person)
        return Reading(person, f"/casussen/{self.case.pk}/", self.case_word, self.case, self.signal)

    def reader_of_item(self) -> Reading:
        reading, word = self.participant(), canary("inbreng")
        chosen = {"audience": Audience.CHOSEN, "recipients": (reading.person.organisation_id,)}
        reading.contribution = contributed(reading.case, self.owner, word, **chosen)
        reading.path, reading.word = f"{reading.path}inbreng/", word
        return reading

    def reader_of_shared_signal(self) -> Reading:
        reading = self.participant()
        with as_(self.rik) as (by, _):
            unlock([reading.case.dossier_id, reading.signal.dossier_id], by=by)
            to = reading.person.organisation
            disclosing.share_signal(reading.case, reading.signal, to, ground=GROUND, now=timezone.now(), by=by)
        reading.path, reading.word = f"/signalen/{reading.signal.pk}/", self.signal_word
        return reading

    def regisseur(self) -> Reading:
        """A new procesregisseur who has a new signal open."""
        person, word = self._person("gemeente_veiligheid", Role.PROCESREGISSEUR), canary("signaal")
        signal = a_signal(self.owner, self.table, item(word))
        return Reading(person, f"/triage/{signal.pk}/", word, None, signal)  # type: ignore[arg-type]

    def reporter(self) -> Reading:
        person, word = self._person("politie", Role.PROFESSIONAL), canary("signaal")
        signal = a_signal(person, self.table, item(word))
        return Reading(person, f"/signalen/{signal.pk}/", word, None, signal)  # type: ignore[arg-type]

    # --- what ends it ---

    def end_participation(self, reading: Reading) -> None:
        with as_(self.rita) as (by, _):
            unlock([reading.case.dossier_id], by=by)
            there = Participation.objects.get(case=reading.case, user=reading.person, ended_at=None)
            participants.end_participation(there, now=timezone.now(), by=by)

    def end_seat(self, reading: Reading) -> None:
        with as_(self.beheer) as (by, _):
            end_seat(Seat.objects.get(user=reading.person, ended_at=None), by=by)

    def switch_off(self, reading: Reading) -> None:
        with as_(self.beheer) as (by, _):
            switch_off(User.objects.get(pk=reading.person.pk), by=by)

    def _covenant(self, reading: Reading) -> Covenant:
        return Covenant.objects.get(organisations=reading.person.organisation_id)

    def covenant_lapses(self, reading: Reading) -> None:
        covenant = self._covenant(reading)
        covenant.valid_until = timezone.localdate() - timedelta(days=1)
        with as_(self.beheer) as (by, _):
            save_covenant(covenant, organisations=[reading.person.organisation], by=by)

    def covenant_without(self, reading: Reading) -> None:
        with as_(self.beheer) as (by, _):
            save_covenant(self._covenant(reading), organisations=[self.owner.organisation], by=by)

    def organisation_stops(self, reading: Reading) -> None:
        home = Organisation.objects.get(pk=reading.person.organisation_id)
        home.active = False
        with as_(self.beheer) as (by, _):
            save_organisation(home, by=by)

    def exclude(self, reading: Reading) -> None:
        dossier = (reading.case or reading.signal).dossier_id
        with as_(self.rita) as (by, _):
            exclusions.exclude(dossier, reading.person.pk, ExclusionReason.FRIEND, by=by)

    def exclude_oneself(self, reading: Reading) -> None:
        with as_(reading.person) as (by, _):
            exclusions.exclude(reading.case.dossier_id, by.user_id, ExclusionReason.OWN, by=by)

    def close(self, reading: Reading) -> None:
        self.case = None
        with as_(self.rita) as (by, _):
            unlock([reading.case.dossier_id], by=by)
            fresh = Case.objects.get(pk=reading.case.pk)
            outcome = theme_version(fresh.theme, fresh.theme_version).close_outcomes[0].code
            cases.close(fresh, outcome, "Klaar.", now=timezone.now(), by=by)

    def last_day_passes(self, reading: Reading) -> None:
        """What the clock does by itself, done by hand since nobody waits for midnight."""
        over = "UPDATE privacy_grant SET valid_until = now() - interval '1 second' WHERE user_id = %s"
        as_owner(lambda connection: connection.execute(over, [reading.person.pk]) and None)

    def withdraw(self, reading: Reading) -> None:
        assert reading.contribution is not None
        with as_(self.owner) as (by, _):
            unlock([reading.case.dossier_id], by=by)
            contributions.withdraw(reading.contribution, now=timezone.now(), by=by)

    def forward(self, reading: Reading) -> None:
        with as_(self.rik) as (by, _):
            unlock([reading.signal.dossier_id], by=by)
            signal = Signal.objects.get(pk=reading.signal.pk)
            triage.forward(signal, self.other, "Hoort daar.", now=timezone.now(), by=by)

    def reject(self, reading: Reading) -> None:
        with as_(self.rik) as (by, _):
            unlock([reading.signal.dossier_id], by=by)
            triage.reject(Signal.objects.get(pk=reading.signal.pk), "te_weinig", now=timezone.now(), by=by)

    def ways(self) -> list[tuple[Callable[[], Reading], Callable[[Reading], None], bool]]:
        """Who reads, what ends it, and whether the page itself stays: then only what it held is gone."""
        return [
            (self.participant, self.end_participation, False),
            (self.participant, self.end_seat, False),
            (self.participant, self.switch_off, False),
            (self.participant, self.covenant_lapses, False),
            (self.participant, self.covenant_without, False),
            (self.participant, self.organisation_stops, False),
            (self.participant, self.exclude, False),
            (self.participant, self.exclude_oneself, False),
            (self.participant, self.close, False),
            (self.participant, self.last_day_passes, False),
            (self.reader_of_item, self.end_participation, False),
            (self.reader_of_item, self.withdraw, True),
            (self.reader_of_shared_signal, self.end_participation, False),
            (self.regisseur, self.forward, False),
            (self.regisseur, self.end_seat, False),
            (self.regisseur, self.exclude, False),
            (self.regisseur, self.reject, True),
            (self.reporter, self.reject, True),
            (self.reporter, self.covenant_lapses, False),
            (self.reporter, self.exclude, False),
        ]


def seen_by_another_process(reading: Reading) -> int:
    """Rows of the signal's and the case's content on a connection of its own, as this person would have them now."""
    who = actor(User.objects.get(pk=reading.person.pk))
    table, dossier = ("casework_caseface", reading.case) if reading.case else ("casework_signalitem", reading.signal)
    with psycopg.connect(os.environ["DATABASE_URL"]) as connection:
        connection.execute(
            "SELECT set_config('casustafel.actor', %s, true), set_config('casustafel.themes', %s, true)",
            [str(who.user_id), ",".join(who.themes)],
        )
        found = connection.execute(f"SELECT count(*) FROM {table} WHERE dossier_id = %s", [dossier.dossier_id])
        return int(found.fetchone()[0])  # type: ignore[index]


def attempt(stage: Stage, way: tuple[Any, Any, bool]) -> str:
    """Empty when it ended at once; else what was still there."""
    prepare, ends, stays = way
    reading: Reading = prepare()
    client = stage.client
    client.cookies.clear()
    client.force_login(reading.person, backend=BACKEND)
    before = client.get(reading.path)
    if before.status_code != 200 or reading.word not in before.content.decode():
        return f"nothing to lose: {before.status_code}"
    stage.elsewhere.submit(ends, reading).result()
    after = client.get(reading.path)
    if reading.word in after.content.decode() or (after.status_code not in (302, 403, 404) and not stays):
        return f"still {after.status_code} on the next request"
    # Who loses one item keeps the case; an account that was switched off has no session to ask the database with.
    left = 0 if ends in (stage.withdraw, stage.switch_off) else seen_by_another_process(reading)
    return f"another process still has {left} rows" if left else ""


@pytest.fixture
def elsewhere() -> Iterator[Executor]:
    """A thread with connections of its own, in which access is ended; all that anybody does is really committed."""
    with really_committing(), ThreadPoolExecutor(max_workers=1) as thread:
        yield thread
        thread.submit(connections.close_all)


@pytest.mark.proof("revocation", full=1_000, sample=20)
def test_what_was_ended_is_gone_on_the_next_request(cast: Cast, elsewhere: Executor, proof: Proof) -> None:
    client = Client()  # one: each loads the middleware anew
    seed = random.randrange(2**32)
    chance = random.Random(seed)
    while not proof.enough:
        stage = Stage(cast, client, elsewhere)
        ways = stage.ways()
        for way in chance.sample(ways, len(ways)):
            wrong = attempt(stage, way)
            proof.attempt(not wrong, f"seed {seed}: {way[0].__name__}, {way[1].__name__}: {wrong}")
            if proof.enough:
                break

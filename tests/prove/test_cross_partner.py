"""Requests across partners, roles and relations, at every address: nobody gets to see or touch what is not theirs.

Each answer, refusals and where it leads included, is searched for the canaries, numbers and ids of all that its
reader may not know of according to the oracle; each row that was written must be the writer's to write.
"""

from __future__ import annotations

import random
from collections import Counter
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction

from tests.proofs import Proof
from tests.prove.behind import past, past_policies, rows, seen_from_behind
from tests.prove.partner_oracle import Oracle, World
from tests.prove.partner_world import a_world
from tests.prove.requests import WORD, Sender, Sent, written_in
from tests.world import Cast

PER_WORLD = 2_000
# Of which table a meeting is.
OF_A_TABLE = {
    "casework_meeting": "SELECT table_id FROM casework_meeting WHERE id = %s",
    "casework_meetingseries": "SELECT table_id FROM casework_meetingseries WHERE id = %s",
    "casework_minutesversion": "SELECT m.table_id FROM casework_minutesversion v JOIN casework_meeting m "
    "ON m.id = v.meeting_id WHERE v.id = %s",
}
# Rows of one person, in no dossier: only that person writes them.
OF_A_PERSON = ("casework_calendarfeed", "casework_keptfilter")
WORLDS = 2  # at least: one may be so meagre that nobody meets a word of it


class Watch:
    """Judges each request by the oracle of its world."""

    def __init__(self, world: World) -> None:
        self.world, self.oracle = world, Oracle(world)
        self.by_start = {word[:8]: word for word in world.secrets if word.startswith("kq")}
        self.met: Counter[str] = Counter()
        self.since = newest_change()  # whatever a request writes is rolled back

    def leaks(self, sent: Sent, text: str) -> list[str]:
        """Words of others in an answer, but for what the sender typed."""
        user = self.world.people.get(sent.who)
        found = []
        for match in set(WORD.findall(text)):
            word = self.by_start.get(match[:8], match)
            secret = self.world.secrets.get(word)
            if secret is None or match in sent.typed:
                continue
            officer = user is not None and "privacy_officer" in user.roles and secret.what == "bestaan"
            typed = user is not None and (word, user.pk) in self.world.typed
            if self.oracle.may_read(user, secret) or officer or typed:
                self.met[secret.what] += 1
            else:
                found.append(f"{secret.what} {match}")
        return found

    def trespasses(self, sent: Sent) -> list[str]:
        """Rows that were written in a dossier that is not this person's to write in."""
        user = self.world.people.get(sent.who)
        found = []
        (written,) = past(
            "SELECT table_name, row_id, operation FROM privacy_rowchange "
            f"WHERE id > {self.since} AND table_name ~ '^(casework|escalation)'"
        )
        for table, row_id, operation in written:
            self.met[f"{operation} {table}"] += 1
            if table in OF_A_PERSON:
                if user is None or self._owner(table, row_id) not in (None, user.pk):
                    found.append(f"{operation} {table}")
                continue
            about = self._about(table, row_id)
            ends_seat = user is not None and "beheerder" in user.roles and table in (
                "casework_participation", "casework_regieassignment",
            )  # fmt: skip
            if about is not None and not ends_seat and (user is None or not self.oracle.may_write(user, about, table)):
                found.append(f"{operation} {table}")
        return found

    def _about(self, table: str, row_id: UUID) -> Any:
        """What a row is about: the dossier it is in, or the table that meets."""
        if table not in OF_A_TABLE:
            return self.world.by_dossier.get(self._dossier(table, row_id))
        with past_policies():
            ((at_table,),) = rows(OF_A_TABLE[table], [row_id])
        return next((one for one in self.world.tables if one.pk == at_table), None)

    @staticmethod
    def _owner(table: str, row_id: UUID) -> UUID | None:
        """Whose row it is; None when it is gone."""
        with past_policies():
            return next((row[0] for row in rows(f"SELECT user_id FROM {table} WHERE id = %s", [row_id])), None)

    @staticmethod
    def _dossier(table: str, row_id: UUID) -> UUID | None:
        with past_policies():
            return next((row[0] for row in rows(f"SELECT dossier_id FROM {table} WHERE id = %s", [row_id])), None)


def newest_change() -> int:
    (((newest,),),) = past("SELECT coalesce(max(id), 0) FROM privacy_rowchange")
    return int(newest)


def one_request(sender: Sender, watch: Watch, proof: Proof, where: str) -> None:
    sent = sender.next()
    with transaction.atomic():
        answers = sender.send(sent)
        wrong = [f"{answer.status_code}" for answer in answers if answer.status_code >= 500]
        for answer in answers:
            watch.met[str(answer.status_code)] += 1
            wrong += watch.leaks(sent, written_in(answer))
        wrong += watch.trespasses(sent)
        transaction.set_rollback(True)
    proof.attempt(not wrong, f"{where}: {sent}: {wrong}")


@pytest.mark.proof("cross_partner_requests", full=20_000, sample=200)
def test_no_request_shows_or_changes_what_belongs_to_others(cast: Cast, proof: Proof) -> None:
    seed = random.randrange(2**32)
    met: Counter[str] = Counter()
    number = 0
    while not (proof.enough and words_met(met)):
        assert number < 50, f"seed {seed}: nobody met a word of anybody"
        chance = random.Random(seed + number)
        with seen_from_behind():
            world = a_world(cast, chance)
            sender, watch = Sender(world, chance), Watch(world)
            for _ in range(min(PER_WORLD, proof.size // WORLDS)):
                one_request(sender, watch, proof, f"seed {seed + number}")
            met += watch.met
        number += 1
    # Requests that all end at a closed door would prove nothing. One world may be a meagre one; many are not.
    many = number >= 10
    assert met["200"] > (proof.size / 10 if many else 0)
    assert met["bestaan"] > (proof.size / 20 if many else 0)
    assert met["meting"] > 0 or not many
    assert met["punt bestaat"] > 0 or not many
    assert met["vraag voor overleg"] > 0 or not many
    assert words_met(met) > (proof.size / 50 if many else 0)


def words_met(met: Counter[str]) -> int:
    """How often an answer bore something that somebody wrote. A small sample may be of worlds where nobody does."""
    return met["feit"] + met["tekst"] + met["naam"]

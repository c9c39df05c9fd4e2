"""Who may read, write, delete and direct: three answers that have nothing in common but the rules.

A plain-Python oracle (grant_worlds), the gate's query sets with the policies off, and the policies of PostgreSQL with
the gate off, about the same random people, dossiers and grants. The decisions are about one table inside dossiers;
that every other table is decided by the same words is looked at first.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable, Iterable
from uuid import UUID, uuid4

import pytest
from django.contrib.auth.models import Permission
from django.db import DatabaseError, transaction
from django.utils import timezone

from casework.models import SignalDraft
from partners import models as partners
from partners.models import User
from privacy import grants
from privacy.access import visible
from privacy.acting import acting
from privacy.actor import Actor
from privacy.encryption import keys
from privacy.models import Compartment, Dossier, Exclusion, Grant
from tests.proofs import Proof
from tests.prove import grant_worlds
from tests.prove.behind import past_policies, rows, seen_from_behind
from tests.prove.grant_worlds import World
from tests.walls.helpers import dossier_models

MAKER = uuid4()
PROBE = SignalDraft._meta.db_table
INSERTS = 3
# Who decides reads the part of a proposal and only answers in it: one policy more (tests/walls/test_ladder.py).
# The officer also watches that a person asked something and by when it is answered: states and days, nothing sealed.
MORE = {"escalation_proposal": {"answers"}, "casework_rightsrequest": {"watched"}}
# Files are never changed and go with their owner's hand: tests/attachments/test_walls.py.
FILES = {"casework_attachment": ("deletes",), "casework_attachmentchunk": ("deletes", "updates")}


def _act_as(actor: UUID, roles: str = "") -> None:
    rows(
        "SELECT set_config('casustafel.actor', %s, true), set_config('casustafel.roles', %s, true), "
        "set_config('casustafel.themes', %s, true)",
        [str(actor), roles, ",".join(grant_worlds.THEMES)],
    )


def _write_people(world: World) -> None:
    stamp = uuid4().hex[:8]
    partners.Organisation.objects.bulk_create(
        partners.Organisation(id=pk, name=f"{stamp} {number}", kind="politie", active=active)
        for number, (pk, active) in enumerate(world.organisations.items())
    )
    for number, covenant in enumerate(world.covenants):
        row = partners.Covenant.objects.create(
            name=f"{stamp} {number}",
            themes=covenant.themes,
            categories=[],
            valid_from=covenant.valid_from,
            valid_until=covenant.valid_until,
        )
        row.organisations.set(covenant.organisations)
    User.objects.bulk_create(
        User(id=person.id, email=f"{person.id}@proef.example", name="Proef", organisation_id=person.organisation)
        for person in world.people
    )


def _write_dossiers(world: World) -> None:
    epoch = keys.newest_epoch()
    Dossier.objects.bulk_create(
        Dossier(
            id=d.id,
            kind=d.kind,
            reference=f"P{d.id.hex[:20]}",
            table_id=d.table,
            theme=d.theme,
            first_processed_on=world.today,
            created_by=MAKER,
        )
        for d in world.dossiers
    )
    Compartment.objects.bulk_create(
        Compartment(
            id=p.id,
            dossier_id=p.dossier.id,
            kind=p.kind,
            organisation_id=p.organisation,
            wrapped_key=b"none",
            epoch=epoch,
            created_by=MAKER,
        )
        for p in world.parts
    )
    for part in world.parts:
        _insert(part.id, part.dossier.id)
    rows("SET LOCAL session_replication_role = replica")
    for case, signal in world.links:
        regie = next(part.id for part in case.parts if part.kind == "regie")
        rows(
            "INSERT INTO casework_casesignal (id, dossier_id, compartment_id, case_id, signal_dossier_id, at) "
            "VALUES (%s, %s, %s, %s, %s, now())",
            [uuid4(), case.id, regie, uuid4(), signal.id],
        )
    rows("SET LOCAL session_replication_role = origin")


def _insert(compartment: UUID, dossier: UUID) -> None:
    rows(
        f"INSERT INTO {PROBE} (id, dossier_id, compartment_id, version, theme, body, changed_at) "
        "VALUES (%s, %s, %s, 1, '', '', now())",
        [uuid4(), dossier, compartment],
    )


def _write_grants(world: World) -> None:
    permissions = dict(
        Permission.objects.filter(content_type__app_label="privacy", codename__endswith="_dossier").values_list(
            "codename", "pk"
        )
    )
    Grant.objects.bulk_create(
        Grant(
            id=given.id,
            user_id=given.person.id,
            permission_id=permissions[f"{given.level}_dossier"],
            content_object_id=given.part.dossier.id,
            compartment_id=given.part.id,
            kind=given.part.dossier.kind,
            part=given.part.kind,
            table_id=given.part.dossier.table,
            theme=given.part.dossier.theme,
            may_write=given.level != "view",
            directs=given.level == "direct",
            ground="proef",
            given_by=MAKER,
            given_for=given.reason,
            valid_from=given.begins,
            valid_until=given.ends,
            revoked_at=world.now if given.revoked else None,
            sort_at=world.now,
        )
        for given in world.grants
    )


def _some(chance: random.Random, world: World, share: float) -> Iterable[tuple[grant_worlds.Dossier, UUID]]:
    pairs = [(dossier, person.id) for dossier in world.dossiers for person in world.people]
    return chance.sample(pairs, int(len(pairs) * share))


def _exclude_before(chance: random.Random, world: World) -> None:
    """Exclusions that stand when the grants are given; some are over by then."""
    for dossier, person in _some(chance, world, 0.08):
        over = chance.random() < 0.3
        (dossier.was_excluded if over else dossier.excluded).add(person)
        ended = {"ended_at": world.now, "ended_by": MAKER} if over else {}
        Exclusion.objects.create(dossier_id=dossier.id, user_id=person, reason="other", set_by=MAKER, **ended)


def _exclude_after(chance: random.Random, world: World) -> None:
    _act_as(MAKER, "privacy_officer")
    for dossier, person in _some(chance, world, 0.08):
        if person in dossier.excluded:
            continue
        try:
            with transaction.atomic():
                rows("SELECT privacy_exclude(%s, %s, 'other')", [dossier.id, person])
        except DatabaseError:
            assert not world.can_be_spared(dossier, person)
            continue
        assert world.can_be_spared(dossier, person)
        world.exclude(dossier, person, True)
        if chance.random() < 0.4:
            standing = Exclusion.objects.get(dossier_id=dossier.id, user_id=person, ended_at=None)
            rows("SELECT privacy_lift_exclusion(%s)", [standing.pk])
            world.exclude(dossier, person, False)


def _end_and_shield(chance: random.Random, world: World) -> None:
    _act_as(MAKER, "beheerder")
    reason = chance.choice([given.reason for given in world.grants])
    rows("SELECT privacy_end_grants(%s, NULL, NULL)", [reason])
    for given in world.grants:
        given.revoked = given.revoked or given.reason == reason
    for dossier in chance.sample(world.dossiers, 2):
        director = next((p for p in world.people if dossier.id in world.directs(p)), None)
        if director is not None:
            _act_as(director.id)
            rows("SELECT privacy_shield(%s)", [dossier.id])
            world.shield(dossier)


def bring(chance: random.Random, world: World) -> None:
    """Writes a world into the database, past every policy but through every trigger and function."""
    with past_policies():
        _act_as(MAKER)
        _write_people(world)
        _write_dossiers(world)
        _exclude_before(chance, world)
        _write_grants(world)
        _exclude_after(chance, world)
        _end_and_shield(chance, world)
        _act_as(MAKER)


def by_gate(by: Actor) -> dict[str, set[UUID]]:
    """What the query sets say while no policy binds."""
    with past_policies():
        valid = grants.valid(by)
        writes = set(valid.filter(may_write=True).values_list("compartment_id", flat=True))
        directed = set(valid.filter(directs=True).values_list("content_object_id", flat=True))
        return {
            "reads": set(visible(SignalDraft, by=by).values_list("compartment_id", flat=True)),
            "writes": writes,
            "directs": directed,
            "deletes": set(
                Compartment.objects.filter(pk__in=writes, dossier__in=directed).values_list("pk", flat=True)
            ),
        }


def _undone(statement: str) -> set[UUID]:
    with transaction.atomic():
        found = {row[0] for row in rows(statement)}
        transaction.set_rollback(True)
    return found


def by_database() -> dict[str, set[UUID]]:
    """What the policies say of plain SQL."""
    return {
        "reads": {row[0] for row in rows(f"SELECT compartment_id FROM {PROBE}")},
        "keys": {row[0] for row in rows("SELECT id FROM privacy_compartment")},
        "writes": _undone(f"UPDATE {PROBE} SET theme = theme RETURNING compartment_id"),
        "deletes": _undone(f"DELETE FROM {PROBE} RETURNING compartment_id"),
        "directs": {row[0] for row in rows("SELECT dossier_id FROM privacy_grant WHERE directs")},
    }


def may_insert(compartment: UUID, dossier: UUID) -> bool:
    try:
        with transaction.atomic():
            _insert(compartment, dossier)
            transaction.set_rollback(True)
    except DatabaseError:
        return False
    return True


def compare(world: World, person: grant_worlds.Person, chance: random.Random, proof: Proof, where: str) -> None:
    """Every decision about one person in this world."""
    by = User.objects.get(pk=person.id).as_actor()
    oracle: dict[str, Callable[[grant_worlds.Person], set[UUID]]] = {
        "reads": world.reads, "writes": world.writes, "deletes": world.deletes, "directs": world.directs,
    }  # fmt: skip
    with acting(by):
        gate, database = by_gate(by), by_database()
        functions = {d.id for d in world.dossiers if rows("SELECT privacy_directs(%s)", [d.id])[0][0]}
        inserts = {p.id: may_insert(p.id, p.dossier.id) for p in chance.sample(world.parts, INSERTS)}
    every = {"directs": {d.id for d in world.dossiers}}
    for verb, says in oracle.items():
        right = says(person)
        for one in every.get(verb, {part.id for part in world.parts}):
            answers = (one in right, one in gate[verb], one in database[verb])
            proof.attempt(len(set(answers)) == 1, f"{where}, {verb} {one}: oracle, gate, database say {answers}")
    if database["keys"] != world.reads(person) or functions != world.directs(person):
        proof.fail(f"{where}: keys or regie differ")
    for compartment, allowed in inserts.items():
        proof.attempt(allowed == (compartment in world.writes(person)), f"{where}, insert {compartment}: {allowed}")


def _words(table: str) -> dict[str, tuple[str, str]]:
    found = rows(
        "SELECT policyname, coalesce(qual, ''), coalesce(with_check, '') FROM pg_policies "
        "WHERE tablename = %s AND permissive = 'PERMISSIVE'",
        [table],
    )
    return {
        name: tuple(re.sub(rf"\b{table}\b", "here", text) for text in (using, check)) for name, using, check in found
    }  # type: ignore[misc]


def test_every_table_inside_a_dossier_is_decided_by_the_same_words() -> None:
    probe = _words(PROBE)
    assert set(probe) == {"reads", "inserts", "updates", "deletes"}
    words = {model._meta.db_table: _words(model._meta.db_table) for model in dossier_models()}
    for table, more in MORE.items():
        assert words[table].keys() - probe.keys() == more
        for name in more:
            del words[table][name]
    for table, own in FILES.items():
        assert words[table].keys() == probe.keys()
        words[table] |= {name: probe[name] for name in own}
    assert words == {model._meta.db_table: probe for model in dossier_models()}


@pytest.mark.proof("decision_agreement", full=100_000, sample=5_000)  # several worlds: one may have no lapsed covenant
def test_the_oracle_the_gate_and_the_database_never_disagree(proof: Proof) -> None:
    seed = random.randrange(2**32)
    chance = random.Random(seed)
    number, yes = 0, Counter[str]()
    while not proof.enough:
        world = grant_worlds.make(chance, timezone.now(), timezone.localdate())
        with seen_from_behind():
            bring(chance, world)
            for person in world.people:
                if not proof.enough:
                    compare(world, person, chance, proof, f"seed {seed}, world {number}, {person.id}")
                    yes.update(reads=len(world.reads(person)), deletes=len(world.deletes(person)))
        number += 1
    assert yes["reads"] > 0, "nothing was allowed"
    if number > 10:  # a single world may be a meagre one
        assert yes["reads"] > proof.size / 40, "worlds in which hardly anything is allowed prove nothing"
        assert yes["deletes"] > proof.size / 400

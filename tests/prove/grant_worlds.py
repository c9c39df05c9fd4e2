"""Random worlds of people, dossiers and grants, and what their readers may according to the text of the rules.

The oracle is plain Python over plain values. It was written from the design (grants name persons, begin, end and can
be revoked; an exclusion beats every grant, follows the links between a case and its signals and never takes the last
who directs; access to signals and cases ends with the covenant; a shielded dossier
leaves a cover to who directs and who reported) and never looks at a query or a policy.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

THEMES = ("woonoverlast", "jonge_aanwas", "hgkm", "ondermijning")
KINDS = ("signal", "signal", "case", "case", "draft", "import", "request")
PARTS = ("cover", "table", "regie", "liaison", "own", "item")
WITH_ORGANISATION = ("liaison", "own", "item")


@dataclass(eq=False)
class Covenant:
    themes: list[str]
    organisations: list[UUID]
    valid_from: date
    valid_until: date | None


@dataclass(eq=False)
class Person:
    id: UUID
    organisation: UUID


@dataclass(eq=False)
class Part:
    id: UUID
    dossier: Dossier
    kind: str
    organisation: UUID | None


@dataclass(eq=False)
class Dossier:
    id: UUID
    kind: str
    theme: str
    table: UUID
    parts: list[Part] = field(default_factory=list)
    shielded: bool = False
    excluded: set[UUID] = field(default_factory=set)
    was_excluded: set[UUID] = field(default_factory=set)


@dataclass(eq=False)
class Given:
    """One grant."""

    id: UUID
    person: Person
    part: Part
    level: str
    reason: str
    begins: datetime | None
    ends: datetime | None
    revoked: bool

    def ended(self, now: datetime) -> bool:
        return self.revoked or (self.ends is not None and self.ends <= now)


@dataclass(eq=False)
class World:
    """All of it, at one moment."""

    now: datetime
    today: date
    organisations: dict[UUID, bool]  # and whether it is active
    covenants: list[Covenant]
    people: list[Person]
    dossiers: list[Dossier]
    grants: list[Given]
    kept_cover: set[UUID] = field(default_factory=set)
    links: list[tuple[Dossier, Dossier]] = field(default_factory=list)  # a case and a signal in it

    @property
    def parts(self) -> list[Part]:
        return [part for dossier in self.dossiers for part in dossier.parts]

    # --- the oracle ---

    def bound(self, organisation: UUID, theme: str) -> bool:
        """Whether a covenant in force today names an organisation, which has not stopped, for a theme."""
        return self.organisations[organisation] and any(
            organisation in covenant.organisations
            and theme in covenant.themes
            and covenant.valid_from <= self.today
            and (covenant.valid_until is None or self.today <= covenant.valid_until)
            for covenant in self.covenants
        )

    def counts(self, given: Given) -> bool:
        dossier = given.part.dossier
        if given.ended(self.now) or (given.begins is not None and given.begins > self.now):
            return False
        if given.person.id in dossier.excluded:
            return False
        if dossier.shielded and given.id not in self.kept_cover:
            return False
        return dossier.kind not in ("signal", "case") or self.bound(given.person.organisation, dossier.theme)

    def held(self, person: Person) -> list[Given]:
        return [given for given in self.grants if given.person is person and self.counts(given)]

    def reads(self, person: Person) -> set[UUID]:
        """The parts this person may read now."""
        return {given.part.id for given in self.held(person)}

    def writes(self, person: Person) -> set[UUID]:
        """The parts in which this person may write now: never in a shielded dossier."""
        return {
            given.part.id for given in self.held(person) if given.level != "view" and not given.part.dossier.shielded
        }

    def directs(self, person: Person) -> set[UUID]:
        """The dossiers this person directs now."""
        return {given.part.dossier.id for given in self.held(person) if given.level == "direct"}

    def deletes(self, person: Person) -> set[UUID]:
        """The parts from which this person may delete now: who directs, where it may write."""
        directed, writable = self.directs(person), self.writes(person)
        return {part.id for part in self.parts if part.id in writable and part.dossier.id in directed}

    def hangs_together(self, dossier: Dossier) -> set[UUID]:
        """The dossiers that are linked with this one, by whatever way, and it itself."""
        found, before = {dossier.id}, 0
        while len(found) > before:
            before = len(found)
            for case, signal in self.links:
                if found & {case.id, signal.id}:
                    found |= {case.id, signal.id}
        return found

    def can_be_spared(self, dossier: Dossier, person: UUID) -> bool:
        """Whether somebody else directs, or will, what this person directs."""
        directors = {
            given.person.id
            for given in self.grants
            if given.part.dossier is dossier and given.level == "direct" and not given.ended(self.now)
        } - dossier.excluded
        return person not in directors or len(directors) > 1

    # --- what changes it ---

    def exclude(self, dossier: Dossier, person: UUID, excluded: bool) -> None:
        together = self.hangs_together(dossier)
        for one in self.dossiers:
            if one.id in together:
                (one.excluded.add if excluded else one.excluded.discard)(person)

    def shield(self, dossier: Dossier) -> None:
        mine = [given for given in self.grants if given.part.dossier is dossier]
        directors = {given.person.id for given in mine if given.level == "direct" and not given.ended(self.now)}
        for given in mine:
            if given.part.kind == "cover" and (given.reason.startswith("report:") or given.person.id in directors):
                self.kept_cover.add(given.id)
        dossier.shielded = True


def _moment(chance: random.Random, now: datetime, unset: float) -> datetime | None:
    """Long ago, just now, soon or far away; a minute is far enough from the moment at which all is asked."""
    if chance.random() < unset:
        return None
    away = chance.choice((timedelta(minutes=chance.randint(2, 50)), timedelta(days=chance.randint(1, 400))))
    return now + away if chance.random() < 0.5 else now - away


def _covenant(chance: random.Random, today: date, organisations: list[UUID]) -> Covenant:
    begins = today + timedelta(days=chance.choice((-400, -30, -1, 0, 1, 20)))
    ends = max(begins, today + timedelta(days=chance.choice((-20, -1, 0, 1, 300))))
    return Covenant(
        chance.sample(THEMES, chance.randint(1, 4)),
        chance.sample(organisations, chance.randint(1, len(organisations))),
        begins,
        ends if chance.random() < 0.6 else None,
    )


def _dossier(chance: random.Random, tables: list[UUID], organisations: list[UUID]) -> Dossier:
    dossier = Dossier(uuid4(), chance.choice(KINDS), chance.choice(THEMES), chance.choice(tables))
    for kind in ("cover", "regie", *chance.sample(PARTS, 3)):
        if any(part.kind == kind and kind != "item" for part in dossier.parts):
            continue
        organisation = chance.choice(organisations) if kind in WITH_ORGANISATION else None
        dossier.parts.append(Part(uuid4(), dossier, kind, organisation))
    return dossier


def _grants(chance: random.Random, world: World) -> list[Given]:
    found = []
    for part in world.parts:
        for person in world.people:
            if chance.random() > 0.4 or (part.kind == "own" and person.organisation != part.organisation):
                continue
            for _ in range(chance.choice((1, 1, 2))):
                number = len(found)
                level = chance.choice(("direct", "contribute")) if part.kind == "regie" else "contribute"
                found.append(
                    Given(
                        uuid4(),
                        person,
                        part,
                        chance.choice(("view", level)),
                        f"{chance.choice(('seat', 'report', 'participation'))}:{number // 7}-{number % 7}"
                        if chance.random() < 0.5
                        else f"seat:{number % 5}",
                        _moment(chance, world.now, 0.6),
                        _moment(chance, world.now, 0.6),
                        chance.random() < 0.15,
                    )
                )
    # The database holds one valid grant per person, part, level and reason.
    once = {(g.person.id, g.part.id, g.level, g.reason, g.revoked and g.id): g for g in found}
    return list(once.values())


def make(chance: random.Random, now: datetime, today: date) -> World:
    """A world of ten people and about fifty parts; nothing of it is in the database yet."""
    organisations = {uuid4(): chance.random() < 0.85 for _ in range(5)}
    ids = list(organisations)
    tables = [uuid4() for _ in range(3)]
    world = World(
        now,
        today,
        organisations,
        [_covenant(chance, today, ids) for _ in range(chance.randint(2, 4))],
        [Person(uuid4(), chance.choice(ids)) for _ in range(10)],
        [_dossier(chance, tables, ids) for _ in range(13)],
        [],
    )
    world.grants = _grants(chance, world)
    cases = [dossier for dossier in world.dossiers if dossier.kind == "case"]
    for signal in world.dossiers:
        if cases and signal.kind == "signal" and chance.random() < 0.5:
            world.links.append((chance.choice(cases), signal))
    return world

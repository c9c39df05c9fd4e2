"""A working year of a table in the log: people who meet, act and read in working hours, and now and then do not."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.contrib.auth.models import Permission

from partners.models import Organisation, Seat, User
from privacy.encryption import keys
from privacy.free_days import free_days
from privacy.models import (
    AuditEntry,
    Compartment,
    Departure,
    Dossier,
    DossierFlag,
    Grant,
    ReviewTie,
)
from privacy.review.evaluating import midnight
from tests.world import Cast

ACCESS, UPDATE = AuditEntry.Action.ACCESS, AuditEntry.Action.UPDATE
BEGIN = date(2031, 1, 6)
CASES, PARTNERS = 60, 6
Key = tuple[str, UUID, date]


@dataclass
class Year:
    """Whom and what there is, what was written, and which patterns were planted in it."""

    cast: Cast
    dice: random.Random
    days: list[date]
    people: list[User] = field(default_factory=list)
    cases: list[Dossier] = field(default_factory=list)
    members: dict[UUID, list[User]] = field(default_factory=dict)
    regie: dict[UUID, UUID] = field(default_factory=dict)
    entries: list[AuditEntry] = field(default_factory=list)
    planted: dict[Key, str] = field(default_factory=dict)

    def at(self, day: date, hour: float) -> datetime:
        return midnight(day) + timedelta(hours=hour)

    def note(self, person: User, when: datetime, case: Dossier | None, event: str = "read", **more: Any) -> None:
        """One entry."""
        given: dict[str, Any] = {
            "id": uuid4(), "event": event, "action": ACCESS, "timestamp": when, "actor_id": person.pk,
            "actor_name": person.name, "actor_roles": "professional", "organisation_id": person.organisation_id,
            "organisation_name": "Proef", "changes": [], "trace_id": uuid4().hex, "session": f"s{when:%j}"[:16],
            "remote_addr": f"10.1.0.{self.people.index(person) + 1}",
            "mac": b"0" * 32, "dossiers": [case.pk] if case else [], "references": [case.reference] if case else [],
        }  # fmt: skip
        self.entries.append(AuditEntry(**(given | more)))


def working_days(many: int) -> list[date]:
    days, day = [], BEGIN
    while len(days) < many:
        if not free_days().why_not_working(day):
            days.append(day)
        day += timedelta(days=1)
    return days


def a_year(cast: Cast, *, days: int, seed: int) -> Year:
    """People with seats, cases with grants; nothing in the log yet."""
    year = Year(cast, random.Random(seed), working_days(days))
    homes = Organisation.objects.bulk_create(Organisation(name=f"Proef {n}", kind="welzijn") for n in range(4))
    year.people = User.objects.bulk_create(
        User(email=f"y{n}@proef.example", name=f"Lezer {n}", organisation=homes[n % 4]) for n in range(70)
    )
    begun = midnight(BEGIN - timedelta(days=1))
    Seat.objects.bulk_create(
        Seat(table=cast.overlast, user=person, role="professional", valid_from=begun) for person in year.people
    )
    year.cases = Dossier.objects.bulk_create(
        Dossier(
            kind="case", reference=f"Y-{n}", table_id=cast.overlast.pk, theme="woonoverlast", first_processed_on=BEGIN,
            sort_at=begun, created_by=cast.rosa.pk,
        ) for n in range(CASES)
    )  # fmt: skip
    _grants(year, begun)
    return year


def _grants(year: Year, begun: datetime) -> None:
    epoch, permission = keys.newest_epoch(), Permission.objects.get(codename="view_dossier")
    for number, case in enumerate(year.cases):
        # The first thirty people work; the others are there for the patterns.
        year.members[case.pk] = [year.people[(number + step * 5) % 30] for step in range(PARTNERS)]
        parts = Compartment.objects.bulk_create(
            Compartment(dossier=case, kind=kind, wrapped_key=b"x", epoch=epoch, created_by=case.created_by)
            for kind in ("table", "regie")
        )
        year.regie[case.pk] = parts[1].pk
        Grant.objects.bulk_create(
            Grant(
                user=person, permission=permission, content_object=case, compartment=part, kind="case", part=part.kind,
                table_id=case.table_id, theme=case.theme, directs=part.kind == "regie", ground="avg_6_1_e",
                given_by=case.created_by, given_for=f"participation:{uuid4()}", given_at=begun, sort_at=begun,
            )
            for place, person in enumerate(year.members[case.pk]) for part in (parts if place == 0 else parts[:1])
        )  # fmt: skip


def ordinary(year: Year, many: int) -> None:
    """What people do on working days: a meeting every two weeks, acts, reads after a list, a print, a refusal."""
    dice, per_day = year.dice, many // len(year.days)
    for place, day in enumerate(year.days):
        for number, case in enumerate(year.cases):
            if place % 9 == number % 9:
                for person in year.members[case.pk]:
                    if dice.random() < 0.1:
                        continue  # ill, or on leave
                    year.note(person, year.at(day, 10), case, "meeting.present", channel="table", session="")
        for _ in range(per_day - len(year.cases) * PARTNERS // 9):
            case = dice.choice(year.cases)
            person, when = dice.choice(year.members[case.pk]), year.at(day, dice.uniform(7.5, 18))
            luck = dice.random()
            if luck < 0.001:  # once in a while somebody works late
                year.note(person, year.at(day, dice.uniform(19, 22)), case)
            elif luck < 0.08:
                year.note(person, when, case, "case.contributed", action=UPDATE)
            elif luck < 0.2:
                mine = [one for one in year.cases if person in year.members[one.pk]]
                year.note(
                    person, when, None, "list", dossiers=[one.pk for one in mine],
                    references=[one.reference for one in mine],
                )  # fmt: skip
            elif luck < 0.21:
                year.note(person, when, case, "export")
            elif luck < 0.215:
                year.note(person, when, None, "refused", outcome="refused")
            elif luck < 0.4 and person == year.members[case.pk][0]:
                where = {"remote_addr": "10.9.9.9"} if dice.random() < 0.005 else {}  # works elsewhere for once
                year.note(person, when, case, compartments=[year.regie[case.pk]], **where)
            else:
                year.note(person, when, case)


def plant(year: Year) -> None:
    """Thirty patterns of misuse, each by somebody of its own, so that it is clear what ought to be found."""
    codes = [f"R{n}" for n in range(1, 17)] * 2
    for number, code in enumerate(codes[:30]):
        person, day = year.people[30 + number], year.days[-3 - number]
        case = year.cases[number]
        PATTERNS[code](year, person, day, case)
        year.planted[code, person.pk, day if code != "R7" else OFF[person.pk]] = code


OFF: dict[UUID, date] = {}


def _give(year: Year, person: User, case: Dossier, since: date, **more: Any) -> None:
    part = Compartment.objects.get(dossier=case, kind=more.pop("kind", "table"))
    permission = Permission.objects.get(codename="view_dossier")
    Grant.objects.bulk_create([
        Grant(
            user=person, permission=permission, content_object=case, compartment=part, kind="case", part=part.kind,
            table_id=case.table_id, theme=case.theme, ground="avg_6_1_e", given_by=case.created_by,
            given_for=f"participation:{uuid4()}", given_at=midnight(since), sort_at=midnight(since), **more,
        )
    ])  # fmt: skip


def r1(year: Year, person: User, day: date, case: Dossier) -> None:
    year.note(person, year.at(day, 11), case)


def r2(year: Year, person: User, day: date, case: Dossier) -> None:
    _give(year, person, case, day - timedelta(days=20))
    year.note(person, year.at(day, 11), case)


def r3(year: Year, person: User, day: date, case: Dossier) -> None:
    _give(year, person, case, day)
    year.note(person, year.at(day, 11), case, break_glass=True)


def r4(year: Year, person: User, day: date, case: Dossier) -> None:
    _give(year, person, case, day)
    part = Compartment.objects.get(dossier=case, kind="regie")
    DossierFlag.objects.bulk_create([
        DossierFlag(dossier=case, compartment=part, code="bekend", set_by=case.created_by, set_at=year.at(day, 10),
                    ended_at=year.at(day, 12))
    ])  # fmt: skip
    year.note(person, year.at(day, 11), case)


def _tie(kind: str) -> Any:
    def planted(year: Year, person: User, day: date, case: Dossier) -> None:
        _give(year, person, case, day)
        part = Compartment.objects.get(dossier=case, kind="table")
        ReviewTie.objects.bulk_create([
            ReviewTie(dossier_id=case.pk, compartment_id=part.pk, reader_id=person.pk, kind=kind)
        ])  # fmt: skip
        year.note(person, year.at(day, 11), case)

    return planted


def r7(year: Year, person: User, day: date, case: Dossier) -> None:
    off = OFF[person.pk] = day + timedelta(days=(5 - day.weekday()) % 7)
    _give(year, person, case, off)
    year.note(person, year.at(off, 15), case)


def r8(year: Year, person: User, day: date, case: Dossier) -> None:
    for place, one in enumerate(year.cases[:20]):
        _give(year, person, one, day)
        year.note(person, year.at(day, 9 + place / 4), one)


def r9(year: Year, person: User, day: date, case: Dossier) -> None:
    _give(year, person, case, day)
    for place in range(4):
        year.note(person, year.at(day, 11 + place), case, "export")


def r10(year: Year, person: User, day: date, case: Dossier) -> None:
    for place in range(3):
        year.note(person, year.at(day - timedelta(days=place), 11), None, "known.nothing", changes=["bsn"])


def r11(year: Year, person: User, day: date, case: Dossier) -> None:
    for place in range(6):
        year.note(person, year.at(day, 11 + place / 60), None, "refused", outcome="refused")


def r12(year: Year, person: User, day: date, case: Dossier) -> None:
    _give(year, person, case, day)
    Departure.objects.bulk_create([
        Departure(person_id=person.pk, person_name="x", organisation_name="y", left_at=year.at(day, 1),
                  left_by=case.created_by)
    ])  # fmt: skip
    year.note(person, year.at(day, 11), case)


def r13(year: Year, person: User, day: date, case: Dossier) -> None:
    _give(year, person, case, day - timedelta(days=4), kind="regie")
    year.note(person, year.at(day - timedelta(days=4), 11), case)
    year.note(person, year.at(day, 11), case, compartments=[year.regie[case.pk]], remote_addr="10.8.8.8", session="new")


def r14(year: Year, person: User, day: date, case: Dossier) -> None:
    year.note(person, year.at(day, 11), case, "log.read", actor_roles="privacy_officer")


def r15(year: Year, person: User, day: date, case: Dossier) -> None:
    closed = Dossier(
        kind="case", reference=f"D-{uuid4().hex[:8]}", table_id=case.table_id, theme=case.theme, sort_at=case.sort_at,
        first_processed_on=BEGIN, created_by=case.created_by, shielded_at=midnight(day - timedelta(days=3)),
    )  # fmt: skip
    Dossier.objects.bulk_create([closed])
    epoch = keys.newest_epoch()
    Compartment.objects.bulk_create([
        Compartment(dossier=closed, kind="table", wrapped_key=b"x", epoch=epoch, created_by=case.created_by)
    ])  # fmt: skip
    _give(year, person, closed, day)
    year.note(person, year.at(day, 11), closed)


def r16(year: Year, person: User, day: date, case: Dossier) -> None:
    order = year.cases[20:32]
    for one in order:
        _give(year, person, one, day)
    year.note(
        person, year.at(day, 10.9), None, "list", dossiers=[one.pk for one in order],
        references=[one.reference for one in order],
    )  # fmt: skip
    for place, one in enumerate(order):
        year.note(person, year.at(day, 11 + place / 60), one)


PATTERNS: dict[str, Any] = {
    "R1": r1, "R2": r2, "R3": r3, "R4": r4, "R5": _tie("name"), "R6": _tie("colleague"), "R7": r7, "R8": r8, "R9": r9,
    "R10": r10, "R11": r11, "R12": r12, "R13": r13, "R14": r14, "R15": r15, "R16": r16,
}  # fmt: skip

"""Which rows of a dossier are this person, and who else is in it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from casework import known
from casework.models import CaseNumber, CaseSubject, GroupMember, Member, RightsPerson, SignalNumber, SignalSubject
from casework.third_parties import Somebody
from privacy.access import opened

PersonRow = CaseSubject | SignalSubject | Member | GroupMember
# Every table in which a person stands.
TABLES: tuple[type[PersonRow], ...] = (CaseSubject, SignalSubject, Member, GroupMember)


@dataclass(slots=True)
class Known:
    """The rows that are the person, with the number that stands beside one, and the others in these dossiers."""

    rows: list[PersonRow] = field(default_factory=list)
    numbers: dict[UUID, str] = field(default_factory=dict)
    others: list[Somebody] = field(default_factory=list)

    @property
    def keys(self) -> frozenset[UUID]:
        return frozenset(row.pk for row in self.rows)

    @property
    def dossiers(self) -> frozenset[UUID]:
        return frozenset(row.dossier_id for row in self.rows)


def find(person: RightsPerson, dossiers: Iterable[UUID]) -> Known:
    """Reads the people of dossiers that were opened; the same spelling decides as when the dossiers were found."""
    ids, found = list(dossiers), Known()
    numbers = {row.subject_id: row.bsn for row in opened(CaseNumber).filter(dossier__in=ids)}
    numbers |= {row.subject_id: row.bsn for row in opened(SignalNumber).filter(dossier__in=ids)}
    mine = known.person_keys(person.name, person.birth_date)
    for table in TABLES:
        people: Iterable[PersonRow] = opened(table).filter(dossier__in=ids).select_related("dossier")
        for row in people:
            number = numbers.get(row.pk, "")
            same_number = bool(person.bsn) and number == person.bsn
            if same_number or (mine & known.person_keys(row.name or "", row.birth_date)):
                found.rows.append(row)
                found.numbers[row.pk] = number
            elif row.name:
                found.others.append(Somebody(row.name, row.birth_date, number, getattr(row, "address", None) or ""))
    return found


def itself(person: RightsPerson) -> Somebody:
    """The person as a text may speak of it."""
    born: date = person.birth_date
    return Somebody(person.name, born, person.bsn or "", person.address or "")

"""Who decides for whom at a table, as the beheerder reads it. Nothing of any case."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet

from escalation.authority_files import Authority, authorities
from escalation.laddering import ladders_for
from escalation.models import Holder, Mandate
from escalation.rungs import Ladder
from escalation.services.authorities import why_no_holder
from partners.models import CaseTable, Seat, User
from privacy.errors import NotKnown


@dataclass(frozen=True, slots=True)
class AuthorityRow:
    """An authority, and who decides for it at this table. `why_not`: why nobody is noted for it."""

    code: str
    label: str
    outside: bool
    members: str
    asked: bool
    holders: tuple[Holder, ...]
    why_not: str


@dataclass(frozen=True, slots=True)
class MandateRow:
    """A mandate in words. `state` is empty when it counts today."""

    pk: UUID
    giver: str
    to: str
    document: str
    since: date
    until: date | None
    state: str


def asked_by(ladders: Iterable[Ladder]) -> frozenset[str]:
    """Every authority that something on these ladders asks for."""
    found: set[str] = set()
    for rung in (rung for ladder in ladders for rung in ladder.rungs):
        found.update(rung.decides, rung.leave_decides, (one.to for one in rung.mandates))
        found.update(code for term in rung.terms for code in term.extend_decides)
    return frozenset(found)


def rows(table: CaseTable) -> list[AuthorityRow]:
    """Every authority; those that the ladders of this table ask for first."""
    holding: dict[str, list[Holder]] = defaultdict(list)
    for holder in _holders().filter(table=table).order_by("user__name"):
        holding[holder.authority].append(holder)
    asked = asked_by(ladders_for(table.theme))
    found = [_row(one, one.code in asked, holding[one.code]) for one in authorities().all]
    return sorted(found, key=lambda row: not row.asked)


def _row(one: Authority, asked: bool, holders: Iterable[Holder]) -> AuthorityRow:
    members = authorities().labels(one.members)
    return AuthorityRow(one.code, one.label, one.outside, members, asked, tuple(holders), why_no_holder(one))


def _holders() -> QuerySet[Holder]:
    return Holder.objects.filter(ended_at__isnull=True).select_related("user__organisation", "table")


def mandates(table: CaseTable, today: date) -> list[MandateRow]:
    """The mandates at this table that were not ended and are not over."""
    found = Mandate.objects.filter(table=table, ended_at__isnull=True).exclude(until__lt=today)
    return [_mandate(one, today) for one in found]


def _mandate(one: Mandate, today: date) -> MandateRow:
    named = authorities()
    state = "Nog niet ingegaan" if one.since > today else ""
    giver, to = named.get(one.giver).label, named.get(one.to).label
    return MandateRow(one.pk, giver, to, one.document, one.since, one.until, state)


def known_mandates(table: CaseTable) -> list[tuple[str, str]]:
    """The mandates that a rung of this table's ladders knows, as choices: one of them may be given."""
    pairs = {
        (one.giver, one.to) for ladder in ladders_for(table.theme) for rung in ladder.rungs for one in rung.mandates
    }  # fmt: skip
    named = authorities()
    return [
        (f"{giver}:{to}", f"{named.get(giver).label} aan {named.get(to).label}")
        for giver, to in sorted(pairs)
    ]  # fmt: skip


def seated(table: CaseTable, now: datetime) -> QuerySet[User]:
    """Who has a valid seat at this table, by organisation."""
    seats = Seat.objects.valid_at(now).filter(table=table)
    people = User.objects.filter(is_active=True, pk__in=seats.values("user"))
    return people.select_related("organisation").order_by("organisation__name", "name")


def one_holder(table: UUID, pk: UUID) -> Holder:
    """Somebody who decides or decided at this table; raises NotKnown."""
    found = Holder.objects.select_related("user", "table").filter(table=table, pk=pk).first()
    if found is None:
        raise NotKnown
    return found


def one_mandate(table: UUID, pk: UUID) -> Mandate:
    """A mandate at this table, also when it was ended; raises NotKnown."""
    found = Mandate.objects.select_related("table").filter(table=table, pk=pk).first()
    if found is None:
        raise NotKnown
    return found

"""What the beheerder must do now. Counted from organisations, covenants, tables and seats; no dossier is touched."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from partners import upkeep
from partners.accounting.people import FILTERS, people, working
from partners.models import CaseTable, Covenant, Seat, User
from partners.queries import bound_organisations, open_cases_at
from privacy.roles import Role

SOON = timedelta(days=60)
SHOWN = 5
PROOFS = "Screening of training"


@dataclass(frozen=True, slots=True)
class Todo:
    """One line: what, about what, when, and where to do it. `count` lines more are behind the same link."""

    what: str
    which: str
    url_name: str
    pk: UUID | None
    action: str
    when: str = ""
    late: bool = False


def in_days(days: int) -> str:
    """How far away a day is, in words."""
    if days == 0:
        return "vandaag"
    if abs(days) == 1:
        return "morgen" if days > 0 else "gisteren"
    return f"over {days} dagen" if days > 0 else f"{-days} dagen geleden"


def _with_what_hangs_on_it(covenant: Covenant, now: datetime) -> str:
    """The name, and whom it lets in: when it ends, their access ends with it unless another covenant binds."""
    homes = covenant.organisations.filter(active=True)
    seats = Seat.objects.valid_at(now).filter(table__theme__in=covenant.themes, user__organisation__in=homes)
    organisations, sitting = homes.count(), seats.count()
    bound = f"{organisations} {'organisatie' if organisations == 1 else 'organisaties'}"
    return f"{covenant.name}: {bound}, {sitting} {'zetel' if sitting == 1 else 'zetels'}"


def _covenants(now: datetime) -> list[Todo]:
    today = timezone.localdate(now)
    ending = Covenant.objects.filter(valid_until__lte=today + SOON, valid_until__gte=today - SOON)
    return [
        Todo(
            "Convenant is afgelopen" if covenant.valid_until < today else "Convenant loopt af",
            _with_what_hangs_on_it(covenant, now),
            "covenant-edit",
            covenant.pk,
            "Bekijk",
            in_days((covenant.valid_until - today).days),
            covenant.valid_until < today,
        )
        for covenant in ending.order_by("valid_until")
        if covenant.valid_until is not None
    ]


def _and_more(lines: list[Todo], rest: int, what: str, url_name: str) -> list[Todo]:
    more = [Todo(what, f"en nog {rest} meer", url_name, None, "Bekijk")] if rest > 0 else []
    return lines + more


def _seats_ending(now: datetime) -> list[Todo]:
    ending = Seat.objects.valid_at(now).filter(valid_until__lte=now + SOON, user__is_active=True)
    rows = ending.select_related("user", "table").order_by("valid_until")
    lines = [
        Todo(
            "Zetel loopt af",
            f"{seat.user.name}, {seat.table.name}",
            "table-detail",
            seat.table_id,
            "Bekijk",
            in_days((timezone.localdate(seat.valid_until) - timezone.localdate(now)).days),
        )
        for seat in rows[:SHOWN]
        if seat.valid_until is not None
    ]
    return _and_more(lines, ending.count() - SHOWN, "Zetel loopt af", "table-list")


def unbound_seats(table: CaseTable, now: datetime) -> list[Seat]:
    """Seats at this table of people whose organisation no covenant binds for its theme today."""
    bound = bound_organisations(table.theme, timezone.localdate(now))
    seats = Seat.objects.valid_at(now).filter(table=table).exclude(user__organisation__in=bound)
    return list(seats.select_related("user__organisation").order_by("user__name"))


def _tables(now: datetime) -> list[Todo]:
    lines = []
    directed = Seat.objects.valid_at(now).filter(role=Role.PROCESREGISSEUR, user__is_active=True).values("table")
    without = list(CaseTable.objects.filter(active=True).exclude(pk__in=directed))
    counted = open_cases_at([table.pk for table in without]) if without else {}
    for table in without:
        number = counted.get(table.pk, 0)
        cases = f": {number} {'casus loopt' if number == 1 else 'casussen lopen'} zonder regie" if number else ""
        lines.append(
            Todo(
                "Tafel zonder procesregisseur",
                f"{table.name}{cases}",
                "table-detail",
                table.pk,
                "Geef een zetel",
                late=bool(number),
            )
        )
    for table in CaseTable.objects.filter(active=True, regie_wanted_at__isnull=False, pk__in=directed):
        lines.append(
            Todo("Vraag om nog een procesregisseur", table.name, "table-detail", table.pk, "Geef een zetel", late=True)
        )
    for table in CaseTable.objects.filter(active=True):
        seats = unbound_seats(table, now)
        if seats:
            names = ", ".join(sorted({seat.user.organisation.name for seat in seats}))
            people = "1 persoon" if len(seats) == 1 else f"{len(seats)} mensen"
            which = f"{table.name}: {people} van {names}"
            lines.append(Todo("Zetel zonder geldig convenant", which, "table-detail", table.pk, "Bekijk", late=True))
    return lines


def _people() -> list[Todo]:
    active = User.objects.filter(is_active=True)
    lines = []
    if not active.filter(roles__contains=[Role.PRIVACY_OFFICER]).exists():
        lines.append(Todo("Er is geen privacy officer", "", "person-new", None, "Voeg toe", late=True))
    waiting = active.filter(Q(password="") | Q(password__startswith="!"))  # noqa: S106  # Django's mark for none
    count = waiting.count()
    if count == 1:
        person = waiting.get()
        lines.append(Todo("Nog geen wachtwoord gekozen", person.name, "person-edit", person.pk, "Nodig opnieuw uit"))
    elif count:
        lines.append(Todo("Nog geen wachtwoord gekozen", f"{count} mensen", "person-list", None, "Bekijk"))
    return lines


def _keys(now: datetime) -> list[Todo]:
    """One line for everything about keys and back-ups: the page says the rest."""
    late = [line for line in upkeep.lines(now) if line.late]
    if not late:
        return []
    first = f"{late[0].what}: {late[0].when}"
    which = first if len(late) == 1 else f"{first}, en nog {len(late) - 1} meer"
    return [Todo("Sleutels en back-up", which, "keys", None, "Bekijk", late=True)]


def _proofs(now: datetime) -> list[Todo]:
    """Two lines for everybody's screening and training: what is late, and what ends soon."""
    everybody = people(working(now), now)
    lines = []
    for chosen, what in (("ontbreekt", f"{PROOFS} ontbreekt"), ("loopt-af", f"{PROOFS} loopt af")):
        found = [person for person in everybody if person.shows(FILTERS[chosen])]
        if found:
            which = found[0].name if len(found) == 1 else f"{len(found)} mensen"
            lines.append(Todo(what, which, "proof-list", None, "Bekijk"))
    return lines


def todo(now: datetime) -> list[Todo]:
    """Everything that waits for the beheerder, what is late first."""
    lines = [*_covenants(now), *_tables(now), *_seats_ending(now), *_people(), *_proofs(now), *_keys(now)]
    return sorted(lines, key=lambda line: not line.late)

"""Questions of the beheerder's pages: lists, one table with its seats, and who may be chosen. Never a dossier."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from partners import themes_known
from partners.models import CaseTable, Covenant, Organisation, Seat, SecrecyStatement, User
from partners.profiling import profile_of, profiles
from partners.queries import bound_organisations
from privacy.errors import NotKnown
from privacy.roles import KEPT_APART, Role

PAGE = 50
LABELS = {role.value: role.label for role in Role}


@dataclass(frozen=True, slots=True)
class Paged:
    """One page of a list with what stands before and behind it."""

    rows: list[object]
    total: int
    number: int
    earlier: int
    later: int


def paged(rows: QuerySet[Organisation] | QuerySet[User] | QuerySet[Covenant], wanted: str) -> Paged:
    """The wanted page; the first for what is no number, the last for what is too far."""
    total = rows.count()
    last = max(1, -(-total // PAGE))
    number = min(max(1, int(wanted) if wanted.isdecimal() and len(wanted) < 6 else 1), last)
    start = (number - 1) * PAGE
    later = number + 1 if number < last else 0
    return Paged(list(rows[start : start + PAGE]), total, number, number - 1, later)


def kind_choices() -> list[tuple[str, str]]:
    """Every kind of organisation in the profiles, once."""
    found = {code: kind.label for profile in profiles().active() for code, kind in profile.kinds.items()}
    return sorted(found.items(), key=lambda pair: pair[1])


def category_choices() -> list[tuple[str, str]]:
    """Every category of data in the profiles, once."""
    found = {code: category.label for profile in profiles().active() for code, category in profile.categories.items()}
    return list(found.items())


def profile_choices() -> list[tuple[str, str]]:
    """The legal profiles in their newest version."""
    return [(profile.code, profile.name) for profile in profiles().active()]


@dataclass(frozen=True, slots=True)
class Counts:
    """How much there is."""

    organisations: int
    people: int
    tables: int
    covenants: int


def counts(today: date) -> Counts:
    """Active organisations, people who can log in, active tables and covenants in force."""
    return Counts(
        Organisation.objects.filter(active=True).count(),
        User.objects.filter(is_active=True).count(),
        CaseTable.objects.filter(active=True).count(),
        Covenant.objects.valid_on(today).count(),
    )


def organisations(text: str, today: date) -> QuerySet[Organisation]:
    """Organisations by name, with how many people and covenants they have."""
    rows = Organisation.objects.filter(name__icontains=text) if text else Organisation.objects.all()
    in_force = Q(covenants__in=Covenant.objects.valid_on(today))
    return rows.annotate(
        people_count=Count("people", filter=Q(people__is_active=True), distinct=True),
        covenant_count=Count("covenants", filter=in_force, distinct=True),
    ).order_by("-active", "name")


def people(text: str, organisation_id: UUID | None, now: datetime) -> QuerySet[User]:
    """People by name or address, of one organisation or all."""
    rows = User.objects.select_related("organisation")
    if text:
        rows = rows.filter(Q(name__icontains=text) | Q(email__icontains=text))
    if organisation_id is not None:
        rows = rows.filter(organisation_id=organisation_id)
    seats = Seat.objects.valid_at(now).values("pk")
    return rows.annotate(seat_count=Count("seats", filter=Q(seats__in=seats))).order_by("-is_active", "name", "pk")


def covenants() -> QuerySet[Covenant]:
    """Covenants, those that end first on top, with how many organisations they bind."""
    rows = Covenant.objects.annotate(organisation_count=Count("organisations"))
    return rows.order_by(F("valid_until").asc(nulls_last=True), "name")


@dataclass(frozen=True, slots=True)
class TableRow:
    """A line in the list of tables."""

    pk: UUID
    name: str
    theme: str
    theme_name: str
    area: str
    profile: str
    active: bool
    seats: int
    regisseurs: str


def tables(now: datetime) -> list[TableRow]:
    """Every table with its procesregisseurs and how many people sit there."""
    seats = list(Seat.objects.valid_at(now).select_related("user").order_by("user__name"))
    directing = [seat for seat in seats if seat.role == Role.PROCESREGISSEUR]
    names = dict(profile_choices())
    return [
        TableRow(
            pk=table.pk,
            name=table.name,
            theme=table.theme,
            theme_name=themes_known.name_of(table.theme),
            area=table.area,
            profile=names.get(table.profile, table.profile),
            active=table.active,
            seats=len({seat.user_id for seat in seats if seat.table_id == table.pk}),
            regisseurs=", ".join(seat.user.name for seat in directing if seat.table_id == table.pk),
        )
        for table in CaseTable.objects.order_by("-active", "name")
    ]


@dataclass(frozen=True, slots=True)
class SeatRow:
    """A line in the list of seats at a table, or of a person."""

    pk: UUID
    person: str
    person_pk: UUID
    organisation: str
    table: str
    table_pk: UUID
    role: str
    since: datetime
    until: datetime | None
    over: datetime | None
    begins_later: bool
    signed: bool
    bound: bool


def _rows(seats: QuerySet[Seat], now: datetime) -> list[SeatRow]:
    signed = SecrecyStatement.objects.filter(table=OuterRef("table"), user=OuterRef("user"))
    found = seats.select_related("user__organisation", "table").annotate(signed=Exists(signed))
    themes = set(found.values_list("table__theme", flat=True))
    today = timezone.localdate(now)
    bound = {theme: set(bound_organisations(theme, today).values_list("pk", flat=True)) for theme in themes}
    return [
        SeatRow(
            pk=seat.pk,
            person=seat.user.name,
            person_pk=seat.user_id,
            organisation=seat.user.organisation.name,
            table=seat.table.name,
            table_pk=seat.table_id,
            role=LABELS[seat.role],
            since=seat.valid_from,
            until=seat.valid_until,
            over=seat.ended_at or seat.valid_until,
            begins_later=seat.valid_from > now,
            signed=seat.signed,
            bound=seat.user.organisation_id in bound[seat.table.theme],
        )
        for seat in found
    ]


def _open(now: datetime) -> Q:
    return Q(ended_at__isnull=True) & (Q(valid_until__isnull=True) | Q(valid_until__gt=now))


def seats_of_table(table: CaseTable, now: datetime) -> list[SeatRow]:
    """Seats that count now or later, by organisation."""
    seats = Seat.objects.filter(_open(now), table=table)
    return _rows(seats.order_by("user__organisation__name", "user__name", "role"), now)


def earlier_seats(table: CaseTable, now: datetime, size: int = 20) -> list[SeatRow]:
    """The seats that ended last."""
    ended = Seat.objects.filter(table=table).exclude(_open(now))
    newest = list(ended.order_by("-valid_from").values_list("pk", flat=True)[:200])
    rows = _rows(Seat.objects.filter(pk__in=newest), now)
    return sorted(rows, key=lambda row: row.over or now, reverse=True)[:size]


def seats_of_person(user: User, now: datetime) -> list[SeatRow]:
    """Where this person sits, now or later."""
    return _rows(Seat.objects.filter(_open(now), user=user).order_by("table__name", "role"), now)


def who_may_sit(table: CaseTable, today: date) -> QuerySet[User]:
    """People who may be given a seat: active, free of oversight, of an organisation that covenant and profile admit."""
    kinds = [code for code, kind in profile_of(table).kinds.items() if kind.may_sit]
    homes = bound_organisations(table.theme, today).filter(kind__in=kinds)
    people = User.objects.filter(is_active=True, organisation__in=homes).exclude(roles__overlap=list(KEPT_APART))
    return people.select_related("organisation").order_by("organisation__name", "name")


def one_seat(pk: UUID) -> Seat:
    """A seat that has not ended; raises NotKnown."""
    seat = Seat.objects.select_related("user__organisation", "table").filter(pk=pk, ended_at__isnull=True).first()
    if seat is None:
        raise NotKnown
    return seat

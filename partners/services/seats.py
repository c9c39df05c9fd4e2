"""Tables and the seats at them. A regisseur's access to the table's dossiers begins and ends with the seat."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.utils import timezone

from partners import themes_known
from partners.accounting.people import refusal
from partners.models import CaseTable, Seat, SecrecyStatement, StagnationSettings, User
from partners.profiling import profile_of, profiles
from partners.queries import casusregie_at, is_bound, table_in_use
from partners.services.checking import changed, check_fields, check_unique
from privacy import emergency, grants, jobs
from privacy.access import require
from privacy.actor import Actor
from privacy.audit import record
from privacy.models import AuditEntry
from privacy.roles import KEPT_APART, SEAT_ROLES, Role

SEAT_GROUND = "zetel"
STARTS = "seat.starts"
ENDS = "seat.ends"
STAGNATION_FIELDS = ("alarms", "contact_weeks", "digest", "handover_days", "overdue_days", "plan_days")
TABLE_FIELDS = ("active", "area", "code", "name", "profile", "retention_years", "theme")


def save_table(table: CaseTable, *, by: Actor) -> CaseTable:
    """Adds or changes a case table. What its dossiers were judged on stays as it is once there are any."""
    new, fields = table._state.adding, changed(table, TABLE_FIELDS)
    check_unique(table, "name", "Er is al een tafel met deze naam.")
    check_unique(table, "code", "Er is al een tafel met deze korte naam.")
    if {"theme", "profile"} & set(fields):
        require(
            new or not table_in_use(table.pk),
            "Aan deze tafel zijn al signalen of casussen. Thema en juridisch profiel liggen daarom vast.",
        )
        require(table.theme in dict(themes_known.choices()), "Kies een thema uit de lijst.")
        require(any(p.code == table.profile for p in profiles().active()), "Kies een profiel uit de lijst.")
    if "retention_years" in fields:
        _check_years(table)
    check_fields(table)
    table.save()
    action = AuditEntry.Action.CREATE if new else AuditEntry.Action.UPDATE
    record.change("table.saved", obj=table, fields=fields, action=action, by=by)
    return table


def _check_years(table: CaseTable) -> None:
    profile, years = profile_of(table), table.retention_years
    require(
        years is None or profile.retention_least <= years <= profile.retention_years,
        f"Het juridisch profiel laat een eigen bewaartermijn toe van {profile.retention_least} tot en met "
        f"{profile.retention_years} jaar. Kies een aantal daartussen, of laat het veld leeg.",
    )


def save_stagnation(settings: StagnationSettings, *, by: Actor) -> StagnationSettings:
    """Keeps when something at a table counts as stuck, and when who directs it hears of that."""
    new, fields = settings._state.adding, changed(settings, STAGNATION_FIELDS)
    check_fields(settings)
    settings.save()
    action = AuditEntry.Action.CREATE if new else AuditEntry.Action.UPDATE
    record.change("stagnation.saved", obj=settings, fields=fields, action=action, by=by)
    return settings


def _check_seat(table: CaseTable, user: User, role: Role, now: datetime) -> None:
    profile = profile_of(table)
    require(role in SEAT_ROLES, "Kies een rol aan de tafel.")
    require(
        not set(user.roles) & set(KEPT_APART),
        "Wie beheert, toezicht houdt of contactpunt is, krijgt geen zetel aan een tafel.",
    )
    require(user.is_active, "Deze persoon kan niet inloggen en krijgt daarom geen zetel.")
    require(
        is_bound(user.organisation_id, table.theme, now.date()),
        f"{user.organisation} valt niet onder een geldig convenant voor deze tafel.",
    )
    require(
        profile.may_sit(user.organisation.kind),
        f"Volgens het profiel van deze tafel neemt {user.organisation} niet als vaste partner deel.",
    )
    missing = refusal(user, profile.people, now.date())
    require(not missing, missing)
    if role == Role.PROCESREGISSEUR:
        _check_directing(table, user)


def _check_directing(table: CaseTable, user: User) -> None:
    """Who directs comes from a kind of organisation that the profile lets, and is nobody's casusregisseur there.

    The table is held first: who takes a casusregie at this moment is seen, or sees this seat. The beheerder learns a
    number and nothing of the dossiers.
    """
    require(
        profile_of(table).may_direct(user.organisation.kind),
        f"Volgens het profiel van deze tafel wordt niemand van {user.organisation} procesregisseur.",
    )
    CaseTable.objects.select_for_update().get(pk=table.pk)
    held = casusregie_at(table.pk, user.pk)
    dossiers = "1 dossier" if held == 1 else f"{held} dossiers"
    require(
        not held,
        f"{user.name} is casusregisseur van {dossiers} aan deze tafel en wordt daarom geen procesregisseur. "
        f"Laat {user.name} de regie eerst overdragen.",
    )


def _check_once(table: CaseTable, user: User, role: Role, now: datetime, by: Actor) -> None:
    """One seat per role; one that ran out by its date makes room."""
    same = Seat.objects.filter(table=table, user=user, role=role, ended_at__isnull=True)
    for over in same.filter(valid_until__lte=now):
        end_seat(over, by=by)
    require(not same.exists(), f"{user.name} heeft deze zetel al.")


def seat(
    table: CaseTable,
    user: User,
    role: Role,
    *,
    since: datetime | None = None,
    until: datetime | None = None,
    now: datetime,
    by: Actor,
) -> Seat:
    """Gives a person a seat, from now unless `since` says otherwise; raises Refused when covenant or role forbid it.

    A procesregisseur gets the open dossiers of the table (ground: the regie of the municipality), not a day before
    the seat begins.
    """
    require(table.active, "Deze tafel is gestopt. Er komen geen zetels meer bij.")
    _check_seat(table, user, role, now)
    _check_once(table, user, role, now, by)
    start = since or now
    require(until is None or until > max(start, now), "De einddatum moet na vandaag en na de begindatum liggen.")
    given = Seat(table=table, user=user, role=role, valid_from=start, valid_until=until)
    check_fields(given)
    given.save(force_insert=True)
    record.change("seat.given", obj=given, fields=["role", "table", "user"], action=AuditEntry.Action.CREATE, by=by)
    if role == Role.PROCESREGISSEUR:
        CaseTable.objects.filter(pk=table.pk).update(regie_wanted_at=None)
        if start > now:
            jobs.enqueue(STARTS, given.pk, not_before=start)
        else:
            hand_over(given, by=by)
    if until is not None:
        jobs.enqueue(ENDS, given.pk, not_before=until)
    return given


def want_regisseur(table_id: UUID, *, now: datetime, by: Actor) -> list[UUID]:
    """Asks for one more procesregisseur, without saying why or for which dossier; returns who can give the seat."""
    table = CaseTable.objects.get(pk=table_id)
    CaseTable.objects.filter(pk=table_id).update(regie_wanted_at=now)
    record.change("seat.wanted", obj=table, fields=["regie_wanted_at"], by=by)
    return list(User.objects.filter(is_active=True, roles__contains=[Role.BEHEERDER]).values_list("pk", flat=True))


def hand_over(seat: Seat, *, by: Actor) -> None:
    """Gives a procesregisseur, whose seat counts now, the dossiers of the table."""
    CaseTable.objects.select_for_update().get(pk=seat.table_id)  # waits for signals on their way in
    because = grants.Because(SEAT_GROUND, seat.key, seat.valid_until)
    grants.seat_regisseur(table_id=seat.table_id, user_id=seat.user_id, because=because, by=by)


def begin_seat(seat_id: UUID, *, now: datetime, by: Actor) -> None:
    """What was announced for later begins, unless the seat has ended before it began."""
    due = Seat.objects.valid_at(now).filter(pk=seat_id, role=Role.PROCESREGISSEUR, user__is_active=True).first()
    if due is not None:
        hand_over(due, by=by)


def end_seat(seat: Seat, *, by: Actor) -> None:
    """Ends a seat and, with it, all access that was given for it; works on the person's next request.

    With the last seat at a table ends what the person was given there as a participant of cases.
    """
    require(seat.ended_at is None, "Deze zetel was al beëindigd.")
    CaseTable.objects.select_for_update().get(pk=seat.table_id)  # waits for what is being given at this moment
    seat.ended_at = timezone.now()
    seat.save(update_fields=["ended_at"])
    record.change("seat.ended", obj=seat, fields=["ended_at"], by=by)
    grants.end(seat.key, by=by)
    emergency.end_all_of(seat.user_id, by=by)
    others = Seat.objects.valid_at(timezone.now()).filter(table=seat.table_id, user=seat.user_id)
    if not others.exists():
        grants.end_at_table(table_id=seat.table_id, user_id=seat.user_id, by=by)


def end_seat_by_date(seat_id: UUID, *, now: datetime, by: Actor) -> None:
    """Ends a seat whose last day is over, unless it was ended or given longer in the meantime."""
    over = Seat.objects.filter(pk=seat_id, ended_at__isnull=True, valid_until__lte=now).first()
    if over is not None:
        end_seat(over, by=by)


def sign_secrecy(table: CaseTable, user: User, *, by: Actor) -> SecrecyStatement:
    """Records that this person read and signed the secrecy statement of the table (WGS 1.11); twice is once."""
    profile = profile_of(table)
    statement, first = SecrecyStatement.objects.get_or_create(
        table=table, user=user, defaults={"profile_version": f"{profile.code} {profile.version}"}
    )
    if first:
        record.change("secrecy.signed", obj=statement, fields=["signed_at"], by=by)
    return statement

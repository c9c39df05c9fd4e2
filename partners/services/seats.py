"""Tables and the seats at them. A regisseur's access to the table's dossiers begins and ends with the seat."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from partners.models import CaseTable, Seat, SecrecyStatement, User
from partners.profiling import profile_of
from partners.queries import is_bound
from privacy import grants
from privacy.access import require
from privacy.actor import Actor
from privacy.audit import record
from privacy.models import AuditEntry
from privacy.roles import KEPT_APART, Role

SEAT_GROUND = "zetel"


def save_table(table: CaseTable, *, by: Actor) -> CaseTable:
    """Adds or changes a case table."""
    table.full_clean()
    table.save()
    record.change("table.saved", obj=table, fields=["active", "area", "name", "profile", "theme"], by=by)
    return table


def _check_seat(table: CaseTable, user: User, now: datetime) -> None:
    profile = profile_of(table)
    require(not set(user.roles) & set(KEPT_APART), "Een beheerder of privacy officer krijgt geen zetel aan een tafel.")
    require(user.is_active, "Deze persoon kan niet inloggen en krijgt daarom geen zetel.")
    require(
        is_bound(user.organisation_id, table.theme, now.date()),
        f"{user.organisation} valt niet onder een geldig convenant voor deze tafel.",
    )
    require(
        profile.may_sit(user.organisation.kind),
        f"Volgens het profiel van deze tafel neemt {user.organisation} niet als vaste partner deel.",
    )


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

    A procesregisseur gets the open dossiers of the table (ground: the regie of the municipality).
    """
    _check_seat(table, user, now)
    require(
        not Seat.objects.filter(table=table, user=user, role=role, ended_at__isnull=True).exists(),
        f"{user.name} heeft deze zetel al.",
    )
    given = Seat(table=table, user=user, role=role, valid_from=since or now, valid_until=until)
    given.full_clean()
    given.save(force_insert=True)
    record.change("seat.given", obj=given, fields=["role", "table", "user"], action=AuditEntry.Action.CREATE, by=by)
    if role == Role.PROCESREGISSEUR:
        because = grants.Because(SEAT_GROUND, given.key, until)
        grants.seat_regisseur(table_id=table.pk, user_id=user.pk, because=because, by=by)
    return given


def end_seat(seat: Seat, *, by: Actor) -> None:
    """Ends a seat and, with it, all access that was given for it; works on the person's next request."""
    seat.ended_at = timezone.now()
    seat.save(update_fields=["ended_at"])
    record.change("seat.ended", obj=seat, fields=["ended_at"], by=by)
    grants.end(seat.key, by=by)


def sign_secrecy(table: CaseTable, user: User, *, by: Actor) -> SecrecyStatement:
    """Records that this person read and signed the secrecy statement of the table (WGS 1.11); twice is once."""
    profile = profile_of(table)
    statement, _ = SecrecyStatement.objects.get_or_create(
        table=table, user=user, defaults={"profile_version": f"{profile.code} {profile.version}"}
    )
    record.change("secrecy.signed", obj=statement, fields=["signed_at"], by=by)
    return statement

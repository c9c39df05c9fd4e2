"""People who may log in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from partners.models import Seat, User
from partners.services.checking import changed, check_fields, check_unique
from partners.services.leaving import check_leaving, close_account, end_sessions, hand_on, open_seats
from privacy import jobs
from privacy.access import require
from privacy.actor import Actor
from privacy.audit import record
from privacy.calling import value_of
from privacy.models import AuditEntry
from privacy.roles import KEPT_APART

INVITATION = "user.invitation"
LOGIN_CHANGED = "user.login_changed"
FIELDS = ("email", "function", "is_active", "name", "organisation", "roles")


def _check_self(user: User, fields: Iterable[str], by: Actor) -> None:
    """Nobody widens or closes the account they are working with; so there is always another pair of eyes."""
    own = user.pk == by.user_id and {"is_active", "organisation", "roles"} & set(fields)
    require(not own, "Uw eigen rollen en toegang wijzigt een andere beheerder.")


def _check_roles(user: User, seats: list[Seat]) -> None:
    apart = set(user.roles) & set(KEPT_APART)
    require(
        not (apart and seats),
        "Wie toezicht houdt of beheert, heeft geen zetel aan een tafel. Beëindig eerst de zetels.",
    )
    require(len(apart) < 2, "Beheerder, privacy officer, controleur en contactpunt zijn nooit dezelfde persoon.")


def _check_home(user: User, fields: Iterable[str], new: bool) -> None:
    """Access stays with the organisation it was given to: who moves gets a new account there."""
    used = not new and (user.last_login is not None or Seat.objects.filter(user=user).exists())
    require(
        not ("organisation" in fields and used),
        "Wie bij een andere organisatie gaat werken, krijgt daar een nieuw account. Zet dit account uit.",
    )
    require(
        user.organisation.active or not user.is_active,
        f"{user.organisation} is gestopt. Daar kan niemand voor inloggen.",
    )


def _check_address(user: User, fields: Iterable[str], new: bool) -> None:
    """The address is the way to a new password: whoever could change it, could take over the account."""
    used = user.last_login is not None or user.has_usable_password()
    require(
        new or "email" not in fields or not used,
        "Deze persoon logt al in met het oude e-mailadres. Zet dit account uit en maak een nieuw account.",
    )


def save_user(user: User, *, by: Actor) -> User:
    """Adds or changes a person. A new one gets a mail to choose a password; one who may not log in loses all seats."""
    user.email = user.email.strip().lower()
    new, fields = user._state.adding, changed(user, FIELDS)
    seats = [] if new else open_seats(user)
    check_unique(user, "email", "Er is al iemand met dit e-mailadres.")
    _check_self(user, fields, by)
    _check_roles(user, seats)
    _check_home(user, fields, new)
    _check_address(user, fields, new)
    leaves = not new and not user.is_active and "is_active" in fields
    if leaves:
        check_leaving(user, now=timezone.now())
    if new or leaves:  # a link to choose a password dies with the password it was made for
        user.set_unusable_password()
    check_fields(user)
    user.save()
    action = AuditEntry.Action.CREATE if new else AuditEntry.Action.UPDATE
    record.change("user.saved", obj=user, fields=fields, action=action, by=by)
    if new and user.is_active:
        jobs.enqueue(INVITATION, user.pk)
    if leaves:
        close_account(user, by=by)
    return user


def switch_off(user: User, *, by: Actor) -> None:
    """Lets a person log in no more; sessions, seats and access end with it."""
    user.is_active = False
    save_user(user, by=by)


def leave(
    user: User,
    *,
    successors: Mapping[UUID, User] | None = None,
    regisseurs: Mapping[UUID, User] | None = None,
    now: datetime,
    by: Actor,
) -> None:
    """Lets a person leave today; `successors` are proposed per table, `regisseurs` are seated in the same act."""
    hand_on(user, successors=successors or {}, regisseurs=regisseurs or {}, now=now, by=by)
    switch_off(user, by=by)


def invite_again(user: User, *, by: Actor) -> None:
    """Sends the first mail anew, with a fresh link, to someone who has chosen no password yet."""
    require(user.is_active, "Deze persoon kan niet inloggen en krijgt daarom geen uitnodiging.")
    require(not user.has_usable_password(), "Deze persoon heeft al een wachtwoord gekozen.")
    jobs.enqueue(INVITATION, user.pk, once=True)
    record.change("user.invited", obj=user, by=by)


def has_factor(user: User) -> bool:
    """Whether this person has a second factor; for a beheerder."""
    return bool(value_of("partners_has_factor", user.pk))


def reset_factor(user: User, *, by: Actor) -> None:
    """Wipes somebody's second factors and sessions: with phone and codes lost, that person chooses new ones.

    The password stays as it is, so whoever asks for this by telephone gets in with nothing.
    """
    require(user.pk != by.user_id, "Uw eigen tweede stap wist een andere beheerder.")
    require(has_factor(user), f"{user.name} heeft geen tweede stap.")
    value_of("partners_reset_factor", user.pk)
    end_sessions(user, timezone.now())
    jobs.enqueue(LOGIN_CHANGED, user.pk, once=True)
    record.change("factor.reset", obj=user, by=by)

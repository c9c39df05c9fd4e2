"""People who may log in."""

from __future__ import annotations

from partners.models import Seat, User
from partners.services.seats import end_seat
from privacy import jobs
from privacy.access import require
from privacy.actor import Actor
from privacy.audit import record
from privacy.roles import KEPT_APART

INVITATION = "user.invitation"


def save_user(user: User, *, by: Actor) -> User:
    """Adds or changes a person. A new one gets a mail to choose a password; one who may not log in loses all seats."""
    new = user._state.adding
    seats = [] if new else list(Seat.objects.filter(user=user, ended_at__isnull=True))
    apart = set(user.roles) & set(KEPT_APART)
    require(
        not (apart and seats),
        "Wie toezicht houdt of beheert, heeft geen zetel aan een tafel. Beëindig eerst de zetels.",
    )
    require(len(apart) < 2, "Beheerder en privacy officer zijn nooit dezelfde persoon.")
    if new:
        user.set_unusable_password()
    user.full_clean()
    user.save()
    record.change(
        "user.saved", obj=user, fields=["email", "function", "is_active", "name", "organisation", "roles"], by=by
    )
    if new:
        jobs.enqueue(INVITATION, user.pk)
    if not user.is_active:
        for seat in seats:
            end_seat(seat, by=by)
    return user

"""Who handles a request at the desk, and who could."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from casework.models import RightsRequest
from casework.services.rights.holding import handles, kept_away
from partners.models import User
from privacy.actor import Actor
from privacy.roles import Role


@dataclass(frozen=True, slots=True)
class Handling:
    """Whose work a request is, and whether this reader can do it. Why somebody can't is shown to nobody."""

    name: str
    mine: bool
    kept_away: bool
    colleagues: tuple[tuple[UUID, str], ...]

    @property
    def may_act(self) -> bool:
        return self.mine and not self.kept_away


def colleagues(*, by: Actor) -> list[tuple[UUID, str]]:
    """Who else is at the desk."""
    people = User.objects.filter(is_active=True, roles__contains=[Role.CONTACT_POINT]).exclude(pk=by.user_id)
    return list(people.order_by("name").values_list("pk", "name"))


def handling(request: RightsRequest, *, by: Actor) -> Handling:
    """How it stands for this reader."""
    name = request.handled_by.name if request.handled_by else ""
    return Handling(name, handles(request, by=by), kept_away(request), tuple(colleagues(by=by)))

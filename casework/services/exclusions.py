"""A personal tie with somebody in a dossier: who has one is kept away from it, and from all that hangs together.

The walls are in `privacy/exclusions.py` and in the database, which follows every link between a case and its signals.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from partners.models import CaseTable, User
from partners.notices import tell
from partners.services.seats import want_regisseur
from privacy import exclusions
from privacy.access import require
from privacy.actor import Actor
from privacy.models import Exclusion, ExclusionReason


def exclude(dossier_id: UUID, person: User, reason: ExclusionReason, *, by: Actor) -> None:
    """The regie or the privacy officer keeps somebody away. Raises LastRegisseur when nobody else directs it."""
    require(person.pk != by.user_id, "Gaat het om uzelf? Meld uw persoonlijke band dan op de pagina van het dossier.")
    regie = exclusions.regie_of(dossier_id)
    exclusions.exclude(dossier_id, person.pk, reason, by=by)
    _tell_others(regie, dossier_id, by)


def lift(exclusion: Exclusion, *, by: Actor) -> None:
    """Gives back what the person holds in the dossier; twice is once."""
    exclusions.lift(exclusion, by=by)


def report_own_tie(dossier_id: UUID, reason: ExclusionReason, *, by: Actor) -> None:
    """Keeps oneself away. Who directs the dossier hears of it; raises LastRegisseur when nobody would."""
    regie = exclusions.regie_of(dossier_id)
    exclusions.exclude(dossier_id, by.user_id, reason, by=by)
    _tell_others(regie, dossier_id, by)


def ask_second_regisseur(dossier_id: UUID, table: CaseTable, *, now: datetime, by: Actor) -> None:
    """The last regisseur has a tie: the beheerder hears that the table needs another one, not for which dossier."""
    tell(want_regisseur(table.pk, now=now, by=by), about=dossier_id)


def _tell_others(regie: Iterable[UUID], dossier_id: UUID, by: Actor) -> None:
    tell((person for person in regie if person != by.user_id), about=dossier_id)

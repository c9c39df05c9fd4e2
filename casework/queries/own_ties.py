"""Whether the reader may have a tie with somebody on this page, by name; compared in memory while the page is open."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from casework.normalise import fold
from casework.sameness.names import Name, read
from casework.sameness.naming import of_surnames
from partners.models import User
from privacy.actor import Actor
from privacy.review import ties

SAME = ("surname", "surname_part")


def note_ties(compartment_id: UUID, names: Iterable[str], *, by: Actor) -> None:
    """Notes a shared surname, and a colleague by full name, for the rules of the review. Nothing of it is shown."""
    written = list(names)
    if not written or by.eyes is not None or by.organisation_id is None:
        return
    own = read(by.name)
    if any(_same_surname(own, read(name)) for name in written):
        ties.note(compartment_id, "name")
    people = User.objects.filter(organisation_id=by.organisation_id).exclude(pk=by.user_id)
    colleagues = {fold(name) for name in people.values_list("name", flat=True)}
    if colleagues & {fold(name) for name in written}:
        ties.note(compartment_id, "colleague")


def _same_surname(own: Name, other: Name) -> bool:
    return bool(own.surnames and other.surnames) and of_surnames(own, other) in SAME

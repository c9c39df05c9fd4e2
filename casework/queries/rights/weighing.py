"""An objection as who weighs it sees it, and as the desk sees how far it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from casework.models import Case, Household, RightsKind, RightsObjection, RightsRequest, RightsState, RightsWeighing
from casework.queries.urgent import Urgent
from casework.services.rights.objecting import weighed
from partners.models import User
from privacy.access import open_one, visible
from privacy.actor import Actor
from privacy.audit import record
from privacy.calling import value_of


def _mine(by: Actor) -> list[RightsObjection]:
    """What this reader may weigh: never what lies at the desk of the reader."""
    rows = visible(RightsObjection, by=by).filter(weighing=None).select_related("dossier")
    return [row for row in rows if by.user_id in row.asked]


def to_weigh(today: date, *, by: Actor) -> list[Urgent]:
    """What waits to be weighed by this reader, as a line of the work list. The page that shows it is in the log."""
    return [
        Urgent("Bezwaar van een betrokkene", row.about_reference, "rights-weigh", row.pk, "Weeg",
               "te laat" if row.due_on < today else f"voor {row.due_on:%d-%m}")
        for row in _mine(by)
    ]  # fmt: skip


def waiting(*, by: Actor) -> list[RightsObjection]:
    """The same, for a list of its own; logged."""
    rows = _mine(by)
    seen = record.Seen(tuple(row.dossier_id for row in rows), tuple(row.reference for row in rows))
    record.look("rights.listed", seen=seen, by=by)
    return rows


def opened_objection(pk: UUID, *, by: Actor) -> RightsObjection:
    """One objection, opened and in the log; raises NotKnown."""
    return open_one(RightsObjection, pk, event="rights.read", by=by)


@dataclass(frozen=True, slots=True)
class About:
    """What is weighed, and where the dossier is that it is about."""

    objection: RightsObjection
    weighing: RightsWeighing | None
    directs: bool
    url_name: str
    pk: UUID | None


def about(objection: RightsObjection, *, by: Actor) -> About:
    """An objection that was opened, with the way to its dossier for who directs that."""
    said = visible(RightsWeighing, by=by).filter(objection=objection).first()
    directs = bool(value_of("privacy_regisseur_of", objection.about_id))
    case = visible(Case, by=by).filter(dossier=objection.about_id).values_list("pk", flat=True).first()
    home = visible(Household, by=by).filter(dossier=objection.about_id).values_list("pk", flat=True).first()
    return About(objection, said, directs, "case-detail" if case else "household-detail" if home else "", case or home)


@dataclass(frozen=True, slots=True)
class Put:
    """How far one dossier is, for the desk."""

    pk: UUID
    number: str
    people: tuple[str, ...]
    due_on: date
    late: bool
    reminded: bool
    outcome: str
    reason: str
    hidden: bool


@dataclass(frozen=True, slots=True)
class Objections:
    """How an objection stands, for its page."""

    put: tuple[Put, ...]
    to_put: bool


def objections(request: RightsRequest, today: date) -> Objections:
    """The dossiers of an objection that was opened, each with what was decided of it."""
    pairs = weighed(request)
    asked = {one for row, _ in pairs for one in row.asked}
    names = dict(User.objects.filter(pk__in=asked).values_list("pk", "name"))
    put = tuple(_put(row, said, names, today) for row, said in pairs)
    return Objections(put, request.kind == RightsKind.OBJECT and request.state == RightsState.COLLECTING)


def _put(row: RightsObjection, said: RightsWeighing | None, names: dict[UUID, str], today: date) -> Put:
    return Put(
        row.pk,
        row.about_reference,
        tuple(sorted(names[one] for one in row.asked if one in names)),
        row.due_on,
        said is None and row.due_on < today,
        row.reminded_at is not None,
        said.get_outcome_display() if said else "",
        said.reason if said else "",
        bool(said and said.hidden_on),
    )

"""Saying that two people are the same, or are not, and taking that back. A tie, never a merge: no row is changed."""

from __future__ import annotations

from datetime import datetime

from casework.models import Sameness, SamenessVerdict
from casework.queries.persons import PersonRow, is_there
from casework.queries.sameness import Pair, standing
from privacy import dossiers, grants
from privacy.access import require, require_regie, visible
from privacy.actor import Actor
from privacy.audit import record
from privacy.errors import Refused
from privacy.models import AuditEntry, CompartmentKind, Dossier

ALREADY = "Een collega heeft hier al iets over gezegd. Open de pagina opnieuw."
LEFT = "Een van de twee staat niet meer in het dossier. Open de pagina opnieuw."
GONE = "Dit is al ongedaan gemaakt, misschien door een collega."
NOT_DIRECTED = "Alleen wie de regie heeft in een van de twee dossiers, kan dit doen."


def say_same(pair: Pair, *, now: datetime, by: Actor) -> Sameness:
    """Ties two people: they are the same. Raises Refused without the regie, or when something was said already."""
    return _say(pair, SamenessVerdict.SAME, "same.said", now, by)


def say_different(pair: Pair, *, now: datetime, by: Actor) -> Sameness:
    """Keeps that two people are not the same, so that it is not suggested again. Raises Refused as `say_same`."""
    return _say(pair, SamenessVerdict.DIFFERENT, "same.denied", now, by)


def _directed(pair: Pair, by: Actor) -> list[PersonRow]:
    return [person for person in (pair.left, pair.right) if grants.directs(person.dossier_id, by=by)]


def may_say(pair: Pair, *, by: Actor) -> bool:
    """Whether the actor directs one of the two dossiers."""
    return bool(_directed(pair, by))


def _home(pair: Pair, by: Actor) -> PersonRow:
    """Whose dossier it is kept in: one that the actor directs, a case before a signal, for all who direct the same."""
    directed = _directed(pair, by)
    require(bool(directed), NOT_DIRECTED)
    return min(directed, key=lambda person: (person.kind, person.dossier_id))


def _hold(pair: Pair, by: Actor) -> None:
    """Lets who takes one of them out of a dossier wait, or notices who was first. A case is held before its signals."""
    for person in sorted((pair.left, pair.right), key=lambda person: (person.kind, person.dossier_id)):
        dossiers.one_at_a_time(person.dossier_id)
        require(is_there(person, by=by), LEFT)


def _say(pair: Pair, verdict: SamenessVerdict, event: str, now: datetime, by: Actor) -> Sameness:
    left, right = sorted((pair.left, pair.right), key=lambda person: person.pk)
    require(left.pk != right.pk, "Dit is één en dezelfde regel.")
    home = Dossier.objects.get(pk=_home(pair, by).dossier_id)
    _hold(pair, by)
    said = standing([left.pk], by=by).filter(left_row=left.pk, right_row=right.pk)
    require(not said.exists(), ALREADY)
    row = Sameness(
        dossier=home,
        compartment=dossiers.part(home, CompartmentKind.REGIE),
        left_kind=left.kind,
        left_row=left.pk,
        left_compartment=left.compartment_id,
        right_kind=right.kind,
        right_row=right.pk,
        right_compartment=right.compartment_id,
        verdict=verdict,
        score=pair.judged.score,
        reasons=pair.judged.codes,
        decided_by=by.user_id,
        decided_at=now,
    )
    row.save(force_insert=True)
    record.change(event, dossier=home, obj=row, fields=["verdict"], action=AuditEntry.Action.CREATE, by=by)
    return row


def undo(tie: Sameness, *, now: datetime, by: Actor) -> None:
    """Takes back what was said. The row stays, so that the dossier tells what was thought and until when."""
    require_regie(tie, by=by)
    dossiers.one_at_a_time(tie.dossier_id)
    rows = visible(Sameness, by=by).select_related("dossier").select_for_update(of=("self",))
    locked = rows.filter(pk=tie.pk).first()
    if locked is None or locked.undone_at is not None:
        raise Refused(GONE)
    locked.undone_by, locked.undone_at = by.user_id, now
    locked.save(update_fields=["undone_by", "undone_at"])
    record.change("same.undone", dossier=locked.dossier, obj=locked, fields=["undone_at"], by=by)

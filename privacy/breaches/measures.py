"""What is done about it, what was learned, and closing the file."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from privacy import dossiers
from privacy.access import require, visible
from privacy.actor import Actor
from privacy.audit import record
from privacy.breaches import terms
from privacy.breaches.files import TWICE, lock
from privacy.errors import Refused
from privacy.models import Breach, BreachMeasure, BreachNotice, BreachTask, CompartmentKind

DONE = "Deze maatregel stond al op gedaan."


class NotYet(Refused):
    """The file can't be closed yet; each sentence says what is to be done first."""

    @property
    def sentences(self) -> tuple[str, ...]:
        return tuple(self.args)


@dataclass(frozen=True, slots=True)
class Measure:
    """What, by whom, before when. `made` is its key, made with the form."""

    made: UUID
    what: str
    who: str
    due_on: date


def add(breach: Breach, given: Measure, *, now: datetime, by: Actor) -> None:
    """Notes a measure."""
    row = lock(breach, by=by)
    require(not BreachMeasure.objects.filter(pk=given.made).exists(), TWICE)
    BreachMeasure(
        id=given.made,
        dossier=row.dossier,
        compartment=dossiers.part(row.dossier, CompartmentKind.REGIE),
        breach=row,
        what=given.what,
        who=given.who,
        due_on=given.due_on,
        noted_by=by.user_id,
        noted_at=now,
    ).save(force_insert=True)
    record.change("breach.measured", dossier=row.dossier, obj=row, fields=["measure"], by=by)


def done(breach: Breach, pk: UUID, *, today: date, by: Actor) -> None:
    """A measure was carried out; also after the file was closed, since work goes on."""
    dossiers.one_at_a_time(breach.dossier_id)
    measure = visible(BreachMeasure, by=by).filter(breach=breach, pk=pk).first()
    require(measure is not None and measure.done_on is None, DONE)
    assert measure is not None
    measure.done_on = today
    measure.save(update_fields=["done_on"])
    record.change("breach.measured", dossier=breach.dossier, obj=measure, fields=["done_on"], by=by)


def standing(breach: Breach, *, by: Actor) -> terms.Standing:
    """What decides whether the file may be closed."""
    tasks = list(visible(BreachTask, by=by).filter(breach=breach).values_list("done_on", flat=True))
    kinds = visible(BreachNotice, by=by).filter(breach=breach).values_list("kind", flat=True)
    return terms.Standing(
        risk=breach.risk,
        ap=breach.ap,
        persons=breach.persons,
        partners=breach.partners,
        ap_told=breach.ap_at is not None,
        told=Counter(kinds),
        tasks=len(tasks),
        tasks_open=tasks.count(None),
        measures=visible(BreachMeasure, by=by).filter(breach=breach).count(),
    )


def close(breach: Breach, lessons: str, *, seen: int, now: datetime, by: Actor) -> None:
    """Closes the file with what was learned. Raises NotYet, Refused."""
    row = lock(breach, seen, by=by)
    missing = terms.not_yet(standing(row, by=by))
    if missing:
        raise NotYet(*missing)
    row.lessons, row.closed_at, row.closed_by = lessons, now, by.user_id
    row.save(force_update=True)
    record.change("breach.closed", dossier=row.dossier, obj=row, fields=["closed_at", "lessons"], by=by)

"""Who was told, and when: the house, the AP, partners; and persons, by who knows them (the contact point, BGS 1.4)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.contrib.auth import get_user_model
from django.db.models import QuerySet

from privacy import desks, dossiers, exclusions, grants, jobs
from privacy.access import open_one, require, visible
from privacy.actor import Actor
from privacy.audit import record
from privacy.breaches import terms
from privacy.breaches.files import TWICE, lock
from privacy.breaches.opening import SOMETHING_WAITS
from privacy.models import Breach, BreachDossier, BreachNotice, BreachTask, CompartmentKind, NoticeKind, TellAP
from privacy.roles import Role
from privacy.who import who_reads

WHY_LATE = "Deze melding aan de AP komt na 72 uur. Schrijf op waarom zij later is (AVG 33, lid 1)."
NOT_TO_AP = "U besloot om het niet aan de AP te melden. Wijzig eerst dat besluit."
NOT_HIM = "Deze persoon kan het de betrokkenen van dit dossier niet vertellen. Kies iemand uit de lijst."
ASKED = "Voor dit dossier is dit al aan iemand gevraagd."
ANSWERED = "U meldde al dat het is verteld."


@dataclass(frozen=True, slots=True)
class Notice:
    """Word to somebody. `made` is its key, made with the form, so that sending it twice notes one."""

    made: UUID
    kind: NoticeKind
    at: datetime
    to_whom: str
    number: str = ""
    delay: str = ""


def note(breach: Breach, given: Notice, *, now: datetime, by: Actor) -> None:
    """Notes that somebody was told. The first to the AP and the first inside the house stop their clocks."""
    row = lock(breach, by=by)
    require(not BreachNotice.objects.filter(pk=given.made).exists(), TWICE)
    first_to_ap = given.kind == NoticeKind.AP and row.ap_at is None
    require(not (given.kind == NoticeKind.AP and row.ap == TellAP.NO), NOT_TO_AP)
    late = first_to_ap and terms.late_for_ap(row.discovered_at, given.at)
    require(bool(given.delay) or not late, WHY_LATE)
    BreachNotice(
        id=given.made,
        dossier=row.dossier,
        compartment=dossiers.part(row.dossier, CompartmentKind.REGIE),
        breach=row,
        kind=given.kind,
        at=given.at,
        number=given.number,
        to_whom=given.to_whom,
        delay=given.delay or None,
        noted_by=by.user_id,
        noted_at=now,
    ).save(force_insert=True)
    _stop_clock(row, given)
    record.change("breach.noticed", dossier=row.dossier, obj=row, fields=[given.kind], by=by)


def _stop_clock(row: Breach, given: Notice) -> None:
    """What is noted later may have been earlier: the earliest counts."""
    name = {NoticeKind.AP: "ap_at", NoticeKind.INTERNAL: "internal_at"}.get(given.kind)
    if name is None:
        return
    there: datetime | None = getattr(row, name)
    setattr(row, name, given.at if there is None else min(there, given.at))
    row.save(update_fields=[name])


@dataclass(frozen=True, slots=True)
class Teller:
    """Who can tell the persons of a dossier."""

    pk: UUID
    name: str
    organisation_id: UUID
    label: str


def tellers(touched: BreachDossier, *, by: Actor) -> list[Teller]:
    """The contact points, and who directs this dossier now; asking who does is logged as a look."""
    directing = {r.user_id for r in who_reads([(touched.about_id, touched.reference)], by=by) if r.directs}
    people = get_user_model()._default_manager.select_related("organisation").filter(is_active=True)
    points = people.filter(roles__contains=[Role.CONTACT_POINT]).order_by("name")
    regie = people.filter(pk__in=directing).order_by("name")
    reachable = set(exclusions.reachable([one.pk for one in (*points, *regie)], touched.about_id))
    return [
        Teller(one.pk, one.name, one.organisation_id, f"{one.name}, {one.organisation.name} ({why})")
        for rows, why in ((points, "contactpunt"), (regie, "regisseur"))
        for one in rows
        if one.pk in reachable
    ]


def ask(touched: BreachDossier, teller: Teller, text: str, *, now: datetime, by: Actor) -> BreachTask:
    """Asks somebody to tell the persons of one dossier; this person reads the request and nothing else of the file."""
    row = lock(touched.breach, by=by)
    asked = BreachTask.objects.filter(breach=row, about_id=touched.about_id)
    require(not asked.exists(), ASKED)
    part = desks.add_part(row.dossier, teller.organisation_id, by=by)
    task = BreachTask(
        dossier=row.dossier,
        compartment=part,
        breach=row,
        about_id=touched.about_id,
        reference=touched.reference,
        person_id=teller.pk,
        text=text,
        asked_by=by.user_id,
        asked_at=now,
    )
    task.save(force_insert=True)
    because = grants.Because("balie", f"breachtask:{task.pk}")
    grants.give([part], to=[teller.pk], level="contribute", because=because, by=by)
    jobs.enqueue(SOMETHING_WAITS, teller.pk, once=True)
    record.change("breach.asked", dossier=row.dossier, obj=task, fields=["persons"], by=by)
    return task


def _own(by: Actor) -> QuerySet[BreachTask]:
    return visible(BreachTask, by=by).filter(person=by.user_id)


def how_many_wait(*, by: Actor) -> int:
    """How often the actor was asked to tell and did not yet."""
    return _own(by).filter(done_on=None).count()


def own_tasks(*, by: Actor) -> list[BreachTask]:
    """All that the actor was asked to tell, what is open first; logged as a look at the references that it shows."""
    rows = sorted(_own(by), key=lambda task: (task.done_on is not None, task.asked_at))
    record.look("list", seen=_seen(rows), by=by)
    return rows


def _seen(rows: Iterable[BreachTask]) -> record.Seen:
    known = [(row.about_id, row.reference) for row in rows]
    return record.Seen(tuple(pk for pk, _ in known), tuple(name for _, name in known))


def opened_task(pk: UUID, *, by: Actor) -> BreachTask:
    """One request with its text, logged as a look; raises NotKnown for who was not asked."""
    return open_one(BreachTask, pk, event="breach.read", by=by)


def answer(task: BreachTask, done_on: date, *, now: datetime, by: Actor) -> None:
    """The persons were told on this day; once."""
    dossiers.one_at_a_time(task.dossier_id)
    row = _own(by).select_for_update(of=("self",)).filter(pk=task.pk).first()
    require(row is not None and row.done_on is None, ANSWERED)
    assert row is not None
    row.done_on, row.answered_at = done_on, now
    row.save(update_fields=["done_on", "answered_at"])
    record.change("breach.told", dossier_id=row.dossier_id, obj=row, fields=["done_on"], by=by)

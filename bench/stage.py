"""One real case with 40 contributions and a real queue, made by the application's own services, and plain twins."""

from __future__ import annotations

from dataclasses import dataclass

import psycopg

from bench.cast import Cast
from bench.others import models as others
from casework.models import Case, Contribution, Disclosure, Signal, SignalPlace
from partners.models import User
from privacy.acting import acting
from privacy.unlock import unlock
from tests.world import a_case, a_signal, actor, contributed, invited

ITEMS, QUEUE = 40, 60
TEXT = "De woningcorporatie sprak de bewoner aan op de herrie na middernacht. Hij was het er niet mee eens. " * 2


@dataclass(frozen=True, slots=True)
class Stage:
    """What the pages of one thing show, and to whom."""

    case: Case
    director: User
    partner: User


def small(cast: Cast) -> Stage:
    """Only a case."""
    director, table, partner = cast.directors[0], cast.tables[0], cast.people[0]
    return Stage(a_case(director, a_signal(partner, table)), director, partner)


def build(cast: Cast, filler: psycopg.Connection) -> Stage:
    """At table 0: a case with three partners and 40 items, and 60 signals that wait."""
    director, table = cast.directors[0], cast.tables[0]
    partners = [person for person in cast.people[0 : len(cast.people) : 10] if person.organisation_id][1:4]
    case = a_case(director, a_signal(partners[0], table), short_name="Fam. V. (Lindelaan 14)")
    invited(case, director, *partners)
    for number in range(ITEMS):
        contributed(case, partners[number % 3], f"{number}. {TEXT}", origin="Eigen waarneming", conditions="Geen")
    for _ in range(QUEUE):
        a_signal(partners[0], table)
    with acting(actor(director)):
        unlock([case.dossier_id], by=actor(director))
        _twin_case(filler, case)
        _twin_queue(filler, table.pk, director)
    return Stage(case, director, partners[0])


def _allow(filler: psycopg.Connection, codename: str, pk: object, *people: User) -> None:
    for person in people:
        filler.execute(
            "INSERT INTO guardian_userobjectpermission (object_pk, content_type_id, permission_id, user_id) "
            "SELECT %s, content_type_id, id, %s FROM auth_permission WHERE codename = %s",
            [str(pk), person.pk, codename],
        )


def _twin_case(filler: psycopg.Connection, case: Case) -> None:
    face, at = case.face, case.opened_at
    plain = others.PlainCase.objects.create(
        pk=case.pk, reference=case.dossier.reference, table=case.table, theme=case.theme, status="open", opened_at=at,
        retain_until=case.retain_until, short_name=face.short_name, summary=face.summary,
    )  # fmt: skip
    others.PlainRegie.objects.bulk_create(
        others.PlainRegie(case=plain, kind=row.kind, user=row.user) for row in case.regie.all()
    )
    people = [row.user for row in case.participations.select_related("user")]
    others.PlainParticipation.objects.bulk_create(
        others.PlainParticipation(case=plain, organisation_id=person.organisation_id, user=person) for person in people
    )
    _allow(filler, "view_plaincase", case.pk, *people, *(row.user for row in case.regie.all()))
    _walled(filler, others.WalledFace, face, case_id=case.pk)
    rows = list(case.contributions.all())
    twins = others.PlainContribution.objects.bulk_create(
        others.PlainContribution(
            case=plain, organisation_id=row.organisation_id, author_id=row.author_id, category=row.category,
            kind=row.kind, text=row.text, origin=row.origin, conditions=row.conditions, at=row.at,
        )
        for row in rows
    )  # fmt: skip
    twin_of = {row.pk: twin for row, twin in zip(rows, twins, strict=True)}
    others.PlainDisclosure.objects.bulk_create(
        others.PlainDisclosure(contribution=twin_of[given.contribution_id], organisation_id=given.organisation_id)
        for given in Disclosure.objects.filter(contribution__in=rows)
    )
    for row in rows:
        _walled(filler, others.WalledContribution, row, case_id=case.pk)


def _twin_queue(filler: psycopg.Connection, table_id: object, director: User) -> None:
    signals = Signal.objects.filter(table=table_id, status="new").select_related("dossier")
    places = {place.signal_id: place for place in SignalPlace.objects.filter(signal__in=signals)}
    unlock([signal.dossier_id for signal in signals], by=actor(director))
    for signal in signals:
        place = places[signal.pk]
        others.PlainSignal.objects.create(
            pk=signal.pk, reference=signal.dossier.reference, table_id=table_id, source_id=signal.source_id,
            status="new", severity=signal.severity, submitted_at=signal.submitted_at, street=place.street,
            number=place.number, postcode=place.postcode, city=place.city,
        )  # fmt: skip
        others.PlainTrace.objects.bulk_create(
            others.PlainTrace(signal_id=signal.pk, digest=trace.digest) for trace in signal.traces.all()
        )
        _allow(filler, "view_plainsignal", signal.pk, director)
        _walled(filler, others.WalledPlace, place, signal_id=signal.pk)


def _walled(filler: psycopg.Connection, model: type, row: Contribution | object, **more: object) -> None:
    """The plain twin in the same compartment; the filler's connection writes it, since policies guard it too."""
    skip = {"dossier", "compartment", *more}
    values = (
        {
            field.attname: getattr(row, field.attname)
            for field in model._meta.concrete_fields
            if field.name not in skip and hasattr(row, field.attname)
        }
        | {"dossier_id": row.dossier_id, "compartment_id": row.compartment_id}
        | more
    )
    columns = ", ".join(f'"{name}"' for name in values)
    marks = ", ".join(["%s"] * len(values))
    filler.execute(f"INSERT INTO {model._meta.db_table} ({columns}) VALUES ({marks})", list(values.values()))

"""Finding the dossiers of a person and taking over what they say of that person, in one act that leaves no access.

The database searches and opens (`privacy/rls/rights.py`); here is asked, read, copied and shut.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from casework import third_parties
from casework.models import (
    Case,
    HouseholdCase,
    Member,
    RightsCandidate,
    RightsKind,
    RightsOverview,
    RightsPassage,
    RightsPerson,
    RightsQuestion,
    RightsRequest,
    RightsState,
    Signal,
)
from casework.redacting import Span
from casework.rights_rules import OTHERS, to_answer_by
from casework.services.rights import objecting, persons, receiving, texts
from casework.services.rights.holding import hold
from partners.models import Organisation
from partners.notices import tell
from partners.queries import regisseur_seats
from privacy import desks, dossiers, grants
from privacy.access import opened, require
from privacy.actor import Actor
from privacy.audit import record
from privacy.calling import column_of, rows_of, value_of
from privacy.grants import Because
from privacy.models import CompartmentKind, Dossier
from privacy.retention import holds
from privacy.unlock import unlock

ASKED = "verzoek betrokkene"
UNDECIDED = "Zeg eerst van elk gevonden dossier of het over deze persoon gaat."


def search(request: RightsRequest, *, by: Actor) -> int:
    """Lets the database look in which dossiers this person stands; returns how many were new."""
    request = hold(request, RightsState.COLLECTING, by=by)
    record.look("rights.searched", seen=_seen(request), object_pk=str(request.pk), by=by)
    found = value_of("casework_rights_find", request.pk)
    return int(str(found))


def _seen(request: RightsRequest) -> record.Seen:
    return record.Seen((request.dossier_id,), (request.reference,))


def confirm(request: RightsRequest, really: dict[UUID, bool], *, now: datetime, by: Actor) -> None:
    """Somebody says which dossiers are about this person. None of those is destroyed as long as the request is open.

    Also not what was said by mistake: only the end of the request lets go.
    """
    request = hold(request, RightsState.COLLECTING, by=by)
    for candidate in RightsCandidate.objects.filter(request=request, pk__in=really):
        candidate.confirmed, candidate.confirmed_by_id, candidate.confirmed_at = really[candidate.pk], by.user_id, now
        candidate.save(update_fields=["confirmed", "confirmed_by", "confirmed_at"])
    theirs = RightsCandidate.objects.filter(request=request, confirmed=True).values_list("about_id", flat=True)
    holds.block(theirs, because="request", source_id=request.pk, by=by)
    if request.kind == RightsKind.OBJECT:
        objecting.restrain(request, by=by)
    record.change("rights.confirmed", dossier=request.dossier, obj=request, fields=["candidates"], by=by)


@dataclass(slots=True)
class Haul:
    """What one act of collecting brings, before it is written."""

    known: persons.Known = field(default_factory=persons.Known)
    found: list[texts.Found] = field(default_factory=list)
    closed: set[tuple[UUID, UUID]] = field(default_factory=set)
    references: dict[UUID, str] = field(default_factory=dict)
    regie: dict[UUID, UUID] = field(default_factory=dict)
    overview: dict[str, list[str]] = field(default_factory=dict)


def collect(request: RightsRequest, *, now: datetime, today: date, by: Actor) -> int:
    """Opens the confirmed dossiers, copies what is about the person, asks the sources, and shuts all of it again.

    Each dossier is in the log. Returns how many passages there are.
    """
    request = hold(request, RightsState.COLLECTING, by=by)
    require(request.kind != RightsKind.OBJECT, objecting.NOTHING_COPIED)
    candidates = list(RightsCandidate.objects.filter(request=request))
    require(all(one.confirmed is not None for one in candidates), UNDECIDED)
    record.look("rights.collecting", seen=_seen(request), object_pk=str(request.pk), by=by)
    rows_of("casework_rights_open", request.pk)
    haul = _read(request, [one for one in candidates if one.confirmed], now, by)
    sources = _sources(haul, by)
    people = {source: column_of("casework_rights_people", request.pk, source) for source in sources}
    rows_of("casework_rights_close", request.pk)
    made = _write(request, haul, people, now, today, by)
    request.police = any(one.category == "politie" for one in haul.found)
    request.state = RightsState.JUDGING
    request.save(update_fields=["police", "state"])
    record.change("rights.gathered", dossier=request.dossier, obj=request, fields=["passages", "state"], by=by)
    return made


def _read(request: RightsRequest, confirmed: list[RightsCandidate], now: datetime, by: Actor) -> Haul:
    haul = Haul()
    if not confirmed:
        return haul
    ids = [one.about_id for one in confirmed]
    unlock(ids, event="rights.collected", object_pk=str(request.pk), by=by)
    haul.references = dict(Dossier.objects.filter(pk__in=ids).values_list("pk", "reference"))
    haul.known = persons.find(RightsPerson.objects.get(request=request), ids)
    there = haul.known.dossiers
    haul.found = [*_rows_of_person(haul.known), *texts.of_dossiers(there, haul.known.keys)]
    haul.closed = {(about, source) for about, source in rows_of("casework_rights_closed", request.pk) if about in there}
    haul.regie = _regie_of(there, now)
    haul.overview = receiving.overview(there, now)
    for one in confirmed:
        one.outcome = "copied" if one.about_id in there else "absent" if one.about_id in haul.references else "closed"
        one.save(update_fields=["outcome"])
    return haul


def _rows_of_person(found: persons.Known) -> list[texts.Found]:
    """What is noted of the person as such."""
    result = []
    for row in found.rows:
        born = f"geboren op {row.birth_date:%d-%m-%Y}" if row.birth_date else ""
        number = f"BSN {found.numbers[row.pk]}" if found.numbers.get(row.pk) else ""
        role = row.get_relation_display() if isinstance(row, Member) else getattr(row, "role", "")
        parts = (row.name or "", born, number, getattr(row, "address", "") or "", role)
        text = ", ".join(part for part in parts if part)
        result.append(texts.Found(row.dossier_id, row.dossier.reference, "Uw gegevens in het dossier", row.pk, text))
    return result


def _regie_of(ids: Iterable[UUID], now: datetime) -> dict[UUID, UUID]:
    """Which organisation directs each dossier: it answers for what no partner brought in."""
    tables = dict(opened(Case).filter(dossier__in=ids).values_list("dossier", "table"))
    tables |= dict(opened(Signal).filter(dossier__in=ids).values_list("dossier", "table"))
    tables |= dict(opened(HouseholdCase).filter(dossier__in=ids).values_list("dossier", "table"))
    found = {}
    for dossier, table in tables.items():
        seats = regisseur_seats(table, now)
        if seats:
            found[dossier] = seats[0].user.organisation_id
    return found


def _sources(haul: Haul, by: Actor) -> set[UUID]:
    return {_source(one, haul, by) for one in haul.found} | {source for _, source in haul.closed}


def _source(found: texts.Found, haul: Haul, by: Actor) -> UUID:
    return found.organisation_id or haul.regie.get(found.dossier_id) or by.home


def _write(
    request: RightsRequest, haul: Haul, people: dict[UUID, list[UUID]], now: datetime, today: date, by: Actor
) -> int:
    """Per source a part with its passages, for the desk and who answers for that source."""
    person = persons.itself(RightsPerson.objects.get(request=request))
    due = to_answer_by(request.received_on, today)
    questions = {source: _ask(request, source, people[source], due, now, by) for source in people}
    for one in haul.found:
        _passage(request, questions[_source(one, haul, by)], one, haul, person)
    for about, source in sorted(haul.closed):
        _own_part(request, questions[source], about, haul)
    regie = dossiers.part(request.dossier, CompartmentKind.REGIE)
    body = haul.overview | {"until": now.isoformat()}
    RightsOverview(dossier=request.dossier, compartment=regie, request=request, body=body).save(force_insert=True)
    return len(haul.found)


def _ask(
    request: RightsRequest, source: UUID, people: list[UUID], due: date, now: datetime, by: Actor
) -> RightsQuestion:
    part = desks.add_part(request.dossier, source, by=by)
    others = [one for one in people if one != by.user_id]
    question = RightsQuestion(
        dossier=request.dossier,
        compartment=part,
        request=request,
        organisation_id=source,
        reference=request.reference,
        asked_at=now,
        due_on=due,
        asked=others,
    )
    question.save(force_insert=True)
    grants.give([part], to=others, level="contribute", because=Because(ASKED, question.key), by=by)
    tell(others, about=None)
    return question


def _passage(
    request: RightsRequest, question: RightsQuestion, one: texts.Found, haul: Haul, person: third_parties.Somebody
) -> None:
    likely = third_parties.others_in(one.text, haul.known.others, person)
    RightsPassage(
        dossier=request.dossier,
        compartment=question.compartment,
        request=request,
        question=question,
        organisation_id=question.organisation_id,
        about_id=one.dossier_id,
        reference=one.reference,
        source=one.source,
        row_id=one.row_id,
        kind=one.kind,
        category=one.category,
        day=one.day,
        shielded=one.shielded,
        text=one.text,
        spans=[Span(start, end, OTHERS).as_list() for start, end in likely],
    ).save(force_insert=True)


def _own_part(request: RightsRequest, question: RightsQuestion, about: UUID, haul: Haul) -> None:
    """A part that only its owner reads: named to the owner, who says what may be handed over."""
    RightsPassage(
        dossier=request.dossier,
        compartment=question.compartment,
        request=request,
        question=question,
        organisation=Organisation(pk=question.organisation_id),
        about_id=about,
        reference=haul.references.get(about, ""),
        source="Eigen deel van de organisatie",
        own=True,
        shielded=True,
    ).save(force_insert=True)

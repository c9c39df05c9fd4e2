"""Objection (AVG 21): restricted at once, put before who directs each dossier, weighed by them, and decided.

The desk reads no dossier for it. What is upheld is used no longer; what is to be erased goes on as a request to erase.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from casework.models import (
    RightsCandidate,
    RightsKind,
    RightsObjection,
    RightsPerson,
    RightsRequest,
    RightsState,
    RightsWeighing,
    Weighed,
)
from casework.rights_rules import GROUNDS, to_answer_by
from casework.services.rights.holding import hold
from partners.models import User
from partners.notices import tell
from privacy import desks, dossiers, grants
from privacy.access import require
from privacy.actor import Actor
from privacy.audit import record
from privacy.calling import column_of, value_of
from privacy.grants import Because

ASKED = "bezwaar betrokkene"
NOTHING_COPIED = "Bij een bezwaar verzamelt u niets. Leg het voor aan de regisseurs."
NOT_AN_OBJECTION = "Dit verzoek is geen bezwaar."
UNDECIDED = "Zeg eerst van elk gevonden dossier of het over deze persoon gaat."
ALREADY = "Dit bezwaar is al gewogen, misschien door een collega. Laad de pagina opnieuw."
CHOOSE = "Kies of het bezwaar gegrond is."
NO_REASON = "Schrijf op waarom. De persoon leest dit in de brief."
NOT_DIRECTING = "Alleen wie dit dossier nu regisseert, weegt het bezwaar."
WAITS = "Dossier {number} is nog niet gewogen. Wacht daarop, of vraag het opnieuw."


def restrain(request: RightsRequest, *, by: Actor) -> None:
    """Restricts what the objection is about, by itself, and lets go what turned out to be somebody else's."""
    seen = record.Seen((request.dossier_id,), (request.reference,))
    record.look("rights.restricting", seen=seen, object_pk=str(request.pk), by=by)
    if value_of("casework_rights_restrict", request.pk):
        record.change("rights.restricted", dossier=request.dossier, obj=request, fields=["restricted_at"], by=by)


def put(request: RightsRequest, *, now: datetime, today: date, by: Actor) -> int:
    """Puts the objection before who directs each dossier; returns how many dossiers there are."""
    request = hold(request, RightsState.COLLECTING, by=by)
    require(request.kind == RightsKind.OBJECT, NOT_AN_OBJECTION)
    candidates = list(RightsCandidate.objects.filter(request=request))
    require(all(one.confirmed is not None for one in candidates), UNDECIDED)
    theirs = [one for one in candidates if one.confirmed]
    words = _words(RightsPerson.objects.get(request=request))
    for one in theirs:
        _put_one(request, one, words, now, today, by)
    request.state = RightsState.JUDGING
    request.save(update_fields=["state"])
    record.change("rights.put", dossier=request.dossier, obj=request, fields=["objections", "state"], by=by)
    return len(theirs)


def _words(person: RightsPerson) -> str:
    said = person.wish or "Er is geen toelichting gegeven."
    return f"{person.name}, geboren op {person.birth_date:%d-%m-%Y}.\n{said}"


def _put_one(
    request: RightsRequest, candidate: RightsCandidate, words: str, now: datetime, today: date, by: Actor
) -> None:
    people = _directors(request, candidate.about_id, by)
    home = User.objects.filter(pk__in=people).values_list("organisation_id", flat=True).first()
    objection = RightsObjection(
        dossier=request.dossier,
        compartment=desks.add_part(request.dossier, home or by.home, by=by),
        request=request,
        about_id=candidate.about_id,
        about_reference=candidate.reference,
        reference=request.reference,
        asked_at=now,
        due_on=to_answer_by(request.received_on, today),
        asked=people,
        words=words,
    )
    objection.save(force_insert=True)
    grants.give([objection.compartment], to=people, level="contribute", because=Because(ASKED, objection.key), by=by)
    tell(people, about=candidate.about_id)


def _directors(request: RightsRequest, about: UUID, by: Actor) -> list[UUID]:
    found: list[UUID] = column_of("casework_rights_directors", request.pk, about)
    return sorted((one for one in found if one != by.user_id), key=str)


def ask_again(objection: RightsObjection, *, now: datetime, by: Actor) -> None:
    """Tells who directs it now; a successor of who was asked gets it too."""
    request = hold(objection.request, RightsState.JUDGING, by=by)
    require(not RightsWeighing.objects.filter(objection=objection).exists(), ALREADY)
    people = _directors(request, objection.about_id, by)
    newcomers = [one for one in people if one not in objection.asked]
    if newcomers:
        because = Because(ASKED, objection.key)
        grants.give([objection.compartment], to=newcomers, level="contribute", because=because, by=by)
    objection.asked, objection.reminded_at = people, now
    objection.save(update_fields=["asked", "reminded_at"])
    tell(people, about=objection.about_id)
    record.change("rights.reminded", dossier=request.dossier, obj=objection, fields=["reminded_at"], by=by)


@dataclass(frozen=True, slots=True)
class WeighInput:
    """What who directs a dossier decides of an objection; `hidden_on` is a ground to be silent about the dossier."""

    outcome: str
    reason: str
    hidden_on: str = ""


def weigh(objection: RightsObjection, given: WeighInput, *, now: datetime, by: Actor) -> None:
    """Decides for one dossier, once. The person reads why."""
    dossiers.one_at_a_time(objection.pk)
    require(bool(value_of("privacy_regisseur_of", objection.about_id)), NOT_DIRECTING)
    require(not RightsWeighing.objects.filter(objection=objection).exists(), ALREADY)
    require(given.outcome in Weighed, CHOOSE)
    require(bool(given.reason.strip()), NO_REASON)
    require(not given.hidden_on or given.hidden_on in GROUNDS, "Kies een grond uit de lijst.")
    RightsWeighing(
        dossier_id=objection.dossier_id,
        compartment_id=objection.compartment_id,
        objection=objection,
        outcome=given.outcome,
        reason=given.reason,
        hidden_on=given.hidden_on,
        weighed_by_id=by.user_id,
        weighed_at=now,
    ).save(force_insert=True)
    record.change("rights.weighed", dossier_id=objection.dossier_id, obj=objection, fields=["weighing"], by=by)


def weighed(request: RightsRequest) -> list[tuple[RightsObjection, RightsWeighing | None]]:
    """Each dossier with what was decided of it."""
    rows = list(RightsObjection.objects.filter(request=request))
    found = {one.objection_id: one for one in RightsWeighing.objects.filter(objection__in=rows)}
    return [(row, found.get(row.pk)) for row in rows]


def why_not_decide(request: RightsRequest) -> str:
    """Why the letter can't go yet; empty when it can."""
    left = next((row for row, said in weighed(request) if said is None), None)
    return WAITS.format(number=left.about_reference) if left else ""


FOLLOWS = {
    Weighed.KEEP: "Uw bezwaar is gegrond. Wij gebruiken uw gegevens in dit dossier niet meer. Wij bewaren ze alleen "
    "nog zo lang de wet dat vraagt.",
    Weighed.ERASE: "Uw bezwaar is gegrond. Wij gebruiken uw gegevens in dit dossier niet meer. Wij wissen ze. Daarover "
    "krijgt u een aparte brief.",
    Weighed.DISMISSED: "Uw bezwaar is ongegrond. Er zijn dwingende gerechtvaardigde gronden om uw gegevens te blijven "
    "gebruiken. De beperking van dit dossier vervalt op de dag van deze brief.",
}


def words(request: RightsRequest) -> list[str]:
    """What the letter says of each dossier, with its reason. Of what the person may not know it says nothing."""
    told = [said for _, said in weighed(request) if said is not None and not said.hidden_on]
    if not told:
        return ["Wij vonden geen gegevens over u waarover wij u iets kunnen zeggen."]
    one = len(told) == 1
    return [
        f"{'' if one else f'Dossier {number}. '}{FOLLOWS[Weighed(said.outcome)]} De reden: {said.reason}"
        for number, said in enumerate(told, 1)
    ]


def settle(request: RightsRequest, *, by: Actor) -> int:
    """After the letter: what was dismissed is used again, what was upheld is not. The letter is the word of it."""
    ended = int(value_of("casework_rights_settle", request.pk))
    record.change("rights.settled_objection", dossier=request.dossier, obj=request, fields=["lifted_at"], by=by)
    return ended

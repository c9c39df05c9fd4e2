"""Erasure (AVG 17): the source decides of each passage, the contact point carries out, and who had it is told."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from casework.erasing_rules import ALL, HELD, fits
from casework.models import (
    Contribution,
    Erase,
    RightsErasure,
    RightsKind,
    RightsPassage,
    RightsQuestion,
    RightsRequest,
    RightsState,
    SignalItem,
)
from casework.services.rights.holding import hold
from partners.notices import tell
from privacy import dossiers
from privacy.access import opened, require
from privacy.actor import Actor
from privacy.audit import record
from privacy.calling import column_of, value_of
from privacy.unlock import unlock

SOURCES: dict[str, type[Contribution] | type[SignalItem]] = {"Inbreng in de casus": Contribution, "Melding": SignalItem}
ALREADY = "Over deze passage is al besloten, misschien door een collega. Laad de pagina opnieuw."
NO_GROUND = "Kies een grond die bij uw besluit past."
NO_REASON = "Schrijf op waarom het blijft staan. De persoon leest dit in de brief."
BY_HAND = "Dit kan het contactpunt niet voor u wissen. Haal het zelf weg, en kies dan dat u het zelf hebt gedaan."
NOT_OPEN = "U hebt geen toegang tot dossier {reference}. Vraag een collega die daar meedoet om te besluiten."
CHANGED = "De tekst in dossier {reference} is niet meer zoals hier staat. Overleg met het contactpunt."
NOT_DECIDED = "De bron heeft niet besloten dat dit weg gaat, of het is al gewist. Laad de pagina opnieuw."
NOT_OPEN_NOW = "Hier wordt niet (meer) gevraagd om te wissen. Laad de pagina opnieuw."
NOT_THIS = "Dit verzoek vraagt niet om te wissen."
WAITS = "{name} heeft nog niet over alles besloten. Wacht tot {day}, of herinner deze organisatie."
TO_DO = "Er zijn nog {number} passages die u moet wissen."


def can_erase(passage: RightsPassage) -> bool:
    """Whether the database can erase it: a text of its own, in a row of its own."""
    return passage.source in SOURCES and passage.row_id is not None and not passage.own


def erases(question_id: UUID) -> str:
    """How far the request to erase is that asks this; empty when it asks something else."""
    return str(value_of("casework_rights_erases", question_id) or "")


def decide(passage: RightsPassage, decision: str, ground: str, reason: str, *, now: datetime, by: Actor) -> None:
    """The source says once whether it goes, and on which ground; raises Refused when it can't be as it says."""
    require(passage.organisation_id == by.home, "Alleen de bron besluit hierover.")
    require(erases(passage.question_id) == RightsState.JUDGING, NOT_OPEN_NOW)
    dossiers.one_at_a_time(passage.pk)
    require(not RightsErasure.objects.filter(passage=passage).exists(), ALREADY)
    require(decision in Erase and fits(decision, ground), NO_GROUND)
    require(decision != Erase.KEEP or bool(reason.strip()), NO_REASON)
    if decision == Erase.ERASE:
        require(can_erase(passage), BY_HAND)
        _check_original(passage, by)
    RightsErasure(
        dossier_id=passage.dossier_id,
        compartment_id=passage.compartment_id,
        passage=passage,
        decision=decision,
        ground=ground,
        reason=reason or None,
        decided_by_id=by.user_id,
        decided_at=now,
    ).save(force_insert=True)
    record.change("rights.erase_decided", dossier_id=passage.dossier_id, obj=passage, fields=["erasure"], by=by)


def _check_original(passage: RightsPassage, by: Actor) -> None:
    """Who decides reads the original with rights of its own, and it is what the desk copied."""
    unlock([passage.about_id], by=by)
    row = opened(SOURCES[passage.source]).filter(pk=passage.row_id).first()
    require(row is not None, NOT_OPEN.format(reference=passage.reference))
    require(row is not None and row.text.strip() == (passage.text or ""), CHANGED.format(reference=passage.reference))


def carry_out(passage: RightsPassage, *, by: Actor) -> bool:
    """Erases what its source decided to erase, and tells who had it; False when a legal hold stands in the way."""
    request = hold(passage.request, RightsState.JUDGING, by=by)
    require(request.kind == RightsKind.ERASE, NOT_THIS)
    dossiers.one_at_a_time(passage.pk)
    found = RightsErasure.objects.filter(passage=passage, decision__in=(Erase.ERASE, Erase.SELF), carried_out_at=None)
    require(found.exists(), NOT_DECIDED)
    seen = record.Seen((request.dossier_id, passage.about_id), (request.reference, passage.reference))
    record.look("rights.erasing", seen=seen, object_pk=str(passage.pk), by=by)
    people = column_of("casework_rights_erase", passage.pk)
    done = not RightsErasure.objects.get(passage=passage).held_at
    if done:
        tell(people, about=passage.about_id)
        record.change("rights.erased", dossier_id=passage.about_id, obj=passage, fields=["text"], by=by)
    else:
        record.change("rights.erase_held", dossier=request.dossier, obj=passage, fields=["held_at"], by=by)
    return done


Pair = tuple[RightsPassage, RightsErasure | None]


def pairs_of(request: RightsRequest) -> list[Pair]:
    """Every passage with what its source decided."""
    rows = list(RightsPassage.objects.filter(request=request).select_related("organisation"))
    found = {one.passage_id: one for one in RightsErasure.objects.filter(passage__in=rows)}
    return [(row, found.get(row.pk)) for row in rows]


def to_do(said: RightsErasure | None) -> bool:
    """Whether the desk still has to erase it."""
    return said is not None and said.decision != Erase.KEEP and not said.carried_out_at and not said.held_at


def why_not_decide(request: RightsRequest, today: date) -> str:
    """Why the letter can't go yet; empty when it can."""
    pairs = pairs_of(request)
    left = sum(to_do(said) for _, said in pairs)
    if left:
        return TO_DO.format(number=left)
    silent = {row.question_id for row, said in pairs if said is None}
    asked = RightsQuestion.objects.filter(pk__in=silent, due_on__gte=today).select_related("organisation").first()
    return WAITS.format(name=asked.organisation.name, day=f"{asked.due_on:%d-%m-%Y}") if asked else ""


def words(request: RightsRequest) -> list[str]:
    """What the letter says: how much was erased, and what stays with its ground. The erased text is in it nowhere."""
    pairs = pairs_of(request)
    if not pairs:
        return ["Wij vonden geen gegevens over u."]
    gone = sum(bool(said and said.carried_out_at) for _, said in pairs)
    told = any(said and said.told for _, said in pairs)
    heard = ["Wie deze gegevens van ons kreeg, heeft daarvan bericht (artikel 19 AVG)."] if told else []
    return [f"Wij hebben {gone} van de {len(pairs)} passages over u gewist.", *heard, *_each(pairs)]


def _each(pairs: list[Pair]) -> list[str]:
    lines = []
    for row, said in pairs:
        name = row.source if row.shielded else f"{row.source} ({row.organisation.name})"
        if said is None:
            lines.append(f"{name}: de bron heeft nog niet besloten. Wij laten u weten wat het wordt.")
        elif said.held_at or said.decision == Erase.KEEP:
            law, why = ALL[HELD if said.held_at else said.ground]
            reason = "" if said.held_at else f" {said.reason}"
            lines.append(f"{name}: dit blijft staan. De grond is {why} ({law}).{reason}")
        elif said.carried_out_at:
            law, why = ALL[said.ground]
            lines.append(f"{name}: dit is gewist. De grond is {why} ({law}).")
    return lines

"""Rectification: the person says what is not right, the source answers and lays that statement beside its own text."""

from __future__ import annotations

from datetime import datetime

from casework.models import (
    Contribution,
    Corrected,
    RightsKind,
    RightsPassage,
    RightsReply,
    RightsRequest,
    RightsSaying,
    RightsState,
    SignalItem,
)
from casework.services import statements
from casework.services.rights.holding import hold
from partners.notices import tell
from privacy import dossiers
from privacy.access import opened, require
from privacy.actor import Actor
from privacy.audit import record
from privacy.errors import NotKnown
from privacy.unlock import unlock

SOURCES: dict[str, type[Contribution] | type[SignalItem]] = {"Inbreng in de casus": Contribution, "Melding": SignalItem}
NO_TEXT = "Schrijf op wat de betrokkene hierover zegt."
NOT_HERE = "Bij deze passage kan geen verklaring staan. Kies een passage uit de inbreng of uit een melding."
ONCE = "De verklaring is al doorgegeven. Laad de pagina opnieuw."
ALREADY = "Op deze verklaring is al geantwoord, misschien door een collega."
NO_REASON = "Schrijf op waarom u uw tekst laat staan. De betrokkene en iedereen die de tekst leest, zien dit."
NOT_OPEN = "U hebt geen toegang tot dossier {reference}. Vraag een collega die daar meedoet om te antwoorden."
NOT_YET = "Verbeter eerst uw inbreng in dossier {reference}, of trek haar in. Antwoord daarna hier."
SIGNAL_STAYS = "Een melding verandert niet meer. Kies dat uw tekst blijft staan; de verklaring komt ernaast."


def can_be_said(passage: RightsPassage) -> bool:
    """Whether a statement can stand beside this passage."""
    return passage.source in SOURCES and passage.row_id is not None and not passage.left_out


def wants(request: RightsRequest) -> bool:
    """Whether this request is about what is not right, and somebody reads its passages."""
    return request.kind == RightsKind.RECTIFY and request.state == RightsState.JUDGING


def say(passage: RightsPassage, text: str, *, now: datetime, by: Actor) -> None:
    """Keeps the words of the person and tells the source, without content, that something waits."""
    request = hold(passage.request, RightsState.JUDGING, by=by)
    require(wants(request) and can_be_said(passage), NOT_HERE)
    require(bool(text.strip()), NO_TEXT)
    require(not RightsSaying.objects.filter(passage=passage).exists(), ONCE)
    RightsSaying(
        dossier=request.dossier,
        compartment_id=passage.compartment_id,
        passage=passage,
        text=text,
        written_by_id=by.user_id,
        at=now,
    ).save(force_insert=True)
    record.change("rights.said", dossier=request.dossier, obj=passage, fields=["statement"], by=by)
    tell(passage.question.asked, about=None)


def reply(saying: RightsSaying, outcome: str, reason: str, *, now: datetime, by: Actor) -> None:
    """The source answers, once; with the answer the statement stands beside its text for every reader of that."""
    passage = saying.passage
    require(passage.organisation_id == by.home, "Alleen de bron antwoordt hierop.")
    dossiers.one_at_a_time(saying.pk)
    require(not RightsReply.objects.filter(saying=saying).exists(), ALREADY)
    require(outcome in Corrected, "Kies wat u hebt gedaan.")
    require(outcome != Corrected.KEPT or bool(reason.strip()), NO_REASON)
    row, text = _row(passage, by), saying.text
    _check_done(row, passage, outcome)
    if getattr(row, "withdrawn_at", None) is None:
        statements.lay_beside(row, text, outcome, reason, now=now, by=by)
    RightsReply(
        dossier_id=saying.dossier_id,
        compartment_id=saying.compartment_id,
        saying=saying,
        outcome=outcome,
        reason=reason or None,
        answered_by_id=by.user_id,
        answered_at=now,
    ).save(force_insert=True)
    record.change("rights.replied", dossier_id=saying.dossier_id, obj=saying, fields=["answer"], by=by)


def _row(passage: RightsPassage, by: Actor) -> Contribution | SignalItem:
    """The original text, opened with the rights of who answers: the desk has none there."""
    model = SOURCES.get(passage.source)
    if model is None:
        raise NotKnown
    unlock([passage.about_id], by=by)
    row = opened(model).filter(pk=passage.row_id).first()
    require(row is not None, NOT_OPEN.format(reference=passage.reference))
    if row is None:
        raise NotKnown
    return row


def _check_done(row: Contribution | SignalItem, passage: RightsPassage, outcome: str) -> None:
    if outcome == Corrected.CORRECTED:
        require(isinstance(row, Contribution), SIGNAL_STAYS)
        done = isinstance(row, Contribution) and (row.corrected_at or row.withdrawn_at)
        require(bool(done), NOT_YET.format(reference=passage.reference))

"""Emergency access (break-glass): four hours on the cover and the table's part of one dossier, told and reviewed.

The database gives, ends and reviews; it refuses an unknown number and one from which the person is kept away alike.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from django.db import ProgrammingError, transaction

from privacy import dossiers
from privacy.access import require
from privacy.actor import Actor
from privacy.audit import record
from privacy.calling import rows_of, value_of
from privacy.encryption import keyring
from privacy.errors import Refused
from privacy.models import (
    CompartmentKind,
    Dossier,
    DossierKind,
    EmergencyAccess,
    EmergencyText,
    Verdict,
)
from privacy.retention.terms import term_of

NOT_GIVEN = "Met dit nummer krijgt u geen noodtoegang. Controleer het nummer, of bel de regisseur."
OVER = "Deze noodtoegang is al voorbij."
FIRST = "Deze noodtoegang is intussen beoordeeld, of u kunt haar niet beoordelen. Open de pagina opnieuw."
NO_QUESTION = "Er staat geen vraag meer open."


@dataclass(frozen=True, slots=True)
class Opened:
    """A use that has begun, and who must hear of it at once."""

    use_id: UUID
    about: Dossier
    until: datetime
    regisseurs: tuple[UUID, ...]
    officers: tuple[UUID, ...]


def _notes(made: UUID, now: datetime, by: Actor) -> Dossier:
    """The dossier of the notes about one use."""
    until = term_of("emergency").ends(now.date())
    birth = dossiers.Birth(DossierKind.REQUEST, f"N-{made.hex[:10].upper()}", now.date(), now, retain_until=until)
    dossier = dossiers.found(birth, by=by)
    for kind in (CompartmentKind.TABLE, CompartmentKind.REGIE):
        dossiers.add_compartment(dossier, kind, by=by)
    return dossier


def break_glass(number: str, reason: str, *, now: datetime, by: Actor) -> Opened:
    """Opens a dossier by its number for four hours; raises Refused, always with the same sentence.

    The caller tells those who must hear of it, in the same transaction.
    """
    made = uuid4()
    rows_of("privacy_hold_for_emergency", number)
    notes = _notes(made, now, by)
    try:
        with transaction.atomic():
            ((about, until, regisseurs, officers),) = rows_of("privacy_break_glass", made, notes.pk, number)
    except ProgrammingError as refused:
        raise Refused(NOT_GIVEN) from refused
    dossier = Dossier.objects.filter(pk=about).first()
    # Who is excluded at this very moment holds grants that do not count; all of it is undone.
    require(dossier is not None, NOT_GIVEN)
    assert dossier is not None
    keyring.current().emergency[dossier.pk] = until
    _write(made, notes, CompartmentKind.REGIE, EmergencyText.Kind.REASON, reason, now=now, by=by)
    record.change("emergency.opened", dossier=dossier, fields=["cover", "table"], ground="noodtoegang", by=by)
    return Opened(made, dossier, until, tuple(regisseurs), tuple(officers))


def _write(
    use_id: UUID,
    notes: Dossier,
    part: CompartmentKind,
    kind: EmergencyText.Kind,
    text: str,
    *,
    now: datetime,
    by: Actor,
) -> None:
    EmergencyText(
        dossier=notes,
        compartment=dossiers.part(notes, part),
        use_id=use_id,
        kind=kind,
        author_id=by.user_id,
        text=text,
        at=now,
    ).save(force_insert=True)


def end(use: EmergencyAccess, *, by: Actor) -> None:
    """Ends a use before its time; raises Refused when it is over, and for who may not."""
    ended = value_of("privacy_end_emergency", use.pk)
    require(bool(ended), OVER)
    record.change("emergency.ended", dossier_id=use.about_id, obj=use, fields=["ended_at"], by=by)


def end_all_of(person: UUID, *, by: Actor) -> None:
    """Ends what runs for somebody who has no seat left. The database lets only a beheerder."""
    ended = value_of("privacy_end_emergencies", person)
    if ended:
        record.change("emergency.ended", fields=["ended_at"], by=by)


def ask_back(use: EmergencyAccess, question: str, *, now: datetime, by: Actor) -> None:
    """Asks the person about a use before judging it."""
    _decide(use, Verdict.ASKED)
    _write(use.pk, use.dossier, CompartmentKind.TABLE, EmergencyText.Kind.QUESTION, question, now=now, by=by)
    record.change("emergency.asked", dossier_id=use.about_id, obj=use, fields=["question"], by=by)


def answer(use: EmergencyAccess, text: str, *, now: datetime, by: Actor) -> None:
    """The person answers a question."""
    answered = value_of("privacy_answer_emergency", use.pk)
    require(bool(answered), NO_QUESTION)
    _write(use.pk, use.dossier, CompartmentKind.TABLE, EmergencyText.Kind.ANSWER, text, now=now, by=by)
    record.change("emergency.answered", dossier_id=use.about_id, obj=use, fields=["answer"], by=by)


def judge(use: EmergencyAccess, verdict: Verdict, explanation: str, *, now: datetime, by: Actor) -> None:
    """Says whether it was right; once, and never about oneself."""
    _decide(use, verdict)
    _write(use.pk, use.dossier, CompartmentKind.REGIE, EmergencyText.Kind.EXPLANATION, explanation, now=now, by=by)
    record.change("emergency.reviewed", dossier_id=use.about_id, obj=use, fields=["explanation", "verdict"], by=by)


def _decide(use: EmergencyAccess, verdict: Verdict) -> None:
    decided = value_of("privacy_review_emergency", use.pk, verdict)
    require(bool(decided), FIRST)


def take_up_reviews(*, by: Actor) -> None:
    """Gives the privacy officer who acts the notes about every use that this officer may review."""
    given = value_of("privacy_take_up_reviews")
    if given:
        record.change("grant.given", fields=["review"], ground="controle", by=by)


def parts_of(about_id: UUID, opened: Iterable[UUID]) -> list[str]:
    """Names of the parts among these keys; never what stands in them."""
    about = Dossier(id=about_id)
    known = {
        dossiers.compartment_id(about, CompartmentKind.COVER): "omslag (nummer, stand, datums)",
        dossiers.compartment_id(about, CompartmentKind.TABLE): "deel voor alle deelnemers",
    }
    there = set(opened)
    return [name for part, name in known.items() if part in there]

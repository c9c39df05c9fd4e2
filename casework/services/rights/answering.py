"""A source answers for its own passages: they may go, in part, or not at all on a ground. Once per passage."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from casework.models import RightsAnswer, RightsPassage, RightsQuestion, Verdict
from casework.redacting import words_in
from casework.rights_rules import GROUNDS
from casework.services.rights.erasing import erases
from casework.services.rights.holding import hold
from partners.notices import tell
from privacy import dossiers
from privacy.access import require
from privacy.actor import Actor
from privacy.audit import record

ERASES = "Dit verzoek vraagt om wissen. Zeg van elke passage of ze weg moet of blijft."
ALREADY = "Op deze passage is al geantwoord, misschien door een collega."
NO_GROUND = "Kies op welke grond dit niet mag."
NO_REASON = "Schrijf op waarom. Alleen het contactpunt leest dit."
NO_WORDS = "Neem precies over welke woorden niet mee mogen, één stuk per regel. Deze woorden staan niet in de passage."


@dataclass(frozen=True, slots=True)
class AnswerInput:
    """What somebody of the source says of one passage."""

    verdict: str
    ground: str = ""
    except_words: str = ""
    reason: str = ""
    given: str = ""


def answer(passage: RightsPassage, given: AnswerInput, *, now: datetime, by: Actor) -> None:
    """Says what may go; raises Refused when a ground or reason is missing, or a colleague was first."""
    require(passage.organisation_id == by.home, "Alleen de bron antwoordt hierop.")
    require(not erases(passage.question_id), ERASES)
    dossiers.one_at_a_time(passage.pk)
    require(not RightsAnswer.objects.filter(passage=passage).exists(), ALREADY)
    if given.verdict != Verdict.MAY:
        require(given.ground in GROUNDS, NO_GROUND)
        require(bool(given.reason), NO_REASON)
    if given.verdict == Verdict.EXCEPT:
        text, lines = passage.text or given.given, [line for line in given.except_words.splitlines() if line.strip()]
        require(bool(lines) and all(words_in(text, line) for line in lines), NO_WORDS)
    require(not passage.own or given.verdict == Verdict.REFUSED or bool(given.given), "Schrijf op wat mee mag.")
    RightsAnswer(
        dossier_id=passage.dossier_id,
        compartment_id=passage.compartment_id,
        passage=passage,
        verdict=given.verdict,
        ground="" if given.verdict == Verdict.MAY else given.ground,
        except_words=given.except_words if given.verdict == Verdict.EXCEPT else None,
        reason=given.reason or None,
        given=given.given if passage.own and given.verdict != Verdict.REFUSED else None,
        answered_by_id=by.user_id,
        answered_at=now,
    ).save(force_insert=True)
    record.change("rights.answered", dossier_id=passage.dossier_id, obj=passage, fields=["answer"], by=by)


def remind(question: RightsQuestion, *, now: datetime, by: Actor) -> None:
    """Tells everybody who can answer once more that something waits."""
    request = hold(question.request, by=by)
    question.reminded_at = now
    question.save(update_fields=["reminded_at"])
    tell(question.asked, about=None)
    record.change("rights.reminded", dossier=request.dossier, obj=question, fields=["reminded_at"], by=by)

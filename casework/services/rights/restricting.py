"""Restriction (AVG 18): the dossiers of the person are kept and not used, until it is lifted with word to the person.

The desk reads none of those dossiers; the database sets and lifts the mark (`privacy/rls/person.py`).
"""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import get_text_list

from casework.models import RightsCandidate, RightsKind, RightsRequest, RightsState
from casework.services.rights.holding import check_handles, hold, note
from privacy import dossiers
from privacy.access import require, require_regie
from privacy.actor import Actor
from privacy.audit import record
from privacy.calling import value_of
from privacy.errors import NotKnown

KINDS = (RightsKind.RESTRICT, RightsKind.OBJECT, RightsKind.RECTIFY)
NOT_THIS = "Bij dit soort verzoek hoort geen beperking."
STANDS = "De beperking staat al. Laad de pagina opnieuw."
GONE = "Er is geen beperking (meer). Misschien was een collega u voor. Laad de pagina opnieuw."
TELL = "Schrijf op wat u de persoon meldt. Zonder bericht gaat de beperking er niet af (artikel 18, lid 3, AVG)."
NOT_WEIGHED = "De beperking staat tot het bezwaar is gewogen (artikel 18, lid 1, onder d, AVG). Besluit eerst."
NOTHING = "Er is geen dossier waarvan u hebt bevestigd dat het over deze persoon gaat."


def stands(request: RightsRequest) -> bool:
    """Whether dossiers are restricted for this request now."""
    return request.restricted_at is not None and request.lifted_at is None


def restricted_words(request: RightsRequest) -> list[str]:
    """What a letter says of what is restricted for this request: which dossiers, since when, what that means.

    Of an objection the decision itself says what is used no longer.
    """
    if request.kind == RightsKind.OBJECT or not stands(request) or request.restricted_at is None:
        return []
    theirs = RightsCandidate.objects.filter(request=request, confirmed=True)
    numbers = get_text_list(list(theirs.values_list("reference", flat=True)), "en")
    day = date_format(timezone.localdate(request.restricted_at), "j F Y")
    return [
        f"Sinds {day} gebruiken wij de gegevens in deze dossiers niet meer; wij bewaren ze alleen (artikel 18 AVG): "
        f"{numbers}. Dat verandert alleen als u het goedvindt, voor een rechtszaak, of om iemand te beschermen. "
        "Voordat de beperking eraf gaat, krijgt u bericht van ons."
    ]


def can_restrict(request: RightsRequest) -> bool:
    """Whether this request may restrict: its kind, and dossiers were confirmed."""
    going = request.state in (RightsState.COLLECTING, RightsState.JUDGING)
    return going and request.kind in KINDS and not stands(request)


def restrict(request: RightsRequest, *, by: Actor) -> int:
    """Puts the mark on every confirmed dossier; returns on how many."""
    request = hold(request, RightsState.COLLECTING, RightsState.JUDGING, by=by)
    require(request.kind in KINDS, NOT_THIS)
    require(not stands(request), STANDS)
    seen = record.Seen((request.dossier_id,), (request.reference,))
    record.look("rights.restricting", seen=seen, object_pk=str(request.pk), by=by)
    made = int(value_of("casework_rights_restrict", request.pk))
    require(made > 0, NOTHING)
    record.change("rights.restricted", dossier=request.dossier, obj=request, fields=["restricted_at"], by=by)
    return made


def lift(request: RightsRequest, said: str, *, now: datetime, by: Actor) -> int:
    """Takes the mark off, also after the request ended; what the person is told is kept with it."""
    require_regie(request, by=by)
    dossiers.one_at_a_time(request.dossier_id)
    fresh = RightsRequest.objects.select_related("dossier").filter(pk=request.pk).first()
    if fresh is None:
        raise NotKnown
    check_handles(fresh, by=by)
    require(stands(fresh), GONE)
    require(not (fresh.kind == RightsKind.OBJECT and fresh.open), NOT_WEIGHED)
    require(bool(said.strip()), TELL)
    seen = record.Seen((fresh.dossier_id,), (fresh.reference,))
    record.look("rights.lifting", seen=seen, object_pk=str(fresh.pk), by=by)
    ended = int(value_of("casework_rights_lift", fresh.pk))
    note(fresh, "lifted", said, now=now, by=by)
    record.change("rights.lifted", dossier=fresh.dossier, obj=fresh, fields=["lifted_at"], by=by)
    return ended

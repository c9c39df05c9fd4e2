"""What the person gets, as data for a template: exactly what may go. What went is not in it, in no form at all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.conf import settings
from django.utils.formats import date_format

from casework import rights_rules as rules
from casework.models import ItemKind, RightsAnswer, RightsKind, RightsPassage, RightsPerson, RightsRequest
from casework.redacting import Piece, pieces, spans_of
from casework.services.rights.judging import claimed, text_of

Pair = tuple[RightsPassage, RightsAnswer | None]
PROTECTED = "een partner of melder, van wie de naam beschermd blijft"
KINDS = {kind.value: kind.label.lower() for kind in ItemKind}


@dataclass(frozen=True, slots=True)
class File:
    """What is composed: the parts of the file, and the grounds that stand in it by their sign."""

    content: dict[str, Any]
    grounds: tuple[str, ...]


def _day(day: date | None) -> str:
    return date_format(day, "j F Y") if day else ""


def left_of(passage: RightsPassage, answer: RightsAnswer | None) -> list[Piece]:
    """What is left of one passage, as it will stand in the file; nothing of one that is about somebody else."""
    text = text_of(passage, answer)
    if passage.left_out or not text:
        return []
    if passage.refused_on:
        left = [Piece(ground=passage.refused_on)]
    else:
        left = pieces(text, (*spans_of(passage.spans or []), *claimed(text, answer)))
    return [replace(piece, sign=rules.article(piece.ground)) if piece.ground else piece for piece in left]


def compose(
    request: RightsRequest,
    person: RightsPerson,
    pairs: Sequence[Pair],
    overview: dict[str, Any],
    looks: dict[str, Any] | None = None,
) -> File:
    """The file of one person, of passages that somebody judged; `looks` is the annex of who looked, when asked for."""
    signs: dict[str, str] = {}
    parts: dict[str, list[dict[str, Any]]] = {}
    for passage, answer in pairs:
        left = left_of(passage, answer)
        if left:
            parts.setdefault(passage.reference, []).append(_passage(passage, left, signs))
    content = {
        "municipality": settings.MUNICIPALITY_NAME,
        "reference": request.reference,
        "name": person.name,
        "received": _day(request.received_on),
        "parts": [{"number": number, "passages": rows} for number, rows in parts.items()],
        "grounds": [
            {"sign": sign, "law": rules.GROUNDS[g][0], "why": rules.GROUNDS[g][1]} for g, sign in signs.items()
        ],
        "sources": _sources(pairs),
        "recipients": overview.get("recipients", []),
        "earlier": overview.get("earlier", []),
        "tables": overview.get("tables", []),
        "kept": overview.get("kept", []),
        "looks": looks,
        "categories": sorted({passage.category for passage, _ in pairs if passage.category and not passage.left_out}),
    }
    return File(content, tuple(signs))


def _passage(passage: RightsPassage, left: Iterable[Piece], signs: dict[str, str]) -> dict[str, Any]:
    for piece in left:
        if piece.ground:
            signs.setdefault(piece.ground, chr(ord("A") + len(signs)))
    return {
        "source": passage.source,
        "organisation": PROTECTED if passage.shielded else passage.organisation.name,
        "kind": KINDS.get(passage.kind, ""),
        "day": _day(passage.day),
        "pieces": [{"text": piece.text, "ground": piece.ground, "sign": signs.get(piece.ground, "")} for piece in left],
    }


def _sources(pairs: Iterable[Pair]) -> list[str]:
    return sorted({passage.organisation.name for passage, _ in pairs if not passage.shielded and not passage.left_out})


def letter(
    request: RightsRequest, person: RightsPerson, *, day: date, paragraphs: Sequence[str], subject: str
) -> dict[str, Any]:
    """The letter to who asked, with what can be done against it."""
    return {
        "municipality": settings.MUNICIPALITY_NAME,
        "name": person.asker_name or person.name,
        "address": (person.asker_address if person.asker_name else person.address) or "",
        "day": _day(day),
        "reference": request.reference,
        "subject": subject,
        "received": _day(request.received_on),
        "paragraphs": list(paragraphs),
    }


def release_words(request: RightsRequest, made: File) -> list[str]:
    """What the letter says of what the person gets (AVG 15, UAVG 41, Wpg 25 to 27)."""
    words = [
        "U vroeg welke gegevens wij en onze partners over u verwerken. Wij geven u inzage (artikel 15 AVG"
        + (" en artikel 25 Wpg" if request.police else "")
        + "). U vindt uw gegevens in het bestand bij deze brief.",
        "In het bestand staat ook waar de gegevens vandaan komen, wie ze kregen en hoe lang wij ze bewaren.",
    ]
    if made.grounds:
        words.append(
            "Een deel is zwart gemaakt. Bij elk zwart stuk staat een letter. Achter in het bestand leest u welke "
            "reden en welk artikel daarbij horen. De lengte van een zwart stuk zegt niets."
        )
    if made.content["looks"]:
        words.append(
            "U vroeg ook wie er keek. Dat staat in een bijlage achter in het bestand: per dag en per organisatie, "
            "zonder namen van medewerkers (artikel 15 AVG" + (" en artikel 25 Wpg)." if request.police else ").")
        )
    if request.recheck_on:
        words.append(f"Op {_day(request.recheck_on)} kijken wij opnieuw of wat wij weigerden dan wel mag.")
    words.append("Klopt iets niet, dan kunt u ons vragen het te verbeteren (artikel 16 AVG).")
    return words


ARTICLES = {
    RightsKind.RECTIFY: "artikel 16 AVG",
    RightsKind.ERASE: "artikel 17 AVG",
    RightsKind.RESTRICT: "artikel 18 AVG",
    RightsKind.OBJECT: "artikel 21 AVG",
}


def decision_words(request: RightsRequest) -> list[str]:
    """How the letter begins that answers another question than to see; what was decided is written by a person."""
    what = request.get_kind_display().split(" (")[0].lower()
    law = ARTICLES[RightsKind(request.kind)]
    if request.kind == RightsKind.OBJECT:
        return [f"U maakte bezwaar tegen het gebruik van uw gegevens ({law}). Wie het dossier leidt, heeft uw bezwaar "
                "gewogen. Zolang dat duurde, gebruikten wij uw gegevens niet."]  # fmt: skip
    return [f"U vroeg ons om {what} ({law}). Wij vroegen de partners die het aangaat wat zij ervan vinden."]


def refusal_words(request: RightsRequest, said: str) -> list[str]:
    """What the letter says of a refusal, with its article."""
    words = [
        f"U deed een verzoek om {request.get_kind_display().split(' (')[0].lower()}. Wij voeren dit verzoek niet uit.",
        rules.REFUSALS[request.refusal].sentence,
    ]
    return [*words, said] if said else words

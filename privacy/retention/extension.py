"""Keeping a case longer: asked by who directs it, consented to by every organisation whose data are in it.

What the database holds whatever happens here stands in `privacy/rls/extension.py`. The reason lies in a file of its
own, for who asked and who is asked: no officer has a key to it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid4

from django.utils import timezone

from privacy import dossiers, grants
from privacy.access import require, visible
from privacy.actor import Actor
from privacy.audit import record
from privacy.calling import rows_of, value_of
from privacy.codes import random_code
from privacy.errors import NotKnown
from privacy.models import AuditEntry, CompartmentKind, Desk, Dossier, DossierKind, Extension, ExtensionText
from privacy.retention.terms import table_name, term_of
from privacy.unlock import unlock

# What is in the way, by the code that the database gives.
BARRIERS = {
    "gone": "Dit dossier is al vernietigd.",
    "over": "De bewaartermijn is voorbij. Verlengen kan alleen daarvoor.",
    "early": "Verlengen vraagt u in het laatste halfjaar van de bewaartermijn. Dan blijkt of het echt nodig is.",
    "waits": "Er loopt al een verzoek om deze casus langer te bewaren. Misschien was een collega u voor.",
    "ground": "Deze grond past niet bij de casus: grond a is voor een casus die loopt, grond b voor een casus die "
    "korter dan een jaar geleden gesloten is.",
    "no": "Een organisatie stemde niet in, en haar gegevens staan nog in de casus. Daarom kan het niet.",
    "nobody": "Er staan geen gegevens van een organisatie in de casus. Er is niemand die kan instemmen.",
    "changed": "De bewaartermijn is intussen veranderd. Trek het verzoek in en vraag het opnieuw.",
    "consent": "Nog niet alle organisaties stemden in.",
    "source": "Er kwamen gegevens bij van een organisatie die niet is gevraagd. Trek het verzoek in en vraag opnieuw.",
}
NOBODY = "Van een organisatie is er nu niemand die kan antwoorden. Nodig eerst iemand van die organisatie uit."
OVER = "Dit verzoek loopt niet meer. Bekijk de pagina opnieuw."
ANSWERED = "Uw organisatie antwoordde al. Een antwoord verandert niet meer."


@dataclass(frozen=True, slots=True)
class Held:
    """A case that a request holds, for an officer: numbers and days, and how many answered."""

    pk: UUID
    reference: str
    table: str
    ground: str
    old_end: date
    new_end: date
    last_day: date
    agreed: int
    asked: int


def barrier(about: UUID) -> str:
    """Why no extension of this case can be asked now; empty when it can. The database lets only who directs it ask."""
    return BARRIERS[code] if (code := value_of("privacy_extension_barrier", about)) else ""


def whom(about: UUID) -> dict[UUID, list[UUID]]:
    """Which organisations have data in it, and who of each can answer: nobody, when there is none."""
    found: dict[UUID, list[UUID]] = {}
    for organisation, person in rows_of("privacy_extension_whom", about):
        found.setdefault(organisation, []).extend([person] if person else [])
    return found


def _file(about: Dossier, reason: str, now: datetime, by: Actor) -> Dossier:
    today = timezone.localdate(now)
    until = term_of(Desk.RETENTION).ends(today)
    birth = dossiers.Birth(DossierKind.REQUEST, f"VL-{random_code(8)}", today, now, retain_until=until)
    file = dossiers.found(birth, by=by)
    part = dossiers.add_compartment(file, CompartmentKind.TABLE, by=by)
    ExtensionText(
        dossier=file, compartment=part, author_id=by.user_id, at=now, reference=about.reference, text=reason
    ).save(force_insert=True)
    return file


def ask(about: Dossier, ground: str, years: int, reason: str, *, now: datetime, by: Actor) -> Extension:
    """Asks every source of this case to consent; until its last day nothing of the case is destroyed. Raises Refused.

    The caller tells those who are asked, in the same transaction.
    """
    asked = whom(about.pk)
    require(all(asked.values()), NOBODY)
    file, made = _file(about, reason, now, by), uuid4()
    code = value_of("privacy_ask_extension", made, about.pk, ground, years, file.pk)
    require(code is None, BARRIERS.get(code, OVER))
    extension = Extension.objects.get(pk=made)
    people = {by.user_id, *(person for persons in asked.values() for person in persons)}
    because = grants.Because("verlenging bewaartermijn", extension.key)
    part = dossiers.part(file, CompartmentKind.TABLE)
    grants.give([part], to=sorted(people), level="view", because=because, by=by)
    record.change(
        "extension.asked", dossier_id=about.pk, obj=extension, fields=[ground], action=AuditEntry.Action.CREATE, by=by
    )
    return extension


def answer(extension: Extension, agreed: bool, *, by: Actor) -> None:
    """Says it for one's own organisation, once. A no is final, and ends the request."""
    code = value_of("privacy_answer_extension", extension.pk, agreed)
    require(code is None, ANSWERED if code == "answered" else OVER)
    event = "extension.consented" if agreed else "extension.refused"
    record.change(event, dossier_id=extension.dossier_id, obj=extension, fields=["consent"], by=by)


def withdraw(extension: Extension, *, by: Actor) -> None:
    """Who directs takes the request back: the case goes on its day."""
    require(bool(value_of("privacy_withdraw_extension", extension.pk)), OVER)
    record.change("extension.withdrawn", dossier_id=extension.dossier_id, obj=extension, fields=["outcome"], by=by)


def grant(extension: Extension, *, by: Actor) -> None:
    """Extends the term when everybody consented; the database asks everything again."""
    code = value_of("privacy_grant_extension", extension.pk)
    require(code is None, OVER if code == "over" else BARRIERS.get(code, OVER))
    record.change("extension.granted", dossier_id=extension.dossier_id, obj=extension, fields=["retain_until"], by=by)


def one(pk: UUID) -> Extension:
    """A request that may be seen; raises NotKnown."""
    found = Extension.objects.filter(pk=pk).first()
    if found is None:
        raise NotKnown
    return found


def text_of(extension: Extension, *, by: Actor) -> ExtensionText | None:
    """Why, for who holds the key; opened and in the log."""
    unlock([extension.file_id], event="extension.read", object_pk=str(extension.pk), by=by)
    return visible(ExtensionText, by=by).filter(dossier=extension.file_id).select_related("author").first()


def holding(*, by: Actor) -> list[Held]:
    """What requests hold, for an officer, the first to be over on top; logged before it is shown."""
    rows = [Held(pk, number, table_name(str(table or "")), *more) for pk, number, table, *more in rows_of(
        "privacy_extensions_waiting"
    )]  # fmt: skip
    record.look("retention.read", seen=record.Seen(tuple(r.pk for r in rows), tuple(r.reference for r in rows)), by=by)
    return rows

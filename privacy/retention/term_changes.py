"""The shorter term of a table, for what is there already: the beheerder asks, an officer agrees, a job carries it out.

For new dossiers the term counts at once. What the database computes and holds stands in `privacy/rls/term_changes.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID, uuid4

from django.db.models import QuerySet

from privacy import jobs
from privacy.access import require
from privacy.actor import Actor
from privacy.audit import record
from privacy.calling import column_of, rows_of, value_of
from privacy.errors import NotKnown
from privacy.models import AuditEntry, DossierKind, TermChange

CARRY_OUT = "retention.term"
GRACE_DAYS = 30
ASKED = "Dit is al gevraagd, of de termijn van de tafel is intussen veranderd. Bekijk de pagina opnieuw."
OVERTAKEN = "Dit kan niet meer: er is al geantwoord, of de termijn van de tafel is veranderd."
SECOND = "U vroeg dit zelf. Een ander beslist erover."
NOTHING = "Er zijn geen dossiers die hierdoor eerder weggaan."


@dataclass(frozen=True, slots=True)
class Effect:
    """How many dossiers go sooner, of each kind, and how many of them as soon as can be."""

    kinds: tuple[tuple[str, int], ...]
    soon: int

    @property
    def number(self) -> int:
        return sum(number for _, number in self.kinds)


def effect(table_id: UUID, years: int, *, by: Actor) -> Effect:
    """What this term would do to the dossiers of this table; counts alone. The database refuses who may not know."""
    rows = rows_of("privacy_term_effect", table_id, years)
    kinds = tuple((DossierKind(kind).label, number) for kind, number, _ in rows)
    return Effect(kinds, sum(soon for _, _, soon in rows))


def asked() -> QuerySet[TermChange]:
    """What waits for an answer, the oldest first."""
    return TermChange.objects.filter(answered_at__isnull=True).order_by("asked_at")


def newest(table_id: UUID) -> TermChange | None:
    """The last time that this was asked for a table."""
    return TermChange.objects.filter(table_id=table_id).first()


def one(pk: UUID) -> TermChange:
    """One of them; raises NotKnown."""
    found = TermChange.objects.filter(pk=pk).first()
    if found is None:
        raise NotKnown
    return found


def ask(table_id: UUID, years: int, *, by: Actor) -> None:
    """Asks an officer to apply the term that this table has now; raises Refused when nothing would come of it."""
    require(effect(table_id, years, by=by).number > 0, NOTHING)
    made = uuid4()
    require(value_of("privacy_term_ask", made, table_id, by.name), ASKED)
    record.change("retention.term_asked", obj=one(made), action=AuditEntry.Action.CREATE, by=by)


def answer(change: TermChange, *, agrees: bool, by: Actor) -> None:
    """An officer agrees, and a job carries it out; or does not, and all stays. Raises Refused for who asked."""
    require(change.asked_by != by.user_id, SECOND)
    require(value_of("privacy_term_answer", change.pk, agrees, by.name), OVERTAKEN)
    record.change("retention.term_agreed" if agrees else "retention.term_refused", obj=change, by=by)
    if agrees:
        jobs.enqueue(CARRY_OUT, change.pk)


def carry_out(pk: UUID, *, by: Actor) -> None:
    """Brings the terms nearer; a second time does nothing."""
    for dossier_id in column_of("privacy_term_carry_out", pk):
        record.change("retention.term_nearer", dossier_id=dossier_id, fields=["retain_until"], by=by)

"""The beheerder says who decides for which authority at a table, and notes which mandates were given there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db import connection

from escalation.authority_files import Authority, authorities
from escalation.dutch import AMSTERDAM, day_of, opening
from escalation.laddering import ladders_for
from escalation.models import Holder, Mandate
from escalation.rungs import Ladder, Rung
from partners.models import CaseTable, Seat, User
from partners.notices import tell
from privacy import jobs
from privacy.access import require
from privacy.actor import Actor
from privacy.audit import record
from privacy.models import AuditEntry

# These follow from the case itself: who directs it, and who takes part.
FROM_THE_CASE = frozenset({"procesregisseur", "casusregisseur", "professional"})
# The job that lets a mandate begin or lapse: on its first day, and after its last.
MANDATE_DAY = "mandate.day"


@dataclass(frozen=True, slots=True)
class MandateInput:
    """A mandate as it is written somewhere: by whom, to whom, where, and from when until when."""

    giver: str
    to: str
    document: str
    since: date
    until: date | None = None


def why_no_holder(authority: Authority) -> str:
    """Why nobody is noted for this authority; empty when somebody can be."""
    if authority.code in FROM_THE_CASE:
        return "Wie dit is, volgt uit de casus zelf."
    if authority.members:
        # Nobody is a body alone: its decision bears a date, its members and a document.
        return (
            f"{opening(authority.named)} beslist samen. De regie legt haar besluit vast met datum, leden en document."
        )
    if authority.outside:
        decides = f"{opening(authority.named)} beslist buiten Casustafel."
        return f"{decides} De procesregisseur legt het besluit vast, met datum en document."
    return ""


def give(table: CaseTable, code: str, user: User, *, now: datetime, by: Actor) -> Holder:
    """Notes that this person decides for an authority; what already waits for it reaches the person now.

    Raises Refused for an authority that nobody is noted for, for who has no seat, and for what was noted already.
    """
    _hold(table)
    require(code in authorities().codes, "Kies een instantie uit de lijst.")
    authority = authorities().get(code)
    require(not (why := why_no_holder(authority)), why)
    seated = Seat.objects.valid_at(now).filter(table=table, user=user, user__is_active=True).exists()
    require(seated, f"{user.name} heeft nu geen zetel aan deze tafel. Geef eerst een zetel.")
    there = Holder.objects.filter(table=table, authority=code, user=user, ended_at__isnull=True)
    require(not there.exists(), f"{user.name} beslist hier al voor {authority.named}.")
    holder = Holder(table=table, authority=code, user=user, since=now)
    holder.save(force_insert=True)
    action = AuditEntry.Action.CREATE
    record.change("authority.given", obj=holder, fields=["authority", "table", "user"], action=action, by=by)
    settle(table, [user.pk], by=by)
    return holder


def end(holder: Holder, *, now: datetime, by: Actor) -> None:
    """Ends that somebody decides for an authority; what waited for that person ends with it, at once."""
    _hold(holder.table)
    found = Holder.objects.filter(pk=holder.pk, ended_at__isnull=True).update(ended_at=now)
    require(bool(found), f"{holder.user.name} beslist hier al niet meer voor deze instantie.")
    record.change("authority.ended", obj=holder, fields=["ended_at"], by=by)


def give_mandate(table: CaseTable, given: MandateInput, *, now: datetime, by: Actor) -> Mandate:
    """Notes a mandate; raises Refused for one that no rung of this table's ladders knows, or that is there already."""
    _hold(table)
    require(not (why := why_no_mandate(ladders_for(table.theme), given.giver, given.to)), why)
    require(given.until is None or given.until >= given.since, "De laatste dag ligt voor de eerste dag.")
    today = day_of(now)
    require(given.until is None or given.until >= today, "De laatste dag is al voorbij.")
    there = Mandate.objects.filter(table=table, giver=given.giver, to=given.to, ended_at__isnull=True)
    overlaps = [one for one in there if _overlap(one, given)]
    require(not overlaps, "Dit mandaat staat er al voor deze dagen. Beëindig het eerst.")
    mandate = Mandate(
        table=table, giver=given.giver, to=given.to, document=given.document, since=given.since, until=given.until
    )
    mandate.save(force_insert=True)
    action = AuditEntry.Action.CREATE
    record.change("mandate.given", obj=mandate, fields=["giver", "to", "since", "until"], action=action, by=by)
    _watch(mandate, today)
    settle_mandate(mandate, by=by)
    return mandate


def end_mandate(mandate: Mandate, *, now: datetime, by: Actor) -> None:
    """Ends a mandate; who decided by it alone loses what waits, at once."""
    _hold(mandate.table)
    found = Mandate.objects.filter(pk=mandate.pk, ended_at__isnull=True).update(ended_at=now)
    require(bool(found), "Dit mandaat was al beëindigd.")
    record.change("mandate.ended", obj=mandate, fields=["ended_at"], by=by)
    settle_mandate(mandate, by=by)


def settle_mandate(mandate: Mandate, *, by: Actor) -> None:
    """Lets who decides for the receiver have what they may decide now, and nothing else."""
    to = Holder.objects.filter(table=mandate.table_id, authority=mandate.to, ended_at__isnull=True)
    settle(mandate.table, to.values_list("user", flat=True), by=by)


def settle(table: CaseTable, people: Iterable[UUID], *, by: Actor) -> None:
    """Gives these people the open proposals of this table that they may decide, and tells them; ends the others."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT reached FROM escalation_settle(%s, %s)", [table.pk, list(people)])
        reached = [person for (person,) in cursor.fetchall()]
    if reached:
        record.change("grant.given", fields=["item"], ground="besluit", by=by)
        tell(reached, about=None)


def why_no_mandate(ladders: Iterable[Ladder], giver: str, to: str) -> str:
    """Why this mandate can not be; empty when a rung of these ladders knows it."""
    rungs = [rung for ladder in ladders for rung in ladder.rungs]
    if any((one.giver, one.to) == (giver, to) for rung in rungs for one in rung.mandates):
        return ""
    named = authorities()
    if not {giver, to} <= set(named.codes):
        return "Kies twee instanties uit de lijst."
    sentence = f"Geen trede op de ladder van deze tafel kent een mandaat van {named.get(giver).named} aan "
    return f"{sentence}{named.get(to).named}.{''.join(_never(rungs, giver))}"


def _never(rungs: Iterable[Rung], giver: str) -> Iterator[str]:
    for rung in rungs:
        if rung.no_mandate and giver in rung.decides:
            yield f" Bij “{rung.name}” kan mandaat niet ({rung.no_mandate})."


def _overlap(there: Mandate, given: MandateInput) -> bool:
    return (there.until is None or there.until >= given.since) and (given.until is None or given.until >= there.since)


def _watch(mandate: Mandate, today: date) -> None:
    days = [mandate.since] if mandate.since > today else []
    if mandate.until is not None:
        days.append(mandate.until + timedelta(days=1))
    for day in days:
        jobs.enqueue(MANDATE_DAY, mandate.pk, not_before=datetime.combine(day, time(), AMSTERDAM))


def _hold(table: CaseTable) -> None:
    """Waits for proposals that are on their way to who decides at this moment (`partners.queries.hold_seats`)."""
    CaseTable.objects.select_for_update().get(pk=table.pk)

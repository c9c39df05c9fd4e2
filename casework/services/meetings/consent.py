"""Consent where the profile asks it: of the government organisations that are at the item, each of them.

A private party has no say, however it sits there (WGS 2.31(2), (4) and (8)).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID

from casework.models import AgendaItem, Attendance, ItemConsent, ItemDecision, Stance
from casework.services.meetings.running import STRANGE, hold_running
from partners.models import Organisation
from partners.profile_files import ConsentRule
from partners.profiling import profile_version
from privacy.access import require
from privacy.actor import Actor
from privacy.audit import record


def taken(with_say: Collection[UUID], stances: Mapping[UUID, str]) -> bool:
    """Whether a decision that asks for consent is taken: somebody with a say is there, and all who are agree."""
    return bool(with_say) and all(stances.get(one) == Stance.AGREES for one in with_say)


def with_say(item: AgendaItem, rule: ConsentRule) -> list[Organisation]:
    """The organisations that have a say and are at the item: noted as present."""
    present = Attendance.objects.filter(item=item, present=True, seat__isnull=False)
    there = Organisation.objects.filter(pk__in=present.values("seat__organisation"), kind__in=rule.who)
    return list(there.order_by("name"))


def rule_of(decision: ItemDecision, item: AgendaItem) -> ConsentRule | None:
    """What the profile of the case says of this decision; None when it asks nobody."""
    return profile_version(item.case.profile, item.case.profile_version).consent(decision.asks)


def note(decision: ItemDecision, organisation: UUID, stance: Stance, *, now: datetime, by: Actor) -> ItemConsent:
    """Notes what one organisation finds of a decision; the newest counts."""
    item = hold_running(decision.item, by=by)
    row = ItemDecision.objects.select_for_update(of=("self",)).filter(pk=decision.pk, item=item).first()
    require(row is not None and row.dropped_at is None, STRANGE)
    assert row is not None
    rule = rule_of(row, item)
    require(rule is not None, "Voor dit besluit is geen instemming nodig.")
    assert rule is not None
    require(
        organisation in {one.pk for one in with_say(item, rule)},
        f"Alleen overheidspartijen die bij dit punt aanwezig zijn, stemmen in ({rule.article}).",
    )
    found = ItemConsent.objects.filter(decision=row, organisation=organisation).first()
    if found is not None and found.stance == stance:
        return found
    if found is None:
        found = ItemConsent(
            dossier=item.dossier, compartment_id=row.compartment_id, decision=row, organisation_id=organisation
        )
    found.stance, found.at, found.noted_by_id = stance, now, by.user_id
    found.save()
    record.change("meeting.consented", dossier=item.dossier, obj=row, fields=["stance"], by=by)
    return found

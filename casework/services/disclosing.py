"""Giving one thing to one organisation: checked against the profile, recorded, and granted to its professionals."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from enum import Enum, auto
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from casework import states
from casework.circles import ensure_liaison
from casework.models import (
    Case,
    CaseSignal,
    Consent,
    Contribution,
    Disclosure,
    Participation,
    Signal,
    SignalItem,
)
from casework.services.locking import lock
from casework.values import Terms
from partners.models import Organisation, Seat
from partners.notices import tell
from partners.profile_files import ShareForbidden
from partners.profiling import profile_version
from partners.queries import hold_seats, is_bound
from privacy import dossiers, grants
from privacy.access import require, require_regie
from privacy.actor import Actor
from privacy.audit import record
from privacy.calling import column_of
from privacy.encryption.locked import Locked
from privacy.errors import LockedValue, Refused
from privacy.grants import Because, Level
from privacy.models import Compartment, CompartmentKind


def check_share(case: Case, category: str, to: Organisation, *, ground: str, decision_ref: str) -> None:
    """Raises Refused when no covenant binds the receiver, or with the article when the profile forbids it."""
    profile = profile_version(case.profile, case.profile_version)
    require(
        is_bound(to.pk, case.theme, timezone.localdate()),
        f"Dit mag niet met {to.name} worden gedeeld: {to.name} valt niet onder een geldig convenant.",
    )
    try:
        profile.check_share(category=category, recipient_kind=to.kind, ground=ground, decision_ref=decision_ref)
    except ShareForbidden as refusal:
        raise Refused(f"Dit mag niet met {to.name} worden gedeeld: {refusal}") from refusal


RESTRICTED = (
    "Dit dossier is beperkt op verzoek van een betrokkene: niet gebruiken, alleen bewaren. "
    "U kunt nu niets inbrengen, niets delen en niemand uitnodigen. U krijgt het hier te zien als de beperking eraf is."
)


def kept_back(dossier_ids: Iterable[UUID]) -> set[UUID]:
    """Which of these are kept and not used (AVG 18), for who reads anything of them."""
    return set(column_of("casework_kept_back", list(dossier_ids)))


def is_kept_back(dossier_id: UUID) -> bool:
    """Whether this one is."""
    return bool(kept_back([dossier_id]))


def check_in_use(dossier_id: UUID) -> None:
    """Raises Refused as long as a dossier is kept and not used."""
    require(not is_kept_back(dossier_id), RESTRICTED)


class Verdict(Enum):
    """What becomes of an earlier contribution when somebody new takes part."""

    GIVE = auto()
    FORBIDDEN = auto()  # by the legal profile
    NEVER = auto()  # by the owner: not to this organisation, or it answered no
    WAIT = auto()  # until the owner says yes


def verdict(case: Case, item: Contribution, to: Organisation) -> Verdict:
    """Whether this organisation gets a contribution without a new act of its owner: profile first, then conditions."""
    if to.pk == item.organisation_id:
        return Verdict.GIVE
    terms = terms_of(item)
    if to.pk in terms.not_to:
        return Verdict.NEVER
    try:
        check_share(case, item.category, to, ground=item.ground, decision_ref=item.decision_ref or "")
    except Refused:
        return Verdict.FORBIDDEN
    if not terms.ask_first or Disclosure.objects.filter(contribution=item, organisation=to, ended_at=None).exists():
        return Verdict.GIVE
    consent = Consent.objects.filter(contribution=item, receiver=to).first()
    if consent is None or consent.agreed is None:
        return Verdict.WAIT
    return Verdict.GIVE if consent.agreed else Verdict.NEVER


def terms_of(item: Contribution) -> Terms:
    """What the owner asks; raises LockedValue without the key, so that nothing is given unread."""
    if isinstance(item.terms, Locked):
        raise LockedValue("the conditions of a contribution are asked without its key")
    return Terms.of(item.terms)


def ask_owner(case: Case, item: Contribution, to: Organisation, *, now: datetime, by: Actor) -> bool:
    """Asks the owner, once; returns whether it waits. Not about who takes part unseen: the question would tell."""
    if not _in_the_open(case, to):
        return False
    if not Consent.objects.filter(contribution=item, receiver=to).exists():
        consent = Consent(
            dossier=case.dossier,
            compartment=_owners_line(case, item, to),
            case=case,
            contribution=item,
            organisation=item.organisation,
            receiver=to,
            asked_at=now,
        )
        consent.save(force_insert=True)
        record.change("case.consent_asked", dossier=case.dossier, obj=consent, fields=["consents"], by=by)
        tell(people_of(case, item.organisation_id), about=case.dossier_id)
    return True


def people_of(case: Case, organisation_id: UUID) -> list[UUID]:
    """The professionals of one organisation in this case, as far as the actor may know of them."""
    return list(taking_part(case).filter(organisation_id=organisation_id).values_list("user_id", flat=True))


def taking_part(case: Case) -> QuerySet[Participation]:
    """The participations that count now, as far as the actor may know of them.

    Whose seat at the table or last day is over gets nothing new, also when the participation was not ended yet.
    """
    now = timezone.now()
    seated = Seat.objects.valid_at(now).filter(table=case.table_id).values("user_id")
    not_over = Q(until__isnull=True) | Q(until__gt=now)
    return Participation.objects.filter(not_over, case=case, ended_at__isnull=True, user_id__in=seated)


def _in_the_open(case: Case, to: Organisation) -> bool:
    """Whether the other partners may know that this organisation takes part."""
    there = Participation.objects.filter(case=case, organisation=to, ended_at__isnull=True)
    return there.filter(compartment__kind=CompartmentKind.TABLE).exists()


def _owners_line(case: Case, item: Contribution, to: Organisation) -> Compartment:
    """Where it stands who got an item: with its owner; with the regie alone when the owner has no line of its own,
    or may not know that the receiver takes part.
    """
    owner_there = Participation.objects.filter(case=case, organisation_id=item.organisation_id).exists()
    if owner_there and _in_the_open(case, to):
        return dossiers.part(case.dossier, CompartmentKind.LIAISON, item.organisation_id)
    return dossiers.part(case.dossier, CompartmentKind.REGIE)


def disclose(
    case: Case, item: Contribution, to: Organisation, people: Iterable[UUID], *, now: datetime, by: Actor
) -> Disclosure | None:
    """Gives a contribution to people of an organisation; the owner's own people get it without a disclosure."""
    if to.pk == item.organisation_id:
        _give(case, item, people, f"contribution:{item.pk}", "contribute", by)
        return None
    require(to.pk not in terms_of(item).not_to, f"Voorwaarde van de eigenaar: dit gaat niet naar {to.name}.")
    disclosure = Disclosure.objects.filter(contribution=item, organisation=to, ended_at__isnull=True).first()
    if disclosure is None:
        disclosure = Disclosure(
            dossier=case.dossier,
            compartment=_owners_line(case, item, to),
            case=case,
            contribution=item,
            organisation=to,
            ground=item.ground,
            decision_ref=item.decision_ref,
            by_id=by.user_id,
            at=now,
        )
        disclosure.save(force_insert=True)
    _give(case, item, people, disclosure.key, "view", by)
    return disclosure


def _give(case: Case, item: Contribution, people: Iterable[UUID], given_for: str, level: Level, by: Actor) -> None:
    """Access to one item for each person, no longer than that person takes part."""
    there = taking_part(case).filter(user_id__in=list(people))
    last_days: dict[datetime | None, list[UUID]] = {}
    for person, until in there.values_list("user_id", "until"):
        last_days.setdefault(until, []).append(person)
    for until, persons in last_days.items():
        because = Because(item.ground, given_for, until)
        grants.give([item.compartment], to=persons, level=level, because=because, by=by)


def _check_signal(case: Case, signal: Signal, to: Organisation, ground: str, decision_ref: str) -> None:
    """Raises Refused unless this signal is in the case, not shared with this organisation yet, and may be."""
    require(
        CaseSignal.objects.filter(case=case, signal_dossier=signal.dossier_id).exists(),
        "Dit signaal hoort niet bij deze casus.",
    )
    require(
        not Disclosure.objects.filter(
            case=case, signal_dossier=signal.dossier, organisation=to, ended_at=None
        ).exists(),
        f"Dit signaal is al met {to.name} gedeeld.",
    )
    shared_part = dossiers.part(signal.dossier, CompartmentKind.TABLE)
    shown = SignalItem.objects.filter(signal=signal, compartment_id=shared_part.pk)
    for category in sorted(set(shown.values_list("category", flat=True))):
        check_share(case, category, to, ground=ground, decision_ref=decision_ref)


def share_signal(
    case: Case,
    signal: Signal,
    to: Organisation,
    *,
    ground: str,
    decision_ref: str = "",
    now: datetime,
    by: Actor,
) -> Disclosure:
    """Shares what the source meant for participants with one of them: a separate act with its own ground.

    Confidential items, the reporter's name and BSN's are not in that part of the signal and never go along.
    """
    case = lock(Case.objects.select_related("dossier", "table"), case.pk, states.why_not_work)
    require_regie(case, by=by)
    require_regie(signal, by=by)
    check_in_use(case.dossier_id)
    check_in_use(signal.dossier_id)
    why = states.why_not_work(case)
    require(not why, why)
    hold_seats(case.table_id)
    people = people_of(case, to.pk)
    require(bool(people), f"{to.name} doet niet mee aan deze casus.")
    _check_signal(case, signal, to, ground, decision_ref)
    line = ensure_liaison(case, to.pk, now=now, by=by)
    sources_line = ensure_liaison(case, signal.source_id, now=now, by=by)
    disclosure = Disclosure(
        dossier=case.dossier,
        compartment=sources_line if _in_the_open(case, to) else dossiers.part(case.dossier, CompartmentKind.REGIE),
        case=case,
        signal_dossier=signal.dossier,
        organisation=to,
        ground=ground,
        decision_ref=decision_ref,
        by_id=by.user_id,
        at=now,
    )
    disclosure.save(force_insert=True)
    CaseSignal(dossier=case.dossier, compartment=line, case=case, signal_dossier=signal.dossier, at=now).save(
        force_insert=True
    )
    parts = [dossiers.part(signal.dossier, kind) for kind in (CompartmentKind.COVER, CompartmentKind.TABLE)]
    for participation in taking_part(case).filter(organisation=to):
        because = Because(ground, participation.key, participation.until)
        grants.give(parts, to=[participation.user_id], level="view", because=because, by=by)
    record.change("signal.shared", dossier=signal.dossier, obj=disclosure, fields=["disclosures"], ground=ground, by=by)
    tell(people, about=case.dossier_id)
    return disclosure

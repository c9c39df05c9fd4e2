"""Inviting partners by naming their professionals, and ending that."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from casework import states
from casework.circles import ensure_liaison
from casework.models import (
    Audience,
    Case,
    CaseSignal,
    Contribution,
    Disclosure,
    Participation,
    RegieAssignment,
    RegieKind,
    Signal,
)
from casework.services import households
from casework.services.disclosing import (
    Verdict,
    ask_owner,
    check_in_use,
    disclose,
    is_kept_back,
    taking_part,
    verdict,
)
from casework.services.locking import lock
from partners.models import Organisation, Seat, User
from partners.notices import tell
from partners.profiling import profile_of
from partners.queries import hold_seats, seat_ends, seated_people
from privacy import dossiers, exclusions, grants
from privacy.access import require, require_regie
from privacy.actor import Actor
from privacy.audit import record
from privacy.grants import Because
from privacy.models import AuditEntry, Compartment, CompartmentKind, Dossier


@dataclass(frozen=True, slots=True)
class Invited:
    """The new participation, and how many earlier contributions did not go along, by why."""

    participation: Participation
    withheld: int  # the profile forbids it
    kept_back: int = 0  # a condition of the owner forbids it
    waiting: int = 0  # the owner was asked


def _own_part(case: Case, organisation: Organisation, first: bool, by: Actor) -> Compartment:
    """The partner's own compartment, made when it first takes part; who directs has no key to it afterwards."""
    if not first:
        return dossiers.part(case.dossier, CompartmentKind.OWN, organisation.pk)
    return dossiers.add_compartment(case.dossier, CompartmentKind.OWN, organisation_id=organisation.pk, by=by)


def point_to_signal(case: Case, signal: Signal, participation: Participation, *, now: datetime, by: Actor) -> None:
    """Lets a participant see a signal of its own organisation in this case."""
    line = dossiers.part(case.dossier, CompartmentKind.LIAISON, participation.organisation_id)
    if not CaseSignal.objects.filter(compartment_id=line.pk, signal_dossier=signal.dossier).exists():
        CaseSignal(dossier=case.dossier, compartment=line, case=case, signal_dossier=signal.dossier, at=now).save(
            force_insert=True
        )
    parts = [
        dossiers.part(signal.dossier, CompartmentKind.COVER),
        dossiers.part(signal.dossier, CompartmentKind.TABLE),
        dossiers.part(signal.dossier, CompartmentKind.LIAISON, signal.source_id),
    ]
    because = Because(participation.ground, participation.key, participation.until)
    grants.give(parts, to=[participation.user_id], level="view", because=because, by=by)


def _give_case(case: Case, participation: Participation, own: list[Compartment], by: Actor) -> None:
    because = Because(participation.ground, participation.key, participation.until)
    person = [participation.user_id]
    cover = dossiers.part(case.dossier, CompartmentKind.COVER)
    table = dossiers.part(case.dossier, CompartmentKind.TABLE)
    grants.give([cover, table], to=person, level="view", because=because, by=by)
    grants.give(own, to=person, level="contribute", because=because, by=by)


def _give_earlier(case: Case, participation: Participation, *, now: datetime, by: Actor) -> Invited:
    """Gives what was meant for all participants or for this organisation, as far as profile and owner allow it.

    A version that was replaced goes to the owner alone: what it says is wrong, and the newest carries the conditions
    (BGS 1.7).
    """
    counted: Counter[Verdict] = Counter()
    to = participation.organisation
    items = Contribution.objects.filter(
        Q(corrected_at__isnull=True) | Q(organisation=to),
        case=case,
        compartment__kind=CompartmentKind.ITEM,
        withdrawn_at__isnull=True,
    ).select_related("compartment", "organisation")
    for item in items:
        own = item.organisation_id == participation.organisation_id
        given = Disclosure.objects.filter(
            contribution=item, organisation=participation.organisation_id, ended_at__isnull=True
        ).exists()
        if own or given or item.audience == Audience.TABLE:
            found = verdict(case, item, to)
            if found == Verdict.WAIT and not ask_owner(case, item, to, now=now, by=by):
                found = Verdict.NEVER
            if found == Verdict.GIVE:
                disclose(case, item, to, [participation.user_id], now=now, by=by)
            counted[found] += 1
    return Invited(participation, counted[Verdict.FORBIDDEN], counted[Verdict.NEVER], counted[Verdict.WAIT])


def _give_signals(case: Case, participation: Participation, *, now: datetime, by: Actor) -> None:
    bundled = CaseSignal.objects.filter(case=case, compartment__kind=CompartmentKind.REGIE)
    own = Signal.objects.filter(
        dossier__in=bundled.values("signal_dossier"), source=participation.organisation_id
    ).select_related("dossier")
    for signal in own:
        point_to_signal(case, signal, participation, now=now, by=by)
    because = Because(participation.ground, participation.key, participation.until)
    shared = Disclosure.objects.filter(
        case=case, organisation=participation.organisation_id, signal_dossier__isnull=False, ended_at__isnull=True
    )
    for dossier in Dossier.objects.filter(pk__in=shared.values("signal_dossier")):
        if is_kept_back(dossier.pk):
            continue
        parts = [dossiers.part(dossier, kind) for kind in (CompartmentKind.COVER, CompartmentKind.TABLE)]
        grants.give(parts, to=[participation.user_id], level="view", because=because, by=by)


def why_not(case: Case, user: User, ground: str, until: datetime | None, now: datetime) -> str:
    """Why somebody can't take part in this case; empty when it is possible."""
    profile = profile_of(case.table)
    if not profile.may_sit(user.organisation.kind):
        who = user.organisation
        return f"Volgens het profiel van deze tafel mag {who} alleen incidenteel aanschuiven, zonder toegang."
    if not seated_people(case.table, now).filter(pk=user.pk).exists():
        return f"{user.name} heeft geen zetel aan deze tafel, of de organisatie valt niet onder het convenant."
    if exclusions.standing(case.dossier_id).filter(user=user).exists():
        return f"{user.name} is uitgesloten van deze casus, wegens een persoonlijke band. Nodig een collega uit."
    if all(known.code != ground for known in profile.grounds):
        return "Kies een grondslag voor de deelname."
    if until is not None and until <= now:
        return "De einddatum ligt in het verleden. Kies een datum na vandaag."
    if Participation.objects.filter(case=case, user=user, ended_at__isnull=True).exists():
        return f"{user.name} doet al mee aan deze casus."
    return ""


def _end_what_is_over(case: Case, user: User, *, now: datetime, by: Actor) -> None:
    """A participation whose last day or seat is over makes room for a new one."""
    open_ones = Participation.objects.filter(case=case, user=user, ended_at__isnull=True)
    for participation in open_ones.exclude(pk__in=taking_part(case).values("pk")):
        end_participation(participation, now=now, by=by)


def _until(case: Case, user: User, asked: datetime | None, now: datetime) -> datetime | None:
    """No longer than was asked, nor than the person's seat at the table."""
    seats = seat_ends(Seat.objects.valid_at(now).filter(table=case.table_id, user=user))
    return min((end for end in (asked, seats.get(user.pk)) if end), default=None)


def invite(
    case: Case,
    user: User,
    *,
    ground: str,
    until: datetime | None = None,
    hidden: bool = False,
    now: datetime,
    by: Actor,
) -> Invited:
    """Lets a professional of a partner take part, on a ground, until a date or the end of the case.

    `hidden` keeps the participation from the other partners. Earlier contributions that the profile does not allow
    for this partner stay withheld.
    """
    case = lock(Case.objects.select_related("dossier", "table"), case.pk, states.why_not_work)
    require_regie(case, by=by)
    why = states.why_not_work(case)
    require(not why, why)
    check_in_use(case.dossier_id)
    hold_seats(case.table_id)
    _end_what_is_over(case, user, now=now, by=by)
    against = why_not(case, user, ground, until, now)
    require(not against, against)
    until = _until(case, user, until, now)
    first = not Participation.objects.filter(case=case, organisation=user.organisation).exists()
    line = ensure_liaison(case, user.organisation_id, now=now, by=by)
    participation = Participation(
        dossier=case.dossier,
        compartment=line if hidden else dossiers.part(case.dossier, CompartmentKind.TABLE),
        case=case,
        organisation=user.organisation,
        user=user,
        ground=ground,
        since=now,
        until=until,
    )
    participation.save(force_insert=True)
    _give_case(case, participation, [_own_part(case, user.organisation, first, by), line], by)
    _give_signals(case, participation, now=now, by=by)
    for household in households.of_case(case):
        check_in_use(household.dossier_id)
        households.admit(household, participation, case, now=now, by=by)
    invited = _give_earlier(case, participation, now=now, by=by)
    record.change(
        "case.invited",
        dossier=case.dossier,
        obj=participation,
        fields=["participations"],
        ground=ground,
        action=AuditEntry.Action.CREATE,
        by=by,
    )
    tell([user.pk], about=case.dossier_id)
    return invited


def end_participation(participation: Participation, *, now: datetime, by: Actor) -> None:
    """Ends a participation and all it gave, in the case and in the signals of the case; works on the next request."""
    case = participation.case
    dossiers.one_at_a_time(case.dossier_id)
    require_regie(case, by=by)
    participation.ended_at = now
    participation.save(update_fields=["ended_at"])
    RegieAssignment.objects.filter(
        case=case, user=participation.user_id, kind=RegieKind.CASE, until__isnull=True
    ).update(until=now)
    record.change("case.participation_ended", dossier=case.dossier, obj=participation, fields=["ended_at"], by=by)
    grants.end(participation.key, by=by)
    grants.end(dossier_id=case.dossier_id, person=participation.user_id, by=by)

"""Opening, filling and closing a case."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from types import MappingProxyType
from uuid import UUID

from casework import known, states
from casework.circles import give_regie
from casework.models import (
    Case,
    CaseAdmission,
    CaseFace,
    CaseNumber,
    CaseSignal,
    CaseStatus,
    CaseSubject,
    RegieAssignment,
    RegieKind,
    Signal,
    SignalStatus,
    TriageOutcome,
)
from casework.moments import closes, opened
from casework.references import case_reference
from casework.services import households
from casework.services.disclosing import taking_part
from casework.services.locking import lock
from casework.services.participants import point_to_signal
from casework.services.triage import Criteria, lock_undecided, note_decision
from casework.theming import active_theme, theme_version
from casework.values import CaseInput, CaseSubjectInput, EvaluationInput
from partners.models import CaseTable, User
from partners.notices import tell
from partners.profiling import kept_until, profile_of
from partners.queries import regisseur_seats
from privacy import dossiers, exclusions, grants
from privacy.access import require, require_regie
from privacy.actor import Actor
from privacy.audit import record
from privacy.models import AuditEntry, CompartmentKind, DossierKind
from privacy.retention.setting import follow_signals
from privacy.roles import Role

NOT_EVALUATED: Mapping[UUID, EvaluationInput] = MappingProxyType({})


def lock_open(case: Case, *, by: Actor) -> Case:
    """The case, locked, open, and directed by `by`; raises Refused otherwise."""
    locked = lock(Case.objects.select_related("dossier", "table"), case.pk, states.why_not_work)
    require_regie(locked, by=by)
    why = states.why_not_work(locked)
    require(not why, why)
    return locked


def _found(table: CaseTable, signals: list[Signal], now: datetime, by: Actor) -> Case:
    theme, profile = active_theme(table.theme), profile_of(table)
    first = min(signal.dossier.first_processed_on for signal in signals)
    retain_until = min(theme.retain_until(first), kept_until(table, first))
    birth = dossiers.Birth(
        DossierKind.CASE, case_reference(now.date()), first, now, table.pk, table.theme, retain_until
    )
    dossier = dossiers.found(birth, by=by)
    parts = [
        dossiers.add_compartment(dossier, kind, by=by)
        for kind in (CompartmentKind.COVER, CompartmentKind.TABLE, CompartmentKind.REGIE)
    ]
    give_regie(parts, table.pk, now=now, by=by)
    case = Case(
        dossier=dossier,
        compartment=parts[0],
        table=table,
        theme=theme.code,
        theme_version=theme.version,
        profile=profile.code,
        profile_version=profile.version,
        opened_at=now,
        first_processed_on=first,
        retain_until=retain_until,
    )
    case.save(force_insert=True)
    return case


def _decide(case: Case, step: str, criteria: Criteria, reason: str, now: datetime, by: Actor) -> None:
    CaseAdmission(
        dossier=case.dossier,
        compartment=dossiers.part(case.dossier, CompartmentKind.REGIE),
        case=case,
        step=step,
        criteria=[answer.as_dict() for answer in criteria],
        reason=reason,
        decided_by=by.user_id,
        decided_at=now,
    ).save(force_insert=True)


def _bundle(case: Case, signal: Signal, now: datetime, by: Actor) -> None:
    CaseSignal(
        dossier=case.dossier,
        compartment=dossiers.part(case.dossier, CompartmentKind.REGIE),
        case=case,
        signal_dossier=signal.dossier,
        at=now,
    ).save(force_insert=True)
    signal.status, signal.decided_at = SignalStatus.BUNDLED, now
    signal.save(update_fields=["status", "decided_at"])
    record.change("signal.bundled", dossier=signal.dossier, obj=signal, fields=["status"], by=by)
    for participation in taking_part(case).filter(organisation=signal.source_id):
        point_to_signal(case, signal, participation, now=now, by=by)
    tell([signal.reporter.reporter_id], about=signal.dossier_id)


def open_from_signals(signals: Iterable[Signal], given: CaseInput, *, now: datetime, by: Actor) -> Case:
    """Opens a case on one or more signals of one table, with the admission decision. All of it, or nothing.

    Retention counts from the first processing of the earliest signal (WGS 1.8(7)).
    """
    locked = [lock_undecided(signal, by=by) for signal in sorted(signals, key=lambda s: str(s.pk))]
    require(bool(locked), "Kies ten minste één signaal.")
    table = locked[0].table
    require(all(s.table_id == table.pk for s in locked), "Alle signalen moeten bij dezelfde tafel liggen.")
    require(Role.PROCESREGISSEUR in by.roles, "Alleen een procesregisseur opent een casus.")
    case = _found(table, locked, now, by)
    CaseFace(
        dossier=case.dossier,
        compartment=dossiers.part(case.dossier, CompartmentKind.TABLE),
        case=case,
        short_name=given.short_name,
        summary=given.summary,
    ).save(force_insert=True)
    assign_regie(case, RegieKind.PROCESS, by.user_id, now=now, by=by)
    _decide(case, "opened", given.criteria, given.reason, now, by)
    for subject in given.subjects:
        add_subject(case, subject, by=by)
    for signal in locked:
        note_decision(signal, TriageOutcome.OPENED, given.criteria, given.reason, now=now, by=by)
        _bundle(case, signal, now, by)
    opened(case, now=now, by=by)
    record.change("case.opened", dossier=case.dossier, obj=case, action=AuditEntry.Action.CREATE, by=by)
    return case


def add_signal(case: Case, signal: Signal, criteria: Criteria, *, now: datetime, by: Actor) -> None:
    """Adds a signal to an open case of the same table."""
    case = lock_open(case, by=by)
    signal = lock_undecided(signal, by=by)
    require(case.table_id == signal.table_id, "De casus ligt bij een andere tafel. Stuur het signaal eerst door.")
    note_decision(signal, TriageOutcome.ADDED, criteria, "", now=now, by=by)
    _bundle(case, signal, now, by)
    if signal.dossier.first_processed_on < case.first_processed_on:
        # An older signal brings the end of retention forward: the period counts from its first processing.
        case.first_processed_on, case.retain_until = follow_signals(case.dossier)


def rename(case: Case, *, short_name: str, summary: str, by: Actor) -> None:
    """Changes short name and summary."""
    case = lock_open(case, by=by)
    face = case.face
    face.short_name, face.summary = short_name, summary
    face.save()
    record.change("case.changed", dossier=case.dossier, obj=case, fields=["short_name", "summary"], by=by)


def add_subject(case: Case, given: CaseSubjectInput, *, by: Actor) -> CaseSubject:
    """Adds who or what the case is about. A BSN goes apart, where only the regie reads it."""
    require_regie(case, by=by)
    subject = CaseSubject(
        dossier=case.dossier,
        compartment=dossiers.part(case.dossier, CompartmentKind.TABLE),
        case=case,
        kind=given.kind,
        role=given.role,
        name=given.name,
        birth_date=given.birth_date,
        address=given.address,
        since=given.since,
        until=given.until,
    )
    subject.save(force_insert=True)
    address = known.address_keys(known.address_in(given.address))
    known.mark(subject, known.person_keys(given.name, given.birth_date) | address)
    if given.bsn:
        number = CaseNumber(
            dossier=case.dossier,
            compartment=dossiers.part(case.dossier, CompartmentKind.REGIE),
            subject=subject,
            bsn=given.bsn,
        )
        number.save(force_insert=True)
        known.mark(number, known.bsn_keys(given.bsn))
    record.change("case.subject_added", dossier=case.dossier, obj=subject, fields=["subjects"], by=by)
    return subject


def remove_subject(case: Case, subject: CaseSubject, *, by: Actor) -> None:
    """Takes a subject out of the case; what was recorded of it is deleted."""
    case = lock_open(case, by=by)
    record.change("case.subject_removed", dossier=case.dossier, obj=subject, fields=["subjects"], by=by)
    known.mark(subject)
    for number in CaseNumber.objects.filter(subject=subject):
        known.mark(number)
        number.delete()
    subject.delete()


def _check_casusregisseur(case: Case, user_id: UUID, now: datetime) -> None:
    """Somebody that every partner may know, and nobody who directs the process."""
    require(
        all(seat.user_id != user_id for seat in regisseur_seats(case.table_id, now)),
        "Een procesregisseur van deze tafel wordt geen casusregisseur. Kies een andere deelnemer.",
    )
    require(
        not exclusions.standing(case.dossier_id).filter(user=user_id).exists(),
        "Deze persoon is uitgesloten van de casus. Kies een andere deelnemer.",
    )
    require(
        taking_part(case).filter(user_id=user_id, compartment__kind=CompartmentKind.TABLE).exists(),
        "Kies iemand die nu meedoet en van wie de andere deelnemers dat mogen weten.",
    )


def assign_regie(case: Case, kind: RegieKind, user_id: UUID, *, now: datetime, by: Actor) -> RegieAssignment:
    """Gives somebody the regie of this kind; the one before ends at the same moment, so there is never a gap.

    One person never holds both kinds in one case.
    """
    require_regie(case, by=by)
    require(
        kind == RegieKind.PROCESS or not households.of_case(case),
        "Deze casus hoort bij een gezin. De casusregisseur staat bij het gezin: draag de regie daar over.",
    )
    current = RegieAssignment.objects.filter(case=case, until__isnull=True)
    require(
        not current.exclude(kind=kind).filter(user_id=user_id).exists(),
        "De procesregisseur en de casusregisseur van één casus zijn nooit dezelfde persoon.",
    )
    if kind == RegieKind.CASE:
        _check_casusregisseur(case, user_id, now)
    # Who waited for a colleague to take it begins after that, not before.
    now = max([now, *current.filter(kind=kind).values_list("since", flat=True)])
    current.filter(kind=kind).update(until=now)
    assignment = RegieAssignment(
        dossier=case.dossier,
        compartment=dossiers.part(case.dossier, CompartmentKind.COVER),
        case=case,
        kind=kind,
        user=User.objects.get(pk=user_id),
        since=now,
    )
    assignment.save(force_insert=True)
    record.change("case.changed", dossier=case.dossier, obj=assignment, fields=["regie"], by=by)
    return assignment


def close(
    case: Case,
    outcome_code: str,
    reason: str,
    *,
    evaluations: Mapping[UUID, EvaluationInput] = NOT_EVALUATED,
    now: datetime,
    by: Actor,
) -> None:
    """Closes the case with outcome and reason, ends every participation and shields it with its signals.

    A household that only this case is about closes too; `evaluations` says by household what came of its plan.
    What was there waits, unread, for destruction at the end of retention (WGS 2.31(8)).
    """
    case = lock_open(case, by=by)
    theme = theme_version(case.theme, case.theme_version)
    require(any(o.code == outcome_code for o in theme.close_outcomes), "Kies een uitkomst.")
    require(bool(reason.strip()), "Schrijf waarom de casus sluit.")
    _decide(case, "closed", (), reason, now, by)
    closes(case, now=now, by=by)  # while it can still be written in
    people = list(case.participations.filter(ended_at__isnull=True).values_list("user_id", flat=True))
    households.case_closes(case, evaluations, now=now, by=by)  # first: it settles who directs a household that goes on
    case.participations.filter(ended_at__isnull=True).update(ended_at=now)
    case.regie.filter(until__isnull=True).update(until=now)
    case.status, case.closed_at, case.outcome_code = CaseStatus.CLOSED, now, outcome_code
    case.save(update_fields=["status", "closed_at", "outcome_code"])
    record.change("case.closed", dossier=case.dossier, obj=case, fields=["outcome", "status"], by=by)
    bundled = CaseSignal.objects.filter(case=case, compartment__kind=CompartmentKind.REGIE)
    for link in bundled.select_related("signal_dossier"):
        if grants.directs(link.signal_dossier_id, by=by):
            dossiers.shield(link.signal_dossier, by=by)
    dossiers.shield(case.dossier, by=by)
    tell(people, about=case.dossier_id)

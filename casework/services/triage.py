"""Judging a signal: ask for more, forward, reject. Opening and adding to a case is in `cases`."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from casework import states
from casework.circles import give_regie, signal_parts
from casework.counting import count
from casework.models import (
    Signal,
    SignalAnswers,
    SignalItem,
    SignalMessage,
    SignalNumber,
    SignalPlace,
    SignalSource,
    SignalStatus,
    SignalSubject,
    SignalTrace,
    SubjectKind,
    Tally,
    TriageDecision,
    TriageOutcome,
)
from casework.services.locking import lock
from casework.services.signals import add_message, add_traces, check_door
from casework.theming import active_theme
from casework.values import CriterionAnswer, PlaceInput, SubjectInput
from partners.models import CaseTable
from partners.notices import tell
from partners.profiling import kept_until
from partners.queries import covered_categories, regisseur_seats
from privacy import dossiers, exclusions, grants
from privacy.access import require, require_regie
from privacy.actor import Actor
from privacy.audit import record
from privacy.models import AuditEntry, CompartmentKind
from privacy.retention.setting import shorten_signal
from privacy.retention.terms import term_of

Criteria = tuple[CriterionAnswer, ...]

# What a rejected signal loses; a test holds that no table of a signal is missing here.
CONTENT = (
    SignalNumber,
    SignalSubject,
    SignalPlace,
    SignalItem,
    SignalAnswers,
    SignalTrace,
    SignalMessage,
    SignalSource,
    TriageDecision,
)


def lock_undecided(signal: Signal, *, by: Actor) -> Signal:
    """The signal, locked and still to be judged; raises Refused when a colleague was first."""
    rows = Signal.objects.select_related("dossier", "table", "source")
    locked = lock(rows, signal.pk, states.why_not_decide)
    why = states.why_not_decide(locked)
    require(not why, why)  # first: of a rejected signal nobody has the regie any more
    require_regie(locked, by=by)
    return locked


def note_decision(
    signal: Signal, outcome: TriageOutcome, criteria: Criteria, reason: str, *, now: datetime, by: Actor
) -> None:
    """Keeps the decision with its criteria in the regie compartment of the signal."""
    TriageDecision(
        dossier=signal.dossier,
        compartment=dossiers.part(signal.dossier, CompartmentKind.REGIE),
        signal=signal,
        outcome=outcome,
        criteria=[answer.as_dict() for answer in criteria],
        reason=reason,
        decided_by=by.user_id,
        decided_at=now,
    ).save(force_insert=True)


def ask(signal: Signal, question: str, *, now: datetime, by: Actor) -> None:
    """Asks the reporter for more."""
    signal = lock_undecided(signal, by=by)
    reporter_id = signal.reporter.reporter_id
    require(bool(reporter_id), "Dit signaal is ingelezen; er is geen melder die kan antwoorden.")
    require(
        bool(exclusions.reachable(filter(None, [reporter_id]), signal.dossier_id)),
        "De melder kan dit signaal niet meer openen. Overleg met een collega van de melder.",
    )
    add_message(signal, question, from_regie=True, now=now, by=by)
    signal.status = SignalStatus.ASKED
    signal.save(update_fields=["status"])
    note_decision(signal, TriageOutcome.ASKED, (), "", now=now, by=by)
    record.change("signal.asked", dossier=signal.dossier, obj=signal, fields=["messages", "status"], by=by)
    tell([signal.reporter.reporter_id], about=signal.dossier_id)


def _plain(signal: Signal) -> tuple[PlaceInput, tuple[SubjectInput, ...]]:
    place = signal.place
    numbers = {number.subject_id: number.bsn for number in signal.numbers.all()}
    return (
        PlaceInput(place.street or "", place.number or "", place.postcode or "", place.city or ""),
        tuple(
            SubjectInput(SubjectKind(subject.kind), subject.name or "", subject.birth_date, numbers.get(subject.pk, ""))
            for subject in signal.subjects.all()
        ),
    )


def _check_arrival(signal: Signal, to: CaseTable, now: datetime) -> None:
    """Somebody must be there to judge it, and the source must be bound to bring this there."""
    regie = [seat.user_id for seat in regisseur_seats(to.pk, now)]
    require(bool(regie), f"{to.name} heeft nu geen procesregisseur. Vraag het na bij de beheerder.")
    require(
        bool(exclusions.reachable(regie, signal.dossier_id)),
        f"{to.name} heeft geen procesregisseur die dit signaal mag zien. Vraag het na bij de beheerder.",
    )
    covered = covered_categories(signal.source_id, to.theme, timezone.localdate(now))
    require(
        all(item.category in covered for item in signal.items.all()),
        f"Het convenant van {signal.source} noemt deze soort gegevens niet voor {to.name}.",
    )


def forward(signal: Signal, to: CaseTable, reason: str, *, now: datetime, by: Actor) -> None:
    """Sends the signal to another table, whose regisseurs get it; this table's lose it."""
    signal = lock_undecided(signal, by=by)
    require(to.pk != signal.table_id, "Het signaal ligt al bij deze tafel.")
    check_door(to, signal.source, now)
    _check_arrival(signal, to, now)
    left = regisseur_seats(signal.table_id, now)
    dossier, reporter_id = signal.dossier, signal.reporter.reporter_id
    note_decision(signal, TriageOutcome.FORWARDED, (), reason, now=now, by=by)
    record.change("signal.forwarded", dossier=dossier, obj=signal, fields=["table"], by=by)
    theme = active_theme(to.theme)
    dossier.table_id, dossier.theme = to.pk, to.theme
    # Kept no longer than both tables allow: the period counts from the first processing, not from the arrival.
    until = min(theme.retain_until(dossier.first_processed_on), kept_until(to, dossier.first_processed_on))
    shorten_signal(dossier, until)
    dossier.save(update_fields=["table_id", "theme"])
    signal.table, signal.theme, signal.theme_version = to, to.theme, theme.version
    signal.status = SignalStatus.NEW
    signal.save(update_fields=["table", "theme", "theme_version", "status"])
    SignalTrace.objects.filter(signal=signal).delete()
    add_traces(signal, *_plain(signal))
    arrived = give_regie(signal_parts(dossier, signal.source_id).values(), to.pk, now=now, by=by)
    # One's own seat last: who no longer directs this signal can't end what the colleagues hold, nor what stays
    # (the reporter's) go along with it.
    for seat in [seat for seat in left if seat.user_id != by.user_id]:
        grants.end(seat.key, dossier_id=dossier.pk, by=by)
    dossiers.take_grants_along(dossier)
    for seat in [seat for seat in left if seat.user_id == by.user_id]:
        grants.end(seat.key, dossier_id=dossier.pk, by=by)
    tell([*arrived, reporter_id], about=dossier.pk)


def _count(signal: Signal, code: str, now: datetime) -> None:
    count(
        Tally,
        table_id=signal.table_id,
        source_id=signal.source_id,
        theme=signal.theme,
        outcome_code=code,
        month=now.date().replace(day=1),
    )


def reject(signal: Signal, code: str, *, now: datetime, by: Actor) -> None:
    """Rejects the signal and destroys its content, key included; a count and the reporter's outcome remain.

    `code` is one of the theme's reasons: its sentence is what the reporter hears (BGS 1.16(1)).
    """
    signal = lock_undecided(signal, by=by)
    theme = active_theme(signal.theme)
    require(any(reason.code == code for reason in theme.reject_reasons), "Kies een reden voor de afwijzing.")
    reporter_id = signal.reporter.reporter_id
    dossier = signal.dossier
    with transaction.atomic():
        _count(signal, code, now)
        for model in CONTENT:
            model.objects.filter(signal=signal).delete()
        signal.status, signal.outcome_code, signal.decided_at = SignalStatus.REJECTED, code, now
        signal.severity, signal.neighbourhood, signal.observed_on = "", "", None
        signal.save()
        record.change(
            "signal.rejected", dossier=dossier, obj=signal, fields=["status"], action=AuditEntry.Action.DELETE, by=by
        )
        shorten_signal(dossier, term_of("rejected").ends(now.date()))
        dossiers.forget(dossier, keep_cover=True, by=by)
    tell([reporter_id], about=dossier.pk)

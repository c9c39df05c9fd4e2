"""Handing in a signal and following it up: the reporter's side."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from casework import known, likeness, states
from casework.circles import give_regie
from casework.models import (
    ItemAudience,
    Signal,
    SignalAnswers,
    SignalDraft,
    SignalItem,
    SignalMessage,
    SignalNumber,
    SignalPlace,
    SignalSource,
    SignalStatus,
    SignalSubject,
    SignalTrace,
)
from casework.references import signal_reference
from casework.services import drafts
from casework.services.attachments import attach
from casework.services.locking import lock
from casework.theming import active_theme
from casework.values import ItemInput, PlaceInput, SignalInput, SubjectInput
from partners.models import CaseTable, Organisation
from partners.notices import tell
from partners.profiling import kept_until, profile_of
from partners.queries import covered_categories, is_bound, regisseur_seats
from privacy import dossiers, grants
from privacy.access import require, visible
from privacy.actor import Actor
from privacy.audit import record
from privacy.errors import NotKnown
from privacy.models import AuditEntry, Compartment, CompartmentKind, Dossier, DossierKind

REPORT_GROUND = "eigen signaal"


@dataclass(frozen=True, slots=True)
class _Parts:
    """A new signal's dossier and its four compartments."""

    dossier: Dossier
    cover: Compartment
    table: Compartment
    regie: Compartment
    liaison: Compartment

    @property
    def all(self) -> tuple[Compartment, ...]:
        return (self.cover, self.table, self.regie, self.liaison)


def _found(given: SignalInput, table: CaseTable, now: datetime, by: Actor) -> _Parts:
    theme = active_theme(table.theme)
    today = now.date()
    dossier = dossiers.found(
        dossiers.Birth(
            DossierKind.SIGNAL,
            signal_reference(today),
            today,
            now,
            table_id=table.pk,
            theme=table.theme,
            retain_until=min(theme.retain_until(today), kept_until(table, today)),
        ),
        by=by,
    )
    add = dossiers.add_compartment
    return _Parts(
        dossier,
        add(dossier, CompartmentKind.COVER, by=by),
        add(dossier, CompartmentKind.TABLE, by=by),
        add(dossier, CompartmentKind.REGIE, by=by),
        add(dossier, CompartmentKind.LIAISON, organisation_id=given.source_id, by=by),
    )


def add_items(signal: Signal, items: Iterable[ItemInput], *, now: datetime, by: Actor) -> None:
    """Puts items, with their files, in the compartment of their audience: the table's, or the liaison's."""
    for item in items:
        liaison = item.audience == ItemAudience.REGIE
        kind = CompartmentKind.LIAISON if liaison else CompartmentKind.TABLE
        row = SignalItem(
            dossier=signal.dossier,
            compartment=dossiers.part(signal.dossier, kind, signal.source_id if liaison else None),
            signal=signal,
            kind=item.kind,
            audience=item.audience,
            category=item.category,
            text=item.text,
            origin=item.origin,
            occurred_on=item.occurred_on,
            added_at=now,
        )
        row.save(force_insert=True)
        attach(row, item.files, now=now, by=by)


def _add_place(signal: Signal, given: PlaceInput, parts: _Parts) -> None:
    place = SignalPlace(
        dossier=parts.dossier,
        compartment=parts.table,
        signal=signal,
        street=given.street,
        number=given.number,
        postcode=given.postcode,
        city=given.city,
        description=given.description,
    )
    place.save(force_insert=True)
    known.mark(place, known.address_keys(given))


def _add_subjects(signal: Signal, subjects: Iterable[SubjectInput], parts: _Parts) -> None:
    for given in subjects:
        subject = SignalSubject(
            dossier=parts.dossier,
            compartment=parts.table,
            signal=signal,
            kind=given.kind,
            name=given.name,
            birth_date=given.birth_date,
        )
        subject.save(force_insert=True)
        known.mark(subject, known.person_keys(given.name, given.birth_date))
        if given.bsn:
            number = SignalNumber(
                dossier=parts.dossier, compartment=parts.liaison, signal=signal, subject=subject, bsn=given.bsn
            )
            number.save(force_insert=True)
            known.mark(number, known.bsn_keys(given.bsn))


def add_traces(signal: Signal, place: PlaceInput, subjects: tuple[SubjectInput, ...]) -> None:
    """The digests by which the regisseur finds likenesses."""
    regie = dossiers.part(signal.dossier, CompartmentKind.REGIE)
    for kind, key in sorted(likeness.keys_of(place, subjects)):
        SignalTrace(
            dossier=signal.dossier,
            compartment=regie,
            signal=signal,
            kind=kind,
            digest=likeness.digest(signal.table_id, kind, key),
        ).save(force_insert=True)


def _add_source(signal: Signal, given: SignalInput, parts: _Parts, now: datetime, reporter: Actor | None) -> None:
    SignalSource(
        dossier=parts.dossier,
        compartment=parts.liaison,
        signal=signal,
        reporter_id=reporter.user_id if reporter else None,
        reporter_name=given.reporter_name,
        reporter_function=given.reporter_function,
        told=given.told or "",
        not_told_reason=given.not_told_reason,
        stated_correct_at=now if reporter else None,
    ).save(force_insert=True)


def _fill(
    given: SignalInput, table: CaseTable, parts: _Parts, now: datetime, draft_id: UUID | None, by: Actor
) -> Signal:
    signal = Signal(
        dossier=parts.dossier,
        compartment=parts.cover,
        table=table,
        theme=table.theme,
        theme_version=active_theme(table.theme).version,
        source_id=given.source_id,
        severity=given.severity or "",
        neighbourhood=given.neighbourhood,
        observed_on=given.observed_on,
        submitted_at=now,
        draft_id=draft_id,
    )
    signal.save(force_insert=True)
    _add_place(signal, given.place, parts)
    _add_subjects(signal, given.subjects, parts)
    add_items(signal, given.items, now=now, by=by)
    SignalAnswers(dossier=parts.dossier, compartment=parts.table, signal=signal, body=dict(given.answers)).save(
        force_insert=True
    )
    add_traces(signal, given.place, given.subjects)
    return signal


def check_door(table: CaseTable, source: Organisation, now: datetime) -> None:
    """Raises Refused when this organisation may not hand in signals at this table now."""
    require(table.active, f"{table.name} is niet meer actief.")
    require(
        source.active and is_bound(source.pk, table.theme, now.date()),
        f"{source.name} valt niet onder een geldig convenant voor {table.name}. Vraag het na bij de beheerder.",
    )


def _check_own(given: SignalInput, table: CaseTable, source: Organisation, now: datetime) -> None:
    """What an organisation may bring itself: a BSN only on a basis, and categories that its covenant names."""
    require(
        profile_of(table).may_see_bsn(source.kind) or not any(subject.bsn for subject in given.subjects),
        f"{source} heeft geen wettelijke basis om een BSN te gebruiken (UAVG 46). Laat het BSN weg.",
    )
    covered = covered_categories(source.pk, table.theme, timezone.localdate(now))
    require(
        all(item.category in covered for item in given.items),
        f"Het convenant van {source} noemt deze soort gegevens niet. Kies een andere soort.",
    )


def submit(given: SignalInput, *, own: bool = True, draft_id: UUID | None = None, now: datetime, by: Actor) -> Signal:
    """Hands in a signal at a table; `own` is False when `by` reads in signals of others.

    Raises Refused when no covenant binds the source. The reporter states that it is correct (BGS 1.6).
    """
    table, source = CaseTable.objects.get(pk=given.table_id), Organisation.objects.get(pk=given.source_id)
    check_door(table, source, now)
    if own:
        _check_own(given, table, source, now)
    parts = _found(given, table, now, by)
    signal = _fill(given, table, parts, now, draft_id, by)
    _add_source(signal, given, parts, now, by if own else None)
    if own:
        because = grants.Because(REPORT_GROUND, f"report:{signal.pk}")
        readable = [parts.cover, parts.table, parts.liaison]
        grants.give(readable, to=[by.user_id], level="contribute", because=because, by=by)
    regisseurs = give_regie(parts.all, table.pk, now=now, by=by)
    event = "signal.submitted" if own else "signal.imported"
    record.change(event, dossier=parts.dossier, obj=signal, action=AuditEntry.Action.CREATE, by=by)
    if own:  # who reads in a file tells the regisseurs once, at the end
        tell((person for person in regisseurs if person != by.user_id), about=parts.dossier.pk)
    return signal


def send_draft(draft_id: UUID, given: SignalInput, *, now: datetime, by: Actor) -> Signal:
    """Hands in a draft and destroys it. Sent twice (double click, two windows) it is one signal: the first one."""
    draft = SignalDraft.objects.select_for_update(of=("self",)).select_related("dossier").filter(pk=draft_id).first()
    if draft is None:
        sent = visible(Signal, by=by).filter(draft_id=draft_id).first()
        if sent is None:
            raise NotKnown
        return sent
    signal = submit(given, draft_id=draft_id, now=now, by=by)
    drafts.drop(draft, by=by)
    return signal


def answer(signal: Signal, text: str, items: Iterable[ItemInput] = (), *, now: datetime, by: Actor) -> None:
    """The reporter answers a question or adds to the signal; it goes back to the regisseur."""
    signal = lock(Signal.objects.select_related("dossier"), signal.pk, states.why_not_answer)
    why = states.why_not_answer(signal)
    require(not why, why)
    add_message(signal, text, from_regie=False, now=now, by=by)
    add_items(signal, items, now=now, by=by)
    signal.status = SignalStatus.NEW
    signal.save(update_fields=["status"])
    record.change("signal.answered", dossier=signal.dossier, obj=signal, fields=["messages", "items"], by=by)
    tell((seat.user_id for seat in regisseur_seats(signal.table_id, now)), about=signal.dossier_id)


def add_message(signal: Signal, text: str, *, from_regie: bool, now: datetime, by: Actor) -> None:
    """A line between regisseur and reporter, in the liaison compartment."""
    SignalMessage(
        dossier=signal.dossier,
        compartment=dossiers.part(signal.dossier, CompartmentKind.LIAISON, signal.source_id),
        signal=signal,
        from_regie=from_regie,
        author_name=by.name,
        text=text,
        at=now,
    ).save(force_insert=True)

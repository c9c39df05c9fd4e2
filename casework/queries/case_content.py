"""What was brought into a case, as far as the reader holds the keys: contributions, signals and the timeline."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from casework import states
from casework.models import (
    Attachment,
    Audience,
    CaseSignal,
    CaseStatus,
    Consent,
    Contribution,
    Disclosure,
    Signal,
    SignalItem,
    Statement,
)
from casework.queries.attachments import with_files
from casework.queries.cases import CaseHead, people
from casework.queries.rights.person import statements
from casework.queries.signals import SignalView, describe_all
from casework.values import Terms
from partners.models import Organisation
from privacy.access import opened, visible
from privacy.actor import Actor
from privacy.audit import readers as readings
from privacy.models import CompartmentKind
from privacy.unlock import unlock

AUDIENCE_FOR_OTHERS = "met u gedeeld"
ERASED = "Gewist op verzoek."


@dataclass(frozen=True, slots=True)
class ContributionRow:
    """One contribution. `readers` is filled only for the owner and the regie: nobody else learns who got what."""

    pk: UUID
    organisation: str
    author: str
    category: str
    kind: str
    kind_label: str
    ground: str
    text: str
    origin: str
    conditions: str
    not_to: tuple[str, ...]
    ask_first: bool
    occurred_on: date | None
    at: datetime
    audience: str
    readers: tuple[str, ...]
    mine: bool
    withdrawn_at: datetime | None
    erased_at: datetime | None
    corrected: bool
    why_not: str
    shareable: bool
    files: tuple[Attachment, ...]
    said: tuple[Statement, ...]


def _readers(rows: Iterable[Contribution]) -> dict[UUID, list[str]]:
    disclosures = opened(Disclosure).filter(contribution__in=[row.pk for row in rows], ended_at__isnull=True)
    found: dict[UUID, list[str]] = {}
    for disclosure in disclosures.select_related("organisation").order_by("organisation__name"):
        if disclosure.contribution_id:
            found.setdefault(disclosure.contribution_id, []).append(disclosure.organisation.name)
    return found


def contributions(head: CaseHead, *, by: Actor) -> list[ContributionRow]:
    """The contributions that this reader may read, newest first."""
    found = opened(Contribution).filter(case=head.case).select_related("organisation", "author")
    rows = list(with_files(found, by=by).order_by("-at"))
    readers = _readers(rows)
    there = {person.organisation for person in people(head, by=by) if person.ended_at is None}
    names = _names_in_terms(rows)
    said = statements(row.pk for row in rows)
    return [
        _contribution(row, head, readers.get(row.pk, []), there, names, tuple(said.get(row.pk, ())), by) for row in rows
    ]


def _names_in_terms(rows: Iterable[Contribution]) -> dict[UUID, str]:
    wanted = {pk for row in rows for pk in Terms.of(row.terms).not_to}
    return dict(Organisation.objects.filter(pk__in=wanted).values_list("pk", "name")) if wanted else {}


def _contribution(
    row: Contribution,
    head: CaseHead,
    readers: list[str],
    there: set[str],
    names: dict[UUID, str],
    said: tuple[Statement, ...],
    by: Actor,
) -> ContributionRow:
    terms = Terms.of(row.terms)
    not_to = tuple(sorted(names[pk] for pk in terms.not_to if pk in names))
    mine = row.organisation_id == by.own_organisation
    knows = mine or head.directs
    category = head.profile.categories.get(row.category)
    ground = head.profile.ground(row.ground)
    return ContributionRow(
        pk=row.pk,
        organisation=row.organisation.name,
        author=row.author.name,
        category=category.label if category else row.category,
        kind=row.kind,
        kind_label=row.get_kind_display(),
        ground=ground.label if ground else row.ground,
        text=row.text,
        origin=row.origin or "",
        conditions=row.conditions or "",
        not_to=not_to,
        ask_first=terms.ask_first,
        occurred_on=row.occurred_on,
        at=row.at,
        audience=Audience(row.audience).label if knows else AUDIENCE_FOR_OTHERS,
        readers=tuple(readers) if knows else (),
        mine=mine,
        withdrawn_at=row.withdrawn_at,
        erased_at=row.erased_at,
        corrected=row.corrected_at is not None,
        why_not=states.why_not_correct(row),
        shareable=row.audience in (Audience.TABLE, Audience.CHOSEN)
        and bool(there - {row.organisation.name, *readers, *not_to}),
        files=tuple(row.attachments.all()),
        said=said,
    )


@dataclass(frozen=True, slots=True)
class Changed:
    """Something that this reader read and may not use any more."""

    organisation: str
    withdrawn_at: datetime | None
    corrected_at: datetime | None
    seen_at: datetime


def no_longer_to_use(head: CaseHead) -> list[Changed]:
    """What this reader once read here and its owner corrected or took back since (BGS 1.7, AVG 19)."""
    found = readings.no_longer_to_use(head.dossier_id)
    names = dict(Organisation.objects.filter(pk__in={one.organisation_id for one in found}).values_list("pk", "name"))
    return [Changed(names[one.organisation_id], one.withdrawn_at, one.corrected_at, one.seen_at) for one in found]


@dataclass(frozen=True, slots=True)
class Question:
    """A contribution that waits for its owner, or of which the owner said no to one organisation."""

    pk: UUID
    dossier_id: UUID
    reference: str
    owner: str
    receiver: str
    asked_at: datetime
    refused: bool


def questions(head: CaseHead, *, by: Actor) -> list[Question]:
    """What waits for an owner, or was refused by one, for who directs the case."""
    rows = visible(Consent, by=by).filter(case=head.case).exclude(agreed=True)
    return [_question(row) for row in rows.select_related("dossier", "organisation", "receiver")]


def questions_to_me(*, by: Actor) -> list[Question]:
    """Questions that this organisation has still to answer, in cases that are open."""
    mine = visible(Consent, by=by).filter(organisation=by.organisation_id, agreed=None, case__status=CaseStatus.OPEN)
    return [_question(row) for row in mine.select_related("dossier", "organisation", "receiver")[:5]]


def _question(row: Consent) -> Question:
    return Question(
        pk=row.pk,
        dossier_id=row.dossier_id,
        reference=row.dossier.reference,
        owner=row.organisation.name,
        receiver=row.receiver.name,
        asked_at=row.asked_at,
        refused=row.agreed is False,
    )


@dataclass(frozen=True, slots=True)
class BundledSignal:
    """A signal in the case, with whom it was shared when the reader may know."""

    view: SignalView
    at: datetime
    shared_with: tuple[str, ...]


def bundled_dossiers(head: CaseHead) -> list[UUID]:
    """The dossiers of the signals in this case, for who directs it."""
    links = CaseSignal.objects.filter(case=head.case, compartment__kind=CompartmentKind.REGIE)
    return list(links.values_list("signal_dossier", flat=True))


def bundled(head: CaseHead, *, event: str = "read", by: Actor) -> list[BundledSignal]:
    """The signals of this case that this reader may open: all for the regie, own and shared ones for a partner."""
    links = {link.signal_dossier_id: link.at for link in visible(CaseSignal, by=by).filter(case=head.case)}
    signals = list(
        visible(Signal, by=by)
        .filter(dossier__in=links)
        .select_related("dossier", "source", "table")
        .order_by("submitted_at")
    )
    if signals:
        unlock([signal.dossier_id for signal in signals], event=event, by=by)
    shared: dict[UUID, list[str]] = {}
    if head.directs:
        given = visible(Disclosure, by=by).filter(case=head.case, signal_dossier__in=links, ended_at__isnull=True)
        for disclosure in given.select_related("organisation"):
            if disclosure.signal_dossier_id:
                shared.setdefault(disclosure.signal_dossier_id, []).append(disclosure.organisation.name)
    return [
        BundledSignal(view, links[signal.dossier_id], tuple(shared.get(signal.dossier_id, [])))
        for signal, view in zip(signals, describe_all(signals, by=by), strict=True)
    ]


@dataclass(frozen=True, slots=True)
class Moment:
    """Something that happened, for the timeline."""

    at: datetime
    kind: str
    kind_label: str
    title: str
    who: str
    text: str
    audience: str


KINDS = {"inbreng": "Inbreng", "signaal": "Signaal", "deelnemer": "Deelnemers", "casus": "Casus"}


def timeline(head: CaseHead, *, kind: str = "", by: Actor) -> list[Moment]:
    """What happened, newest first, made of the rows this reader may read and nothing else."""
    found = [*_of_contributions(head, by), *_of_signals(head, by), *_of_people(head, by)]
    opened = Moment(head.case.opened_at, "casus", KINDS["casus"], "Casus geopend", head.process, "", "")
    found.append(opened)
    if head.closed_at:
        found.append(Moment(head.closed_at, "casus", KINDS["casus"], "Casus gesloten", "", head.outcome, ""))
    wanted = [moment for moment in found if not kind or moment.kind == kind]
    return sorted(wanted, key=lambda moment: moment.at, reverse=True)


def _of_contributions(head: CaseHead, by: Actor) -> list[Moment]:
    found = []
    for row in contributions(head, by=by):
        if row.corrected:
            continue
        text = ERASED if row.erased_at else "Ingetrokken door de eigenaar." if row.withdrawn_at else row.text
        who = f"{row.author}, {row.organisation}"
        shared = f"{row.audience}: {', '.join(row.readers)}" if row.readers else row.audience
        found.append(Moment(row.at, "inbreng", row.kind_label, row.category, who, text, shared))
    return found


def _first_words(items: Sequence[SignalItem]) -> str:
    return (ERASED if items[0].erased_at else items[0].text) if items else ""


def _of_signals(head: CaseHead, by: Actor) -> list[Moment]:
    return [
        Moment(
            signal.view.submitted_at,
            "signaal",
            KINDS["signaal"],
            f"Signaal {signal.view.reference}",
            signal.view.source,
            _first_words(signal.view.items),
            f"gedeeld met {', '.join(signal.shared_with)}" if signal.shared_with else "",
        )
        for signal in bundled(head, by=by)
    ]


def _of_people(head: CaseHead, by: Actor) -> list[Moment]:
    found = []
    for person in people(head, by=by):
        who = person.organisation
        found.append(Moment(person.since, "deelnemer", KINDS["deelnemer"], f"{person.name} doet mee", who, "", ""))
        if person.ended_at:
            found.append(
                Moment(
                    person.ended_at, "deelnemer", KINDS["deelnemer"], f"{person.name} doet niet meer mee", who, "", ""
                )
            )
    return found

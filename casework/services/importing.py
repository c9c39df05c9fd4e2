"""Reading in an export: each row ends as imported, duplicate or refused, and is all there or not at all.

Who reads in never gets access to what was read in: the grants go to the regisseurs of the table.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from casework.importing import (
    ImportContext,
    ImportedSignal,
    RawRow,
    RefusedRow,
    Sheet,
    interpret,
    organisation_lookup,
    theme_lookup,
)
from casework.models import (
    ImportBatch,
    ImportedRow,
    ImportOutcome,
    ImportRow,
    ItemKind,
    Severity,
    SubjectKind,
)
from casework.references import private_reference
from casework.services.signals import submit
from casework.theming import active_theme, themes
from casework.values import ItemInput, PlaceInput, SignalInput, SubjectInput
from partners.models import CaseTable, Organisation
from partners.notices import tell
from partners.profiling import profile_of
from partners.queries import bound_organisations, regisseur_seats
from privacy import dossiers, grants
from privacy.access import require
from privacy.actor import Actor
from privacy.audit import record
from privacy.encryption.keys import blind
from privacy.errors import Refused
from privacy.models import CompartmentKind, DossierKind
from privacy.roles import Verb

GROUND = "eigen inleesbestand"


@dataclass(frozen=True, slots=True)
class RowResult:
    """What became of one row. `reasons` are sentences a person can act on; they never repeat what was typed."""

    number: int
    outcome: ImportOutcome
    reference: str = ""
    reasons: tuple[str, ...] = ()
    refused: RefusedRow | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """What became of a file."""

    rows: tuple[RowResult, ...]
    warnings: tuple[str, ...]
    batch: ImportBatch | None

    @property
    def counts(self) -> dict[ImportOutcome, int]:
        """How many rows per outcome, every outcome named."""
        counted = Counter(row.outcome for row in self.rows)
        return {outcome: counted[outcome] for outcome in ImportOutcome}


def context_for(table: CaseTable, now: datetime) -> ImportContext:
    """What a row may refer to: the organisations of the covenant and the themes of this and the other tables."""
    inside = bound_organisations(table.theme, now.date())
    outside = Organisation.objects.exclude(pk__in=inside)
    own = active_theme(table.theme)
    others = CaseTable.objects.filter(active=True).exclude(theme=table.theme)
    at_the_door = {word: theme.sentence for theme in themes().refused() for word in theme.words}
    return ImportContext(
        organisation=organisation_lookup(
            [(organisation.name, organisation.pk) for organisation in inside], [o.name for o in outside]
        ),
        theme=theme_lookup(
            own={own.code: own.names},
            elsewhere={other.name: active_theme(other.theme).names for other in others},
            at_the_door=at_the_door,
        ),
        theme_names=(own.name,),
    )


def _as_input(row: ImportedSignal, table: CaseTable) -> SignalInput:
    source = Organisation.objects.get(pk=row.organisation_id)
    address = row.address
    number = f"{address.number or ''}{address.addition}"
    may_bsn = profile_of(table).may_see_bsn(source.kind)
    return SignalInput(
        table_id=table.pk,
        source_id=row.organisation_id,
        reporter_name=row.reporter_name,
        reporter_function=row.reporter_function,
        items=(
            ItemInput(
                kind=ItemKind(row.kind),
                text=row.text,
                category=profile_of(table).default_category(source.kind),
                origin=row.source,
                occurred_on=row.observed_on,
            ),
        ),
        subjects=tuple(
            # Some partners send a BSN without a basis for it (UAVG 46): it is not taken over.
            SubjectInput(SubjectKind(subject.kind), subject.name, subject.birth_date, subject.bsn if may_bsn else "")
            for subject in row.subjects
        ),
        place=PlaceInput(address.street, number, address.postcode, address.city),
        severity=Severity(row.severity),
        neighbourhood=row.neighbourhood,
        observed_on=row.observed_on,
    )


def _digest(table: CaseTable, row: ImportedSignal) -> bytes:
    return blind(table.pk, "import", row.fingerprint_source)


def _take(row: ImportedSignal, table: CaseTable, now: datetime, by: Actor) -> RowResult:
    """One row, all or nothing: the digest and the signal stand or fall together, also with two imports at once."""
    try:
        with transaction.atomic():
            ImportedRow.objects.create(table=table, digest=_digest(table, row), at=now)
            signal = submit(_as_input(row, table), own=False, now=now, by=by)
    except IntegrityError:
        why = "Deze regel is al eerder ingelezen."
        return RowResult(row.row, ImportOutcome.DUPLICATE, reasons=(why,))
    return RowResult(row.row, ImportOutcome.IMPORTED, reference=signal.dossier.reference)


def _try(row: ImportedSignal, table: CaseTable, seen: set[bytes]) -> RowResult:
    """What would become of a row; nothing is written."""
    digest = _digest(table, row)
    known = digest in seen or ImportedRow.objects.filter(table=table, digest=digest).exists()
    seen.add(digest)
    if known:
        return RowResult(row.row, ImportOutcome.DUPLICATE, reasons=("Deze regel is al eerder ingelezen.",))
    return RowResult(row.row, ImportOutcome.IMPORTED)


def _one(
    raw: RawRow, table: CaseTable, context: ImportContext, seen: set[bytes] | None, now: datetime, by: Actor
) -> RowResult:
    outcome = interpret(raw, context, now.date())
    if isinstance(outcome, RefusedRow):
        reasons = tuple(reason.message for reason in outcome.reasons)
        return RowResult(outcome.number, ImportOutcome.REFUSED, reasons=reasons, refused=outcome)
    if seen is not None:
        return _try(outcome, table, seen)
    try:
        return _take(outcome, table, now, by)
    except Refused as refusal:
        kept = RefusedRow(raw.number, (), keep_content=True, original=raw.original)
        return RowResult(raw.number, ImportOutcome.REFUSED, reasons=(str(refusal),), refused=kept)


def _begin(sheet: Sheet, file_name: str, table: CaseTable, now: datetime, by: Actor) -> ImportBatch:
    birth = dossiers.Birth(
        DossierKind.IMPORT, private_reference("I"), now.date(), now, table_id=table.pk, theme=table.theme
    )
    dossier = dossiers.found(birth, by=by)
    compartment = dossiers.add_compartment(dossier, CompartmentKind.REGIE, by=by)
    batch = ImportBatch(
        dossier=dossier,
        compartment=compartment,
        table=table,
        file_name=file_name[:200],
        columns=list(sheet.columns),
        started_at=now,
    )
    batch.save(force_insert=True)
    because = grants.Because(GROUND, f"import:{batch.pk}")
    grants.give([compartment], to=[by.user_id], level="direct", because=because, by=by)
    record.change("import.started", dossier=dossier, obj=batch, by=by)
    return batch


def _keep(batch: ImportBatch, result: RowResult) -> None:
    refused = result.refused
    ImportRow(
        dossier=batch.dossier,
        compartment=batch.compartment,
        batch=batch,
        number=result.number,
        outcome=result.outcome,
        reference=result.reference,
        reasons=list(result.reasons),
        # Nothing is kept of a row that may not be kept, such as a radicalisation signal.
        cells=list(refused.original) if refused and refused.keep_content else None,
    ).save(force_insert=True)


def rehearse(sheet: Sheet, table: CaseTable, *, now: datetime, by: Actor) -> Report:
    """What would become of each row, without writing anything (`--dry-run`)."""
    require(by.may(Verb.SIGNAL_IMPORT), "Uw rol geeft geen recht om signalen in te lezen.")
    context, seen = context_for(table, now), set[bytes]()
    results = tuple(_one(raw, table, context, seen, now, by) for raw in sheet.rows)
    return Report(results, sheet.warnings, None)


def import_sheet(sheet: Sheet, file_name: str, table: CaseTable, *, now: datetime, by: Actor) -> Report:
    """Reads in a file. A row that was read in before, here or elsewhere in the file, is not read in again."""
    require(by.may(Verb.SIGNAL_IMPORT), "Uw rol geeft geen recht om signalen in te lezen.")
    context = context_for(table, now)
    batch = _begin(sheet, file_name, table, now, by)
    results = []
    for raw in sheet.rows:
        result = _one(raw, table, context, None, now, by)
        _keep(batch, result)
        results.append(result)
    batch.finished_at = now
    batch.save(update_fields=["finished_at"])
    if any(result.outcome == ImportOutcome.IMPORTED for result in results):
        tell((seat.user_id for seat in regisseur_seats(table.pk, now)), about=batch.dossier_id)
    record.change("import.finished", dossier=batch.dossier, obj=batch, by=by)
    return Report(tuple(results), sheet.warnings, batch)


def discard(batch: ImportBatch, *, by: Actor) -> None:
    """Throws away what is kept of an import, key included; the signals that were read in stay."""
    dossier = batch.dossier
    ImportRow.objects.filter(batch=batch).delete()
    batch.delete()
    dossiers.forget(dossier, keep_cover=False, by=by)

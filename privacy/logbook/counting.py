"""The report without personal data: numbers per organisation and month, the small ones hidden."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import TruncMonth
from django.utils import timezone

from privacy.actor import Actor
from privacy.audit import record
from privacy.figures import TOTAL, suppressed_by_name
from privacy.logbook.judged import Cell, judged
from privacy.logbook.kinds import KINDS
from privacy.models import AuditEntry
from privacy.sheets import as_sheet

MONTHS = tuple(f"{month:02}" for month in range(1, 13))
MONTH_NAMES = (
    "januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november",
    "december",
)  # fmt: skip
COUNTED: dict[str, Q] = {
    "looks": KINDS["looked"][1] & Q(outcome="ok"),
    "changes": KINDS["changed"][1],
    "exports": KINDS["exported"][1] & Q(outcome="ok"),
    "refusals": Q(outcome="refused"),
    "emergencies": Q(event="emergency.opened"),
}
MEASURES: dict[str, str] = {
    "looks": "Keer gekeken",
    "changes": "Wijzigingen",
    "exports": "Meegenomen",
    "refusals": "Geweigerd",
    "emergencies": "Noodtoegang",
    "judged": "Beoordeeld",
    "wrong": "Onterecht",
}
NOBODY = "zonder organisatie"
HIDDEN = "verborgen"


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the report; None is a number that is hidden."""

    label: str
    numbers: tuple[int | None, ...]

    @property
    def named(self) -> list[tuple[str, int | None]]:
        """Each number with its name."""
        return list(zip(MEASURES.values(), self.numbers, strict=True))


@dataclass(frozen=True, slots=True)
class Report:
    """One year."""

    year: int
    organisations: tuple[str, ...]
    shown: dict[str, dict[Cell, int | None]]

    def _row(self, label: str, organisation: str, month: str) -> Row:
        return Row(label, tuple(self.shown[measure][organisation, month] for measure in MEASURES))

    def per_organisation(self) -> list[Row]:
        """The year of each organisation, and of all together."""
        return [*(self._row(name, name, TOTAL) for name in self.organisations), self._row("Samen", TOTAL, TOTAL)]

    def per_month(self, organisation: str = TOTAL) -> list[Row]:
        """The months of one organisation, or of all together, and the year."""
        months = zip(MONTHS, MONTH_NAMES, strict=True)
        return [
            *(self._row(label, organisation, month) for month, label in months),
            self._row("Het hele jaar", organisation, TOTAL),
        ]


def _counted(rows: QuerySet[AuditEntry]) -> dict[str, Counter[Cell]]:
    found: dict[str, Counter[Cell]] = {measure: Counter() for measure in COUNTED}
    counts = {measure: Count("pk", filter=which) for measure, which in COUNTED.items()}
    months = rows.order_by().annotate(month=TruncMonth("timestamp")).values("organisation_name", "month")
    for row in months.annotate(**counts):
        cell = (row["organisation_name"] or NOBODY, f"{row['month']:%m}")
        for measure in COUNTED:
            found[measure][cell] += row[measure]
    return found


def report(year: int, *, by: Actor) -> Report:
    """The numbers of a year; looking at them is logged first."""
    record.look("log.report", object_pk=str(year), by=by)
    since, until = (timezone.make_aware(datetime.combine(date(one, 1, 1), time())) for one in (year, year + 1))
    counts = _counted(AuditEntry.objects.filter(timestamp__gte=since, timestamp__lt=until))
    counts["judged"], counts["wrong"] = judged(since, until)
    names = tuple(sorted({organisation for found in counts.values() for (organisation, _), n in found.items() if n}))
    return Report(year, names, {measure: suppressed_by_name(names, MONTHS, counts[measure]) for measure in MEASURES})


def sheet(found: Report) -> bytes:
    """The report as a spreadsheet: every organisation and month, with the totals."""
    rows = [("Organisatie", "Maand", *MEASURES.values())]
    for organisation in (*found.organisations, TOTAL):
        for row in found.per_month(organisation):
            numbers = (HIDDEN if number is None else str(number) for number in row.numbers)
            rows.append((organisation or "Samen", row.label, *numbers))
    return as_sheet(rows)

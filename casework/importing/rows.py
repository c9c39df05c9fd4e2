"""What one row means. Pure and total: any row gives a signal or a refusal, and nothing raises."""

from __future__ import annotations

from datetime import date, time
from uuid import UUID

from casework.importing.desk import TEXT, Desk
from casework.importing.fingerprint import fingerprint_source
from casework.importing.lookups import ImportContext, OrganisationStatus, ThemeStatus
from casework.importing.outcome import ImportedSignal, Reason, RefusedRow
from casework.importing.reading import RawRow
from casework.importing.whom import read_address, read_subjects
from casework.normalise import (
    WRONG_DATE,
    WRONG_KIND,
    WRONG_SEVERITY,
    date_and_time,
    item_kind,
    neighbourhood,
    severity,
    squeeze,
    time_of_day,
)

TORN = (
    "In deze rij zijn cellen aan elkaar geplakt of verschoven: door een los aanhalingsteken, een regeleinde "
    "of te veel cellen. Herstel dat in het oorspronkelijke bestand, en kijk ook naar de rijen eromheen."
)
FUTURE = "Deze datum ligt in de toekomst. Vul in wanneer het gezien of gemeld is."
NO_ORGANISATION = (
    "Vul in welke organisatie dit signaal inbrengt. "
    "Kwam het anoniem of via het KCC binnen, vul dan de afdeling in die de melding overneemt."
)
ORGANISATIONS = {
    OrganisationStatus.OUTSIDE: (
        "organisation_outside",
        "Deze organisatie doet niet mee aan het convenant van deze tafel en mag hier niets inbrengen. "
        "Overleg met de procesregisseur.",
    ),
    OrganisationStatus.UNKNOWN: (
        "organisation_unknown",
        "Deze organisatie staat niet in het convenant van deze tafel. Is de naam anders geschreven, "
        "verbeter die dan. Doet de organisatie niet mee, overleg dan met de procesregisseur.",
    ),
    OrganisationStatus.AMBIGUOUS: (
        "organisation_ambiguous",
        "Er zijn meer organisaties met deze naam. Vul de volledige naam in, met de afdeling erbij.",
    ),
}
NO_TEXT = "Vul in wat er is gezien of gebeurd. Zonder omschrijving kan niemand het signaal wegen."


def interpret(raw: RawRow, context: ImportContext, today: date) -> ImportedSignal | RefusedRow:
    """The signal in this row, or every reason why it cannot be imported.

    Of a row on radicalisation nothing is kept, not even for mending: it belongs to another regime
    (WPGA; compare WGS art. 2.31 lid 13). The same holds for a torn row, which may hide such a row.
    """
    if raw.torn:
        return RefusedRow(raw.number, (Reason("torn", "", TORN),), keep_content=False)
    desk = Desk(raw)
    if sentence := _at_the_door(raw, context):
        return RefusedRow(raw.number, (Reason("theme_at_the_door", "thema", sentence),), keep_content=False)
    day, clock = _when(desk, today)
    organisation = _organisation(desk, context)
    theme = _theme(desk, context)
    address = read_address(desk)
    area = neighbourhood(desk.cell("wijk"))
    subjects = read_subjects(desk, address, area, today)
    text = desk.required(TEXT, NO_TEXT)
    desk.required("soort", WRONG_KIND)
    kind = desk.read("soort", item_kind)
    desk.required("ernst", WRONG_SEVERITY)
    weight = desk.read("ernst", severity)
    if desk.reasons or day is None or organisation is None or kind is None or weight is None:
        return RefusedRow(raw.number, tuple(desk.reasons), keep_content=True, original=raw.original)
    return ImportedSignal(
        row=raw.number,
        organisation_id=organisation,
        reporter_name=squeeze(desk.cell("melder")),
        reporter_function=squeeze(desk.cell("functie")),
        theme=theme,
        observed_on=day,
        observed_at=clock,
        address=address,
        neighbourhood=area,
        subjects=subjects,
        text=text,
        kind=kind,
        severity=weight,
        source=squeeze(desk.cell("bron")),
        fingerprint_source=fingerprint_source(
            organisation=organisation,
            theme=theme,
            day=day,
            clock=clock,
            address=address,
            neighbourhood=area,
            subjects=subjects,
            text=text,
        ),
    )


def _at_the_door(raw: RawRow, context: ImportContext) -> str:
    """Where the signal must go when it may not enter. Without a known theme the text is looked at as well."""
    answer = context.theme(raw.cells.get("thema", ""))
    if answer.status is ThemeStatus.UNKNOWN:
        answer = context.theme(raw.cells.get(TEXT, ""))
    return answer.sentence if answer.status is ThemeStatus.AT_THE_DOOR else ""


def _when(desk: Desk, today: date) -> tuple[date | None, time | None]:
    desk.required("datum", WRONG_DATE)
    found = desk.read("datum", lambda text: date_and_time(text, today=today))
    clock = desk.read("tijd", time_of_day)
    if found is None:
        return None, clock
    day, beside = found
    if day > today:
        desk.refuse("datum_future", "datum", FUTURE)
    return day, beside if clock is None else clock


def _organisation(desk: Desk, context: ImportContext) -> UUID | None:
    name = desk.required("organisatie", NO_ORGANISATION)
    if not name:
        return None
    answer = context.organisation(name)
    if answer.status in ORGANISATIONS:
        code, message = ORGANISATIONS[answer.status]
        desk.refuse(code, "organisatie", message)
    return answer.id


def _theme(desk: Desk, context: ImportContext) -> str:
    choice = f"Deze tafel kent: {', '.join(context.theme_names)}."
    word = desk.required("thema", f"Vul het thema in. {choice}")
    answer = context.theme(word)
    if word and answer.status is ThemeStatus.OTHER_TABLE:
        desk.refuse("theme_other_table", "thema", f"Dit thema hoort bij {answer.sentence}. Bied de rij daar aan.")
    elif word and answer.status is ThemeStatus.UNKNOWN:
        advice = "Past het signaal daar niet bij, breng het dan bij wie er wel over gaat."
        desk.refuse("theme_unknown", "thema", f"Dit thema kent deze tafel niet. {choice} {advice}")
    return answer.code

"""The activities of the register of processing (AVG 30): what each is for, about whom, which data, how long.

An event of the log names its activity (`processing`), and so does each module of models here: a test fails for an event
or a table that is in none.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Model

from privacy.audit.events import (
    ACCESS,
    ADMIN,
    BREACHES,
    CASES,
    EVENTS,
    HOUSEHOLDS,
    LOG,
    RETENTION,
    RIGHTS,
    SIGNALS,
)  # fmt: skip
from privacy.data_register import kept, own_models

CONCERNED = "Personen om wie het gaat, hun huisgenoten en naasten"
STAFF = "Professionals die met een tafel werken"
OF_PROFILE = "De soorten gegevens die het juridisch profiel en het convenant noemen, per tafel hieronder"
OF_THEME = "Per thema, vanaf de eerste verwerking, en nooit langer dan het juridisch profiel; zie per tafel hieronder"
OWN_TASK = "AVG 6(1)(c) en (e): de plicht om te beveiligen en te verantwoorden (AVG 5(2), 24 en 32; WGS 1.8)"


@dataclass(frozen=True, slots=True)
class Activity:
    """One activity as the register tells of it. `of_tables`: purpose and basis are those of the tables' profiles."""

    code: str
    name: str
    purpose: str
    basis: str
    persons: tuple[str, ...]
    data: tuple[str, ...]
    retention: str
    of_tables: bool = False


ACTIVITIES: tuple[Activity, ...] = (
    Activity(
        SIGNALS,
        "Signalen melden en beoordelen",
        "Nagaan of een casustafel een zorg of overlast moet oppakken",
        "Volgens het juridisch profiel van de tafel",
        (CONCERNED, "Melders en de organisaties voor wie zij melden"),
        (OF_PROFILE, "Naam en functie van de melder"),
        f"{OF_THEME}. Een afgewezen signaal wordt meteen vernietigd",
        of_tables=True,
    ),
    Activity(
        CASES,
        "Casussen bespreken en opvolgen",
        "Met partners afspreken wie wat doet, en dat volgen",
        "Volgens het juridisch profiel van de tafel",
        (CONCERNED, "Deelnemers en gasten van een overleg"),
        (OF_PROFILE, "Besluiten, acties en verslagen", "BSN, alleen waar het profiel daarvoor een grondslag noemt"),
        f"{OF_THEME}. Een gesloten casus wordt afgeschermd",
        of_tables=True,
    ),
    Activity(
        HOUSEHOLDS,
        "Een plan voor een gezin",
        "Eén gezin, één plan, één regisseur",
        "Volgens het juridisch profiel van de tafel",
        ("Leden van gezinnen, ook kinderen", "De contactpersoon van het gezin"),
        (OF_PROFILE, "Doelen, acties, veiligheidsafspraken en metingen per leefgebied"),
        OF_THEME,
        of_tables=True,
    ),
    Activity(
        LOG,
        "Vastleggen wie keek en wat gebeurde",
        "Controleren of inzage en gebruik rechtmatig zijn (WGS 1.8(4))",
        OWN_TASK,
        (STAFF,),
        (
            "Wie, wanneer, namens welke organisatie, met welk doel en vanaf welk adres",
            "Nummers van dossiers, geen inhoud",
        ),
        "Zo lang als nodig is voor de controle: het logboek krimpt niet en bevat geen inhoud",
    ),
    Activity(
        ACCESS,
        "Toegang geven en beëindigen",
        "Alleen wie het nodig heeft, leest een dossier (WGS 1.8(2))",
        OWN_TASK,
        (STAFF,),
        (
            "Rechten per deel van een dossier, met grond en einddatum",
            "Redenen van verzoeken en noodtoegang, versleuteld",
        ),
        "Zo lang als het dossier waarvoor de toegang gold",
    ),
    Activity(
        BREACHES,
        "Datalekken beoordelen, melden en ervan leren",
        "Weten wat er gebeurde, wie het moet horen, en herhaling voorkomen",
        "AVG 6(1)(c), met AVG 33 en 34; voor politiegegevens Wpg 33a",
        (CONCERNED, STAFF),
        ("Nummers van geraakte dossiers", "Wie keek, hoe vaak en welke delen", "Beoordeling, berichten en maatregelen"),
        "Vijf jaar na het sluiten",
    ),
    Activity(
        RIGHTS,
        "Verzoeken van betrokkenen beantwoorden en betrokkenen informeren",
        "Mensen laten weten wat er over hen is vastgelegd, en hun rechten uitvoeren",
        "AVG 6(1)(c), met AVG 12 tot en met 21; voor politiegegevens Wpg 24a tot en met 28",
        (CONCERNED, "Vertegenwoordigers van betrokkenen"),
        (
            "Naam, geboortedatum, adres en zo nodig BSN van wie vraagt",
            "Passages uit dossiers over deze persoon, per bron",
            "Welke gegevens niet mee mochten, met de grond",
        ),
        "Zo lang als de termijn voor dit soort dossiers; zie Bewaren",
    ),
    Activity(
        RETENTION,
        "Bewaren en vernietigen",
        "Niets langer bewaren dan nodig is, en kunnen laten zien wat is vernietigd (WGS 1.8(7), AVG 5(1)(e))",
        OWN_TASK,
        (STAFF,),
        ("Nummers en termijnen van dossiers", "Wie een lijst maakte en wie die controleerde", "Redenen, versleuteld"),
        "De verklaring van vernietiging blijft; zij noemt geen betrokkenen",
    ),
    Activity(
        ADMIN,
        "Organisaties, mensen en tafels beheren",
        "Weten wie namens wie aan welke tafel zit, en of dat op orde is",
        OWN_TASK,
        (STAFF,),
        ("Naam, e-mailadres, functie, organisatie en rollen", "Datum van screening, training en geheimhouding"),
        "Zo lang rijen en regels van het logboek naar de persoon verwijzen; daarna zonder inlog",
    ),
)

# Which activity the tables of a module serve.
MODULES: dict[str, str] = {
    "privacy.models.audit": LOG,
    "privacy.models.seal": LOG,
    "privacy.models.breach": BREACHES,
    "privacy.models.departure": LOG,
    "privacy.models.desk": ACCESS,
    "privacy.models.dossier": CASES,
    "privacy.models.emergency": ACCESS,
    "privacy.models.exclusion": ACCESS,
    "privacy.models.extension": RETENTION,
    "privacy.models.file": CASES,
    "privacy.models.grant": ACCESS,
    "privacy.models.job": ADMIN,
    "privacy.models.keys": ADMIN,
    "privacy.models.logbook": LOG,
    "privacy.models.retention": RETENTION,
    "privacy.models.review": LOG,
    "privacy.models.upkeep": ADMIN,
    "partners.models.accounting": ADMIN,
    "partners.models.identity": ADMIN,
    "partners.models.organisation": ADMIN,
    "partners.models.session": ADMIN,
    "partners.models.stagnation": ADMIN,
    "partners.models.table": ADMIN,
    "partners.models.user": ADMIN,
    "casework.models.agenda": CASES,
    "casework.models.asking": ACCESS,
    "casework.models.attachment": CASES,
    "casework.models.calendar": ADMIN,
    "casework.models.case": CASES,
    "casework.models.contribution": CASES,
    "casework.models.draft": SIGNALS,
    "casework.models.effect": HOUSEHOLDS,
    "casework.models.held": CASES,
    "casework.models.household": HOUSEHOLDS,
    "casework.models.importing": SIGNALS,
    "casework.models.informing": RIGHTS,
    "casework.models.known": CASES,
    "casework.models.meeting": CASES,
    "casework.models.plan": HOUSEHOLDS,
    "casework.models.priority": CASES,
    "casework.models.regie": CASES,
    "casework.models.erasing": RIGHTS,
    "casework.models.objection": RIGHTS,
    "casework.models.person": RIGHTS,
    "casework.models.rights": RIGHTS,
    "casework.models.sameness": CASES,
    "casework.models.signal": SIGNALS,
    "casework.models.stagnation": HOUSEHOLDS,
    "casework.models.triage": SIGNALS,
    "escalation.models.authority": ADMIN,
    "escalation.models.measure": CASES,
    "escalation.models.standing": CASES,
}


@dataclass(frozen=True, slots=True)
class Stored:
    """What an activity keeps, counted from the models: tables, those inside a dossier, fields, and those sealed."""

    tables: tuple[str, ...]
    in_dossier: int
    fields: int
    sealed: int


def activity_of(model: type[Model]) -> str:
    """The code of the activity that this table serves; raises KeyError for one that nobody thought about."""
    return MODULES[model.__module__]


def stored(code: str) -> Stored:
    """What this activity keeps."""
    rows = [kept(model) for model in own_models() if activity_of(model) == code]
    names = tuple(row.model._meta.db_table for row in rows)
    return Stored(names, sum(row.in_dossier for row in rows), sum(r.fields for r in rows), sum(r.sealed for r in rows))


def events_of(code: str) -> int:
    """How many kinds of acts and looks of this activity come into the log."""
    return sum(event.processing == code for event in EVENTS.values())

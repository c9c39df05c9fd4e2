"""The register of processing (AVG 30), made at the moment somebody reads it: nothing of it is kept."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import Count
from django.utils import timezone

from partners import themes_known
from partners.accounting.activities import ACTIVITIES, Activity, Stored, events_of, stored
from partners.models import CaseTable, Covenant, Organisation, Seat, User
from partners.profile_files import Profile
from partners.profiling import profile_of
from privacy.roles import Role

NO_TRANSFER = "Er gaan geen gegevens naar landen buiten de Europese Unie."


@dataclass(frozen=True, slots=True)
class Party:
    """An organisation that is a controller or recipient, with its kind in words."""

    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One activity with what the models keep for it."""

    activity: Activity
    stored: Stored
    events: int


@dataclass(frozen=True, slots=True)
class TableEntry:
    """One case table under its legal profile, as covenants and seats stand today."""

    name: str
    area: str
    theme: str
    profile: str
    version: str
    purpose: str
    basis: str
    controllers: tuple[Party, ...]
    covenants: tuple[str, ...]
    categories: tuple[str, ...]
    not_in_profile: tuple[str, ...]
    recipients: tuple[str, ...]
    retention: tuple[str, ...]
    informing: str


@dataclass(frozen=True, slots=True)
class Register:
    """The whole register on one day."""

    made_at: datetime
    municipality: str
    officers: tuple[str, ...]
    entries: tuple[Entry, ...]
    tables: tuple[TableEntry, ...]
    measures: tuple[str, ...]
    transfers: str = NO_TRANSFER


def register(now: datetime) -> Register:
    """Activities, tables, security and who watches."""
    today = timezone.localdate(now)
    tables = CaseTable.objects.filter(active=True)
    return Register(
        now,
        settings.MUNICIPALITY_NAME,
        tuple(f"{officer.name} ({officer.email})" for officer in _officers()),
        tuple(Entry(one, stored(one.code), events_of(one.code)) for one in ACTIVITIES),
        tuple(_table(table, today, now) for table in tables),
        tuple(measures()),
    )


def _officers() -> list[User]:
    return list(User.objects.filter(is_active=True, roles__contains=[Role.PRIVACY_OFFICER]))


def _table(table: CaseTable, today: date, now: datetime) -> TableEntry:
    profile = profile_of(table)
    covenants = list(Covenant.objects.valid_on(today).filter(themes__contains=[table.theme]))
    bound = Organisation.objects.filter(active=True, covenants__in=covenants).distinct()
    codes = list(dict.fromkeys(code for covenant in covenants for code in covenant.categories))
    return TableEntry(
        name=table.name,
        area=table.area,
        theme=themes_known.name_of(table.theme),
        profile=profile.name,
        version=f"{profile.code} {profile.version}",
        purpose=profile.purpose,
        basis=profile.basis,
        controllers=tuple(Party(one.name, _kind(profile, one.kind)) for one in bound),
        covenants=tuple(_covenant(covenant) for covenant in covenants),
        categories=tuple(profile.categories[code].label for code in codes if code in profile.categories),
        not_in_profile=tuple(code for code in codes if code not in profile.categories),
        recipients=tuple(_recipients(table, profile, now)),
        retention=tuple(_retention(table, profile)),
        informing=profile.notice,
    )


def _kind(profile: Profile, code: str) -> str:
    return profile.kinds[code].label if code in profile.kinds else code


def _covenant(covenant: Covenant) -> str:
    until = f" tot en met {covenant.valid_until:%d-%m-%Y}" if covenant.valid_until else ""
    return f"{covenant.name}, geldig vanaf {covenant.valid_from:%d-%m-%Y}{until}"


def _recipients(table: CaseTable, profile: Profile, now: datetime) -> list[str]:
    """Kinds of organisation with a seat now, and how many organisations of each."""
    homes = Seat.objects.valid_at(now).filter(table=table, user__is_active=True).values("user__organisation__kind")
    counted = homes.annotate(n=Count("user__organisation", distinct=True)).order_by("user__organisation__kind")
    return [f"{_kind(profile, row['user__organisation__kind'])}: {row['n']}" for row in counted]


def _retention(table: CaseTable, profile: Profile) -> list[str]:
    years = [f"Juridisch profiel: {profile.retention_years} jaar ({profile.retention_source})"]
    kept = themes_known.retention_of(table.theme)
    own = [f"Deze tafel: {table.retention_years} jaar"] if table.retention_years else []
    return [*([f"Thema: {kept[0]} jaar ({kept[1]})"] if kept else []), *years, *own]


def measures() -> list[str]:
    """What protects the data, from the settings and the database as they are now."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_class WHERE relforcerowsecurity")
        walled = cursor.fetchone()[0]
    sealed = sum(stored(activity.code).sealed for activity in ACTIVITIES)
    keeper = {"file": "een bestand op de server", "vault": "Vault of OpenBao", "pkcs11": "een HSM"}
    root = keeper.get(settings.CASUSTAFEL_ROOT_PROVIDER, settings.CASUSTAFEL_ROOT_PROVIDER)
    scanner = "uitgeschakeld" if settings.CLAMD_ADDRESS == "off" else "aan; zonder scanner komt geen bestand binnen"
    return [
        "Toegang per persoon en per deel van een dossier, met een einde",
        f"De database controleert elke rij nog eens zelf: {walled} tabellen",
        f"Versleuteling van {sealed} velden met AES-256-GCM, met een eigen sleutel per deel van een dossier",
        f"De hoofdsleutel staat buiten de database, in {root}",
        "Elke inzage staat in een verzegeld logboek voordat iets te zien is",
        f"Verbinding met TLS: {'verplicht' if settings.SECURE else 'uitgeschakeld'}",
        f"Virusscanner: {scanner}",
        f"Een sessie eindigt na {settings.SESSION_COOKIE_AGE // 3600} uur",
        f"Lijst van wat is vernietigd buiten de database: {'bijgehouden' if settings.SHRED_LIST else 'niet ingesteld'}",
    ]


COLUMNS = (
    "Onderdeel", "Naam", "Doel", "Grondslag", "Verantwoordelijken", "Betrokkenen", "Gegevens", "Ontvangers",
    "Bewaartermijn", "Buiten de EU", "Beveiliging", "Versie van het profiel", "Gemaakt op",
)  # fmt: skip


def rows(found: Register) -> list[tuple[str, ...]]:
    """The register as lines of a sheet: each activity, then each table."""
    made, safe = f"{timezone.localtime(found.made_at):%d-%m-%Y %H:%M}", "; ".join(found.measures)
    lines: list[tuple[str, ...]] = [
        (
            "Verwerking", a.name, a.purpose, a.basis, found.municipality, "; ".join(a.persons), "; ".join(a.data),
            "Per tafel" if a.of_tables else BESIDE, a.retention, found.transfers, safe, "", made,
        )
        for a in (entry.activity for entry in found.entries)
    ]  # fmt: skip
    return lines + [
        (
            "Tafel", t.name, t.purpose, t.basis, "; ".join(party.name for party in t.controllers), CONCERNED_AT_TABLE,
            "; ".join(t.categories), "; ".join(t.recipients), "; ".join(t.retention), found.transfers, safe, t.version,
            made,
        )
        for t in found.tables
    ]  # fmt: skip


BESIDE = "Beheerders en privacy officer"
CONCERNED_AT_TABLE = ACTIVITIES[0].persons[0]


def as_data(found: Register) -> dict[str, Any]:
    """The register as plain data, for a file that a program reads."""
    return asdict(found) | {"made_at": found.made_at.isoformat()}

"""What an audit asks (WGS 1.8 to 1.12, BGS 1.11 to 1.18), with what shows it: counts and moments, no personal data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import connection
from django.utils import timezone

from partners.accounting import counting, judging
from partners.accounting.counting import InTime
from partners.accounting.judging import Assessed, Done, Examined, Judged, Share
from partners.accounting.people import Standing, judged, standard
from partners.accounting.records import current_examinations, newest_assessment
from partners.models import CaseTable, Consultation, Covenant, DpiaOutcome, ExaminationKind, ProofKind
from partners.profile_files import Profile
from partners.profiling import profile_of
from privacy.models import OperationKind
from privacy.models.seal import CheckKind

DAY, QUARTER, YEAR = timedelta(days=2), timedelta(days=92), timedelta(days=366)
SOON = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Requirement:
    """One thing an audit asks: the article, what it is, how it stands, and the page that shows more."""

    key: str
    article: str
    what: str
    judged: Judged
    url_name: str = ""


def profiles_in_use() -> list[Profile]:
    """The versions that active tables use now."""
    found = {(p.code, p.version): p for p in map(profile_of, CaseTable.objects.filter(active=True))}
    return [found[key] for key in sorted(found)]


def assessed(profile: Profile) -> Assessed:
    """One version with the DPIA that counts."""
    name = f"{profile.code} {profile.version}"
    row = newest_assessment(profile.code, profile.version)
    if row is None:
        return Assessed(name)
    stopped, waits = row.outcome == DpiaOutcome.STOP, row.consultation == Consultation.ASKED
    return Assessed(name, row.held_on, row.review_on, stopped, waits)


def _upkeep() -> dict[str, Done]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT what, at, well, counted FROM partners_upkeep_counted()")
        rows = cursor.fetchall()
    return {
        what: Done(timezone.localdate(at) if at else None, well is not False, number) for what, at, well, number in rows
    }


def _shares(today: date) -> dict[str, Share]:
    """How many people have each proof today, and signed everywhere; by the strictest terms."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT person, kind, held_on, signed FROM partners_proofs_counted()")
        rows = cursor.fetchall()
    everybody, terms = {row[0] for row in rows}, standard()
    good = {
        (person, kind)
        for person, kind, held_on, _ in rows
        if kind and judged(ProofKind(kind), held_on, terms, today).standing in (Standing.OK, Standing.SOON)
    }
    shares = {kind.value: Share(sum((p, kind.value) in good for p in everybody), len(everybody)) for kind in ProofKind}
    return shares | {"secrecy": Share(len({row[0] for row in rows if row[3]}), len(everybody))}


def _covenants(today: date) -> Judged:
    tables = CaseTable.objects.filter(active=True)
    valid = list(Covenant.objects.valid_on(today))
    bound = {theme for covenant in valid for theme in covenant.themes}
    ending = [c.name for c in valid if c.valid_until is not None and c.valid_until <= today + SOON]
    return judging.covenants([table.name for table in tables if table.theme not in bound], ending)


def _tested(kind: ExaminationKind) -> list[Examined]:
    rows = current_examinations(kind)
    return [Examined(row.held_on, row.unsolved, row.again_on, row.sent_on is not None) for row in rows]


def requirements(now: datetime) -> list[Requirement]:
    """Everything, in the order of the law."""
    today, desks = timezone.localdate(now), counting.desks()
    return [*_people(today), *_log(today, desks), *_law(today, desks), *_running(today)]


def _people(today: date) -> list[Requirement]:
    shares, people = _shares(today), judging.people
    one = Requirement
    return [
        one("screening", "BGS 1.11", "Screening van wie toegang heeft", people(shares["screening"], "Gescreend")),
        one("secrecy", "WGS 1.11", "Geheimhouding getekend", people(shares["secrecy"], "Getekend aan elke tafel")),
        one("privacy", "BGS 1.17", "Training gegevensbescherming", people(shares["privacy"], "Getraind")),
        one("ethics", "BGS 1.17", "Training ethiek", people(shares["ethics"], "Getraind")),
        one("work", "BGS 1.17", "Training werkprocessen", people(shares["work"], "Getraind")),
    ]


def _log(today: date, desks: Mapping[str, InTime]) -> list[Requirement]:
    done, regular = _upkeep(), judging.regular
    one = Requirement
    every = {check: done.get(f"check_{check}", Done()) for check in CheckKind.values}
    return [
        one("sealed", "BGS 1.12", "Logboek verzegeld", regular(done.get("sealed", Done()), DAY, today)),
        one("verified", "BGS 1.12", "Zegels nagekeken", regular(every[CheckKind.SEALS], DAY, today)),
        one("complete", "BGS 1.12", "Logboek is volledig", regular(every[CheckKind.TRACES], DAY, today)),
        one("reviewed", "WGS 1.8(4)", "Kijken gecontroleerd", judging.looks(desks["looks"])),
        one("emergency", "WGS 1.8(2)", "Noodtoegang beoordeeld", judging.emergencies(done.get("emergency", Done()))),
        one(
            "destroyed", "WGS 1.8(7), BGS 1.16", "Vernietiging", _destroyed(done),
        ),
    ]  # fmt: skip


def _destroyed(done: dict[str, Done]) -> Judged:
    return judging.destroyed(done.get("destroyed", Done()), bool(settings.SHRED_LIST))


def _law(today: date, desks: Mapping[str, InTime]) -> list[Requirement]:
    one = Requirement
    made = judging.ok("Wordt gemaakt op het moment dat u het leest.")
    judged_versions = judging.dpias([assessed(profile) for profile in profiles_in_use()], today)
    nobody = judging.ok("Komt niet voor: niets scoort of beslist zonder een mens.")
    return [
        one("register", "AVG 30", "Register van verwerkingen", made, "accounting-register"),
        one("dpia", "AVG 35, BGS 1.13(6)", "DPIA en advies van de RAC", judged_versions, "accounting-dpia"),
        one("covenants", "AVG 26", "Convenanten in werking", _covenants(today)),
        one("requests", "AVG 12(3), BGS 1.2", "Verzoeken op tijd", judging.in_time(desks["requests"], "Verzoeken")),
        one(
            "breaches", "AVG 33, BGS 1.4", "Datalekken op tijd gemeld", judging.in_time(desks["breaches"], "Datalekken")
        ),
        one("analysis", "WGS 1.9", "Geautomatiseerde analyse", nobody),
        one("figures", "WGS 1.12", "Cijfers van het jaar", judging.ok("Kunnen elk jaar worden gemaakt.")),
    ]


def _running(today: date) -> list[Requirement]:
    done, one, kind = _upkeep(), Requirement, OperationKind

    def last(what: str, within: timedelta) -> Judged:
        return judging.regular(done.get(what, Done()), within, today)

    pentests = judging.pentests(_tested(ExaminationKind.PENTEST), today)
    audits = judging.audits(_tested(ExaminationKind.AUDIT), today)
    rows = [
        one("backup", "AVG 32", "Back-up", last(kind.BACKUP, DAY)),
        one("restore", "AVG 32", "Terugzetten geprobeerd", last(kind.RESTORE_TEST, QUARTER)),
        one("pentest", "AVG 32", "Pentest", pentests, "accounting-examinations"),
        one("audit", "WGS 1.10, BGS 1.18", "Audit", audits, "accounting-examinations"),
    ]
    if settings.CASUSTAFEL_ROOT_PROVIDER == "file":
        drill = last(kind.ESCROW_DRILL, YEAR)
        rows.insert(2, one("drill", "AVG 32", "Oefening met de delen van de hoofdsleutel", drill))
    return rows

"""How the house stands, line by line, with what to do when something is not right. No content, nobody's name."""

from __future__ import annotations

import smtplib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import get_connection

from casework.attaching import scanning
from config.celery import app
from config.running import health
from partners import upkeep
from privacy import calling
from privacy.audit import record
from privacy.models import OperationKind
from privacy.queue import Queue
from privacy.upkeep import facts

SHORT = 3
SEALED_WITHIN = timedelta(minutes=5)
BACKED_UP_WITHIN = timedelta(hours=25)
SMTP = "django.core.mail.backends.smtp.EmailBackend"


@dataclass(frozen=True, slots=True)
class Line:
    """One part: how it is, and what to do when that is not right."""

    what: str
    found: str
    good: bool
    advice: str = ""

    @property
    def label(self) -> str:
        """In a word or two."""
        return "In orde" if self.good else "Niet in orde"


def _asked(what: str, ask: Callable[[], object], good: str, wrong: str, advice: str) -> Line:
    try:
        ask()
    except Exception:
        return Line(what, wrong, False, advice)
    return Line(what, good, True)


def _database() -> Line:
    return _asked(
        "Database",
        health.database,
        "Antwoordt.",
        "Antwoordt niet.",
        "Kijk of PostgreSQL draait en of DATABASE_URL klopt.",
    )


def _migrations() -> Line:
    missing = health.missing_migrations()
    if not missing:
        return Line("Tabellen", "Passen bij deze versie.", True)
    found = f"Er ontbreken {len(missing)} stappen." if len(missing) > 1 else "Er ontbreekt 1 stap."
    return Line("Tabellen", found, False, "Voer uit op de server: python manage.py migrate --database=owner")


def _audit() -> Line:
    return _asked(
        "Logboek",
        record.check_writable,
        "Er kan in worden geschreven.",
        "Er kan niet in worden geschreven. Niemand kan nu iets openen.",
        "Kijk of DATABASE_AUDIT_URL klopt en of de schijf van de database vol is.",
    )


def _seals(now: datetime) -> Line:
    ((sealed_at, waiting, oldest),) = calling.rows_of("privacy_seals_now")
    when = f"Laatst {upkeep.ago(sealed_at, now)}." if sealed_at else "Nog nooit."
    found = f"{when} Er {'wacht' if waiting == 1 else 'wachten'} {waiting} {'regel' if waiting == 1 else 'regels'}."
    late = oldest is not None and now - oldest > SEALED_WITHIN
    advice = "Kijk of de worker en beat draaien. Nu meteen: python manage.py seal_audit" if late else ""
    return Line("Zegel op het logboek", found, not late, advice)


def _root() -> Line:
    keeper, wrong = upkeep.provider()
    if wrong:
        return Line("Hoofdsleutel", f"Staat in {keeper} en is niet bereikbaar.", False, wrong)
    return Line("Hoofdsleutel", f"Staat in {keeper} en is bereikbaar.", True)


def _backup(now: datetime) -> Line:
    tried = facts.last(OperationKind.BACKUP)
    found = f"Laatst gelukt: {upkeep.ago(tried.ended_at, now)}." if tried.ended_at else "Nog nooit gelukt."
    late = tried.ended_at is None or now - tried.ended_at > BACKED_UP_WITHIN
    good = not (late or tried.failed or tried.interrupted)
    advice = "" if good else "Kijk op de server waarom: journalctl -u casustafel-backup. Zie Sleutels en back-up."
    return Line("Back-up", found, good, advice)


def _broker() -> Line:
    if settings.CELERY_BROKER_URL.startswith("memory:"):
        advice = "Zet BROKER_URL. Tot dan wachten achtergrondtaken tot de worker ze zelf vindt."
        return Line("Wachtrij", "Er is geen wachtrij ingesteld.", False, advice)

    def ask() -> None:
        with app.connection_for_write(transport_options={"connect_timeout": SHORT}) as line:
            line.ensure_connection(errback=None, max_retries=1, timeout=SHORT)

    advice = "Kijk of RabbitMQ draait en of BROKER_URL klopt. Er gaat niets verloren: de worker vindt zelf wat wacht."
    return _asked("Wachtrij", ask, "Antwoordt.", "Antwoordt niet.", advice)


def _work(counted: Queue, now: datetime) -> Line:
    found = f"{counted.waiting} wachten, {counted.running} bezig, {counted.failed} mislukt."
    if counted.stuck(now):
        advice = "Er wacht werk dat al gedaan had moeten zijn. Kijk of de worker draait: systemctl status "
        return Line("Achtergrondtaken", found, False, f"{advice}casustafel-worker casustafel-beat")
    if counted.failed:
        return Line("Achtergrondtaken", found, False, "Hieronder staat waarom, met een knop om het opnieuw te doen.")
    return Line("Achtergrondtaken", found, True)


def _mail() -> Line:
    if settings.EMAIL_BACKEND != SMTP:
        advice = "" if settings.DEMO or settings.TESTING else "Zet EMAIL_URL op uw mailserver."
        return Line("Mail", "Er gaat geen mail naar buiten.", settings.DEMO or settings.TESTING, advice)

    def ask() -> None:
        line = get_connection(timeout=SHORT)
        try:
            line.open()
        finally:
            line.close()

    advice = "Kijk of EMAIL_URL klopt en of de mailserver deze server toelaat. Mail die wacht, gaat later alsnog."
    try:
        ask()
    except (OSError, smtplib.SMTPException):
        return Line("Mail", "De mailserver antwoordt niet.", False, advice)
    return Line("Mail", "De mailserver antwoordt.", True)


def _scanner() -> Line:
    if scanning.is_off():
        advice = "Bijlagen worden niet op virussen gescand. Zet CLAMD_ADDRESS op het adres van clamd."
        return Line("Virusscanner", "Staat uit.", settings.DEMO or settings.TESTING, advice)
    if scanning.answers():
        return Line("Virusscanner", "Antwoordt.", True)
    advice = "Er kan nu niemand een bijlage toevoegen. Kijk of clamd draait en of CLAMD_ADDRESS klopt."
    return Line("Virusscanner", "Antwoordt niet.", False, advice)


def lines(counted: Queue, now: datetime) -> list[Line]:
    """Every part that must work, in the order in which one would look."""
    return [
        _database(),
        _migrations(),
        _audit(),
        _seals(now),
        _root(),
        _backup(now),
        _broker(),
        _work(counted, now),
        _mail(),
        _scanner(),
    ]

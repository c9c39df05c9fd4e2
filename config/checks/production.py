"""`manage.py check --deploy`: what is not right for production, each in one sentence that says what to do.

Who knows better says so in CHECKS_ACCEPTED (ids), which is then in the settings for all to see.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import ERROR, INFO, WARNING, CheckMessage, register

from casework.attaching import scanning

LOCAL = ("localhost", "127.0.0.1", "[::1]", "::1", "")
SMTP = "django.core.mail.backends.smtp.EmailBackend"
ROLES = {
    "default": ("DATABASE_URL", "casustafel_app"),
    "audit": ("DATABASE_AUDIT_URL", "casustafel_audit"),
    "owner": ("DATABASE_OWNER_URL", "casustafel_owner"),
    "maintenance": ("DATABASE_MAINTENANCE_URL", "casustafel_maintenance"),
}
ENCRYPTED = ("require", "verify-ca", "verify-full")
KEYS = ("SECRET_KEY", "CASUSTAFEL_ROOT_KEY", "CASUSTAFEL_INDEX_KEY", "CASUSTAFEL_AUDIT_KEY", "CASUSTAFEL_SEAL_KEY")
TOKEN_LENGTH = 32


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that may be wrong. `wrong` gives a word to put in the sentence, or nothing when it is right."""

    id: str
    level: int
    wrong: Callable[[], str]
    sentence: str


def _is(wrong: bool, word: str = "yes") -> str:
    return word if wrong else ""


def _hosts() -> str:
    return _is(all(host in LOCAL for host in settings.ALLOWED_HOSTS))


def _unnamed_site() -> str:
    host, allowed = urlsplit(settings.SITE_URL).hostname or "", settings.ALLOWED_HOSTS
    named = any(host == one or one == "*" or (one.startswith(".") and host.endswith(one)) for one in allowed)
    return "" if named else host or settings.SITE_URL


def _plain_mail() -> str:
    secured = settings.EMAIL_USE_TLS or settings.EMAIL_USE_SSL
    return _is(settings.EMAIL_BACKEND == SMTP and not secured and settings.EMAIL_HOST not in LOCAL)


def _sender() -> str:
    domain = settings.DEFAULT_FROM_EMAIL.rstrip(">").rpartition("@")[2]
    return _is(domain.endswith((".example", "example.com", "example.org", "example.net")), domain)


def _roles() -> str:
    wrong = [name for alias, (name, role) in ROLES.items() if settings.DATABASES[alias]["USER"] != role]
    return ", ".join(wrong)


def _bare_lines() -> str:
    """Addresses of databases on another machine over a line that may be read."""
    bare = []
    for alias, (name, _) in ROLES.items():
        place: dict[str, Any] = settings.DATABASES[alias]
        host = str(place.get("HOST") or "")
        away = host not in LOCAL and not host.startswith("/")
        if away and dict(place.get("OPTIONS") or {}).get("sslmode") not in ENCRYPTED:
            bare.append(name)
    return ", ".join(bare)


def _keys_in_sight() -> str:
    return ", ".join(name for name in KEYS if os.environ.get(name))


def _plain_origins() -> str:
    return ", ".join(origin for origin in settings.CSRF_TRUSTED_ORIGINS if not origin.startswith("https://"))


def _short_token() -> str:
    return _is(0 < len(settings.METRICS_TOKEN) < TOKEN_LENGTH)


def _counts_apart() -> str:
    return _is(bool(settings.METRICS_TOKEN) and not os.environ.get("PROMETHEUS_MULTIPROC_DIR"))


FINDINGS: tuple[Finding, ...] = (
    Finding("casustafel.W001", WARNING, lambda: _is(scanning.is_off()),
        "CLAMD_ADDRESS is off, so files are taken in without a virus scan: set it to the host:port of clamd."),
    Finding("casustafel.E010", ERROR, lambda: _is(settings.DEBUG),
        "DEBUG is on and shows data in error pages: unset it."),
    Finding("casustafel.E011", ERROR, lambda: _is("*" in settings.ALLOWED_HOSTS),
        "ALLOWED_HOSTS takes every name, so links in mails can be made to lead elsewhere: name your own host."),
    Finding("casustafel.E012", ERROR, _hosts,
        "ALLOWED_HOSTS names this machine only, so nobody can open a page: set it to the host name people type."),
    Finding("casustafel.E013", ERROR, lambda: _is(not settings.SECURE),
        "SECURE is off, so cookies travel without TLS and nobody is sent to https: unset it."),
    Finding("casustafel.W014", WARNING, lambda: _is(settings.SECURE and not settings.SECURE_PROXY_SSL_HEADER),
        "BEHIND_TLS_PROXY is off, so a proxy that ends TLS is sent to https for ever: set it to 1, and let the proxy "
        "set X-Forwarded-Proto itself."),
    Finding("casustafel.E015", ERROR, lambda: _is(not settings.SITE_URL.startswith("https://"), settings.SITE_URL),
        "SITE_URL is {word}, which mails would send people to: set it to the https:// address of this site."),
    Finding("casustafel.E016", ERROR, _unnamed_site,
        "SITE_URL leads to {word}, which ALLOWED_HOSTS does not name: add it there, or mend SITE_URL."),
    Finding("casustafel.W017", WARNING, _plain_origins,
        "CSRF_TRUSTED_ORIGINS trusts pages without TLS ({word}): write the https:// origin."),
    Finding("casustafel.E020", ERROR, lambda: _is(settings.EMAIL_BACKEND != SMTP),
        "EMAIL_URL sends no mail at all, so nobody can be invited: set it to your mail server, such as "
        "smtp+tls://user:password@mail.example.nl:587."),
    Finding("casustafel.W021", WARNING, _plain_mail,
        "EMAIL_URL sends mail over a line that others can read: write smtp+tls:// or smtp+ssl://."),
    Finding("casustafel.E022", ERROR, _sender,
        "DEFAULT_FROM_EMAIL is at {word}, which does not exist, so mail is refused: set it to an address of your own."),
    Finding("casustafel.E030", ERROR, lambda: _is(settings.CELERY_BROKER_URL.startswith("memory:")),
        "BROKER_URL is not set, so no work reaches a worker at once: set it to RabbitMQ (amqp://…)."),
    Finding("casustafel.E040", ERROR, _roles,
        "{word} connects as another role than docs/installation.md names, and then the database protects nobody: "
        "use the role of that name."),
    Finding("casustafel.W041", WARNING, _bare_lines,
        "{word} goes to another machine over a line that others can read: add ?sslmode=verify-full (or require)."),
    Finding("casustafel.W042", WARNING, lambda: _is(not settings.DATABASE_BACKUP_URL),
        "DATABASE_BACKUP_URL is not set, so `manage.py backup` can't read the tables: set it for the account that "
        "makes back-ups, and run this check as that account."),
    Finding("casustafel.W043", WARNING, lambda: _is(not settings.SHRED_LIST),
        "SHRED_LIST is not set, so a restored back-up brings destroyed dossiers back: set it to a file that is copied "
        "off this server."),
    Finding("casustafel.I050", INFO, lambda: _is(settings.CASUSTAFEL_ROOT_PROVIDER == "file"),
        "The root key is in a file, so whoever takes over this server can copy it: use Vault, OpenBao or an HSM when "
        "you have one, or accept this with CHECKS_ACCEPTED=casustafel.I050."),
    Finding("casustafel.W051", WARNING, _keys_in_sight,
        "{word} stands in the environment, which other programs of this account can read: put it in a file (0400) and "
        "name that in the variable with _FILE behind it."),
    Finding("casustafel.W052", WARNING,
        lambda: _is(settings.CASUSTAFEL_ROOT_PROVIDER == "vault" and not settings.VAULT_ADDR.startswith("https://")),
        "VAULT_ADDR has no TLS, so keys can be read on the line: write its https:// address."),
    Finding("casustafel.W060", WARNING, lambda: _is(not settings.AUDIT_ANCHOR_MAIL),
        "AUDIT_ANCHOR_MAIL is not set, so the nightly seal goes to the privacy officers alone: set it to a mailbox "
        "that no administrator of Casustafel can reach."),
    Finding("casustafel.E070", ERROR, _short_token,
        f"METRICS_TOKEN is shorter than {TOKEN_LENGTH} characters and can be guessed: make a longer one."),
    Finding("casustafel.W071", WARNING, _counts_apart,
        "PROMETHEUS_MULTIPROC_DIR is not set, so each web process counts for itself: set it to an empty folder that "
        "the web server may write in."),
    Finding("casustafel.W080", WARNING, lambda: _is(settings.MUNICIPALITY_NAME == "Voorbeeldstad"),
        "MUNICIPALITY_NAME is that of the demo: set it to the name of your municipality."),
    Finding("casustafel.W081", WARNING, lambda: _is(not settings.SECURITY_CONTACT),
        "SECURITY_CONTACT is not set, so who finds a hole can't tell you: set it to a mailto: or https: address."),
    Finding("casustafel.W082", WARNING, lambda: _is(not (settings.CONTACT_NAME and settings.CONTACT_REACH)),
        "CONTACT_NAME and CONTACT_REACH are not set, so people who are stuck do not know whom to call: set both."),
)  # fmt: skip


@register(deploy=True)
def fit_for_production(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Everything that was found. Of the demo only that it is the demo."""
    if settings.DEMO:
        said = "DEMO is on, so everybody knows the passwords and nothing here is real: unset it."
        return [CheckMessage(ERROR, said, id="casustafel.E009")]
    found = ((finding, finding.wrong()) for finding in FINDINGS)
    return [
        CheckMessage(finding.level, finding.sentence.replace("{word}", word), id=finding.id)
        for finding, word in found
        if word
    ]

"""The file of OpenID Connect providers, read at the start. A mistake in it is a start-up error with a hint."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.core.exceptions import ImproperlyConfigured

NEEDED = ("code", "name", "issuer", "client_id", "client_secret_file", "organisation_claim", "organisations")


def _wrong(where: str, what: str) -> ImproperlyConfigured:
    return ImproperlyConfigured(f"OIDC_PROVIDERS, provider {where}: {what} See docs/logging-in.md.")


def _secret(file: str, where: str) -> str:
    try:
        path = Path(file)
        if path.stat().st_mode & 0o007:
            raise _wrong(where, f"{file} is readable by everybody. Run: chmod 640 {file}")
        return path.read_text().strip()
    except OSError as error:
        raise _wrong(where, f"client_secret_file {file} can't be read.") from error


def _organisations(values: dict[str, str], where: str) -> dict[str, str]:
    try:
        return {claimed: str(UUID(pk)) for claimed, pk in values.items()}
    except (ValueError, AttributeError) as error:
        raise _wrong(where, "organisations must map a value of the claim to the id of an organisation.") from error


def _app(given: dict[str, Any], *, insecure: bool) -> dict[str, Any]:
    where = str(given.get("code", "?"))
    missing = [name for name in NEEDED if not given.get(name)]
    if missing:
        raise _wrong(where, f"{', '.join(missing)} is missing.")
    if not where.replace("-", "").isalnum():
        raise _wrong(where, "the code may hold letters, digits and dashes.")
    if urlsplit(given["issuer"]).scheme != "https" and not insecure:
        raise _wrong(where, "the issuer must begin with https://.")
    return {
        "provider_id": where,
        "name": given["name"],
        "client_id": given["client_id"],
        "secret": _secret(given["client_secret_file"], where),
        "settings": {
            "server_url": given.get("configuration", given["issuer"]),
            "issuer": given["issuer"],
            "organisation_claim": given["organisation_claim"],
            "organisations": _organisations(given["organisations"], where),
            "second_factor_claim": given.get("second_factor_claim", "amr"),
            "second_factor_values": given.get("second_factor_values", []),
            "fetch_userinfo": False,
            "oauth_pkce_enabled": True,
        },
    }


def providers(file: str, *, insecure: bool) -> list[dict[str, Any]]:
    """The providers in allauth's shape; none without a file. Only the demo and tests may do without https."""
    if not file:
        return []
    try:
        given = tomllib.loads(Path(file).read_text()).get("provider", [])
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise ImproperlyConfigured(f"OIDC_PROVIDERS: {file} can't be read as TOML. See docs/logging-in.md.") from error
    apps = [_app(one, insecure=insecure) for one in given]
    for part in ("provider_id", "issuer"):
        seen = [app.get(part) or app["settings"][part] for app in apps]
        if len(set(seen)) < len(seen):
            raise ImproperlyConfigured(f"OIDC_PROVIDERS: two providers have the same {part}. See docs/logging-in.md.")
    return apps

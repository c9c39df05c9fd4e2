"""A passkey of somebody who opens none of the pages; nobody else may know that it is there."""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator

from tests.world import Cast

ABOUT: dict[str, dict[str, Any]] = {"mfa_remove_webauthn": {"pk": "passkey"}}


def with_passkey(cast: Cast) -> dict[str, Any]:
    row = Authenticator.objects.create(user=cast.petra, type="webauthn", data={"name": "Laptop", "credential": {}})
    return {"passkey": row.pk}

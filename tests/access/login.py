"""A passkey of somebody who opens none of the pages; nobody else may know that it is there."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from allauth.mfa.models import Authenticator

from tests.world import Cast

ABOUT: dict[str, dict[str, Any]] = {
    "mfa_remove_webauthn": {"pk": "passkey"},
    "session-end": {"pk": "session"},
    "openid_connect_login": {"provider_id": "gemeente"},
    "openid_connect_callback": {"provider_id": "gemeente"},
    "identity-link": {"token": "verzonnen"},
    "person-identity": {"pk": "person"},
    "person-identity-untie": {"pk": "person"},
}


def with_passkey(cast: Cast) -> dict[str, Any]:
    row = Authenticator.objects.create(user=cast.petra, type="webauthn", data={"name": "Laptop", "credential": {}})
    return {"passkey": row.pk, "session": uuid4()}

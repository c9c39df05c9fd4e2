"""A device with a passkey, in software: it signs what a browser would let it sign."""

from __future__ import annotations

import base64
import hashlib
import json
import os
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from fido2 import cbor
from fido2.cose import ES256
from fido2.webauthn import AttestedCredentialData, AuthenticatorData

PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40


def spelled(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


class Device:
    """One passkey; `verified` is whether it checked who holds it, `origin` the page that the browser was at."""

    def __init__(self, origin: str = "http://localhost", *, verified: bool = True) -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.origin, self.verified = origin, verified
        self.credential_id, self.user_handle, self.count = os.urandom(16), b"", 0

    def _client(self, kind: str, challenge: str) -> bytes:
        return json.dumps({"type": kind, "challenge": challenge, "origin": self.origin}).encode()

    def _flags(self) -> int:
        return PRESENT | (VERIFIED if self.verified else 0)

    def create(self, options: dict[str, Any]) -> dict[str, Any]:
        """What the browser sends when a passkey was made."""
        asked = options["publicKey"]
        self.user_handle = base64.urlsafe_b64decode(asked["user"]["id"] + "==")
        public = ES256.from_cryptography_key(self.key.public_key())
        attested = AttestedCredentialData.create(b"\0" * 16, self.credential_id, public)
        digest = hashlib.sha256(asked["rp"]["id"].encode()).digest()
        data = AuthenticatorData.create(digest, self._flags() | ATTESTED, self.count, attested)
        made = cbor.encode({"fmt": "none", "attStmt": {}, "authData": bytes(data)})
        response = {
            "clientDataJSON": spelled(self._client("webauthn.create", asked["challenge"])),
            "attestationObject": spelled(made),
            "transports": ["internal"],
        }
        return self._told(response) | {"clientExtensionResults": {"credProps": {"rk": True}}}

    def get(self, options: dict[str, Any]) -> dict[str, Any]:
        """What the browser sends when the passkey was used."""
        asked = options["publicKey"]
        self.count += 1
        digest = hashlib.sha256(asked["rpId"].encode()).digest()
        data = bytes(AuthenticatorData.create(digest, self._flags(), self.count))
        client = self._client("webauthn.get", asked["challenge"])
        signature = self.key.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(SHA256()))
        return self._told(
            {
                "clientDataJSON": spelled(client),
                "authenticatorData": spelled(data),
                "signature": spelled(signature),
                "userHandle": spelled(self.user_handle),
            }
        )

    def _told(self, response: dict[str, Any]) -> dict[str, Any]:
        return {
            "id": spelled(self.credential_id), "rawId": spelled(self.credential_id), "type": "public-key",
            "authenticatorAttachment": "platform", "clientExtensionResults": {}, "response": response,
        }  # fmt: skip

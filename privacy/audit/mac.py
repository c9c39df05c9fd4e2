"""The keys of the log, and the MAC that an entry carries. The only place that knows where these keys come from."""

from __future__ import annotations

import hmac
from functools import lru_cache

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings

from privacy.audit import canonical
from privacy.encryption import aead
from privacy.models import AuditEntry


@lru_cache(maxsize=4)
def _below(root: bytes, use: str) -> bytes:
    return aead.derive(root, "audit", use)


def entry_key() -> bytes:
    """The key of the MACs, below the audit root."""
    return _below(settings.CASUSTAFEL_AUDIT_KEY, "entry")


def subject_key() -> bytes:
    """The key of the pseudonyms in exports of the log, below the audit root."""
    return _below(settings.CASUSTAFEL_AUDIT_KEY, "subject")


def signing_key() -> Ed25519PrivateKey:
    """The key that signs heads: a file of its own, or a key below the audit root."""
    seed = settings.CASUSTAFEL_SEAL_KEY or _below(settings.CASUSTAFEL_AUDIT_KEY, "seal")
    return Ed25519PrivateKey.from_private_bytes(seed)


def public_key() -> Ed25519PublicKey:
    """What an auditor needs, and no more than that."""
    return signing_key().public_key()


def of_body(body: bytes, key: bytes) -> bytes:
    """The MAC over an entry's bytes, with its format before it."""
    return canonical.FORMAT + hmac.digest(key, canonical.DOMAIN + body, "sha256")


def stamp(entry: AuditEntry) -> None:
    """Gives an entry its MAC over everything that will be stored. Nothing of it may change afterwards."""
    entry.mac = of_body(canonical.spell(entry.__dict__), entry_key())

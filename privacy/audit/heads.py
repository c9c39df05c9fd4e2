"""The head of a sealed block: what it holds, what was before it, and the signature. Knows nothing of Django."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_public_key

DOMAIN = b"casustafel audit head 1\x00"
NOTHING_BEFORE = bytes(32)
MOST = 2**31


@dataclass(frozen=True, slots=True)
class Head:
    """A block in short. `before` says that its entries were made before entries carried a MAC."""

    number: int
    first_at: datetime
    last_at: datetime
    count: int
    root: bytes
    previous: bytes
    sealed_at: datetime
    before: bool = False
    signature: bytes = b""

    def message(self) -> bytes:
        """What is signed: every field with its length before it."""
        parts = (
            str(self.number).encode(),
            _spell(self.first_at),
            _spell(self.last_at),
            str(self.count).encode(),
            self.root,
            self.previous,
            _spell(self.sealed_at),
            b"\x01" if self.before else b"\x00",
        )
        return DOMAIN + b"".join(len(part).to_bytes(4, "big") + part for part in parts)

    def digest(self) -> bytes:
        """What the next head refers to, and what is read out to compare two heads."""
        return sha256(self.message()).digest()

    def as_json(self) -> dict[str, object]:
        """The head as it stands in a file, with its digest for the eye."""
        plain = {name: _plain(value) for name, value in asdict(self).items()}
        return plain | {"digest": self.digest().hex()}


def _spell(moment: datetime) -> bytes:
    return moment.astimezone(UTC).isoformat(timespec="microseconds").encode()


def _plain(value: object) -> object:
    if isinstance(value, bytes):
        return value.hex()
    return _spell(value).decode() if isinstance(value, datetime) else value


def of_json(given: Mapping[str, Any]) -> Head:
    """The head in a file; raises ValueError when it is none. Its digest is counted anew, not believed."""
    try:
        values = {one.name: given[one.name] for one in fields(Head)}
        for name in ("root", "previous", "signature"):
            values[name] = bytes.fromhex(values[name])
        for name in ("first_at", "last_at", "sealed_at"):
            values[name] = datetime.fromisoformat(values[name])
            if values[name].tzinfo is None:
                raise ValueError("a moment without a zone")
        numbers = (values["number"], values["count"])
        if not all(type(one) is int and 0 < one < MOST for one in numbers) or type(values["before"]) is not bool:
            raise ValueError("no number")
        return Head(**values)
    except (KeyError, TypeError, AttributeError, OverflowError) as error:
        raise ValueError("no head") from error


def sign(head: Head, key: Ed25519PrivateKey) -> bytes:
    """The signature of a head."""
    return key.sign(head.message())


def signed_by(head: Head, key: Ed25519PublicKey) -> bool:
    """Whether this key signed exactly this head."""
    try:
        key.verify(head.signature, head.message())
    except InvalidSignature:
        return False
    return True


def pem(key: Ed25519PublicKey) -> str:
    """The public key as a file to hand out."""
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


def of_pem(text: str) -> Ed25519PublicKey:
    """The public key in a file; raises ValueError when it is none of ours."""
    key = load_pem_public_key(text.encode())
    if not isinstance(key, Ed25519PublicKey):
        raise ValueError("not an Ed25519 key")
    return key


def fingerprint(key: Ed25519PublicKey) -> str:
    """Short enough to compare by eye or over the telephone."""
    digest = sha256(key.public_bytes(Encoding.Raw, PublicFormat.Raw)).hexdigest()[:32]
    return " ".join(digest[i : i + 4] for i in range(0, 32, 4))

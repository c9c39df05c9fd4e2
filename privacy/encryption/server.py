"""Secrets of the server itself that are in no dossier: sealed under the newest KEK epoch, bound to whom they are of.

What stands under an old epoch is sealed anew when keys are rotated: `HOLDERS` knows where such secrets are kept.
"""

from __future__ import annotations

import base64
from collections.abc import Callable
from dataclasses import dataclass

from privacy.encryption import aead, keys
from privacy.errors import TamperedValue
from privacy.models.keys import KeyEncryptionKey


@dataclass(frozen=True, slots=True)
class Holder:
    """Who keeps sealed texts: `standing` says under which epochs, `renew` seals all of them under the newest."""

    standing: Callable[[str], set[int]]
    renew: Callable[[str, KeyEncryptionKey], None]


HOLDERS: list[Holder] = []


def _key(epoch: KeyEncryptionKey, use: str) -> bytes:
    return aead.derive(keys.open_epoch(epoch), "server", use)


def epoch_of(sealed: str) -> int:
    """Under which epoch a text was sealed; raises TamperedValue for what no seal is."""
    number, mark, _ = sealed.partition(":")
    if not mark or not number.isdigit():
        raise TamperedValue("format")
    return int(number)


def seal_text(text: str, *, use: str, whose: object, epoch: KeyEncryptionKey | None = None) -> str:
    """`text`, to be opened for the same use and the same holder only."""
    epoch = epoch or keys.newest_epoch()
    sealed = aead.seal(_key(epoch, use), text.encode(), aead.place("server", use, whose, epoch.epoch))
    return f"{epoch.epoch}:{base64.b64encode(sealed).decode()}"


def open_text(sealed: str, *, use: str, whose: object, using: str = "default") -> str:
    """The text; raises TamperedValue when it was changed, or was sealed for another use or holder."""
    number = epoch_of(sealed)
    epoch = KeyEncryptionKey.objects.using(using).filter(epoch=number).first()
    if epoch is None:
        raise TamperedValue("epoch")
    body = base64.b64decode(sealed.partition(":")[2])
    return aead.open_sealed(_key(epoch, use), body, aead.place("server", use, whose, number)).decode()

"""The root key in three shares for three people, of which two give it back: what a share looks like on paper.

A share is text to type over: which set, which share, 32 bytes, and a check on typing. The number of a set holds a
check on the root itself, so that shares of two sets never pass for one root. `python manage.py escrow_restore` runs
this module without Django: there is no root to start with then.
"""

from __future__ import annotations

import base64
import binascii
import getpass
import hashlib
import hmac
import os
import secrets
import sys
from collections.abc import Callable
from dataclasses import dataclass, field

from privacy.encryption import aead, shamir

VERSION = 1
SHARES = 3
LETTERS = 64


class NotAShare(Exception):
    """What was typed is not a share, or two shares do not belong together; fit for the screen."""


@dataclass(frozen=True)
class Share:
    """One of three. `group` is the number of the set: two random bytes and two that depend on the root."""

    group: bytes
    place: int
    data: bytes = field(repr=False)

    @property
    def name(self) -> str:
        """How people call it."""
        return f"set {self.group.hex()}, deel {self.place}"

    def __str__(self) -> str:
        body = bytes([VERSION]) + self.group + bytes([self.place]) + self.data
        text = base64.b32encode(body + hashlib.sha256(body).digest()[:2]).decode()
        return "-".join(text[start : start + 4] for start in range(0, LETTERS, 4))


def _group(root: bytes, chance: bytes) -> bytes:
    return chance + hmac.new(aead.derive(root, "escrow"), chance, hashlib.sha256).digest()[:2]


def split(root: bytes) -> list[Share]:
    """Three shares of the root, of a set of their own."""
    group = _group(root, secrets.token_bytes(2))
    return [Share(group, place, data) for place, data in shamir.split(root, SHARES).items()]


def read(text: str) -> Share:
    """The share that was typed, whatever spaces, dashes and small letters; raises NotAShare."""
    letters = "".join(text.split()).replace("-", "").upper()
    try:
        body = base64.b32decode(letters)
    except binascii.Error as error:
        raise NotAShare("Dit is geen deel: het zijn 64 letters en cijfers.") from error
    if len(letters) != LETTERS or body[0] != VERSION or hashlib.sha256(body[:-2]).digest()[:2] != body[-2:]:
        raise NotAShare("Er is een tikfout gemaakt. Typ het deel opnieuw.")
    return Share(body[1:5], body[5], body[6:-2])


def combine(one: Share, other: Share) -> bytes:
    """The root; raises NotAShare when these two do not give one."""
    if one.group != other.group:
        raise NotAShare(f"Deze delen horen niet bij elkaar: {one.name} en {other.name}.")
    if one.place == other.place:
        raise NotAShare("Dit is twee keer hetzelfde deel.")
    root = shamir.combine({one.place: one.data, other.place: other.data})
    if not hmac.compare_digest(_group(root, one.group[:2]), one.group):
        raise NotAShare("Deze delen geven geen sleutel.")
    return root


def ask(ask_for: Callable[[str], str] = getpass.getpass, tell: Callable[[str], object] = print) -> bytes:
    """Lets two people type their share, unseen, until each is right; the root that these give."""
    shares: list[Share] = []
    for who in ("Eerste persoon", "Tweede persoon"):
        while len(shares) < 2:
            try:
                shares.append(read(ask_for(f"{who}, typ uw deel (u ziet niets): ")))
                break
            except NotAShare as wrong:
                tell(str(wrong))
    return combine(*shares)


def restore(arguments: list[str]) -> int:
    """Writes the root of two shares to the named file, which is not there yet; the exit code."""
    if len(arguments) != 1:
        sys.stderr.write("Zeg in welk nieuw bestand de hoofdsleutel komt: python manage.py escrow_restore BESTAND\n")
        return 2
    file = arguments[0]
    try:
        root = ask()
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o400)
        with os.fdopen(descriptor, "w") as out:
            out.write(base64.b64encode(root).decode() + "\n")
    except (NotAShare, OSError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.write(f"De hoofdsleutel staat in {file}. Zet CASUSTAFEL_ROOT_KEY_FILE op dit bestand.\n")
    return 0

"""Checking an anchor or a proof with the public key alone: no database, no secret, no Django.

    python -m privacy.audit.offline FILE PUBLIC_KEY.pem

It says what does not hold, in Dutch; the exit code is 0 only when everything does.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from privacy.audit import anchors, canonical, heads, merkle
from privacy.audit.heads import Head

PROOF = "casustafel proof 1"


def _unsigned(found: list[Head], key: Ed25519PublicKey) -> Iterator[str]:
    for head in found:
        if not heads.signed_by(head, key):
            yield f"Zegel {head.number} is niet met deze sleutel ondertekend."


def _loose(found: list[Head]) -> Iterator[str]:
    for one, other in pairwise(found):
        if other.number <= one.number:
            yield f"Zegel {other.number} staat niet op volgorde."
        elif other.number == one.number + 1 and other.previous != one.digest():
            yield f"Zegel {other.number} sluit niet aan op zegel {one.number}."


def _anchor(text: str, key: Ed25519PublicKey) -> Iterator[str]:
    found = anchors.read(text)
    if not found:
        yield "Er staat geen zegel in het bestand."
    yield from _unsigned(found, key)
    yield from _loose(found)


def _entry(entry: dict[str, Any], by_number: dict[int, Head]) -> str:
    """What is wrong with one entry of a proof, or nothing."""
    row = bytes.fromhex(entry["row"])
    head = by_number[entry["block"]]
    leaf = merkle.leaf(canonical.DOMAIN + row)
    steps = [bytes.fromhex(step) for step in entry["path"]]
    if leaf.hex() != entry["leaf"] or merkle.climb(leaf, entry["position"], head.count, steps) != head.root:
        return "hoort niet bij zijn zegel"
    length = max(0, int.from_bytes(row[:4], "big", signed=True))
    if canonical.read(row[4 + length :]) != entry["readable"]:
        return "is leesbaar gemaakt met andere woorden dan er zijn verzegeld"
    return ""


def _proof(file: dict[str, Any], key: Ed25519PublicKey) -> Iterator[str]:
    found = [heads.of_json(head) for head in file["heads"]]
    yield from _unsigned(found, key)
    by_number = {head.number: head for head in found}
    for number, entry in enumerate(file["entries"], start=1):
        wrong = _entry(entry, by_number)
        if wrong:
            yield f"Regel {number} (blok {entry['block']}, plaats {entry['position'] + 1}) {wrong}."


def check(text: str, key: Ed25519PublicKey) -> list[str]:
    """What does not hold in an anchor or a proof; nothing when all does. Raises ValueError for another file."""
    file = anchors.parsed(text)
    try:
        if isinstance(file, dict) and file.get("kind") == PROOF:
            return list(_proof(file, key))
        return list(_anchor(text, key))
    except (KeyError, TypeError, AttributeError, IndexError) as error:
        raise ValueError("no file of ours") from error


def main(arguments: list[str]) -> int:
    """The command: a file and a public key."""
    if len(arguments) != 2:
        sys.stderr.write("Gebruik: python -m privacy.audit.offline BESTAND PUBLIEKE_SLEUTEL.pem\n")
        return 2
    text, pem = (Path(name).read_text() for name in arguments)
    try:
        wrong = check(text, heads.of_pem(pem))
    except ValueError:
        wrong = ["Dit is geen ankerbestand of bewijsbestand van Casustafel, of geen publieke sleutel."]
    sys.stdout.write("\n".join(wrong or ["Alles klopt: de zegels zijn met deze sleutel gezet."]) + "\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""The virus scanner: ClamAV's clamd over TCP. No answer, or one that we do not know: the file is refused."""

from __future__ import annotations

import socket
import struct

import structlog
from django.conf import settings

from casework.attaching.refused import FileRefused

OFF = "off"
PATIENCE = 20.0
SHORT = 3.0
PIECE = 64 * 1024
LONGEST_ANSWER = 4096
log = structlog.get_logger("casework.attaching")

INFECTED = "bevat een virus of iets dat daarop lijkt. Verwijder het bestand en waarschuw uw ICT-afdeling."
NO_ANSWER = (
    "is niet bewaard: de virusscanner geeft nu geen antwoord. Probeer het over een paar minuten opnieuw. "
    "Blijft het zo? Waarschuw dan de beheerder."
)
NOT_SCANNED = "kan niet op virussen worden gescand. Bewaar het als PDF, of maak het kleiner."


def is_off() -> bool:
    """Whether this installation chose to run without a scanner; pages then say so."""
    return bool(settings.CLAMD_ADDRESS == OFF)


def _ask(content: bytes) -> str:
    host, _, port = settings.CLAMD_ADDRESS.rpartition(":")
    with socket.create_connection((host.strip("[]"), int(port)), timeout=PATIENCE) as line:
        line.sendall(b"zINSTREAM\0")
        for start in range(0, len(content), PIECE):
            piece = content[start : start + PIECE]
            line.sendall(struct.pack("!I", len(piece)) + piece)
        line.sendall(struct.pack("!I", 0))
        answer = b""
        while b"\0" not in answer and len(answer) < LONGEST_ANSWER:
            more = line.recv(LONGEST_ANSWER)
            if not more:
                break
            answer += more
    whole, end, _ = answer.partition(b"\0")
    if not end:
        raise OSError("an answer without its end")
    return whole.decode("ascii", "replace")


def answers() -> bool:
    """Whether the scanner is there at all; a short question, for who watches the system."""
    host, _, port = settings.CLAMD_ADDRESS.rpartition(":")
    try:
        with socket.create_connection((host.strip("[]"), int(port)), timeout=SHORT) as line:
            line.sendall(b"zPING\0")
            return line.recv(16).startswith(b"PONG")
    except (OSError, ValueError):
        return False


def scan(content: bytes) -> None:
    """Returns only when the scanner said that the file is clean; raises FileRefused in every other case."""
    if is_off():
        return
    try:
        answer = _ask(content)
    except (OSError, ValueError) as error:
        log.error("virus scanner gives no answer", error=type(error).__name__)
        raise FileRefused(NO_ANSWER) from error
    if answer == "stream: OK":
        return
    if answer.endswith(" FOUND") and not answer.startswith("stream: Heuristics.Limits"):
        log.warning("virus refused")
        raise FileRefused(INFECTED)
    log.error("virus scanner could not judge a file")
    raise FileRefused(NOT_SCANNED)

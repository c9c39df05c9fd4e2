"""One spelling of an entry as bytes: every stored column, in this order, each with its length before it.

It is the body of a row of PostgreSQL's `COPY … (FORMAT BINARY)`: four bytes of length (-1 for NULL), then the value in
the binary form of its type. Verifying a million entries then needs no decoding; an entry that is about to be written
is spelled here. Knows nothing of Django, so that an auditor can read a proof without this installation.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from typing import Any
from uuid import UUID

DOMAIN = b"casustafel audit entry 1\x00"
FORMAT = b"\x01"  # before every MAC: which columns and which key it was made with
NULL = b"\xff\xff\xff\xff"
EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
UUID_OID, VARCHAR_OID = 2950, 1043

# The id and the moment come first, so that they stand at a known place.
COLUMNS: tuple[tuple[str, str], ...] = (
    ("id", "uuid"),
    ("timestamp", "time"),
    ("action", "small"),
    ("event", "text"),
    ("outcome", "text"),
    ("object_type", "text"),
    ("object_pk", "text"),
    ("object_repr", "text"),
    ("changes", "json"),
    ("actor_id", "uuid"),
    ("actor_name", "text"),
    ("actor_roles", "text"),
    ("organisation_id", "uuid"),
    ("organisation_name", "text"),
    ("dossiers", "uuids"),
    ("references", "texts"),
    ("compartments", "uuids"),
    ("purpose", "text"),
    ("ground", "text"),
    ("processing", "text"),
    ("check_role", "bool"),
    ("check_grant", "bool"),
    ("check_share", "bool"),
    ("break_glass", "bool"),
    ("channel", "text"),
    ("session", "text"),
    ("trace_id", "text"),
    ("span_id", "text"),
    ("cid", "text"),
    ("remote_addr", "address"),
    ("xact", "big"),
)


def field(value: bytes | None) -> bytes:
    """One value with its length before it."""
    return NULL if value is None else len(value).to_bytes(4, "big") + value


def microseconds(moment: datetime) -> int:
    """Microseconds since 2000-01-01 in UTC, as PostgreSQL counts: exact, whatever the zone."""
    return (moment - EPOCH) // MICROSECOND


def moment_of(count: int) -> datetime:
    """The moment of so many microseconds."""
    return EPOCH + timedelta(microseconds=count)


def _array(oid: int, items: Iterable[bytes]) -> bytes:
    parts = list(items)
    if not parts:
        return struct.pack("!iii", 0, 0, oid)
    return struct.pack("!iiiii", 1, 0, oid, len(parts), 1) + b"".join(map(field, parts))


def _uuid(value: UUID | str) -> bytes:
    return value.bytes if isinstance(value, UUID) else UUID(value).bytes


def _address(text: str) -> bytes:
    packed = ip_address(text).packed
    family, bits = (2, 32) if len(packed) == 4 else (3, 128)
    return bytes((family, bits, 0, len(packed))) + packed


_SPELL: dict[str, Callable[[Any], bytes]] = {
    "uuid": _uuid,
    "time": lambda value: struct.pack("!q", microseconds(value)),
    "small": lambda value: struct.pack("!h", value),
    "big": lambda value: struct.pack("!q", value),
    "bool": lambda value: b"\x01" if value else b"\x00",
    "text": lambda value: str(value).encode(),
    "json": lambda value: json.dumps(value, ensure_ascii=False).encode(),
    "uuids": lambda value: _array(UUID_OID, map(_uuid, value)),
    "texts": lambda value: _array(VARCHAR_OID, (item.encode() for item in value)),
    "address": _address,
}


def spell(values: Mapping[str, Any]) -> bytes:
    """The bytes of an entry with these values; raises KeyError when a column is left out."""
    return b"".join(NULL if (value := values[name]) is None else field(_SPELL[kind](value)) for name, kind in COLUMNS)


def _items(value: bytes) -> list[bytes]:
    return [] if len(value) == 12 else list(_fields(value[20:]))  # type: ignore[arg-type]  # no item is NULL


_READ: dict[str, Callable[[bytes], object]] = {
    "uuid": lambda value: str(UUID(bytes=value)),
    "time": lambda value: moment_of(struct.unpack("!q", value)[0]).isoformat(timespec="microseconds"),
    "small": lambda value: int.from_bytes(value, "big", signed=True),
    "big": lambda value: int.from_bytes(value, "big", signed=True),
    "bool": lambda value: value == b"\x01",
    "text": lambda value: value.decode(),
    "json": lambda value: json.loads(value),
    "uuids": lambda value: [str(UUID(bytes=item)) for item in _items(value)],
    "texts": lambda value: [item.decode() for item in _items(value)],
    "address": lambda value: str(ip_address(value[4:])),
}


def _fields(body: bytes) -> Iterable[bytes | None]:
    at = 0
    while at < len(body):
        length = int.from_bytes(body[at : at + 4], "big", signed=True)
        at += 4
        yield None if length < 0 else body[at : at + length]
        at += max(length, 0)


def read(body: bytes) -> dict[str, object]:
    """The values in these bytes, fit for JSON; raises ValueError when they are no entry."""
    found = list(_fields(body))
    if len(found) != len(COLUMNS):
        raise ValueError("no entry: the number of columns differs")
    pairs = zip(COLUMNS, found, strict=True)
    return {name: None if value is None else _READ[kind](value) for (name, kind), value in pairs}


def selection(alias: str) -> str:
    """The columns as SQL that makes `COPY` write exactly these bytes; a MAC stands before them."""
    names = (f'{alias}."{name}"' + ("::text" if kind == "json" else "") for name, kind in COLUMNS)
    return f"{alias}.mac, " + ", ".join(names)

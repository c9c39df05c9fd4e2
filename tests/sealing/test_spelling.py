"""An entry as bytes: the same bytes from Python before it is stored and from PostgreSQL afterwards, for any value."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from psycopg import sql

from privacy.audit import canonical, mac, sealing
from privacy.models import AuditEntry
from tests.sealing.conftest import Vault, add, an_entry

# Written out by hand from the format of COPY (PostgreSQL's manual, "COPY", binary format).
BY_HAND = "".join(
    (
        "00000010 00112233445566778899aabbccddeeff",  # id
        # 2026-11-25 23:30:00.000064 UTC: 26 years with 7 leap days and 328 days after 2000-01-01, in microseconds
        "00000008 00030420f968ee40",
        "00000002 0003",  # action 3
        "00000004 72656164",  # event read
        "00000002 6f6b",  # outcome ok
        "00000000",  # object_type empty
        "00000000",  # object_pk
        "00000000",  # object_repr
        "00000010 5b226e61616d222c202273746564225d",  # changes ["naam", "sted"]
        "ffffffff",  # actor_id unknown
        "00000004 5ac3ab22",  # actor_name Zë"
        "00000000",  # actor_roles
        "ffffffff",  # organisation_id
        "00000000",  # organisation_name
        "00000028 00000001 00000000 00000b86 00000001 00000001 00000010 00112233445566778899aabbccddeeff",  # dossiers
        "0000001a 00000001 00000000 00000413 00000001 00000001 00000002 4b31",  # references K1
        "0000000c 00000000 00000000 00000b86",  # compartments none
        "00000000",  # purpose
        "00000000",  # ground
        "00000000",  # processing
        "00000001 01",  # check_role
        "00000001 00",  # check_grant
        "00000001 00",  # check_share
        "00000001 00",  # break_glass
        "00000003 776562",  # channel web
        "00000000",  # session
        "00000000",  # trace_id
        "00000000",  # span_id
        "ffffffff",  # cid unknown
        "00000008 02200004 7f000001",  # remote_addr 127.0.0.1
        "00000008 0000000100000000",  # xact beyond 32 bits
    )
).replace(" ", "")
ID = UUID("00112233-4455-6677-8899-aabbccddeeff")
ENTRY = {
    "id": ID, "timestamp": datetime(2026, 11, 25, 23, 30, 0, 64, tzinfo=UTC), "action": 3, "event": "read",
    "changes": ["naam", "sted"], "actor_name": 'Zë"', "dossiers": [ID], "references": ["K1"], "check_grant": False,
    "remote_addr": "127.0.0.1", "xact": 2**32,
}  # fmt: skip


def spelled(entry: AuditEntry) -> bytes:
    return canonical.spell(entry.__dict__)


def test_a_known_entry_has_the_bytes_that_were_written_by_hand() -> None:
    assert spelled(AuditEntry(**ENTRY)).hex() == BY_HAND


def test_its_mac_is_what_another_program_counts() -> None:
    """Both numbers came from OpenSSL's command line, with the test's audit root and the bytes above."""
    assert mac.entry_key().hex() == "bc72e74d16abdaa30bd80c0395f560888c28746448c2aaa13ac24289b049f7ed"
    entry = AuditEntry(**ENTRY)
    mac.stamp(entry)
    assert entry.mac.hex() == "01e086e373e9d73256db078e22df81b3b5e944893889fff997e0689ace7eeff9cc"


def test_every_stored_column_is_in_it_but_the_mac_itself() -> None:
    assert {name for name, _ in canonical.COLUMNS} == {f.attname for f in AuditEntry._meta.concrete_fields} - {"mac"}


def test_the_same_moment_in_another_zone_is_the_same_bytes() -> None:
    moment = datetime(2026, 3, 29, 1, 59, 59, 999999, tzinfo=UTC)
    other = moment.astimezone(timezone(timedelta(hours=5, minutes=45)))
    assert canonical.microseconds(moment) == canonical.microseconds(other)
    assert canonical.moment_of(canonical.microseconds(other)) == moment


def test_no_two_entries_share_their_bytes_by_moving_a_border() -> None:
    one, other = (
        AuditEntry(**ENTRY | extra) for extra in ({"event": "ab", "outcome": "c"}, {"event": "a", "outcome": "bc"})
    )
    assert spelled(one) != spelled(other)
    empty, unknown = (AuditEntry(**ENTRY | {"cid": cid}) for cid in ("", None))
    assert spelled(empty) != spelled(unknown)


text = st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\x00"), max_size=30)
entries = st.builds(
    dict,
    timestamp=st.datetimes(datetime(1999, 1, 1), datetime(2199, 1, 1), timezones=st.just(UTC)),
    changes=st.none() | st.lists(st.from_regex(r"[a-z_]{1,12}", fullmatch=True), max_size=3),
    actor_id=st.none() | st.uuids(),
    actor_name=text,
    purpose=text,
    references=st.lists(text, max_size=3),
    dossiers=st.lists(st.uuids(), max_size=3),
    remote_addr=st.none() | st.ip_addresses().map(str),
    xact=st.none() | st.integers(0, 2**63 - 1),
    break_glass=st.booleans(),
)


@pytest.fixture(scope="module")
def copies(standing: Vault):  # noqa: ANN201
    """The bytes that PostgreSQL writes for an entry that was stored."""
    with standing.spoiling() as connection:
        query = sql.SQL("COPY (SELECT {} FROM privacy_auditentry e WHERE e.id = {}) TO STDOUT (FORMAT BINARY)")

        def copy(entry: AuditEntry) -> bytes:
            add(connection, entry)
            columns = sql.SQL(canonical.selection("e"))
            (row,) = sealing.copied(connection, query.format(columns, sql.Literal(entry.pk)))
            return row

        yield copy


@given(values=entries)
def test_postgresql_writes_the_same_bytes_for_any_entry(copies, values: dict[str, object]) -> None:  # noqa: ANN001
    entry = an_entry(**values, id=uuid4())
    row = copies(entry)
    assert row == canonical.field(entry.mac) + spelled(entry)
    assert sealing.key_of(row) == (entry.pk, canonical.microseconds(entry.timestamp))


@given(values=entries)
def test_what_was_spelled_can_be_read_again(values: dict[str, object]) -> None:
    entry = an_entry(**values)
    found = canonical.read(spelled(entry))
    assert found["actor_name"] == entry.actor_name
    assert found["references"] == entry.references
    assert found["dossiers"] == [str(one) for one in entry.dossiers]
    assert datetime.fromisoformat(str(found["timestamp"])) == entry.timestamp
    assert (found["xact"], found["changes"], found["break_glass"]) == (entry.xact, entry.changes, entry.break_glass)

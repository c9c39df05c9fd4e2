"""Cases in bulk, as a superuser and in SQL: what every list meets, ours and theirs, row for row the same.

Nothing here is sealed: names that are read get their seal afterwards, from `bench.sealing`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import groupby

import psycopg

from bench.cast import Cast, walks
from bench.others.models import WALLED
from casework.theming import active_theme
from partners.profiling import profile_of
from privacy import grants, rls
from privacy.encryption import keys

SIGNALS_PER = 4  # one decided signal for so many cases
SEALED_BYTES = 93  # a short name as it is stored

HELPERS = """
CREATE UNLOGGED TABLE bench_table (nr int PRIMARY KEY, id uuid, theme text, theme_version text, profile text,
    profile_version text, director uuid, outcome text);
CREATE UNLOGGED TABLE bench_walk (user_id uuid, start bigint, stride bigint, take bigint, full_rights bool);
CREATE UNLOGGED TABLE bench_case AS
SELECT n, md5('d' || n)::uuid AS dossier, md5('c' || n)::uuid AS cover, md5('t' || n)::uuid AS shared,
    md5('k' || n)::uuid AS pk, (n % {tables})::int AS seat, n * 7919 % 100 < 20 AS closed,
    now() - interval '1 hour' - n * interval '20 seconds' AS at
FROM generate_series(0::bigint, {size} - 1) n;
CREATE UNIQUE INDEX ON bench_case (n);
CREATE UNLOGGED TABLE bench_signal AS
SELECT n, md5('sd' || n)::uuid AS dossier, md5('sc' || n)::uuid AS cover, md5('st' || n)::uuid AS shared,
    md5('sk' || n)::uuid AS pk, (n % {tables})::int AS seat, now() - interval '1 day' - n * interval '1 minute' AS at
FROM generate_series(1::bigint, {size} / {per}) n;
"""

OURS = """
INSERT INTO privacy_dossier (id, kind, reference, table_id, theme, first_processed_on, retain_until, sort_at,
    shielded_at, created_by)
SELECT dossier, 'case', 'B-' || n, t.id, t.theme, at::date, at::date + 1826, at, CASE WHEN closed THEN at END,
    t.director FROM bench_case JOIN bench_table t ON t.nr = seat
UNION ALL
SELECT dossier, 'signal', 'S-' || s.n, t.id, t.theme, at::date, at::date + 1826, at, NULL, t.director
FROM bench_signal s JOIN bench_table t ON t.nr = seat;

INSERT INTO privacy_compartment (id, dossier_id, kind, wrapped_key, epoch_id, created_by)
SELECT part.id, dossier, part.kind, decode(repeat('00', 77), 'hex'), {epoch}, t.director
FROM (SELECT n, seat, dossier, cover, shared FROM bench_case
      UNION ALL SELECT n, seat, dossier, cover, shared FROM bench_signal) c
JOIN bench_table t ON t.nr = c.seat, LATERAL (VALUES (cover, 'cover'), (shared, 'table')) part (id, kind);

INSERT INTO casework_case (id, dossier_id, compartment_id, table_id, theme, theme_version, profile, profile_version,
    status, opened_at, first_processed_on, retain_until, closed_at, outcome_code)
SELECT pk, dossier, cover, t.id, t.theme, t.theme_version, t.profile, t.profile_version,
    CASE WHEN closed THEN 'closed' ELSE 'open' END, at, at::date, at::date + 1826, CASE WHEN closed THEN at END,
    CASE WHEN closed THEN t.outcome ELSE '' END
FROM bench_case JOIN bench_table t ON t.nr = seat;

INSERT INTO casework_caseface (id, dossier_id, compartment_id, case_id, version, short_name, summary)
SELECT md5('f' || n)::uuid, dossier, shared, pk, 1, decode(repeat('01', {sealed}), 'hex'),
    decode(repeat('01', {sealed}), 'hex') FROM bench_case;

INSERT INTO casework_regieassignment (id, dossier_id, compartment_id, case_id, kind, user_id, since, vacant_because)
SELECT md5('r' || c.n)::uuid, dossier, cover, pk, 'process', t.director, at, ''
FROM bench_case c JOIN bench_table t ON t.nr = seat;

INSERT INTO casework_signal (id, dossier_id, compartment_id, table_id, theme, theme_version, source_id, status,
    severity, neighbourhood, submitted_at, imported, outcome_code)
SELECT pk, dossier, cover, t.id, t.theme, t.theme_version, '{source}', 'bundled', 'hoog', 'Oosterpark', at, false, ''
FROM bench_signal s JOIN bench_table t ON t.nr = seat;

INSERT INTO casework_signaltrace (id, dossier_id, compartment_id, signal_id, kind, digest)
SELECT md5('tr' || n)::uuid, dossier, cover, pk, 'address', decode(md5('digest' || n), 'hex') FROM bench_signal;
"""

GRANTS = """
INSERT INTO privacy_grant (id, user_id, permission_id, dossier_id, compartment_id, kind, part, table_id, theme,
    may_write, directs, ground, given_by, given_for, given_at, sort_at, shielded, excluded)
SELECT gen_random_uuid(), w.user_id, {view}, dossier, cover, 'case', 'cover', t.id, t.theme, false, false,
    'avg_6_1_e', t.director, 'participation:' || c.pk, at, at, closed, false
FROM bench_walk w CROSS JOIN LATERAL generate_series(0, w.take - 1) i
JOIN bench_case c ON c.n = (w.start + i * w.stride) % {size} JOIN bench_table t ON t.nr = c.seat;

INSERT INTO privacy_grant (id, user_id, permission_id, dossier_id, compartment_id, kind, part, table_id, theme,
    may_write, directs, ground, given_by, given_for, given_at, sort_at, shielded, excluded)
SELECT gen_random_uuid(), w.user_id, {view}, dossier, shared, 'case', 'table', t.id, t.theme, false, false,
    'avg_6_1_e', t.director, 'participation:' || c.pk, at, at, closed, false
FROM bench_walk w CROSS JOIN LATERAL generate_series(0, w.take - 1) i
JOIN bench_case c ON c.n = (w.start + i * w.stride) % {size} JOIN bench_table t ON t.nr = c.seat
WHERE w.full_rights AND NOT c.closed;

INSERT INTO privacy_grant (id, user_id, permission_id, dossier_id, compartment_id, kind, part, table_id, theme,
    may_write, directs, ground, given_by, given_for, given_at, sort_at, shielded, excluded)
SELECT gen_random_uuid(), t.director, {view}, dossier, part.id, 'signal', part.kind, t.id, t.theme, true, false,
    'avg_6_1_e', t.director, 'seat:' || t.id, at, at, false, false
FROM bench_signal s JOIN bench_table t ON t.nr = s.seat,
    LATERAL (VALUES (cover, 'cover'), (shared, 'table')) part (id, kind);
"""

OTHERS = """
INSERT INTO others_plaincase (id, reference, table_id, theme, status, opened_at, retain_until, outcome_code, short_name,
    summary)
SELECT c.pk, 'B-' || c.n, t.id, t.theme, CASE WHEN closed THEN 'closed' ELSE 'open' END, at, at::date + 1826, '',
    'Fam. V. (Lindelaan ' || c.n || ')', 'Overlast en zorgen.'
FROM bench_case c JOIN bench_table t ON t.nr = seat;
INSERT INTO others_plainregie (id, case_id, kind, user_id)
SELECT md5('r' || c.n)::uuid, pk, 'process', t.director FROM bench_case c JOIN bench_table t ON t.nr = seat;
INSERT INTO others_walledface (id, dossier_id, compartment_id, case_id, short_name, summary)
SELECT md5('f' || n)::uuid, dossier, shared, pk, 'Fam. V. (Lindelaan ' || n || ')', 'Overlast en zorgen.'
FROM bench_case;
INSERT INTO others_plainsignal (id, reference, table_id, source_id, status, severity, submitted_at, street, number,
    postcode, city)
SELECT pk, 'S-' || s.n, t.id, '{source}', 'bundled', 'hoog', at, 'Lindelaan', '14', '7899 AB', 'Proefstad'
FROM bench_signal s JOIN bench_table t ON t.nr = seat;
INSERT INTO others_plaintrace (signal_id, digest) SELECT pk, decode(md5('digest' || n), 'hex') FROM bench_signal;
"""

GUARDIAN_ROWS = """
INSERT INTO guardian_userobjectpermission (object_pk, content_type_id, permission_id, user_id)
SELECT c.pk::text, p.content_type_id, p.id, w.user_id
FROM auth_permission p CROSS JOIN bench_walk w CROSS JOIN LATERAL generate_series(0, w.take - 1) i
JOIN bench_case c ON c.n = (w.start + i * w.stride) % {size} WHERE p.codename = 'view_plaincase'
UNION ALL
SELECT s.pk::text, p.content_type_id, p.id, t.director
FROM auth_permission p, bench_signal s JOIN bench_table t ON t.nr = s.seat WHERE p.codename = 'view_plainsignal';
"""

GUARDIAN_DIRECT = """
INSERT INTO others_directcasepermission (content_object_id, permission_id, user_id)
SELECT c.pk, p.id, w.user_id
FROM auth_permission p CROSS JOIN bench_walk w CROSS JOIN LATERAL generate_series(0, w.take - 1) i
JOIN bench_case c ON c.n = (w.start + i * w.stride) % {size} WHERE p.codename = 'view_directcase';
"""

SCRIPTS = (OURS, OTHERS, GRANTS, GUARDIAN_ROWS, GUARDIAN_DIRECT)


def _helpers(there: psycopg.Connection, cast: Cast, size: int) -> None:
    there.execute(HELPERS.format(size=size, tables=len(cast.tables), per=SIGNALS_PER))
    read = {reader.user.pk for reader in cast.readers}
    with there.cursor() as cursor:
        for n, (table, director) in enumerate(zip(cast.tables, cast.directors, strict=True)):
            theme, profile = active_theme(table.theme), profile_of(table)
            cursor.execute(
                "INSERT INTO bench_table VALUES (%s, %s, %s, %s, %s, %s, %s, %s)",
                [n, table.pk, theme.code, theme.version, profile.code, profile.version, director.pk,
                 theme.close_outcomes[0].code],
            )  # fmt: skip
        cursor.executemany(
            "INSERT INTO bench_walk VALUES (%s, %s, %s, %s, %s)",
            [(w.person.pk, w.start, w.stride, w.take, w.person.pk in read) for w in walks(cast.people, size)],
        )
    there.execute("ANALYZE bench_case, bench_signal, bench_table, bench_walk")


# What no foreign key leans on can be made after the rows, in one go.
CONSTRAINTS = """
SELECT c.conname, pg_get_constraintdef(c.oid) FROM pg_constraint c
WHERE c.conrelid = %s::regclass AND c.contype IN ('p', 'u')
    AND NOT EXISTS (SELECT 1 FROM pg_constraint f WHERE f.contype = 'f' AND f.conindid = c.conindid)
"""
INDEXES = """
SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid) FROM pg_index i
WHERE i.indrelid = %s::regclass AND NOT EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conindid = i.indexrelid)
"""
POINTED_AT = "SELECT 1 FROM pg_constraint WHERE contype = 'f' AND confrelid = %s::regclass"


@contextmanager
def _without_indexes(there: psycopg.Connection, table: str) -> Iterator[None]:
    """Drops what is kept for each row that comes in, and makes it anew at the end."""
    constraints = there.execute(CONSTRAINTS, [table]).fetchall()
    indexes = there.execute(INDEXES, [table]).fetchall()
    for name, _ in constraints:
        there.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
    for name, _ in indexes:
        there.execute(f"DROP INDEX {name}")
    yield
    for name, definition in constraints:
        there.execute(f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {definition}')
    for _, definition in indexes:
        there.execute(definition)


def _table(statement: str) -> str:
    """The table that a statement fills."""
    found = re.match(r"\s*INSERT INTO (\w+)", statement)
    assert found, statement
    return found[1]


def _run(there: psycopg.Connection, script: str) -> None:
    statements = [each for each in re.split(r";\s*\n", script) if each.strip()]
    for table, group in groupby(statements, key=_table):
        with _without_indexes(there, table), there.transaction():
            if not there.execute(POINTED_AT, [table]).fetchone():
                there.execute(f"TRUNCATE {table}")  # it is empty: rows that come after this are not logged twice
            for statement in group:
                there.execute(statement)


def protect_walled(there: psycopg.Connection) -> None:
    """The plain twins of our own tables get the very same policies."""
    for model in WALLED:
        there.execute(rls.protect(model._meta.db_table))


def fill(there: psycopg.Connection, cast: Cast, size: int) -> None:
    """All cases, signals and rights of this size; nothing of it is sealed yet."""
    _helpers(there, cast, size)
    protect_walled(there)
    values: dict[str, object] = {
        "size": size,
        "epoch": keys.newest_epoch().pk,
        "sealed": SEALED_BYTES,
        "source": cast.organisations[1].pk,
        "view": grants._permission_id("view"),
    }
    for script in SCRIPTS:
        _run(there, script.format(**values))


def settle(there: psycopg.Connection) -> None:
    """Visibility and statistics, as after a night of autovacuum: without them the first pages are planned blindly."""
    there.execute("VACUUM (ANALYZE)")

"""The plans of a page's own statements, as PostgreSQL really ran them."""

from __future__ import annotations

import re

from django.db import connection
from django.test.utils import CaptureQueriesContext

from bench.cast import Reader
from bench.measure import Deed
from privacy.acting import acting

EXPLAIN = "EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, BUFFERS) "
IDS = re.compile(r"'\{?[0-9a-f]{8}-[0-9a-f-]{27}(,[0-9a-f-]{36})*\}?'(::uuid)?(\[\])?")


def of(reader: Reader, deed: Deed) -> list[str]:
    """One plan per statement that reads rows, ids left out, under the reader's own policies."""
    with CaptureQueriesContext(connection) as captured:
        deed()
    statements = [query["sql"] for query in captured.captured_queries if ' FROM "' in query["sql"]]
    found = []
    with acting(reader.actor), connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(EXPLAIN + statement)
            found.append(IDS.sub("…", "\n".join(row[0] for row in cursor.fetchall())))
    return found

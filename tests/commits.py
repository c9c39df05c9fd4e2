"""Tests that really commit, in threads of their own; what they leave is wiped after them, all but the log."""

from __future__ import annotations

import atexit
import os
from collections.abc import Callable
from functools import lru_cache
from threading import Thread
from typing import Any, TypeVar
from urllib.parse import urlsplit

import psycopg
from django.conf import settings
from django.db import connections
from psycopg import sql

from privacy.models import Compartment, Grant

LEFT = (
    "casework_meetingcall", "casework_calendarfeed", "casework_minutesversion", "casework_meeting",
    "casework_meetingseries",
    "casework_knownmark", "privacy_departure",
    "casework_minutesversion", "casework_meeting",
    "casework_keptfilter", "casework_stagnationtold", "partners_stagnationsettings",
    "escalation_holder", "escalation_mandate",
    "privacy_exclusion", "privacy_dossier", "privacy_job", "casework_tally", "casework_importedrow",
    "privacy_operation", "privacy_shredded", "privacy_indexkey",
    "privacy_breachreceipt", "privacy_reviewtie", "privacy_reviewhit", "privacy_reviewsample", "privacy_reviewrun",
    "privacy_reviewrule", "privacy_destructionline", "privacy_destructionlist", "privacy_block", "privacy_opengoes",
    "privacy_extensionconsent", "privacy_extension",
    "privacy_logquestion", "privacy_termchange",
    "partners_personproof", "partners_impactassessment", "partners_examination",
)  # fmt: skip
T = TypeVar("T")
_left: list[bool] = []


def really_commits() -> None:
    """Says that this test leaves rows behind."""
    _left.append(True)


def committed(act: Callable[[], T]) -> T:
    """Does something in a thread of its own, whose transaction really commits; returns or raises what it did."""
    really_commits()
    outcome: dict[str, Any] = {}

    def run() -> None:
        try:
            outcome["value"] = act()
        except BaseException as error:
            outcome["error"] = error
        finally:
            connections.close_all()

    thread = Thread(target=run)
    thread.start()
    thread.join()
    if "error" in outcome:
        raise outcome["error"]
    return outcome["value"]  # type: ignore[no-any-return]


def wipe() -> None:
    """Takes away every dossier, job and count that was committed, as if they never were. Other tests roll back."""
    if not _left:
        return
    _left.clear()
    from tests.walls.helpers import dossier_models

    tables = [model._meta.db_table for model in [*dossier_models(), Grant, Compartment]]
    for table in (*tables, *LEFT):
        _superuser().execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(table)))


@lru_cache(maxsize=1)
def _superuser() -> psycopg.Connection[Any]:
    name = settings.DATABASES["default"]["NAME"]
    address = urlsplit(os.environ["CASUSTAFEL_TEST_SUPERUSER"])._replace(path=f"/{name}").geturl()
    connection = psycopg.connect(address, autocommit=True)
    connection.execute("SET session_replication_role = replica")  # no triggers: nobody acts here
    atexit.register(connection.close)
    return connection


def forget_the_future() -> None:
    """Takes away looks from a time that is still to come: a test that moved the clock really logged them.

    Later tests would take them for their own. What was sealed stays: a seal that misses an entry is a finding.
    """
    _superuser().execute(
        "WITH later AS (DELETE FROM privacy_auditunsealed u USING privacy_auditentry e "
        "WHERE e.id = u.entry_id AND e.timestamp > clock_timestamp() + interval '10 seconds' RETURNING e.id) "
        "DELETE FROM privacy_auditentry WHERE id IN (SELECT id FROM later)"
    )

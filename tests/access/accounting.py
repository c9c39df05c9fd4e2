"""Everything of accountability that has an address: a DPIA's version, a pentest and an audit."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from partners.models import ExaminationKind
from partners.services.accounting import note_examination
from tests.world import Cast, as_

ABOUT: dict[str, dict[str, Any]] = {
    "accounting-dpia-version": {"profile": "gemeentelijk", "version": "2026.1"},
    "accounting-dpia-new": {"profile": "gemeentelijk", "version": "2026.1"},
    "pentest-follow": {"pk": "pentest"}, "audit-follow": {"pk": "audit"}, "person-proof": {"pk": "person"},
}  # fmt: skip


def examined(cast: Cast) -> dict[str, UUID]:
    """A pentest of the beheerder and an audit of the officer."""
    now, today = timezone.now(), timezone.localdate()
    given = {
        "held_on": today - timedelta(days=30), "scope": "proef", "found": 1, "unsolved": 0, "again_on": None,
        "sent_on": None,
    }  # fmt: skip
    made = {}
    for kind, who in ((ExaminationKind.PENTEST, cast.beheer), (ExaminationKind.AUDIT, cast.fatima)):
        with as_(who) as (by, _):
            made[kind.value] = note_examination(kind, given, today=today, now=now, by=by).pk
    return made

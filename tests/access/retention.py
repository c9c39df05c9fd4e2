"""What retention has an address for: a list that waits, a hold, and what goes soon."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from privacy.models import OpenReason
from privacy.retention import holds, lists, open_cases
from tests.extension.scene import a_case_near_its_end, asked
from tests.retention.scene import a_case_going
from tests.world import Cast, a_case, a_signal, as_

ABOUT: dict[str, dict[str, Any]] = {
    "privacy-retention-list": {"pk": "destruction"}, "privacy-retention-step": {"pk": "destruction"},
    "privacy-retention-proof": {"pk": "destruction"}, "privacy-retention-hold": {"pk": "hold"},
    "privacy-retention-open": {"pk": "destruction"}, "retention-objection": {"pk": "goes_soon"},
    "retention-extension": {"pk": "goes_soon"}, "extension-answer": {"pk": "extension"},
    "extension-step": {"pk": "extension"},
}  # fmt: skip


def in_time(cast: Cast) -> dict[str, Any]:
    """A case whose time has come on Fatima's list, another that is held, and a third that goes soon."""
    now, today = timezone.now(), timezone.localdate()
    due, soon = (a_case_going(cast, today + timedelta(days=days)).dossier for days in (0, 30))
    held = a_case(cast.rosa, a_signal(cast.pieter, cast.overlast)).dossier
    with as_(cast.fatima) as (by, _):
        hold = holds.set_hold(held.reference, "Er loopt een zaak.", today + timedelta(days=30), now=now, by=by)
        open_cases.let_go(due.pk, OpenReason.ASKED, by=by)
        made = lists.make(by=by)
    longer = asked(cast, a_case_near_its_end(cast, 40))
    return {"destruction": made.pk, "hold": hold.pk, "goes_soon": soon.pk, "extension": longer.pk}

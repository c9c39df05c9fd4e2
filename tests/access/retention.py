"""What retention has an address for: a list that waits, a hold, and what goes soon."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from partners.models import CaseTable
from partners.services.seats import save_table
from privacy.models import OpenReason
from privacy.retention import holds, lists, open_cases, term_changes
from tests.extension.scene import a_case_near_its_end, asked
from tests.retention.scene import a_case_going
from tests.world import Cast, a_case, a_signal, as_

ABOUT: dict[str, dict[str, Any]] = {
    "privacy-retention-list": {"pk": "destruction"}, "privacy-retention-step": {"pk": "destruction"},
    "privacy-retention-proof": {"pk": "destruction"}, "privacy-retention-hold": {"pk": "hold"},
    "privacy-retention-open": {"pk": "destruction"}, "retention-objection": {"pk": "goes_soon"},
    "privacy-retention-term": {"pk": "term_change"}, "table-term": {"pk": "table"},
    "retention-extension": {"pk": "goes_soon"}, "extension-answer": {"pk": "extension"},
    "extension-step": {"pk": "extension"},
}  # fmt: skip


def in_time(cast: Cast) -> dict[str, Any]:
    """A case whose time has come on Fatima's list, one that is held, one that goes soon; terms asked, two ways."""
    now, today = timezone.now(), timezone.localdate()
    due, soon = (a_case_going(cast, today + timedelta(days=days)).dossier for days in (0, 30))
    held = a_case(cast.rosa, a_signal(cast.pieter, cast.overlast)).dossier
    with as_(cast.fatima) as (by, _):
        hold = holds.set_hold(held.reference, "Er loopt een zaak.", today + timedelta(days=30), now=now, by=by)
        open_cases.let_go(due.pk, OpenReason.ASKED, by=by)
        made = lists.make(by=by)
    longer = asked(cast, a_case_near_its_end(cast, 40))
    with as_(cast.beheer) as (by, _):
        if not term_changes.asked().exists():
            table = CaseTable.objects.get(pk=cast.overlast.pk)
            table.retention_years = 4
            term_changes.ask(save_table(table, by=by).pk, 4, by=by)
        change = term_changes.asked().get()
    return {
        "destruction": made.pk, "hold": hold.pk, "goes_soon": soon.pk, "extension": longer.pk, "term_change": change.pk
    }  # fmt: skip

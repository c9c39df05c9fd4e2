"""A measure and a term on a case of neighbours, in few words: for whoever needs the addresses of both."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone

from casework.models import Case
from escalation.facts import Checked, Paper
from escalation.models import Measure
from escalation.services import terms
from escalation.situations import ladder_of
from tests.ladder.scene import at_the_ladder, noted, proposed, recorded, standing_of
from tests.world import Cast


def measured(cast: Cast, case: Case) -> dict[str, UUID]:
    """A warning of the corporation, recorded by Rosa, and a term for views that runs."""
    standing = standing_of(case, "woonoverlast", cast.rosa)
    noted(standing, "gesprek_veilig", Checked(True), cast.rosa)
    for key in ("dossier", "waarschuwingsbrief", "afsprakenblad"):
        noted(standing, key, Paper(timezone.localdate()), cast.rosa)
    recorded(proposed(standing, "waarschuwing", "niet_nagekomen", cast.rosa), "corporatie", cast.rosa)
    standing, now = standing_of(case, "woonoverlast", cast.rosa), timezone.now()
    with at_the_ladder(cast.rosa, standing) as by:
        rung = ladder_of(standing).get("voornemen")
        views = terms.start(standing, rung, "zienswijze", now, now=now, by=by)
        return {"measure": Measure.objects.get(standing=standing).pk, "term": views.pk}

"""Everything of the review that has an address: a finding, one about an officer, a question, a proposal."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from casework.models import Case
from privacy.models import ReviewHit
from privacy.review import changing, judging
from privacy.review.ruling import in_force
from tests.review.scene import found, looked
from tests.world import Cast, as_

ABOUT: dict[str, dict[str, Any]] = {
    "privacy-review-rule": {"code": "R2"}, "privacy-review-decide": {"pk": "ruleproposal"},
    "privacy-review-hit": {"pk": "hit"}, "officers-review-hit": {"pk": "officershit"},
    "look-explain": {"pk": "lookquestion"}, "case-flag": {"pk": "case"}, "case-flag-end": {"pk": "case"},
}  # fmt: skip


def reviewed(cast: Cast, case: Case) -> dict[str, UUID]:
    """Greet and Wout looked without a role, and Wout is asked why; an officer looked; Faisal proposes a rule."""
    now = timezone.now()
    for person in (cast.greet, cast.wout):
        looked(person, case, now)
    looked(cast.faisal, case, now, "log.read")
    found(now + timedelta(minutes=1))
    with as_(cast.fatima) as (by, _):
        hit = ReviewHit.objects.get(rule="R1", reader_id=cast.greet.pk, dossiers__contains=[case.dossier_id])
        asked = ReviewHit.objects.get(rule="R1", reader_id=cast.wout.pk, dossiers__contains=[case.dossier_id])
        judging.ask(asked, "Waarom keek u?", manager=None, now=now, by=by)
    with as_(cast.cor):
        officers = ReviewHit.objects.filter(rule="R14", reader_id=cast.faisal.pk).latest("day")
    with as_(cast.faisal) as (by, _):
        rule = changing.propose(in_force()["R2"], {"days": 20, "regie": 0}, active=True, now=now, by=by)
    return {"hit": hit.pk, "officershit": officers.pk, "lookquestion": asked.pk, "ruleproposal": rule.pk}

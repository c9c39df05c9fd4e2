"""A breach at the desk with a task for Rosa, and a person of a case of whom telling waits."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from casework.models import Case, CaseSubject, Postponement
from casework.services import informing
from casework.services.informing import Waiting
from privacy.breaches import files, measures, notices, opening
from privacy.breaches.measures import Measure
from privacy.breaches.opening import BreachStart
from privacy.models import BreachDossier
from privacy.unlock import unlock
from tests.world import Cast, as_

ABOUT: dict[str, dict[str, Any]] = {
    "breach": {"pk": "breach"}, "breach-ap": {"pk": "breach"}, "breach-facts": {"pk": "breach"},
    "breach-touched": {"pk": "breach"}, "breach-assess": {"pk": "breach"}, "breach-notice": {"pk": "breach"},
    "breach-tell": {"pk": "breach", "touched_id": "touched"}, "breach-measure": {"pk": "breach"},
    "breach-measure-done": {"pk": "breach", "measure_id": "lesson"}, "breach-close": {"pk": "breach"},
    "breach-task": {"pk": "breachtask"},
    "case-informing": {"pk": "case"}, "case-tell": {"pk": "case", "subject_id": "subject"},
    "case-postpone": {"pk": "case", "subject_id": "subject"},
    "case-resume": {"pk": "case", "postponement_id": "postponement"},
}  # fmt: skip


def went_wrong(cast: Cast, case: Case, subject: CaseSubject) -> dict[str, Any]:
    """The keys of what was made, by what it is."""
    now, today = timezone.now(), timezone.localdate()
    with as_(cast.fatima) as (by, _):
        start = BreachStart("Een mail ging naar de verkeerde.", now, "own", None, (case.dossier_id,))
        breach = opening.open_file(start, now=now, by=by)
    with as_(cast.fatima) as (by, _):
        found, made = files.opened(breach.pk, by=by), uuid4()
        touched = BreachDossier.objects.get(breach=found)
        rosa = next(one for one in notices.tellers(touched, by=by) if one.pk == cast.rosa.pk)
        task = notices.ask(touched, rosa, "Vertel dat een mail verkeerd ging.", now=now, by=by)
        measures.add(found, Measure(made, "De adressen nalopen.", "Beheer", today), now=now, by=by)
    with as_(cast.rosa) as (by, _):
        unlock([case.dossier_id], by=by)
        waiting = Waiting(cast.gemeente.pk, "protection", "Er is gevaar.", today + timedelta(days=30))
        allowed = {cast.gemeente.pk}
        informing.postpone(case, subject, waiting, allowed=allowed, now=now, today=today, by=by)
        postponement = Postponement.objects.get(subject=subject)
    return {
        "breach": breach.pk, "touched": touched.pk, "breachtask": task.pk, "lesson": made,
        "postponement": postponement.pk,
    }  # fmt: skip

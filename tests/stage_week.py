"""A privacy officer's week: a case full of planted words, a sample of this week, and what the log kept."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from casework.models import Case, CaseSubject, SubjectKind
from privacy.acting import acting
from privacy.audit.watching import watcher
from privacy.breaches import opening
from privacy.breaches.opening import BreachStart
from privacy.models import AuditEntry, ReviewHit, Special
from privacy.review import flags, judging, sampling
from privacy.unlock import unlock
from tests import world
from tests.access import accounting, breaches, logbook, retention, rights
from tests.access.review import reviewed
from tests.review.scene import found, looked
from tests.stage_retention import destroyed
from tests.stage_rights import asked_of_the_contact_point
from tests.world import Cast

CANARIES = ("Quirijn Kanariepiet", "kanarie in de kooi", "kanarie in het signaal", "Kanariehof")


def flagged_case(cast: Cast) -> str:
    """A case with special care in which Wilma and Pieter take part; returns where it stands and its number."""
    name, text, heard, short = CANARIES
    signal = world.a_signal(cast.wilma, cast.overlast, world.item(f"Een {heard}, zegt {name}."))
    case = world.a_case(cast.rosa, signal, short_name=short)
    world.invited(case, cast.rosa, cast.wilma, cast.pieter)
    world.contributed(case, cast.pieter, f"{name} heeft een {text}.")
    with world.as_(cast.rosa) as (by, _):
        unlock([case.dossier_id], by=by)
        flags.set_flag(case.dossier, Special.PUBLIC_OFFICE, now=timezone.now(), by=by)
    return f"{case.pk} {case.dossier.reference}"


def at_the_desks(cast: Cast, case: Case) -> None:
    """At each desk of the officers and of the contact point something lies that has a page."""
    with world.as_(cast.rosa):
        told = CaseSubject.objects.filter(case=case, kind=SubjectKind.PERSON).first()
    assert told is not None
    breaches.went_wrong(cast, case, told)
    reviewed(cast, case)
    _to_tell_and_to_explain(cast, case)
    rights.at_the_desk(cast)
    asked_of_the_contact_point(cast)
    destroyed(cast)
    retention.in_time(cast)
    accounting.examined(cast)
    logbook.staged(cast)


def _to_tell_and_to_explain(cast: Cast, case: Case) -> None:
    """A breach of which nobody was asked to tell yet, and a question to Bram about a look."""
    now = timezone.now()
    with world.as_(cast.fatima) as (by, _):
        start = BreachStart("Een brief lag open.", now, "own", None, (case.dossier_id,))
        opening.open_file(start, now=now, by=by)
    looked(cast.bram, case, now)
    found(now + timedelta(minutes=1))
    with world.as_(cast.fatima) as (by, _):
        hit = ReviewHit.objects.filter(rule="R1", reader_id=cast.bram.pk).first()
        assert hit is not None
        judging.ask(hit, "Waarom keek u?", manager=None, now=now, by=by)


def draw_this_week() -> int:
    """The sample of this week, as on the night after it."""
    today = timezone.localdate()
    return sampling.draw(today - timedelta(days=today.weekday()), now=timezone.now())


def traces_of_looks(name: str) -> str:
    """The traces in which this person looked at something, as the log keeps them."""
    with acting(watcher("proef")):
        rows = AuditEntry.objects.filter(action=AuditEntry.Action.ACCESS, actor_name=name)
        return " ".join(rows.values_list("trace_id", flat=True))

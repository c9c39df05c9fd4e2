"""Workers that can be killed: `python -m tests.prove.term_worker` sets Django up once and forks a worker an order.

Orders come in as lines of JSON; one line goes back for each. A worker is a process of its own with connections of its
own, that sweeps as the background does, at the moment that the order gives.
"""

from __future__ import annotations

import json
import os
import sys
from datetime import datetime
from typing import TYPE_CHECKING, Any

import django

if TYPE_CHECKING:
    from escalation.models import Standing
    from tests.world import Cast

RUNG, KEY = "afspraken", "volgen"  # four weeks, reminded of five days before the end


def make_world() -> tuple[Cast, Standing]:
    """A case that Rosa directs and of which Carla is casusregisseur."""
    from django.utils import timezone

    from casework.models import RegieKind
    from casework.services import cases
    from escalation.models import Standing
    from privacy.unlock import unlock
    from tests import world

    cast = world.make_cast()
    case = world.a_case(cast.rosa, world.a_signal(cast.wilma, cast.overlast))
    world.invited(case, cast.rosa, cast.carla)
    with world.as_(cast.rosa) as (by, _):
        unlock([case.dossier_id], by=by)
        cases.assign_regie(case, RegieKind.CASE, cast.carla.pk, now=timezone.now(), by=by)
        standing = Standing.objects.select_related("dossier", "compartment").get(case=case, ladder="woonoverlast")
    return cast, standing


def a_term(cast: Cast, standing: Standing, since: datetime) -> dict[str, str]:
    """A term that began at this moment, with its first look asked for; and when it is reminded of and over."""
    from escalation.models import Term
    from escalation.services import watching
    from escalation.situations import ladder_of
    from escalation.terms import Running, compute, reminder
    from privacy import jobs
    from privacy.free_days import free_days
    from tests import world

    rung_term = ladder_of(standing).get(RUNG).term(KEY)
    deadline = compute(rung_term.rule, since, days=free_days())
    with world.as_(cast.rosa):
        term = Term(
            dossier=standing.dossier, compartment=standing.compartment, standing=standing, ladder=standing.ladder,
            ladder_version=standing.ladder_version, rung=RUNG, key=KEY, number=rung_term.rule.length.number,
            since=deadline.since, ends=deadline.ends,
        )  # fmt: skip
        term.save(force_insert=True)
        jobs.enqueue(watching.TERM, term.pk, not_before=deadline.since)
    remind = reminder(Running(deadline.since, deadline.ends), rung_term.remind, days=free_days())
    return {"term": str(term.pk), "remind": remind.isoformat(), "ends": deadline.ends.isoformat()}


def sweeps(now: datetime) -> int:
    """Forks a worker that sweeps at this moment; returns its number."""
    from django.db import connections

    connections.close_all()
    child = os.fork()
    if child:
        return child
    status = 1
    try:
        from privacy import jobs

        jobs.sweep(now=now)
        status = 0
    finally:
        os._exit(status)


def ended(child: int) -> int:
    """Waits for a worker; returns how it ended, negative for a signal."""
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def main() -> None:
    replies = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # what a worker logs is no reply
    django.setup()
    cast, standing = make_world()
    print(json.dumps({"people": [str(cast.rosa.pk), str(cast.carla.pk)]}), file=replies, flush=True)
    for line in sys.stdin:
        order = json.loads(line)
        said: dict[str, Any] = {}
        if "since" in order:
            said = a_term(cast, standing, datetime.fromisoformat(order["since"]))
        elif "sweep" in order:
            said = {"worker": sweeps(datetime.fromisoformat(order["sweep"]))}
        else:
            said = {"ended": ended(order["wait"])}
        print(json.dumps(said), file=replies, flush=True)


if __name__ == "__main__":
    main()

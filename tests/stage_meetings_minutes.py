"""A meeting that is over, with minutes that were fixed and corrected since, and one that still runs."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from casework.models import Meeting
from casework.services.meetings import minutes
from casework.services.meetings.minutes import Correction
from tests.meetings.scene import a_meeting, an_item, begun, published
from tests.meetings.scene_minutes import agreed, all_of, back_on, decided, ended, fixed, noted
from tests.world import Cast, a_case, a_signal, as_, invited


def after_the_table(cast: Cast) -> dict[str, Any]:
    """Pieter takes part in the case, Greet sat at the item alone. The keys of what was made, by what it is."""
    case = a_case(cast.rosa, a_signal(cast.pieter, cast.overlast), short_name="Fam. Na het overleg")
    invited(case, cast.rosa, cast.pieter)
    held, running = (a_meeting(cast.overlast, cast.rosa, in_days=days) for days in (3, 4))
    item = an_item(held, case, cast.rosa, cast.pieter, cast.greet)
    published(held, cast.rosa, case)
    begun(held, cast.rosa)
    decided(item, cast.rosa, "De politie vraagt het rapport op.")
    noted(item, cast.rosa, cast.pieter)
    noted(item, cast.rosa, cast.greet, present=False)
    agreed(item, cast.rosa, cast.pieter, "Vraagt het rapport op.")
    action = agreed(item, cast.rosa, cast.greet, "Belt de huisarts.")
    back_on(item, cast.rosa, timezone.localdate() + timedelta(days=30))
    ended(held, cast.rosa, item)
    fixed(held, cast.rosa)
    _correct(held, item.pk, cast)
    an_item(running, case, cast.rosa, cast.pieter)
    begun(running, cast.rosa)
    return {"held": held.pk, "running": running.pk, "heldpoint": item.pk, "tableaction": action.pk}


def _correct(held: Meeting, item: Any, cast: Cast) -> None:
    with as_(cast.rosa) as (by, _):
        all_of(held, by)
        piece = minutes.newest_piece(held, item)
        assert piece is not None
        given = Correction(("De politie vraagt het rapport vandaag op.",), None, "Greet was later wel bereikbaar.")
        minutes.correct(item, held, given, seen=piece.pk, now=timezone.now(), by=by)

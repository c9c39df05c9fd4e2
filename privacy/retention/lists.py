"""Lists of what is to be destroyed: one person makes one, a second checks it, a job carries it out line by line.

What the database holds whatever happens here stands in `privacy/rls/destroying.py`.
"""

from __future__ import annotations

from uuid import UUID, uuid4

from django.db.models import QuerySet

from privacy import jobs
from privacy.access import require
from privacy.actor import Actor
from privacy.audit import record
from privacy.calling import value_of
from privacy.dossiers import SHREDDED
from privacy.errors import NotKnown
from privacy.models import AuditEntry, DestructionLine, DestructionList, KeepReason, LineState
from privacy.retention import certificate

LINE = "retention.line"
NOTHING = "Er is nu niets om te vernietigen."
OVERTAKEN = "Dit kan niet meer: de lijst is intussen veranderd. Bekijk de lijst opnieuw."
SECOND = "U maakte deze lijst zelf. Een ander controleert haar."


def one_list(pk: UUID) -> DestructionList:
    """A list; raises NotKnown."""
    found = DestructionList.objects.filter(pk=pk).first()
    if found is None:
        raise NotKnown
    return found


def lines_of(made: DestructionList) -> QuerySet[DestructionLine]:
    """The lines of a list that may be seen."""
    return DestructionLine.objects.filter(list=made)


def make(*, by: Actor) -> DestructionList:
    """A list of everything that is due now and on no other list; raises Refused when there is nothing."""
    pk = uuid4()
    require(bool(value_of("privacy_make_list", pk, by.name)), NOTHING)
    made = one_list(pk)
    record.change("retention.list_made", obj=made, action=AuditEntry.Action.CREATE, by=by)
    return made


def keep_off(made: DestructionList, line_id: UUID, reason: KeepReason, *, by: Actor) -> None:
    """Takes a line off before the check, with a reason as a code; raises Refused when that is too late."""
    line = lines_of(made).filter(pk=line_id).first()
    if line is None:
        raise NotKnown
    require(value_of("privacy_keep_off", line_id, reason), OVERTAKEN)
    record.change("retention.kept_off", dossier_id=line.dossier_id, obj=made, fields=[reason], by=by)


def check(made: DestructionList, *, by: Actor) -> None:
    """The second person says that it is right: from then on it is carried out. Raises Refused for the maker."""
    require(made.made_by != by.user_id, SECOND)
    require(lines_of(made).filter(state=LineState.WAITS).exists(), "Er staat niets meer op de lijst. Stop haar.")
    require(value_of("privacy_check_list", made.pk, by.name), OVERTAKEN)
    record.change("retention.list_checked", obj=made, fields=["checked_by"], by=by)
    _carry_on(made)


def stop(made: DestructionList, *, by: Actor) -> None:
    """Nothing more of this list goes until somebody lets it go on; a list that was not checked is over."""
    require(value_of("privacy_stop_list", made.pk, False), OVERTAKEN)
    record.change("retention.list_stopped", obj=made, fields=["stopped_at"], by=by)


def go_on(made: DestructionList, *, by: Actor) -> None:
    """Goes on with a list that was stopped, or whose jobs failed."""
    require(made.checked_at is not None and made.ended_at is None, OVERTAKEN)
    if made.stopped_at is not None:
        require(value_of("privacy_stop_list", made.pk, True), OVERTAKEN)
    record.change("retention.list_resumed", obj=made, fields=["stopped_at"], by=by)
    _carry_on(made)


# Who is in it goes first: a household before its cases, a case before its signals.
_ORDER = {"household": 0, "case": 1}


def _carry_on(made: DestructionList) -> None:
    """A job for each line that waits: each dossier goes in a transaction of its own."""
    waiting = lines_of(made).filter(state=LineState.WAITS)
    for line in sorted(waiting, key=lambda line: (_ORDER.get(line.kind, 2), str(line.pk))):
        jobs.enqueue(LINE, line.pk, once=True)


def carry_out(line_id: UUID, *, by: Actor) -> str:
    """Destroys what one line names, or notes why not; the last one ends the list with its certificate."""
    line = DestructionLine.objects.filter(pk=line_id).select_related("list").first()
    if line is None:
        return "over"
    outcome = str(value_of("privacy_destroy", line_id))
    if outcome == "done":
        record.change("retention.destroyed", dossier_id=line.dossier_id, action=AuditEntry.Action.DELETE, by=by)
        jobs.enqueue(SHREDDED, line.dossier_id)
    elif outcome not in ("over", "stopped"):
        record.change("retention.not_destroyed", dossier_id=line.dossier_id, fields=[outcome], by=by)
    if outcome != "stopped":
        _end(line.list, by)
    return outcome


def _end(made: DestructionList, by: Actor) -> None:
    if lines_of(made).filter(state=LineState.WAITS).exists():
        return
    if value_of("privacy_end_list", made.pk, certificate.as_json(certificate.draw_up(made, lines_of(made)))):
        record.change("retention.certified", obj=made, fields=["certificate"], by=by)

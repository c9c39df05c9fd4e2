"""What is possible now: pure functions of state, one sentence for every refusal. No database, no clock.

The same function refuses the act, and hides or explains the button.
"""

from __future__ import annotations

from typing import assert_never

from casework.models import Assessment, Case, CaseStatus, Contribution, Signal, SignalStatus

UNDECIDED = (SignalStatus.NEW, SignalStatus.ASKED)


def why_not_decide(signal: Signal) -> str:
    """Why this signal can't be judged now; empty when it can."""
    status = SignalStatus(signal.status)
    match status:
        case SignalStatus.NEW | SignalStatus.ASKED:
            return ""
        case SignalStatus.BUNDLED:
            return "Dit signaal is al bij een casus gevoegd. Misschien was een collega u voor."
        case SignalStatus.REJECTED:
            return "Dit signaal is al afgewezen. Misschien was een collega u voor."
        case _:
            assert_never(status)


def why_not_answer(signal: Signal) -> str:
    """Why the reporter can't add to this signal now."""
    return "" if signal.status in UNDECIDED else "Dit signaal is al beoordeeld. U kunt het niet meer aanvullen."


def why_not_work(case: Case) -> str:
    """Why nothing can be changed in this case now."""
    return "" if case.status == CaseStatus.OPEN else "Deze casus is gesloten en afgeschermd."


def why_not_correct(contribution: Contribution) -> str:
    """Why this contribution can't be corrected, shared or withdrawn now."""
    if contribution.withdrawn_at is not None:
        return "Deze inbreng is ingetrokken."
    if contribution.corrected_at is not None:
        return "Deze inbreng is al verbeterd. Verbeter de nieuwste versie."
    return ""


def why_not_replace(assessment: Assessment) -> str:
    """Why this assessment can't be corrected now."""
    if assessment.corrected_at is not None:
        return "Deze meting is al verbeterd. Verbeter de nieuwste versie."
    return ""


REPORTER_SEES: dict[SignalStatus, str] = {
    # Who reports may not learn that a case exists without it.
    SignalStatus.NEW: "Ontvangen, wacht op beoordeling",
    SignalStatus.ASKED: "Vraag aan u",
    SignalStatus.BUNDLED: "Opgepakt",
    SignalStatus.REJECTED: "Niet opgepakt",
}

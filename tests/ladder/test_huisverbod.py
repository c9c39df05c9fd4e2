"""A huisverbod imposed on a Friday at 23:30, in the system. Every date here was worked out by hand on a calendar.

2026: the clock goes back on Sunday 25 October; Christmas is a Friday and a Saturday. 2027: Good Friday is 26 March,
Easter Monday 29 March, and the clock goes forward on Easter Sunday 28 March.
"""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from casework.models import Case
from escalation.ladder import Decider, Refusal
from escalation.models import Proposal, Term
from escalation.services import deciding
from escalation.services.proposing import RefusedStep
from privacy.errors import Refused
from tests.ladder.home import a_home, asked, at, begun, extension, imposed, mandated, term
from tests.ladder.scene import at_the_ladder, granted, standing_of
from tests.world import Cast, as_

MONDAY_NOON = timedelta(days=3, hours=-11, minutes=-30)

# imposed, ends, reachable before; the judge was asked and hears before; a lawyer was asked for and is there before;
# the latest end of an extension
FRIDAYS = [
    (
        "2026-10-16 23:30", "2026-10-26 23:30", "2026-10-17 23:30",
        ("2026-10-23 23:45", "2026-10-28 00:00"), ("2026-10-24 12:00", "2026-10-25 11:00"), "2026-11-13 23:30",
    ),  # the ten days hold the long night; the judge hears until Tuesday, of two ordinary days
    (
        "2026-12-18 23:30", "2026-12-28 23:30", "2026-12-19 23:30",
        ("2026-12-23 09:00", "2026-12-29 00:00"), ("2026-12-24 12:00", "2026-12-25 12:00"), "2027-01-15 23:30",
    ),  # Christmas on a Friday and a Saturday: Thursday and Monday are the two ordinary days
    (
        "2027-03-26 23:30", "2027-04-05 23:30", "2027-03-27 23:30",
        ("2027-03-27 10:00", "2027-04-01 00:00"), ("2027-03-27 12:00", "2027-03-28 13:00"), "2027-04-23 23:30",
    ),  # Good Friday: Easter, the short night, and Tuesday and Wednesday as the two ordinary days
]  # fmt: skip


@pytest.fixture
def case(cast: Cast) -> Case:
    found = a_home(cast)
    mandated(cast, found)
    return found


@pytest.mark.parametrize(
    ("friday", "ends", "reachable", "hearing", "lawyer", "latest"), FRIDAYS, ids=[row[0] for row in FRIDAYS]
)
def test_imposed_on_friday_night_its_terms_are_stored_right_to_the_day(
    cast: Cast, case: Case, friday: str, ends: str, reachable: str, hearing: tuple[str, str], lawyer: tuple[str, str],
    latest: str,
) -> None:  # fmt: skip
    standing = imposed(cast, case, friday)
    begun(standing, cast.rosa, "zitting", at(hearing[0]))
    begun(standing, cast.rosa, "raadsman", at(lawyer[0]))
    with as_(cast.rosa):
        stored = {row.key: row.ends for row in Term.objects.filter(standing=standing)}
    assert stored == {
        "duur": at(ends), "bereikbaar": at(reachable), "zitting": at(hearing[1]), "raadsman": at(lawyer[1])
    }  # fmt: skip
    now = at(friday) + MONDAY_NOON
    granted(extension(standing, cast.rosa, at(latest), now), cast.bram, now=now)
    assert (term(standing, cast.rosa, "duur").ends, term(standing, cast.rosa, "duur").extended) == (at(latest), 1)


FRIDAY = "2026-12-18 23:30"
MONDAY = at("2026-12-21 12:00")


def against(cast: Cast, proposal: Proposal, decider: Decider, now: datetime) -> Refusal:
    """The one thing that is in this decider's way."""
    with at_the_ladder(cast.rosa, proposal.standing):
        (refusal,) = deciding.against(proposal, decider, now=now)
    return refusal


def test_without_a_mandate_the_hulpofficier_imposes_nothing(cast: Cast) -> None:
    case = a_home(cast)
    proposal = asked(case, cast.rosa, at(FRIDAY))
    with pytest.raises(Proposal.DoesNotExist):  # it does not even reach who has no mandate
        granted(proposal, cast.petra, now=at(FRIDAY))
    refusal = against(cast, proposal, Decider(frozenset({"hulpofficier"})), at(FRIDAY))
    assert "mandaat van de burgemeester nodig (Wth 3(1))" in refusal.sentence
    granted(proposal, cast.bram, now=at(FRIDAY))
    assert term(standing_of(case, "hgkm", cast.rosa), cast.rosa, "duur").ends == at("2026-12-28 23:30")


def test_who_may_only_impose_does_not_extend(cast: Cast, case: Case) -> None:
    standing = imposed(cast, case, FRIDAY)
    proposal = extension(standing, cast.rosa, at("2027-01-15 23:30"), MONDAY)
    with pytest.raises(Proposal.DoesNotExist):
        granted(proposal, cast.petra, now=MONDAY)
    mandate = Decider(frozenset({"hulpofficier"}), frozenset({("burgemeester", "hulpofficier")}))
    refusal = against(cast, proposal, mandate, MONDAY)
    assert refusal.sentence == "Verlengen doet de burgemeester zelf, zonder mandaat (Wth 9(1))."


def test_beyond_four_weeks_it_is_not_extended(cast: Cast, case: Case) -> None:
    standing = imposed(cast, case, FRIDAY)
    with pytest.raises(Refused, match=r"tot vrijdag 15 januari 2027 om 23\.30 uur, niet langer \(Wth 9\(1\)\)"):
        extension(standing, cast.rosa, at("2027-01-15 23:31"), MONDAY)
    proposal = extension(standing, cast.rosa, at("2027-01-15 23:30"), MONDAY)
    proposal.until = at("2027-01-15 23:31")
    refusal = against(cast, proposal, Decider(frozenset({"burgemeester"})), MONDAY)
    assert refusal.article == "Wth 9(1)", "who decides is asked again"
    assert term(standing, cast.rosa, "duur").ends == at("2026-12-28 23:30")


@pytest.mark.parametrize(("moment", "late"), [("2026-12-28 23:29", False), ("2026-12-28 23:30", True)])
def test_once_it_is_over_it_is_not_extended(cast: Cast, case: Case, moment: str, late: bool) -> None:
    standing = imposed(cast, case, FRIDAY)
    proposal = extension(standing, cast.rosa, at("2027-01-15 23:30"), MONDAY)
    if late:
        with pytest.raises(RefusedStep, match="De termijn is voorbij sinds maandag 28 december 2026"):
            granted(proposal, cast.bram, now=at(moment))
    else:
        granted(proposal, cast.bram, now=at(moment))
    assert term(standing, cast.rosa, "duur").extended == (0 if late else 1)

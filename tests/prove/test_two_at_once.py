"""Two people at the same moment, in real transactions: nothing is lost, nothing happens twice, nobody gets an error.

Run with `make prove`; prints how often each pair ended how. A round in which something fails ends the test.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connections
from django.utils import timezone

from casework.models import Case, Contribution, Participation, Sameness, Signal, SignalDraft
from casework.queries.cases import open_case
from casework.services import cases, contributions, drafts, participants, signals, triage
from casework.values import SignalInput
from partners.models import Seat
from partners.services.seats import end_seat, seat
from privacy.access import open_one, visible
from privacy.errors import NotKnown, Refused
from privacy.roles import Role
from privacy.unlock import unlock
from tests.commits import committed, really_commits
from tests.sameness.conftest import Scene, said, set_up
from tests.world import Cast, a_case, a_signal, as_, contributed, invited, item

ROUNDS = 25
pytestmark = pytest.mark.prove


def at_once(*acts: Callable[[], Any]) -> list[str]:
    """Runs the acts at the same moment; 'done', or the kind of refusal. Anything else is an error and is raised."""
    really_commits()
    barrier, said = Barrier(len(acts)), [""] * len(acts)
    wrong: list[BaseException] = []

    def run(index: int, act: Callable[[], Any]) -> None:
        try:
            barrier.wait(10)
            act()
            said[index] = "done"
        except (Refused, NotKnown) as refusal:
            said[index] = type(refusal).__name__
        except BaseException as error:
            wrong.append(error)
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if wrong:
        raise wrong[0]
    return sorted(said)


@pytest.fixture
def tell(capsys: pytest.CaptureFixture[str], request: pytest.FixtureRequest) -> Iterator[Counter[str]]:
    """Counts of how the rounds ended, printed at the end."""
    counts: Counter[str] = Counter()
    yield counts
    with capsys.disabled():
        ended = ", ".join(f"{count} times {how}" for how, count in counts.most_common())
        print(f"\n  {request.node.name.removeprefix('test_').replace('_', ' ')}: {ended}")


@pytest.fixture
def rounds() -> range:
    """The number of each round."""
    return range(ROUNDS)


def rejects(signal: Signal, person: Any) -> Callable[[], None]:
    def act() -> None:
        with as_(person) as (by, _):
            triage.reject(open_one(Signal, signal.pk, by=by), "te_weinig", now=timezone.now(), by=by)

    return act


def opens(signal: Signal, person: Any) -> Callable[[], None]:
    def act() -> None:
        a_case(person, signal)

    return act


def test_of_two_who_decide_one_signal_one_decides(cast: Cast, tell: Counter[str], rounds: range) -> None:
    for number in rounds:
        signal = committed(lambda: a_signal(cast.pieter, cast.overlast))
        second = rejects(signal, cast.rachid) if number % 2 else opens(signal, cast.rachid)
        ended = at_once(opens(signal, cast.rosa), second)
        tell[" + ".join(ended)] += 1
        assert ended.count("done") == 1


def test_a_signal_that_comes_in_while_a_regisseur_is_seated_reaches_that_regisseur(
    cast: Cast, tell: Counter[str], rounds: range
) -> None:
    for _ in rounds:

        def seats() -> None:
            with as_(cast.beheer) as (by, _):
                seat(cast.overlast, cast.carla, Role.PROCESREGISSEUR, now=timezone.now(), by=by)

        made: list[Signal] = []
        ended = at_once(seats, lambda made=made: made.append(a_signal(cast.pieter, cast.overlast)))
        tell[" + ".join(ended)] += 1
        with as_(cast.carla) as (by, _):
            assert visible(Signal, by=by).filter(pk=made[0].pk).exists()

        def unseats() -> None:
            with as_(cast.beheer) as (by, _):
                given = Seat.objects.get(user=cast.carla, role=Role.PROCESREGISSEUR, ended_at__isnull=True)
                end_seat(given, by=by)

        committed(unseats)


def test_inviting_one_person_twice_makes_one_participation(cast: Cast, tell: Counter[str], rounds: range) -> None:
    for _ in rounds:
        case = committed(lambda: a_case(cast.rosa, a_signal(cast.greet, cast.overlast)))
        ended = at_once(
            lambda case=case: invited(case, cast.rosa, cast.wilma),
            lambda case=case: invited(case, cast.rachid, cast.wilma),
        )
        tell[" + ".join(ended)] += 1
        with as_(cast.rosa):
            assert Participation.objects.filter(case=case, user=cast.wilma).count() == 1


def test_two_colleagues_invited_at_once_both_take_part(cast: Cast, tell: Counter[str], rounds: range) -> None:
    for _ in rounds:
        case = committed(lambda: a_case(cast.rosa, a_signal(cast.greet, cast.overlast)))
        ended = at_once(
            lambda case=case: invited(case, cast.rosa, cast.wilma),
            lambda case=case: invited(case, cast.rachid, cast.wout),
        )
        tell[" + ".join(ended)] += 1
        assert ended == ["done", "done"]


def test_what_is_brought_in_while_the_case_closes_is_in_it_or_refused(
    cast: Cast, tell: Counter[str], rounds: range
) -> None:
    def closes(case: Case) -> None:
        with as_(cast.rosa) as (by, _):
            head = open_case(case.pk, by=by)
            cases.close(head.case, head.theme.close_outcomes[0].code, "Klaar.", now=timezone.now(), by=by)

    for _ in rounds:
        case = committed(lambda: a_case(cast.rosa, a_signal(cast.greet, cast.overlast)))
        committed(lambda case=case: invited(case, cast.rosa, cast.wilma))
        ended = at_once(
            lambda case=case: closes(case), lambda case=case: contributed(case, cast.wilma, "Op de valreep.")
        )
        tell[" + ".join(ended)] += 1
        assert "done" in ended
        with as_(cast.wilma) as (by, _):
            assert not visible(Contribution, by=by).filter(case=case).exists()


def test_a_draft_that_is_sent_twice_is_one_signal(cast: Cast, tell: Counter[str], rounds: range) -> None:
    def draft() -> SignalDraft:
        with as_(cast.pieter) as (by, _):
            return drafts.start("woonoverlast", now=timezone.now(), by=by)

    def sends(given: SignalDraft) -> None:
        with as_(cast.pieter) as (by, _):
            opened = open_one(SignalDraft, given.pk, by=by)
            drafts.keep(opened, {"table": [str(cast.overlast.pk)]}, now=timezone.now(), by=by)
            typed = SignalInput(
                table_id=cast.overlast.pk, source_id=by.home, reporter_name=by.name, items=(item(),), told="yes"
            )
            signals.send_draft(given.pk, typed, now=timezone.now(), by=by)

    for _ in rounds:
        given = committed(draft)
        ended = at_once(lambda given=given: sends(given), lambda given=given: sends(given))
        tell[" + ".join(ended)] += 1
        with as_(cast.pieter) as (by, _):
            assert visible(Signal, by=by).filter(draft_id=given.pk).count() == 1


def test_ending_a_participation_while_something_is_shared_leaves_nothing_readable(
    cast: Cast, tell: Counter[str], rounds: range
) -> None:
    def ends(case: Case) -> None:
        with as_(cast.rosa) as (by, _):
            unlock([case.dossier_id], by=by)
            there = Participation.objects.get(case=case, user=cast.pieter)
            participants.end_participation(there, now=timezone.now(), by=by)

    for _ in rounds:
        case = committed(lambda: a_case(cast.rosa, a_signal(cast.greet, cast.overlast)))
        committed(lambda case=case: invited(case, cast.rosa, cast.wilma, cast.pieter))
        ended = at_once(lambda case=case: ends(case), lambda case=case: contributed(case, cast.wilma, "Net nog."))
        tell[" + ".join(ended)] += 1
        with as_(cast.pieter) as (by, _):
            assert not visible(Contribution, by=by).filter(case=case).exists()


def test_whose_seat_ends_while_something_is_given_keeps_nothing(cast: Cast, tell: Counter[str], rounds: range) -> None:
    def unseats(person: Any) -> None:
        with as_(cast.beheer) as (by, _):
            end_seat(Seat.objects.get(user=person, ended_at__isnull=True), by=by)

    def seats(person: Any) -> None:
        with as_(cast.beheer) as (by, _):
            seat(cast.overlast, person, Role.PROFESSIONAL, now=timezone.now(), by=by)

    for number in rounds:
        case = committed(lambda: a_case(cast.rosa, a_signal(cast.greet, cast.overlast)))
        committed(lambda case=case: invited(case, cast.rosa, cast.wilma))
        if number % 2:
            committed(lambda case=case: invited(case, cast.rosa, cast.pieter))
            gives = lambda case=case: contributed(case, cast.wilma, "Net nog.")  # noqa: E731
        else:
            gives = lambda case=case: invited(case, cast.rosa, cast.pieter)  # noqa: E731
        ended = at_once(gives, lambda: unseats(cast.pieter))
        tell[" + ".join(ended)] += 1
        with as_(cast.pieter) as (by, _):
            assert not visible(Case, by=by).filter(pk=case.pk).exists()
            assert not visible(Contribution, by=by).filter(case=case).exists()
        committed(lambda: seats(cast.pieter))


def test_sharing_further_while_a_participation_ends_leaves_nothing_readable(
    cast: Cast, tell: Counter[str], rounds: range
) -> None:
    def shares(item_id: Any) -> None:
        with as_(cast.wilma) as (by, _):
            contributions.share_further(
                open_one(Contribution, item_id, by=by), [cast.politie], now=timezone.now(), by=by
            )

    def ends(case: Case) -> None:
        with as_(cast.rosa) as (by, _):
            unlock([case.dossier_id], by=by)
            there = Participation.objects.get(case=case, user=cast.pieter)
            participants.end_participation(there, now=timezone.now(), by=by)

    for _ in rounds:
        case = committed(lambda: a_case(cast.rosa, a_signal(cast.greet, cast.overlast)))
        committed(lambda case=case: invited(case, cast.rosa, cast.wilma, cast.carla))
        chosen = {"audience": "chosen", "recipients": (cast.gemeente.pk,)}
        made = committed(lambda case=case, chosen=chosen: contributed(case, cast.wilma, "Voor een.", **chosen))
        committed(lambda case=case: invited(case, cast.rosa, cast.pieter))
        ended = at_once(lambda made=made: shares(made.pk), lambda case=case: ends(case))
        tell[" + ".join(ended)] += 1
        with as_(cast.pieter) as (by, _):
            assert not visible(Contribution, by=by).filter(case=case).exists()


def test_of_two_who_say_something_of_the_same_two_people_one_is_heard(
    cast: Cast, tell: Counter[str], rounds: range
) -> None:
    for number in rounds:
        scene = committed(lambda: set_up(cast))
        ended = at_once(
            lambda s=scene: said(s.anja, s.bakker, cast.rosa),
            lambda s=scene, n=number: said(s.bakker, s.anja, cast.rachid, different=bool(n % 2)),
        )
        tell[" + ".join(ended)] += 1
        assert ended == ["Refused", "done"]
        assert Sameness.objects.using("maintenance").filter(left_row__in=[scene.anja.pk, scene.bakker.pk]).count() == 1


def test_nothing_is_left_said_of_who_is_taken_out_at_that_moment(cast: Cast, tell: Counter[str], rounds: range) -> None:
    for _ in rounds:
        scene = committed(lambda: set_up(cast))

        def takes_out(scene: Scene = scene) -> None:
            with as_(cast.rachid) as (by, _):
                unlock([scene.other.dossier_id], by=by)
                cases.remove_subject(scene.other, scene.bakker, by=by)

        ended = at_once(lambda s=scene: said(s.anja, s.bakker, cast.rosa), takes_out)
        tell[" + ".join(ended)] += 1
        rows = [scene.anja.pk, scene.bakker.pk]
        assert not Sameness.objects.using("maintenance").filter(left_row__in=rows).exists()

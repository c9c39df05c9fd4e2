"""Minutes: made at closing, fixed by chair and secretary, read by each for its own part; corrections are versions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.utils import timezone

from casework.models import AgendaItem, Case, Meeting, MinutesPiece, MinutesVersion, TableAction
from casework.queries.meetings.minutes import Minutes, read_minutes
from casework.services import participants
from casework.services.meetings import minutes
from casework.services.meetings.minutes import Correction
from partners.models import Seat, User
from privacy.errors import NotKnown, Refused
from privacy.models import Grant
from tests.meetings.scene import a_meeting, an_item, begun, leading, published
from tests.meetings.scene_minutes import agreed, all_of, back_on, decided, ended, fixed, noted
from tests.world import Cast, a_case, a_signal, as_, canary, invited

Login = Callable[[User], Client]
pytestmark = pytest.mark.django_db


@dataclass
class Held:
    """A meeting that is over: Pieter takes part in the first case, Greet sat at the second alone."""

    meeting: Meeting
    one: AgendaItem
    other: AgendaItem
    words: dict[str, str]


@pytest.fixture
def held(cast: Cast) -> Held:
    first = a_case(cast.rosa, a_signal(cast.pieter, cast.overlast), short_name=canary("naam-een"))
    second = a_case(cast.rosa, a_signal(cast.wilma, cast.overlast), short_name=canary("naam-twee"))
    invited(first, cast.rosa, cast.pieter)
    meeting = a_meeting(cast.overlast, cast.rosa, secretary=cast.rachid.pk)
    one = an_item(meeting, first, cast.rosa, cast.pieter)
    other = an_item(meeting, second, cast.rosa, cast.greet, cast.wout)
    published(meeting, cast.rosa, first, second)
    begun(meeting, cast.rosa)
    words = {name: canary(name) for name in ("besluit-een", "besluit-twee", "pieter", "greet", "wout")}
    decided(one, cast.rosa, words["besluit-een"])
    decided(other, cast.rosa, words["besluit-twee"])
    noted(one, cast.rosa, cast.pieter)
    noted(other, cast.rosa, cast.greet)
    noted(other, cast.rosa, cast.wout, present=False)
    agreed(one, cast.rosa, cast.pieter, words["pieter"])
    agreed(other, cast.rosa, cast.greet, words["greet"])
    agreed(other, cast.rosa, cast.wout, words["wout"])
    back_on(other, cast.rosa, timezone.localdate() + timedelta(days=30))
    ended(meeting, cast.rosa, one, other)
    return Held(meeting, one, other, words)


def reads(person: User, meeting: Meeting, asked: int = 0) -> Minutes:
    with as_(person) as (by, _):
        return read_minutes(meeting, asked, now=timezone.now(), by=by)


def page(login: Login, person: User, meeting: Meeting, query: str = "") -> str:
    return str(login(person).get(f"/overleg/{meeting.pk}/verslag/{query}").content.decode())


def corrected(held: Held, person: User, *decisions: str, item: AgendaItem | None = None) -> MinutesVersion:
    about = item or held.other
    with as_(person) as (by, _):
        all_of(held.meeting, by)
        piece = minutes.newest_piece(held.meeting, about.pk)
        assert piece is not None
        given = Correction(decisions, None, "")
        return minutes.correct(about.pk, held.meeting, given, seen=piece.pk, now=timezone.now(), by=by)


def test_closing_makes_them_and_nobody_but_the_regie_reads_them_yet(cast: Cast, held: Held, login: Login) -> None:
    text = page(login, cast.rosa, held.meeting)
    assert all(word in text for word in held.words.values())
    assert "Concept" in text
    for person in (cast.pieter, cast.greet, cast.wout, cast.wilma):
        assert "Voor u staat hier geen verslag" in page(login, person, held.meeting)
        assert reads(person, held.meeting).parts == ()


def test_both_must_fix_them_and_then_each_reads_the_own_part(cast: Cast, held: Held, login: Login) -> None:
    assert fixed(held.meeting, cast.rosa).fixed_at is None
    assert reads(cast.pieter, held.meeting).parts == ()
    assert fixed(held.meeting, cast.rachid).fixed_at is not None
    texts = {name: page(login, cast.people[name], held.meeting) for name in ("pieter", "greet", "wout", "wilma")}
    mine = {
        "pieter": {"besluit-een", "pieter"},
        "greet": {"besluit-twee", "greet"},
        "wout": {"besluit-twee", "wout"},
        "wilma": set(),
    }
    for name, text in texts.items():
        assert {key for key, word in held.words.items() if word in text} == mine[name], name
    assert held.other.case.dossier.reference not in texts["pieter"]
    assert "Greet Proef" not in texts["pieter"]
    assert "Pieter Proef" not in texts["greet"]
    assert "Wout Proef" in texts["wout"], "absent, and so in the minutes"


def test_one_person_who_is_both_fixes_with_one_act(cast: Cast) -> None:
    case = a_case(cast.rosa, a_signal(cast.wilma, cast.overlast))
    meeting = a_meeting(cast.overlast, cast.rosa)
    item = an_item(meeting, case, cast.rosa)
    begun(meeting, cast.rosa)
    ended(meeting, cast.rosa, item)
    assert fixed(meeting, cast.rosa).fixed_at is not None


def test_who_is_neither_fixes_nothing(cast: Cast, held: Held, login: Login) -> None:
    number = 1
    there = f"/overleg/{held.meeting.pk}/verslag/{number}/vaststellen/"
    assert login(cast.pieter).post(there).status_code == 403
    assert login(cast.victor).post(there).status_code == 404
    with as_(cast.pieter) as (by, _), pytest.raises(Refused):
        minutes.fix(held.meeting, 1, now=timezone.now(), by=by)


def test_in_the_place_of_who_left_a_colleague_fixes_them(cast: Cast, held: Held) -> None:
    with as_(cast.beheer):
        Seat.objects.filter(user=cast.rachid).update(ended_at=timezone.now())
    assert fixed(held.meeting, cast.rosa).fixed_at is not None


def test_with_sql_nobody_fixes_in_the_place_of_a_colleague_who_is_there(cast: Cast, held: Held) -> None:
    with as_(cast.rosa), pytest.raises(DatabaseError, match="who chaired and who wrote"), transaction.atomic():
        MinutesVersion.objects.filter(meeting=held.meeting).update(secretary_at=timezone.now())


def test_an_old_number_or_a_fixed_version_is_refused(cast: Cast, held: Held) -> None:
    with as_(cast.rosa) as (by, _), pytest.raises(Refused, match="intussen veranderd"):
        minutes.fix(held.meeting, 9, now=timezone.now(), by=by)
    fixed(held.meeting, cast.rosa, cast.rachid)
    with as_(cast.rosa) as (by, _), pytest.raises(Refused, match="al vastgesteld"):
        minutes.fix(held.meeting, 1, now=timezone.now(), by=by)


def test_minutes_of_a_meeting_that_runs_are_not_fixed(cast: Cast) -> None:
    meeting = begun(a_meeting(cast.overlast, cast.rosa), cast.rosa)
    with as_(cast.rosa) as (by, _), pytest.raises(Refused, match="nog niet afgesloten"):
        minutes.fix(meeting, 1, now=timezone.now(), by=by)


def test_a_fixed_version_never_changes_not_with_sql_either(cast: Cast, held: Held) -> None:
    fixed(held.meeting, cast.rosa, cast.rachid)
    with leading(cast.rosa, held.one.case):
        assert MinutesPiece.objects.filter(minutes__meeting=held.meeting).update(version=9) == 0
        assert MinutesVersion.objects.filter(meeting=held.meeting).update(fixed_at=None) == 0
        assert MinutesPiece.objects.filter(minutes__meeting=held.meeting).exists()


def test_a_correction_before_fixing_changes_the_concept_and_asks_both_again(cast: Cast, held: Held) -> None:
    fixed(held.meeting, cast.rosa)
    version = corrected(held, cast.rachid, "Toch anders besloten.")
    assert (version.number, version.chair_at) == (1, None)
    assert [one.text for part in reads(cast.rosa, held.meeting).parts for one in part.decisions][-1:] != []
    texts = {one.text for part in reads(cast.rosa, held.meeting).parts for one in part.decisions}
    assert "Toch anders besloten." in texts
    assert held.words["besluit-twee"] not in texts


def test_a_correction_afterwards_is_a_new_version_for_who_reads_that_item(cast: Cast, held: Held, login: Login) -> None:
    fixed(held.meeting, cast.rosa, cast.rachid)
    assert corrected(held, cast.rosa, "Toch anders besloten.").number == 2
    assert held.words["besluit-twee"] in page(login, cast.greet, held.meeting), "until both fix it"
    with as_(cast.greet):
        assert MinutesPiece.objects.filter(minutes__number=2).count() == 0, "with SQL of one's own neither"
    fixed(held.meeting, cast.rosa, cast.rachid)
    text = page(login, cast.greet, held.meeting)
    assert "<ins>Toch anders besloten.</ins>" in text
    assert f"<del>{held.words['besluit-twee']}</del>" in text
    assert held.words["greet"] in text, "what did not change is still in it"
    assert held.words["besluit-twee"] in page(login, cast.greet, held.meeting, "?versie=1")
    assert len(reads(cast.greet, held.meeting).versions) == 2


def test_who_reads_another_item_does_not_notice_that_there_was_a_correction(
    cast: Cast, held: Held, login: Login
) -> None:
    fixed(held.meeting, cast.rosa, cast.rachid)
    before = page(login, cast.pieter, held.meeting)
    corrected(held, cast.rosa, "Toch anders besloten.")
    fixed(held.meeting, cast.rosa, cast.rachid)
    after = page(login, cast.pieter, held.meeting)
    assert "versie 1" in after
    assert "versie 2" not in after
    assert len(reads(cast.pieter, held.meeting).versions) == 1
    assert "Wat veranderde" not in after
    assert len(before) == len(after)
    with pytest.raises(NotKnown):
        reads(cast.pieter, held.meeting, 2)
    assert login(cast.pieter).get(f"/overleg/{held.meeting.pk}/verslag/?versie=2").status_code == 404


def test_two_who_correct_the_same_item_the_second_hears_it(cast: Cast, held: Held) -> None:
    with as_(cast.rosa) as (by, _):
        all_of(held.meeting, by)
        piece = minutes.newest_piece(held.meeting, held.one.pk)
        assert piece is not None
        seen, now = piece.pk, timezone.now()
        minutes.correct(held.one.pk, held.meeting, Correction(("Een.",), None, ""), seen=seen, now=now, by=by)
        with pytest.raises(Refused, match="intussen veranderd"):
            minutes.correct(held.one.pk, held.meeting, Correction(("Twee.",), None, ""), seen=seen, now=now, by=by)


def test_correcting_nothing_is_refused(cast: Cast, held: Held) -> None:
    with pytest.raises(Refused, match="niets veranderd"):
        corrected(held, cast.rosa, held.words["besluit-een"], item=held.one)


def test_the_regie_corrects_on_a_page_and_a_partner_does_not(cast: Cast, held: Held, login: Login) -> None:
    there = f"/overleg/{held.meeting.pk}/verslag/punt/{held.one.pk}/"
    client = login(cast.rosa)
    text = client.get(there).content.decode()
    assert held.words["besluit-een"] in text
    seen = text.split('name="seen" value="')[1].split('"')[0]
    given = {"decisions": "Een besluit.\n\nNog een besluit.", "review_on": "", "remark": "Zo was het.", "seen": seen}
    assert client.post(there, given).status_code == 302
    assert client.post(there, given).status_code == 409, "the same form again is of an older piece"
    assert client.post(there, given | {"review_on": "morgen"}).status_code == 422
    text = page(login, cast.rosa, held.meeting)
    assert "Nog een besluit." in text
    assert "Zo was het." in text
    assert login(cast.pieter).get(there).status_code == 403
    assert login(cast.victor).get(there).status_code == 404
    assert client.get(f"/overleg/{held.meeting.pk}/verslag/punt/{held.meeting.pk}/").status_code == 404


def test_who_takes_part_keeps_them_as_long_and_who_only_sat_there_thirty_days(cast: Cast, held: Held) -> None:
    fixed(held.meeting, cast.rosa, cast.rachid)
    with as_(cast.pieter):
        assert Grant.objects.get(given_for=held.one.minutes_key).valid_until is None
    with as_(cast.greet):
        until = Grant.objects.get(given_for=held.other.minutes_key).valid_until
        assert until is not None
        assert timedelta(days=29) < until - timezone.now() <= timedelta(days=30)
    with leading(cast.rosa, held.one.case) as by:
        row = held.one.case.participations.get(user=cast.pieter)
        participants.end_participation(row, now=timezone.now(), by=by)
    parts = reads(cast.pieter, held.meeting).parts
    assert [(part.reads_item, len(part.actions)) for part in parts] == [(False, 1)], "the own action is kept"


def test_who_left_the_table_or_the_case_has_no_minutes(cast: Cast, held: Held, login: Login) -> None:
    fixed(held.meeting, cast.rosa, cast.rachid)
    with as_(cast.beheer):
        Seat.objects.filter(user=cast.greet).update(ended_at=timezone.now())
    assert login(cast.greet).get(f"/overleg/{held.meeting.pk}/verslag/").status_code in (403, 404)


def test_side_by_side_the_regie_sees_what_each_organisation_is_going_to_read(
    cast: Cast, held: Held, login: Login
) -> None:
    text = page(login, cast.rosa, held.meeting).partition('id="wie-leest-wat"')[2]
    sides = {part.partition("<")[0]: part for part in text.split('ct-panel__title" id="kant-')[1:]}
    by_name = {part.partition(">")[2].partition("<")[0]: part for part in sides.values()}
    assert set(by_name) == {cast.politie.name, cast.ggz.name, cast.corporatie.name}
    assert held.words["besluit-een"] in by_name[cast.politie.name]
    assert held.words["besluit-twee"] not in by_name[cast.politie.name]
    assert held.words["wout"] not in by_name[cast.ggz.name]
    assert "Wat ziet wie" not in page(login, cast.greet, held.meeting)


def test_reading_them_is_in_the_log_with_the_dossiers(cast: Cast, held: Held, login: Login) -> None:
    fixed(held.meeting, cast.rosa, cast.rachid)
    from tests.conftest import Log

    log = Log()
    page(login, cast.greet, held.meeting)
    (entry,) = log.looks(event="read", actor_id=cast.greet.pk)
    assert entry.dossiers == [held.other.dossier_id]
    assert len(entry.compartments) == 2, "the item and the own action, and no more"


def test_the_agenda_order_is_for_the_regie_and_partners_have_no_numbers(cast: Cast, held: Held) -> None:
    fixed(held.meeting, cast.rosa, cast.rachid)
    assert [part.item for part in reads(cast.rosa, held.meeting).parts] == [held.one.pk, held.other.pk]
    with as_(cast.greet):
        assert not AgendaItem.objects.exists()
        assert TableAction.objects.count() == 1


def test_minutes_cost_the_same_however_many_items(
    cast: Cast, held: Held, login: Login, django_assert_max_num_queries: object
) -> None:
    from django.test.utils import CaptureQueriesContext

    fixed(held.meeting, cast.rosa, cast.rachid)
    client = login(cast.rosa)
    there = f"/overleg/{held.meeting.pk}/verslag/"
    client.get(there)
    with CaptureQueriesContext(connection) as first:
        client.get(there)
    case = a_case(cast.rosa, a_signal(cast.wilma, cast.overlast))
    later = a_meeting(cast.overlast, cast.rosa, in_days=10)
    items = [an_item(later, one, cast.rosa, cast.greet) for one in (case, held.one.case, held.other.case)]
    begun(later, cast.rosa)
    for item in items:
        decided(item, cast.rosa, "Besluit.")
        agreed(item, cast.rosa, cast.greet, "Actie.")
    ended(later, cast.rosa, *items)
    fixed(later, cast.rosa)
    with CaptureQueriesContext(connection) as second:
        client.get(f"/overleg/{later.pk}/verslag/")
    assert len(second) == len(first)


def test_what_came_back_shows_when_it_was_discussed_before(cast: Cast, login: Login) -> None:
    case = a_case(cast.rosa, a_signal(cast.wilma, cast.overlast))
    first = a_meeting(cast.overlast, cast.rosa)
    later = a_meeting(cast.overlast, cast.rosa, in_days=14)
    an_item(first, case, cast.rosa, cast.greet)
    begun(first, cast.rosa)
    ended(first, cast.rosa)
    begun(later, cast.rosa)
    with as_(cast.rosa):
        again = AgendaItem.objects.select_related("case").get(meeting=later)
    ended(later, cast.rosa, again)
    assert "Eerder besproken op" in page(login, cast.rosa, later)
    assert "Eerder besproken op" in login(cast.rosa).get(f"/casussen/{case.pk}/overleg/").content.decode()
    _ = Case

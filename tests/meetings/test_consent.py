"""Where the profile asks it, a decision is taken when every government party that is there agrees; no private one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from casework.models import AgendaItem, Case, ItemConsent, ItemDecision, Meeting, Stance
from casework.services.meetings import attendance, consent, lines
from casework.services.meetings.lines import DecisionInput
from partners import profiling
from partners.models import User
from partners.profile_files import load_profiles
from partners.profiling import DIRECTORY, profiles
from privacy.datafiles import DataFileError
from privacy.errors import Refused
from tests.meetings.holding_scene import screen
from tests.meetings.scene import a_meeting, an_item, begun, leading, published
from tests.world import Cast, a_case, a_signal

pytestmark = pytest.mark.django_db
TAKING = """
[[consents]]
code = "toelating"
label = "Toelating van de casus"
article = "WGS 2.31(2)"
"""


def with_consents(folder: Path, added: str = TAKING) -> Path:
    """The municipal profile, as if it asked for consent."""
    original = (DIRECTORY / "gemeentelijk-2026.1.toml").read_text()
    (folder / "gemeentelijk-2026.1.toml").write_text(original + added)
    return folder


@pytest.fixture(autouse=True)
def _asks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(profiling, "DIRECTORY", with_consents(tmp_path))
    profiles.cache_clear()
    yield
    profiles.cache_clear()


@pytest.fixture
def case(cast: Cast) -> Case:
    return a_case(cast.rosa, a_signal(cast.wilma, cast.overlast))


@pytest.fixture
def meeting(cast: Cast) -> Meeting:
    return a_meeting(cast.overlast, cast.rosa)


@pytest.fixture
def item(cast: Cast, case: Case, meeting: Meeting) -> AgendaItem:
    """The police, the municipality and the housing corporation sit at it."""
    made = an_item(meeting, case, cast.rosa, cast.pieter, cast.wilma, cast.carla)
    published(meeting, cast.rosa, case)
    begun(meeting, cast.rosa, case)
    return made


@pytest.fixture
def decision(cast: Cast, item: AgendaItem) -> ItemDecision:
    with leading(cast.rosa, item.case) as by:
        return lines.decide(item, uuid4(), DecisionInput("We nemen de casus.", "toelating"), now=timezone.now(), by=by)


def there(item: AgendaItem, cast: Cast, *people: User) -> None:
    with leading(cast.rosa, item.case) as by:
        for person in people:
            attendance.note(item, item.seats.get(user=person).pk, True, now=timezone.now(), by=by)


def says(decision: ItemDecision, person: User, stance: Stance, cast: Cast) -> ItemConsent:
    with leading(cast.rosa, decision.item.case) as by:
        return consent.note(decision, person.organisation_id, stance, now=timezone.now(), by=by)


def taken(decision: ItemDecision, cast: Cast) -> bool:
    with leading(cast.rosa, decision.item.case):
        row = ItemDecision.objects.select_related("item__case").get(pk=decision.pk)
        rule = consent.rule_of(row, row.item)
        assert rule is not None
        stances = dict(ItemConsent.objects.filter(decision=row).values_list("organisation", "stance"))
        return consent.taken([one.pk for one in consent.with_say(row.item, rule)], stances)


def test_it_is_taken_when_all_government_parties_that_are_there_agree(cast: Cast, decision: ItemDecision) -> None:
    there(decision.item, cast, cast.pieter, cast.carla, cast.wilma)
    says(decision, cast.pieter, Stance.AGREES, cast)
    assert not taken(decision, cast)
    says(decision, cast.carla, Stance.AGREES, cast)
    assert taken(decision, cast)


def test_a_private_party_has_no_say(cast: Cast, decision: ItemDecision) -> None:
    there(decision.item, cast, cast.wilma)
    with pytest.raises(Refused, match=r"overheidspartijen.*WGS 2\.31"):
        says(decision, cast.wilma, Stance.AGREES, cast)
    assert not taken(decision, cast)


def test_who_is_not_there_has_no_say(cast: Cast, decision: ItemDecision) -> None:
    there(decision.item, cast, cast.carla)
    with pytest.raises(Refused, match="aanwezig"):
        says(decision, cast.pieter, Stance.AGREES, cast)


@pytest.mark.parametrize("stance", [Stance.AGAINST, Stance.ABSTAINS])
def test_one_that_does_not_agree_is_enough_to_stop_it(cast: Cast, decision: ItemDecision, stance: Stance) -> None:
    there(decision.item, cast, cast.pieter, cast.carla)
    says(decision, cast.pieter, Stance.AGREES, cast)
    says(decision, cast.carla, stance, cast)
    assert not taken(decision, cast)
    says(decision, cast.carla, Stance.AGREES, cast)
    assert taken(decision, cast)


def test_who_comes_in_later_is_asked_too(cast: Cast, decision: ItemDecision) -> None:
    there(decision.item, cast, cast.pieter)
    says(decision, cast.pieter, Stance.AGREES, cast)
    assert taken(decision, cast)
    there(decision.item, cast, cast.carla)
    assert not taken(decision, cast)


def test_another_text_is_agreed_with_anew(cast: Cast, decision: ItemDecision) -> None:
    there(decision.item, cast, cast.pieter)
    says(decision, cast.pieter, Stance.AGREES, cast)
    with leading(cast.rosa, decision.item.case) as by:
        given = DecisionInput("We nemen de casus niet.", "toelating")
        lines.decide(decision.item, decision.pk, given, seen=1, now=timezone.now(), by=by)
    assert not taken(decision, cast)


def test_what_asks_for_nothing_gets_no_stance(cast: Cast, item: AgendaItem) -> None:
    there(item, cast, cast.pieter)
    with leading(cast.rosa, item.case) as by:
        plain = lines.decide(item, uuid4(), DecisionInput("We wachten."), now=timezone.now(), by=by)
        with pytest.raises(Refused, match="geen instemming"):
            consent.note(plain, cast.pieter.organisation_id, Stance.AGREES, now=timezone.now(), by=by)
        with pytest.raises(Refused, match="Kies waarvoor"):
            lines.decide(item, uuid4(), DecisionInput("Iets.", "bestaat_niet"), now=timezone.now(), by=by)


def test_a_partner_notes_no_stance(cast: Cast, decision: ItemDecision) -> None:
    there(decision.item, cast, cast.pieter)
    with leading(cast.pieter, decision.item.case) as by, pytest.raises(Refused):
        consent.note(decision, cast.politie.pk, Stance.AGREES, now=timezone.now(), by=by)


def test_the_page_says_who_is_asked_and_that_it_is_not_taken_yet(
    cast: Cast, login: Callable[[User], Client], decision: ItemDecision, meeting: Meeting
) -> None:
    there(decision.item, cast, cast.pieter, cast.wilma)
    rosa = login(cast.rosa)
    html = rosa.get(screen(meeting, decision.item)).content.decode()
    assert "Toelating van de casus (WGS 2.31(2))" in html
    assert "nog niet genomen" in html
    assert html.count('name="organisation"') == 3, "three stances, of the police alone"
    address = reverse("meeting-stance", args=[decision.item_id])
    sent = {"decision": decision.pk, "organisation": cast.politie.pk, "stance": "agrees"}
    assert rosa.post(address, sent).status_code == 302
    assert "<strong>genomen</strong>" in rosa.get(screen(meeting, decision.item)).content.decode()
    sent["organisation"] = cast.corporatie.pk
    assert rosa.post(address, sent).status_code == 409


@given(st.sets(st.uuids(), max_size=6), st.data())
def test_it_is_taken_exactly_when_somebody_has_a_say_and_everybody_agrees(who: set[UUID], data: st.DataObject) -> None:
    stances = data.draw(st.dictionaries(st.sampled_from(sorted(who) or [uuid4()]), st.sampled_from(list(Stance))))
    expected = len(who) > 0 and all(one in stances and stances[one] == "agrees" for one in who)
    assert consent.taken(who, stances) == expected


def test_a_profile_may_not_give_a_private_party_a_say(tmp_path: Path) -> None:
    wrong = with_consents(tmp_path, TAKING + 'who = ["woningcorporatie"]\n')
    with pytest.raises(DataFileError, match="woningcorporatie"):
        load_profiles(wrong)


def test_a_profile_without_consents_asks_for_none() -> None:
    assert load_profiles(DIRECTORY).newest("gemeentelijk").consents == ()

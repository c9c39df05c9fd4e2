"""What is restricted is marked wherever it is read, reaches nobody new, and leaves the house in no file or letter."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from casework.models import MinutesPiece, RightsKind, RightsRelease, RightsRequest, Signal
from casework.services.disclosing import kept_back
from casework.services.meetings import agenda
from casework.services.plans import goals
from casework.services.plans.goals import GoalInput
from casework.services.rights import restricting
from casework.services.rights.releasing import refuse, release
from privacy.errors import Refused
from privacy.models import Grant
from privacy.unlock import unlock
from tests.meetings.scene import a_meeting, an_item, begun, closed, leading, published
from tests.meetings.scene_minutes import decided, ended
from tests.pdf import text_of_pdf
from tests.rights.scene import Home, a_home, answered, collected, judged, registered
from tests.world import Cast, as_

Login = Callable[..., Client]
MARK = "Beperkt: niet gebruiken, alleen bewaren"


def restricted(cast: Cast, kind: str = "beperking") -> RightsRequest:
    request = collected(cast, registered(cast, kind=kind))
    with as_(cast.conny) as (by, _):
        unlock([request.dossier_id], by=by)
        restricting.restrict(request, by=by)
    return request


def signal_of(cast: Cast) -> Signal:
    with as_(cast.wilma):
        return Signal.objects.select_related("dossier").get(source=cast.corporatie)


def test_the_signal_says_so_to_who_reported_it_and_to_the_regie(cast: Cast, login: Login) -> None:
    home = a_home(cast)
    signal = signal_of(cast)
    wilma, rosa = login(cast.wilma), login(cast.rosa)
    assert MARK not in wilma.get(f"/signalen/{signal.pk}/").content.decode()
    restricted(cast)
    assert MARK in wilma.get(f"/signalen/{signal.pk}/").content.decode()
    assert "Beperkt: alleen bewaren" in wilma.get("/signalen/").content.decode()
    assert MARK in rosa.get(f"/casussen/{home.case.pk}/signalen/").content.decode()


def test_the_household_says_so_on_every_page(cast: Cast, login: Login) -> None:
    home = a_home(cast)
    restricted(cast)
    client = login(cast.carla)
    for page in ("", "plan/"):
        assert MARK in client.get(f"/gezinnen/{home.household.pk}/{page}").content.decode(), page


def test_it_is_printed_nowhere(cast: Cast, login: Login) -> None:
    home = a_home(cast)
    restricted(cast)
    rosa, wilma = login(cast.rosa), login(cast.wilma)
    for page in (
        f"/casussen/{home.case.pk}/uitdraai/",
        f"/gezinnen/{home.household.pk}/plan/brief/",
        f"/gezinnen/{home.household.pk}/plan/brief/pdf/",
    ):
        answer = rosa.get(page)
        assert answer.status_code == 403, page
        assert "beperkt op verzoek" in answer.content.decode()
        assert not any(text in answer.content.decode() for text in home.hers)
    sheet = wilma.get("/signalen/uitdraai/").content.decode()
    assert signal_of(cast).dossier.reference in sheet
    assert "Lindelaan" not in sheet


def with_a_meeting(cast: Cast, home: Home) -> object:
    meeting = a_meeting(cast.overlast, cast.rosa)
    item = an_item(meeting, home.case, cast.rosa, cast.wilma)
    published(meeting, cast.rosa, home.case)
    begun(meeting, cast.rosa)
    decided(item, cast.rosa, "Wij sluiten het pand.")
    return item


def test_the_minutes_leave_it_out(cast: Cast) -> None:
    home = a_home(cast)
    item = with_a_meeting(cast, home)
    restricted(cast)
    closed(item, cast.rosa)  # type: ignore[arg-type]
    ended(item.meeting, cast.rosa, item)  # type: ignore[attr-defined]
    with as_(cast.rosa) as (by, _):
        unlock([home.case.dossier_id], by=by)
        assert not MinutesPiece.objects.exists()


def test_the_file_of_minutes_leaves_out_what_was_restricted_since(cast: Cast, login: Login) -> None:
    home = a_home(cast)
    item = with_a_meeting(cast, home)
    closed(item, cast.rosa)  # type: ignore[arg-type]
    ended(item.meeting, cast.rosa, item)  # type: ignore[attr-defined]
    client, page = login(cast.rosa), reverse("meeting-minutes-pdf", args=[item.meeting.pk])  # type: ignore[attr-defined]
    assert "Wij sluiten het pand." in text_of_pdf(client.get(page).content)
    restricted(cast)
    assert "Wij sluiten het pand." not in text_of_pdf(client.get(page).content)


def test_it_comes_on_no_agenda_and_an_agenda_brings_nobody_new(cast: Cast) -> None:
    home = a_home(cast)
    meeting = a_meeting(cast.overlast, cast.rosa)
    item = an_item(meeting, home.case, cast.rosa, cast.greet)
    request = restricted(cast)
    assert published(meeting, cast.rosa, home.case) == 0
    with as_(cast.greet):
        assert not Grant.objects.filter(content_object=home.case.dossier_id).exists()
    other = a_meeting(cast.overlast, cast.rosa, in_days=14)
    with pytest.raises(Refused, match="beperkt op verzoek"):
        an_item(other, home.case, cast.rosa, cast.wilma)
    with as_(cast.conny) as (by, _):
        unlock([request.dossier_id], by=by)
        restricting.lift(request, "De beperking gaat eraf.", now=timezone.now(), by=by)
    with leading(cast.rosa, home.case) as actor:
        assert agenda.publish(item.meeting, now=timezone.now(), by=actor) == 1


def test_the_plan_gets_nothing_new(cast: Cast) -> None:
    home = a_home(cast)
    restricted(cast)
    with as_(cast.rosa) as (by, _):
        unlock([home.household.dossier_id], by=by)
        with pytest.raises(Refused, match="beperkt op verzoek"):
            goals.add_goal(home.household, GoalInput(title="Iets.", domain="huisvesting"), now=timezone.now(), by=by)


def test_who_reads_nothing_of_it_does_not_learn_that_it_is_restricted(cast: Cast) -> None:
    home = a_home(cast)
    restricted(cast)
    for person, knows in ((cast.rosa, True), (cast.wilma, True), (cast.greet, False), (cast.fatima, False)):
        with as_(person):
            assert (home.case.dossier_id in kept_back([home.case.dossier_id])) is knows, person


@pytest.mark.parametrize("kind", ["beperking", "rectificatie"])  # of an objection the decision itself says it
def test_the_letter_tells_what_was_restricted(cast: Cast, kind: str) -> None:
    home = a_home(cast)
    request = restricted(cast, kind)
    for person in (cast.wilma, cast.pieter):
        answered(cast, request, person)
    judged(cast, request, home)
    with as_(cast.conny) as (by, _):
        unlock([request.dossier_id], by=by)
        later = timezone.localdate() + timedelta(days=20)
        release(request, "Wij geven u gelijk.", None, now=timezone.now(), today=later, by=by)
        words = " ".join(text_of_pdf(RightsRelease.objects.get(request=request).letter).split())
    assert "artikel 18 AVG" in words
    assert home.case.dossier.reference in words
    assert home.household.dossier.reference in words
    assert "krijgt u bericht van ons" in words


def test_a_letter_of_refusal_tells_it_too_and_a_letter_without_says_nothing(cast: Cast) -> None:
    a_home(cast)
    for request, tells in (
        (restricted(cast), True),
        (collected(cast, registered(cast, kind=RightsKind.RECTIFY)), False),
    ):
        with as_(cast.conny) as (by, _):
            unlock([request.dossier_id], by=by)
            refuse(request, "avg_12_5", "", now=timezone.now(), today=timezone.localdate(), by=by)
            words = " ".join(text_of_pdf(RightsRelease.objects.get(request=request).letter).split())
        assert ("alleen bewaren" in words or "bewaren ze alleen" in words) is tells

"""Bekijk als …: a case through the eyes of a participant, before and after sharing; nothing is changed by looking."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from casework.models import Audience, Case, Contribution, Participation, Signal
from casework.queries.cases import open_case
from casework.queries.preview import as_seen_by
from partners.models import User
from privacy.access import visible
from privacy.actor import Eyes
from privacy.models import Grant
from privacy.who import who_reads
from tests.world import Cast, a_case, a_signal, as_, canary, confidential, contributed, invited, item

Login = Callable[[User], Client]


@pytest.fixture
def signal(cast: Cast) -> Signal:
    return a_signal(cast.wilma, cast.overlast, item("wat-wilma-meldde"), confidential("alleen-voor-rosa"))


@pytest.fixture
def case(cast: Cast, signal: Signal) -> Case:
    case = a_case(cast.rosa, signal)
    invited(case, cast.rosa, cast.wilma, cast.pieter)
    return case


def participation(case: Case, person: User, by: User) -> Participation:
    with as_(by):
        return Participation.objects.get(case=case, user=person, ended_at__isnull=True)


def seen_as(cast: Cast, case: Case, person: User, login: Login) -> str:
    pk = participation(case, person, cast.rosa).pk
    answer = login(cast.rosa).get(reverse("case-view-as", args=[case.pk, pk]))
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_regisseur_sees_what_the_participant_sees_and_nothing_else(cast: Cast, case: Case, login: Login) -> None:
    for_all, for_regie, for_police = canary("allen"), canary("regie"), canary("politie")
    contributed(case, cast.wilma, for_all, audience=Audience.TABLE)
    contributed(case, cast.wilma, for_regie, audience=Audience.REGIE)
    contributed(case, cast.wilma, for_police, audience=Audience.CHOSEN, recipients=(cast.politie.pk,))
    as_pieter = seen_as(cast, case, cast.pieter, login)
    as_wilma = seen_as(cast, case, cast.wilma, login)
    assert for_all in as_pieter
    assert for_police in as_pieter
    assert for_regie not in as_pieter
    assert "wat-wilma-meldde" not in as_pieter, "the signal was not shared with the police"
    assert for_all in as_wilma
    assert for_regie in as_wilma
    assert "wat-wilma-meldde" in as_wilma
    assert "alleen-voor-rosa" in as_wilma, "the reporter reads the own confidential item"


def test_what_is_shown_equals_what_the_participant_really_gets(cast: Cast, case: Case) -> None:
    contributed(case, cast.wilma, "een", audience=Audience.TABLE)
    contributed(case, cast.wilma, "twee", audience=Audience.REGIE)
    for person in (cast.pieter, cast.wilma):
        with as_(person) as (by, _):
            head = open_case(case.pk, by=by)
            really = {row.pk for row in visible(Contribution, by=by).filter(case=case)}
            directs = head.directs
        with as_(cast.rosa) as (by, _):
            preview = as_seen_by(open_case(case.pk, by=by), person, by=by)
        assert {row.pk for row in preview.contributions} == really
        assert preview.case is not None
        assert preview.case.directs is directs is False


def test_own_notes_of_the_partner_stay_closed_to_the_regisseur(cast: Cast, case: Case, login: Login) -> None:
    own = canary("eigen")
    contributed(case, cast.pieter, own, audience=Audience.OWN)
    text = seen_as(cast, case, cast.pieter, login)
    assert own not in text
    assert "die leest u niet" in text


def test_only_who_directs_may_look_through_other_eyes(cast: Cast, case: Case, login: Login) -> None:
    pk = participation(case, cast.wilma, cast.rosa).pk
    assert login(cast.pieter).get(reverse("case-view-as", args=[case.pk, pk])).status_code == 403
    assert login(cast.victor).get(reverse("case-view-as", args=[case.pk, pk])).status_code == 404
    assert login(cast.rosa).get(reverse("case-view-as", args=[case.pk, uuid4()])).status_code == 404


def test_it_is_logged_as_a_look_of_who_looks(cast: Cast, case: Case, login: Login, log: Any) -> None:
    seen_as(cast, case, cast.pieter, login)
    (entry,) = log.looks(event="preview")
    assert (entry.actor_id, entry.organisation_id) == (cast.rosa.pk, cast.rosa.organisation_id)
    assert not log.looks(actor_id=cast.pieter.pk)


def test_eyes_never_open_what_the_looker_does_not_hold(cast: Cast, case: Case) -> None:
    with as_(cast.rosa) as (by, _):
        everything = frozenset(r.compartment_id for r in who_reads([(case.dossier_id, "x")], by=by))
    contributed(case, cast.wilma, "alleen regie", audience=Audience.REGIE)
    with as_(cast.pieter) as (by, _):
        looker = replace(by, eyes=Eyes(cast.wilma.organisation_id, everything))
        assert not visible(Contribution, by=looker).exists()


def test_before_inviting_one_sees_what_the_partner_would_get(cast: Cast, case: Case, login: Login, log: Any) -> None:
    shared, kept = canary("gedeeld"), canary("regie")
    contributed(case, cast.wilma, shared, audience=Audience.TABLE)
    contributed(case, cast.wilma, kept, audience=Audience.REGIE)
    sent = {"user": str(cast.greet.pk), "ground": "avg_6_1_e", "until": "", "bekijk": "1"}
    before = timezone.now()
    answer = login(cast.rosa).post(reverse("case-sharing", args=[case.pk]), sent)
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "Nog niet uitgenodigd" in text
    assert shared in text
    assert kept not in text
    with as_(cast.rosa):
        assert not Participation.objects.filter(case=case, user=cast.greet).exists()
    with as_(cast.greet):
        assert not Grant.objects.filter(content_object=case.dossier_id).exists()
    assert not [e for e in log.changes(event="case.invited") if e.timestamp > before]


def test_a_try_that_is_refused_says_why_and_keeps_what_was_typed(cast: Cast, case: Case, login: Login) -> None:
    sent = {"user": str(cast.pieter.pk), "ground": "avg_6_1_e", "until": "1-3-2031", "bekijk": "1"}
    answer = login(cast.rosa).post(reverse("case-sharing", args=[case.pk]), sent)
    assert answer.status_code == 409
    assert "doet al mee" in answer.content.decode()
    assert "1-3-2031" in answer.content.decode()


def test_before_contributing_one_sees_who_will_read_it(cast: Cast, case: Case, login: Login) -> None:
    text = canary("proef")
    sent = {
        "text": text, "kind": "waarneming", "category": "algemeen", "audience": "table", "ground": "avg_6_1_e",
        "bekijk": "1",
    }  # fmt: skip
    client = login(cast.wilma)
    answer = client.post(reverse("case-contributions", args=[case.pk]), sent)
    shown = answer.content.decode()
    assert answer.status_code == 200
    assert "Dit gaan lezen" in shown
    assert cast.pieter.name in shown
    assert cast.rosa.name in shown
    assert text in shown, "what was typed is still in the form"
    with as_(cast.wilma):
        assert not Contribution.objects.filter(case=case).exists()
    del sent["bekijk"]
    assert client.post(reverse("case-contributions", args=[case.pk]), sent).status_code == 302
    with as_(cast.wilma):
        assert Contribution.objects.filter(case=case).count() == 1


def test_a_try_that_the_profile_forbids_names_the_article(cast: Cast, case: Case, login: Login) -> None:
    sent = {
        "text": "Politiegegevens.", "kind": "feit", "category": "politie", "audience": "table", "ground": "avg_6_1_e",
        "bekijk": "1",
    }  # fmt: skip
    answer = login(cast.pieter).post(reverse("case-contributions", args=[case.pk]), sent)
    assert answer.status_code == 409
    assert "Wpg" in answer.content.decode()

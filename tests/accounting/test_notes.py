"""DPIAs, pentests and audits: who notes them, what must be argued, and that nothing noted is lost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, ProgrammingError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from partners.accounting.records import assessments, current_examinations, newest_assessment
from partners.models import Examination, ExaminationKind, ImpactAssessment, User
from partners.services.accounting import note_assessment, note_examination
from privacy.errors import NotKnown, Refused
from tests.world import Cast, as_

Login = Callable[[User], Client]
TODAY = date(2026, 11, 27)
DPIA: dict[str, Any] = {
    "held_on": date(2026, 1, 10), "outcome": "measures", "risk": "middle", "consultation": "none",
    "rac_on": date(2026, 2, 1), "rac_advice": "conditions", "rac_summary": "Beperk de bewaartermijn.", "deviation": "",
    "decided_by": "college van B&W", "review_on": date(2027, 1, 10),
}  # fmt: skip
TEST: dict[str, Any] = {
    "held_on": date(2026, 5, 1), "scope": "webapplicatie", "found": 4, "unsolved": 2, "again_on": date(2026, 12, 1),
    "sent_on": None,
}  # fmt: skip
VERSION = ("gemeentelijk", "2026.1")


def dpia(cast: Cast, by: str = "fatima", **more: Any) -> ImpactAssessment:
    with as_(cast.people[by]) as (actor, _):
        return note_assessment(*VERSION, DPIA | more, today=TODAY, now=timezone.now(), by=actor)


def examined(
    cast: Cast, kind: ExaminationKind, by: str, replaces: Examination | None = None, **more: Any
) -> Examination:
    with as_(cast.people[by]) as (actor, _):
        return note_examination(kind, TEST | more, replaces=replaces, today=TODAY, now=timezone.now(), by=actor)


def test_a_correction_is_a_new_row_and_the_newest_counts(cast: Cast) -> None:
    dpia(cast)
    dpia(cast, risk="low")
    with as_(cast.cor):
        newest = newest_assessment(*VERSION)
        assert newest is not None
        assert newest.risk == "low"
        assert assessments(*VERSION).count() == 2


def test_the_same_twice_says_so(cast: Cast) -> None:
    dpia(cast)
    with pytest.raises(Refused, match="staat er al"):
        dpia(cast)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"risk": "high"}, "AVG 36"),
        ({"rac_advice": ""}, "zowel de datum"),
        ({"rac_on": None}, "zowel de datum"),
        ({"rac_on": None, "rac_advice": "", "rac_summary": "", "deviation": "Toch."}, "niets om van af te wijken"),
        ({"rac_advice": "negative"}, "BGS 1.13"),
        ({"review_on": date(2026, 1, 10)}, "na de DPIA"),
        ({"held_on": TODAY + timedelta(days=1), "review_on": date(2028, 1, 1)}, "voorbij"),
    ],
)
def test_what_does_not_hold_is_refused_with_a_sentence(cast: Cast, wrong: dict[str, Any], says: str) -> None:
    with pytest.raises(Refused, match=says):
        dpia(cast, **wrong)


def test_a_deviation_with_an_argument_is_kept(cast: Cast) -> None:
    row = dpia(cast, rac_advice="negative", deviation="De zorg is te urgent; over een half jaar opnieuw.")
    assert row.deviation


def test_a_version_that_is_not_there_is_not_known(cast: Cast) -> None:
    with as_(cast.fatima) as (by, _), pytest.raises(NotKnown):
        note_assessment("gemeentelijk", "1999.1", DPIA, today=TODAY, now=timezone.now(), by=by)


@pytest.mark.parametrize("wrong", [{"risk": "high"}, {"rac_on": None}, {"review_on": date(2025, 1, 1)}])
def test_the_database_says_the_same(cast: Cast, wrong: dict[str, Any]) -> None:
    row = ImpactAssessment(profile="gemeentelijk", version="2026.1", noted_by=cast.fatima.pk, **(DPIA | wrong))
    with as_(cast.fatima), pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


def test_only_the_officer_notes_a_dpia_and_nobody_changes_one(cast: Cast) -> None:
    for name in ("cor", "beheer", "rosa", "conny"):
        with pytest.raises(ProgrammingError), transaction.atomic():
            dpia(cast, by=name)
    dpia(cast)
    with as_(cast.fatima), pytest.raises(ProgrammingError), transaction.atomic():
        ImpactAssessment.objects.update(risk="low")
    for name, reads in {"fatima": 1, "faisal": 1, "cor": 1, "beheer": 1, "rosa": 0, "conny": 0}.items():
        with as_(cast.people[name]):
            assert ImpactAssessment.objects.count() == reads, name


def test_a_pentest_is_the_beheerders_and_an_audit_the_officers(cast: Cast) -> None:
    for kind, by in (
        (ExaminationKind.PENTEST, "fatima"),
        (ExaminationKind.AUDIT, "beheer"),
        (ExaminationKind.AUDIT, "cor"),
    ):
        with pytest.raises(ProgrammingError), transaction.atomic():
            examined(cast, kind, by)
    examined(cast, ExaminationKind.PENTEST, "beheer")
    examined(cast, ExaminationKind.AUDIT, "fatima")


def test_how_it_stands_now_replaces_how_it_stood_and_only_once(cast: Cast) -> None:
    first = examined(cast, ExaminationKind.PENTEST, "beheer")
    second = examined(cast, ExaminationKind.PENTEST, "beheer", replaces=first, unsolved=0, again_on=None)
    with as_(cast.cor):
        assert list(current_examinations(ExaminationKind.PENTEST)) == [second]
        assert Examination.objects.count() == 2
    with pytest.raises(Refused, match="intussen"):
        examined(cast, ExaminationKind.PENTEST, "beheer", replaces=first, unsolved=1)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"unsolved": 5}, "niet meer bevindingen"),
        ({"again_on": None}, "opnieuw toetst"),
        ({"again_on": date(2026, 4, 1)}, "na deze dag"),
        ({"again_on": date(2027, 5, 2)}, "binnen een jaar"),
        ({"sent_on": date(2026, 4, 1)}, "afschrift"),
        ({"held_on": TODAY + timedelta(days=1), "again_on": date(2027, 6, 1)}, "moet nog komen"),
    ],
)
def test_an_audit_that_does_not_hold_is_refused(cast: Cast, wrong: dict[str, Any], says: str) -> None:
    with pytest.raises(Refused, match=says):
        examined(cast, ExaminationKind.AUDIT, "fatima", **wrong)


FORM = {
    "held_on": "10-1-2026", "outcome": "measures", "risk": "middle", "consultation": "none", "rac_on": "1-2-2026",
    "rac_advice": "conditions", "rac_summary": "Beperk de bewaartermijn.", "deviation": "", "decided_by": "college",
    "review_on": "10-1-2027",
}  # fmt: skip


def test_the_officer_notes_it_on_a_page_that_forbids_names_and_gives_back_what_was_typed(
    cast: Cast, login: Login, log
) -> None:
    client, url = login(cast.fatima), reverse("accounting-dpia-new", args=VERSION)
    assert "nooit over personen" in client.get(url).content.decode()
    back = client.post(url, FORM | {"risk": "high", "rac_summary": "Dit kwam terug."})
    assert back.status_code == 409
    assert "Dit kwam terug." in back.content.decode()
    assert client.post(url, FORM | {"decided_by": ""}).status_code == 422
    assert client.post(url, FORM).status_code == 302
    assert client.post(url, FORM).status_code == 409
    assert "Positief met voorwaarden" in client.get(reverse("accounting-dpia-version", args=VERSION)).content.decode()
    assert len(log.changes(event="dpia.noted")) == 1


def test_a_version_that_a_table_uses_asks_for_a_dpia(cast: Cast, login: Login) -> None:
    client = login(cast.cor)
    assert "Ontbreekt" in client.get(reverse("accounting-dpia")).content.decode()
    dpia(cast, review_on=timezone.localdate() + timedelta(days=100))
    assert "Op orde" in client.get(reverse("accounting-dpia")).content.decode()
    dpia(cast, review_on=date(2026, 2, 1))
    assert "Let op" in client.get(reverse("accounting-dpia")).content.decode()
    assert client.get(reverse("accounting-dpia-version", args=["gemeentelijk", "1999.1"])).status_code == 404


def test_beheerder_and_officer_note_on_their_pages(cast: Cast, login: Login) -> None:
    form = {"held_on": "1-5-2026", "scope": "webapplicatie", "found": "4", "unsolved": "2", "again_on": "1-4-2027"}
    beheer, fatima = login(cast.beheer), login(cast.fatima)
    assert beheer.post(reverse("pentest-new"), form).status_code == 302
    assert beheer.post(reverse("pentest-new"), form).status_code == 409
    assert fatima.post(reverse("audit-new"), form | {"again_on": "1-5-2028"}).status_code == 409
    assert fatima.post(reverse("audit-new"), form).status_code == 302
    with as_(cast.fatima):
        audit, pentest = Examination.objects.order_by("kind")
    assert fatima.get(reverse("audit-follow", args=[pentest.pk])).status_code == 404
    assert beheer.post(reverse("pentest-follow", args=[pentest.pk]), form | {"unsolved": "0"}).status_code == 302
    assert beheer.post(reverse("pentest-follow", args=[pentest.pk]), form | {"unsolved": "1"}).status_code == 409
    assert beheer.get(reverse("audit-follow", args=[audit.pk])).status_code == 403
    assert "webapplicatie" in login(cast.cor).get(reverse("accounting-examinations")).content.decode()

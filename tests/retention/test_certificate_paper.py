"""The certificate of destruction on paper: what went, by whom, and of nobody whom it was about."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client

from partners.models import User
from privacy.models import AuditEntry
from privacy.retention import certificate, lists
from tests.commits import committed
from tests.pdf import text_of_pdf
from tests.retention.scene import CANARY, a_full_case, as_person, checked, due, jobs_done, made
from tests.world import Cast, as_

Login = Callable[[User], Client]


def test_the_paper_says_what_the_certificate_says_and_names_no_dossier(cast: Cast, login: Login) -> None:
    case = committed(lambda: a_full_case(cast, f"{CANARY} zong de hele nacht"))
    due(case.dossier_id)
    made_list = checked(cast)
    jobs_done()
    address = f"/privacy/bewaren/lijst/{made_list.pk}/"
    browser = login(cast.beheer)
    assert "?als=pdf" in browser.get(address).content.decode()
    answer = browser.get(f"{address}verklaring/", {"als": "pdf"})
    assert answer["Content-Type"] == "application/pdf"
    assert "attachment" in answer["Content-Disposition"]
    assert answer["Cache-Control"] == "no-store"
    words = " ".join(text_of_pdf(answer.content).split())
    for said in (
        "Verklaring van vernietiging",
        "1 dossier is vernietigd",
        "Woonoverlast",
        "Fatima",
        "Faisal",
        "5 jaar",
    ):
        assert said in words, said
    for hidden in (CANARY, "zong", case.dossier.reference, str(case.dossier_id), "Rosa", "Pieter"):
        assert hidden.encode() not in answer.content
        assert hidden not in words, hidden
    with as_(cast.fatima):
        ended = lists.one_list(made_list.pk)
        assert ended.certificate["ids"] in words.replace(" ", "")
        assert certificate.as_pdf(ended).startswith(b"%PDF")
    taken = AuditEntry.objects.using("maintenance").filter(event="retention.exported", object_pk=str(made_list.pk))
    assert [entry.changes for entry in taken] == [["pdf"]]


def test_without_a_certificate_there_is_no_paper_and_others_get_none(cast: Cast, login: Login) -> None:
    case = committed(lambda: a_full_case(cast))
    due(case.dossier_id)
    waiting = made(cast)
    address = f"/privacy/bewaren/lijst/{waiting.pk}/verklaring/"
    for name, status in (("fatima", 404), ("rosa", 403), ("conny", 403), ("pieter", 403)):
        assert login(cast.people[name]).get(address, {"als": "pdf"}).status_code == status, name
    as_person(cast, "fatima", lambda by: lists.stop(waiting, by=by))

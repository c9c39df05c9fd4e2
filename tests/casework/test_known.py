"""Is this person or address known already? No, or whom to talk to; logged on both sides, and never more than that."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, connections, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from casework import known
from casework.models import KnownMark, Signal, SubjectKind
from casework.queries import known as queries
from casework.services import cases, triage
from casework.values import CaseSubjectInput, PlaceInput, SubjectInput
from partners import profiling
from partners.models import CaseTable, Seat, SecrecyStatement, User
from privacy import exclusions
from privacy.errors import Refused
from privacy.models import ExclusionReason
from privacy.queries import asked_about
from privacy.review import evaluating
from privacy.roles import Role
from privacy.unlock import unlock
from tests.casework.conftest import Browsers, words
from tests.commits import committed
from tests.conftest import Log
from tests.world import Cast, a_case, a_signal, as_, canary, invited

BORN = date(1981, 3, 12)
PLACE = PlaceInput("Lindelaan", "14", "7899 AB", "Proefstad")


@pytest.fixture
def signal(cast: Cast) -> Signal:
    """Piet Voorbeeld, Lindelaan 14, at the table of Rosa and Rachid. Pieter's organisation may use a BSN."""
    return a_signal(cast.pieter, cast.overlast)


def asked(person: User, table: CaseTable, name: str = "", born: date | None = None, **more: Any) -> queries.Answer:
    subject = SubjectInput(SubjectKind.PERSON, name, born, more.pop("bsn", ""))
    question = queries.Question(table.pk, "beoordelen", subject, more.pop("place", PlaceInput()))
    with as_(person) as (by, _):
        return queries.ask(question, by=by)


def piet(cast: Cast, person: User | None = None) -> queries.Answer:
    """Victor, who directs another table, asks about Piet."""
    return asked(person or cast.victor, cast.jeugd, "Piet Voorbeeld", BORN)


@pytest.mark.parametrize(
    "typed",
    [
        {"name": "P. Voorbeeld", "born": BORN},
        {"name": "Piet van Voorbeeld", "born": BORN},
        {"name": "VOORBEELD, Piet", "born": BORN},
        {"name": "Piet Vóórbeeld", "born": BORN},
        {"name": "Piet Voorbeeld", "born": date(1981, 12, 3)},
        {"bsn": "999990019"},
        {"place": PLACE},
        {"place": PlaceInput(number="14", postcode="7899 AB")},
        {"place": PlaceInput("lindelaan", "14", city="Proefstad")},
    ],
    ids=lambda typed: ", ".join(typed),
)
def test_who_is_known_is_answered_with_whom_to_talk_to(cast: Cast, signal: Signal, typed: dict[str, Any]) -> None:
    answer = asked(cast.victor, cast.jeugd, **typed)
    people = (("Rachid Proef", cast.rachid.email), ("Rosa Proef", cast.rosa.email))
    assert answer == queries.Answer((), (queries.Contact("Casustafel woonoverlast", people),))


@pytest.mark.parametrize(
    "typed",
    [
        {"name": "Piet Voorbeeld", "born": date(1981, 3, 13)},
        {"name": "Piet Voorbeelt", "born": BORN},
        {"bsn": "999990020"},
        {"place": PlaceInput("Lindelaan", "16", "7899 AB", "Proefstad")},
        {"place": PlaceInput("Lindelaan", "14A", "7899 AB", "Proefstad")},
        {"place": PlaceInput("Lindelaan", "14", city="Elders")},
    ],
    ids=lambda typed: ", ".join(typed),
)
def test_who_is_not_known_exactly_so_is_a_no(cast: Cast, signal: Signal, typed: dict[str, Any]) -> None:
    assert not asked(cast.victor, cast.jeugd, **typed).known


def test_ij_and_y_are_the_same_letter(cast: Cast) -> None:
    a_signal(cast.wilma, cast.overlast, subjects=(SubjectInput(SubjectKind.PERSON, "Jan Dijkstra", BORN),))
    assert asked(cast.victor, cast.jeugd, "J. Dykstra", BORN).known


def test_a_surname_alone_is_no_question(cast: Cast, signal: Signal) -> None:
    with pytest.raises(Refused):
        asked(cast.victor, cast.jeugd, "Voorbeeld")


def test_a_thousand_dossiers_read_like_one(cast: Cast, signal: Signal) -> None:
    one = piet(cast)
    for _ in range(3):
        a_signal(cast.wilma, cast.overlast)
    a_case(cast.rosa, a_signal(cast.wilma, cast.overlast))
    assert piet(cast) == one


def test_what_the_asker_reads_already_is_a_link(cast: Cast, signal: Signal) -> None:
    own = asked(cast.rosa, cast.overlast, "Piet Voorbeeld", BORN)
    assert [(hit.url_name, hit.pk) for hit in own.own] == [("triage-detail", signal.pk)]
    assert own.elsewhere == ()


@pytest.mark.parametrize("person", ["pieter", "wilma", "greet", "otto", "bram", "carla", "fatima", "beheer", "iris"])
def test_without_the_right_it_is_403_and_no_hint(
    cast: Cast, signal: Signal, browser: Browsers, person: str, log: Log
) -> None:
    page = browser(cast.people[person])
    data = {"from_table": cast.overlast.pk, "purpose": "beoordelen", "bsn": "999990019"}
    for seen in (page.see("known"), page.do("known", **data)):
        assert seen.status_code == 403
        assert "Uw rol geeft geen toegang" in words(seen)
        assert "overleg" not in words(seen).partition("<main")[2]  # in the menu stands Overleggen
    assert log.looks(event="known.asked") == []


def test_nobody_asks_from_a_table_where_he_has_no_seat(cast: Cast, signal: Signal) -> None:
    with pytest.raises(Refused):
        asked(cast.victor, cast.overlast, "Piet Voorbeeld", BORN)
    with as_(cast.victor) as (by, _), pytest.raises(DatabaseError), transaction.atomic():
        queries.record.look("known.asked", by=by)
        queries._hits([b"x"], cast.overlast.pk)


def test_an_ended_seat_asks_nothing_any_more(cast: Cast, signal: Signal) -> None:
    with as_(cast.victor) as (by, _):
        queries.record.look("known.asked", by=by)
        Seat.objects.filter(user=cast.victor).update(ended_at=timezone.now())
        with pytest.raises(DatabaseError), transaction.atomic():
            queries._hits([b"x"], cast.jeugd.pk)
    with pytest.raises(Refused):
        piet(cast)


def test_the_database_answers_nothing_that_is_not_in_the_log(cast: Cast, signal: Signal) -> None:
    nobody = newcomer(cast)
    with as_(nobody), pytest.raises(DatabaseError, match="not in the log"), transaction.atomic():
        queries._hits([known.blind(known.SCOPE, "bsn", "999990019")], cast.jeugd.pk)


def newcomer(cast: Cast) -> User:
    """A procesregisseur who asked nothing yet, whatever other tests did."""
    user = User.objects.create(email=f"{canary('n')}@proefstad.example", name="Nina Proef", organisation=cast.gemeente)
    begun = timezone.now() - timedelta(days=1)
    Seat.objects.create(table=cast.jeugd, user=user, role=Role.PROCESREGISSEUR, valid_from=begun)
    SecrecyStatement.objects.create(table=cast.jeugd, user=user, profile_version="proef")
    return user


def test_who_is_excluded_hears_no_and_can_not_notice(cast: Cast, signal: Signal) -> None:
    never = asked(cast.victor, cast.jeugd, "Niemand Anders", BORN)
    with as_(cast.rosa) as (by, _):
        exclusions.exclude(signal.dossier_id, cast.victor.pk, ExclusionReason.FAMILY, by=by)
    assert piet(cast) == never
    with as_(cast.rosa):
        assert len(asked_about([signal.dossier_id])) == 1, "who directs sees that the excluded person asked"
    with as_(cast.rosa) as (by, _):
        exclusions.exclude(signal.dossier_id, cast.rachid.pk, ExclusionReason.FAMILY, by=by)
    own = asked(cast.rachid, cast.overlast, "Piet Voorbeeld", BORN)
    assert not own.known, "also at one's own table"


def test_a_regisseur_who_is_kept_away_is_nobody_to_talk_to(cast: Cast, signal: Signal) -> None:
    with as_(cast.rosa) as (by, _):
        exclusions.exclude(signal.dossier_id, cast.rachid.pk, ExclusionReason.FAMILY, by=by)
    assert piet(cast).elsewhere == (queries.Contact("Casustafel woonoverlast", (("Rosa Proef", cast.rosa.email),)),)


def test_a_rejected_signal_is_forgotten(cast: Cast, signal: Signal) -> None:
    with as_(cast.rosa) as (by, _):
        unlock([signal.dossier_id], by=by)
        triage.reject(signal, "te_weinig", now=timezone.now(), by=by)
    assert not piet(cast).known


def test_the_marks_are_digests_and_are_destroyed_with_the_content(cast: Cast) -> None:
    signal = committed(lambda: a_signal(cast.pieter, cast.overlast))
    rows = KnownMark.objects.using("maintenance").filter(dossier_id=signal.dossier_id)
    kept = [(mark.kind, bytes(mark.digest)) for mark in rows]
    assert sorted(kind for kind, _ in kept) == ["address", "address", "bsn", "person"]
    assert ("bsn", known.blind(known.SCOPE, "bsn", "999990019")) in kept
    assert all(len(digest) == 16 for _, digest in kept)

    def reject() -> None:
        with as_(cast.rosa) as (by, _):
            unlock([signal.dossier_id], by=by)
            triage.reject(signal, "te_weinig", now=timezone.now(), by=by)

    committed(reject)
    assert not rows.all().exists()


def test_a_closed_case_is_not_answered(cast: Cast, signal: Signal) -> None:
    case = a_case(cast.rosa, signal)
    assert piet(cast).known
    with as_(cast.rosa) as (by, _):
        unlock([case.dossier_id], by=by)
        cases.close(case, "overlast_gestopt", "Het is rustig.", now=timezone.now(), by=by)
    assert not piet(cast).known


def test_a_forwarded_signal_is_known_at_its_new_table(cast: Cast, signal: Signal) -> None:
    with as_(cast.rosa) as (by, _):
        unlock([signal.dossier_id], by=by)
        triage.forward(signal, cast.jeugd, "Gaat over jeugd.", now=timezone.now(), by=by)
    answer = asked(cast.rosa, cast.overlast, "Piet Voorbeeld", BORN)
    assert [contact.table for contact in answer.elsewhere] == ["Casustafel jeugd"]


def test_subjects_of_a_case_are_known_until_they_are_taken_out(cast: Cast, signal: Signal) -> None:
    case = a_case(cast.rosa, signal)
    given = CaseSubjectInput(
        SubjectKind.PERSON, "Truus de Proef", "", date(1990, 5, 6), "Merelhof 9, 7811 AA Proefstad", "999990020"
    )
    ways: list[dict[str, Any]] = [
        {"name": "Truus Proef", "born": date(1990, 5, 6)},
        {"bsn": "999990020"},
        {"place": PlaceInput("Merelhof", "9", city="Proefstad")},
        {"place": PlaceInput(number="9", postcode="7811 AA")},
    ]
    with as_(cast.rosa) as (by, _):
        unlock([case.dossier_id], by=by)
        subject = cases.add_subject(case, given, by=by)
    assert all(asked(cast.victor, cast.jeugd, **way).known for way in ways)
    with as_(cast.rosa) as (by, _):
        unlock([case.dossier_id], by=by)
        cases.remove_subject(case, subject, by=by)
    assert not any(asked(cast.victor, cast.jeugd, **way).known for way in ways)


def test_a_profile_that_never_answers_is_silent(cast: Cast, signal: Signal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "answering", list)
    assert not piet(cast).known


def test_the_profile_says_who_asks(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    with as_(cast.carla) as (by, _):
        assert queries.asking_seats(by=by) == []
        profile = profiling.profiles().newest("gemeentelijk")
        monkeypatch.setattr(profile.known.__class__, "who", ("casusregisseur",))
        assert [seat.role for seat in queries.asking_seats(by=by)] == [Role.CASUSREGISSEUR]


def test_no_covenant_no_question(cast: Cast, signal: Signal) -> None:
    cast.gemeente.covenants.get().organisations.remove(cast.gemeente)
    with pytest.raises(Refused):
        piet(cast)


def test_both_sides_have_it_in_the_log_and_nobody_else_reads_it(cast: Cast, signal: Signal, log: Log) -> None:
    case = a_case(cast.rosa, signal)
    invited(case, cast.rosa, cast.carla, cast.pieter)
    piet(cast)
    mine = log.looks(event="known.asked")
    assert [(e.actor_id, e.changes, e.purpose, e.dossiers) for e in mine] == [
        (cast.victor.pk, ["person"], "een signaal beoordelen, vanuit Casustafel jeugd", [])
    ]
    about = log.looks(event="known.about")
    assert [entry.dossiers for entry in about] == [[signal.dossier_id]]
    assert about[0].timestamp >= mine[0].timestamp
    for person, lines in ((cast.rosa, 1), (cast.rachid, 1), (cast.pieter, 0), (cast.carla, 0), (cast.victor, 0)):
        with as_(person):
            assert len(asked_about([signal.dossier_id, case.dossier_id])) == lines, person.name


def test_who_directs_sees_it_on_the_page_of_the_case_and_of_the_signal(
    cast: Cast, signal: Signal, browser: Browsers
) -> None:
    piet(cast)
    assert "een signaal beoordelen, vanuit Casustafel jeugd" in words(
        browser(cast.rosa).see("triage-detail", signal.pk)
    )
    case = a_case(cast.rosa, signal)
    invited(case, cast.rosa, cast.carla)
    assert "Victor Proef" in words(browser(cast.rosa).see("case-looked", case.pk))
    assert "Victor Proef" not in words(browser(cast.carla).see("case-looked", case.pk))


def test_nothing_typed_is_in_the_log(cast: Cast, signal: Signal, log: Log) -> None:
    asked(cast.victor, cast.jeugd, "Piet Voorbeeld", BORN, bsn="999990019", place=PLACE)
    entries = [str(vars(entry)) for entry in log.looks(event__startswith="known.")]
    assert entries
    for secret in ("Voorbeeld", "1981", "999990019", "Lindelaan", "7899"):
        assert not any(secret in entry for entry in entries)


def shape(sql: str) -> str:
    """A statement without its values."""
    return re.sub(r"SAVEPOINT \S+|'[^']*'|IN \([^)]*\)|(VALUES|SELECT \* FROM UNNEST).*", "…", sql, flags=re.DOTALL)


def test_yes_and_no_take_the_same_queries(cast: Cast, signal: Signal) -> None:
    a_signal(cast.wilma, cast.overlast)
    a_signal(cast.wilma, cast.overlast)
    counts = {}
    for name in ("Piet Voorbeeld", "Niemand Anders"):
        with CaptureQueriesContext(connection) as own, CaptureQueriesContext(connections["audit"]) as apart:
            answer = asked(cast.victor, cast.jeugd, name, BORN)
        counts[answer.known] = [shape(query["sql"]) for query in (*own, *apart)]
    assert counts[True] == counts[False]


def test_asking_too_often_is_refused_with_a_sentence_and_logged(
    cast: Cast, settings: Any, browser: Browsers, log: Log
) -> None:
    settings.KNOWN_PER_HOUR = 2
    page = browser(newcomer(cast))
    data = {"from_table": cast.jeugd.pk, "purpose": "beoordelen", "bsn": "999990020"}
    assert [page.do("known", **data).status_code for _ in range(2)] == [200, 200]
    refused = page.do("known", **data)
    assert refused.status_code == 429
    assert "Probeer het over een uur opnieuw" in words(refused)
    assert "999990020" in words(refused)
    assert [entry.outcome for entry in log.looks(event="known.limited")] == ["refused"]
    settings.KNOWN_PER_HOUR, settings.KNOWN_PER_DAY = 100, 2
    assert "Probeer het morgen opnieuw" in words(page.do("known", **data))


def test_who_guesses_numbers_is_seen_by_the_privacy_officer(cast: Cast, browser: Browsers) -> None:
    nina = newcomer(cast)
    User.objects.filter(pk=nina.pk).update(name=(name := canary("raadt")))
    nina.refresh_from_db()
    for _ in range(3):
        asked(nina, cast.jeugd, bsn="999990020")
    evaluating.evaluate(now=timezone.now())
    inbox = words(browser(cast.fatima).see("privacy-review", regel="R10"))
    row = inbox[: inbox.index(name)].rpartition("<tr")[2]
    assert "Vroeg in 30 dagen 3 keer naar een BSN dat nergens bekend is" in row


def test_the_page_answers_and_keeps_what_was_typed(cast: Cast, signal: Signal, browser: Browsers) -> None:
    page = browser(cast.victor)
    data = {"purpose": "afstemmen", "name": "Piet Voorbeeld", "birth_date": "12-3-1981", "from_table": cast.jeugd.pk}
    yes = page.do("known", **data)
    assert yes.status_code == 200
    assert "Ja, overleg met de regisseur van Casustafel woonoverlast." in words(yes)
    assert cast.rosa.email in words(yes)
    assert signal.dossier.reference not in words(yes)
    no = page.do("known", **data | {"name": "Niemand Anders"})
    assert "Nee" in words(no)
    assert "overleg met de regisseur" not in words(no)
    assert "Niemand Anders" in words(no)
    wrong = page.do("known", **data | {"birth_date": ""})
    assert wrong.status_code == 422
    assert "naam met geboortedatum" in words(wrong)


def test_a_signal_fills_in_the_form_and_asks_nothing(cast: Cast, signal: Signal, browser: Browsers, log: Log) -> None:
    filled = browser(cast.rosa).see("known-of-signal", signal.pk)
    assert all(text in words(filled) for text in ("Piet Voorbeeld", "12-03-1981", "999990019", "Lindelaan"))
    assert log.looks(event="known.asked") == []
    assert browser(cast.victor).see("known-of-signal", signal.pk).status_code == 404


def test_of_a_rejected_signal_nothing_is_left_to_fill_in(cast: Cast, signal: Signal, browser: Browsers) -> None:
    with as_(cast.rosa) as (by, _):
        unlock([signal.dossier_id], by=by)
        triage.reject(signal, "te_weinig", now=timezone.now(), by=by)
    empty = browser(cast.rosa).see("known-of-signal", signal.pk)
    assert empty.status_code == 200
    assert "Lindelaan" not in words(empty)

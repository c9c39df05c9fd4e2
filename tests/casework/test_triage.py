"""Judging signals: the queue, what looks alike, the five outcomes, and who may not."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from casework.attaching import take_in
from casework.models import (
    Case,
    CaseAdmission,
    CaseSignal,
    Severity,
    Signal,
    SignalStatus,
    SubjectKind,
    Tally,
    TriageDecision,
)
from casework.queries import triage as queries
from casework.services import cases, signals, triage
from casework.theming import active_theme
from casework.values import CaseInput, PlaceInput, SignalInput, SubjectInput
from partners.models import CaseTable, Covenant, Seat, SecrecyStatement
from privacy.access import open_one, visible
from privacy.errors import Refused
from privacy.models import Compartment, Grant
from privacy.roles import Role
from privacy.unlock import unlock
from tests.casework.conftest import Browser, Browsers, words
from tests.commits import committed
from tests.walls.helpers import dossier_models
from tests.world import CRITERIA, Cast, a_case, a_signal, as_, canary, confidential, item

THEME = active_theme("woonoverlast")
WHERE = {"place": PlaceInput(street="Beukenhof", number="3", postcode="7899 CD", city="Proefstad")}
WHO = {"subjects": (SubjectInput(SubjectKind.PERSON, "Truus Toneel"),)}
NOBODY = {"subjects": (SubjectInput(SubjectKind.UNKNOWN),)}


def answered(**more: Any) -> dict[str, Any]:
    """The form of opening a case, rightly filled in."""
    yes = {f"met_{criterion.key}": "ja" for criterion in THEME.criteria}
    return {"short_name": "Beukenhof 3", "summary": "Overlast.", **yes, **more}


@pytest.fixture
def rosa(cast: Cast, browser: Browsers) -> Browser:
    return browser(cast.rosa)


def queue_of(browser: Browser, *mine: Signal, **query: str) -> list[str]:
    """References of these signals in the order of the inbox."""
    own = {signal.dossier.reference for signal in mine}
    return [row.reference for row in browser.see("triage-inbox", **query).context["queue"].rows if row.reference in own]


def read(signal: Signal, person: Any) -> Signal:
    """The signal as it is now."""
    with as_(person) as (by, _):
        return visible(Signal, by=by).select_related("dossier").get(pk=signal.pk)


# --- the inbox -----------------------------------------------------------------------------------


def test_acute_stands_on_top_and_then_the_oldest(cast: Cast, rosa: Browser) -> None:
    now = timezone.now()
    with time_machine.travel(now - timedelta(days=3), tick=False):
        older = a_signal(cast.wilma, cast.overlast, severity=Severity.LOW)
    with time_machine.travel(now - timedelta(days=2), tick=False):
        high = a_signal(cast.pieter, cast.overlast, severity=Severity.HIGH)
    with time_machine.travel(now - timedelta(days=1), tick=False):
        acute = a_signal(cast.greet, cast.overlast, severity=Severity.ACUTE)
    newest = a_signal(cast.wilma, cast.overlast, severity=Severity.ACUTE)
    expected = [signal.dossier.reference for signal in (acute, newest, older, high)]
    assert queue_of(rosa, older, high, acute, newest) == expected


def test_an_acute_signal_stands_on_top_however_many_older_ones_wait(
    cast: Cast, rosa: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "PAGE", 1)
    for _ in range(5):
        a_signal(cast.wilma, cast.overlast, severity=Severity.LOW)
    acute = a_signal(cast.wilma, cast.overlast, severity=Severity.ACUTE)
    page = rosa.see("triage-inbox")
    assert [row.reference for row in page.context["queue"].rows] == [acute.dossier.reference]
    assert "er zijn er meer" in words(page)


def test_the_inbox_is_narrowed_by_state_and_by_table(cast: Cast, browser: Browsers, rosa: Browser) -> None:
    new, asked = a_signal(cast.wilma, cast.overlast), a_signal(cast.wilma, cast.overlast)
    elsewhere = a_signal(cast.wilma, cast.jeugd)
    assert rosa.do("triage-ask", asked.pk, question="Hoe vaak?").status_code == 302
    assert queue_of(rosa, new, asked, elsewhere, stand="new") == [new.dossier.reference]
    assert queue_of(rosa, new, asked, elsewhere, stand="asked") == [asked.dossier.reference]
    assert len(queue_of(rosa, new, asked, elsewhere, stand="rejected")) == 2  # no such filter: everything that waits
    assert len(queue_of(rosa, new, asked, elsewhere, tafel=str(cast.overlast.pk))) == 2
    for odd in (str(cast.jeugd.pk), "onzin"):
        assert elsewhere.dossier.reference not in queue_of(rosa, new, asked, elsewhere, tafel=odd)
    assert queue_of(browser(cast.victor), new, asked, elsewhere) == [elsewhere.dossier.reference]


def test_who_directs_two_tables_sees_both_and_one_at_a_time(cast: Cast, rosa: Browser) -> None:
    seated(cast, cast.rosa, cast.jeugd)
    here, there = a_signal(cast.wilma, cast.overlast), a_signal(cast.wilma, cast.jeugd)
    assert len(queue_of(rosa, here, there)) == 2
    assert queue_of(rosa, here, there, tafel=str(cast.jeugd.pk)) == [there.dossier.reference]


def seated(cast: Cast, person: Any, table: CaseTable) -> None:
    """One more seat of procesregisseur, with its statement signed."""
    begun = timezone.now() - timedelta(days=1)
    Seat.objects.create(table=table, user=person, role=Role.PROCESREGISSEUR, valid_from=begun)
    SecrecyStatement.objects.create(table=table, user=person, profile_version="proef")


@pytest.mark.parametrize("who", ["wilma", "carla", "bram", "fatima", "beheer", "victor", "otto"])
def test_who_does_not_direct_the_table_judges_nothing(who: str, cast: Cast, browser: Browsers) -> None:
    signal = a_signal(cast.pieter, cast.overlast, item("Alleen voor de tafel."))
    stranger = browser(cast.people[who])
    for name in ("triage-detail", "triage-ask", "triage-reject", "triage-forward", "triage-add", "triage-open"):
        answer = stranger.see(name, signal.pk)
        assert answer.status_code in (403, 404)
        assert "Alleen voor de tafel." not in words(answer)
    assert stranger.do("triage-reject", signal.pk, reason="te_weinig", sure="on").status_code in (403, 404)
    assert read(signal, cast.rosa).status == SignalStatus.NEW


def test_the_reporter_directs_not_even_the_own_signal(cast: Cast, browser: Browsers) -> None:
    signal = a_signal(cast.wilma, cast.overlast)
    answer = browser(cast.wilma).do("triage-open", signal.pk, **answered())
    assert answer.status_code == 403


# --- what looks alike ---------------------------------------------------------------------------


def alike(browser: Browser, signal: Signal) -> dict[str, tuple[str, ...]]:
    """References that look like this signal, with the reasons."""
    return {hit.reference: hit.reasons for hit in browser.see("triage-detail", signal.pk).context["judging"].alike}


def test_the_same_address_and_the_same_subject_are_found_at_this_table_only(cast: Cast, rosa: Browser) -> None:
    signal = a_signal(cast.wilma, cast.overlast, **WHERE, **WHO)
    address = a_signal(cast.pieter, cast.overlast, place=PlaceInput("beukenhof", "3", "7899 CD"), **NOBODY)
    subject = a_signal(cast.greet, cast.overlast, place=PlaceInput("Elders", "1", "7899 ZZ"), **WHO)
    both = a_signal(cast.wilma, cast.overlast, **WHERE, **WHO)
    a_signal(cast.wilma, cast.overlast, place=PlaceInput("Beukenhof", "3a", "7899 CD"), **NOBODY)
    a_signal(cast.wilma, cast.jeugd, **WHERE, **WHO)
    found = alike(rosa, signal)
    assert found == {
        both.dossier.reference: ("zelfde adres", "zelfde naam"),
        address.dossier.reference: ("zelfde adres",),
        subject.dossier.reference: ("zelfde naam",),
    }
    assert next(iter(found)) == both.dossier.reference


def test_the_same_person_is_found_by_bsn_whatever_the_name(cast: Cast, rosa: Browser) -> None:
    def of(name: str, bsn: str, number: str) -> Signal:
        subjects = (SubjectInput(SubjectKind.PERSON, name, None, bsn),)
        return a_signal(cast.pieter, cast.overlast, place=PlaceInput("Dreef", number, "7899 XX"), subjects=subjects)

    one, two = of("Jan Eerste", "999990020", "1"), of("J. Tweede", "999990020", "2")
    assert alike(rosa, one) == {two.dossier.reference: ("zelfde persoon (BSN)",)}


def test_a_like_signal_that_is_in_a_case_names_that_case(cast: Cast, rosa: Browser) -> None:
    signal, bundled = (a_signal(cast.wilma, cast.overlast, **WHERE, **NOBODY) for _ in range(2))
    case = a_case(cast.rosa, bundled, short_name="Beukenhof 3")
    page = words(rosa.see("triage-detail", signal.pk))
    assert f"{case.dossier.reference} Beukenhof 3" in page
    assert bundled.dossier.reference not in [
        label for _, label in rosa.see("triage-open", signal.pk).context["form"].fields.get("signals", _None()).choices
    ]


class _None:
    choices: tuple[tuple[str, str], ...] = ()


def test_a_rejected_signal_looks_like_nothing_any_more(cast: Cast, rosa: Browser) -> None:
    signal, gone = (a_signal(cast.wilma, cast.overlast, **WHERE, **NOBODY) for _ in range(2))
    assert alike(rosa, signal)
    rosa.do("triage-reject", gone.pk, reason="dubbel", sure="on")
    assert alike(rosa, signal) == {}


# --- asking ---------------------------------------------------------------------------------------


def test_a_question_goes_to_the_reporter_and_the_answer_comes_back(
    cast: Cast, browser: Browsers, rosa: Browser
) -> None:
    signal = a_signal(cast.wilma, cast.overlast)
    assert rosa.do("triage-ask", signal.pk, question="").status_code == 422
    assert rosa.do("triage-ask", signal.pk, question="Hoe vaak?").status_code == 302
    assert read(signal, cast.rosa).status == SignalStatus.ASKED
    wilma = browser(cast.wilma)
    assert "Hoe vaak?" in words(wilma.see("signal-detail", signal.pk))
    assert wilma.do("signal-answer", signal.pk, text="Elke nacht.").status_code == 302
    assert read(signal, cast.rosa).status == SignalStatus.NEW
    assert "Elke nacht." in words(rosa.see("triage-detail", signal.pk))
    assert rosa.do("triage-ask", signal.pk, question="Ook overdag?").status_code == 302


def test_of_a_signal_that_was_read_in_nobody_can_be_asked(cast: Cast, rosa: Browser) -> None:
    given = SignalInput(cast.overlast.pk, cast.corporatie.pk, "Onbekend", (item(),))
    with as_(cast.iris) as (by, _):
        signal = signals.submit(given, own=False, now=timezone.now(), by=by)
    answer = rosa.do("triage-ask", signal.pk, question="Hoe vaak?")
    assert answer.status_code == 409
    assert "er is geen melder die kan antwoorden" in words(answer)
    assert "Hoe vaak?" in words(answer)


# --- rejecting --------------------------------------------------------------------------------------


def test_rejecting_needs_a_reason_and_certainty(cast: Cast, rosa: Browser) -> None:
    signal = a_signal(cast.wilma, cast.overlast)
    for given, sentence in (
        ({"sure": "on"}, "Kies een reden."),
        ({"reason": "zomaar", "sure": "on"}, "Kies een reden."),
        ({"reason": "te_weinig"}, "Zet een vinkje als u zeker weet dat de inhoud weg mag."),
    ):
        answer = rosa.do("triage-reject", signal.pk, **given)
        assert answer.status_code == 422
        assert sentence in words(answer)
    assert read(signal, cast.rosa).status == SignalStatus.NEW


def test_of_a_rejected_signal_only_the_outcome_and_a_count_remain(cast: Cast) -> None:
    """Committed, and read by the role that no policy binds: what is gone is really gone."""
    secret = canary("afgewezen")
    signal = committed(
        lambda: a_signal(
            cast.petra,
            cast.overlast,
            item(secret, files=(take_in(f"{secret}.txt", secret.encode()),)),
            confidential(secret),
            neighbourhood="Oosterpark",
        )
    )

    def counted() -> int:
        rows = Tally.objects.using("maintenance").filter(table=cast.overlast.pk, outcome_code="te_weinig")
        return sum(rows.values_list("counted", flat=True))

    def left() -> dict[str, int]:
        rows = {m.__name__: m.objects.using("maintenance").filter(dossier=signal.dossier_id) for m in dossier_models()}
        return {name: found.count() for name, found in rows.items() if found.exists()}

    def reject() -> None:
        with as_(cast.rosa) as (by, _):
            triage.reject(open_one(Signal, signal.pk, by=by), "te_weinig", now=timezone.now(), by=by)

    before = counted()
    wanted = {model.__name__ for model in triage.CONTENT} - {"SignalMessage", "TriageDecision"}
    assert set(left()) >= wanted | {"Attachment", "AttachmentChunk"}
    assert Compartment.objects.using("maintenance").filter(dossier=signal.dossier_id).count() == 4
    committed(reject)
    assert left() == {"Signal": 1}
    assert [c.kind for c in Compartment.objects.using("maintenance").filter(dossier=signal.dossier_id)] == ["cover"]
    assert counted() == before + 1
    rest = Signal.objects.using("maintenance").get(pk=signal.pk)
    assert (rest.severity, rest.neighbourhood, rest.observed_on) == ("", "", None)
    grants = Grant.objects.using("maintenance").filter(content_object=signal.dossier_id, revoked_at__isnull=True)
    assert {grant.part for grant in grants} == {"cover"}


def test_the_list_of_what_a_rejected_signal_loses_misses_no_table() -> None:
    parts = {m for m in dossier_models() if m.__name__.startswith(("Signal", "Triage"))}
    assert parts - {Signal} - set(triage.CONTENT) == {m for m in parts if m.__name__ == "SignalDraft"}


def test_the_reporter_of_a_rejected_signal_reads_the_reason(cast: Cast, browser: Browsers, rosa: Browser) -> None:
    signal = a_signal(cast.wilma, cast.overlast, item("Wat er stond."))
    assert rosa.do("triage-reject", signal.pk, reason="eerst_zelf", sure="on").status_code == 302
    page = browser(cast.wilma).see("signal-detail", signal.pk)
    assert THEME.label_of(THEME.reject_reasons, "eerst_zelf") in words(page)
    assert "Wat er stond." not in words(page)
    assert rosa.see("triage-detail", signal.pk).status_code == 200
    assert signal.dossier.reference not in queue_of(rosa, signal)


# --- forwarding -------------------------------------------------------------------------------------


def test_a_forwarded_signal_changes_hands_and_the_reporter_keeps_following(
    cast: Cast, browser: Browsers, rosa: Browser
) -> None:
    signal = a_signal(cast.wilma, cast.overlast, item("Jongeren op het plein."), confidential("Bron."), **WHERE)
    here, there = a_signal(cast.wilma, cast.overlast, **WHERE), a_signal(cast.pieter, cast.jeugd, **WHERE)
    victor, rachid, wilma = browser(cast.victor), browser(cast.rachid), browser(cast.wilma)
    assert victor.see("triage-detail", signal.pk).status_code == 404
    assert rosa.do("triage-forward", signal.pk, table=str(cast.jeugd.pk), reason="").status_code == 422
    sent = rosa.do("triage-forward", signal.pk, table=str(cast.jeugd.pk), reason="Het gaat om de jongeren.")
    assert sent.status_code == 302
    for old in (rosa, rachid):
        assert old.see("triage-detail", signal.pk).status_code == 404
        assert queue_of(old, signal) == []
    page = words(victor.see("triage-detail", signal.pk))
    for text in ("Jongeren op het plein.", "Bron.", cast.wilma.name):
        assert text in page
    assert there.dossier.reference in alike(victor, signal)
    assert here.dossier.reference not in alike(victor, signal)
    assert signal.dossier.reference not in alike(rosa, here)
    followed = wilma.see("signal-detail", signal.pk)
    assert "Jongeren op het plein." in words(followed)
    assert signal.dossier.reference in words(wilma.see("signal-list"))
    assert victor.do("triage-ask", signal.pk, question="Hoe oud?").status_code == 302
    assert "Hoe oud?" in words(wilma.see("signal-detail", signal.pk))


def test_a_signal_goes_only_to_a_table_for_which_the_source_has_a_covenant(cast: Cast, rosa: Browser) -> None:
    covenant = Covenant.objects.get(name="Convenant Proefstad")
    covenant.themes = ["woonoverlast"]
    covenant.save()
    signal = a_signal(cast.wilma, cast.overlast)
    answer = rosa.do("triage-forward", signal.pk, table=str(cast.jeugd.pk), reason="Hoort daar.")
    assert answer.status_code == 409
    assert "valt niet onder een geldig convenant voor Casustafel jeugd" in words(answer)
    assert "Hoort daar." in words(answer)
    assert read(signal, cast.rosa).table_id == cast.overlast.pk
    own = rosa.do("triage-forward", signal.pk, table=str(cast.overlast.pk), reason="Naar onszelf.")
    assert own.status_code == 422


def test_a_forwarded_signal_is_kept_no_longer_than_its_new_table_allows(
    cast: Cast, rosa: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    shorter = replace(active_theme("jonge_aanwas"), retention_years=1)
    monkeypatch.setattr(triage, "active_theme", lambda code: shorter)
    signal = a_signal(cast.wilma, cast.overlast)
    before = signal.dossier.retain_until
    rosa.do("triage-forward", signal.pk, table=str(cast.jeugd.pk), reason="Het gaat om de jongeren.")
    assert before is not None
    assert read(signal, cast.victor).dossier.retain_until == before.replace(year=before.year - 4)


@pytest.mark.parametrize("who", ["rosa", "rachid"])
def test_whichever_regisseur_forwards_none_of_the_old_table_keeps_access(
    who: str, cast: Cast, browser: Browsers
) -> None:
    signal = a_signal(cast.wilma, cast.overlast)
    sent = browser(cast.people[who]).do("triage-forward", signal.pk, table=str(cast.jeugd.pk), reason="Hoort daar.")
    assert sent.status_code == 302
    for old in (cast.rosa, cast.rachid):
        with as_(old) as (by, _):
            assert [m for m in dossier_models() if visible(m, by=by).filter(dossier=signal.dossier_id).exists()] == []


# --- opening and adding -----------------------------------------------------------------------------


def test_a_case_is_opened_on_three_signals(cast: Cast, browser: Browsers, rosa: Browser) -> None:
    three = [a_signal(who, cast.overlast, **WHERE) for who in (cast.wilma, cast.pieter, cast.greet)]
    ticked = [str(signal.pk) for signal in three[1:]]
    answer = rosa.do("triage-open", three[0].pk, **answered(signals=ticked))
    assert answer.status_code == 302
    assert "De casus is geopend. Nodig nu partners uit." in words(rosa.client.get(answer.url))
    with as_(cast.rosa) as (by, _):
        case = visible(Case, by=by).get(pk=answer.url.split("/")[-3])
        links = visible(CaseSignal, by=by).filter(case=case)
        assert set(links.values_list("signal_dossier", flat=True)) == {signal.dossier_id for signal in three}
        unlock([case.dossier_id], by=by)
        admission = CaseAdmission.objects.get(case=case)
        assert [answer["key"] for answer in admission.criteria] == [c.key for c in THEME.criteria]
    assert {read(signal, cast.rosa).status for signal in three} == {SignalStatus.BUNDLED}
    assert "Opgepakt" in words(browser(cast.greet).see("signal-list"))
    assert queue_of(rosa, *three) == []


def test_a_criterion_that_is_not_met_needs_a_reason(cast: Cast, rosa: Browser) -> None:
    signal = a_signal(cast.wilma, cast.overlast)
    key = THEME.criteria[1].key
    answer = rosa.do("triage-open", signal.pk, **answered(**{f"met_{key}": "nee"}))
    assert answer.status_code == 422
    assert "Schrijf op waarom het toch een casus wordt." in words(answer)
    assert 'value="Beukenhof 3"' in words(answer)
    missing = {name: value for name, value in answered().items() if name != f"met_{key}"}
    answer = rosa.do("triage-open", signal.pk, **missing)
    assert f"Kies ja of nee: {THEME.criteria[1].question}" in words(answer)
    why = {f"met_{key}": "nee", f"why_{key}": "Maar het is dringend."}
    opened = rosa.do("triage-open", signal.pk, **answered(**why))
    assert opened.status_code == 302
    with as_(cast.rosa) as (by, _):
        unlock([signal.dossier_id], by=by)
        [decision] = TriageDecision.objects.filter(signal=signal)
        assert {"key": key, "met": False, "reason": "Maar het is dringend."} in decision.criteria


def test_a_case_needs_a_short_name(cast: Cast, rosa: Browser) -> None:
    signal = a_signal(cast.wilma, cast.overlast)
    answer = rosa.do("triage-open", signal.pk, **answered(short_name=""))
    assert answer.status_code == 422
    assert "Geef de casus een korte naam." in words(answer)
    assert "Overlast." in words(answer)


@pytest.mark.parametrize("which", ["of another table", "that does not look alike", "in a case", "onzin"])
def test_only_signals_that_were_offered_can_be_bundled(which: str, cast: Cast, rosa: Browser) -> None:
    signal = a_signal(cast.wilma, cast.overlast, **WHERE, **NOBODY)
    other = {
        "of another table": lambda: a_signal(cast.wilma, cast.jeugd, **WHERE, **NOBODY),
        "that does not look alike": lambda: a_signal(cast.wilma, cast.overlast, place=PlaceInput("Ver", "1"), **NOBODY),
        "in a case": lambda: a_signal(cast.wilma, cast.overlast, **WHERE, **NOBODY),
    }.get(which)
    tampered = other() if other else None
    if which == "in a case":
        a_case(cast.rosa, tampered)
    if other:
        a_signal(cast.wilma, cast.overlast, **WHERE, **NOBODY)  # one that is offered, so that the field is there
    pk = str(tampered.pk) if tampered else "onzin"
    answer = rosa.do("triage-open", signal.pk, **answered(signals=[pk]))
    with as_(cast.rosa) as (by, _):
        if tampered and answer.status_code == 302:
            links = visible(CaseSignal, by=by).filter(case=answer.url.split("/")[-3])
            assert tampered.dossier_id not in links.values_list("signal_dossier", flat=True)
    if other:
        assert answer.status_code == 422
        assert read(signal, cast.rosa).status == SignalStatus.NEW


def test_signals_of_two_tables_make_no_case_even_for_who_directs_both(cast: Cast) -> None:
    seated(cast, cast.rosa, cast.jeugd)
    here, there = a_signal(cast.wilma, cast.overlast), a_signal(cast.wilma, cast.jeugd)
    with pytest.raises(Refused, match="Alle signalen moeten bij dezelfde tafel liggen"):
        a_case(cast.rosa, here, there)
    case = a_case(cast.rosa, here)
    with pytest.raises(Refused, match="De casus ligt bij een andere tafel"), as_(cast.rosa) as (by, _):
        unlock([case.dossier_id, there.dossier_id], by=by)
        cases.add_signal(case, there, (), now=timezone.now(), by=by)


def test_a_case_needs_a_signal(cast: Cast) -> None:
    with pytest.raises(Refused, match="Kies ten minste één signaal"), as_(cast.rosa) as (by, _):
        cases.open_from_signals([], CaseInput("Leeg", "", CRITERIA), now=timezone.now(), by=by)


def test_a_signal_is_added_to_an_open_case_of_this_table(cast: Cast, rosa: Browser) -> None:
    case = a_case(cast.rosa, a_signal(cast.pieter, cast.overlast))
    closed = a_case(cast.rosa, a_signal(cast.pieter, cast.overlast))
    with as_(cast.rosa) as (by, _):
        unlock([closed.dossier_id], by=by)
        cases.close(closed, THEME.close_outcomes[0].code, "Gestopt.", now=timezone.now(), by=by)
    signal = a_signal(cast.wilma, cast.overlast)
    assert rosa.do("triage-add", signal.pk, case="").status_code == 422
    assert rosa.do("triage-add", signal.pk, case=str(closed.pk)).status_code == 422
    assert rosa.do("triage-add", signal.pk, case=str(case.pk)).status_code == 302
    assert read(signal, cast.rosa).status == SignalStatus.BUNDLED
    assert signal.dossier.reference in words(rosa.see("case-signals", case.pk))


# --- two regisseurs at once -----------------------------------------------------------------------------

LATE: list[tuple[str, dict[str, Any], str]] = [
    ("triage-ask", {"question": "Wat ik al had getypt."}, "Wat ik al had getypt."),
    ("triage-forward", {"reason": "Wat ik al had getypt.", "table": "jeugd"}, "Wat ik al had getypt."),
    ("triage-open", answered(short_name="Mijn naam ervoor"), "Mijn naam ervoor"),
    ("triage-reject", {"reason": "te_weinig", "sure": "on"}, 'value="te_weinig"'),
]


@pytest.mark.parametrize(("outcome", "given", "kept"), LATE, ids=[name for name, *_ in LATE])
@pytest.mark.parametrize("first", ["opened", "rejected"])
def test_who_is_second_reads_that_a_colleague_was_first_and_keeps_what_was_typed(
    first: str, outcome: str, given: dict[str, Any], kept: str, cast: Cast, rosa: Browser, browser: Browsers
) -> None:
    signal = a_signal(cast.wilma, cast.overlast)
    rachid = browser(cast.rachid)
    assert rachid.see(outcome, signal.pk).status_code == 200
    if first == "opened":
        assert rosa.do("triage-open", signal.pk, **answered()).status_code == 302
    else:
        assert rosa.do("triage-reject", signal.pk, reason="dubbel", sure="on").status_code == 302
    given = {name: str(cast.jeugd.pk) if value == "jeugd" else value for name, value in given.items()}
    answer = rachid.do(outcome, signal.pk, **given)
    assert answer.status_code == 409
    assert "Misschien was een collega u voor." in words(answer)
    assert kept in words(answer)


def test_who_opens_the_page_late_reads_that_it_was_judged(cast: Cast, rosa: Browser, browser: Browsers) -> None:
    signal = a_signal(cast.wilma, cast.overlast)
    rosa.do("triage-reject", signal.pk, reason="dubbel", sure="on")
    rachid = browser(cast.rachid)
    for name in ("triage-detail", "triage-ask", "triage-open", "triage-reject", "triage-forward", "triage-add"):
        answer = rachid.see(name, signal.pk)
        assert answer.status_code == 200
        assert "Dit signaal is al afgewezen." in words(answer)


@pytest.mark.parametrize("first", ["rejected", "forwarded"])
def test_of_two_at_the_very_same_moment_the_second_is_refused_in_words(first: str, cast: Cast) -> None:
    """The page was opened before, the deed comes after: what the view checked is no longer so."""
    signal = a_signal(cast.wilma, cast.overlast)
    with as_(cast.rosa) as (by, _):
        mine = open_one(Signal, signal.pk, by=by)
        if first == "rejected":
            triage.reject(mine, "dubbel", now=timezone.now(), by=by)
        else:
            triage.forward(mine, cast.jeugd, "Hoort daar.", now=timezone.now(), by=by)
    with pytest.raises(Refused, match="collega"), as_(cast.rachid) as (by, _):
        triage.ask(signal, "Hoe vaak?", now=timezone.now(), by=by)

"""Erasure: the source decides of each passage, the contact point carries out, and nothing of the text is left."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.utils import timezone

from casework.attaching import CleanFile, take_in
from casework.models import (
    Audience,
    Contribution,
    ItemKind,
    RightsErasure,
    RightsPassage,
    RightsRequest,
    SignalItem,
)
from casework.services import contributions
from casework.services.rights import erasing, releasing, saying
from casework.services.rights.answering import AnswerInput, answer
from casework.values import ContributionInput
from partners.models import User
from privacy.audit import record
from privacy.encryption.keyring import keyring
from privacy.errors import LockedValue, Refused
from privacy.models import Dossier
from privacy.retention import holds
from privacy.unlock import unlock
from privacy.upkeep.opening import open_parts, opened_rows, parts_of
from tests.commits import _superuser, committed
from tests.conftest import Log
from tests.pdf import text_of_pdf
from tests.rights.scene import Home, a_home, collected, registered
from tests.rights.test_person import replied
from tests.world import Cast, as_, canary

WHY = "Wij zijn dit wettelijk verplicht te bewaren."


def asked(cast: Cast) -> RightsRequest:
    """The mother wants it erased; Conny found it, copied it and asked the sources."""
    return collected(cast, registered(cast, kind="wissing", wish="Ik wil dit weg."))


def passage_of(request: RightsRequest, text: str) -> RightsPassage:
    rows = RightsPassage.objects.filter(request=request).select_related("question")
    return next(row for row in rows if text in (row.text or ""))


def decided(
    cast: Cast, request: RightsRequest, person: User, text: str, decision: str = "erase",
    ground: str = "avg_17_1_a", reason: str = "",
) -> RightsPassage:  # fmt: skip
    with as_(person) as (by, _):
        unlock([request.dossier_id], by=by)
        row = passage_of(request, text)
        erasing.decide(row, decision, ground, reason, now=timezone.now(), by=by)
        return row


def kept_rest(cast: Cast, request: RightsRequest) -> None:
    """Each source lets stay what it said nothing of yet."""
    for person in (cast.wilma, cast.pieter, cast.rosa, cast.carla):
        with as_(person) as (by, _):
            unlock([request.dossier_id], by=by)
            for row in RightsPassage.objects.filter(request=request, organisation=by.home, erasure=None):
                erasing.decide(row, "keep", "avg_17_3_b", WHY, now=timezone.now(), by=by)


def carried_out(cast: Cast, request: RightsRequest, passage: RightsPassage) -> bool:
    with as_(cast.conny) as (by, _):
        unlock([request.dossier_id], by=by)
        row = RightsPassage.objects.select_related("request").get(pk=passage.pk)
        return erasing.carry_out(row, by=by)


def lettered(cast: Cast, request: RightsRequest) -> str:
    with as_(cast.conny) as (by, _):
        unlock([request.dossier_id], by=by)
        made = releasing.release(request, "", None, now=timezone.now(), today=timezone.localdate(), by=by)
        return text_of_pdf(made.letter)


def stands(cast: Cast, home: Home, text: str) -> bool:
    with as_(cast.rosa) as (by, _):
        unlock([home.case.dossier_id], by=by)
        return any(text in row.text for row in Contribution.objects.filter(case=home.case))


def test_from_the_request_to_the_letter_on_its_pages(cast: Cast, login: Callable[..., Client], log: Log) -> None:
    home = a_home(cast)
    police, request = home.hers[2], asked(cast)
    with as_(cast.pieter) as (by, _):
        unlock([request.dossier_id], by=by)
        row = passage_of(request, police)
    source, desk = login(cast.pieter), login(cast.conny)
    question = source.get(f"/verzoeken/bron/{row.question_id}/").content.decode()
    assert "Moet dit worden gewist?" in question
    assert "mag mee" not in question
    page = f"/verzoeken/bron/{row.question_id}/{row.pk}/wissen/"
    assert page in question
    assert police in source.get(page).content.decode()
    wrong = source.post(page, {"decision": "erase", "ground": "avg_17_3_b", "reason": "Want zo is het."})
    assert wrong.status_code == 409
    assert "Want zo is het." in wrong.content.decode()
    given = {"decision": "erase", "ground": "avg_17_1_a", "reason": ""}
    assert source.post(page, given).status_code == 302
    assert "al besloten" in source.post(page, given).content.decode()
    kept_rest(cast, request)
    shown = desk.get(f"/verzoeken/{request.pk}/").content.decode()
    wipe = f"/verzoeken/{request.pk}/passage/{row.pk}/wis/"
    assert wipe in shown
    assert "nog 1 passages" in desk.get(f"/verzoeken/{request.pk}/besluit/").content.decode()
    assert "De tekst is gewist" in desk.post(wipe, follow=True).content.decode()
    assert "al gewist" in desk.post(wipe, follow=True).content.decode()
    assert [len(log.changes(event=f"rights.{one}")) for one in ("erased", "erase_held")] == [1, 0]
    assert log.changes(event="rights.erase_decided")
    assert log.looks(event="rights.erasing")
    letter = lettered(cast, request)
    assert "Wij hebben 1 van de" in letter
    assert "artikel 17, lid 1, onder a" in letter
    assert "artikel 17, lid 3, onder b" in letter
    assert WHY in letter.replace("\n", " ")
    assert police not in letter
    case = login(cast.rosa).get(f"/casussen/{home.case.pk}/inbreng/").content.decode()
    assert "Gewist op verzoek op" in case
    assert police not in case
    assert home.hers[1] in case


def everywhere(word: str) -> list[str]:
    """Where this word stands, as a superuser with every key reads it."""
    with keyring() as ring:
        every = list(Dossier.objects.using("maintenance").values_list("pk", flat=True))
        open_parts(parts_of(every), ring)
        found = [
            row._meta.label
            for row, plain in opened_rows(every)
            if any(word in str(value) or word.encode() in _bytes(value) for value in plain.values())
        ]
    tables = _superuser().execute("SELECT oid::regclass::text FROM pg_class WHERE relkind = 'r' AND relnamespace = "
                                  "'public'::regnamespace").fetchall()  # fmt: skip
    for (table,) in tables:
        query = f"SELECT 1 FROM {table} t WHERE t::text LIKE %s OR t::text LIKE %s LIMIT 1"  # noqa: S608
        if _superuser().execute(query, [f"%{word}%", f"%{word.encode().hex()}%"]).fetchone():  # type: ignore[arg-type]
            found.append(table)
    return found


def _bytes(value: object) -> bytes:
    return value if isinstance(value, bytes) else b""


def _corrected(cast: Cast, home: Home, text: str, *files: CleanFile) -> None:
    with as_(cast.pieter) as (by, _):
        unlock([home.case.dossier_id], by=by)
        old = Contribution.objects.get(organisation=cast.politie, corrected_at=None)
        given = ContributionInput(
            audience=Audience.TABLE, category=old.category, kind=ItemKind.FACT, ground=old.ground, text=text,
            files=files, origin=text,
        )  # fmt: skip
        contributions.correct(old, given, now=timezone.now(), by=by)


def test_nothing_of_it_is_left_in_any_table(cast: Cast) -> None:
    word = canary("gewist")

    def before() -> tuple[RightsRequest, RightsPassage]:
        home = a_home(cast)
        _corrected(cast, home, f"Eerst dit, {word}.")
        rectify = collected(cast, registered(cast, kind="rectificatie"))
        with as_(cast.conny) as (by, _):
            unlock([rectify.dossier_id], by=by)
            saying.say(passage_of(rectify, word), f"Dat klopt niet: {word}.", now=timezone.now(), by=by)
        replied(cast, rectify, reason=f"Wel waar, {word}.")
        _corrected(cast, home, f"Nu dit, {word}.", take_in(f"{word}.txt", f"Bijlage {word}.".encode()))
        sees = collected(cast, registered(cast))
        with as_(cast.pieter) as (by, _):
            unlock([sees.dossier_id], by=by)
            given = AnswerInput("except", "uavg_41_i", word, "Van een melder.")
            answer(passage_of(sees, f"Nu dit, {word}"), given, now=timezone.now(), by=by)
        request = asked(cast)
        return request, decided(cast, request, cast.pieter, f"Nu dit, {word}", reason=f"Om {word}.")

    request, passage = committed(before)
    found = set(everywhere(word))
    assert {"casework.Contribution", "casework.Attachment", "casework.Statement", "casework.RightsPassage"} <= found
    assert {"casework.RightsSaying", "casework.RightsReply", "casework.RightsErasure", "casework.RightsAnswer"} <= found
    assert committed(lambda: carried_out(cast, request, passage))
    assert everywhere(word) == []
    for table in ("casework_attachment", "casework_attachmentchunk"):
        assert _superuser().execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)  # noqa: S608


def test_an_item_of_a_signal_goes_too_and_its_page_says_so(cast: Cast, login: Callable[..., Client]) -> None:
    home = a_home(cast)
    request = asked(cast)
    passage = decided(cast, request, cast.wilma, home.hers[0])
    assert carried_out(cast, request, passage)
    with as_(cast.wilma) as (by, _):
        unlock([passage.about_id], by=by)
        row = SignalItem.objects.get(pk=passage.row_id)
        assert row.text == ""
    page = login(cast.wilma).get(f"/signalen/{row.signal_id}/").content.decode()
    assert "Gewist op verzoek op" in page
    assert home.hers[0] not in page


def test_not_under_a_legal_hold_and_the_letter_says_why(cast: Cast) -> None:
    home = a_home(cast)
    request = asked(cast)
    passage = decided(cast, request, cast.pieter, home.hers[2])
    kept_rest(cast, request)
    with as_(cast.fatima) as (by, _):
        until = timezone.localdate() + timedelta(days=30)
        hold = holds.set_hold(passage.reference, "Er loopt een zaak.", until, now=timezone.now(), by=by)
    assert not carried_out(cast, request, passage)
    assert stands(cast, home, home.hers[2])
    with as_(cast.conny) as (by, _):
        unlock([request.dossier_id], by=by)
        letter = " ".join(erasing.words(request))
        assert "Wij hebben 0 van de" in letter
        assert "artikel 17, lid 3, onder e, AVG" in letter
    with as_(cast.fatima) as (by, _):
        unlock([hold.dossier_id], by=by)
        holds.lift(hold, "De zaak is klaar.", now=timezone.now(), by=by)
    assert carried_out(cast, request, passage)
    assert not stands(cast, home, home.hers[2])


def test_what_is_refused_stays_and_is_in_the_letter_with_its_ground(cast: Cast) -> None:
    home = a_home(cast)
    request = asked(cast)
    with pytest.raises(Refused, match="Schrijf op waarom"):
        decided(cast, request, cast.pieter, home.hers[2], "keep", "wpg_28_4")
    passage = decided(cast, request, cast.pieter, home.hers[2], "keep", "wpg_28_4", WHY)
    kept_rest(cast, request)
    with pytest.raises(Refused, match="niet besloten"):
        carried_out(cast, request, passage)
    letter = lettered(cast, request).replace("\n", " ")
    assert "artikel 28 Wpg" in letter
    assert WHY in letter
    assert stands(cast, home, home.hers[2])


def test_nobody_decides_for_another_organisation(cast: Cast, login: Callable[..., Client]) -> None:
    home = a_home(cast)
    request = asked(cast)
    with as_(cast.conny) as (by, _):
        unlock([request.dossier_id], by=by)
        row = passage_of(request, home.hers[2])
        with pytest.raises(Refused):
            erasing.decide(row, "erase", "avg_17_1_a", "", now=timezone.now(), by=by)
    for person in (cast.conny, cast.wilma, cast.carla, cast.rosa):
        made = RightsErasure(
            dossier_id=row.dossier_id, compartment_id=row.compartment_id, passage=row, decision="erase",
            ground="avg_17_1_a", decided_by=person,
        )  # fmt: skip
        with as_(person) as (by, _):
            unlock([request.dossier_id], by=by)
            with pytest.raises((DatabaseError, LockedValue)), transaction.atomic():
                made.save(force_insert=True)
    page = f"/verzoeken/bron/{row.question_id}/{row.pk}/wissen/"
    assert login(cast.wilma).get(page).status_code == 404
    assert login(cast.fatima).get(page).status_code == 403


def test_the_desk_erases_nothing_that_the_source_did_not_decide_also_by_plain_sql(cast: Cast) -> None:
    home = a_home(cast)
    request = asked(cast)
    with as_(cast.conny) as (by, _):
        unlock([request.dossier_id], by=by)
        row = passage_of(request, home.hers[2])
        with pytest.raises(Refused, match="niet besloten"):
            erasing.carry_out(row, by=by)
        seen = record.Seen((request.dossier_id, row.about_id), (request.reference, row.reference))
        record.look("rights.erasing", seen=seen, object_pk=str(row.pk), by=by)
        for statement in (
            "SELECT casework_rights_erase(%s)",
            "UPDATE casework_rightserasure SET carried_out_at = now() WHERE passage_id = %s",
            "DELETE FROM casework_rightserasure WHERE passage_id = %s",
        ):
            assert refused(statement, row.pk)
    for person in (cast.conny, cast.rosa, cast.pieter):
        with as_(person):
            assert refused("UPDATE casework_contribution SET erased_at = now(), text = NULL WHERE id = %s", row.row_id)
    assert stands(cast, home, home.hers[2])


def refused(statement: str, *given: object) -> bool:
    """Whether the database raises, or touches no row."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, given)
            return cursor.rowcount == 0
    except DatabaseError:
        return True


def test_only_who_handles_it_carries_out_and_only_what_is_in_the_log(cast: Cast) -> None:
    home = a_home(cast)
    request = asked(cast)
    passage = decided(cast, request, cast.pieter, home.hers[2])
    for person in (cast.conny, cast.pieter, cast.fatima, cast.rosa):
        with as_(person):
            assert refused("SELECT casework_rights_erase(%s)", passage.pk)
    assert stands(cast, home, home.hers[2])


def test_done_twice_happens_once(cast: Cast, log: Log) -> None:
    home = a_home(cast)
    request = asked(cast)
    passage = decided(cast, request, cast.pieter, home.hers[2])
    with pytest.raises(Refused, match="al besloten"):
        erase_again(cast, request, passage)
    assert carried_out(cast, request, passage)
    with pytest.raises(Refused, match="al gewist"):
        carried_out(cast, request, passage)
    with as_(cast.conny):
        assert refused("SELECT casework_rights_erase(%s)", passage.pk)
    assert len(log.changes(event="rights.erased")) == 1


def erase_again(cast: Cast, request: RightsRequest, passage: RightsPassage) -> None:
    with as_(cast.pieter) as (by, _):
        unlock([request.dossier_id], by=by)
        erasing.decide(passage, "keep", "avg_17_3_b", WHY, now=timezone.now(), by=by)


def test_what_the_source_took_back_itself_leaves_no_copy_at_the_desk(cast: Cast) -> None:
    home = a_home(cast)
    request = asked(cast)
    with as_(cast.pieter) as (by, _):
        unlock([home.case.dossier_id], by=by)
        contributions.withdraw(Contribution.objects.get(organisation=cast.politie), now=timezone.now(), by=by)
    with pytest.raises(Refused, match="niet meer zoals"):
        decided(cast, request, cast.pieter, home.hers[2])
    passage = decided(cast, request, cast.pieter, home.hers[2], "self")
    assert carried_out(cast, request, passage)
    with as_(cast.conny) as (by, _):
        unlock([request.dossier_id], by=by)
        assert RightsPassage.objects.get(pk=passage.pk).text is None


def test_of_a_request_that_asks_something_else_nothing_is_erased(cast: Cast) -> None:
    home = a_home(cast)
    request = collected(cast)
    with pytest.raises(Refused, match="gevraagd om te wissen"):
        decided(cast, request, cast.pieter, home.hers[2])


def test_that_everything_may_go_along_is_no_answer_to_erasing(cast: Cast) -> None:
    home = a_home(cast)
    request = asked(cast)
    with as_(cast.wilma) as (by, _):
        unlock([request.dossier_id], by=by)
        passage = passage_of(request, home.hers[1])
        with pytest.raises(Refused, match="weg moet of blijft"):
            answer(passage, AnswerInput("may"), now=timezone.now(), by=by)

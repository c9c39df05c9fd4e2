"""What a person may do besides reading: a statement beside a text, and dossiers that are kept and not used."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.utils import timezone

from casework.models import (
    Contribution,
    Restriction,
    RightsPassage,
    RightsReply,
    RightsRequest,
    RightsSaying,
    Statement,
)
from casework.services import contributions
from casework.services.rights import restricting, saying
from casework.services.rights.releasing import refuse
from casework.values import ContributionInput
from privacy.audit import record
from privacy.errors import Refused
from privacy.logbook.looked import looked_at
from privacy.unlock import unlock
from tests.rights.scene import Home, a_home, collected, registered
from tests.world import Cast, a_case, a_signal, as_, canary, contributed, invited, item


def asked(cast: Cast, kind: str = "rectificatie") -> RightsRequest:
    return collected(cast, registered(cast, kind=kind))


def said(cast: Cast, request: RightsRequest, text: str) -> RightsSaying:
    """Conny writes down what the mother says of what the police brought in."""
    with as_(cast.conny) as (by, _):
        unlock([request.dossier_id], by=by)
        passage = RightsPassage.objects.select_related("request", "question").get(organisation=cast.politie)
        saying.say(passage, text, now=timezone.now(), by=by)
        return RightsSaying.objects.get()


def replied(cast: Cast, request: RightsRequest, outcome: str = "kept", reason: str = "Zo is het gezien.") -> None:
    with as_(cast.pieter) as (by, _):
        unlock([request.dossier_id], by=by)
        row = RightsSaying.objects.select_related("passage").get()
        saying.reply(row, outcome, reason, now=timezone.now(), by=by)


def corrected(cast: Cast, home: Home, text: str) -> Contribution:
    with as_(cast.pieter) as (by, _):
        unlock([home.case.dossier_id], by=by)
        old = Contribution.objects.filter(organisation=cast.politie, corrected_at=None).get()
        given = ContributionInput(
            audience=old.audience, category=old.category, kind=old.kind, ground=old.ground, text=text
        )
        return contributions.correct(old, given, now=timezone.now(), by=by)


def test_a_statement_stands_beside_the_text_for_every_reader_of_it(cast: Cast, login: Callable[..., Client]) -> None:
    home, words, why = a_home(cast), canary("verklaring"), canary("reden")
    request = asked(cast)
    said(cast, request, f"Ik was daar niet, {words}.")
    replied(cast, request, reason=f"De agent zag het zelf, {why}.")
    for reader in (cast.rosa, cast.wilma, cast.pieter):
        page = login(reader).get(f"/casussen/{home.case.pk}/inbreng/").content.decode()
        assert "De betrokkene zegt hierover" in page, reader
        assert words in page
        assert why in page
        assert home.hers[2] in page
    with as_(cast.wout):
        assert not Statement.objects.exists()


def test_the_person_hears_what_the_source_answered_through_the_desk(cast: Cast, login: Callable[..., Client]) -> None:
    a_home(cast)
    request = asked(cast)
    said(cast, request, "Ik was daar niet.")
    client = login(cast.conny)
    assert "De bron heeft nog niet geantwoord" in client.get(f"/verzoeken/{request.pk}/").content.decode()
    replied(cast, request)
    page = client.get(f"/verzoeken/{request.pk}/").content.decode()
    assert "Ik was daar niet." in page
    assert "Zo is het gezien." in page


def test_the_source_says_corrected_only_when_it_did(cast: Cast) -> None:
    home, better = a_home(cast), canary("beter")
    request = asked(cast)
    said(cast, request, "Ik was daar niet.")
    with pytest.raises(Refused, match="Verbeter eerst"):
        replied(cast, request, "corrected", "")
    new = corrected(cast, home, f"Wij spraken iemand anders, {better}.")
    replied(cast, request, "corrected", "")
    with as_(cast.wilma) as (by, _):
        unlock([home.case.dossier_id], by=by)
        assert Statement.objects.exclude(row_id=new.pk).count() == 1
        assert not Statement.objects.filter(row_id=new.pk).exists()


def test_a_text_without_the_change_that_was_asked_takes_the_statement_along(cast: Cast) -> None:
    home = a_home(cast)
    request = asked(cast)
    said(cast, request, "Ik was daar niet.")
    replied(cast, request)
    new = corrected(cast, home, "Wij spraken mevrouw op het plein.")
    with as_(cast.wilma) as (by, _):
        unlock([home.case.dossier_id], by=by)
        assert Statement.objects.get(row_id=new.pk).text == "Ik was daar niet."


def test_what_is_taken_back_takes_the_statement_with_it(cast: Cast) -> None:
    home = a_home(cast)
    request = asked(cast)
    said(cast, request, "Ik was daar niet.")
    replied(cast, request)
    with as_(cast.pieter) as (by, _):
        unlock([home.case.dossier_id], by=by)
        contributions.withdraw(Contribution.objects.get(organisation=cast.politie), now=timezone.now(), by=by)
        assert Statement.objects.get().text is None


def test_a_source_that_keeps_its_text_says_why_and_answers_once(cast: Cast) -> None:
    a_home(cast)
    request = asked(cast)
    said(cast, request, "Ik was daar niet.")
    with pytest.raises(Refused, match="waarom"):
        replied(cast, request, reason=" ")
    replied(cast, request)
    with pytest.raises(Refused, match="al geantwoord"):
        replied(cast, request)


def test_nobody_changes_a_statement_and_nobody_else_lays_one(cast: Cast) -> None:
    home = a_home(cast)
    request = asked(cast)
    row = said(cast, request, "Ik was daar niet.")
    replied(cast, request)
    with as_(cast.pieter) as (by, _):
        unlock([home.case.dossier_id], by=by)
        statement = Statement.objects.get()
        statement.text = "Ik was daar wel."
        with pytest.raises(DatabaseError), transaction.atomic():
            statement.save(update_fields=["text"])
        with pytest.raises(DatabaseError), transaction.atomic():
            Statement.objects.all().delete()
    for other in (cast.wilma, cast.rosa):
        with as_(other) as (by, _):
            unlock([home.case.dossier_id], by=by)
            text = Contribution.objects.get(organisation=cast.politie)
            made = Statement(
                dossier_id=text.dossier_id, compartment_id=text.compartment_id, row_id=text.pk, text="Verzonnen.",
                organisation=cast.politie, outcome="kept",
            )  # fmt: skip
            with pytest.raises(DatabaseError), transaction.atomic():
                made.save(force_insert=True)
    with as_(cast.conny) as (by, _):
        unlock([request.dossier_id], by=by)
        reply = RightsReply(
            dossier_id=row.dossier_id, compartment_id=row.compartment_id, saying=row, outcome="corrected",
            answered_by=cast.conny,
        )  # fmt: skip
        with pytest.raises(DatabaseError), transaction.atomic():
            reply.save(force_insert=True)


def restricted(cast: Cast, kind: str = "beperking") -> RightsRequest:
    request = asked(cast, kind)
    with as_(cast.conny) as (by, _):
        unlock([request.dossier_id], by=by)
        assert restricting.restrict(request, by=by) > 1
    return request


def lifted(cast: Cast, request: RightsRequest, said: str = "De beperking gaat eraf.") -> None:
    with as_(cast.conny) as (by, _):
        unlock([request.dossier_id], by=by)
        restricting.lift(request, said, now=timezone.now(), by=by)


def test_a_restricted_dossier_says_so_and_is_not_used(cast: Cast, login: Callable[..., Client]) -> None:
    home = a_home(cast)
    request = restricted(cast)
    for reader in (cast.rosa, cast.wilma):
        client = login(reader)
        assert "Beperkt: niet gebruiken, alleen bewaren" in client.get(f"/casussen/{home.case.pk}/").content.decode()
        assert "Beperkt" in client.get("/casussen/").content.decode()
    with pytest.raises(Refused, match="beperkt op verzoek"):
        contributed(home.case, cast.wilma, "Nog iets.")
    with pytest.raises(Refused, match="beperkt op verzoek"):
        invited(home.case, cast.rosa, cast.greet)
    lifted(cast, request)
    contributed(home.case, cast.wilma, "Nog iets.")
    assert "Beperkt" not in login(cast.wilma).get(f"/casussen/{home.case.pk}/").content.decode()


def test_under_restriction_a_source_still_corrects_its_text(cast: Cast) -> None:
    home = a_home(cast)
    restricted(cast, "rectificatie")
    assert corrected(cast, home, "Wij spraken iemand anders.").pk


def test_the_restriction_is_lifted_with_word_to_the_person_and_once(cast: Cast) -> None:
    a_home(cast)
    request = restricted(cast)
    with pytest.raises(Refused, match="meldt"):
        lifted(cast, request, " ")
    lifted(cast, request)
    with pytest.raises(Refused, match="geen beperking"):
        lifted(cast, request)


def test_a_request_to_read_restricts_nothing(cast: Cast) -> None:
    a_home(cast)
    request = asked(cast, "inzage")
    with as_(cast.conny) as (by, _):
        unlock([request.dossier_id], by=by)
        with pytest.raises(Refused):
            restricting.restrict(request, by=by)


@pytest.mark.parametrize("name", ["rosa", "wilma", "fatima", "beheer", "cor"])
def test_only_the_contact_point_restricts_or_lifts(cast: Cast, name: str) -> None:
    a_home(cast)
    request = restricted(cast)
    with as_(cast.people[name]) as (by, _):
        for event, function in (("restricting", "restrict"), ("lifting", "lift")):
            seen = record.Seen((request.dossier_id,), (request.reference,))
            record.look(f"rights.{event}", seen=seen, by=by)
            with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(f"SELECT casework_rights_{function}(%s)", [request.pk])
        with pytest.raises(DatabaseError), transaction.atomic():
            Restriction.objects.update(lifted_at=timezone.now())


def test_the_desk_hears_who_looked_at_the_dossiers_of_an_open_request(cast: Cast, login: Callable[..., Client]) -> None:
    a_home(cast)
    request = asked(cast, "inzage")
    page = login(cast.conny).get(f"/verzoeken/{request.pk}/keek/").content.decode()
    assert cast.gemeente.name in page
    assert cast.rosa.name not in page


def test_the_desk_does_not_ask_who_looked_at_another_dossier_or_after_the_end(cast: Cast) -> None:
    home = a_home(cast)
    request = asked(cast, "inzage")
    other = a_case(cast.rosa, a_signal(cast.wilma, cast.overlast, item("Iets anders.")))
    with as_(cast.conny) as (by, _):
        unlock([request.dossier_id], by=by)
        now = timezone.now()
        assert looked_at([home.case.dossier_id], since=None, until=now, by=by)
        with pytest.raises(Refused):
            looked_at([home.case.dossier_id, other.dossier_id], since=None, until=now, by=by)
        refuse(request, "avg_12_5", "", now=now, today=timezone.localdate(), by=by)
        with pytest.raises(Refused):
            looked_at([home.case.dossier_id], since=None, until=now, by=by)

"""What somebody's own SQL does to meetings, items, questions and refusals, and each wall alone on the new tables."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from casework.models import (
    AgendaItem,
    AgendaPlace,
    AgendaWish,
    BroughtFor,
    Case,
    Guest,
    ItemOutcome,
    ItemQuestion,
    ItemSeat,
    Meeting,
    MeetingSeries,
    RefusalReason,
)
from casework.services.meetings import asking
from partners.models import User
from partners.services.seats import seat as give_seat
from privacy import dossiers, grants
from privacy.access import visible
from privacy.errors import Refused
from privacy.grants import Because
from privacy.models import Compartment, CompartmentKind, DossierRow, Grant
from privacy.roles import Role
from privacy.unlock import unlock
from tests.meetings.scene import a_guest, a_meeting, an_item, asked, brings, closed, leading, published, refused, wished
from tests.prove.behind import past_policies, seen_from_behind
from tests.walls.test_ladder import touches
from tests.world import GROUND, Cast, a_case, a_signal, as_, contributed, invited

pytestmark = pytest.mark.django_db
NOW = timezone.now


@dataclass
class There:
    """Pieter, Petra and Greet at one published item, Wilma at another; what was asked, refused and wished."""

    meeting: Meeting
    case: Case
    item: AgendaItem
    other: AgendaItem
    question: ItemQuestion
    theirs: ItemQuestion
    reason: RefusalReason
    wish: AgendaWish
    guest: Guest


@pytest.fixture
def there(cast: Cast) -> Iterator[There]:
    with seen_from_behind():
        yield set_up(cast)


def set_up(cast: Cast) -> There:
    case = a_case(cast.rosa, a_signal(cast.wilma, cast.overlast))
    elsewhere = a_case(cast.rosa, a_signal(cast.wilma, cast.overlast), short_name="De ander")
    invited(case, cast.rosa, cast.pieter, cast.petra)
    invited(elsewhere, cast.rosa, cast.wilma)
    meeting = a_meeting(cast.overlast, cast.rosa)
    item = an_item(meeting, case, cast.rosa, cast.pieter, cast.petra, cast.greet)
    other = an_item(meeting, elsewhere, cast.rosa, cast.wilma)
    guest = a_guest(item, cast.rosa)
    published(meeting, cast.rosa, case, elsewhere)
    asked(item, cast.rosa, "Hoe vaak?", cast.politie, cast.ggz)
    reason = refused(cast.pieter, item, "Het onderzoek loopt nog.")
    wish = wished(cast.wilma, elsewhere, "Het escaleert.")
    with leading(cast.rosa, case):
        question = ItemQuestion.objects.select_related("item__case").get(item=item, organisation=cast.politie)
        theirs = ItemQuestion.objects.select_related("item__case").get(item=item, organisation=cast.ggz)
    return There(meeting, case, item, other, question, theirs, reason, wish, guest)


def sees(person: User, model: type[DossierRow], pk: UUID) -> tuple[bool, bool]:
    """What the gate shows while no policy binds, and what the policies show where nobody asked the gate."""
    with as_(person) as (by, _):
        plain = model._default_manager.filter(pk=pk).exists()
        with past_policies():
            gated = visible(model, by=by).filter(pk=pk).exists()
    return gated, plain


def test_each_wall_alone_keeps_every_row_of_the_table_from_who_may_not_read_it(cast: Cast, there: There) -> None:
    place, seat = (model.objects for model in (AgendaPlace, ItemSeat))
    with as_(cast.rosa):
        rows: list[tuple[type[DossierRow], UUID, set[str]]] = [
            (AgendaItem, there.item.pk, {"rosa", "rachid", "pieter", "petra", "greet"}),
            (AgendaItem, there.other.pk, {"rosa", "rachid", "wilma"}),
            (AgendaPlace, place.get(item=there.item).pk, {"rosa", "rachid"}),
            (ItemSeat, seat.get(item=there.item, user=cast.greet).pk, {"rosa", "rachid", "pieter", "petra", "greet"}),
            (Guest, there.guest.pk, {"rosa", "rachid", "pieter", "petra", "greet"}),
            (ItemQuestion, there.question.pk, {"rosa", "rachid", "pieter", "petra"}),
            (ItemQuestion, there.theirs.pk, {"rosa", "rachid", "greet"}),
            (RefusalReason, there.reason.pk, {"rosa", "pieter"}),
            (AgendaWish, there.wish.pk, {"rosa", "rachid", "wilma"}),
        ]
    for model, pk, circle in rows:
        for name, person in cast.people.items():
            may = name in circle
            assert sees(person, model, pk) == (may, may), (model.__name__, name)


def test_when_an_item_is_closed_only_the_regie_is_left(cast: Cast, there: There) -> None:
    closed(there.item, cast.rosa)
    for model, pk in ((AgendaItem, there.item.pk), (ItemQuestion, there.question.pk), (Guest, there.guest.pk)):
        for name in ("pieter", "petra", "greet", "wilma"):
            assert sees(cast.people[name], model, pk) == (False, False)
        assert sees(cast.rachid, model, pk) == (True, True)


def test_with_both_walls_off_the_words_are_still_sealed(cast: Cast, there: There) -> None:
    with as_(cast.wilma), past_policies():
        for row, name in ((there.question, "text"), (there.reason, "text"), (there.item, "goal"), (there.guest, "why")):
            stored = type(row).objects.values_list(name, flat=True).get(pk=row.pk)
            assert "vaak" not in repr(stored)
            assert "onderzoek" not in repr(stored)


# --- attacks with SQL ---


def test_nobody_reads_the_order_of_the_agenda(cast: Cast, there: There) -> None:
    for person in (cast.pieter, cast.wilma, cast.greet, cast.bram, cast.victor):
        assert touches(person, "SELECT position FROM casework_agendaplace") == 0
        assert touches(person, "UPDATE casework_agendaplace SET position = 0") == 0


def test_a_partner_changes_nothing_of_an_item(cast: Cast, there: There) -> None:
    for statement in (
        "UPDATE casework_agendaitem SET outcome = 'discussed', closed_at = now()",
        "UPDATE casework_agendaitem SET published_at = NULL",
        "UPDATE casework_itemseat SET user_id = user_id",
        "UPDATE casework_guest SET version = 9",
        "DELETE FROM casework_guest",
        "DELETE FROM casework_itemseat",
        "UPDATE casework_itemquestion SET answer_by = now() + interval '9 days'",
        "DELETE FROM casework_itemquestion",
    ):
        for person in (cast.pieter, cast.greet, cast.wilma):
            assert touches(person, statement) == 0, statement


def test_nobody_answers_for_another(cast: Cast, there: There) -> None:
    answer = "SELECT casework_answer(%s, 'nothing', NULL)"
    for person in (cast.pieter, cast.wilma, cast.wout, cast.rosa, cast.rachid, cast.victor, cast.beheer):
        assert touches(person, answer, [there.theirs.pk]) == 0, person
    assert touches(cast.rosa, "UPDATE casework_itemquestion SET reply = 'nothing', replied_at = now()") == 0
    assert touches(cast.petra, answer, [there.question.pk]) == 0, "it was answered already"
    assert touches(cast.greet, "SELECT casework_answer(%s, 'refused', NULL)", [there.theirs.pk]) == 0, (
        "without a reason"
    )
    assert touches(cast.greet, "SELECT casework_answer(%s, 'maybe', NULL)", [there.theirs.pk]) == 0
    assert touches(cast.greet, "SELECT casework_answer(%s, '', NULL)", [there.theirs.pk]) == 0
    assert touches(cast.greet, answer, [there.theirs.pk]) == 1


def test_who_directs_changes_no_question_that_was_answered(cast: Cast, there: There) -> None:
    change = "UPDATE casework_itemquestion SET answer_by = now() WHERE id = %s"
    assert touches(cast.rosa, change, [there.question.pk]) == 0
    assert touches(cast.rosa, change, [there.theirs.pk]) == 1


def test_what_is_brought_is_of_who_was_asked(cast: Cast, there: There) -> None:
    made = brings(cast.petra, there.item, "Toch iets.")
    answer = "SELECT casework_answer(%s, 'brought', %s)"
    assert touches(cast.greet, answer, [there.theirs.pk, made.pk]) == 0, "of another organisation"
    with as_(cast.rosa):
        row = BroughtFor.objects.get()
    columns = "(id, dossier_id, compartment_id, question_id, contribution_id)"
    values = [uuid4(), row.dossier_id, row.compartment_id, there.theirs.pk, made.pk]
    for person in (cast.rosa, cast.petra):
        assert touches(person, f"INSERT INTO casework_broughtfor {columns} VALUES (%s, %s, %s, %s, %s)", values) == 0


def gives(giver: User, to: User, part: UUID, because: str, level: str = "view") -> bool:
    """Whether somebody's own act gives a part to somebody."""
    with as_(giver) as (by, _):
        compartment = Compartment.objects.select_related("dossier").filter(pk=part).first()
        if compartment is None:
            return False
        try:
            with transaction.atomic():
                grants.give([compartment], to=[to.pk], level=level, because=Because(GROUND, because), by=by)  # type: ignore[arg-type]
        except DatabaseError:
            return False
        return True


def test_a_partner_gives_itself_or_others_nothing_of_the_table(cast: Cast, there: There) -> None:
    for part in (there.item.compartment_id, there.item.record_id, there.question.compartment_id):
        for to in (cast.pieter, cast.petra, cast.wout):
            assert not gives(cast.pieter, to, part, "participation:x")
            assert not gives(cast.pieter, to, part, there.item.key, "contribute")


def test_a_part_that_one_may_write_in_is_handed_on_by_the_regie_alone(cast: Cast, there: There) -> None:
    """Who has an action writes in its part: that is no leave to hand it on, or to end what others hold."""
    with leading(cast.rosa, there.case) as by:
        part = Compartment.objects.select_related("dossier").get(pk=there.question.compartment_id)
        grants.give([part], to=[cast.pieter.pk], level="contribute", because=Because(GROUND, "proef:1"), by=by)
        seat = Grant.objects.get(compartment=part, user=cast.rosa).given_for
    assert not gives(cast.pieter, cast.wout, part.pk, "participation:x")
    touches(cast.pieter, "SELECT privacy_end_grants(%s, NULL, NULL)", [seat])
    touches(cast.pieter, "SELECT privacy_end_grants(%s, NULL, NULL)", [there.item.key])
    assert sees(cast.rosa, ItemQuestion, there.question.pk) == (True, True)
    assert sees(cast.petra, ItemQuestion, there.question.pk) == (True, True)


def test_the_reason_of_a_refusal_is_given_to_nobody_else(cast: Cast, there: There) -> None:
    part = there.reason.compartment_id
    with as_(cast.rosa):
        compartment = Compartment.objects.select_related("dossier").get(pk=part)
    for giver in (cast.rachid, cast.rosa, cast.pieter):
        for to in (cast.rachid, cast.petra, cast.greet):
            with as_(giver) as (by, _):
                try:
                    with transaction.atomic():
                        grants.give(
                            [compartment], to=[to.pk], level="view", because=Because(GROUND, there.reason.key), by=by
                        )
                except DatabaseError:
                    continue
            raise AssertionError(f"{giver.name} gave it to {to.name}")
    assert touches(cast.rachid, "SELECT id FROM casework_refusalreason") == 0
    assert touches(cast.rosa, "UPDATE casework_refusalreason SET chair_id = %s", [cast.rachid.pk]) == 0
    assert touches(cast.pieter, "UPDATE casework_refusalreason SET chair_id = %s", [cast.rachid.pk]) == 0


def test_a_procesregisseur_who_is_seated_later_does_not_get_it(cast: Cast, there: There) -> None:
    with as_(cast.beheer) as (by, _):
        give_seat(cast.overlast, cast.victor, Role.PROCESREGISSEUR, now=NOW(), by=by)
    assert sees(cast.victor, ItemQuestion, there.question.pk) == (True, True)
    assert sees(cast.victor, RefusalReason, there.reason.pk) == (False, False)


def test_only_who_directs_the_table_lets_reasons_follow_the_chair(cast: Cast, there: There) -> None:
    follow = "SELECT casework_follow_chair(%s)"
    for person in (cast.pieter, cast.wilma, cast.bram, cast.carla, cast.victor, cast.beheer, cast.fatima):
        assert touches(person, follow, [there.meeting.pk]) == 0
        assert touches(person, "UPDATE casework_meeting SET chair_id = %s", [person.pk]) == 0
    with as_(cast.rosa):
        Meeting.objects.filter(pk=there.meeting.pk).update(chair=cast.victor)
    assert touches(cast.rosa, follow, [there.meeting.pk]) == 0, "who does not direct the table is no chair"


def a_reason(cast: Cast, there: There, person: User, question: ItemQuestion, chair: User) -> bool:
    """Whether somebody writes a reason in a part of its own, with what the models allow."""
    with as_(person) as (by, _):
        unlock([there.case.dossier_id], by=by)
        try:
            with transaction.atomic():
                dossier = there.case.dossier
                part = dossiers.add_compartment(dossier, CompartmentKind.ITEM, organisation_id=by.home, by=by)
                made = RefusalReason(dossier=dossier, compartment=part, question_id=question.pk, chair=chair)
                made.text = "Nep."
                made.save(force_insert=True)
        except DatabaseError:
            return False
        return True


def test_a_reason_is_of_who_is_asked_and_for_the_chair(cast: Cast, there: There) -> None:
    assert not a_reason(cast, there, cast.pieter, there.theirs, cast.rosa), "not for another organisation"
    assert not a_reason(cast, there, cast.petra, there.question, cast.rosa), "not twice"
    assert not a_reason(cast, there, cast.greet, there.theirs, cast.rachid), "not to another regisseur"
    assert not a_reason(cast, there, cast.rosa, there.theirs, cast.rosa), "not by the regie"
    assert a_reason(cast, there, cast.greet, there.theirs, cast.rosa)


def test_an_item_is_of_its_case_at_a_meeting_of_its_table(cast: Cast, there: There) -> None:
    elsewhere = a_meeting(cast.jeugd, cast.victor)
    move = "UPDATE casework_agendaitem SET meeting_id = %s WHERE id = %s"
    assert touches(cast.rosa, move, [elsewhere.pk, there.item.pk]) == 0
    other_case = "UPDATE casework_agendaitem SET case_id = %s WHERE id = %s"
    assert touches(cast.rosa, other_case, [there.other.case_id, there.item.pk]) == 0
    record = "UPDATE casework_agendaitem SET record_id = %s WHERE id = %s"
    assert touches(cast.rosa, record, [there.other.record_id, there.item.pk]) == 0
    assert touches(cast.rosa, record, [there.item.compartment_id, there.item.pk]) == 0


@pytest.mark.parametrize("table", ["agendaplace", "itemseat", "guest", "itemquestion"])
def test_what_hangs_on_an_item_stays_in_its_dossier(cast: Cast, there: There, table: str) -> None:
    moved = f"UPDATE casework_{table} SET item_id = %s WHERE item_id = %s"
    assert touches(cast.rosa, moved, [there.other.pk, there.item.pk]) == 0


def test_a_reason_or_contribution_of_another_dossier_does_not_answer(cast: Cast, there: There) -> None:
    made = contributed(there.other.case, cast.wilma, "Elders.")
    assert touches(cast.greet, "SELECT casework_answer(%s, 'brought', %s)", [there.theirs.pk, made.pk]) == 0


def test_meetings_are_written_by_who_directs_the_table(cast: Cast, there: There) -> None:
    for person in (cast.pieter, cast.bram, cast.carla, cast.victor, cast.beheer, cast.otto):
        assert touches(person, "UPDATE casework_meeting SET status = 'cancelled'") == 0
        assert touches(person, "DELETE FROM casework_meeting") == 0
    assert touches(cast.rosa, "DELETE FROM casework_meeting") == 0, "a meeting that was is never unmade"
    for person in (cast.victor, cast.otto, cast.iris, cast.fatima):
        with as_(person):
            assert not Meeting.objects.exists()
            assert not MeetingSeries.objects.exists()
    with as_(cast.rosa), pytest.raises(DatabaseError), transaction.atomic():
        Meeting.objects.filter(pk=there.meeting.pk).update(table=cast.jeugd)


def wishes_sql(there: There, **more: Any) -> tuple[str, list[Any]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT reason FROM casework_agendawish WHERE id = %s", [there.wish.pk])
        (reason,) = cursor.fetchone()
    values = {
        "id": uuid4(), "dossier_id": there.wish.dossier_id, "compartment_id": there.wish.compartment_id,
        "version": 1, "case_id": there.wish.case_id, "organisation_id": there.wish.organisation_id,
        "user_id": there.wish.user_id, "reason": reason, "at": NOW(),
    } | more  # fmt: skip
    marks = ", ".join(["%s"] * len(values))
    return f"INSERT INTO casework_agendawish ({', '.join(values)}) VALUES ({marks})", list(values.values())


def test_nobody_grants_the_own_wish_or_asks_for_another(cast: Cast, there: There) -> None:
    assert touches(cast.wilma, "UPDATE casework_agendawish SET granted = true, answered_at = now()") == 0
    with as_(cast.wilma):
        asked_by_police = wishes_sql(there, organisation_id=cast.politie.pk)
        in_name_of_wout = wishes_sql(there, user_id=cast.wout.pk)
        granted = wishes_sql(there, answered_at=NOW(), granted=True)
    for statement in (asked_by_police, in_name_of_wout, granted):
        assert touches(cast.wilma, *statement) == 0
    assert touches(cast.rosa, "UPDATE casework_agendawish SET granted = false, answered_at = now()") == 1


def test_who_is_let_go_in_the_middle_of_answering_is_refused(cast: Cast, there: There) -> None:
    closed(there.item, cast.rosa, ItemOutcome.WITHDRAWN)
    with as_(cast.greet) as (by, _), pytest.raises(Refused):
        asking.know_nothing(there.theirs, by=by)
    assert touches(cast.greet, "SELECT casework_answer(%s, 'nothing', NULL)", [there.theirs.pk]) == 0

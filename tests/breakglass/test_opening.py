"""Opening a dossier in an emergency: who may, what opens, for how long, and who hears of it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from casework.models import Case, CaseFace, Contribution
from casework.queries.cases import open_case
from casework.services import asking
from partners.models import Covenant, Organisation, Seat, User
from privacy import dossiers, emergency, exclusions, grants
from privacy.access import visible
from privacy.errors import NotKnown, Refused
from privacy.models import CompartmentKind, EmergencyAccess, EmergencyText, ExclusionReason, Grant
from privacy.rls.breakglass import GROUND as EMERGENCY
from privacy.roles import Role, Verb, verbs_of
from tests.breakglass.conftest import REASON, broken, told, use_by
from tests.walls.helpers import row_level_security_off
from tests.world import Cast, a_signal, as_, contributed

SAME = "Met dit nummer krijgt u geen noodtoegang. Controleer het nummer, of bel de regisseur."


def reads(person: User, case: Case) -> bool:
    with as_(person) as (by, _):
        try:
            return open_case(case.pk, by=by).name != ""
        except NotKnown:
            return False


def test_cover_and_table_open_and_nothing_else(cast: Cast, case: Case) -> None:
    contributed(case, cast.wilma, "Voor alle deelnemers.")
    assert not reads(cast.greet, case)
    broken(cast.greet, case.dossier.reference)
    assert reads(cast.greet, case)
    with as_(cast.greet):
        held = Grant.objects.filter(content_object=case.dossier_id)
        assert {grant.part for grant in held} == {CompartmentKind.COVER, CompartmentKind.TABLE}
        assert not any(grant.may_write or grant.directs for grant in held)
        assert not Contribution.objects.exists()


def test_a_signal_opens_the_same_way(cast: Cast) -> None:
    signal = a_signal(cast.wilma, cast.overlast)
    broken(cast.greet, signal.dossier.reference)
    with as_(cast.greet):
        assert {g.part for g in Grant.objects.filter(content_object=signal.dossier_id)} == {"cover", "table"}


def test_somebody_of_another_table_may_when_the_covenant_covers_the_theme(cast: Cast, case: Case) -> None:
    broken(cast.victor, case.dossier.reference)
    assert reads(cast.victor, case)


def test_regisseurs_and_privacy_officers_hear_of_it_at_once(cast: Cast, case: Case) -> None:
    broken(cast.greet, case.dossier.reference)
    assert told() == {cast.rosa.pk, cast.rachid.pk, cast.fatima.pk, cast.faisal.pk}


def test_a_regisseur_who_is_kept_away_does_not_hear_and_reads_nothing(cast: Cast, case: Case) -> None:
    with as_(cast.rosa) as (by, _):
        exclusions.exclude(case.dossier_id, cast.rachid.pk, ExclusionReason.FRIEND, by=by)
    broken(cast.greet, case.dossier.reference)
    assert told() == {cast.rosa.pk, cast.fatima.pk, cast.faisal.pk}
    with as_(cast.rachid):
        assert not EmergencyAccess.objects.exists()


def _excluded(cast: Cast, case: Case) -> None:
    with as_(cast.rosa) as (by, _):
        exclusions.exclude(case.dossier_id, cast.greet.pk, ExclusionReason.FAMILY, by=by)


def _no_covenant(cast: Cast, case: Case) -> None:
    Covenant.objects.update(valid_until=date.today() - timedelta(days=1))


def _other_theme(cast: Cast, case: Case) -> None:
    Covenant.objects.update(themes=["hgkm"])


def _not_in_profile(cast: Cast, case: Case) -> None:
    Organisation.objects.filter(pk=cast.ggz.pk).update(kind="advocatuur")


def _inactive(cast: Cast, case: Case) -> None:
    Organisation.objects.filter(pk=cast.ggz.pk).update(active=False)


def _importer_too(cast: Cast, case: Case) -> None:
    User.objects.filter(pk=cast.greet.pk).update(roles=["importer"])


@pytest.mark.parametrize("why", [_excluded, _no_covenant, _other_theme, _not_in_profile, _inactive, _importer_too])
def test_each_refusal_reads_as_an_unknown_number(cast: Cast, case: Case, why: Any) -> None:
    why(cast, case)
    cast.greet.refresh_from_db()
    for number in (case.dossier.reference, "2026-22222"):
        with pytest.raises(Refused) as refused, transaction.atomic():
            broken(User.objects.get(pk=cast.greet.pk), number)
        assert str(refused.value) == SAME
    assert not told()
    assert not reads(cast.greet, case)


def _ended(cast: Cast) -> None:
    Seat.objects.filter(user=cast.greet).update(ended_at=timezone.now())


def _decides(cast: Cast) -> None:
    Seat.objects.filter(user=cast.greet).update(role=Role.DECIDER)


@pytest.mark.parametrize("seat", [_ended, _decides])
def test_without_a_seat_of_one_who_works_cases_there_is_none(cast: Cast, case: Case, seat: Any) -> None:
    seat(cast)
    with pytest.raises(Refused, match="alleen voor wie als professional of regisseur"):
        broken(User.objects.get(pk=cast.greet.pk), case.dossier.reference)
    with as_(cast.greet) as (by, _), pytest.raises(Refused):
        emergency.break_glass(case.dossier.reference, REASON, now=timezone.now(), by=by)


def test_who_watches_manages_reads_in_or_decides_never_has_the_verb() -> None:
    for role in (Role.PRIVACY_OFFICER, Role.BEHEERDER, Role.IMPORTER, Role.DECIDER):
        assert not verbs_of(frozenset({role})) & {Verb.ACCESS_EMERGENCY, Verb.ACCESS_ASK}


def test_who_has_access_needs_none(cast: Cast, case: Case) -> None:
    with pytest.raises(Refused, match="U hebt al toegang"):
        broken(cast.wilma, case.dossier.reference)


def test_four_hours_and_not_a_second_more_in_the_gate(cast: Cast, case: Case, time_machine: Any) -> None:
    _, until = broken(cast.greet, case.dossier.reference)
    use = use_by(cast.greet)
    assert until - use.opened_at == timedelta(hours=4)
    for seconds, counts in ((-1, True), (0, False), (1, False)):
        time_machine.move_to(until + timedelta(seconds=seconds), tick=False)
        with as_(cast.greet) as (by, _):
            assert grants.valid(by).filter(content_object=case.dossier_id).exists() is counts, seconds
        assert use.runs_at(timezone.now()) is counts


@pytest.mark.parametrize(("seconds", "counts"), [(-1, False), (0, False), (60, True)])
def test_not_a_second_more_in_the_database(cast: Cast, case: Case, seconds: int, counts: bool) -> None:
    """Its clock can't be moved, so the end is: the policy alone lets nothing through from that moment."""
    with as_(cast.rosa) as (by, _):
        until = timezone.now() + timedelta(seconds=seconds)
        cover = dossiers.part(case.dossier, CompartmentKind.COVER)
        because = grants.Because(EMERGENCY, f"emergency:{case.pk}", until)
        grants.give([cover], to=[cast.greet.pk], level="view", because=because, by=by)
    with as_(cast.greet):
        assert Case.objects.filter(pk=case.pk).exists() is counts


def test_once_more_while_it_runs_is_the_same_one_and_not_a_minute_longer(
    cast: Cast, case: Case, time_machine: Any
) -> None:
    _, until = broken(cast.greet, case.dossier.reference)
    time_machine.move_to(timezone.now() + timedelta(hours=3))
    assert broken(cast.greet, case.dossier.reference)[1] == until
    with as_(cast.greet):
        assert EmergencyAccess.objects.count() == 1


def test_the_database_itself_gives_no_second_one(cast: Cast, case: Case) -> None:
    broken(cast.greet, case.dossier.reference)
    with as_(cast.greet) as (by, _), pytest.raises(Refused), transaction.atomic():
        emergency.break_glass(case.dossier.reference, REASON, now=timezone.now(), by=by)


def test_each_wall_alone_keeps_closed_what_was_not_opened(cast: Cast, case: Case) -> None:
    broken(cast.greet, case.dossier.reference)
    with as_(cast.petra):
        assert not CaseFace.objects.exists(), "the database, without the gate"
    with row_level_security_off(), as_(cast.petra) as (by, _):
        assert not visible(CaseFace, by=by).exists(), "the gate, without the database"
        assert not visible(EmergencyText, by=by).exists()


def test_nobody_writes_a_use_but_through_the_verbs(cast: Cast, case: Case) -> None:
    broken(cast.greet, case.dossier.reference)
    for person in (cast.greet, cast.rosa, cast.fatima):
        for statement in (
            "UPDATE privacy_emergencyaccess SET verdict = 'right'",
            "DELETE FROM privacy_emergencyaccess",
            "UPDATE privacy_emergencytext SET kind = 'answer'",
            "UPDATE privacy_grant SET valid_until = NULL",
        ):
            with as_(person), pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement)


def test_the_database_gives_nothing_for_notes_that_somebody_else_began(cast: Cast, case: Case) -> None:
    with as_(cast.greet), pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT privacy_break_glass(gen_random_uuid(), %s, %s)", [case.dossier_id, case.dossier.reference]
        )


def test_an_exclusion_ends_what_runs_on_the_next_request(cast: Cast, case: Case) -> None:
    broken(cast.greet, case.dossier.reference)
    _excluded(cast, case)
    assert not reads(cast.greet, case)


def test_a_covenant_that_lapses_ends_what_runs(cast: Cast, case: Case) -> None:
    broken(cast.greet, case.dossier.reference)
    _no_covenant(cast, case)
    assert not reads(User.objects.get(pk=cast.greet.pk), case)


def test_who_has_emergency_access_can_still_ask_for_the_usual_one(cast: Cast, case: Case) -> None:
    broken(cast.greet, case.dossier.reference)
    with as_(cast.greet) as (by, _):
        assert not asking.has_access(case.dossier.reference, by=by)

"""What the services of managing refuse, and what follows from what they do."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from partners.models import CaseTable, Covenant, Organisation, Seat, User
from partners.queries import is_bound
from partners.services.organisations import save_covenant, save_organisation
from partners.services.seats import end_seat, save_table, seat
from partners.services.users import invite_again, save_user
from privacy.errors import Refused
from privacy.roles import Role
from tests.world import Cast, as_


def _person(cast: Cast, **more: object) -> User:
    return User(**{"email": "nieuw@proef.example", "name": "Nieuw Proef", "organisation": cast.politie} | more)


def test_a_name_is_given_once_whatever_its_capitals(cast: Cast) -> None:
    with as_(cast.beheer) as (by, _):
        with pytest.raises(Refused, match="al een organisatie"):
            save_organisation(Organisation(name="POLITIE PROEFSTAD", kind="politie"), by=by)
        with pytest.raises(Refused, match="al een tafel"):
            save_table(
                CaseTable(name="casustafel jeugd", code="x", theme="hgkm", area="x", profile="gemeentelijk"), by=by
            )
        with pytest.raises(Refused, match="al een convenant"):
            save_covenant(Covenant(name="convenant proefstad"), organisations=[cast.politie], by=by)
        with pytest.raises(Refused, match="al iemand"):
            save_user(_person(cast, email="Wilma@Proefstad.example"), by=by)


def test_the_kind_of_an_organisation_that_sits_at_a_table_is_fixed(cast: Cast) -> None:
    with as_(cast.beheer) as (by, _):
        home = Organisation.objects.get(pk=cast.corporatie.pk)
        home.kind = "politie"
        with pytest.raises(Refused, match="soort ligt vast"):
            save_organisation(home, by=by)


def test_an_organisation_that_stops_lets_nobody_in_and_loses_its_seats(cast: Cast) -> None:
    with as_(cast.beheer) as (by, _):
        home = Organisation.objects.get(pk=cast.corporatie.pk)
        home.active = False
        save_organisation(home, by=by)
    assert not User.objects.filter(organisation=home, is_active=True).exists()
    assert not Seat.objects.filter(user__organisation=home, ended_at__isnull=True).exists()
    assert not is_bound(home.pk, "woonoverlast", timezone.localdate())


def test_a_beheerder_cannot_stop_the_own_organisation_or_change_the_own_roles(cast: Cast) -> None:
    with as_(cast.beheer) as (by, _):
        home = Organisation.objects.get(pk=cast.gemeente.pk)
        home.active = False
        with pytest.raises(Refused, match="eigen organisatie"):
            save_organisation(home, by=by)
        for change in ({"roles": []}, {"roles": ["importer", "beheerder"]}, {"is_active": False}):
            own = User.objects.get(pk=cast.beheer.pk)
            for name, value in change.items():
                setattr(own, name, value)
            with pytest.raises(Refused, match="andere beheerder"):
                save_user(own, by=by)


def test_who_watches_or_manages_has_no_seat(cast: Cast) -> None:
    now = timezone.now()
    with as_(cast.beheer) as (by, _):
        for person in (cast.beheer, cast.fatima):
            with pytest.raises(Refused, match="geen zetel"):
                seat(cast.overlast, person, Role.PROCESREGISSEUR, now=now, by=by)
        rosa = User.objects.get(pk=cast.rosa.pk)
        rosa.roles = ["privacy_officer"]
        with pytest.raises(Refused, match="Beëindig eerst de zetels"):
            save_user(rosa, by=by)
        with pytest.raises(Refused, match="nooit dezelfde persoon"):
            save_user(_person(cast, roles=["privacy_officer", "beheerder"]), by=by)


def test_who_moves_gets_a_new_account(cast: Cast) -> None:
    with as_(cast.beheer) as (by, _):
        wilma = User.objects.get(pk=cast.wilma.pk)
        wilma.organisation = cast.politie
        with pytest.raises(Refused, match="nieuw account"):
            save_user(wilma, by=by)


def test_nobody_is_added_to_an_organisation_that_stopped(cast: Cast) -> None:
    gone = Organisation.objects.create(name="Gestopt", kind="welzijn", active=False)
    with as_(cast.beheer) as (by, _):
        with pytest.raises(Refused, match="is gestopt"):
            save_user(_person(cast, organisation=gone), by=by)


def test_a_covenant_names_organisations_and_known_themes(cast: Cast) -> None:
    values = {"name": "Nieuw", "themes": ["hgkm"], "categories": ["zorg"], "valid_from": timezone.localdate()}
    with as_(cast.beheer) as (by, _):
        with pytest.raises(Refused, match="organisatie"):
            save_covenant(Covenant(**values), organisations=[], by=by)
        with pytest.raises(Refused, match="thema uit de lijst"):
            save_covenant(Covenant(**values | {"themes": ["radicalisering"]}), organisations=[cast.ggz], by=by)
        ends = values | {"valid_until": timezone.localdate() - timedelta(days=1)}
        with pytest.raises(Refused, match="einddatum"):
            save_covenant(Covenant(**ends), organisations=[cast.ggz], by=by)


def test_what_changed_is_named_in_the_log_and_never_its_value(cast: Cast, log) -> None:
    with as_(cast.beheer) as (by, _):
        wilma = User.objects.get(pk=cast.wilma.pk)
        wilma.name, wilma.function = "Wilma Anders", "Teamleider"
        save_user(wilma, by=by)
        covenant = Covenant.objects.get()
        save_covenant(covenant, organisations=[cast.gemeente], by=by)
    (user_saved,) = log.changes(event="user.saved")
    assert user_saved.changes == ["function", "name"]
    (covenant_saved,) = log.changes(event="covenant.saved")
    assert covenant_saved.changes == ["organisations"]


def test_nobody_takes_over_an_account_by_changing_its_address(cast: Cast) -> None:
    with as_(cast.beheer) as (by, _):
        wilma = User.objects.get(pk=cast.wilma.pk)
        wilma.email = "anders@proefstad.example"
        with pytest.raises(Refused, match="maak een nieuw account"):
            save_user(wilma, by=by)
        new = save_user(User(email="tikfuot@proefstad.example", name="Nieuw Proef", organisation=cast.ggz), by=by)
        new.email = "tikfout@proefstad.example"
        assert save_user(new, by=by).email == "tikfout@proefstad.example", "before a password there is nothing to take"


def test_a_seat_that_ran_out_makes_room_for_a_new_one(cast: Cast) -> None:
    now = timezone.now()
    with as_(cast.beheer) as (by, _):
        Seat.objects.filter(user=cast.wilma).update(valid_until=now - timedelta(days=1))
        given = seat(cast.overlast, cast.wilma, Role.PROFESSIONAL, now=now, by=by)
        assert Seat.objects.valid_at(timezone.now()).get(user=cast.wilma) == given
        with pytest.raises(Refused, match="heeft deze zetel al"):
            seat(cast.overlast, cast.wilma, Role.PROFESSIONAL, now=now, by=by)


def test_a_seat_ends_once_and_after_it_begins(cast: Cast) -> None:
    now = timezone.now()
    with as_(cast.beheer) as (by, _):
        one = Seat.objects.get(user=cast.wilma)
        end_seat(one, by=by)
        with pytest.raises(Refused, match="al beëindigd"):
            end_seat(one, by=by)
        with pytest.raises(Refused, match="einddatum"):
            period = {"since": now + timedelta(days=9), "until": now + timedelta(days=2)}
            seat(cast.overlast, cast.wilma, Role.PROFESSIONAL, **period, now=now, by=by)


def test_without_covenant_or_at_a_table_that_stopped_there_is_no_seat(cast: Cast) -> None:
    now = timezone.now()
    with as_(cast.beheer) as (by, _):
        with pytest.raises(Refused, match="convenant"):
            seat(cast.overlast, cast.otto, Role.PROFESSIONAL, now=now, by=by)
        stopped = CaseTable.objects.get(pk=cast.jeugd.pk)
        stopped.active = False
        save_table(stopped, by=by)
        with pytest.raises(Refused, match="gestopt"):
            seat(stopped, cast.wilma, Role.PROFESSIONAL, now=now, by=by)


def test_who_chose_a_password_is_not_invited_again(cast: Cast) -> None:
    with as_(cast.beheer) as (by, _):
        with pytest.raises(Refused, match="al een wachtwoord"):
            invite_again(cast.wilma, by=by)

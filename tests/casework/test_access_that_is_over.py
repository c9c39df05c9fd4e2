"""Whose seat, last day or covenant is over, gets nothing new; and grounds and secrets hold for the regie too."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from casework.models import Audience, Participation, RegieKind, Signal
from casework.queries.signals import describe
from casework.services import cases, contributions, disclosing, participants, triage
from partners.models import Covenant, Seat
from partners.services.seats import end_seat
from privacy.access import open_one
from privacy.errors import NotKnown, Refused
from privacy.unlock import unlock
from tests.world import GROUND, Cast, a_case, a_signal, actor, as_, contributed, invited, item


def readable(signal: Signal, person: str, cast: Cast) -> bool:
    with as_(cast.people[person]) as (by, _):
        try:
            open_one(Signal, signal.pk, by=by)
        except NotKnown:
            return False
        return True


def lose_seat(person: str, cast: Cast) -> None:
    """The seat ends by its date, and no worker came by yet."""
    Seat.objects.filter(user=cast.people[person]).update(valid_until=timezone.now() - timedelta(minutes=1))


def test_a_signal_that_is_bundled_later_does_not_reach_who_lost_the_seat(cast: Cast) -> None:
    case = a_case(cast.rosa, a_signal(cast.wout, cast.overlast))
    invited(case, cast.rosa, cast.wilma)
    lose_seat("wilma", cast)
    later = a_signal(cast.wout, cast.overlast)
    with as_(cast.rosa) as (by, _):
        unlock([case.dossier_id, later.dossier_id], by=by)
        cases.add_signal(case, later, (), now=timezone.now(), by=by)
    assert not readable(later, "wilma", cast)


def test_a_signal_that_is_shared_with_the_organisation_does_not_reach_who_lost_the_seat(cast: Cast) -> None:
    signal = a_signal(cast.pieter, cast.overlast)
    case = a_case(cast.rosa, signal)
    invited(case, cast.rosa, cast.wilma, cast.wout)
    lose_seat("wilma", cast)
    with as_(cast.rosa) as (by, _):
        unlock([case.dossier_id, signal.dossier_id], by=by)
        disclosing.share_signal(case, signal, cast.corporatie, ground=GROUND, now=timezone.now(), by=by)
    assert readable(signal, "wout", cast)
    assert not readable(signal, "wilma", cast)


def test_nothing_is_shared_with_an_organisation_of_which_nobody_takes_part_any_more(cast: Cast) -> None:
    signal = a_signal(cast.pieter, cast.overlast)
    case = a_case(cast.rosa, signal)
    invited(case, cast.rosa, cast.wilma)
    lose_seat("wilma", cast)
    with as_(cast.rosa) as (by, _), pytest.raises(Refused, match="doet niet mee"):
        unlock([case.dossier_id, signal.dossier_id], by=by)
        disclosing.share_signal(case, signal, cast.corporatie, ground=GROUND, now=timezone.now(), by=by)


def test_a_participation_lasts_no_longer_than_the_seat(cast: Cast) -> None:
    last = timezone.now() + timedelta(days=5)
    Seat.objects.filter(user=cast.wilma).update(valid_until=last)
    case = a_case(cast.rosa, a_signal(cast.greet, cast.overlast))
    invited(case, cast.rosa, cast.wilma)
    with as_(cast.rosa):
        assert Participation.objects.get(case=case, user=cast.wilma).until == last


def test_who_came_back_after_a_last_day_can_be_invited_again(cast: Cast) -> None:
    case = a_case(cast.rosa, a_signal(cast.greet, cast.overlast))
    invited(case, cast.rosa, cast.wilma)
    with as_(cast.rosa):
        past = timezone.now() - timedelta(minutes=1)
        Participation.objects.filter(case=case, user=cast.wilma).update(until=past)
    invited(case, cast.rosa, cast.wilma)
    with as_(cast.rosa):
        assert Participation.objects.filter(case=case, user=cast.wilma, ended_at__isnull=True).count() == 1


def test_police_data_reach_the_regie_only_on_a_ground_of_the_profile(cast: Cast) -> None:
    case = a_case(cast.rosa, a_signal(cast.greet, cast.overlast))
    invited(case, cast.rosa, cast.pieter)
    for ground, decision_ref, sentence in ((GROUND, "", "Wpg"), ("wpg_20", "", "kenmerk van het besluit")):
        with pytest.raises(Refused, match=sentence):
            contributed(
                case, cast.pieter, "Antecedenten.", category="politie", ground=ground, decision_ref=decision_ref,
                audience=Audience.REGIE,
            )  # fmt: skip
    contributed(
        case, cast.pieter, "Antecedenten.", category="politie", ground="wpg_20", decision_ref="B-1",
        audience=Audience.REGIE,
    )  # fmt: skip


def test_who_takes_part_in_the_dark_shares_with_the_regie_only(cast: Cast) -> None:
    case = a_case(cast.rosa, a_signal(cast.greet, cast.overlast))
    invited(case, cast.rosa, cast.wilma)
    invited(case, cast.rosa, cast.pieter, hidden=True)
    with pytest.raises(Refused, match="weten niet dat u meedoet"):
        contributed(case, cast.pieter, "Voor iedereen.")
    contributed(case, cast.pieter, "Voor de regie.", audience=Audience.REGIE)


@pytest.mark.parametrize(
    ("person", "sentence"), [("rachid", "procesregisseur van deze tafel"), ("pieter", "mogen weten")]
)
def test_no_regisseur_of_the_table_and_nobody_hidden_becomes_casusregisseur(
    cast: Cast, person: str, sentence: str
) -> None:
    case = a_case(cast.rosa, a_signal(cast.greet, cast.overlast))
    invited(case, cast.rosa, cast.rachid)
    invited(case, cast.rosa, cast.pieter, hidden=True)
    with as_(cast.rosa) as (by, _), pytest.raises(Refused, match=sentence):
        unlock([case.dossier_id], by=by)
        cases.assign_regie(case, RegieKind.CASE, cast.people[person].pk, now=timezone.now(), by=by)


def test_a_regisseur_without_a_basis_sees_no_bsn(cast: Cast) -> None:
    signal = a_signal(cast.pieter, cast.overlast)
    for kind, shown in (("gemeente_veiligheid", True), ("woningcorporatie", False)):
        cast.gemeente.kind = kind
        cast.gemeente.save()
        cast.rosa.organisation.refresh_from_db()
        with as_(cast.rosa) as (by, _):
            found = open_one(Signal, signal.pk, by=by)
            assert (describe(found, by=by).subjects[0]["bsn"] == "999990019") == shown


def test_a_signal_is_not_forwarded_to_where_nobody_judges_or_the_covenant_forbids(cast: Cast) -> None:
    signal = a_signal(cast.pieter, cast.overlast, item(category="politie"))
    narrow = Covenant.objects.get()
    narrow.themes = ["woonoverlast"]
    narrow.save()
    other = Covenant.objects.create(
        name="Jeugd", themes=["jonge_aanwas"], categories=["algemeen"], valid_from=narrow.valid_from
    )
    other.organisations.set([cast.gemeente, cast.politie])
    with as_(cast.rosa) as (by, _):
        unlock([signal.dossier_id], by=by)
        with pytest.raises(Refused, match="soort gegevens"):
            triage.forward(signal, cast.jeugd, "Hoort daar.", now=timezone.now(), by=by)
    with as_(cast.beheer) as (by, _):
        end_seat(cast.victor.seats.get(), by=by)
    with as_(cast.rosa) as (by, _):
        unlock([signal.dossier_id], by=by)
        with pytest.raises(Refused, match="geen procesregisseur"):
            triage.forward(signal, cast.jeugd, "Hoort daar.", now=timezone.now(), by=by)


def test_a_regisseur_shares_with_everyone_also_without_a_colleague_in_the_case(cast: Cast) -> None:
    case = a_case(cast.rosa, a_signal(cast.greet, cast.overlast))
    invited(case, cast.rosa, cast.wilma)
    row = contributed(case, cast.rosa, "Afspraak van de tafel.")
    with as_(cast.wilma) as (by, _):
        unlock([case.dossier_id], by=by)
        assert contributions.Contribution.objects.get(pk=row.pk).text == "Afspraak van de tafel."


def test_an_invitation_of_somebody_whose_organisation_left_the_covenant_is_refused(cast: Cast) -> None:
    case = a_case(cast.rosa, a_signal(cast.greet, cast.overlast))
    Covenant.objects.get().organisations.remove(cast.corporatie)
    with as_(cast.rosa) as (by, _), pytest.raises(Refused, match="convenant"):
        unlock([case.dossier_id], by=by)
        participants.invite(case, cast.wilma, ground=GROUND, now=timezone.now(), by=by)
    assert actor(cast.wilma).themes == frozenset()

"""What an owner asks of a contribution: never to X, and ask me first. Refusals first."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from casework.models import Audience, Case, Consent, Contribution
from casework.services import contributions, participants
from casework.values import ContributionInput, ItemKind, Terms
from partners.models import User
from privacy.access import visible
from privacy.errors import LockedValue, Refused
from privacy.models import Job
from privacy.unlock import unlock
from tests.casework.conftest import Browsers, words
from tests.world import GROUND, Cast, a_case, a_signal, as_, canary, contributed, invited

FORM = {"text": "Wat ik inbreng.", "kind": "feit", "category": "algemeen", "audience": "table", "ground": GROUND}


@pytest.fixture
def case(cast: Cast) -> Case:
    """Wilma of the corporation and Pieter of the police take part; Greet of the GGZ does not yet."""
    found = a_case(cast.rosa, a_signal(cast.wilma, cast.overlast))
    invited(found, cast.rosa, cast.wilma, cast.pieter)
    return found


def terms(*not_to: UUID, ask_first: bool = False) -> Terms:
    return Terms(frozenset(not_to), ask_first)


def reads(case: Case, person: User) -> set[str]:
    """The texts that this person reads in the case."""
    with as_(person) as (by, _):
        unlock([case.dossier_id], by=by)
        return {row.text for row in visible(Contribution, by=by).filter(case=case) if row.text}


def asked(case: Case, person: User) -> list[Consent]:
    with as_(person) as (by, _):
        return list(visible(Consent, by=by).filter(case=case))


def answered(case: Case, person: User, agreed: bool) -> None:
    with as_(person) as (by, _):
        unlock([case.dossier_id], by=by)
        contributions.answer(Consent.objects.get(case=case), agreed, now=timezone.now(), by=by)


# Not to X.


def test_who_is_named_never_gets_it_also_when_it_comes_later(cast: Cast, case: Case) -> None:
    text = canary("niet-ggz")
    contributed(case, cast.wilma, text, terms=terms(cast.ggz.pk))
    assert text in reads(case, cast.pieter)
    invited(case, cast.rosa, cast.greet)
    assert reads(case, cast.greet) == set()


def test_who_is_named_and_takes_part_is_left_out_of_all_participants(cast: Cast, case: Case) -> None:
    invited(case, cast.rosa, cast.greet)
    text = canary("niet-politie")
    contributed(case, cast.wilma, text, terms=terms(cast.politie.pk))
    assert text in reads(case, cast.greet)
    assert reads(case, cast.pieter) == set()


def test_the_owner_cannot_share_it_with_who_it_named(cast: Cast, case: Case, browser: Browsers) -> None:
    with pytest.raises(Refused, match="Niet aan"):
        chosen: dict[str, Any] = {"audience": Audience.CHOSEN, "recipients": (cast.politie.pk,)}
        contributed(case, cast.wilma, "Tegenspraak.", terms=terms(cast.politie.pk), **chosen)
    row = contributed(case, cast.wilma, "Niet voor de politie.", terms=terms(cast.politie.pk))
    with as_(cast.wilma) as (by, _), pytest.raises(Refused, match="Voorwaarde van de eigenaar"):
        unlock([case.dossier_id], by=by)
        contributions.share_further(row, [cast.politie], now=timezone.now(), by=by)
    assert "Deel met meer" not in words(browser(cast.wilma).see("case-contributions", case.pk))


def test_the_choice_tells_nothing_of_who_takes_part(cast: Cast, case: Case, browser: Browsers) -> None:
    invited(case, cast.rosa, cast.greet, hidden=True)
    form = browser(cast.wilma).see("case-contributions", case.pk).context["form"]
    before = form.fields["not_to"].choices
    assert [label for _, label in before] == ["GGZ Proef", "Politie Proefstad"], "those of the covenant"
    labels = [label for _, label in form.fields["recipients"].choices]
    assert labels == ["Politie Proefstad"], "only who is seen taking part"
    row = contributed(case, cast.wilma, "Niet voor de GGZ.", terms=terms(cast.ggz.pk))
    assert row.terms


def test_the_regie_and_ones_own_house_cannot_be_named(cast: Cast, case: Case) -> None:
    for organisation in (cast.gemeente, cast.corporatie, cast.outside):
        with pytest.raises(Refused, match="uit de lijst"):
            contributed(case, cast.wilma, "Voor bijna iedereen.", terms=terms(organisation.pk))


def test_a_better_version_keeps_the_condition(cast: Cast, case: Case, browser: Browsers) -> None:
    old = contributed(case, cast.wilma, "Twee keer.", terms=terms(cast.ggz.pk, ask_first=True))
    wilma = browser(cast.wilma)
    form = wilma.see("case-correct", case.pk, old.pk).context["form"]
    assert form.initial["not_to"] == [str(cast.ggz.pk)]
    assert form.initial["ask_first"] is True
    given = FORM | {"text": "Drie keer.", "not_to": [str(cast.ggz.pk)], "ask_first": "on"}
    assert wilma.do("case-correct", case.pk, old.pk, **given).status_code == 302
    invited(case, cast.rosa, cast.greet)
    assert reads(case, cast.greet) == set()


def test_readers_see_the_condition_on_every_page(cast: Cast, case: Case, browser: Browsers) -> None:
    contributed(case, cast.wilma, "Let op.", terms=terms(cast.ggz.pk, ask_first=True))
    page = words(browser(cast.pieter).see("case-contributions", case.pk))
    assert "niet aan GGZ Proef." in page
    assert "eerst vragen aan Woningstichting Proef" in page


def test_conditions_are_sealed_and_nothing_is_given_without_reading_them(cast: Cast, case: Case) -> None:
    row = contributed(case, cast.wilma, "Verzegeld.", terms=terms(cast.ggz.pk))
    with as_(cast.rosa), connection.cursor() as cursor:
        cursor.execute("SELECT terms FROM casework_contribution WHERE id = %s", [row.pk])
        assert str(cast.ggz.pk).encode() not in bytes(cursor.fetchone()[0])
    with as_(cast.rosa) as (by, _), pytest.raises(LockedValue):
        participants.invite(case, cast.greet, ground=GROUND, now=timezone.now(), by=by)


# Ask me first.


def test_a_new_organisation_waits_for_the_owner(cast: Cast, case: Case, browser: Browsers) -> None:
    text = canary("eerst-vragen")
    contributed(case, cast.wilma, text, terms=terms(ask_first=True))
    Job.objects.all().delete()
    sent = browser(cast.rosa).do("case-sharing", case.pk, user=cast.greet.pk, ground=GROUND)
    said = words(browser(cast.rosa).client.get(sent["Location"]))
    assert "nog geen antwoord" in said
    assert reads(case, cast.greet) == set()
    assert Job.objects.filter(subject_id=cast.wilma.pk).exists()
    wilma = browser(cast.wilma)
    assert "Mag uw inbreng naar GGZ Proef?" in words(wilma.see("home"))
    (consent,) = asked(case, cast.wilma)
    assert text in words(wilma.see("consent", consent.pk))
    assert wilma.do("consent", consent.pk, answer="ja").status_code == 302
    assert text in reads(case, cast.greet)
    assert "Mag uw inbreng" not in words(wilma.see("home"))


def test_a_no_is_kept_and_nobody_new_hears_of_it(cast: Cast, case: Case, browser: Browsers) -> None:
    contributed(case, cast.wilma, "Liever niet.", terms=terms(ask_first=True))
    invited(case, cast.rosa, cast.greet)
    (consent,) = asked(case, cast.wilma)
    assert browser(cast.wilma).do("consent", consent.pk, answer="nee").status_code == 302
    assert reads(case, cast.greet) == set()
    assert asked(case, cast.greet) == asked(case, cast.pieter) == [], "neither the receiver nor another partner"
    assert "de eigenaar zei nee" in words(browser(cast.rosa).see("case-sharing", case.pk))
    assert "Liever niet" not in words(browser(cast.greet).see("case-detail", case.pk))


def test_only_the_owner_answers(cast: Cast, case: Case, browser: Browsers) -> None:
    contributed(case, cast.wilma, "Van ons.", terms=terms(ask_first=True))
    invited(case, cast.rosa, cast.greet)
    (consent,) = asked(case, cast.wilma)
    for person in ("rosa", "pieter", "greet", "wout", "victor"):
        other = browser(cast.people[person])
        assert other.see("consent", consent.pk).status_code in (403, 404)
        assert other.do("consent", consent.pk, answer="ja").status_code in (403, 404)
    with as_(cast.rosa) as (by, _), pytest.raises(Refused, match="Alleen de eigenaar"):
        unlock([case.dossier_id], by=by)
        contributions.answer(consent, True, now=timezone.now(), by=by)
    with as_(cast.rosa):
        updated = Consent.objects.filter(pk=consent.pk).update(
            agreed=True, answered_at=timezone.now(), answered_by=cast.rosa.pk
        )
        assert updated == 0, "the database, without the gate"


def test_only_the_regie_asks(cast: Cast, case: Case) -> None:
    row = contributed(case, cast.wilma, "Van ons.", terms=terms(ask_first=True))
    with as_(cast.wilma) as (by, _):
        unlock([case.dossier_id], by=by)
        line = (
            visible(Consent, by=by)
            .model._meta.get_field("compartment")
            .related_model.objects.get(dossier=case.dossier_id, kind="liaison", organisation_id=cast.corporatie.pk)
        )
        fake = Consent(
            dossier_id=case.dossier_id, compartment=line, case=case, contribution=row,
            organisation=cast.corporatie, receiver=cast.ggz,
        )  # fmt: skip
        with pytest.raises(DatabaseError), transaction.atomic():
            fake.save(force_insert=True)


def test_answered_by_two_at_once_is_answered_once(cast: Cast, case: Case, browser: Browsers) -> None:
    invited(case, cast.rosa, cast.wout)
    contributed(case, cast.wilma, "Van ons.", terms=terms(ask_first=True))
    invited(case, cast.rosa, cast.greet)
    (consent,) = asked(case, cast.wilma)
    assert browser(cast.wilma).do("consent", consent.pk, answer="nee").status_code == 302
    late = browser(cast.wout).do("consent", consent.pk, answer="ja")
    assert late.status_code == 409
    assert "misschien door een collega" in words(late)
    assert reads(case, cast.greet) == set()
    assert browser(cast.wout).do("consent", consent.pk).status_code == 422


def test_who_takes_part_unseen_is_not_asked_about(cast: Cast, case: Case) -> None:
    contributed(case, cast.wilma, "Van ons.", terms=terms(ask_first=True))
    invited(case, cast.rosa, cast.greet, hidden=True)
    assert asked(case, cast.wilma) == [], "the question would tell that the GGZ takes part"
    assert reads(case, cast.greet) == set()


def test_a_colleague_of_who_has_it_gets_it_without_a_question(cast: Cast, case: Case) -> None:
    text = canary("al-gedeeld")
    contributed(case, cast.wilma, text, terms=terms(ask_first=True))
    invited(case, cast.rosa, cast.petra)
    assert asked(case, cast.wilma) == []
    assert text in reads(case, cast.petra)


def test_correcting_does_not_give_it_to_who_still_waits(cast: Cast, case: Case) -> None:
    old = contributed(case, cast.wilma, "Eerste.", terms=terms(ask_first=True))
    invited(case, cast.rosa, cast.greet)
    better = ContributionInput(
        ItemKind.FACT, "algemeen", GROUND, "Tweede.", Audience.TABLE, terms=terms(ask_first=True)
    )
    with as_(cast.wilma) as (by, _):
        unlock([case.dossier_id], by=by)
        contributions.correct(old, better, now=timezone.now(), by=by)
    assert "Tweede." in reads(case, cast.pieter)
    assert reads(case, cast.greet) == set()
    answered(case, cast.wilma, True)
    assert reads(case, cast.greet) == {"Tweede."}


def test_taking_it_back_ends_the_question(cast: Cast, case: Case, browser: Browsers) -> None:
    row = contributed(case, cast.wilma, "Toch niet.", terms=terms(ask_first=True))
    invited(case, cast.rosa, cast.greet)
    wilma = browser(cast.wilma)
    assert wilma.do("case-withdraw", case.pk, row.pk).status_code == 302
    assert "Mag uw inbreng" not in words(wilma.see("home"))
    assert reads(case, cast.greet) == set()


def test_a_yes_counts_for_who_comes_later_still(cast: Cast, case: Case) -> None:
    contributed(case, cast.wilma, "Mag.", terms=terms(ask_first=True))
    invited(case, cast.rosa, cast.greet)
    with as_(cast.rosa) as (by, _):
        unlock([case.dossier_id], by=by)
        participants.end_participation(case.participations.get(user=cast.greet), now=timezone.now(), by=by)
    answered(case, cast.wilma, True)
    assert reads(case, cast.wilma) == {"Mag."}
    invited(case, cast.rosa, cast.greet)
    assert reads(case, cast.greet) == {"Mag."}

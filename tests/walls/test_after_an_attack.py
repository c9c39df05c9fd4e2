"""What somebody tried who may run SQL of their own as the application: wall 2 alone, on ways in that once were open."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from casework.models import Audience, Contribution, Participation, Signal, SignalItem
from privacy import dossiers, grants
from privacy.grants import Because
from privacy.models import Compartment, CompartmentKind, Grant
from tests.world import GROUND, Cast, a_case, a_signal, actor, as_, contributed, invited


def refused(act: Callable[[], Any], match: str = "") -> None:
    with pytest.raises(DatabaseError, match=match), transaction.atomic():
        act()


@pytest.fixture
def item(cast: Cast) -> Contribution:
    """Wilma's item in a case with Pieter."""
    case = a_case(cast.rosa, a_signal(cast.greet, cast.overlast))
    invited(case, cast.rosa, cast.wilma, cast.pieter)
    return contributed(case, cast.wilma, "Van Wilma.")


def test_who_owns_an_item_cannot_make_it_a_way_to_direct_the_dossier(cast: Cast, item: Contribution) -> None:
    with as_(cast.wilma) as (by, _):
        row = Grant.objects.filter(compartment=item.compartment_id).first()
        row.pk, row.directs, row.given_for = uuid4(), True, "zelf"
        refused(lambda: row.save(force_insert=True), "only the part of the regie directs")
        assert not grants.directs(item.dossier_id, by=by)


def test_a_grant_cannot_pass_for_another_part_of_the_dossier(cast: Cast, item: Contribution) -> None:
    with as_(cast.wilma):
        row = Grant.objects.filter(compartment=item.compartment_id).first()
        row.pk, row.part, row.given_for = uuid4(), CompartmentKind.COVER, "zelf"
        refused(lambda: row.save(force_insert=True), "a grant says what its compartment is")


def test_who_directs_cannot_open_what_a_partner_kept_inside_its_own_organisation(
    cast: Cast, item: Contribution
) -> None:
    contributed(item.case, cast.wilma, "Alleen van ons.", audience=Audience.OWN)
    own = dossiers.part(item.dossier, CompartmentKind.OWN, cast.corporatie.pk)
    with as_(cast.rosa) as (by, _):
        give = Because(GROUND, "zelf")
        refused(
            lambda: grants.give([own], to=[cast.rosa.pk], level="view", because=give, by=by),
            "an own part is for people of that organisation",
        )


def test_who_directs_cannot_rewrite_what_a_partner_brought_in(cast: Cast, item: Contribution) -> None:
    with as_(cast.rosa):
        assert Contribution.objects.filter(pk=item.pk).exists()
        assert Contribution.objects.filter(pk=item.pk).update(kind="feit") == 0
    with as_(cast.wilma):
        assert Contribution.objects.filter(pk=item.pk).update(kind="feit") == 1


def test_a_partner_cannot_let_somebody_take_part(cast: Cast, item: Contribution) -> None:
    with as_(cast.wilma):
        line = Compartment.objects.get(dossier=item.dossier_id, kind=CompartmentKind.LIAISON)
        row = Participation(
            dossier=item.dossier, compartment=line, case=item.case, organisation=cast.ggz, user=cast.greet,
            ground=GROUND, since=timezone.now(),
        )  # fmt: skip
        refused(lambda: row.save(force_insert=True), "row-level security")


def test_a_reporter_cannot_delete_what_was_reported(cast: Cast) -> None:
    a_signal(cast.wilma, cast.overlast)
    with as_(cast.wilma):
        for model in (SignalItem, Signal):
            assert model.objects.filter(pk__isnull=False)._raw_delete("default") == 0


def test_a_beheerder_cannot_hand_a_table_to_somebody_without_a_seat(cast: Cast) -> None:
    a_signal(cast.wilma, cast.overlast)
    with as_(cast.beheer) as (by, _):
        for reason in ("zelf bedacht", f"seat:{cast.wilma.seats.get().pk}"):
            because = Because(GROUND, reason)
            refused(
                lambda because=because: grants.seat_regisseur(
                    table_id=cast.overlast.pk, user_id=cast.beheer.pk, because=because, by=by
                ),
                "there is no such seat",
            )


def test_access_ends_with_the_covenant_for_the_gate_and_for_the_database(cast: Cast, item: Contribution) -> None:
    covenant = cast.corporatie.covenants.get()
    covenant.organisations.remove(cast.corporatie)
    with as_(cast.wilma) as (by, _):
        assert by.themes == frozenset()
        assert not grants.valid(by).filter(kind__in=["case", "signal"]).exists()
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM casework_contribution")
            assert cursor.fetchone()[0] == 0
    assert actor(cast.pieter).themes >= {"woonoverlast"}

"""Wall 2 alone: the Python gate is never asked here; the database itself gives nothing away."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from casework.models import CaseSubject, Contribution, Signal, SignalItem, SignalPlace, SignalSource
from privacy import grants
from privacy.acting import acting
from privacy.dossiers import part
from privacy.grants import Because
from privacy.models import AuditEntry, Compartment, CompartmentKind, Dossier, Grant
from tests.commits import committed
from tests.walls.helpers import dossier_models
from tests.world import Cast, a_case, a_signal, actor, as_, confidential, contributed, invited, item


def test_every_table_of_a_dossier_has_forced_policies_a_pairing_and_a_trigger() -> None:
    with connection.cursor() as cursor:
        for model in dossier_models():
            table = model._meta.db_table
            cursor.execute("SELECT relrowsecurity AND relforcerowsecurity FROM pg_class WHERE relname = %s", [table])
            assert cursor.fetchone()[0], f"{table} is not forced: add it to rls.protection in a migration"
            cursor.execute("SELECT cmd FROM pg_policies WHERE tablename = %s", [table])
            assert {row[0] for row in cursor.fetchall()} == {"SELECT", "INSERT", "UPDATE", "DELETE"}, table
            cursor.execute("SELECT 1 FROM pg_trigger WHERE tgname = %s", [f"{table}_watch"])
            assert cursor.fetchone(), f"{table} has no trigger"
            cursor.execute("SELECT 1 FROM pg_constraint WHERE conname = %s", [f"{table}_pair"])
            assert cursor.fetchone(), f"{table} may mix dossiers and compartments"


@pytest.mark.parametrize("table", ["privacy_dossier", "privacy_compartment", "privacy_grant", "privacy_auditentry"])
def test_the_tables_of_the_walls_are_forced_too(table: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT relrowsecurity AND relforcerowsecurity FROM pg_class WHERE relname = %s", [table])
        assert cursor.fetchone()[0]


def test_the_application_neither_owns_tables_nor_bypasses_policies() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user")
        assert cursor.fetchone()[0] is False
        cursor.execute("SELECT count(*) FROM pg_tables WHERE tableowner = current_user")
        assert cursor.fetchone()[0] == 0


def test_without_an_actor_there_are_no_rows(cast: Cast) -> None:
    a_signal(cast.pieter, cast.overlast)
    for model in (*dossier_models(), Dossier, Compartment, Grant):
        assert model.objects.count() == 0, model


def test_another_organisation_finds_no_row_of_a_case_in_any_table(cast: Cast) -> None:
    signal = a_signal(cast.pieter, cast.overlast, item(), confidential("geheim"))
    case = a_case(cast.rosa, signal)
    invited(case, cast.rosa, cast.pieter)
    contributed(case, cast.pieter, "inbreng van de politie")
    for outsider in (cast.wilma, cast.greet, cast.victor, cast.otto, cast.bram, cast.beheer, cast.fatima, cast.iris):
        with as_(outsider):
            for model in (*dossier_models(), Dossier, Compartment, Grant):
                assert model.objects.count() == 0, (outsider.name, model)


def test_a_foreign_key_a_subquery_raw_sql_and_a_count_lead_nowhere(cast: Cast) -> None:
    signal = a_signal(cast.pieter, cast.overlast)
    with as_(cast.wilma):
        assert SignalPlace.objects.filter(signal_id=signal.pk).first() is None
        assert Signal.objects.filter(pk__in=SignalItem.objects.values("signal_id")).count() == 0
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM casework_signal")
            assert cursor.fetchone()[0] == 0
            cursor.execute("UPDATE casework_signal SET severity = 'laag'")
            assert cursor.rowcount == 0
            cursor.execute("DELETE FROM casework_signalitem")
            assert cursor.rowcount == 0


def test_a_participant_reads_only_its_own_parts_of_a_case(cast: Cast) -> None:
    police = a_signal(cast.pieter, cast.overlast, item("van de politie"))
    corporation = a_signal(cast.wilma, cast.overlast, item("van de corporatie"), confidential("vertrouwelijk"))
    case = a_case(cast.rosa, police, corporation)
    invited(case, cast.rosa, cast.pieter, cast.wilma)
    contributed(case, cast.wilma, "alleen regie", audience="regie")
    with as_(cast.pieter):
        assert set(Signal.objects.values_list("pk", flat=True)) == {police.pk}
        assert SignalItem.objects.count() == 1
        assert Contribution.objects.count() == 0
        kinds = Compartment.objects.filter(dossier=case.dossier_id).values_list("kind", flat=True)
        assert set(kinds) == {"cover", "table", "own", "liaison"}
    with as_(cast.rosa):
        assert Contribution.objects.count() == 1
        assert SignalItem.objects.count() == 3


def test_a_partner_cannot_write_where_it_may_only_read(cast: Cast) -> None:
    case = a_case(cast.rosa, a_signal(cast.pieter, cast.overlast))
    invited(case, cast.rosa, cast.wilma)
    with as_(cast.wilma):
        table = part(case.dossier, CompartmentKind.TABLE)
        subject = CaseSubject(dossier=case.dossier, compartment=table, case=case, kind="person", role="x")
        subject.name = None  # type: ignore[assignment]  # sealed columns stay empty: only the policy is tested
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            CaseSubject.objects.bulk_create([subject])


def test_a_row_cannot_pair_a_compartment_with_another_dossier(cast: Cast) -> None:
    one, other = a_signal(cast.pieter, cast.overlast), a_signal(cast.pieter, cast.overlast)
    with as_(cast.pieter), pytest.raises(DatabaseError, match="_pair"), transaction.atomic():
        SignalItem.objects.filter(signal=one).update(dossier=other.dossier_id)
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


@pytest.mark.parametrize("who", ["wilma", "victor", "beheer", "otto"])
def test_nobody_gives_access_to_a_dossier_of_others(cast: Cast, who: str) -> None:
    signal = a_signal(cast.pieter, cast.overlast)
    cover = part(signal.dossier, CompartmentKind.COVER)
    with as_(getattr(cast, who)) as (by, _), pytest.raises(DatabaseError, match="row-level security"):
        with transaction.atomic():
            grants.give([cover], to=[by.user_id], level="view", because=Because("x", "y:1"), by=by)


def test_a_grant_that_ended_or_is_yet_to_begin_counts_for_nobody_not_even_for_guardian(cast: Cast) -> None:
    signal = a_signal(cast.pieter, cast.overlast)
    with as_(cast.pieter):
        assert cast.pieter.has_perm("privacy.view_dossier", signal.dossier) or cast.pieter.has_perm(
            "privacy.contribute_dossier", signal.dossier
        )
    with as_(cast.pieter) as (by, _):
        assert grants.end(f"report:{signal.pk}", by=by) == 3
    with as_(cast.pieter):
        assert Signal.objects.filter(pk=signal.pk).count() == 0
        fresh = type(cast.pieter).objects.get(pk=cast.pieter.pk)
        assert not fresh.has_perm("privacy.contribute_dossier", signal.dossier)


def test_a_founder_fills_and_shares_a_dossier_only_in_the_transaction_that_founded_it(cast: Cast) -> None:
    signal = committed(lambda: a_signal(cast.pieter, cast.overlast))

    def share_later() -> None:
        with acting(actor(cast.pieter)):
            by = actor(cast.pieter)
            cover = part(signal.dossier, CompartmentKind.COVER)
            grants.give([cover], to=[cast.wilma.pk], level="view", because=Because("x", "y:1"), by=by)

    with pytest.raises(DatabaseError, match="row-level security"):
        committed(share_later)


def test_what_looks_past_policies_is_called_by_the_application_alone(cast: Cast) -> None:
    from django.db import connections

    with connection.cursor() as cursor:
        cursor.execute("SELECT oid::regprocedure::text FROM pg_proc WHERE prosecdef ORDER BY 1")
        definers = [row[0] for row in cursor.fetchall()]
        assert len(definers) >= 9
        for role in ("casustafel_audit", "casustafel_backup", "casustafel_broker"):
            cursor.execute(
                "SELECT f FROM unnest(%s::text[]) f WHERE has_function_privilege(%s, f, 'execute')", [definers, role]
            )
            assert cursor.fetchall() == [], role
    with connections["audit"].cursor() as cursor, pytest.raises(DatabaseError, match="permission denied"):
        cursor.execute("SELECT privacy_forget(gen_random_uuid(), false)")


def test_the_setting_of_one_person_never_reaches_the_next_transaction(cast: Cast) -> None:
    signal = committed(lambda: a_signal(cast.pieter, cast.overlast))

    def before_and_after() -> tuple[int, int]:
        with acting(actor(cast.pieter)):
            inside = Signal.objects.filter(pk=signal.pk).count()
        return inside, Signal.objects.filter(pk=signal.pk).count()

    assert committed(before_and_after) == (1, 0)


def test_a_write_without_an_actor_is_refused_by_the_trigger(cast: Cast) -> None:
    from django.db import connections

    signal = committed(lambda: a_signal(cast.pieter, cast.overlast))
    with pytest.raises(DatabaseError, match="no actor"), transaction.atomic(using="maintenance"):
        with connections["maintenance"].cursor() as cursor:
            cursor.execute("UPDATE casework_signal SET severity = 'laag' WHERE id = %s", [signal.pk])


def test_every_row_that_changed_has_an_entry_of_the_same_transaction(cast: Cast) -> None:
    from django.db import connections

    with connections["maintenance"].cursor() as cursor:
        # Other tests leave bare rows on purpose, and nobody can take them away.
        cursor.execute("SELECT coalesce(max(id), 0) FROM privacy_rowchange")
        before = cursor.fetchone()[0]
        committed(lambda: a_signal(cast.pieter, cast.overlast))
        cursor.execute(
            "SELECT DISTINCT table_name, operation FROM privacy_rowchange r WHERE r.id > %s AND NOT EXISTS "
            "(SELECT 1 FROM privacy_auditentry a WHERE a.xact = r.xact)",
            [before],
        )
        assert cursor.fetchall() == []
        cursor.execute(
            "SELECT count(*) FROM privacy_rowchange WHERE id > %s AND table_name = 'casework_signalitem'", [before]
        )
        assert cursor.fetchone()[0] > 0


def test_the_log_can_only_be_added_to(cast: Cast) -> None:
    with as_(cast.pieter), pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        AuditEntry.objects.update(event="x")
    with as_(cast.pieter), pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        AuditEntry.objects.all()._raw_delete("default")


def test_the_audit_role_writes_and_cannot_read(cast: Cast) -> None:
    with pytest.raises(DatabaseError, match="permission denied"):
        AuditEntry.objects.using("audit").count()
    from django.db import connections

    with connections["audit"].cursor() as cursor, pytest.raises(DatabaseError, match="permission denied"):
        cursor.execute("SELECT 1 FROM casework_signal")


def test_only_a_privacy_officer_reads_the_log_and_others_only_of_their_own_organisation(cast: Cast) -> None:
    signal = committed(lambda: a_signal(cast.pieter, cast.overlast))
    with as_(cast.fatima):
        assert AuditEntry.objects.filter(dossiers__contains=[signal.dossier_id]).exists()
    with as_(cast.pieter):
        entries = AuditEntry.objects.filter(dossiers__contains=[signal.dossier_id])
        assert {entry.organisation_id for entry in entries} == {cast.politie.pk}
    with as_(cast.wilma):
        assert AuditEntry.objects.count() == 0
    with as_(cast.beheer):
        assert AuditEntry.objects.count() == 0


def test_a_seat_that_ends_takes_the_table_with_it_on_the_next_request(cast: Cast) -> None:
    from partners.models import Seat
    from partners.services.seats import end_seat
    from privacy.roles import Role

    signal = a_signal(cast.pieter, cast.overlast)
    seat = Seat.objects.get(user=cast.rachid, role=Role.PROCESREGISSEUR)
    with as_(cast.rachid):
        assert Signal.objects.filter(pk=signal.pk).exists()
    with as_(cast.beheer) as (by, _):
        end_seat(seat, by=by)
    with as_(cast.rachid):
        assert not Signal.objects.filter(pk=signal.pk).exists()


def test_a_new_regisseur_gets_the_open_dossiers_but_no_organisations_own_part(cast: Cast) -> None:
    from partners.services.seats import seat
    from privacy.roles import Role

    case = a_case(cast.rosa, a_signal(cast.pieter, cast.overlast))
    invited(case, cast.rosa, cast.pieter)
    contributed(case, cast.pieter, "eigen notitie", audience="own")
    with as_(cast.beheer) as (by, _):
        seat(cast.overlast, cast.victor, Role.PROCESREGISSEUR, now=timezone.now(), by=by)
    with as_(cast.victor):
        kinds = set(Compartment.objects.filter(dossier=case.dossier_id).values_list("kind", flat=True))
        assert kinds == {"cover", "table", "regie", "liaison"}
        assert Contribution.objects.filter(case=case).count() == 0
        assert SignalSource.objects.filter(signal__dossier__in=case.bundle.values("signal_dossier")).count() == 1

"""A house with all there is in it: files, consents, requests, emergency access, exclusions, marks. Upkeep meets all."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.apps import apps
from django.utils import timezone

from casework.attaching import take_in
from casework.models import Attachment, Case, KnownMark, Signal
from casework.services import asking
from casework.values import Terms
from privacy import emergency
from privacy.acting import acting
from privacy.actor import system_actor
from privacy.encryption import streams
from privacy.errors import TamperedValue
from privacy.models import (
    Compartment,
    Dossier,
    DossierRow,
    EmergencyAccess,
    Exclusion,
    Grant,
)
from privacy.unlock import unlock
from privacy.upkeep.opening import open_parts, opened_rows, parts_of
from privacy.upkeep.work import step
from tests.attachments.hands import brought
from tests.attachments.makers import GOOD
from tests.backup.conftest import Elsewhere
from tests.backup.test_backup import NONE, Backed
from tests.breakglass.conftest import broken
from tests.commits import committed
from tests.exclusion.conftest import keep_away
from tests.keys.scene import run
from tests.world import Cast, a_case, a_signal, as_, confidential, invited, item

USING = "maintenance"


def everything(cast: Cast) -> tuple[Case, Signal]:
    """A signal and a case with one of each kind of thing in and around them."""
    files = tuple(take_in(*GOOD[kind]) for kind in ("txt", "pdf"))
    signal = a_signal(cast.pieter, cast.overlast, item(files=files), confidential("Stil.", files=files))
    case = a_case(cast.rosa, signal)
    invited(case, cast.rosa, cast.pieter, cast.wilma)
    brought(case, cast.wilma, GOOD["txt"], GOOD["jpeg"], terms=Terms(frozenset(), ask_first=True))
    invited(case, cast.rosa, cast.greet)
    keep_away(case, cast.wout, cast.rosa)
    _request(cast, case)
    _emergency(cast, case)
    return case, signal


def _request(cast: Cast, case: Case) -> None:
    with as_(cast.petra) as (by, _):
        until = date.today() + timedelta(days=30)
        request = asking.ask(case.dossier.reference, "Ik ken dit gezin.", until, now=timezone.now(), by=by)
    with acting(system_actor("verzoek")):
        asking.arrives(request.pk, by=system_actor("verzoek"))
    with as_(cast.rosa) as (by, _):
        unlock([case.dossier_id, request.dossier_id], by=by)
        asking.refuse(request, case, "Dat is niet nodig.", now=timezone.now(), by=by)


def _emergency(cast: Cast, case: Case) -> None:
    broken(cast.petra, case.dossier.reference)
    with as_(cast.fatima) as (by, _):
        emergency.take_up_reviews(by=by)
        use = EmergencyAccess.objects.get(person=cast.petra)
        unlock([use.dossier_id], by=by)
        emergency.ask_back(use, "Waarom belde u niet?", now=timezone.now(), by=by)


def opened() -> dict[tuple[str, UUID], dict[str, Any]]:
    """Everything there is, opened, with the content of files."""
    ids = list(Dossier.objects.using(USING).filter(destroyed_at=None).values_list("pk", flat=True))
    with step(system_actor("proef")) as ring:
        open_parts(parts_of(ids), ring)
        found = {}
        for row, plain in opened_rows(ids):
            plain.pop("file_key", None)
            more = {"content": row.content()} if isinstance(row, Attachment) else {}
            found[(row._meta.db_table, row.pk)] = plain | more
    return found


def test_each_dossier_sealed_anew_holds_the_same(cast: Cast) -> None:
    committed(lambda: everything(cast))
    before = committed(opened)
    assert {"casework_attachment", "casework_contribution", "casework_accessrequest", "privacy_emergencytext"} <= {
        table for table, _ in before
    }
    for dossier in Dossier.objects.using(USING).filter(destroyed_at=None):
        run("reencrypt_dossier", dossier.reference, "--reason", "proef")
    assert committed(opened) == before


def test_an_old_key_of_a_file_opens_nothing_of_it_after_sealing_anew(cast: Cast) -> None:
    case, _ = committed(lambda: everything(cast))

    def key_and_place() -> tuple[bytes, bytes]:
        with step(system_actor("proef")) as ring:
            open_parts(parts_of([case.dossier_id]), ring)
            file = Attachment.objects.using(USING).filter(dossier=case.dossier_id).order_by("at").first()
            return bytes(file.file_key), file._place()

    old, place = committed(key_and_place)
    run("reencrypt_dossier", case.dossier.reference, "--reason", "proef")
    file = Attachment.objects.using(USING).filter(dossier=case.dossier_id).order_by("at").first()
    chunks = [bytes(chunk.body) for chunk in file.chunks.order_by("number")]
    with pytest.raises(TamperedValue):
        streams.open_stream(old, chunks, place)


def left_of(dossiers: list[UUID]) -> dict[str, int]:
    """What is still there of these dossiers, besides the rows that say that they were destroyed."""
    models = [model for model in apps.get_models() if issubclass(model, DossierRow)]
    counted = {m.__name__: m._base_manager.using(USING).filter(dossier__in=dossiers).count() for m in models}
    counted["Compartment"] = Compartment.objects.using(USING).filter(dossier__in=dossiers).count()
    counted["Grant"] = Grant.objects.using(USING).filter(content_object__in=dossiers).count()
    counted["KnownMark"] = KnownMark.objects.using(USING).filter(dossier__in=dossiers).count()
    counted["Exclusion"] = Exclusion.objects.using(USING).filter(dossier__in=dossiers).count()
    return {name: count for name, count in counted.items() if count}


@pytest.mark.parametrize("which", ["case", "signal", "all"])
def test_what_is_destroyed_again_leaves_nothing(cast: Cast, tmp_path: Path, which: str) -> None:
    case, signal = committed(lambda: everything(cast))
    every = list(Dossier.objects.using(USING).values_list("pk", flat=True))
    gone = {"case": [case.dossier_id], "signal": [signal.dossier_id], "all": every}[which]
    file = tmp_path / "shred-list"
    file.write_text("".join(f"{pk} {timezone.now().isoformat()}\n" for pk in gone))
    assert left_of(gone)
    assert f"{len(gone)} daarvan" in run("replay_shred_list", str(file))
    assert left_of(gone) == {}
    committed(opened)


@pytest.mark.parametrize("which", ["case", "signal"])
def test_old_data_with_keys_of_today_are_without_one_dossier(
    cast: Cast, elsewhere: Elsewhere, backed_up: Backed, tmp_path: Path, which: str
) -> None:
    case, signal = committed(lambda: everything(cast))
    data, keys = backed_up()
    old = next(Path(data).glob("*"))
    file = tmp_path / "shred-list"
    gone = (case if which == "case" else signal).dossier_id
    file.write_text(f"{gone} {timezone.now().isoformat()}\n")
    run("replay_shred_list", str(file))
    next(Path(keys).glob("*T*Z")).rename(tmp_path / "carried-off")
    run("backup", str(tmp_path / "later"), "--keys", str(tmp_path / "today"))
    said = elsewhere.restored(str(old), "--keys", str(tmp_path / "today"), "--shred-list", str(file))
    assert "met sleutels van een ander moment" in said
    with elsewhere.here():
        committed(opened)


def test_a_back_up_of_all_of_it_comes_back_and_is_destroyed_again(
    cast: Cast, elsewhere: Elsewhere, backed_up: Backed, tmp_path: Path
) -> None:
    case, _ = committed(lambda: everything(cast))
    before = committed(opened)
    data, keys = backed_up()
    file = tmp_path / "shred-list"
    file.write_text(f"{case.dossier_id} {timezone.now().isoformat()}\n")
    said = elsewhere.restored(data, "--keys", keys, NONE)
    assert "elk gelijk" in said
    with elsewhere.here():
        assert committed(opened) == before
        run("migrate", database="owner", verbosity=0)
        assert "Het logboek klopt" in run("verify_audit")
        assert "Verschillen: 0" in run("compare_audit")
        run("replay_shred_list", str(file))
        committed(opened)
        assert committed(lambda: left_of([case.dossier_id])) == {}

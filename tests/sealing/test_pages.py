"""The privacy officer asks whether the log still holds, and understands the answer."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client, override_settings
from django.utils import timezone

from partners.mail import officers
from partners.models import User
from privacy import jobs, later
from privacy.audit import anchors, heads, mac, offline, overview, watching
from privacy.models import AuditBlock, AuditCheck, AuditUnsealed, CheckKind, Job
from tests.conftest import Log
from tests.world import Cast, a_signal

Login = Callable[[User], Client]


@pytest.fixture
def officer(cast: Cast, login: Login) -> Client:
    client = login(cast.fatima)
    client.get("/privacy/")
    client.post("/privacy/logboek/doel/", {"use": "lawful"})
    later.seal_audit()
    return client


def upload(text: str) -> dict[str, object]:
    return {"file": SimpleUploadedFile("anker.json", text.encode())}


def do_jobs(kind: str) -> None:
    for job in Job.objects.filter(kind=kind, done_at__isnull=True):
        jobs.perform(job.pk, now=timezone.now())


def text_of(client: Client, path: str) -> str:
    return " ".join(client.get(path).content.decode().split())


def test_the_home_of_the_officer_says_how_the_seals_stand(officer: Client) -> None:
    text = text_of(officer, "/privacy/")
    assert "Verzegeling van het logboek" in text
    assert "geleden (blok" in text
    assert "De verzegeling loopt achter" not in text


def test_a_sealer_that_is_behind_is_said_in_words(officer: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    officer.get("/privacy/")
    monkeypatch.setattr(overview, "PATIENCE", timedelta(seconds=-5))
    assert "De verzegeling loopt achter" in text_of(officer, "/privacy/verzegeling/")


def test_check_now_is_a_job_and_its_outcome_is_on_the_page(officer: Client, log: Log) -> None:
    before = {check.pk for check in watched(CheckKind.SEALS)}  # checks of other tests stay: nothing of it is deleted
    answer = officer.post("/privacy/verzegeling/controleer/", follow=True)
    assert "De controle is gestart" in answer.content.decode()
    assert "De controle is bezig" in answer.content.decode()
    assert [entry.event for entry in log.looks(event="log.check")] == ["log.check"]
    officer.post("/privacy/verzegeling/controleer/")
    assert Job.objects.filter(kind=watching.CHECK_SEALS).count() == 1, "asked for twice, done once"
    do_jobs(watching.CHECK_SEALS)
    (check,) = [check for check in watched(CheckKind.SEALS) if check.pk not in before]
    page = text_of(officer, f"/privacy/verzegeling/uitkomst/{check.pk}/")
    assert "Zijn de zegels heel?" in page
    assert str(check.entries) in page


def watched(kind: CheckKind) -> list[AuditCheck]:
    with watching.watching("test"):
        return list(AuditCheck.objects.filter(kind=kind))


def test_findings_are_shown_as_sentences_with_what_to_do(officer: Client) -> None:
    with watching.watching("test"):
        check = AuditCheck(
            kind=CheckKind.SEALS, begun_at=timezone.now(), wrong=1, findings=["Een regel is verwijderd."]
        )
        check.save(force_insert=True)
    page = text_of(officer, f"/privacy/verzegeling/uitkomst/{check.pk}/")
    assert "Een regel is verwijderd." in page
    assert "Bel uw systeembeheerder" in page
    assert "Het logboek klopt niet" in text_of(officer, "/privacy/")


def test_an_anchor_that_was_downloaded_fits_later_and_both_are_logged(officer: Client, log: Log) -> None:
    anchor = officer.get("/privacy/verzegeling/anker/")
    assert anchor["Content-Disposition"].startswith('attachment; filename="anker-')
    text = anchor.content.decode()
    officer.get("/privacy/")
    later.seal_audit()
    answer = officer.post("/privacy/verzegeling/ankerbestand/", upload(text), follow=True)
    assert "staan er nog precies zo" in answer.content.decode()
    assert {"log.anchor", "log.compare"} <= {entry.event for entry in log.looks()}


def test_an_anchor_of_another_history_is_refused_by_the_heads_that_are_here(officer: Client) -> None:
    file = json.loads(officer.get("/privacy/verzegeling/anker/").content)
    head = heads.of_json(file["heads"][-1])
    other = heads.Head(head.number, head.first_at, head.last_at, 3, head.root, head.previous, head.sealed_at)
    signed = heads.Head(**{name: getattr(other, name) for name in head.__slots__} | {
        "signature": heads.sign(other, mac.signing_key())})  # fmt: skip
    text = anchors.document([signed], "", now=timezone.now())
    answer = officer.post("/privacy/verzegeling/ankerbestand/", upload(text), follow=True)
    assert "de geschiedenis is herschreven" in answer.content.decode()


NO_ANCHORS = (
    "", "geen json", "{}", "[1]", "[" * 5_000, '{"kind": "casustafel anchor 1", "heads": []}',
    '{"kind": "casustafel anchor 1", "heads": [{"number": 1}]}',
)  # fmt: skip


@pytest.mark.parametrize("text", NO_ANCHORS)
def test_a_file_that_is_no_anchor_is_refused_with_a_sentence(officer: Client, text: str) -> None:
    answer = officer.post("/privacy/verzegeling/ankerbestand/", upload(text))
    assert answer.status_code == 422
    assert "Kies een ander bestand." in answer.content.decode()


def test_the_public_key_checks_the_anchor_without_any_secret(officer: Client) -> None:
    key = heads.of_pem(officer.get("/privacy/verzegeling/sleutel/").content.decode())
    anchor = officer.get("/privacy/verzegeling/anker/").content.decode()
    assert offline.check(anchor, key) == []
    spoiled = json.loads(anchor)
    spoiled["heads"][0]["count"] += 1
    assert "niet met deze sleutel" in offline.check(json.dumps(spoiled), key)[0]


def test_checking_elsewhere_needs_no_django() -> None:
    code = "import sys, privacy.audit.offline; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def proof_of(officer: Client, cast: Cast) -> str:
    signal = a_signal(cast.pieter, cast.overlast)
    reference = signal.dossier.reference
    later.seal_audit()
    answer = officer.get("/privacy/logboek/bewijs/", {"ref": reference.lower()})
    assert answer.status_code == 200
    assert "attachment" in answer["Content-Disposition"]
    return answer.content.decode()


def test_the_proof_of_a_dossier_holds_with_the_public_key_alone(officer: Client, cast: Cast, log: Log) -> None:
    text = proof_of(officer, cast)
    file = json.loads(text)
    assert offline.check(text, mac.public_key()) == []
    assert "signal.submitted" in {entry["readable"]["event"] for entry in file["entries"]}
    assert [entry.references for entry in log.looks(event="log.proof")] == [[file["reference"]]]


@pytest.mark.parametrize("change", ["event", "row", "path", "position", "root"])
def test_a_proof_that_was_changed_anywhere_does_not_hold(officer: Client, cast: Cast, change: str) -> None:
    file = json.loads(proof_of(officer, cast))
    entry = file["entries"][0]
    if change == "event":
        entry["readable"]["event"] = "list"
    elif change == "row":
        entry["row"] = entry["row"][:-2] + "ff"
    elif change == "path":
        entry["path"] = [*entry["path"], "00" * 32]
    elif change == "position":
        entry["position"] += 1
    else:
        file["heads"][0]["root"] = "00" * 32
    assert offline.check(json.dumps(file), mac.public_key()) != []


def test_a_reference_that_nobody_knows_has_no_proof(officer: Client) -> None:
    assert officer.get("/privacy/logboek/bewijs/", {"ref": "2026-XXXXX"}).status_code == 404


def test_the_night_asks_for_its_checks_once_and_mails_the_newest_seal(officer: Client, cast: Cast) -> None:
    later.audit_night()
    later.audit_night()
    assert Job.objects.filter(kind__startswith="audit.").count() == 3
    for kind in (watching.COMPARE, watching.CHECK_SEALS, watching.MAIL_ANCHOR):
        do_jobs(kind)
    assert not Job.objects.filter(kind__startswith="audit.", done_at__isnull=True).exists()
    (sent,) = mail.outbox
    assert sent.to == officers() == [cast.faisal.email, cast.fatima.email]
    (name, content, kind) = sent.attachments[0]
    assert name.startswith("anker-")
    assert offline.check(content, mac.public_key()) == []
    assert "Proef" not in sent.body, "no name of anybody"


@override_settings(AUDIT_ANCHOR_MAIL=["zegels@proefstad.example"])
def test_the_mail_goes_to_the_box_of_the_settings_when_there_is_one(officer: Client) -> None:
    later.audit_night()
    do_jobs(watching.MAIL_ANCHOR)
    assert mail.outbox[0].to == ["zegels@proefstad.example"]


def test_commands_seal_verify_and_carry_away(officer: Client, tmp_path, capsys) -> None:  # noqa: ANN001
    call_command("seal_audit")
    call_command("export_anchor")
    written = capsys.readouterr().out
    anchor = tmp_path / "anker.json"
    anchor.write_text(written[written.index("{") :])
    call_command("check_proof", anchor)
    assert "Alles klopt" in capsys.readouterr().out
    call_command("export_anchor", public_key=True)
    key = tmp_path / "sleutel.pem"
    key.write_text(capsys.readouterr().out)
    assert offline.main([str(anchor), str(key)]) == 0
    with pytest.raises(CommandError):
        call_command("verify_audit", anchor=[key])


def test_what_waits_is_gone_after_the_seal_and_heads_say_nothing_personal(officer: Client) -> None:
    with watching.watching("test"):
        assert AuditUnsealed.objects.count() == 0
        assert AuditBlock.objects.exists()


AGO = {0: "0 seconden", 1: "1 seconde", 61: "1 minuut", 7_300: "2 uur", 90_000: "1 dag"}


@pytest.mark.parametrize(("seconds", "words"), AGO.items())
def test_how_long_ago_is_said_in_one_unit(seconds: int, words: str) -> None:
    now = timezone.now()
    assert overview.ago(now - timedelta(seconds=seconds), now) == f"{words} geleden"

"""The root in three shares: any two give it back, one says nothing, and mistakes are caught when they are typed."""

from __future__ import annotations

import base64
import os
import random
import subprocess
import sys
from itertools import combinations
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management.base import CommandError
from django.test import override_settings

from privacy.encryption import escrow, shamir
from privacy.encryption.escrow import NotAShare
from privacy.models import AuditEntry, Operation
from tests.database import ROOT
from tests.keys.scene import run
from tests.world import Cast

SECRET = bytes(range(32))
# Line through (0, secret) with slope 0x53 for every byte: heights worked out by hand from the table of AES.
VECTORS = {1: 0x53, 2: 0xA6, 3: 0xF5}
KNOWN = (
    "AEJD-J3G5-AFJV-EUKQ-K5LF-KVC3-LJMV-QX26-LVOE-GQSB-IBDU-MRKE-JNFE-SSCP-JZGU-YP3A",
    "AEJD-J3G5-AKTK-PJFF-UKR2-BINO-V6WK-3KVL-VCU3-NN5U-WWZL-HMFR-X273-ZPN2-XO4L-S3VP",
)


def test_arithmetic_is_that_of_aes() -> None:
    assert shamir.multiply(0x57, 0x83) == 0xC1  # FIPS 197, section 4.2
    assert shamir.multiply(0x57, 0x13) == 0xFE
    assert shamir.invert(0x53) == 0xCA
    assert all(shamir.multiply(number, shamir.invert(number)) == 1 for number in range(1, 256))
    with pytest.raises(ZeroDivisionError):
        shamir.invert(0)


def test_known_shares_give_the_known_secret() -> None:
    shares = {place: bytes(byte ^ height for byte in SECRET) for place, height in VECTORS.items()}
    for pair in combinations(shares.items(), 2):
        assert shamir.combine(dict(pair)) == SECRET
    one, two = (escrow.read(text) for text in KNOWN)
    assert escrow.combine(one, two) == SECRET


def test_any_two_of_three_give_the_root_in_any_order() -> None:
    for _ in range(50):
        root = os.urandom(32)
        shares = [escrow.read(str(share)) for share in escrow.split(root)]
        for one, other in combinations(shares, 2):
            assert escrow.combine(one, other) == escrow.combine(other, one) == root


def test_one_share_says_nothing_every_secret_fits_it() -> None:
    share = shamir.split(SECRET, 3)[1]
    for guess in range(256):
        slope = shamir.multiply(share[0] ^ guess, shamir.invert(1))
        assert guess ^ shamir.multiply(slope, 1) == share[0]
    assert len({shamir.split(SECRET, 3)[1] for _ in range(50)}) == 50


def test_a_share_is_typed_with_spaces_and_small_letters() -> None:
    share = escrow.split(SECRET)[0]
    assert escrow.read(f"  {str(share).lower().replace('-', ' ')} ") == share


def test_a_typing_mistake_is_caught() -> None:
    chance, text = random.Random(3), str(escrow.split(SECRET)[0])
    caught = 0
    for _ in range(300):
        place = chance.choice([number for number, letter in enumerate(text) if letter != "-"])
        letter = chance.choice([one for one in "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567" if one != text[place]])
        try:
            escrow.read(text[:place] + letter + text[place + 1 :])
        except NotAShare:
            caught += 1
    assert caught >= 299  # the check is 16 bits
    for wrong in ("", "abc", text[:-1], text + "A", "0189" * 16):
        with pytest.raises(NotAShare):
            escrow.read(wrong)


def test_shares_of_two_sets_or_twice_the_same_give_no_root() -> None:
    one, two = escrow.split(SECRET), escrow.split(SECRET)
    with pytest.raises(NotAShare, match="horen niet bij elkaar"):
        escrow.combine(one[0], two[1])
    with pytest.raises(NotAShare, match="twee keer"):
        escrow.combine(one[0], one[0])
    with pytest.raises(NotAShare, match="geen sleutel"):
        escrow.combine(one[0], escrow.Share(one[1].group, 2, os.urandom(32)))
    assert one[0].data.hex() not in repr(one[0])


def typing(monkeypatch: pytest.MonkeyPatch, *texts: str) -> None:
    waiting = list(texts)
    monkeypatch.setattr(escrow.ask, "__defaults__", (lambda question: waiting.pop(0), print))


def test_a_drill_proves_the_shares_shows_nothing_and_is_logged(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    printed = run("escrow_split", "--yes")
    texts = [
        line.strip()
        for line in printed.splitlines()
        if line.startswith("    ") and "-" in line and " " not in line.strip()
    ]
    assert len(texts) == 3
    typing(monkeypatch, "tikfout", texts[0], texts[2])
    said = run("escrow_drill")
    assert "Deze twee delen geven de hoofdsleutel" in said
    assert base64.b64encode(settings.CASUSTAFEL_ROOT_KEY).decode() not in said + printed
    assert settings.CASUSTAFEL_ROOT_KEY.hex() not in said + printed
    outcomes = Operation.objects.using("maintenance").filter(kind="escrow_drill").values_list("outcome", flat=True)
    assert list(outcomes) == ["ok"]
    assert AuditEntry.objects.using("maintenance").filter(event="escrow.drilled").exists()


def test_a_drill_with_shares_of_another_root_fails_and_is_noted(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    one, two, _ = escrow.split(SECRET)
    typing(monkeypatch, str(one), str(two))
    with pytest.raises(CommandError, match="niet de hoofdsleutel van nu"):
        run("escrow_drill")
    assert Operation.objects.using("maintenance").get(kind="escrow_drill").outcome == "failed"


def test_nothing_of_a_share_is_kept(cast: Cast) -> None:
    printed = run("escrow_split", "--yes")
    row = Operation.objects.using("maintenance").get(kind="escrow_split")
    kept = " ".join(str(value) for value in vars(row).values())
    assert not any(part in kept for line in printed.splitlines() for part in line.split("-") if len(part) == 4)


@pytest.mark.parametrize("command", ["escrow_split", "escrow_drill"])
def test_a_root_that_can_not_come_out_is_not_split_here(command: str) -> None:
    with override_settings(CASUSTAFEL_ROOT_PROVIDER="vault"), pytest.raises(CommandError, match="unseal"):
        run(command)


def test_restoring_needs_no_settings_and_never_writes_over_a_key(tmp_path: Path) -> None:
    one, _, three = escrow.split(SECRET)
    file = tmp_path / "root.key"
    command = [sys.executable, "-W", "ignore", "manage.py", "escrow_restore", str(file)]
    typed = f"{one}\n{three}\n"
    environment = {"PATH": os.environ.get("PATH", "")}
    for code in (0, 1):
        done = subprocess.run(
            command, cwd=ROOT, env=environment, input=typed, capture_output=True, text=True, check=False,
            start_new_session=True,
        )  # fmt: skip
        assert done.returncode == code, done.stderr
    assert base64.b64decode(file.read_text()) == SECRET
    assert escrow.restore([]) == 2
    assert file.stat().st_mode & 0o777 == 0o400

"""A file opens as it was sealed, or not at all."""

from __future__ import annotations

from itertools import islice
from random import Random

import pytest

from privacy.errors import TamperedValue
from tests.proofs import Proof
from tests.prove.attachment_tampering import attempts, store


@pytest.mark.proof("ciphertext_tampering_attachments", full=10_000, sample=450)
def test_no_tampered_file_opens(proof: Proof) -> None:
    for what, attempt in islice(attempts(Random(20261126)), proof.size):
        try:
            attempt()
        except TamperedValue:
            proof.attempt(True)
        else:
            proof.attempt(False, what)


def test_what_is_tampered_with_opens_when_it_is_left_alone() -> None:
    stored = store(200_000)
    assert len(stored.file.open(stored.chunks)) == 200_000

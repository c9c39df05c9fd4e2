"""One sealed field beside raw AES-GCM, raw Fernet and the Fernet packages that load on this Django."""

from __future__ import annotations

import os
from collections.abc import Callable

from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from bench.figures import OURS, Figure, Report
from bench.measure import Deed, in_turns
from bench.others import models as others
from bench.stage import Stage
from privacy.acting import acting
from privacy.dossiers import part
from privacy.encryption import aead
from privacy.models import CompartmentKind
from privacy.unlock import unlock
from tests.world import actor

MANY, ROWS = 1000, 200
TEXT = (
    "Harde muziek na middernacht, en de bewoner doet niet open. Buren zijn bang om aan te bellen. " * 2 + "Einde van."
)
PLAIN = "plain text"
PACKAGES = {
    "django-fernet-encrypted-fields": others.FernetEncryptedNote,
    "django-encrypted-model-fields": others.EncryptedModelNote,
    "django-fernet-fields-v2": others.FernetFieldsNote,
}


def _times(deed: Callable[[], object]) -> Deed:
    def inner() -> None:
        for _ in range(MANY):
            deed()

    return inner


def _ciphers(report: Report) -> None:
    key, data, nonce = aead.new_key(), TEXT.encode(), os.urandom(12)
    where = aead.place("dossier", "table", "column", "row", 1)
    raw, fernet = AESGCM(key), Fernet(Fernet.generate_key())
    sealed, boxed, token = aead.seal(key, data, where), raw.encrypt(nonce, data, where), fernet.encrypt(data)
    seals: dict[str, Deed] = {
        OURS: lambda: aead.seal(key, data, aead.place("dossier", "table", "column", "row", 1)),
        "raw AES-GCM": lambda: raw.encrypt(os.urandom(12), data, where),
        "raw Fernet": lambda: fernet.encrypt(data),
    }
    opens: dict[str, Deed] = {
        OURS: lambda: aead.open_sealed(key, sealed, aead.place("dossier", "table", "column", "row", 1)),
        "raw AES-GCM": lambda: raw.decrypt(nonce, boxed, where),
        "raw Fernet": lambda: fernet.decrypt(token),
    }
    size = len(data)
    report.add(Figure(f"{MANY} fields sealed, of {size} bytes", 1, in_turns({n: _times(d) for n, d in seals.items()})))
    report.add(Figure(f"{MANY} fields opened, of {size} bytes", 1, in_turns({n: _times(d) for n, d in opens.items()})))
    report.remark(f"bytes stored for {size}: ours {len(sealed)}, raw AES-GCM {len(boxed) + 12}, Fernet {len(token)}")


def _rows(stage: Stage, report: Report) -> None:
    """Through the ORM: save ten, read two hundred."""
    by = actor(stage.director)
    with acting(by):
        unlock([stage.case.dossier_id], by=by)
        table = part(stage.case.dossier, CompartmentKind.TABLE)

        def sealed() -> None:
            others.SealedNote(dossier=stage.case.dossier, compartment=table, text=TEXT).save(force_insert=True)

        def save(model: type) -> Deed:
            where = {"dossier_id": stage.case.dossier_id, "compartment_id": table.pk}
            return lambda: model(text=TEXT, **where).save(force_insert=True)

        saves: dict[str, Deed] = {OURS: sealed, PLAIN: save(others.BareText)}
        reads: dict[str, Deed] = {OURS: _read(others.SealedNote), PLAIN: _read(others.BareText)}
        for name, model in PACKAGES.items():
            saves[name] = save(model)
            reads[name] = _read(model)
        for deed in saves.values():
            for _ in range(ROWS):
                deed()
        report.add(Figure(f"{ROWS} rows read with their text", 1, in_turns(reads)))
        report.add(Figure("one row saved with its text", 1, in_turns(saves)))


def _read(model: type) -> Deed:
    def deed() -> None:
        assert all(note.text == TEXT for note in model.objects.all()[:ROWS])

    return deed


def measure(stage: Stage, report: Report) -> None:
    """Per field, then through the ORM."""
    _ciphers(report)
    _rows(stage, report)

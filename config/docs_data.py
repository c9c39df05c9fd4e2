"""`docs/data.md`: every table and column, sealed or plain, behind which wall, kept how long; and every event."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from django.apps import apps
from django.db.migrations.loader import MigrationLoader
from django.db.models import Field, Model

from config.docs_tables import GENERATED, first_line, page, table
from privacy.audit.events import EVENTS
from privacy.data_register import OWN, kept, own_models
from privacy.encryption.fields import SealedField
from privacy.models import DossierRow

FORCED = re.compile(r"ALTER TABLE (\w+) FORCE ROW LEVEL SECURITY")
WATCHED = re.compile(r"CREATE TRIGGER \w+_watch AFTER INSERT OR UPDATE OR DELETE ON (\w+)")

WITH_DOSSIER = "with its dossier: `Dossier.retain_until`"
# Where a period comes from. A table of our own that is in no dossier must be named here.
RETENTION: dict[str, str] = {
    "privacy.Dossier": "`retain_until` is the day on which it goes: earlier of theme and profile, or of its kind; a "
    "tombstone of kind, theme, table and year stays",
    "privacy.Compartment": "with its dossier; deleting it destroys the key",
    "privacy.Grant": "revoked or ended rows stay until the dossier is forgotten",
    "privacy.LogQuestion": "until its owner drops it; with the person",
    "privacy.ReviewRule": "kept: numbers, and who agreed",
    "privacy.ReviewRun": "kept: moments and counts",
    "privacy.ReviewSample": "kept: a seed and counts",
    "privacy.ReviewHit": "no period is built in; names copied at the time, references and a verdict",
    "privacy.ReviewTie": "with the compartment of the names it was made of; only the rules read it",
    "privacy.Exclusion": "goes with its dossier; a code says why, no text does",
    "privacy.Block": "while it stands nothing goes; afterwards with the dossier",
    "privacy.Extension": "with the case that it is about: a ground and days",
    "privacy.ExtensionConsent": "with its request: yes or no",
    "privacy.OpenGoes": "goes with its dossier: a code, and who said it",
    "privacy.DestructionList": "kept: who made and checked it, and the certificate",
    "privacy.TermChange": "kept: a table, a number of years, and who asked and agreed",
    "privacy.DestructionLine": "kept: kind, theme and table; number and day go with the dossier",
    "privacy.Departure": "no period is built in; names copied at the time, and a code",
    "privacy.BreachReceipt": "kept: a number and a moment, for who reported",
    "privacy.KeyEncryptionKey": "as long as a key is wrapped under it",
    "privacy.IndexKey": "kept: each link of the chain is needed to make a digest",
    "privacy.Operation": "kept: moments and numbers only",
    "privacy.Shredded": "kept: ids of what is gone, to destroy it again after a restore",
    "privacy.AuditEntry": "append-only: no period is built in",
    "privacy.AuditBlock": "append-only, as long as the log",
    "privacy.AuditLeaf": "append-only, as long as the log",
    "privacy.AuditUnsealed": "until the entry is sealed: half a minute",
    "privacy.AuditCheck": "append-only: no period is built in",
    "privacy.RowChange": "append-only: no period is built in",
    "privacy.Job": "no period is built in; holds ids only",
    "partners.Organisation": "kept: entries and rows point at it",
    "partners.Covenant": "kept",
    "partners.CaseTable": "kept",
    "partners.Seat": "kept after it ended",
    "partners.SecrecyStatement": "kept",
    "partners.StagnationSettings": "kept with the table",
    "partners.PersonProof": "kept: a day and a kind, with the person",
    "partners.ImpactAssessment": "kept: about the processing",
    "partners.Examination": "kept: about the system",
    "partners.Identity": "until a beheerder unties it",
    "partners.IdentityInvitation": "with its identity; an unused one goes with the next",
    "partners.LoginSession": "goes with its session: after a working day at most",
    "partners.User": "kept, without log-in: rows point at the person",
    "casework.ImportedRow": "kept, so that a row never becomes two signals",
    "casework.KnownMark": "with the compartment of the value it was made of; only the database reads it",
    "casework.Outcome": "kept: counts only",
    "casework.KeptFilter": "until its owner drops it; with the person",
    "casework.StagnationTold": "replaced at each count; with the person",
    "casework.Tally": "kept: counts only",
    "casework.MeetingSeries": "kept with the table after it ended: a rhythm, a place and who led, nothing of a case",
    "casework.Meeting": "kept: that a table met, when and who led; what was discussed goes with the dossiers",
    "casework.MinutesVersion": "kept: that minutes were made and fixed; what stands in them goes with the dossiers",
    "casework.CalendarFeed": "kept after it was revoked, with the person: a digest that leads to nothing any more",
    "casework.MeetingCall": "kept with the meeting: who was mailed that it takes place",
    "escalation.Holder": "kept after it ended: decisions name who decided",
    "escalation.Mandate": "kept after it ended: decisions name the mandate",
}


@lru_cache(maxsize=1)
def _migrated_sql() -> str:
    """All SQL of all migrations; reading them needs no database."""
    loader = MigrationLoader(None, ignore_no_migrations=True)
    statements: list[str] = []
    for key in sorted(loader.disk_migrations):
        for operation in loader.disk_migrations[key].operations:
            given = getattr(operation, "sql", "")
            statements += [given] if isinstance(given, str) else [str(part) for part in given]
    return "\n".join(statements)


def walled() -> frozenset[str]:
    """Tables with row level security, forced for their owner too."""
    return frozenset(FORCED.findall(_migrated_sql()))


def watched() -> frozenset[str]:
    """Tables whose every change leaves a content-free trace."""
    return frozenset(WATCHED.findall(_migrated_sql()))


def retention(model: type[Model]) -> str:
    """Where the period of this table comes from; raises KeyError for a table that nobody thought about."""
    if issubclass(model, DossierRow):
        return WITH_DOSSIER
    return "with the rows it joins" if model._meta.auto_created else RETENTION[model._meta.label]


def _meaning(field: Field[Any, Any]) -> str:
    words = str(field.verbose_name)
    plain = field.name.replace("_", " ")
    named = "" if words == plain else words
    target = f"→ {field.related_model._meta.label}" if isinstance(field.related_model, type) else ""
    return "; ".join(part for part in (named, str(field.help_text), target) if part)


def _kind(field: Field[Any, Any]) -> str:
    return field.get_internal_type() if not isinstance(field, SealedField) else type(field).__name__


def _fields(model: type[Model]) -> Iterator[tuple[object, ...]]:
    for field in (*model._meta.concrete_fields, *model._meta.local_many_to_many):
        sealed = "**sealed**" if isinstance(field, SealedField) else "plain"
        yield f"`{field.name}`", _kind(field), sealed, _meaning(field)


def _about(model: type[Model]) -> str:
    # A model without a docstring has one that Django made of its fields.
    text = first_line(model)
    return "" if model._meta.auto_created or text.startswith(f"{model.__name__}(") else text


def _model(model: type[Model]) -> str:
    db_table = model._meta.db_table
    wall = "yes" if db_table in walled() else "no"
    trace = "yes" if db_table in watched() else "no"
    facts = (
        f"Table `{db_table}`. In a dossier: {'yes' if issubclass(model, DossierRow) else 'no'}. "
        f"Row level security: {wall}. Change trace: {trace}. Kept: {retention(model)}."
    )
    rows = table(["Field", "Type", "Stored", "Meaning"], _fields(model))
    return "\n\n".join(part for part in (f"### {model._meta.label}", _about(model), facts, rows) if part)


def _other_tables() -> str:
    others = sorted(
        model._meta.db_table
        for config in apps.get_app_configs()
        if config.label not in OWN
        for model in config.get_models(include_auto_created=True)
        if model._meta.managed and model._meta.app_label != "auditlog"
    )
    return ", ".join(f"`{name}`" for name in others)


def _counts() -> str:
    models = own_models()
    sealed = sum(kept(model).sealed for model in models)
    return f"{len(models)} tables, {len(walled())} with row level security, {sealed} sealed fields."


def _events() -> str:
    rows = [(f"`{name}`", event.sentence, event.processing) for name, event in EVENTS.items()]
    return table(["Event", "Sentence after the name", "Processing"], rows)


def render() -> str:
    """The page."""
    return page(
        "# What is kept, and how",
        GENERATED,
        _counts(),
        "*Sealed* fields hold AES-256-GCM ciphertext, bound to dossier, table, column, row and version. A row *in a "
        "dossier* carries `dossier` and `compartment`: who holds a grant on the compartment reads the row, and the "
        "database says the same. *Change trace*: a trigger notes every change in `privacy_rowchange` (which row, "
        "never what) and refuses a write without an actor. A dossier's `retain_until` says when it is to be "
        "destroyed; rejecting a signal and dropping a draft or import destroy at once.",
        "## Tables",
        *(_model(model) for model in own_models()),
        "## Tables of the framework",
        f"Django, allauth and guardian bring {_other_tables()}; and `privacy_cache` is Django's cache (rate limits). "
        "Guardian's generic tables stay empty: grants are rows of `privacy_grant`. auditlog's own table is not made.",
        "## Events in the log",
        "An event that is not in this list can't be written. *Processing* is the entry in the register of processing "
        "(AVG 30).",
        _events(),
    )

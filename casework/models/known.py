"""By what a person or address is found to be known, over all tables."""

from __future__ import annotations

from django.db import models

from privacy.encryption.fields import DigestField
from privacy.models import Dossier, UUIDModel


class KnownMark(UUIDModel):
    """A keyed digest of a BSN, of a name with birth date, or of an address, over all tables. Nobody reads this table.

    Outside the dossiers: a row tells whether and where a person is known, which is more than any reader of a dossier
    may know. The application may not even count it; `privacy/rls/known.py` writes and asks. It dies with the
    compartment of the value it was made of (a foreign key of the database).
    """

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="+")
    compartment_id = models.UUIDField(db_index=True)
    row_id = models.UUIDField(db_index=True, help_text="the subject, number or place it was made of")
    kind = models.CharField(max_length=10)
    digest = DigestField()

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["digest"], name="casework_known_digest")]

    def __str__(self) -> str:
        return f"kenmerk {self.pk}"

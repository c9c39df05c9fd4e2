"""Files that hang on what somebody brought in. What may read the one may read the other, and nothing else may."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from casework.models.contribution import Contribution
from casework.models.draft import SignalDraft
from casework.models.signal import SignalItem
from partners.models import Organisation
from privacy.models import DossierRow, SealedFile


def _one_of(*names: str) -> Q:
    """Exactly one of these is set."""
    found = Q()
    for name in names:
        found |= Q(**{f"{other}__isnull": other != name for other in names})
    return found


class Attachment(SealedFile):
    """A file in the compartment of the contribution, item or draft it hangs on; the database holds them together.

    It goes with that thing: withdrawn, rejected or destroyed, and no key of it is left.
    """

    contribution = models.ForeignKey(Contribution, on_delete=models.CASCADE, null=True, related_name="attachments")
    item = models.ForeignKey(SignalItem, on_delete=models.CASCADE, null=True, related_name="attachments")
    draft = models.ForeignKey(SignalDraft, on_delete=models.CASCADE, null=True, related_name="attachments")
    slot = models.PositiveSmallIntegerField(default=0, help_text="in a draft: which item it belongs to")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta(SealedFile.Meta):
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(
                name="casework_attachment_on_one_thing", condition=_one_of("contribution", "item", "draft")
            )
        ]

    def __str__(self) -> str:
        return f"bijlage {self.pk}"

    def content(self) -> bytes:
        """The whole file, verified; raises TamperedValue."""
        bodies = self.chunks.order_by("number").values_list("body", flat=True)
        return self.open([bytes(body) for body in bodies])

    def seal_anew(self, plain: dict[str, Any], *, using: str) -> None:
        """Under a key of its own that is new as well: who had the keys of before had this one too."""
        self.file_key = plain["file_key"]
        bodies = self.seal(plain["name"], self.kind, self.content())
        for chunk, body in zip(self.chunks.order_by("number"), bodies, strict=True):
            chunk.body = body
            chunk.save(using=using, update_fields=["body"])
        super().seal_anew(plain | {"file_key": self.file_key}, using=using)


class AttachmentChunk(DossierRow):
    """One chunk of a file's ciphertext, in the compartment of its attachment."""

    attachment = models.ForeignKey(Attachment, on_delete=models.CASCADE, related_name="chunks")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    body = models.BinaryField()

    class Meta(DossierRow.Meta):
        constraints = [models.UniqueConstraint(fields=["attachment", "number"], name="casework_attachment_chunk_once")]

    def __str__(self) -> str:
        return f"deel {self.number} van {self.attachment_id}"

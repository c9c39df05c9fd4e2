"""Asking for access to a case by its number. Whether there is such a case is kept where who asked can't look."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone

from partners.models import CaseTable
from privacy.encryption.fields import SealedTextField
from privacy.models import Dossier, DossierRow, SealedModel

EXPIRES = timedelta(days=30)


class RequestState(models.TextChoices):
    SENT = "sent", "Verstuurd"
    GIVEN = "given", "Toegang gegeven"
    REFUSED = "refused", "Afgewezen"
    WITHDRAWN = "withdrawn", "Ingetrokken"


class AccessRequest(SealedModel):
    """What was asked, in the table's part of its own dossier: read by who asked and by the regisseurs it reached.

    The same whether the number exists or not. With `from_case` a procesregisseur asks whether that case of hers may
    join the plan of the household; without it somebody asks to take part in a case.
    """

    asker = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=30, help_text="as typed; a number is no secret")
    from_case = models.CharField(max_length=30, blank=True, help_text="number of the case that wants to join a plan")
    state = models.CharField(max_length=10, choices=RequestState, default=RequestState.SENT)
    reason = SealedTextField()
    needed_until = models.DateField()
    asked_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    answer = SealedTextField(null=True)

    class Meta(SealedModel.Meta):
        ordering = ["-asked_at", "id"]

    def __str__(self) -> str:
        return f"verzoek {self.pk}"

    def open_at(self, now: datetime) -> bool:
        """Whether it can still be decided or withdrawn."""
        return self.state == RequestState.SENT and self.expires_at > now


class RequestArrival(DossierRow):
    """Where a request arrived: a link to the Dossier of a case or household, in the part of the regie.

    Written by the database alone. A case that wants to join a plan stands in it with table and theme: who answers does
    not read that case.
    """

    request = models.OneToOneField(AccessRequest, on_delete=models.CASCADE, related_name="arrival")
    about = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="+")
    joining = models.ForeignKey(Dossier, on_delete=models.PROTECT, null=True, related_name="+")
    table = models.ForeignKey(CaseTable, on_delete=models.PROTECT, null=True, related_name="+")
    theme = models.CharField(max_length=40, blank=True, db_default="")
    at = models.DateTimeField(default=timezone.now)
    decided_by = models.UUIDField(null=True)
    decided_at = models.DateTimeField(null=True)

    class Meta(DossierRow.Meta):
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"aankomst van {self.request_id}"

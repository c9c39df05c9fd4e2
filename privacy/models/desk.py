"""The desks: files of the privacy officer, the controller and the contact point, each read by who holds its role."""

from __future__ import annotations

from django.db import models

from privacy.models.base import DossierRow
from privacy.roles import Role


class Desk(models.TextChoices):
    """Where a file lies. Everybody with the role of a desk reads its files, as long as that role lasts."""

    REVIEW = "review", "controle van het kijken"
    OFFICERS = "officers", "controle van de privacy officers"
    BREACH = "breach", "datalekken"
    RIGHTS = "rights", "verzoeken van betrokkenen"
    RETENTION = "retention", "bewaren en vernietigen"

    @property
    def role(self) -> Role:
        """Whose desk it is."""
        return DESK_ROLES[self]


DESK_ROLES: dict[Desk, Role] = {
    Desk.REVIEW: Role.PRIVACY_OFFICER,
    Desk.OFFICERS: Role.CONTROLLER,
    Desk.BREACH: Role.PRIVACY_OFFICER,
    Desk.RIGHTS: Role.CONTACT_POINT,
    Desk.RETENTION: Role.PRIVACY_OFFICER,
}


class DeskFile(DossierRow):
    """That a dossier lies at a desk. It stands in the cover of that dossier, and never changes.

    `not_to` is somebody whom it is about: that person never gets it, whatever role he or she holds.
    """

    desk = models.CharField(max_length=10, choices=Desk)
    not_to = models.UUIDField(null=True)

    class Meta(DossierRow.Meta):
        constraints = [models.UniqueConstraint(fields=["dossier"], name="privacy_desk_once")]
        indexes = [
            models.Index(fields=["not_to"], condition=models.Q(not_to__isnull=False), name="privacy_desk_not_to"),
        ]

    def __str__(self) -> str:
        return f"{self.desk} {self.dossier_id}"

"""Case tables, who sits at them, and who signed for secrecy."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from privacy.models import UUIDModel
from privacy.roles import SEAT_ROLES


class CaseTable(UUIDModel):
    """A casustafel: one theme, one area, one legal profile that says what it may do at all."""

    name = models.CharField("naam", max_length=120, unique=True)
    code = models.SlugField("korte naam", max_length=40, unique=True)
    theme = models.CharField("thema", max_length=40)
    area = models.CharField("gebied", max_length=120)
    profile = models.CharField("juridisch profiel", max_length=40)
    active = models.BooleanField("actief", default=True)
    retention_years = models.PositiveSmallIntegerField(
        "eigen bewaartermijn in jaren",
        null=True,
        blank=True,
        help_text="shorter than the profile allows; empty is as the profile says",
    )
    regie_wanted_at = models.DateTimeField(
        null=True, editable=False, help_text="asked for one more procesregisseur, and none came yet"
    )

    class Meta:
        default_permissions = ()
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                name="partners_table_years", condition=Q(retention_years__isnull=True) | Q(retention_years__gte=1)
            )
        ]

    def __str__(self) -> str:
        return self.name


class SeatQuerySet(models.QuerySet["Seat"]):
    def valid_at(self, now: datetime) -> SeatQuerySet:
        """Seats that count at this moment."""
        return self.filter(
            Q(valid_until__isnull=True) | Q(valid_until__gt=now), valid_from__lte=now, ended_at__isnull=True
        )


class Seat(UUIDModel):
    """A person at a table in a role, for a period. What was given for a seat ends with it."""

    table = models.ForeignKey(CaseTable, on_delete=models.PROTECT, related_name="seats", verbose_name="tafel")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="seats", verbose_name="persoon"
    )
    role = models.CharField("rol", max_length=20, choices=[(role.value, role.label) for role in SEAT_ROLES])
    valid_from = models.DateTimeField("vanaf", default=timezone.now)
    valid_until = models.DateTimeField("tot", null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    successor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="who takes over the work, proposed to the regisseur",
    )

    objects = SeatQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["table", "user", "role"], condition=Q(ended_at__isnull=True), name="partners_seat_once"
            ),
            models.CheckConstraint(
                name="partners_seat_period",
                condition=Q(valid_until__isnull=True) | Q(valid_until__gt=F("valid_from")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role} {self.table_id}"

    @property
    def key(self) -> str:
        """What grants that follow from this seat are given for."""
        return f"seat:{self.pk}"


class SecrecyStatement(UUIDModel):
    """Signed by a person on first use of a table (WGS 1.11, BGS 2.21)."""

    table = models.ForeignKey(CaseTable, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="secrecy_statements")
    profile_version = models.CharField(max_length=60)
    signed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["table", "user"], name="partners_secrecy_once")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.table_id}"

"""When a household or case counts as stuck, per table; and on which day who directs the table hears of it."""

from __future__ import annotations

from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from partners.models.table import CaseTable
from privacy.models import UUIDModel


class Alarm(models.TextChoices):
    """Why something is stuck. That nobody directs is always an alarm; a table chooses among the others."""

    REGIE = "regie", "Geen regisseur"
    HANDOVER = "handover", "Overdracht niet aangenomen"
    OVERDUE = "overdue", "Acties te laat"
    CONTACT = "contact", "Geen contact met het gezin"
    EVALUATION = "evaluation", "Evaluatie voorbij"
    NO_GOALS = "no_goals", "Plan zonder doelen"
    NO_ACTIONS = "no_actions", "Plan zonder acties"


CHOSEN = tuple(alarm for alarm in Alarm if alarm is not Alarm.REGIE)


def all_chosen() -> list[str]:
    """Every alarm that a table may leave out: it starts with all of them."""
    return [alarm.value for alarm in CHOSEN]


class DigestDay(models.TextChoices):
    DAILY = "daily", "Elke werkdag"
    MONDAY = "1", "Maandag"
    TUESDAY = "2", "Dinsdag"
    WEDNESDAY = "3", "Woensdag"
    THURSDAY = "4", "Donderdag"
    FRIDAY = "5", "Vrijdag"

    def is_on(self, day: date) -> bool:
        """Whether the mail goes out on this day."""
        return day.isoweekday() <= 5 if self == DigestDay.DAILY else self.value == str(day.isoweekday())


def _limit(default: int, most: int, help_text: str) -> models.PositiveSmallIntegerField[int, int]:
    kept = [MinValueValidator(1, "Vul minstens 1 in."), MaxValueValidator(most, f"Vul hoogstens {most} in.")]
    return models.PositiveSmallIntegerField(default=default, validators=kept, help_text=help_text)


class StagnationSettings(UUIDModel):
    """When something at this table counts as stuck. A table without a row has the defaults that stand here.

    In no dossier and about nobody: everybody may read it, a beheerder changes it.
    """

    table = models.OneToOneField(CaseTable, on_delete=models.CASCADE, related_name="stagnation")
    overdue_days = _limit(7, 90, "days that an action may be late")
    contact_weeks = _limit(4, 52, "weeks without contact with the family")
    handover_days = _limit(5, 60, "days in which a hand-over is answered")
    plan_days = _limit(21, 180, "days in which a plan has goals and actions")
    alarms = ArrayField(models.CharField(max_length=12, choices=Alarm), default=all_chosen, blank=True)
    digest = models.CharField(max_length=8, choices=DigestDay, default=DigestDay.MONDAY)

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                name="partners_stagnation_limits",
                condition=Q(overdue_days__gte=1, contact_weeks__gte=1, handover_days__gte=1, plan_days__gte=1)
                & Q(overdue_days__lte=90, contact_weeks__lte=52, handover_days__lte=60, plan_days__lte=180),
            )
        ]

    def __str__(self) -> str:
        return f"stagnatie van {self.table_id}"

    def asks(self, alarm: Alarm) -> bool:
        """Whether this table wants to hear of it."""
        return alarm is Alarm.REGIE or alarm.value in self.alarms

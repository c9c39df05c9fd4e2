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


# The most that a table may ask, by field; the least is 1. They stand in the database too.
MOST = {"overdue_days": 90, "contact_weeks": 52, "handover_days": 60, "plan_days": 180}


def _limit(name: str, default: int, help_text: str) -> models.PositiveSmallIntegerField[int, int]:
    most = MOST[name]
    kept = [MinValueValidator(1, "Vul minstens 1 in."), MaxValueValidator(most, f"Vul hoogstens {most} in.")]
    return models.PositiveSmallIntegerField(default=default, validators=kept, help_text=help_text)


class StagnationSettings(UUIDModel):
    """When something at this table counts as stuck. A table without a row has the defaults that stand here.

    In no dossier and about nobody: everybody may read it, a beheerder changes it.
    """

    table = models.OneToOneField(CaseTable, on_delete=models.CASCADE, related_name="stagnation")
    overdue_days = _limit("overdue_days", 7, "days that an action may be late")
    contact_weeks = _limit("contact_weeks", 4, "weeks without contact with the family")
    handover_days = _limit("handover_days", 5, "days in which a hand-over is answered")
    plan_days = _limit("plan_days", 21, "days in which a plan has goals and actions")
    alarms = ArrayField(models.CharField(max_length=12, choices=Alarm), default=all_chosen, blank=True)
    digest = models.CharField(max_length=8, choices=DigestDay, default=DigestDay.MONDAY)

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                name="partners_stagnation_limits",
                condition=Q(**{f"{name}__gte": 1 for name in MOST}, **{f"{name}__lte": m for name, m in MOST.items()}),
            )
        ]

    def __str__(self) -> str:
        return f"stagnatie van {self.table_id}"

    def asks(self, alarm: Alarm) -> bool:
        """Whether this table wants to hear of it."""
        return alarm is Alarm.REGIE or alarm.value in self.alarms

"""A table says when something counts as stuck, and on which day its regisseurs hear of it."""

from __future__ import annotations

import uuid

import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
from django.db import migrations, models

import partners.models.stagnation


class Migration(migrations.Migration):
    dependencies = [
        ("partners", "0004_leaving"),
    ]

    operations = [
        migrations.CreateModel(
            name="StagnationSettings",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "overdue_days",
                    models.PositiveSmallIntegerField(
                        default=7,
                        help_text="days that an action may be late",
                        validators=[
                            django.core.validators.MinValueValidator(1, "Vul minstens 1 in."),
                            django.core.validators.MaxValueValidator(90, "Vul hoogstens 90 in."),
                        ],
                    ),
                ),
                (
                    "contact_weeks",
                    models.PositiveSmallIntegerField(
                        default=4,
                        help_text="weeks without contact with the family",
                        validators=[
                            django.core.validators.MinValueValidator(1, "Vul minstens 1 in."),
                            django.core.validators.MaxValueValidator(52, "Vul hoogstens 52 in."),
                        ],
                    ),
                ),
                (
                    "handover_days",
                    models.PositiveSmallIntegerField(
                        default=5,
                        help_text="days in which a hand-over is answered",
                        validators=[
                            django.core.validators.MinValueValidator(1, "Vul minstens 1 in."),
                            django.core.validators.MaxValueValidator(60, "Vul hoogstens 60 in."),
                        ],
                    ),
                ),
                (
                    "plan_days",
                    models.PositiveSmallIntegerField(
                        default=21,
                        help_text="days in which a plan has goals and actions",
                        validators=[
                            django.core.validators.MinValueValidator(1, "Vul minstens 1 in."),
                            django.core.validators.MaxValueValidator(180, "Vul hoogstens 180 in."),
                        ],
                    ),
                ),
                (
                    "alarms",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("regie", "Geen regisseur"),
                                ("handover", "Overdracht niet aangenomen"),
                                ("overdue", "Acties te laat"),
                                ("contact", "Geen contact met het gezin"),
                                ("evaluation", "Evaluatie voorbij"),
                                ("no_goals", "Plan zonder doelen"),
                                ("no_actions", "Plan zonder acties"),
                            ],
                            max_length=12,
                        ),
                        blank=True,
                        default=partners.models.stagnation.all_chosen,
                        size=None,
                    ),
                ),
                (
                    "digest",
                    models.CharField(
                        choices=[
                            ("daily", "Elke werkdag"),
                            ("1", "Maandag"),
                            ("2", "Dinsdag"),
                            ("3", "Woensdag"),
                            ("4", "Donderdag"),
                            ("5", "Vrijdag"),
                        ],
                        default="1",
                        max_length=8,
                    ),
                ),
                (
                    "table",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="stagnation", to="partners.casetable"
                    ),
                ),
            ],
            options={
                "default_permissions": (),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("contact_weeks__gte", 1),
                            ("contact_weeks__lte", 52),
                            ("handover_days__gte", 1),
                            ("handover_days__lte", 60),
                            ("overdue_days__gte", 1),
                            ("overdue_days__lte", 90),
                            ("plan_days__gte", 1),
                            ("plan_days__lte", 180),
                        ),
                        name="partners_stagnation_limits",
                    )
                ],
            },
        ),
    ]

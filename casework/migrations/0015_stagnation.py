"""Contact with the family, waiting with an alarm, kept filters; and what is stuck, as dates and states."""

from __future__ import annotations

import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import privacy.encryption.fields
from privacy import rls
from privacy.actor import SYSTEM_ID
from privacy.rls import stagnation


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0014_sameness"),
        ("partners", "0005_stagnation"),
        ("privacy", "0017_households"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="AlarmPause",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "alarm",
                    models.CharField(
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
                ),
                ("until", models.DateField(help_text="from this day on the alarm is there again")),
                ("reason", privacy.encryption.fields.SealedTextField()),
                ("decided_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "compartment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="privacy.compartment"
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="privacy.dossier"
                    ),
                ),
            ],
            options={
                "ordering": ["-decided_at", "id"],
                "abstract": False,
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="FamilyContact",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("held_on", models.DateField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("call", "Telefoon of beeldbellen"),
                            ("home", "Huisbezoek"),
                            ("office", "Gesprek op kantoor of elders"),
                            ("message", "Bericht waarop het gezin antwoordde"),
                        ],
                        max_length=8,
                    ),
                ),
                ("whom", privacy.encryption.fields.SealedTextField(help_text="with whom of the family", null=True)),
                ("note", privacy.encryption.fields.SealedTextField(null=True)),
                ("noted_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "compartment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="privacy.compartment"
                    ),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="privacy.dossier"
                    ),
                ),
                (
                    "household",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="contacts", to="casework.household"
                    ),
                ),
                (
                    "noted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["-held_on", "-noted_at", "id"],
                "abstract": False,
                "default_permissions": (),
                "indexes": [models.Index(fields=["household", "-held_on"], name="casework_contact_last")],
            },
        ),
        migrations.CreateModel(
            name="KeptFilter",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("worklist", models.CharField(max_length=10)),
                ("wish", models.JSONField(help_text="name of a filter to its code")),
                ("kept_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["kept_at", "id"],
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(fields=("user", "worklist", "wish"), name="casework_keptfilter_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="StagnationTold",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "told",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=16), default=list, size=None
                    ),
                ),
                ("on", models.DateField(help_text="the last day on which the system looked")),
                (
                    "table",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="partners.casetable"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "default_permissions": (),
                "constraints": [models.UniqueConstraint(fields=("user", "table"), name="casework_stagnationtold_once")],
            },
        ),
        rls.protection("casework_alarmpause", "casework_familycontact"),
        rls.only_regie_writes("casework_alarmpause"),
        migrations.RunSQL(
            stagnation.OF + stagnation.FOR_THE_READER + stagnation.FOR_THE_SYSTEM + stagnation.RIGHTS,
            migrations.RunSQL.noop,
        ),
        migrations.RunSQL(stagnation.tables(str(SYSTEM_ID)), migrations.RunSQL.noop),
    ]

"""Emergency access: its uses, what is written about them, and the functions that give, end and review it."""

from __future__ import annotations

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import privacy.encryption.fields
from privacy import rls
from privacy.rls import breakglass


class Migration(migrations.Migration):
    dependencies = [
        ("partners", "0002_table_in_use"),
        ("privacy", "0010_readers"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="EmergencyAccess",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("reference", models.CharField(max_length=30)),
                ("opened_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("until", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("ended_by", models.UUIDField(null=True)),
                (
                    "verdict",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "Nog te beoordelen"),
                            ("asked", "Vraag gesteld"),
                            ("answered", "Vraag beantwoord"),
                            ("right", "Terecht"),
                            ("wrong", "Onterecht"),
                        ],
                        default="",
                        max_length=10,
                    ),
                ),
                ("reviewed_by", models.UUIDField(null=True)),
                ("reviewed_at", models.DateTimeField(null=True)),
                (
                    "about",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="privacy.dossier"
                    ),
                ),
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
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["-opened_at", "id"],
                "abstract": False,
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="EmergencyText",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("reason", "Reden"),
                            ("question", "Vraag"),
                            ("answer", "Antwoord"),
                            ("explanation", "Toelichting"),
                        ],
                        max_length=12,
                    ),
                ),
                ("text", privacy.encryption.fields.SealedTextField()),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
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
                    "use",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="texts", to="privacy.emergencyaccess"
                    ),
                ),
            ],
            options={
                "ordering": ["at", "id"],
                "abstract": False,
                "default_permissions": (),
            },
        ),
        rls.protection("privacy_emergencyaccess", "privacy_emergencytext"),
        migrations.RunSQL(breakglass.OPENS, migrations.RunSQL.noop),
        migrations.RunSQL(breakglass.ENDS, migrations.RunSQL.noop),
        migrations.RunSQL(breakglass.REVIEWS, migrations.RunSQL.noop),
        migrations.RunSQL(breakglass.READERS, migrations.RunSQL.noop),
    ]
